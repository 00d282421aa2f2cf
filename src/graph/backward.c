/* Planning backwards: one topological order of the tasks (Kahn, 1962), walked from the end for the
 * latest days (Kelley and Walker, 1959) and from the start for what a late task endangers.
 * O(tasks + needs). */
#include "graph/backward.h"

#include <glib.h>

/* Tasks in an order in which every need points forward, and the needs of each task. */
struct order {
    int32_t *tasks;     /* owned; n of them */
    int32_t *begin;     /* owned; needs with before == i: by_before[begin[i]..begin[i + 1] - 1] */
    int32_t *by_before; /* owned; indexes of needs, in their order */
};

static void order_clear(struct order *order)
{
    g_free(order->tasks);
    g_free(order->begin);
    g_free(order->by_before);
}

/* Sorts the needs by the task that must end first, keeping their order. */
static void group_needs(struct order *order, int n, const struct backward_need *needs, int n_needs)
{
    order->begin = g_new0(int32_t, n + 2);
    order->by_before = g_new(int32_t, n_needs + 1);
    for (int k = 0; k < n_needs; k++) {
        order->begin[needs[k].before + 2]++;
    }
    for (int i = 2; i < n + 2; i++) {
        order->begin[i] += order->begin[i - 1];
    }
    for (int k = 0; k < n_needs; k++) { /* begin[i + 1] runs from the begin of i to its end */
        order->by_before[order->begin[needs[k].before + 1]++] = k;
    }
}

/* False when the needs run in a circle. */
static bool order_init(struct order *order, int n, const struct backward_need *needs, int n_needs)
{
    g_autofree int32_t *n_before = g_new0(int32_t, n + 1);
    int n_ready = 0;
    group_needs(order, n, needs, n_needs);
    order->tasks = g_new(int32_t, n + 1);
    for (int k = 0; k < n_needs; k++) {
        n_before[needs[k].after]++;
    }
    for (int i = 0; i < n; i++) {
        if (n_before[i] == 0) {
            order->tasks[n_ready++] = i;
        }
    }
    for (int done = 0; done < n_ready; done++) {
        int i = order->tasks[done];
        for (int k = order->begin[i]; k < order->begin[i + 1]; k++) {
            int after = needs[order->by_before[k]].after;
            if (--n_before[after] == 0) {
                order->tasks[n_ready++] = after;
            }
        }
    }
    return n_ready == n;
}

static int32_t to_day(int64_t day)
{
    return (int32_t)CLAMP(day, (int64_t)BACKWARD_NONE + 1, INT32_MAX);
}

bool backward_pass(const struct backward_task *tasks, int n, const struct backward_need *needs,
                   int n_needs, int32_t *latest_out, int32_t *through_out)
{
    struct order order = {0};
    bool is_ordered = order_init(&order, n, needs, n_needs);
    for (int at = n - 1; is_ordered && at >= 0; at--) {
        int i = order.tasks[at];
        int32_t latest = tasks[i].fixed;
        int32_t through = -1;
        for (int k = order.begin[i]; k < order.begin[i + 1]; k++) {
            const struct backward_need *need = &needs[order.by_before[k]];
            if (latest_out[need->after] == BACKWARD_NONE) {
                continue;
            }
            int32_t day = to_day((int64_t)latest_out[need->after] - need->days);
            if (latest == BACKWARD_NONE || day < latest) {
                latest = day;
                through = need->after;
            }
        }
        latest_out[i] = latest;
        if (through_out != NULL) {
            through_out[i] = through;
        }
    }
    order_clear(&order);
    return is_ordered;
}

int backward_endangered(const struct backward_task *tasks, int n, const struct backward_need *needs,
                        int n_needs, const struct backward_end *late,
                        int32_t *endangered_out)
{
    g_autofree int32_t *latest = g_new(int32_t, n + 1);
    g_autofree int32_t *soonest = g_new(int32_t, n + 1); /* BACKWARD_NONE: not after late */
    struct order order = {0};
    int n_endangered = 0;
    if (!backward_pass(tasks, n, needs, n_needs, latest, NULL)) {
        return 0;
    }
    order_init(&order, n, needs, n_needs);
    for (int i = 0; i < n; i++) {
        soonest[i] = i == late->task ? late->day : BACKWARD_NONE;
    }
    for (int at = 0; at < n; at++) {
        int i = order.tasks[at];
        for (int k = order.begin[i]; soonest[i] != BACKWARD_NONE && k < order.begin[i + 1]; k++) {
            const struct backward_need *need = &needs[order.by_before[k]];
            int32_t end = to_day((int64_t)soonest[i] + need->days);
            soonest[need->after] = MAX(soonest[need->after], end);
        }
    }
    for (int i = 0; i < n; i++) {
        bool is_endangered = i != late->task && soonest[i] != BACKWARD_NONE &&
                             latest[i] != BACKWARD_NONE && soonest[i] > latest[i];
        if (is_endangered) {
            endangered_out[n_endangered++] = i;
        }
    }
    order_clear(&order);
    return n_endangered;
}
