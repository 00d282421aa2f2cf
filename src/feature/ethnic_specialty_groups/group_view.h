/* What the page of groups shows. */
#ifndef LIGATURE_FEATURE_GROUP_VIEW_H
#define LIGATURE_FEATURE_GROUP_VIEW_H

#include "page/body_part.h"
#include "page/strategy_part.h"

struct group_view {
    struct frame_view frame;
    struct strategy_part about;
    struct body_part bodies;
    const struct part_field *fields;
    size_t n_fields;
    const char *refusal;
    bool is_form_open;
    bool has_chosen;  /* the goal names bodies of heritage */
    bool is_answered; /* the question was answered, if with none */
};

#endif
