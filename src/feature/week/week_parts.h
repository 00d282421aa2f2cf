/* Parts of the week feature. */
#ifndef LIGATURE_FEATURE_WEEK_PARTS_H
#define LIGATURE_FEATURE_WEEK_PARTS_H

#include "feature/week/week_view.h"
#include "model/week.h"
#include "page/feature.h"

/* The Monday of the week a day lies in. */
int32_t week_monday(int32_t day);
/* "20 to 26 July"; new string. */
char *week_days_words(int32_t monday, int32_t today);
/* One or two sentences: how many steps, and what the season wants; new string. */
char *week_lead(const struct week_plan *plan);
/* "7 of 8 steps done in 5 h 20. You wrote 5 messages; 2 messages came." "" when nothing; new. */
char *week_result_words(const struct week_result *result);
/* "One", "Two" ... "Twelve", then figures; new string. */
char *week_starting(int n);
/* "If you skip ...": what is skipped and what would no longer hold; false: nothing is in danger.
 * New strings. */
bool week_danger(const struct week_plan *plan, char **head_out, char **text_out);

/* Actions. */
action_fn week_do_show, week_do_accept, week_do_plan, week_do_limits, week_do_pin, week_do_move,
    week_do_review, suggestion_do_list, suggestion_do_take, suggestion_do_refuse,
    suggestion_do_forgive;
void week_print(const json_t *result, FILE *out, const struct env *env);
void week_print_review(const json_t *result, FILE *out, const struct env *env);
void week_print_plan(const json_t *result, FILE *out, const struct env *env);
void suggestion_print(const json_t *result, FILE *out, const struct env *env);
extern const struct field week_show_fields[];
extern const struct field suggestion_list_fields[];

/* Pages. */
page_fn week_page, week_page_step, week_page_limits, week_page_left, week_page_review;
/* A step or a proposal as the row of a list. */
bool week_fill_row(struct page *page, struct book *book, const struct week_plan *plan,
                   const struct week_choice *choice, struct part_step *row, GError **error);
/* A field of a form with what was typed, or this value. */
struct part_field week_field(struct page *page, const char *name, const char *label,
                             const char *type, const char *value);
void week_fill_limits(struct page *page, const struct week *week, struct part_field *hours,
                      struct part_field *money, struct part_field *messages);
/* The week asked for with ?week=; this one otherwise. */
int32_t week_asked(const struct page *page, int32_t today);
/* "/week" or "/week?week=2026-07-27". */
const char *week_href(struct page *page, int32_t monday, int32_t today);

#endif
