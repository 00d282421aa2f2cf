/* Parts of week filling that only fill*.c share. A problem is what is left beside the musts: their
 * minutes, money and messages are taken off the limits before anything is searched; they stay among
 * the candidates only because they take ranks within their families. */
#ifndef LIGATURE_GRAPH_FILL_PRIVATE_H
#define LIGATURE_GRAPH_FILL_PRIVATE_H

#include "graph/fill.h"

#define FILL_LEVELS_MAX 13 /* ranks kept apart in the bounds when a family has a limit below this  \
                            */

struct fill_cand {
    int32_t value;
    int32_t minutes;
    int32_t cents;
    int32_t after;  /* position among the candidates; -1: none, or a must */
    int32_t index;  /* the caller's */
    int32_t before; /* the caller's index of the item it comes after, must or not; -1 */
    int32_t group;  /* from 0, of messages only; -1 */
    int16_t family;
    int8_t first; /* not before the item it comes after */
    int8_t last;
    bool is_message;
    bool is_must;
    bool is_awaited; /* another candidate comes after it */
};
struct fill_family {
    int32_t begin; /* candidates begin..end-1, worthiest first */
    int32_t end;
    int32_t limit; /* musts included */
    int32_t n_musts;
    int32_t levels; /* ranks the bounds keep apart: 0..levels-1 */
    bool is_open;   /* the last level stands for all later ranks too, and the bounds ignore limit */
};
/* What may still be used. */
struct fill_room {
    int64_t run[FILL_DAYS_MAX][FILL_DAYS_MAX]; /* minutes of days a..b */
    int64_t cents;
    int32_t messages;
};
struct fill_problem {
    const struct fill_limits *limits;
    struct fill_cand *cands;      /* owned; by family, then value falling, then index */
    struct fill_family *families; /* owned */
    int32_t *group_room;          /* owned */
    struct fill_room room;
    int n;
    int n_families;
    int n_groups;
    bool is_over;
};

/* What a value adds at a rank within its family. */
static inline int64_t fill_gain(const struct fill_limits *limits, int32_t value, int rank)
{
    int at = rank < limits->n_shares ? rank : limits->n_shares - 1;
    return (int64_t)value * (at < 0 ? 1000 : limits->share[at]) / 1000;
}

/* Level after taking one more; -1 when the family takes no more. */
static inline int fill_next_level(const struct fill_family *family, int level)
{
    return level + 1 < family->levels ? level + 1 : family->is_open ? level : -1;
}

/* ---- fill_reduce.c ---- */

/* Reads the items: windows, circles, musts, limits raised to what the musts need. */
void fill_problem_init(struct fill_problem *problem, const struct fill_item *items, int n,
                       const struct fill_limits *limits);
/* Leaves out what others of the same family always replace (see fill.h). */
void fill_dominate(struct fill_problem *problem);
/* A copy with the candidates for which keep[] holds, less those that come after one left out. */
void fill_problem_copy(struct fill_problem *to, const struct fill_problem *from, const bool *keep);
void fill_problem_clear(struct fill_problem *problem);

/* ---- fill_load.c: a set under construction ---- */

struct fill_load {
    const struct fill_problem *problem;
    struct fill_room room;
    int32_t *group_left;  /* owned */
    int32_t *family_left; /* owned */
    bool *is_taken;       /* owned; musts are taken from the start */
};
void fill_load_init(struct fill_load *load, const struct fill_problem *problem);
void fill_load_clear(struct fill_load *load);
/* Whether all limits but the order (rule 4) allow one more candidate. */
bool fill_load_fits(const struct fill_load *load, int at);
void fill_load_take(struct fill_load *load, int at);
void fill_load_drop(struct fill_load *load, int at);
int64_t fill_load_worth(const struct fill_load *load);
/* Takes candidates in the given order wherever they fit, with those they come after. */
void fill_load_greedy(struct fill_load *load, const int32_t *order, int n_order);

/* ---- fill_price.c: every limit priced (Lagrange) ---- */

struct fill_prices {
    double run[FILL_DAYS_MAX][FILL_DAYS_MAX]; /* per minute */
    double cents;
    double messages;
    double *group; /* owned */
    double *after; /* owned; of candidates that come after another */
    int n_after;
};
void fill_prices_init(struct fill_prices *prices, const struct fill_problem *problem);
void fill_prices_copy(struct fill_prices *to, const struct fill_prices *from,
                      const struct fill_problem *problem);
void fill_prices_clear(struct fill_prices *prices);
/* Prices of `from` for the candidates of a smaller copy (matched by index). */
void fill_prices_narrow(struct fill_prices *to, const struct fill_problem *small,
                        const struct fill_prices *from, const struct fill_problem *large);
/* pay_out[i]: scale times what candidate i pays, rounded down; musts pay nothing. Gives scale times
 * what the limits are worth at these prices, rounded up: for every allowed set
 * scale * worth <= sum of (scale * gain - pay) + that. */
int64_t fill_prices_pay(const struct fill_prices *prices, const struct fill_problem *problem,
                        int64_t scale, int64_t *pay_out);
/* Scale times the upper limit at the given pay. with_out (may be NULL): the limit of sets that hold
 * candidate i. taken_out (may be NULL): a set that reaches it. */
int64_t fill_price_bound(const struct fill_problem *problem, const int64_t *pay, int64_t base,
                         int64_t scale, int64_t *with_out, bool *taken_out);
/* Looks for the prices with the lowest upper limit; gives that limit, rounded down, and improves
 * *best (a set that fits). */
int64_t fill_price_search(const struct fill_problem *problem, struct fill_prices *prices,
                          struct fill_load *best);

/* ---- fill_bound.c: minutes, messages and rank exactly, the rest priced ---- */

struct fill_table {
    const struct fill_problem *problem;
    int32_t *cells; /* owned; planes [message][unit] of each candidate and level */
    size_t *plane;  /* owned; where the first plane of candidate i begins; n + 1 of them */
    int64_t *pay;   /* owned */
    int32_t *units; /* owned; of each candidate */
    int64_t base;   /* scale times worth of the priced limits */
    int64_t scale;
    int32_t unit;   /* minutes */
    int n_units;    /* 0..n_units-1 may be left */
    int n_messages; /* 0..n_messages-1 may be left; 1: messages are priced */
};
bool fill_table_init(struct fill_table *table, const struct fill_problem *problem,
                     const struct fill_prices *prices);
void fill_table_clear(struct fill_table *table);
int64_t fill_table_bound(const struct fill_table *table); /* scale times the upper limit */
/* keep_out[i]: sets that hold candidate i may be worth more than `floor`. Gives how many. */
int fill_table_keep(const struct fill_table *table, int64_t floor, bool *keep_out);

/* Most from candidate i on, with i's family at a level and messages and units left. */
static inline int64_t fill_table_rest(const struct fill_table *table, int i, int level,
                                      int messages, int units)
{
    size_t size = (size_t)table->n_messages * (size_t)table->n_units;
    return table->cells[table->plane[i] + (size_t)level * size +
                        (size_t)messages * (size_t)table->n_units + (size_t)units];
}

/* ---- fill_memo.c: states the search has been in ---- */

struct fill_memo;
struct fill_memo *fill_memo_new(const struct fill_problem *problem);
void fill_memo_free(struct fill_memo *memo);
/* Whether the search has been at the begin of this family with the same left and no less worth;
 * notes it otherwise. n_waiting[i]: taken candidates that come after candidate i, not reached yet.
 */
bool fill_memo_is_known(struct fill_memo *memo, const struct fill_load *load,
                        const int32_t *n_waiting, int family, int64_t worth);

/* ---- fill_search.c ---- */

/* Looks for the worthiest set worth more than `floor`; true when found, in taken_out. n_nodes
 * counts on; at node_limit (> 0) the search stops and is_cut holds. */
struct fill_search {
    int64_t floor;
    int64_t node_limit;
    int64_t n_nodes;
    bool *taken; /* borrowed; of the table's problem */
    bool is_cut;
};
bool fill_search(const struct fill_table *table, struct fill_search *search);

/* ---- fill_place.c ---- */

/* From chosen candidates to the caller's indexes, rising, each on a day of its window. */
void fill_place(const struct fill_problem *problem, struct fill *out);

#endif
