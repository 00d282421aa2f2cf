/* Between the files of the person page: what was read of one person, and the pieces of the page
 * made of it. */
#ifndef LIGATURE_FEATURE_PEOPLE_PERSON_PARTS_H
#define LIGATURE_FEATURE_PEOPLE_PERSON_PARTS_H

#include "feature/people/people.h"
#include "feature/people/person_view.h"
#include "model/merge.h"
#include "model/relation.h"

struct person_read {
    struct page *page;
    int64_t asked_id;
    struct person *person; /* owned */
    struct tie tie;
    struct cadence cadence;
    bool has_cadence;
    GStringChunk *text; /* owned, as are the arrays */
    GArray *relations;  /* struct relation */
    GArray *pairs;      /* struct pair */
    GArray *merges;     /* struct merge */
    GArray *others;     /* struct person_row: everyone named by these */
};
void person_read_init(struct person_read *read, struct page *page, int64_t person_id);
void person_read_clear(struct person_read *read);
/* The person alone, or with tie, cadence and those around. */
bool person_read_facts(struct person_read *read, GError **error);
bool person_read_all(struct person_read *read, GError **error);

/* "phone.vcf, 17 Jul": the newest source of a fact. Lives as long as the request, as do all below.
 */
const char *person_source(struct page *page, const struct fact_fold *fold,
                          const struct folded_fact *one);
/* The value as people read it: with its dates and label. */
const char *person_fact_words(struct page *page, const struct fact *fact);
/* https, mailto or tel; NULL: nowhere to go. */
const char *person_fact_href(struct page *page, const struct fact *fact);

/* Appends struct person_fact, person_term, person_reach, person_beside. */
void person_show_facts(const struct person_read *read, GArray *facts);
void person_show_tie(const struct person_read *read, GArray *terms, struct person_view *view);
void person_show_reach(const struct person_read *read, GArray *reach);
void person_show_beside(const struct person_read *read, GArray *relations, GArray *twins,
                        GArray *merged);

#endif
