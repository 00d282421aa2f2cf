/* Names and words of the numbers that are counted. */
#include "feature/strategies/strategies_parts.h"

#include "base/money.h"
#include "base/words.h"

#include <string.h>

#define WHOLE_HOURS 300 /* minutes from which hours are rounded */

const struct outcome_name outcome_names[N_OUTCOME] = {
    [OUTCOME_STEPS] = {"steps", "Steps", "steps"},
    [OUTCOME_MESSAGES] = {"messages", "Messages", "messages"},
    [OUTCOME_REPLIES] = {"replies", "Replies", "replies"},
    [OUTCOME_TALKS] = {"talks", "Talks", "talks"},
    [OUTCOME_INTRODUCTIONS] = {"introductions", "Introductions", "introductions"},
    [OUTCOME_MENTORS] = {"mentors", "Mentors", "mentors"},
    [OUTCOME_LETTERS] = {"letters", "Letters", "letters"},
    [OUTCOME_MINUTES] = {"hours", "Hours", "minutes"},
    [OUTCOME_CENTS] = {"dollars", "Dollars", "cents"},
};

enum outcome_of outcome_named(const char *of)
{
    for (int i = 0; of != NULL && i < N_OUTCOME; i++) {
        if (strcmp(outcome_names[i].of, of) == 0) {
            return (enum outcome_of)i;
        }
    }
    return N_OUTCOME;
}

struct outcomes outcomes_sum(const GArray *outcomes)
{
    struct outcomes sum = {.strategy = "all"};
    for (guint i = 0; i < outcomes->len; i++) {
        const struct outcomes *one = &g_array_index(outcomes, struct outcomes, i);
        for (int of = 0; of < N_OUTCOME; of++) {
            sum.n[of] += one->n[of];
        }
        for (int week = 0; week < OUTCOME_WEEKS; week++) {
            sum.steps_by_week[week] += one->steps_by_week[week];
            sum.answered_by_week[week] += one->answered_by_week[week];
        }
    }
    return sum;
}

char *outcome_money(int64_t cents)
{
    struct money money = {.cents = cents, .currency = "USD"};
    return money_format(&money);
}

char *outcome_hours(int64_t minutes)
{
    if (minutes < WHOLE_HOURS) {
        return words_minutes((int)minutes);
    }
    g_autofree char *hours = words_number((minutes + 30) / 60);
    return g_strdup_printf("%s h", hours);
}

char *number_in_words(int n)
{
    static const char *const ones[] = {
        "no",       "one",      "two",     "three",   "four",    "five",    "six",
        "seven",    "eight",    "nine",    "ten",     "eleven",  "twelve",  "thirteen",
        "fourteen", "fifteen",  "sixteen", "seventeen", "eighteen", "nineteen"};
    static const char *const tens[] = {"",      "",      "twenty",  "thirty", "forty",
                                       "fifty", "sixty", "seventy", "eighty", "ninety"};
    if (n < 0 || n > 99) {
        return words_number(n);
    }
    if (n < 20) {
        return g_strdup(ones[n]);
    }
    return n % 10 == 0 ? g_strdup(tens[n / 10])
                       : g_strdup_printf("%s-%s", tens[n / 10], ones[n % 10]);
}
