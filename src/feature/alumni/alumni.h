/* Parts of the alumni feature: whoever went to your school, and its events. */
#ifndef LIGATURE_FEATURE_ALUMNI_H
#define LIGATURE_FEATURE_ALUMNI_H

#include "model/outlook.h"
#include "page/feature.h"

#define ALUMNI_ID "alumni"

/* Years they finished after you (negative: before); false: one of the years is not known. */
bool alumni_distance(const struct outlook *outlook, const struct contact *contact, int *years_out);
/* "two years before you", "in your year"; kept in text. */
const char *alumni_distance_words(int years, GStringChunk *text);
int alumni_count(const struct outlook *outlook);
/* Is this pursuit a meeting of your school? */
bool alumni_is_event(const struct pursuit *pursuit);

page_fn alumni_page;
action_fn reunion_do_list;
action_fn reunion_do_add;
action_fn reunion_do_stage;
action_fn reunion_do_met;
action_fn reunion_do_remove;

extern const struct strategy alumni_strategy;

#endif
