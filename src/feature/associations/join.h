/* Parts of the associations feature: bodies to join, and memberships of both shelves with the
 * people met through them. */
#ifndef LIGATURE_FEATURE_JOIN_H
#define LIGATURE_FEATURE_JOIN_H

#include "model/membership.h"
#include "page/feature.h"

/* A look at what memberships cost and bring is a pursuit of kind "other" with this ref. */
#define JOIN_REVIEW "review"

/* The day of the last look; DAY_NONE: none yet. pursuits: struct pursuit. */
int32_t join_review_day(const GArray *pursuits);

/* A membership; another pursuit's id reads as absent: membership.not_found. */
bool join_load(struct book *book, int64_t pursuit_id, GStringChunk *text,
               struct pursuit *membership_out, GError **error);

extern const struct strategy associations_strategy;

page_fn join_page;
page_fn join_page_one;

action_fn join_do_catalogue;
action_fn join_do_list;
action_fn join_do_add;
action_fn join_do_edit;
action_fn join_do_renew;
action_fn join_do_leave;
action_fn join_do_met;
action_fn join_do_unmet;
action_fn join_do_review;
action_fn join_do_remove;

#endif
