/* Parts of the groups feature: bodies of heritage and faith (only when chosen), and the groups for
 * graduates from abroad inside the societies one belongs to. */
#ifndef LIGATURE_FEATURE_GROUP_H
#define LIGATURE_FEATURE_GROUP_H

#include "model/membership.h"
#include "page/feature.h"

extern const struct strategy ethnic_specialty_groups_strategy;
page_fn group_page;

#endif
