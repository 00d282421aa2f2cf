/* Parts of the cross-cultural feature: lessons (data/lessons.tsv), one a week. */
#ifndef LIGATURE_FEATURE_LESSON_H
#define LIGATURE_FEATURE_LESSON_H

#include "data_lessons.h"
#include "model/ahead.h"
#include "page/feature.h"

/* The day a lesson was last read; DAY_NONE: not yet. practices: struct practice. */
int32_t lesson_read_day(const GArray *practices, const char *lesson);
/* How many lessons of the table were read. */
int lesson_n_read(const GArray *practices);
/* The lesson read in the week from monday; NULL: none. */
const struct data_lessons *lesson_of_week(const GArray *practices, int32_t monday);
/* The lesson to read next: not read yet, that fits best what is ahead (struct ahead), else the
 * first of the table. left_out (may be NULL): ids not to give. NULL: nothing is left. *why_out
 * (may be NULL): the occasion, or NULL. */
const struct data_lessons *lesson_next(const GArray *practices, const GArray *ahead,
                                       GHashTable *left_out, const struct ahead **why_out);

extern const struct strategy cross_cultural_strategy;
page_fn lesson_page;
action_fn lesson_do_list;
action_fn lesson_do_done;
void lesson_print_list(const json_t *result, FILE *out, const struct env *env);

#endif
