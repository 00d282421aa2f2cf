/* Parts of the strategies feature: the table of all ways, and the rows behind its numbers. */
#ifndef LIGATURE_FEATURE_STRATEGIES_PARTS_H
#define LIGATURE_FEATURE_STRATEGIES_PARTS_H

#include "model/outcome.h"
#include "page/feature.h"

/* A number as it is named in addresses, on the command line and to people. */
struct outcome_name {
    const char *of;    /* "introductions" */
    const char *title; /* "Introductions" */
    const char *key;   /* member of the JSON */
};
extern const struct outcome_name outcome_names[N_OUTCOME];
/* N_OUTCOME: no such number. */
enum outcome_of outcome_named(const char *of);

/* The sum of all; strategy "all". */
struct outcomes outcomes_sum(const GArray *outcomes);
/* "1,900 USD" as "$1,900"; "14 h"; new strings. */
char *outcome_money(int64_t cents);
char *outcome_hours(int64_t minutes);
/* "nineteen"; figures from 100; new string. */
char *number_in_words(int n);

action_fn strategies_do_list;
action_fn strategies_do_show;
action_fn strategies_do_rows;
void strategies_print_list(const json_t *result, FILE *out, const struct env *env);
void strategies_print_show(const json_t *result, FILE *out, const struct env *env);
void strategies_print_rows(const json_t *result, FILE *out, const struct env *env);
page_fn strategies_page;
page_fn strategies_page_rows;

#endif
