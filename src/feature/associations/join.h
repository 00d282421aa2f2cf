/* Parts of the associations feature: bodies to join, and memberships of both shelves with the people
 * met through them. */
#ifndef LIGATURE_FEATURE_JOIN_H
#define LIGATURE_FEATURE_JOIN_H

#include "model/membership.h"
#include "page/feature.h"

/* A look at what memberships cost and bring is a pursuit of kind "other" with this ref. */
#define JOIN_REVIEW "review"

/* The day of the last look; DAY_NONE: none yet. pursuits: struct pursuit. */
int32_t join_review_day(const GArray *pursuits);

extern const struct strategy associations_strategy;

#endif
