/* Week filling: which of many possible steps to take in a few days, so that what they are worth
 * together is the most, inside minutes, money, messages and order. Pure: numbers in, numbers out.
 *
 * Problem, exactly. Days 0..n_days-1 follow one another. Item i takes minutes[i] and cents[i], may
 * be taken on any of the days first[i]..last[i], is worth value[i] >= 0. A set of items is allowed
 * when
 *   1. for every run of days a..b, the minutes of chosen items whose window lies inside a..b are at
 *      most the minutes of those days (so a placing in time exists, with a step split over days if
 *      need be);
 *   2. cents of all chosen <= cents_max; chosen messages <= messages_max;
 *   3. of each group >= 0 (a department) at most group_max messages are chosen;
 *   4. after[i] >= 0: item i only together with item after[i] and never before it (thanks before
 * the next request): i's window begins no earlier than that of after[i], which may itself come
 * after another. Where no day is left, or the order runs in a circle, i cannot be chosen;
 *   5. must[i]: chosen, and what it comes after is a must too. A must that rule 4 does not allow is
 *      kept as if it came after nothing. Each limit of 1, 2, 3 and 6 that the musts alone exceed is
 *      raised to just what they need; fill.is_over says so of minutes and money;
 *   6. at most family_max items of one family (a strategy).
 * Worth of a set: within a family, items ordered by value, largest first (then by index), the r-th
 * (from 0) counts value * share[min(r, n_shares - 1)] / 1000, rounded down: the more of one kind,
 * the less each adds. The answer has the largest worth. Among equals it is the one that the search,
 * whose order is fixed, meets first: the same input gives the same answer. Nothing is chosen that
 * adds no worth, unless it is a must or a chosen item comes after it.
 *
 * Algorithm: dominance (an item is left out when so many others of its family beat it in every
 * respect that one of them can always take its place); then every limit priced (Lagrange,
 * subgradient steps), which gives an upper limit, a good set, and leaves few items that a better
 * set can hold; then depth-first branch and bound over those. Its bound is the exact optimum, by
 * dynamic programming over minutes, messages and rank within the family, of the problem whose other
 * limits are priced; sets that leave the same of every limit are followed once. Sources: Martello
 * and Toth, Knapsack Problems (1990), ch. 2 and 5; Kellerer, Pferschy, Pisinger, Knapsack Problems
 * (2004), ch. 9. Measured by bench/fill: usual weeks need some thousand nodes; weeks of 5,000 items
 * all with windows of one to three days, or with money, minutes and windows all scarce, may need
 * millions, so give a node_limit (200,000 is some 20 ms). */
#ifndef LIGATURE_GRAPH_FILL_H
#define LIGATURE_GRAPH_FILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FILL_DAYS_MAX 14
#define FILL_SHARES_MAX 8

struct fill_item {
    int32_t value;   /* 0 to 100,000 */
    int32_t minutes; /* 0 to 6,000 */
    int32_t cents;   /* 0 to 10,000,000 */
    int32_t after;   /* index of the item that must come first; -1: none */
    int32_t group;   /* department; -1: none */
    int16_t family;  /* strategy, from 0 */
    int8_t first;    /* first day it may be taken, 0..n_days-1 */
    int8_t last;     /* last day; >= first */
    bool is_message;
    bool is_must;
};

struct fill_limits {
    int n_days;
    int32_t minutes[FILL_DAYS_MAX]; /* of each day */
    int32_t cents_max;
    int32_t messages_max;
    int32_t group_max;
    int32_t family_max;
    int16_t share[FILL_SHARES_MAX]; /* thousandths, not rising; share[0] = 1000 */
    int n_shares;
    int64_t
        node_limit; /* 0: none. When reached, the best set so far is given and is_proven is false */
};

struct fill {
    int32_t *chosen; /* indexes, rising; owned */
    int8_t *day;     /* the day each is placed on; owned */
    int n;
    int64_t worth; /* by the rule above */
    int64_t minutes;
    int64_t cents;
    int64_t bound;   /* proven upper limit of the worth; equal to worth when is_proven */
    int64_t n_nodes; /* visited */
    int n_kept;      /* items left after dominance, musts included */
    bool is_proven;
    bool is_over; /* the musts alone are more than fits */
};

/* Fills *out; items are borrowed. Never fails; n 0 gives an empty set. Placing: items in order of
 * last day (no later than that of a chosen item that comes after it), musts and those that others
 * wait for first, each on the day of its window with the most minutes left (the first of equals),
 * never before the item it comes after. Days of musts that do not fit get more than they hold. */
void fill_week(const struct fill_item *items, int n, const struct fill_limits *limits,
               struct fill *out);
void fill_clear(struct fill *fill);

/* Worth of a given set by the rule above; the set is not checked. */
int64_t fill_worth(const struct fill_item *items, const int32_t *chosen, int n_chosen,
                   const struct fill_limits *limits);

#endif
