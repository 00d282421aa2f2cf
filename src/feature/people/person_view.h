/* What /people/:id shows. All borrowed for the time of rendering. */
#ifndef LIGATURE_FEATURE_PEOPLE_PERSON_VIEW_H
#define LIGATURE_FEATURE_PEOPLE_PERSON_VIEW_H

#include "page/frame.h"
#include "page/html.h"
#include "page/part.h"

struct person_term {    /* of the tie */
    const char *points; /* "+0.31" */
    const char *words;
    const char *href; /* NULL: no rows behind it */
    const char *more;
};

struct person_value {
    const char *text;
    const char *href;
    const char *source;
    const char *plain; /* the value itself, for the form that decides */
};

struct person_fact {
    const char *kind; /* "Works at" */
    const char *key;  /* "work" */
    const struct person_value *values;
    size_t n_values;
    const struct person_value *more; /* shown when asked for */
    size_t n_more;
    bool has_conflict;
    bool is_long; /* a note */
};

struct person_reach {
    const char *text;
    const char *href;
    const char *meta;
};

struct person_beside { /* someone else, in the margin */
    struct part_name name;
    struct part_tie tie;
    const char *words;
    int64_t act_id;   /* relation or merge; 0: no button */
    int64_t other_id; /* of a pair */
    const char *label;
};

struct person_view {
    struct frame_view frame;
    int64_t id;
    const char *back; /* "/people/…" */
    struct part_name name;
    const char *short_name; /* "Dr. Hassan" */
    const char *photo_href; /* NULL: initials */
    const char *line;       /* role and place */
    const char *const *bits;
    size_t n_bits;
    const char *const *tags;
    size_t n_tags;
    bool is_self;
    bool is_deleted;
    const char *closed;     /* the do-not-contact fact; NULL: none */
    const char *today;      /* "since 21 July 2026", for that fact */
    const char *paused;     /* "Left in peace until 3 Aug"; NULL: not */
    const char *cadence;    /* "every 5 weeks", NULL: none */
    const char *write_href; /* mailto; NULL: no address */
    struct html before;     /* sections of other features */
    struct html between;
    struct html after;
    const char *tie_words; /* "warm, 0.72 of 1" */
    bool is_untied;
    const char *dashes; /* stroke-dasharray of the long thread */
    const struct person_term *terms;
    size_t n_terms;
    const char *taut; /* "Taut: last real touch 4 days ago, cadence every 5 weeks." */
    const struct person_fact *facts;
    size_t n_facts;
    const struct person_reach *reach;
    size_t n_reach;
    const struct person_beside *relations;
    size_t n_relations;
    const struct person_beside *twins;
    size_t n_twins;
    const struct person_beside *merged;
    size_t n_merged;
};

#endif
