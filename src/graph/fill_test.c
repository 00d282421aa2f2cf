/* Week filling: each rule by a hand-made week, then random weeks against an enumeration of all sets
 * that reads the rules of fill.h word for word and shares no code with the solver. */
#include "graph/fill.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define N_MOST 40

/* ---- a week written down ---- */

static struct fill_item step(int value, int minutes)
{
    return (struct fill_item){
        .value = value, .minutes = minutes, .after = -1, .group = -1, .first = 0, .last = 4};
}

static struct fill_item message(int value, int minutes, int group)
{
    struct fill_item item = step(value, minutes);
    item.is_message = true;
    item.group = group;
    return item;
}

static struct fill_limits roomy(void)
{
    return (struct fill_limits){.n_days = 5,
                                .minutes = {60, 60, 60, 60, 60},
                                .cents_max = 10000,
                                .messages_max = 8,
                                .group_max = 2,
                                .family_max = 10,
                                .share = {1000},
                                .n_shares = 1};
}

/* Solves and compares the chosen with a list that ends in -1. */
static void assert_chosen(const struct fill_item *items, int n, const struct fill_limits *limits,
                          int64_t worth, const int *wanted)
{
    struct fill out;
    fill_week(items, n, limits, &out);
    assert_true(out.is_proven);
    assert_int_equal(out.worth, worth);
    assert_int_equal(out.bound, worth);
    for (int i = 0; i < out.n; i++) {
        assert_int_equal(out.chosen[i], wanted[i]);
    }
    assert_int_equal(wanted[out.n], -1);
    assert_int_equal(fill_worth(items, out.chosen, out.n, limits), worth);
    fill_clear(&out);
}
#define WANTED(...) ((const int[]){__VA_ARGS__, -1})
#define LENGTH(array) ((int)(sizeof(array) / sizeof((array)[0])))

static void nothing_to_do_gives_an_empty_week(void **state)
{
    struct fill_limits limits = roomy();
    struct fill out;
    assert_chosen(NULL, 0, &limits, 0, (const int[]){-1});
    fill_week(NULL, 0, &limits, &out);
    assert_int_equal(out.n, 0);
    assert_int_equal(out.minutes, 0);
    assert_false(out.is_over);
    fill_clear(&out);
    fill_clear(&out);
}

static void minutes_are_filled_with_the_most_worth_not_the_best_first(void **state)
{
    /* the worthiest of 200 minutes leaves no room for two of 150 that are worth more together */
    struct fill_item items[] = {step(100, 200), step(70, 150), step(60, 150)};
    struct fill_limits limits = roomy();
    assert_chosen(items, LENGTH(items), &limits, 130, WANTED(1, 2));
}

static void steps_due_early_share_the_early_days(void **state)
{
    /* days 0 and 1 hold 120 minutes: of three steps of 50 due then, two; the fourth has all week */
    struct fill_item items[] = {step(10, 50), step(20, 50), step(30, 50), step(5, 100)};
    struct fill_limits limits = roomy();
    for (int i = 0; i < 3; i++) {
        items[i].last = 1;
    }
    assert_chosen(items, LENGTH(items), &limits, 55, WANTED(1, 2, 3));
}

static void steps_of_late_days_share_the_late_days(void **state)
{
    struct fill_item items[] = {step(10, 30), step(20, 40), step(30, 30)};
    struct fill_limits limits = roomy();
    for (int i = 0; i < 3; i++) {
        items[i].first = items[i].last = 3;
    }
    assert_chosen(items, LENGTH(items), &limits, 40, WANTED(0, 2));
}

static void money_is_a_limit_of_the_whole_week(void **state)
{
    struct fill_item items[] = {step(90, 10), step(50, 10), step(45, 10), step(1, 10)};
    struct fill_limits limits = roomy();
    items[0].cents = 10000;
    items[1].cents = 6000;
    items[2].cents = 4000;
    assert_chosen(items, LENGTH(items), &limits, 96, WANTED(1, 2, 3));
}

static void no_more_messages_than_allowed(void **state)
{
    struct fill_item items[] = {message(9, 5, -1), message(8, 5, -1), message(7, 5, -1),
                                step(1, 5)};
    struct fill_limits limits = roomy();
    limits.messages_max = 2;
    assert_chosen(items, LENGTH(items), &limits, 18, WANTED(0, 1, 3));
}

static void a_department_gets_few_messages(void **state)
{
    /* a step that is no message does not count for its department */
    struct fill_item items[] = {message(9, 5, 7), message(8, 5, 7), message(7, 5, 7),
                                message(3, 5, 8), step(1, 5)};
    struct fill_limits limits = roomy();
    items[4].group = 7;
    assert_chosen(items, LENGTH(items), &limits, 21, WANTED(0, 1, 3, 4));
}

static void a_better_message_to_a_full_department_leaves_out_nothing(void **state)
{
    /* 20 beats 10, but its department is taken by the 100 of another family */
    struct fill_item items[] = {message(20, 5, 1), message(10, 5, 2), message(100, 5, 1)};
    struct fill_limits limits = roomy();
    limits.family_max = 1;
    limits.group_max = 1;
    limits.messages_max = 2;
    items[2].family = 1;
    assert_chosen(items, LENGTH(items), &limits, 110, WANTED(1, 2));
}

static void what_comes_after_needs_what_comes_before(void **state)
{
    /* 100 only with the 1 before it, together 300 minutes; without: 90 */
    struct fill_item items[] = {step(100, 200), step(1, 100), step(90, 300)};
    struct fill_limits limits = roomy();
    items[0].after = 1;
    assert_chosen(items, LENGTH(items), &limits, 101, WANTED(0, 1));
    items[1].minutes = 101;
    assert_chosen(items, LENGTH(items), &limits, 90, WANTED(2));
}

static void what_begins_too_late_lets_nothing_come_after_it(void **state)
{
    struct fill_item items[] = {step(100, 10), step(1, 10)};
    struct fill_limits limits = roomy();
    items[0].after = 1;
    items[0].last = 2;
    items[1].first = 3;
    assert_chosen(items, LENGTH(items), &limits, 1, WANTED(1));
    items[1].first = 2;
    assert_chosen(items, LENGTH(items), &limits, 101, WANTED(0, 1));
}

static void an_order_in_a_circle_is_left_out(void **state)
{
    struct fill_item items[] = {step(100, 10), step(100, 10), step(100, 10), step(1, 10)};
    struct fill_limits limits = roomy();
    items[0].after = 1;
    items[1].after = 0;
    items[2].after = 1;
    assert_chosen(items, LENGTH(items), &limits, 1, WANTED(3));
    items[1].is_must = true; /* a must of the circle stands alone; what comes after it may */
    assert_chosen(items, LENGTH(items), &limits, 201, WANTED(1, 2, 3));
}

static void musts_are_kept_with_what_they_come_after(void **state)
{
    struct fill_item items[] = {step(0, 100), step(0, 100), step(50, 150), step(40, 100)};
    struct fill_limits limits = roomy();
    items[0].is_must = true;
    items[0].after = 1;
    assert_chosen(items, LENGTH(items), &limits, 40, WANTED(0, 1, 3));
}

static void musts_that_do_not_fit_are_kept_and_said(void **state)
{
    /* day 0 has 60 minutes, its musts need 90; other days are open as ever, less those 90 */
    struct fill_item items[] = {step(5, 90), step(50, 10), step(40, 210), step(30, 211)};
    struct fill_limits limits = roomy();
    struct fill out;
    items[0].is_must = true;
    items[0].last = 0;
    items[0].cents = 20000;
    items[1].last = 0;
    items[1].cents = 1;
    fill_week(items, LENGTH(items), &limits, &out);
    assert_true(out.is_over);
    assert_true(out.is_proven);
    assert_int_equal(out.worth, 45);
    assert_int_equal(out.n, 2);
    assert_int_equal(out.chosen[0], 0);
    assert_int_equal(out.chosen[1], 2);
    assert_int_equal(out.day[0], 0);
    assert_int_equal(out.minutes, 300);
    assert_int_equal(out.cents, 20000);
    fill_clear(&out);
}

static void each_more_of_a_kind_counts_less(void **state)
{
    /* 100 + 80 * .5 of one family, or 100 + 60 of two */
    struct fill_item items[] = {step(100, 150), step(80, 150), step(60, 150)};
    struct fill_limits limits = roomy();
    limits.share[1] = 500;
    limits.n_shares = 2;
    items[2].family = 1;
    assert_chosen(items, LENGTH(items), &limits, 160, WANTED(0, 2));
}

static void the_worthiest_of_a_kind_counts_whole_wherever_it_stands(void **state)
{
    struct fill_item items[] = {step(10, 10), step(100, 10), step(31, 10)};
    struct fill_limits limits = roomy();
    limits.share[1] = 500;
    limits.share[2] = 250;
    limits.n_shares = 3;
    items[0].is_must = true; /* third: 10 / 4; second: 31 / 2, both rounded down */
    assert_chosen(items, LENGTH(items), &limits, 100 + 15 + 2, WANTED(0, 1, 2));
}

static void a_kind_has_a_limit(void **state)
{
    struct fill_item items[] = {step(9, 5), step(8, 5), step(7, 5), step(1, 5)};
    struct fill_limits limits = roomy();
    limits.family_max = 2;
    items[3].family = 3;
    assert_chosen(items, LENGTH(items), &limits, 18, WANTED(0, 1, 3));
}

static void what_adds_nothing_is_not_chosen(void **state)
{
    struct fill_item items[] = {step(0, 5), step(3, 5), step(1, 5)};
    struct fill_limits limits = roomy();
    limits.share[1] = 500;
    limits.n_shares = 2;
    assert_chosen(items, LENGTH(items), &limits, 3, WANTED(1));
}

static void steps_lie_on_the_emptiest_day_of_their_window_in_order(void **state)
{
    /* due first: item 1 to day 1 (70 left), item 2 comes after it; item 0 to the emptiest day left
     */
    struct fill_item items[] = {step(10, 20), step(10, 60), step(10, 20)};
    struct fill_limits limits = roomy();
    struct fill out;
    limits.minutes[1] = 70;
    items[1].last = 2;
    items[2].last = 3;
    items[2].after = 1;
    fill_week(items, LENGTH(items), &limits, &out);
    assert_int_equal(out.n, 3);
    assert_int_equal(out.day[1], 1);
    assert_int_equal(out.day[2], 2);
    assert_int_equal(out.day[0], 0);
    fill_clear(&out);
}

static void a_reached_limit_of_nodes_is_said_and_still_gives_a_week(void **state)
{
    struct fill_item items[30];
    struct fill_limits limits = roomy();
    struct fill out;
    for (int i = 0; i < 30; i++) { /* nothing fills 299 minutes with even steps */
        items[i] = step(2000 + 2 * (i % 7), 20 + 2 * (i % 7));
        items[i].first = (int8_t)(i % 5);
        items[i].last = (int8_t)(i % 5);
        items[i].family = (int16_t)(i % 9);
    }
    limits.minutes[4] = 59;
    limits.node_limit = 1;
    fill_week(items, 30, &limits, &out);
    assert_true(out.n > 0);
    assert_true(out.worth <= out.bound);
    assert_int_equal(out.is_proven, out.worth == out.bound);
    assert_true(out.n_nodes <= 2);
    assert_int_equal(fill_worth(items, out.chosen, out.n, &limits), out.worth);
    fill_clear(&out);
}

/* ---- the rules, read word for word ---- */

struct rules {
    const struct fill_item *items;
    const struct fill_limits *limits;
    int n;
    int first[N_MOST];
    int after[N_MOST];
    bool is_out[N_MOST];
    bool is_must[N_MOST];
    int64_t best;
};

/* Rules 4 and 5 ahead of any set: who can be chosen at all, who must. */
static void read_order(struct rules *r)
{
    bool is_circle[N_MOST];
    for (int i = 0; i < r->n; i++) {
        int at = r->items[i].after;
        for (int k = 0; k < r->n && at >= 0 && at != i; k++) {
            at = r->items[at].after;
        }
        is_circle[i] = at == i;
        r->first[i] = r->items[i].first;
        r->after[i] = r->items[i].after;
        r->is_out[i] = false;
        r->is_must[i] = r->items[i].is_must;
    }
    for (int i = 0; i < r->n; i++) {
        if (is_circle[i]) {
            r->after[i] = -1;
            r->is_out[i] = !r->is_must[i];
        }
    }
    for (int again = 0; again <= r->n; again++) { /* until nothing changes: the longest order */
        for (int i = 0; i < r->n; i++) {
            int before = r->after[i];
            r->first[i] = r->items[i].first;
            if (before < 0) {
                continue;
            }
            r->is_out[i] = r->is_out[before] || r->first[before] > r->items[i].last;
            if (!r->is_out[i] && r->first[before] > r->first[i]) {
                r->first[i] = r->first[before];
            }
        }
    }
}

/* A must whose order cannot hold loses it; done from the front, since it frees what comes after. */
static void free_musts(struct rules *r)
{
    for (bool is_changed = true; is_changed;) {
        is_changed = false;
        read_order(r);
        for (int i = 0; i < r->n && !is_changed; i++) {
            int before = r->after[i];
            if (r->is_must[i] && before >= 0 &&
                (r->is_out[before] || r->first[before] > r->items[i].last)) {
                ((struct fill_item *)r->items)[i].after = -1; /* the test's own copy */
                is_changed = true;
            }
        }
    }
    for (int again = 0; again < r->n; again++) {
        for (int i = 0; i < r->n; i++) {
            if (r->is_must[i] && r->after[i] >= 0) {
                r->is_must[r->after[i]] = true;
            }
        }
    }
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Whether sums of what is chosen keep rules 1, 2, 3 and 6. */
static bool keeps_sums(const struct rules *r, const bool *in)
{
    const struct fill_limits *l = r->limits;
    int64_t cents = 0;
    int64_t must_cents = 0;
    int messages = 0;
    int must_messages = 0;
    for (int i = 0; i < r->n; i++) {
        int in_group = 0;
        int must_in_group = 0;
        int in_family = 0;
        int must_in_family = 0;
        cents += in[i] ? r->items[i].cents : 0;
        must_cents += r->is_must[i] ? r->items[i].cents : 0;
        messages += in[i] && r->items[i].is_message;
        must_messages += r->is_must[i] && r->items[i].is_message;
        for (int k = 0; k < r->n; k++) {
            bool is_same = r->items[k].is_message && r->items[k].group == r->items[i].group;
            in_group += is_same && in[k];
            must_in_group += is_same && r->is_must[k];
            in_family += in[k] && r->items[k].family == r->items[i].family;
            must_in_family += r->is_must[k] && r->items[k].family == r->items[i].family;
        }
        if (in_family > most(l->family_max, must_in_family) ||
            (r->items[i].group >= 0 && in_group > most(l->group_max, must_in_group))) {
            return false;
        }
    }
    for (int a = 0; a < l->n_days; a++) {
        int64_t room = 0;
        for (int b = a; b < l->n_days; b++) {
            int64_t used = 0;
            int64_t musts = 0;
            room += l->minutes[b];
            for (int i = 0; i < r->n; i++) {
                bool is_inside = r->first[i] >= a && r->items[i].last <= b;
                used += is_inside && in[i] ? r->items[i].minutes : 0;
                musts += is_inside && r->is_must[i] ? r->items[i].minutes : 0;
            }
            if (used > most(room, musts)) {
                return false;
            }
        }
    }
    return cents <= most(l->cents_max, must_cents) &&
           messages <= most(l->messages_max, must_messages);
}

/* Rules 4 and 5. */
static bool keeps_order(const struct rules *r, const bool *in)
{
    for (int i = 0; i < r->n; i++) {
        if ((r->is_must[i] && !in[i]) || (in[i] && r->is_out[i]) ||
            (in[i] && r->after[i] >= 0 && !in[r->after[i]])) {
            return false;
        }
    }
    return true;
}

/* Worth, by counting for each how many of its family stand before it. */
static int64_t worth_of(const struct rules *r, const bool *in)
{
    int64_t worth = 0;
    for (int i = 0; i < r->n; i++) {
        int rank = 0;
        for (int k = 0; k < r->n; k++) {
            rank += in[k] && r->items[k].family == r->items[i].family &&
                    (r->items[k].value > r->items[i].value ||
                     (r->items[k].value == r->items[i].value && k < i));
        }
        rank = rank < r->limits->n_shares ? rank : r->limits->n_shares - 1;
        worth += in[i] ? (int64_t)r->items[i].value * r->limits->share[rank] / 1000 : 0;
    }
    return worth;
}

/* Every set, or (is_sparing) every set none of whose beginnings breaks a sum: sums only grow, musts
 * are in from the start. */
static void enumerate(struct rules *r, bool *in, int at, bool is_sparing)
{
    if (at == r->n) {
        if (keeps_order(r, in) && keeps_sums(r, in)) {
            r->best = most(r->best, worth_of(r, in));
        }
        return;
    }
    enumerate(r, in, at + 1, is_sparing);
    if (!in[at]) {
        in[at] = true;
        if (!is_sparing || (!r->is_out[at] && keeps_sums(r, in))) {
            enumerate(r, in, at + 1, is_sparing);
        }
        in[at] = false;
    }
}

/* ---- random weeks ---- */

static uint64_t random_state;

static int below(int n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (int)((random_state >> 11) % (uint64_t)n);
}

/* Limits of a few shapes: from loose to nothing at all. */
static struct fill_limits random_limits(int n)
{
    struct fill_limits l = {.n_days = 1 + below(5),
                            .cents_max = below(3) == 0 ? 0 : below(400),
                            .messages_max = below(3) == 0 ? 100 : below(5),
                            .group_max = 1 + below(3),
                            .family_max = below(4) == 0 ? 40 : 1 + below(4),
                            .share = {1000},
                            .n_shares = 1 + below(4)};
    for (int day = 0; day < l.n_days; day++) {
        l.minutes[day] = below(6) == 0 ? 0 : below(15 * n / l.n_days + 2);
    }
    for (int k = 1; k < FILL_SHARES_MAX; k++) {
        l.share[k] = (int16_t)(l.share[k - 1] - below(300) < 0 ? 0 : l.share[k - 1] - below(300));
    }
    return l;
}

static void random_items(struct fill_item *items, int n, const struct fill_limits *l)
{
    int n_families = 1 + below(4);
    int n_groups = 1 + below(4);
    int step_minutes = below(2) == 0 ? 5 : 1;
    int most_value = below(3) == 0 ? 4 : 200;
    int after_every = below(2) == 0 ? 3 : 1000;
    int must_every = below(2) == 0 ? 6 : 1000;
    int cents_every = 1 + below(4);
    for (int i = 0; i < n; i++) {
        int a = below(l->n_days);
        int b = below(3) == 0 ? a : l->n_days - 1;
        items[i] = (struct fill_item){.value = below(most_value),
                                      .minutes = step_minutes * below(60 / step_minutes),
                                      .cents = below(cents_every) == 0 ? below(300) : 0,
                                      .after = below(after_every) == 0 && n > 1 ? below(n) : -1,
                                      .group = below(n_groups + 1) - 1,
                                      .family = (int16_t)below(n_families),
                                      .first = (int8_t)(below(2) == 0 ? 0 : a),
                                      .last = (int8_t)b,
                                      .is_message = below(2) == 0,
                                      .is_must = below(must_every) == 0};
        items[i].after = items[i].after == i ? -1 : items[i].after;
    }
}

static void assert_placed(const struct rules *r, const struct fill *out)
{
    int day[N_MOST];
    memset(day, -1, sizeof(day));
    for (int k = 0; k < out->n; k++) {
        day[out->chosen[k]] = out->day[k];
        assert_true(k == 0 || out->chosen[k - 1] < out->chosen[k]);
    }
    for (int k = 0; k < out->n; k++) {
        int i = out->chosen[k];
        assert_in_range(day[i], r->items[i].first, r->items[i].last);
        assert_true(r->after[i] < 0 || (day[r->after[i]] >= 0 && day[r->after[i]] <= day[i]));
    }
}

static void check_week(uint64_t seed, int n, bool is_sparing)
{
    struct fill_item items[N_MOST];
    struct fill_item copy[N_MOST];
    bool in[N_MOST] = {false};
    struct fill out;
    random_state = 0x9e3779b97f4a7c15u * (seed + 1);
    struct fill_limits limits = random_limits(n);
    random_items(items, n, &limits);
    fill_week(items, n, &limits, &out);
    memcpy(copy, items, sizeof(copy));
    struct rules r = {.items = copy, .limits = &limits, .n = n, .best = -1};
    free_musts(&r);
    memcpy(in, r.is_must, sizeof(in));
    enumerate(&r, in, 0, is_sparing);
    memset(in, 0, sizeof(in));
    for (int k = 0; k < out.n; k++) {
        in[out.chosen[k]] = true;
    }
    if (!keeps_order(&r, in) || !keeps_sums(&r, in) || out.worth != r.best || !out.is_proven ||
        worth_of(&r, in) != out.worth || out.bound != out.worth ||
        fill_worth(items, out.chosen, out.n, &limits) != out.worth) {
        fail_msg("seed %d, n %d: worth %d of %d (bound %d), order %d, sums %d", (int)seed, n,
                 (int)out.worth, (int)r.best, (int)out.bound, keeps_order(&r, in),
                 keeps_sums(&r, in));
    }
    assert_placed(&r, &out);
    fill_clear(&out);
}

static void small_weeks_are_as_good_as_the_best_of_all_sets(void **state)
{
    for (int seed = 0; seed < 6000; seed++) {
        check_week((uint64_t)seed, seed % 100 == 0 ? 12 + seed / 100 % 3 : 1 + seed % 10, false);
    }
}

static void middling_weeks_are_as_good_as_the_best_of_all_sets(void **state)
{
    for (int seed = 10000; seed < 10300; seed++) {
        check_week((uint64_t)seed, 16 + seed % 9, true);
    }
}

static void the_answer_does_not_change(void **state)
{
    struct fill_item items[N_MOST];
    struct fill one;
    struct fill two;
    random_state = 77;
    struct fill_limits limits = random_limits(N_MOST);
    random_items(items, N_MOST, &limits);
    fill_week(items, N_MOST, &limits, &one);
    fill_week(items, N_MOST, &limits, &two);
    assert_int_equal(one.n, two.n);
    assert_int_equal(one.n_nodes, two.n_nodes);
    assert_memory_equal(one.chosen, two.chosen, sizeof(int32_t) * (size_t)one.n);
    assert_memory_equal(one.day, two.day, (size_t)one.n);
    fill_clear(&one);
    fill_clear(&two);
}

/* The same week, items shuffled and families renamed: searched in another order. */
static void shuffle(struct fill_item *to, const struct fill_item *from, int n, int n_families)
{
    int *at = calloc((size_t)n, sizeof(int));
    for (int i = 0; i < n; i++) {
        int other = below(i + 1);
        at[i] = at[other];
        at[other] = i;
    }
    for (int i = 0; i < n; i++) {
        to[at[i]] = from[i];
        to[at[i]].family = (int16_t)((from[i].family * 5 + 3) % n_families);
        to[at[i]].after = from[i].after < 0 ? -1 : at[from[i].after];
    }
    free(at);
}

static void large_weeks_are_worth_the_same_in_any_order(void **state)
{
    enum { N = 300, N_FAMILIES = 12 };
    static struct fill_item items[N];
    static struct fill_item other[N];
    int n_proven = 0;
    for (int seed = 0; seed < 60; seed++) {
        struct fill one;
        struct fill two;
        struct fill_limits limits = roomy();
        random_state = 0x9e3779b97f4a7c15u * (uint64_t)(seed + 501);
        limits.node_limit = 100000;
        limits.family_max = 4;
        limits.share[1] = 850;
        limits.n_shares = 2;
        for (int i = 0; i < N; i++) {
            items[i] = message(50 + 5 * below(30), 7 + below(60), below(9));
            items[i].is_message = below(3) == 0;
            items[i].cents = below(3) == 0 ? 100 * below(60) : 0;
            items[i].first = (int8_t)below(5);
            items[i].last = (int8_t)(items[i].first + below(5 - items[i].first));
            items[i].family = (int16_t)below(N_FAMILIES);
            items[i].after = i > 0 && below(12) == 0 ? below(i) : -1;
        }
        shuffle(other, items, N, N_FAMILIES);
        fill_week(items, N, &limits, &one);
        fill_week(other, N, &limits, &two);
        if (one.is_proven && two.is_proven) {
            assert_int_equal(one.worth, two.worth);
            n_proven++;
        }
        assert_true(one.worth <= two.bound && two.worth <= one.bound);
        assert_int_equal(fill_worth(items, one.chosen, one.n, &limits), one.worth);
        assert_int_equal(fill_worth(other, two.chosen, two.n, &limits), two.worth);
        fill_clear(&one);
        fill_clear(&two);
    }
    assert_in_range(n_proven, 30, 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_to_do_gives_an_empty_week),
        cmocka_unit_test(minutes_are_filled_with_the_most_worth_not_the_best_first),
        cmocka_unit_test(steps_due_early_share_the_early_days),
        cmocka_unit_test(steps_of_late_days_share_the_late_days),
        cmocka_unit_test(money_is_a_limit_of_the_whole_week),
        cmocka_unit_test(no_more_messages_than_allowed),
        cmocka_unit_test(a_department_gets_few_messages),
        cmocka_unit_test(a_better_message_to_a_full_department_leaves_out_nothing),
        cmocka_unit_test(what_comes_after_needs_what_comes_before),
        cmocka_unit_test(what_begins_too_late_lets_nothing_come_after_it),
        cmocka_unit_test(an_order_in_a_circle_is_left_out),
        cmocka_unit_test(musts_are_kept_with_what_they_come_after),
        cmocka_unit_test(musts_that_do_not_fit_are_kept_and_said),
        cmocka_unit_test(each_more_of_a_kind_counts_less),
        cmocka_unit_test(the_worthiest_of_a_kind_counts_whole_wherever_it_stands),
        cmocka_unit_test(a_kind_has_a_limit),
        cmocka_unit_test(what_adds_nothing_is_not_chosen),
        cmocka_unit_test(steps_lie_on_the_emptiest_day_of_their_window_in_order),
        cmocka_unit_test(a_reached_limit_of_nodes_is_said_and_still_gives_a_week),
        cmocka_unit_test(small_weeks_are_as_good_as_the_best_of_all_sets),
        cmocka_unit_test(middling_weeks_are_as_good_as_the_best_of_all_sets),
        cmocka_unit_test(the_answer_does_not_change),
        cmocka_unit_test(large_weeks_are_worth_the_same_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
