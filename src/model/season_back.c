/* The season backwards: which date leans on which (data/season_needs.tsv), by when the work before
 * each has to end, and what cannot hold when one is late. Tasks are the dates in their order. */
#include "model/season_part.h"

#include "base/clock.h"
#include "data_season.h"
#include "data_season_needs.h"
#include "graph/backward.h"

#include <string.h>

struct plan {
    struct backward_task *tasks;
    int n;
    struct backward_need *needs;
    int n_needs;
};

/* Place of a date in the season; -1: it is not there. */
static int place_of(const struct season *season, const char *id)
{
    const struct season_date *date = season_date(season, id);
    return date == NULL ? -1 : (int)(date - &g_array_index(season->dates, struct season_date, 0));
}

/* The day a date holds by itself: its first or its last; none when only others need it. */
static int32_t held_day(const struct season_date *date)
{
    if (date->rule == NULL || strcmp(date->rule->hold, "start") == 0) {
        return date->on_day;
    }
    return strcmp(date->rule->hold, "end") == 0 ? date->until_day : BACKWARD_NONE;
}

static void plan_start(struct plan *plan, const struct season *season)
{
    *plan = (struct plan){.tasks = g_new0(struct backward_task, season->dates->len + 1),
                          .n = (int)season->dates->len,
                          .needs = g_new0(struct backward_need, n_data_season_needs + 1)};
    for (int i = 0; i < plan->n; i++) {
        plan->tasks[i].fixed = held_day(&g_array_index(season->dates, struct season_date, i));
    }
    for (size_t i = 0; i < n_data_season_needs; i++) {
        int before = place_of(season, data_season_needs[i].before);
        int after = place_of(season, data_season_needs[i].after);
        if (before >= 0 && after >= 0) {
            plan->needs[plan->n_needs++] = (struct backward_need){
                .before = before, .after = after, .days = data_season_needs[i].days};
        }
    }
}

static void plan_clear(struct plan *plan)
{
    g_free(plan->tasks);
    g_free(plan->needs);
}

void season_plan_back(struct season *season)
{
    struct plan plan;
    plan_start(&plan, season);
    g_autofree int32_t *latest = g_new0(int32_t, plan.n + 1);
    if (backward_pass(plan.tasks, plan.n, plan.needs, plan.n_needs, latest, NULL)) {
        for (int i = 0; i < plan.n; i++) {
            g_array_index(season->dates, struct season_date, i).before_day =
                latest[i] == BACKWARD_NONE ? DAY_NONE : latest[i];
        }
    }
    plan_clear(&plan);
}

void season_endangered(const struct season *season, const char *id, int32_t day,
                       GPtrArray *dates_out)
{
    int late = place_of(season, id);
    struct plan plan;
    if (late < 0) {
        return;
    }
    plan_start(&plan, season);
    g_autofree int32_t *found = g_new0(int32_t, plan.n + 1);
    const struct backward_end end = {.task = late, .day = day};
    int n = backward_endangered(plan.tasks, plan.n, plan.needs, plan.n_needs, &end, found);
    for (int i = 0; i < n; i++) {
        g_ptr_array_add(dates_out, &g_array_index(season->dates, struct season_date, found[i]));
    }
    plan_clear(&plan);
}
