/* Parts of the soft-skills feature: stories, listening, practice with ratings. */
#ifndef LIGATURE_FEATURE_SOFT_H
#define LIGATURE_FEATURE_SOFT_H

#include "data_listening.h"
#include "data_stories.h"
#include "data_story_prompts.h"
#include "model/ahead.h"
#include "page/feature.h"

/* Words of a text: what stands between blanks, marks alone left out. */
int story_words(const char *body);
/* How long so many words take at the pace of data/speaking.tsv, in seconds, rounded. */
int story_seconds(int words);
/* "62 words, about 29 seconds"; beside the length asked for: "... of 30". New string. */
char *story_length_words(const struct data_stories *kind, const char *body);

/* The story of a kind that is written (not only blanks); NULL. stories: struct story. */
const struct story *story_written(const GArray *stories, const char *kind);

/* What to practise this week. */
struct soft_choice {
    const char *suggestion; /* id in data/suggestions.tsv; NULL: nothing this week */
    const char *ref;        /* story or card */
    const char *title;
    const struct ahead *why; /* of ahead; NULL: nothing asks for it */
    int rating;              /* the newest own rating of a story told; -1 */
};
/* One practice a week: the story that the nearest occasion asks for (written first, then told),
 * else a story told twice that no peer has heard, else the card tried longest ago. */
struct soft_choice soft_choose(const struct outlook *outlook, const GArray *ahead);

extern const struct strategy soft_skills_strategy;

/* Links that do not open make their address wait, as wrong passwords do. attempts or remote NULL:
 * nobody waits. Refuses auth.limited. */
bool rate_may_try(struct attempts *attempts, const char *remote, GError **error);
/* To be told of a link that did not open; other refusals do not count. */
void rate_tried(struct attempts *attempts, const char *remote, const GError *error);

page_fn soft_page;
page_fn soft_page_count;
page_fn soft_page_rate;

action_fn story_do_list;
action_fn story_do_set;
action_fn practice_do_list;
action_fn practice_do_add;
action_fn practice_do_remove;
action_fn practice_do_link;
action_fn practice_do_rate;

#endif
