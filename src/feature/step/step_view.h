/* What the step feature shows: the list, the form, and what is next with one person. */
#ifndef LIGATURE_FEATURE_STEP_VIEW_H
#define LIGATURE_FEATURE_STEP_VIEW_H

#include "page/frame.h"
#include "page/part.h"

#include <stdint.h>

struct step_list_view {
    struct frame_view frame;
    const char *lead;
    const struct part_step *open;
    size_t n_open;
    const struct part_step *asleep;
    size_t n_asleep;
    const struct part_step *done;
    size_t n_done;
};

struct step_form_view {
    struct frame_view frame;
    const char *title;
    const char *action; /* "/do/step.add" or "/do/step.edit" */
    const char *back;
    const char *id;     /* NULL: a new one */
    const char *person; /* id; NULL: about nobody in particular */
    struct part_name name;
    struct part_field what, why, due, minutes, cost;
    struct part_field until;
    bool is_open;
    const char *refusal;
};

struct step_next_view { /* on a person's page */
    const char *csrf;
    const char *meta;
    const char *new_href;
    const struct part_step *steps;
    size_t n_steps;
};

#endif
