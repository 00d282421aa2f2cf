/* Parts of the feature of existing connections: the guided circle, introductions, favours. */
#ifndef LIGATURE_FEATURE_CONNECTIONS_H
#define LIGATURE_FEATURE_CONNECTIONS_H

#include "data_circle.h"
#include "model/outlook.h"
#include "page/feature.h"

#define CONNECTIONS_ID "existing_connections"

/* Is this somebody of the circle: family, friends, teachers, colleagues, or whom a prompt of
 * data/circle.tsv tagged? */
bool circle_has(const struct contact *contact);
/* How many are of the circle, counted up to most. */
int circle_count(const struct outlook *outlook, int most);
/* The day a prompt was last gone through; DAY_NONE: not yet. practices: struct practice. */
int32_t circle_day(const GArray *practices, const char *prompt);
/* The prompt to go through next: not yet, else none. left_out (may be NULL): ids not to give. */
const struct data_circle *circle_next(const GArray *practices, GHashTable *left_out);

/* Introductions among the favours. */
bool favour_is_intro(const struct favour *favour);
/* To whom it leads, in words: their name, else the favour's own words, else "somebody". Borrowed. */
const char *intro_about(const struct outlook *outlook, const struct favour *favour);
/* Who could introduce you to whom: appends struct intro_pair, warmest first. */
struct intro_pair {
    const struct contact *by;
    const struct contact *target;
};
void intro_pairs(const struct outlook *outlook, GArray *pairs_out);
/* Thanks for an introduction that was only logged, without a favour behind it. */
void intro_about_touch(const struct outlook *outlook, const struct contact *contact,
                       struct suggestions *out);
/* What introductions suggest: thanks, first messages, how it went, and whom to ask next. */
void intro_suggest(const struct outlook *outlook, struct suggestions *out);

action_fn circle_do_list;
action_fn circle_do_add;
action_fn favour_do_list;
action_fn favour_do_add;
action_fn favour_do_move;
action_fn favour_do_remove;
page_fn connections_page;
page_fn circle_page;
bool favour_on_person(struct page *page, int64_t person_id, struct html_out *out, GError **error);

extern const struct strategy existing_connections_strategy;

#endif
