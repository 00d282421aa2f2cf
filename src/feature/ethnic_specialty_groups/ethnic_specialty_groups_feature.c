/* The feature of groups of heritage and of graduates from abroad. Memberships are written by the
 * actions of the associations. */
#include "feature/ethnic_specialty_groups/group.h"

static const struct page_route pages[] = {
    {"/strategies/ethnic_specialty_groups", PAGE_CACHED, group_page}, {0}};

const struct feature feature_ethnic_specialty_groups = {.name = "ethnic_specialty_groups",
                                                        .pages = pages,
                                                        .strategy =
                                                            &ethnic_specialty_groups_strategy};
