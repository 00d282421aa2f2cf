/* Lists of people: filters, order, pages. */
#ifndef LIGATURE_MODEL_PERSON_LIST_H
#define LIGATURE_MODEL_PERSON_LIST_H

#include "model/person.h"

/* Each order puts those without the value last, by name. */
enum person_sort {
    PERSON_SORT_NONE,
    PERSON_BY_NAME,       /* ascending */
    PERSON_BY_TIE,        /* warmest first */
    PERSON_BY_LAST_TOUCH, /* newest first */
    PERSON_BY_DUE,        /* earliest first */
    PERSON_BY_ADDED,      /* newest first */
};
const char *person_sort_text(enum person_sort sort); /* "name" "tie" "last_touch" "due" "added" */
enum person_sort person_sort_parse(const char *text);

/* NULL, 0, false: not asked. All that is asked must hold. */
struct person_filter {
    const char *query; /* words as typed, last one may be unfinished */
    const char *tag;
    const char *region;    /* "OH" */
    const char *specialty; /* id */
    const char *school;    /* any spelling, folded here */
    const char *language;  /* any spelling */
    const char *org;       /* any spelling */
    const char *tie_word;  /* word of data/tie_words.tsv */
    double tie_from;       /* strength at least; 0: not asked */
    double tie_below;      /* strength below; 0: not asked */
    bool is_due;           /* due today or before */
    bool is_slack;
    bool has_us_link;
    bool has_conflict;
    int64_t import_id;     /* said by this import */
    bool is_new_of_import; /* with import_id: made by it */
    bool is_deleted;       /* those that can come back, instead */
    bool with_self;        /* yourself too; person_list_ids only */
};
/* Reads "tag:mentor region:OH due slack us_link specialty:internal_medicine is:deleted words left
 * are the query" into a filter whose strings live in text. Refuses person.where_unknown naming the
 * word. */
bool person_filter_parse(const char *where, GStringChunk *text, struct person_filter *filter_out,
                         GError **error);

struct person_page {
    enum person_sort sort; /* in: NONE is BY_NAME */
    int limit;             /* in: 1 to 1000; 0 is 25 */
    const char *after; /* in: `next` of the page before (an id); NULL: from the beginning. Refuses
                          person.cursor_invalid */
    int64_t total;     /* out */
    const char *next;  /* out: in text; NULL: no more */
};
/* Appends struct person_row. */
bool person_list(struct book *book, const struct person_filter *filter, struct person_page *page,
                 GStringChunk *text, GArray *rows_out, GError **error);
/* All ids the filter holds for, in no order (bulk edits, export). Appends int64_t. */
bool person_list_ids(struct book *book, const struct person_filter *filter, GArray *person_ids_out,
                     GError **error);

/* What can be filtered by, with how many people each: appends struct trait_count. kind: "tag",
 * "school", "region" ... */
struct trait_count {
    const char *value;
    const char *label;
    int n;
};
bool trait_list(struct book *book, const char *kind, int limit, GStringChunk *text,
                GArray *counts_out, GError **error);

#endif
