/* What the cadence feature shows. */
#ifndef LIGATURE_FEATURE_CADENCE_VIEW_H
#define LIGATURE_FEATURE_CADENCE_VIEW_H

#include "page/frame.h"
#include "page/part.h"

struct cadence_choice { /* a tier, or another usual length */
    const char *value;
    const char *label;
    bool is_chosen;
};

struct cadence_row {
    struct part_name name; /* latin NULL: a tag */
    const char *tag;
    const char *target_name; /* "person" or "tag": the field of the form */
    const char *target;
    const char *words; /* "every 5 weeks, tier A", "never" */
    const char *state; /* "left in peace until Thu 5 March"; NULL: active */
    bool is_paused;
};

struct cadence_list_view {
    struct frame_view frame;
    const struct cadence_row *tags;
    size_t n_tags;
    const struct cadence_row *people;
    size_t n_people;
    struct part_field tag, tier;
    const char *refusal;
};

struct cadence_person_view { /* on a person's page */
    const char *csrf;
    const char *person;
    const char *back;
    const char *words;
    bool has_own;
    bool is_paused;
    struct part_field tier, every;
    const char *refusal;
};

#endif
