/* What the goal feature shows: the questions on one page. */
#ifndef LIGATURE_FEATURE_GOAL_VIEW_H
#define LIGATURE_FEATURE_GOAL_VIEW_H

#include "page/frame.h"
#include "page/part.h"

struct goal_box { /* one of several that may be ticked */
    const char *id;
    const char *value;
    const char *label;
    bool is_chosen;
};

struct goal_input {
    const char *name;
    const char *title; /* of a group of boxes */
    const char *hint;
    const char *error;
    const char *list;                /* id of the words to choose from while typing; NULL: none */
    const struct part_field *fields; /* one, or as many as answers are kept */
    size_t n_fields;
    const struct goal_box *boxes; /* instead of fields */
    size_t n_boxes;
    bool is_long;        /* many boxes: in columns */
    bool is_opted;       /* shown only when the box `opt` is ticked */
    struct goal_box opt; /* label NULL: no such box */
};

struct goal_question {
    const char *anchor;
    int number;
    const char *title;
    const char *why;
    bool is_answered;
    const struct goal_input *inputs;
    size_t n_inputs;
};

struct goal_open {
    const char *href;
    const char *title;
};

struct goal_view {
    struct frame_view frame;
    const char *lead;
    const char *refusal;
    const struct goal_question *questions;
    size_t n_questions;
    const struct goal_open *open;
    size_t n_open;
    const char *const *zones;
    size_t n_zones;
};

#endif
