/* Every limit but the families' priced: Lagrangian relaxation. At fixed prices the best set falls
 * apart by family, and within a family is found exactly by a dynamic program over rank, in
 * O(candidates * levels). Prices move by subgradient steps of Polyak's length (Held, Wolfe,
 * Crowder, Validation of subgradient optimization, Mathematical Programming 6, 1974). Any prices
 * give a valid upper limit; good prices only make it low. Prices are doubles, limits proven with
 * them are integers rounded to the safe side. */
#include "graph/fill_private.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define NEVER (INT64_MIN / 4)
#define PRICE_SCALE 1024
#define MAX_STEPS 300
#define PATIENCE 16

void fill_prices_init(struct fill_prices *prices, const struct fill_problem *problem)
{
    *prices = (struct fill_prices){.n_after = problem->n};
    prices->group = g_new0(double, problem->n_groups + 1);
    prices->after = g_new0(double, problem->n + 1);
}

void fill_prices_copy(struct fill_prices *to, const struct fill_prices *from,
                      const struct fill_problem *problem)
{
    double *group = to->group;
    double *after = to->after;
    *to = *from;
    to->group = group;
    to->after = after;
    memcpy(group, from->group, sizeof(double) * (size_t)problem->n_groups);
    memcpy(after, from->after, sizeof(double) * (size_t)problem->n);
}

void fill_prices_clear(struct fill_prices *prices)
{
    g_free(prices->group);
    g_free(prices->after);
    *prices = (struct fill_prices){0};
}

void fill_prices_narrow(struct fill_prices *to, const struct fill_problem *small,
                        const struct fill_prices *from, const struct fill_problem *large)
{
    double *group = g_memdup2(from->group, sizeof(double) * (size_t)(large->n_groups + 1));
    double *after = g_new0(double, small->n + 1);
    for (int i = 0, k = 0; i < small->n; i++) {
        while (large->cands[k].index != small->cands[i].index) {
            k++;
        }
        after[i] = small->cands[i].after < 0 ? 0 : from->after[k];
    }
    *to = *from;
    to->group = group;
    to->after = after;
    to->n_after = small->n;
}

int64_t fill_prices_pay(const struct fill_prices *prices, const struct fill_problem *problem,
                        int64_t scale, int64_t *pay_out)
{
    int n_days = problem->limits->n_days;
    double window[FILL_DAYS_MAX][FILL_DAYS_MAX] = {{0}}; /* price of a minute by window */
    double base =
        prices->cents * (double)problem->room.cents + prices->messages * problem->room.messages;
    for (int a = 0; a < n_days; a++) {
        for (int b = n_days - 1; b >= a; b--) {
            window[a][b] = prices->run[a][b] + (a > 0 ? window[a - 1][b] : 0) +
                           (b + 1 < n_days ? window[a][b + 1] : 0) -
                           (a > 0 && b + 1 < n_days ? window[a - 1][b + 1] : 0);
            base += prices->run[a][b] * (double)problem->room.run[a][b];
        }
    }
    for (int g = 0; g < problem->n_groups; g++) {
        base += prices->group[g] * MAX(problem->group_room[g], 0);
    }
    g_autofree double *pay = g_new0(double, problem->n + 1);
    for (int i = 0; i < problem->n; i++) {
        const struct fill_cand *cand = &problem->cands[i];
        pay[i] += window[cand->first][cand->last] * cand->minutes + prices->cents * cand->cents +
                  (cand->is_message ? prices->messages : 0) +
                  (cand->group >= 0 ? prices->group[cand->group] : 0);
        if (cand->after >= 0) {
            pay[i] += prices->after[i];
            pay[cand->after] -= prices->after[i];
        }
    }
    for (int i = 0; i < problem->n;
         i++) { /* one less and one more: what rounding of doubles hides */
        double scaled = fmin(fmax(pay[i] * (double)scale, -1e12), 1e12);
        pay_out[i] = problem->cands[i].is_must ? 0 : (int64_t)floor(scaled) - 1;
    }
    return (int64_t)ceil(base * (double)scale) + 1;
}

/* Where the levels of each candidate and of each family's end lie in one array. */
static size_t level_size(const struct fill_problem *problem)
{
    size_t size = 0;
    for (int f = 0; f < problem->n_families; f++) {
        const struct fill_family *family = &problem->families[f];
        size_t rows = (size_t)(family->end - family->begin + 1) * (size_t)family->levels;
        size = MAX(size, rows);
    }
    return size;
}

/* rest[(i - begin) * levels + r]: the most of candidates i.. of the family, r ranks taken. */
static void fill_rest(const struct fill_problem *problem, const struct fill_family *family,
                      const int64_t *pay, int64_t scale, int64_t *rest)
{
    int levels = family->levels;
    int64_t *next = rest + (size_t)(family->end - family->begin) * (size_t)levels;
    memset(next, 0, sizeof(int64_t) * (size_t)levels);
    for (int i = family->end - 1; i >= family->begin; i--, next -= levels) {
        const struct fill_cand *cand = &problem->cands[i];
        for (int r = 0; r < levels; r++) {
            int to = fill_next_level(family, r);
            int64_t take =
                to < 0 ? NEVER
                       : next[to] + fill_gain(problem->limits, cand->value, r) * scale - pay[i];
            next[r - levels] = cand->is_must ? take : MAX(take, next[r]);
        }
    }
}

/* with_out[i]: the most of the family when i is taken, less the most without that condition. */
static void fill_with(const struct fill_problem *problem, const struct fill_family *family,
                      const int64_t *pay, int64_t scale, const int64_t *rest, int64_t *with_out)
{
    int levels = family->levels;
    int64_t done[2][64];
    int64_t *at = done[0];
    int64_t *then = done[1];
    for (int r = 0; r < levels; r++) {
        at[r] = r == 0 ? 0 : NEVER;
    }
    for (int i = family->begin; i < family->end; i++) {
        const struct fill_cand *cand = &problem->cands[i];
        const int64_t *next = rest + (size_t)(i + 1 - family->begin) * (size_t)levels;
        with_out[i] = NEVER;
        for (int r = 0; r < levels; r++) {
            then[r] = cand->is_must ? NEVER : at[r];
        }
        for (int r = 0; r < levels; r++) {
            int to = fill_next_level(family, r);
            if (to >= 0 && at[r] > NEVER / 2) {
                int64_t sum = at[r] + fill_gain(problem->limits, cand->value, r) * scale - pay[i];
                with_out[i] = MAX(with_out[i], sum + next[to] - rest[0]);
                then[to] = MAX(then[to], sum);
            }
        }
        int64_t *swap = at;
        at = then;
        then = swap;
    }
}

int64_t fill_price_bound(const struct fill_problem *problem, const int64_t *pay, int64_t base,
                         int64_t scale, int64_t *with_out, bool *taken_out)
{
    g_autofree int64_t *rest = g_new(int64_t, level_size(problem) + 1);
    int64_t bound = base;
    for (int f = 0; f < problem->n_families; f++) {
        const struct fill_family *family = &problem->families[f];
        if (family->begin == family->end) {
            continue;
        }
        fill_rest(problem, family, pay, scale, rest);
        bound += rest[0];
        if (with_out != NULL) {
            fill_with(problem, family, pay, scale, rest, with_out);
        }
        for (int i = family->begin, r = 0; taken_out != NULL && i < family->end; i++) {
            const int64_t *row = rest + (size_t)(i - family->begin) * (size_t)family->levels;
            taken_out[i] = problem->cands[i].is_must || row[r] != row[family->levels + r];
            r = taken_out[i] ? fill_next_level(family, r) : r;
        }
    }
    for (int i = 0; with_out != NULL && i < problem->n; i++) {
        with_out[i] += bound;
    }
    return bound;
}

/* ---- the search for prices ---- */

/* One limit's step: direction over its own size, so that minutes and cents move alike. */
static void step_price(double *price, double excess, double size, double step)
{
    double unit = size > 1 ? size : 1;
    double moved = *price + step * excess / (unit * unit);
    *price = moved > 0 ? moved : 0;
}

/* Uses of every limit by a set, less what there is. */
struct excess {
    double run[FILL_DAYS_MAX][FILL_DAYS_MAX];
    double cents;
    double messages;
    double *group;
    double norm; /* sum of squares of excess over size, of what can move */
};

static void add_norm(struct excess *excess, double price, double amount, double size)
{
    double unit = size > 1 ? size : 1;
    excess->norm += amount > 0 || price > 0 ? amount * amount / (unit * unit) : 0;
}

static void measure(const struct fill_problem *problem, const struct fill_prices *prices,
                    const bool *taken, struct excess *excess)
{
    int n_days = problem->limits->n_days;
    double used[FILL_DAYS_MAX][FILL_DAYS_MAX] = {{0}};
    excess->norm = 0;
    excess->cents = -(double)problem->room.cents;
    excess->messages = -(double)problem->room.messages;
    for (int g = 0; g < problem->n_groups; g++) {
        excess->group[g] = -(double)MAX(problem->group_room[g], 0);
    }
    for (int i = 0; i < problem->n; i++) {
        const struct fill_cand *cand = &problem->cands[i];
        if (cand->after >= 0) {
            add_norm(excess, prices->after[i], taken[i] - taken[cand->after], 1);
        }
        if (!taken[i] || cand->is_must) {
            continue;
        }
        used[cand->first][cand->last] += cand->minutes;
        excess->cents += cand->cents;
        excess->messages += cand->is_message;
        if (cand->group >= 0) {
            excess->group[cand->group] += 1;
        }
    }
    for (int a = n_days - 1; a >= 0; a--) { /* used: of all windows inside a..b */
        for (int b = a; b < n_days; b++) {
            double room = (double)problem->room.run[a][b];
            used[a][b] += (a < b ? used[a + 1][b] + used[a][b - 1] : 0) -
                          (a + 1 < b ? used[a + 1][b - 1] : 0);
            excess->run[a][b] = used[a][b] - room;
            add_norm(excess, prices->run[a][b], excess->run[a][b], room);
        }
    }
    add_norm(excess, prices->cents, excess->cents, (double)problem->room.cents);
    add_norm(excess, prices->messages, excess->messages, problem->room.messages);
    for (int g = 0; g < problem->n_groups; g++) {
        add_norm(excess, prices->group[g], excess->group[g], problem->group_room[g]);
    }
}

static void move_prices(const struct fill_problem *problem, struct fill_prices *prices,
                        const bool *taken, const struct excess *excess, double step)
{
    int n_days = problem->limits->n_days;
    for (int a = 0; a < n_days; a++) {
        for (int b = a; b < n_days; b++) {
            step_price(&prices->run[a][b], excess->run[a][b], (double)problem->room.run[a][b],
                       step);
        }
    }
    step_price(&prices->cents, excess->cents, (double)problem->room.cents, step);
    step_price(&prices->messages, excess->messages, problem->room.messages, step);
    for (int g = 0; g < problem->n_groups; g++) {
        step_price(&prices->group[g], excess->group[g], problem->group_room[g], step);
    }
    for (int i = 0; i < problem->n; i++) {
        int before = problem->cands[i].after;
        if (before >= 0) {
            step_price(&prices->after[i], taken[i] - taken[before], 1, step);
        }
    }
}

/* Candidates by what a set with them can still be worth. */
static int compare_promise(const void *a, const void *b, void *data)
{
    const int64_t *with = data;
    int32_t x = *(const int32_t *)a;
    int32_t y = *(const int32_t *)b;
    if (with[x] != with[y]) {
        return with[x] > with[y] ? -1 : 1;
    }
    return x < y ? -1 : x > y;
}

/* A set that fits, by promise; kept when worth more than the best. */
static void improve(const struct fill_problem *problem, int64_t *with, struct fill_load *best)
{
    g_autofree int32_t *order = g_new(int32_t, problem->n + 1);
    struct fill_load load;
    for (int i = 0; i < problem->n; i++) {
        order[i] = i;
    }
    g_qsort_with_data(order, problem->n, sizeof(int32_t), compare_promise, with);
    fill_load_init(&load, problem);
    fill_load_greedy(&load, order, problem->n);
    if (fill_load_worth(&load) > fill_load_worth(best)) {
        struct fill_load old = *best;
        *best = load;
        load = old;
    }
    fill_load_clear(&load);
}

int64_t fill_price_search(const struct fill_problem *problem, struct fill_prices *prices,
                          struct fill_load *best)
{
    g_autofree int64_t *pay = g_new(int64_t, problem->n + 1);
    g_autofree int64_t *with = g_new(int64_t, problem->n + 1);
    g_autofree bool *taken = g_new0(bool, problem->n + 1);
    g_autofree double *group = g_new(double, problem->n_groups + 1);
    struct excess excess = {.group = group};
    struct fill_prices at;
    double length = 1;
    int64_t lowest = INT64_MAX;
    int n_idle = 0;
    fill_prices_init(&at, problem);
    fill_prices_copy(&at, prices, problem);
    for (int k = 0; k < MAX_STEPS && length > 0.002; k++) {
        int64_t base = fill_prices_pay(&at, problem, PRICE_SCALE, pay);
        bool is_heard = k % 16 == 8;
        int64_t bound =
            fill_price_bound(problem, pay, base, PRICE_SCALE, is_heard ? with : NULL, taken);
        n_idle++;
        if (bound < lowest) {
            n_idle = bound < lowest - lowest / 2048 ? 0 : n_idle;
            lowest = bound;
            fill_prices_copy(prices, &at, problem);
        }
        if (is_heard) {
            improve(problem, with, best);
        }
        if (n_idle >= PATIENCE) {
            length /= 2;
            n_idle = 0;
            fill_prices_copy(&at, prices, problem);
            base = fill_prices_pay(&at, problem, PRICE_SCALE, pay);
            bound = fill_price_bound(problem, pay, base, PRICE_SCALE, NULL, taken);
        }
        measure(problem, &at, taken, &excess);
        double gap = ((double)bound - (double)fill_load_worth(best) * PRICE_SCALE) / PRICE_SCALE;
        if (excess.norm <= 0 || gap < 1) {
            break;
        }
        move_prices(problem, &at, taken, &excess, length * gap / excess.norm);
    }
    int64_t base = fill_prices_pay(prices, problem, PRICE_SCALE, pay);
    fill_price_bound(problem, pay, base, PRICE_SCALE, with, NULL);
    improve(problem, with, best);
    fill_prices_clear(&at);
    return lowest / PRICE_SCALE;
}
