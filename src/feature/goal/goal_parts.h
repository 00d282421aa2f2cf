/* Parts of the goal feature. */
#ifndef LIGATURE_FEATURE_GOAL_PARTS_H
#define LIGATURE_FEATURE_GOAL_PARTS_H

#include "feature/goal/goal_view.h"
#include "model/goal.h"
#include "page/feature.h"

struct data_goal_fields; /* data_goal_fields.h */
struct data_questions;   /* data_questions.h */

/* Answers as they are stored: ids of data/goal_fields.tsv to values. New table. NULL: failed. */
GHashTable *goal_answers(struct book *book, GError **error);
/* An answer as people say it: "Internal Medicine", "6 h", "$80". New string; stored NULL: "". */
char *goal_answer_words(const struct data_goal_fields *field, const char *stored);
/* The same as it is typed into a field: "6", "80", "Ohio, Michigan". New string. */
char *goal_answer_typed(const struct data_goal_fields *field, const char *stored);
/* Fields of a question, NULL-terminated. g_strfreev. */
char **goal_question_fields(const struct data_questions *question);
bool goal_is_answered(const struct data_questions *question, GHashTable *answers);

action_fn goal_do_show, goal_do_set, goal_do_questions;
void goal_print(const json_t *result, FILE *out, const struct env *env);
void goal_print_questions(const json_t *result, FILE *out, const struct env *env);
page_fn goal_page;

#endif
