/* Between goal.c, goal_choice.c and goal_db.c. */
#ifndef LIGATURE_MODEL_GOAL_PART_H
#define LIGATURE_MODEL_GOAL_PART_H

#include "model/goal.h"

struct data_goal_fields; /* data_goal_fields.h */

/* The id of a choice from what was typed (id or label, case and accents aside); NULL: none.
 * Borrowed. */
const char *goal_choice_find(const struct data_goal_fields *field, const char *typed);
/* The answer as it is stored; new string. NULL and goal.invalid when it cannot be. */
char *goal_canonical(struct book *book, const struct data_goal_fields *field, const char *value,
                     GError **error);
/* Puts a stored answer into its member. */
void goal_take(struct goal *goal, const char *field, const char *value, GStringChunk *text);

#endif
