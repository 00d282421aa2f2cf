/* Parts of the forums feature: the notebook of answers, and the week's minutes. */
#ifndef LIGATURE_FEATURE_FORUM_H
#define LIGATURE_FEATURE_FORUM_H

#include "model/outlook.h"
#include "page/feature.h"

/* The limit is a pursuit of kind "other" with this ref; its minutes are the minutes a week. */
#define FORUM_LIMIT "limit"
#define FORUM_OLD_YEARS 2

/* Your limit; NULL: none was set. pursuits: struct pursuit. */
const struct pursuit *forum_limit_row(const GArray *pursuits);
/* Minutes a week: yours, else those of data/strategies.tsv. */
int forum_limit(const GArray *pursuits);
/* Minutes noted in the week from monday. saved: struct saved. */
int forum_spent(const GArray *saved, int32_t monday);
/* Speaks of a year more than two years back; without a year, it was found so long ago. */
bool forum_is_old(const struct saved *saved, int32_t today);

/* Do all words of a folded query stand in question, answer or source? "": yes. */
bool forum_matches(const struct saved *saved, const char *folded);

extern const struct strategy online_forums_strategy;
page_fn forum_page;

action_fn forum_do_list;
action_fn forum_do_add;
action_fn forum_do_edit;
action_fn forum_do_remove;
action_fn forum_do_limit;

#endif
