/* Week filling: from items to a proven best set, and its days. Invariant of solve(): `bound` is an
 * upper limit of every allowed set's worth and `best` an allowed set; it ends when they meet. The
 * steps live in fill_reduce.c (dominance), fill_price.c (all limits priced), fill_bound.c (table)
 * and fill_search.c (branch and bound). */
#include "graph/fill.h"

#include "graph/fill_private.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define CORE 300        /* candidates tried first when more are left */
#define CORE_NODES 5000 /* and for how long */

/* The solver's state. */
struct solving {
    struct fill_problem problem;
    struct fill_prices prices;
    struct fill_load best;
    int64_t worth; /* of best */
    int64_t bound;
    int64_t n_nodes;
    bool is_cut;
};

static int compare_falling(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return x > y ? -1 : x < y;
}

/* Candidates of sets that may be worth more than floor, by prices alone; core: only the most
 * promising of them. Gives how many there are without core. */
static int keep_by_price(const struct solving *s, int64_t floor, bool is_core, bool *keep)
{
    const struct fill_problem *problem = &s->problem;
    const int64_t scale = 1024;
    g_autofree int64_t *pay = g_new(int64_t, problem->n + 1);
    g_autofree int64_t *with = g_new(int64_t, problem->n + 1);
    int64_t base = fill_prices_pay(&s->prices, problem, scale, pay);
    fill_price_bound(problem, pay, base, scale, with, NULL);
    int64_t least = (floor + 1) * scale;
    int n_kept = 0;
    int n_core = 0;
    if (is_core && problem->n > CORE) {
        memcpy(pay, with, sizeof(int64_t) * (size_t)problem->n);
        qsort(pay, (size_t)problem->n, sizeof(int64_t), compare_falling);
        least = MAX(least, pay[CORE]);
    }
    for (int i = 0; i < problem->n; i++) {
        keep[i] =
            problem->cands[i].is_must || (with[i] >= least && (!is_core || n_core++ < 2 * CORE));
        n_kept += keep[i];
    }
    return n_kept;
}

/* Takes over a set found among the candidates of a smaller copy. */
static void adopt(struct solving *s, const struct fill_problem *small, const bool *taken,
                  int64_t worth)
{
    struct fill_load load;
    fill_load_init(&load, &s->problem);
    for (int i = 0, k = 0; i < small->n; i++) {
        while (s->problem.cands[k].index != small->cands[i].index) {
            k++;
        }
        if (taken[i] && !small->cands[i].is_must) {
            fill_load_take(&load, k);
        }
    }
    fill_load_clear(&s->best);
    s->best = load;
    s->worth = worth;
}

/* Searches the candidates of a small copy for a set worth more than floor, until n_nodes reach
 * node_limit (0: for ever); *is_cut_out then. */
static bool search_small(struct solving *s, const struct fill_problem *small, int64_t floor,
                         int64_t node_limit, bool *is_cut_out)
{
    struct fill_problem least;
    struct fill_prices prices;
    struct fill_table table;
    g_autofree bool *keep = g_new0(bool, small->n + 1);
    bool is_found = false;
    fill_prices_narrow(&prices, small, &s->prices, &s->problem);
    if (!fill_table_init(&table, small, &prices)) {
        *is_cut_out = true;
    } else if (fill_table_bound(&table) >= (floor + 1) * table.scale) {
        fill_table_keep(&table, floor, keep);
        fill_problem_copy(&least, small, keep);
        fill_table_clear(&table);
        fill_prices_clear(&prices);
        fill_prices_narrow(&prices, &least, &s->prices, &s->problem);
        struct fill_search search = {
            .floor = floor, .node_limit = node_limit, .n_nodes = s->n_nodes, .taken = keep};
        if (fill_table_init(&table, &least, &prices)) {
            is_found = fill_search(&table, &search);
        }
        s->n_nodes = search.n_nodes;
        *is_cut_out = search.is_cut;
        if (is_found) {
            adopt(s, &least, keep, search.floor);
        }
        fill_problem_clear(&least);
    }
    fill_table_clear(&table);
    fill_prices_clear(&prices);
    return is_found;
}

static bool search_kept(struct solving *s, const bool *keep, int64_t floor, int64_t node_limit,
                        bool *is_cut_out)
{
    struct fill_problem small;
    fill_problem_copy(&small, &s->problem, keep);
    bool is_found = search_small(s, &small, floor, node_limit, is_cut_out);
    fill_problem_clear(&small);
    return is_found;
}

/* Finds the best set: asks for one within a small distance of the bound, then within larger ones,
 * since the closer to the bound, the fewer candidates are left. */
static void solve(struct solving *s)
{
    g_autofree bool *keep = g_new0(bool, s->problem.n + 1);
    fill_prices_init(&s->prices, &s->problem);
    fill_load_init(&s->best, &s->problem);
    s->bound = fill_price_search(&s->problem, &s->prices, &s->best);
    s->worth = fill_load_worth(&s->best);
    int64_t distance = s->bound / 256 + 1;
    while (s->worth < s->bound && !s->is_cut) {
        int64_t floor = MAX(s->worth, s->bound - distance);
        int64_t limit = s->problem.limits->node_limit;
        if (keep_by_price(s, floor, false, keep) > CORE) {
            int64_t core_limit = s->n_nodes + CORE_NODES;
            bool is_core_cut = false;
            keep_by_price(s, floor, true, keep);
            search_kept(s, keep, floor, limit > 0 ? MIN(limit, core_limit) : core_limit,
                        &is_core_cut);
            floor = MAX(s->worth, floor);
            if (floor >= s->bound) {
                return;
            }
            keep_by_price(s, floor, false, keep);
        }
        bool is_found = search_kept(s, keep, floor, limit, &s->is_cut);
        if (!s->is_cut) {
            s->bound = is_found ? s->worth : floor;
        }
        distance *= 3;
    }
}

/* ---- the answer ---- */

/* Gives up what adds nothing: it is neither a must nor awaited, and its family is worth as much
 * without it; the longest first. */
static void drop_idle(struct fill_load *load)
{
    const struct fill_problem *problem = load->problem;
    int64_t worth = fill_load_worth(load);
    for (;;) {
        int idle = -1;
        for (int i = 0; i < problem->n; i++) {
            const struct fill_cand *cand = &problem->cands[i];
            if (!load->is_taken[i] || cand->is_must ||
                (idle >= 0 && cand->minutes <= problem->cands[idle].minutes)) {
                continue;
            }
            bool is_awaited = false;
            for (int k = 0; k < problem->n && cand->is_awaited; k++) {
                is_awaited |= load->is_taken[k] && problem->cands[k].after == i;
            }
            load->is_taken[i] = false;
            idle = !is_awaited && fill_load_worth(load) == worth ? i : idle;
            load->is_taken[i] = true;
        }
        if (idle < 0) {
            return;
        }
        fill_load_drop(load, idle);
    }
}

/* Copies what is chosen out, by rising index, and sums it up. */
static void report(const struct solving *s, struct fill *out)
{
    const struct fill_problem *problem = &s->problem;
    out->chosen = g_new(int32_t, problem->n + 1);
    for (int i = 0; i < problem->n; i++) {
        if (s->best.is_taken[i]) {
            out->chosen[out->n++] = i; /* candidates; fill_place makes them the caller's */
            out->minutes += problem->cands[i].minutes;
            out->cents += problem->cands[i].cents;
        }
    }
    out->worth = s->worth;
    out->bound = s->bound;
    out->n_nodes = s->n_nodes;
    out->n_kept = problem->n;
    out->is_proven = s->worth == s->bound;
    out->is_over = problem->is_over;
    fill_place(problem, out);
}

void fill_week(const struct fill_item *items, int n, const struct fill_limits *limits,
               struct fill *out)
{
    struct solving s = {0};
    *out = (struct fill){0};
    fill_problem_init(&s.problem, items, n, limits);
    fill_dominate(&s.problem);
    solve(&s);
    drop_idle(&s.best);
    report(&s, out);
    fill_load_clear(&s.best);
    fill_prices_clear(&s.prices);
    fill_problem_clear(&s.problem);
}

void fill_clear(struct fill *fill)
{
    g_free(fill->chosen);
    g_free(fill->day);
    *fill = (struct fill){0};
}

static int compare_worth(const void *a, const void *b, void *data)
{
    const struct fill_item *items = data;
    const struct fill_item *x = &items[*(const int32_t *)a];
    const struct fill_item *y = &items[*(const int32_t *)b];
    if (x->family != y->family) {
        return x->family < y->family ? -1 : 1;
    }
    return x->value > y->value ? -1 : x->value < y->value;
}

int64_t fill_worth(const struct fill_item *items, const int32_t *chosen, int n_chosen,
                   const struct fill_limits *limits)
{
    g_autofree int32_t *order = g_new(int32_t, n_chosen + 1);
    int64_t worth = 0;
    if (n_chosen > 0) {
        memcpy(order, chosen, sizeof(int32_t) * (size_t)n_chosen);
    }
    g_qsort_with_data(order, n_chosen, sizeof(int32_t), compare_worth, (void *)items);
    for (int i = 0, rank = 0; i < n_chosen; i++) {
        rank = i > 0 && items[order[i]].family == items[order[i - 1]].family ? rank + 1 : 0;
        worth += fill_gain(limits, items[order[i]].value, rank);
    }
    return worth;
}
