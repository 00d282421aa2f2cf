/* Bodies of doctors that can be joined (data/associations.tsv): how they fit a goal, in words, and
 * what memberships suggest. Pure.
 *
 * Origin, faith, skin and sex are private: a body of that kind fits only when it was chosen in the
 * goal (heritage); else it is listed like all others, and nothing is said for or against it. */
#ifndef LIGATURE_MODEL_ASSOCIATION_H
#define LIGATURE_MODEL_ASSOCIATION_H

#include "data_associations.h"
#include "model/outlook.h"

enum association_shelf {
    SHELF_PROFESSIONAL = 1, /* strategy "associations" */
    SHELF_OWN,              /* strategy "ethnic_specialty_groups": heritage, faith */
};

enum association_grade {
    ASSOCIATION_LISTED = 1, /* nothing is said for or against it */
    ASSOCIATION_LATER,      /* of a fellowship that follows your specialty */
    ASSOCIATION_FITS,
};

struct association_fit {
    const struct data_associations *row;
    enum association_grade grade;
    int points;            /* sorts; 0 when only listed */
    const char *specialty; /* name of yours, or of the fellowship; NULL */
    bool is_national;      /* of all specialties */
    bool is_private;       /* of an origin, a faith, a sex */
    bool is_chosen;        /* private, and chosen in the goal */
    bool has_tier;         /* a tier is named for your stage */
    bool is_free;          /* free at your stage */
    bool has_img_group;
    bool has_mentoring;
    int days_to_meeting; /* to the middle of its month; -1: the month is not known */
};

/* Is a cell of the table an answer? "unknown", "no" and "" are none. */
bool association_knows(const char *cell);
/* Is it a body of an origin, a faith or a sex? */
bool association_is_private(const struct data_associations *row);
enum association_shelf association_shelf_of(const struct data_associations *row);

void association_fit(const struct data_associations *row, const struct goal *goal, int32_t today,
                     struct association_fit *fit_out);
/* One sentence why it fits, or what is not known: "Of internal medicine; it names a tier for
 * students; a group for graduates from abroad." NULL when nothing is to be said. New string. */
char *association_words(const struct association_fit *fit, const struct goal *goal);
/* Of a shelf, best first, then by name: appends struct association_fit. */
void association_catalogue(const struct goal *goal, int32_t today, enum association_shelf shelf,
                           GArray *fits_out);
/* "students", "those in training", "graduates not yet in training"; NULL: no stage is said. */
const char *association_stage_words(const struct goal *goal);
/* "American College of Physicians (ACP)"; new string. */
char *association_title(const struct data_associations *row);
/* "ACP"; the whole title where other bodies have the same letters, or it has none; new string. */
char *association_short(const struct data_associations *row);

/* ---- suggestions; the strategies of both shelves call these ---- */

/* What a price, "" or not known, means for a month's money: points 0 to 1 of "assoc_dear". */
double association_dear(const struct goal *goal, int64_t cents);
/* Fills in the terms of a suggestion about joining. */
void association_terms(const struct association_fit *fit, const struct goal *goal, int64_t cents,
                       struct suggestion *suggestion);

#endif
