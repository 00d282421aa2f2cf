/* The planner, end to end: a week out of 5,000 suggestions, the survey given. Goal: 20 ms.
 *
 *     build/bench/week [RUNS]
 *
 * Suggestions are made up, of nineteen strategies with the minutes, money and windows that those of
 * data/ have; each run has other points. One JSON line: milliseconds, and how many weeks are proven
 * to be the best. */
#include "base/random.h"
#include "data_strategies.h"
#include "data_suggestions.h"
#include "model/week.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TODAY 20655 /* Tue 21 July 2026 */
#define N_SUGGESTIONS 5000
#define N_PEOPLE 2500
#define N_DEPARTMENTS 300

static double now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static struct outlook *outlook_make(void)
{
    struct outlook *outlook = outlook_new(TODAY);
    struct prng prng;
    prng_init(&prng, 5);
    for (int i = 1; i <= N_PEOPLE; i++) {
        struct contact *contact = outlook_add(outlook, i, "Somebody");
        g_autofree char *department =
            g_strdup_printf("hospital %u", prng_below(&prng, N_DEPARTMENTS));
        contact->department = g_string_chunk_insert_const(outlook->text, department);
    }
    outlook_finish(outlook);
    outlook->goal.hours_week = 360;
    outlook->goal.money_month = 8000;
    outlook->goal.free_days = "fri";
    return outlook;
}

static int best_first(gconstpointer a_, gconstpointer b_)
{
    const struct suggestion *a = a_;
    const struct suggestion *b = b_;
    return (a->points < b->points) - (a->points > b->points);
}

static struct survey *survey_make(struct outlook *outlook, uint64_t seed)
{
    struct survey *survey = g_new0(struct survey, 1);
    struct prng prng;
    prng_init(&prng, seed);
    survey->outlook = outlook;
    survey->ref_count = 1;
    survey->text = g_string_chunk_new(64);
    survey->suggestions = g_array_sized_new(FALSE, TRUE, sizeof(struct suggestion), N_SUGGESTIONS);
    for (int i = 0; i < N_SUGGESTIONS; i++) {
        const struct data_suggestions *kind =
            &data_suggestions[prng_below(&prng, (uint32_t)n_data_suggestions)];
        bool has_person = kind->is_message;
        struct suggestion one = {
            .kind = kind,
            .person_id = has_person ? 1 + prng_below(&prng, N_PEOPLE) : 0,
            .about_id = i + 1,
            .from_day =
                prng_below(&prng, 10) == 0 ? TODAY + (int32_t)prng_below(&prng, 9) : DAY_NONE,
            .until_day =
                prng_below(&prng, 4) == 0 ? TODAY + (int32_t)prng_below(&prng, 30) : DAY_NONE,
            .minutes = MAX(kind->minutes, 5),
            .cents = MAX(kind->cents, 0),
            .points = MAX(kind->points, 0) + (int32_t)prng_below(&prng, 300),
        };
        if (one.until_day != DAY_NONE && one.until_day < one.from_day) {
            one.until_day = one.from_day;
        }
        g_array_append_val(survey->suggestions, one);
    }
    g_array_sort(survey->suggestions, best_first);
    return survey;
}

static int by_number(const void *a_, const void *b_)
{
    double a = *(const double *)a_;
    double b = *(const double *)b_;
    return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 100;
    struct outlook *outlook = outlook_make();
    struct clock clock = {.fixed_at = (int64_t)TODAY * US_PER_DAY, .zone = g_time_zone_new_utc()};
    g_autoptr(GArray) planned = g_array_new(FALSE, TRUE, sizeof(struct planned));
    n = CLAMP(n, 1, 100000);
    g_autofree double *ms = g_new0(double, n);
    int n_proven = 0;
    int64_t n_chosen = 0;
    for (int i = 0; i < n; i++) {
        struct survey *survey = survey_make(outlook, (uint64_t)i + 1);
        struct week_request request = {.survey = survey,
                                       .week = {.monday = TODAY - 1,
                                                .minutes = 360,
                                                .cents = 8000,
                                                .messages = 8,
                                                .accepted_at = AT_NONE,
                                                .reviewed_at = AT_NONE},
                                       .planned = planned,
                                       .clock = &clock};
        double before = now_ms();
        struct week_plan *plan = week_plan_of(&request);
        ms[i] = now_ms() - before;
        n_proven += plan->is_proven;
        n_chosen += plan->choices->len;
        week_plan_free(plan);
        survey_release(survey);
    }
    qsort(ms, (size_t)n, sizeof *ms, by_number);
    printf(
        "{\"suggestions\": %d, \"weeks\": %d, \"ms_median\": %.2f, \"ms_95\": %.2f, \"ms_most\": "
        "%.2f, \"proven\": %.3f, \"chosen_mean\": %.1f}\n",
        N_SUGGESTIONS, n, ms[n / 2], ms[n * 95 / 100], ms[n - 1], (double)n_proven / n,
        (double)n_chosen / n);
    outlook_free(outlook);
    clock_clear(&clock);
    return 0;
}
