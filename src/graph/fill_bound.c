/* The bound of the search: the exact optimum, by dynamic programming over minutes, messages and
 * rank within the family, of the problem whose other limits are priced (Martello and Toth 1990, ch.
 * 2 and 5; Kellerer, Pferschy, Pisinger 2004, ch. 9). Cell (candidate i, level r, messages w, units
 * m) is the most that candidates i.. add when i's family stands at level r and w messages and m
 * units are left. With too many minutes for the memory a unit is more than their common divisor and
 * candidates' units are rounded down: still an upper limit. */
#include "graph/fill_private.h"

#include <glib.h>
#include <string.h>

#define NEVER (-(1 << 30))
#define REACHED (-(1 << 29)) /* below: no set gets here */
#define TOP (1 << 29)
#define MESSAGES_MAX 12 /* told apart */
#define PLANE_MAX 8192  /* cells of one candidate and level */

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Minutes that windows over all days may use. */
static int64_t all_minutes(const struct fill_problem *problem)
{
    int n_days = problem->limits->n_days;
    return n_days > 0 ? problem->room.run[0][n_days - 1] : 0;
}

/* Chooses unit and number of messages so that no plane is larger than PLANE_MAX. */
static void size_table(struct fill_table *table)
{
    const struct fill_problem *problem = table->problem;
    int64_t divisor = 0;
    int64_t need = 0;
    int n_free = 0;
    for (int i = 0; i < problem->n; i++) {
        const struct fill_cand *cand = &problem->cands[i];
        if (!cand->is_must) {
            divisor = common_divisor(cand->minutes, divisor);
            need += cand->minutes;
            n_free += cand->is_message;
        }
    }
    int64_t minutes = MIN(all_minutes(problem), need);
    bool is_counted = problem->room.messages < MIN(n_free, MESSAGES_MAX);
    table->n_messages = is_counted ? problem->room.messages + 1 : 1;
    int64_t room = PLANE_MAX / table->n_messages;
    int64_t unit = MAX(divisor, 1);
    if (minutes / unit + 1 > room) {
        unit = minutes / (room - 1) + 1;
    }
    table->unit = (int32_t)unit;
    table->n_units = (int)(minutes / unit) + 1;
}

/* Prices of what the table does not hold exactly, as pay of each candidate. False when worths are
 * too large for the cells. */
static bool set_pay(struct fill_table *table, const struct fill_prices *prices)
{
    const struct fill_problem *problem = table->problem;
    struct fill_prices rest = *prices; /* group and after are borrowed */
    int n_days = problem->limits->n_days;
    bool is_exact = true;
    for (int i = 0; i < problem->n; i++) {
        is_exact &= problem->cands[i].is_must || problem->cands[i].minutes % table->unit == 0;
    }
    if (n_days > 0 && is_exact) {
        rest.run[0][n_days - 1] = 0;
    }
    rest.messages = table->n_messages > 1 ? 0 : prices->messages;
    for (table->scale = 1024; table->scale >= 1; table->scale /= 2) {
        table->base = fill_prices_pay(&rest, problem, table->scale, table->pay);
        if (fill_price_bound(problem, table->pay, 0, table->scale, NULL, NULL) < TOP / 2) {
            return true;
        }
    }
    return false;
}

/* What a candidate adds to cells; never so little that sums leave 32 bits. */
static int32_t net_gain(const struct fill_table *table, int i, int level)
{
    int64_t gain = fill_gain(table->problem->limits, table->problem->cands[i].value, level);
    int64_t net = gain * table->scale - table->pay[i];
    return (int32_t)CLAMP(net, -TOP / 2, TOP);
}

static int32_t *plane_at(const struct fill_table *table, int i, int level)
{
    size_t size = (size_t)table->n_messages * (size_t)table->n_units;
    return table->cells + table->plane[i] + (size_t)level * size;
}

/* out = max(skip, take shifted by units + net); skip NULL: must be taken. */
static void merge_row(int32_t *restrict out, const int32_t *restrict skip,
                      const int32_t *restrict take, int units, int n_units, int32_t net)
{
    int start = MIN(units, n_units);
    for (int m = 0; m < start; m++) {
        out[m] = skip == NULL ? NEVER : skip[m];
    }
    for (int m = start; m < n_units && skip != NULL; m++) {
        int32_t sum = take[m - units] + net;
        out[m] = sum > skip[m] ? sum : skip[m];
    }
    for (int m = start; m < n_units && skip == NULL; m++) {
        int32_t sum = take[m - units] + net;
        out[m] = sum < NEVER ? NEVER : sum;
    }
}

/* All planes of candidate i from those of the next. */
static void fill_planes(struct fill_table *table, int i)
{
    const struct fill_cand *cand = &table->problem->cands[i];
    const struct fill_family *family = &table->problem->families[cand->family];
    bool is_last = i + 1 == family->end;
    bool is_counted = cand->is_message && !cand->is_must && table->n_messages > 1;
    int n_units = table->n_units;
    for (int level = 0; level < MIN(family->levels, i - family->begin + 1); level++) {
        int to = fill_next_level(family, level);
        const int32_t *skip = plane_at(table, i + 1, is_last ? 0 : level);
        const int32_t *take = to < 0 ? NULL : plane_at(table, i + 1, is_last ? 0 : to);
        int32_t *out = plane_at(table, i, level);
        for (int w = 0; w < table->n_messages; w++) {
            const int32_t *skip_row = cand->is_must ? NULL : skip + w * n_units;
            bool can = take != NULL && (!is_counted || w > 0);
            const int32_t *take_row = can ? take + (w - is_counted) * n_units : skip + w * n_units;
            merge_row(out + w * n_units, skip_row, take_row, can ? table->units[i] : n_units,
                      n_units, net_gain(table, i, level));
        }
    }
}

bool fill_table_init(struct fill_table *table, const struct fill_problem *problem,
                     const struct fill_prices *prices)
{
    *table = (struct fill_table){.problem = problem};
    size_table(table);
    table->pay = g_new(int64_t, problem->n + 1);
    if (!set_pay(table, prices)) {
        return false;
    }
    table->units = g_new0(int32_t, problem->n + 1);
    table->plane = g_new(size_t, problem->n + 1);
    size_t size = (size_t)table->n_messages * (size_t)table->n_units;
    size_t used = 0;
    for (int i = 0; i < problem->n; i++) {
        const struct fill_cand *cand = &problem->cands[i];
        const struct fill_family *family = &problem->families[cand->family];
        table->units[i] = cand->is_must ? 0 : cand->minutes / table->unit;
        table->plane[i] = used;
        used += size * (size_t)MIN(family->levels, i - family->begin + 1);
    }
    table->plane[problem->n] = used;
    table->cells = g_new(int32_t, used + size);
    memset(plane_at(table, problem->n, 0), 0, sizeof(int32_t) * size);
    for (int i = problem->n - 1; i >= 0; i--) {
        fill_planes(table, i);
    }
    return true;
}

void fill_table_clear(struct fill_table *table)
{
    g_free(table->cells);
    g_free(table->plane);
    g_free(table->pay);
    g_free(table->units);
    *table = (struct fill_table){0};
}

int64_t fill_table_bound(const struct fill_table *table)
{
    return table->base + fill_table_rest(table, 0, 0, table->n_messages - 1, table->n_units - 1);
}

/* ---- which candidates can be in a better set ---- */

/* Most of what[m] + rest[m - units]. */
static int32_t best_sum(const int32_t *restrict what, const int32_t *restrict rest, int units,
                        int n_units)
{
    int32_t best = NEVER;
    for (int m = units; m < n_units; m++) {
        int32_t sum = what[m] + rest[m - units];
        best = sum > best ? sum : best;
    }
    return best;
}

/* to[m - units] = max(itself, from[m] + net). */
static void push_row(int32_t *restrict to, const int32_t *restrict from, int units, int n_units,
                     int32_t net)
{
    for (int m = units; m < n_units; m++) {
        int32_t sum = from[m] + net;
        to[m - units] = sum > to[m - units] ? sum : to[m - units];
    }
}

/* One candidate of the forward pass: done[level] holds, for messages and units still left, the most
 * of the candidates before; becomes that of the next in then. Gives the most of sets with it. */
static int32_t pass(const struct fill_table *table, int i, const int32_t *done, int32_t *then)
{
    const struct fill_cand *cand = &table->problem->cands[i];
    const struct fill_family *family = &table->problem->families[cand->family];
    bool is_last = i + 1 == family->end;
    int counted = cand->is_message && !cand->is_must && table->n_messages > 1;
    int n_units = table->n_units;
    size_t size = (size_t)table->n_messages * (size_t)n_units;
    int64_t best = NEVER;
    for (size_t k = 0; k < size * (size_t)family->levels; k++) {
        then[k] = cand->is_must ? NEVER : done[k];
    }
    for (int level = 0; level < MIN(family->levels, i - family->begin + 1); level++) {
        int to = fill_next_level(family, level);
        if (to < 0) {
            continue;
        }
        int32_t net = net_gain(table, i, level);
        const int32_t *rest = plane_at(table, i + 1, is_last ? 0 : to);
        for (int w = counted; w < table->n_messages; w++) {
            const int32_t *from = done + (size_t)level * size + (size_t)(w * n_units);
            int32_t *into = then + (size_t)to * size + (size_t)((w - counted) * n_units);
            int32_t sum = best_sum(from, rest + (w - counted) * n_units, table->units[i], n_units);
            best = MAX(best, sum < REACHED ? NEVER : (int64_t)sum + net);
            push_row(into, from, table->units[i], n_units, net);
        }
    }
    for (size_t k = 0; k < size * (size_t)family->levels; k++) {
        then[k] = MAX(then[k], NEVER);
    }
    return (int32_t)best;
}

/* At the end of a family its levels fall together. */
static void close_family(int32_t *done, int levels, size_t size)
{
    for (int level = 1; level < levels; level++) {
        for (size_t k = 0; k < size; k++) {
            done[k] = MAX(done[k], done[(size_t)level * size + k]);
        }
    }
}

int fill_table_keep(const struct fill_table *table, int64_t floor, bool *keep_out)
{
    const struct fill_problem *problem = table->problem;
    size_t size = (size_t)table->n_messages * (size_t)table->n_units;
    int64_t least = (floor + 1) * table->scale - table->base;
    int most_levels = 1;
    int n_kept = 0;
    for (int f = 0; f < problem->n_families; f++) {
        most_levels = MAX(most_levels, problem->families[f].levels);
    }
    g_autofree int32_t *done = g_new(int32_t, size *(size_t)most_levels);
    g_autofree int32_t *then = g_new(int32_t, size *(size_t)most_levels);
    memset(done, 0, sizeof(int32_t) * size);
    for (int f = 0; f < problem->n_families; f++) {
        const struct fill_family *family = &problem->families[f];
        for (size_t k = size; k < size * (size_t)family->levels; k++) {
            done[k] = NEVER;
        }
        for (int i = family->begin; i < family->end; i++) {
            keep_out[i] = pass(table, i, done, then) >= least || problem->cands[i].is_must;
            n_kept += keep_out[i];
            int32_t *swap = done;
            done = then;
            then = swap;
        }
        close_family(done, family->levels, size);
    }
    return n_kept;
}
