/* What /people/new, /people/:id/edit and /people/:id/with show. All borrowed for the time of
 * rendering. */
#ifndef LIGATURE_FEATURE_PEOPLE_EDIT_VIEW_H
#define LIGATURE_FEATURE_PEOPLE_EDIT_VIEW_H

#include "page/frame.h"
#include "page/part.h"

struct people_new_view {
    struct frame_view frame;
    const char *refusal; /* NULL: not tried yet */
    const struct part_field *fields;
    size_t n_fields;
    const struct part_field *more;
    size_t n_more;
};

struct edit_fact {
    const char *id; /* of its fields */
    const char *kind;
    const char *key;
    const char *value;
    const char *words; /* as the person page shows it */
    const char *source;
    const char *label;
    const char *begins;
    const char *ends;
    bool has_label; /* home, work, mobile */
    bool has_dates;
    bool is_long;
};

struct people_edit_view {
    struct frame_view frame;
    int64_t id;
    struct part_name name;
    const char *back; /* the person's page */
    const char *here; /* this page */
    const char *refusal;
    const char *photo_href;          /* NULL: none */
    const struct part_field *fields; /* name, role, place, birthday, tags */
    size_t n_fields;
    const struct edit_fact *facts;
    size_t n_facts;
    const struct part_field *add; /* kind, value, which, from, until */
    size_t n_add;
};

struct with_row {
    int64_t id;
    struct part_name name;
    struct part_tie tie;
    const char *words;
};

struct people_with_view {
    struct frame_view frame;
    int64_t id;
    struct part_name name;
    const char *back;
    const char *lead;
    const char *query;
    bool is_merge;
    const char *refusal;
    const struct part_option *kinds; /* of a relation */
    size_t n_kinds;
    const struct with_row *rows;
    size_t n_rows;
    const char *nobody; /* said instead of rows */
};

#endif
