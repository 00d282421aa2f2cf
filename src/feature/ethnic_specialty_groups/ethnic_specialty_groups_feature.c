/* The feature of groups of heritage and of graduates from abroad. */
#include "feature/ethnic_specialty_groups/group.h"

const struct feature feature_ethnic_specialty_groups = {
    .name = "ethnic_specialty_groups", .strategy = &ethnic_specialty_groups_strategy};
