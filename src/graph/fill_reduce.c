/* From the caller's items to a problem: windows tightened along the order, musts closed and taken
 * off the limits, and everything left out that no best set needs. Invariant of every step: some
 * best set of the items is a best set of the candidates. */
#include "graph/fill_private.h"

#include <glib.h>
#include <stdlib.h>

/* Reading of the items, by the caller's index. */
struct reading {
    const struct fill_item *items;
    int n;
    int32_t *after; /* -1 where the order does not bind */
    int8_t *first;  /* tightened */
    uint8_t *visit; /* 0 not seen, 1 on the way, 2 done */
    bool *is_circle;
    bool *is_out; /* cannot be chosen */
    bool *is_must;
};

/* Marks items whose order runs back to themselves. */
static void find_circles(struct reading *r)
{
    for (int i = 0; i < r->n; i++) {
        int at = i;
        while (at >= 0 && r->visit[at] == 0) {
            r->visit[at] = 1;
            at = r->after[at];
        }
        if (at >= 0 && r->visit[at] == 1) {
            for (int on = at; !r->is_circle[on]; on = r->after[on]) {
                r->is_circle[on] = true;
            }
        }
        for (at = i; at >= 0 && r->visit[at] == 1; at = r->after[at]) {
            r->visit[at] = 2;
        }
    }
    for (int i = 0; i < r->n; i++) {
        r->visit[i] = 0;
    }
}

/* Window and order of one item whose predecessor is settled. */
static void settle(struct reading *r, int i)
{
    int before = r->after[i];
    r->visit[i] = 2;
    if (before < 0 && !r->is_circle[i]) {
        return;
    }
    bool can = !r->is_circle[i] && !r->is_out[before] && r->first[before] <= r->items[i].last;
    if (can) {
        r->first[i] = MAX(r->first[i], r->first[before]);
    } else if (r->is_must[i]) {
        r->after[i] = -1;
    } else {
        r->is_out[i] = true;
    }
}

/* Settles every item, predecessors first. */
static void settle_order(struct reading *r)
{
    g_autofree int32_t *way = g_new(int32_t, r->n + 1);
    for (int i = 0; i < r->n; i++) {
        int n_way = 0;
        for (int at = i; at >= 0 && r->visit[at] == 0; at = r->is_circle[at] ? -1 : r->after[at]) {
            way[n_way++] = at;
            r->visit[at] = 1;
        }
        while (n_way > 0) {
            settle(r, way[--n_way]);
        }
    }
    for (int i = 0; i < r->n; i++) { /* what a must comes after is a must */
        for (int at = r->after[i]; r->is_must[i] && at >= 0 && !r->is_must[at]; at = r->after[at]) {
            r->is_must[at] = true;
        }
    }
}

static void reading_init(struct reading *r, const struct fill_item *items, int n)
{
    size_t size = (size_t)n + 1;
    *r = (struct reading){.items = items, .n = n};
    r->after = g_new(int32_t, size);
    r->first = g_new(int8_t, size);
    r->visit = g_new0(uint8_t, size);
    r->is_circle = g_new0(bool, size);
    r->is_out = g_new0(bool, size);
    r->is_must = g_new0(bool, size);
    for (int i = 0; i < n; i++) {
        r->after[i] = items[i].after;
        r->first[i] = items[i].first;
        r->is_must[i] = items[i].is_must;
    }
    find_circles(r);
    settle_order(r);
}

static void reading_clear(struct reading *r)
{
    g_free(r->after);
    g_free(r->first);
    g_free(r->visit);
    g_free(r->is_circle);
    g_free(r->is_out);
    g_free(r->is_must);
}

/* Family, value falling, index. */
static int compare_cands(const void *a, const void *b)
{
    const struct fill_cand *x = a;
    const struct fill_cand *y = b;
    if (x->family != y->family) {
        return x->family < y->family ? -1 : 1;
    }
    if (x->value != y->value) {
        return x->value > y->value ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

/* Candidates from the items, sorted; after[] still holds the caller's indexes. */
static void make_cands(struct fill_problem *problem, const struct reading *r)
{
    problem->cands = g_new(struct fill_cand, r->n + 1);
    for (int i = 0; i < r->n; i++) {
        const struct fill_item *item = &r->items[i];
        if (r->is_out[i]) {
            continue;
        }
        problem->cands[problem->n++] = (struct fill_cand){
            .value = item->value,
            .minutes = item->minutes,
            .cents = item->cents,
            .after = r->is_must[i] ? -1 : r->after[i],
            .index = i,
            .before = r->after[i],
            .group = item->is_message ? item->group : -1,
            .family = item->family,
            .first = r->first[i],
            .last = item->last,
            .is_message = item->is_message,
            .is_must = r->is_must[i],
        };
    }
    qsort(problem->cands, (size_t)problem->n, sizeof(struct fill_cand), compare_cands);
    g_autofree int32_t *at = g_new(int32_t, r->n + 1);
    for (int i = 0; i < problem->n; i++) {
        at[problem->cands[i].index] = i;
    }
    for (int i = 0; i < problem->n; i++) { /* a must is there anyway */
        int32_t *after = &problem->cands[i].after;
        *after = *after < 0 || r->is_must[*after] ? -1 : at[*after];
    }
}

/* Numbers the groups from 0. */
static void number_groups(struct fill_problem *problem)
{
    g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
    for (int i = 0; i < problem->n; i++) {
        struct fill_cand *cand = &problem->cands[i];
        if (cand->group < 0) {
            continue;
        }
        void *key = GINT_TO_POINTER(cand->group);
        int number = GPOINTER_TO_INT(g_hash_table_lookup(numbers, key));
        if (number == 0) {
            number = ++problem->n_groups;
            g_hash_table_insert(numbers, key, GINT_TO_POINTER(number));
        }
        cand->group = number - 1;
    }
    problem->group_room = g_new(int32_t, problem->n_groups + 1);
    for (int g = 0; g < problem->n_groups; g++) {
        problem->group_room[g] = problem->limits->group_max;
    }
}

/* Ranges of the families; a candidate's family becomes its number from 0. */
static void number_families(struct fill_problem *problem)
{
    int n_families = 0;
    problem->families = g_new0(struct fill_family, problem->n + 1);
    for (int i = 0; i < problem->n;) {
        struct fill_family *family = &problem->families[n_families];
        int16_t was = problem->cands[i].family;
        family->begin = i;
        for (; i < problem->n && problem->cands[i].family == was; i++) {
            family->n_musts += problem->cands[i].is_must;
        }
        family->end = i;
        for (int k = family->begin; k < i; k++) {
            problem->cands[k].family = (int16_t)n_families;
        }
        family->limit = MAX(problem->limits->family_max, family->n_musts);
        n_families++;
    }
    problem->n_families = n_families;
}

/* Levels the bounds need: no more than there are candidates to rank. */
static void set_levels(const struct fill_problem *problem, struct fill_family *family)
{
    int most = MIN(family->limit, family->end - family->begin);
    family->is_open = most >= FILL_LEVELS_MAX;
    family->levels = family->is_open ? MAX(problem->limits->n_shares, 1) : most + 1;
}

/* Takes the musts off the limits; what they need beyond a limit is let through. */
static void take_musts(struct fill_problem *problem)
{
    const struct fill_limits *limits = problem->limits;
    struct fill_room *room = &problem->room;
    for (int a = 0; a < limits->n_days; a++) {
        int64_t sum = 0;
        for (int b = a; b < limits->n_days; b++) {
            sum += limits->minutes[b];
            room->run[a][b] = sum;
        }
    }
    room->cents = limits->cents_max;
    room->messages = limits->messages_max;
    for (int i = 0; i < problem->n; i++) {
        const struct fill_cand *cand = &problem->cands[i];
        if (!cand->is_must) {
            continue;
        }
        for (int a = 0; a <= cand->first; a++) {
            for (int b = cand->last; b < limits->n_days; b++) {
                room->run[a][b] -= cand->minutes;
            }
        }
        room->cents -= cand->cents;
        room->messages -= cand->is_message;
        if (cand->group >= 0) {
            problem->group_room[cand->group]--;
        }
    }
    for (int a = 0; a < limits->n_days; a++) {
        for (int b = a; b < limits->n_days; b++) {
            problem->is_over |= room->run[a][b] < 0;
            room->run[a][b] = MAX(room->run[a][b], 0);
        }
    }
    problem->is_over |= room->cents < 0;
    room->cents = MAX(room->cents, 0);
    room->messages = MAX(room->messages, 0);
}

/* Keeps only candidates that fit alone and add something or are awaited. */
static void drop_hopeless(struct fill_problem *problem)
{
    g_autofree bool *keep = g_new0(bool, problem->n + 1);
    struct fill_load load;
    struct fill_problem kept;
    for (int i = 0; i < problem->n; i++) {
        int before = problem->cands[i].after;
        if (before >= 0) {
            problem->cands[before].is_awaited = true;
        }
    }
    fill_load_init(&load, problem);
    for (int i = 0; i < problem->n; i++) {
        const struct fill_cand *cand = &problem->cands[i];
        keep[i] =
            cand->is_must || (fill_load_fits(&load, i) &&
                              (cand->is_awaited || fill_gain(problem->limits, cand->value, 0) > 0));
    }
    fill_load_clear(&load);
    fill_problem_copy(&kept, problem, keep);
    fill_problem_clear(problem);
    *problem = kept;
}

void fill_problem_init(struct fill_problem *problem, const struct fill_item *items, int n,
                       const struct fill_limits *limits)
{
    struct reading reading;
    *problem = (struct fill_problem){.limits = limits};
    reading_init(&reading, items, n);
    make_cands(problem, &reading);
    reading_clear(&reading);
    number_groups(problem);
    number_families(problem);
    take_musts(problem);
    drop_hopeless(problem);
}

void fill_problem_copy(struct fill_problem *to, const struct fill_problem *from, const bool *keep)
{
    g_autofree int32_t *at = g_new(int32_t, from->n + 1);
    *to = *from;
    to->n = 0;
    to->cands = g_new(struct fill_cand, from->n + 1);
    to->families =
        g_memdup2(from->families, sizeof(struct fill_family) * (size_t)(from->n_families + 1));
    to->group_room = g_memdup2(from->group_room, sizeof(int32_t) * (size_t)(from->n_groups + 1));
    for (int f = 0; f < from->n_families; f++) {
        to->families[f].begin = to->n;
        for (int i = from->families[f].begin; i < from->families[f].end; i++) {
            bool is_kept = true;
            for (int up = i; up >= 0 && is_kept; up = from->cands[up].after) {
                is_kept = keep[up];
            }
            at[i] = is_kept ? to->n : -1;
            if (is_kept) {
                to->cands[to->n++] = from->cands[i];
            }
        }
        to->families[f].end = to->n;
        set_levels(to, &to->families[f]);
    }
    for (int i = 0; i < to->n; i++) {
        to->cands[i].is_awaited = false;
    }
    for (int i = 0; i < to->n; i++) {
        int32_t *after = &to->cands[i].after;
        *after = *after < 0 ? -1 : at[*after];
        if (*after >= 0) {
            to->cands[*after].is_awaited = true;
        }
    }
}

void fill_problem_clear(struct fill_problem *problem)
{
    g_free(problem->cands);
    g_free(problem->families);
    g_free(problem->group_room);
    *problem = (struct fill_problem){0};
}

/* ---- dominance ---- */

/* x may take y's place in any set without x in which x's group has room. */
static bool beats(const struct fill_cand *x, const struct fill_cand *y)
{
    return x->value >= y->value && x->minutes <= y->minutes && x->cents <= y->cents &&
           x->is_message <= y->is_message && x->first <= y->first && x->last >= y->last &&
           (x->after < 0 || x->after == y->after);
}

/* How many of those that beat a candidate can be full at once, and the marks of counting. */
struct census {
    int n_full;   /* groups that can be full besides it */
    int32_t *one; /* per group: the candidate counted for last, plus one */
    int32_t *two;
};

/* Whether enough of kept[] beat candidate i: of any set with i, at least one of them is not in it
 * and its group is not full, so it can take i's place. At most need - 1 are in the set, at most
 * n_full groups are full; of each group one is counted, or of each group two. */
static bool is_beaten(const struct fill_problem *problem, int i, const int32_t *kept, int n_kept,
                      int need, struct census *census)
{
    const struct fill_cand *cand = &problem->cands[i];
    int free = 0;
    int once = 0;
    int twice = 0;
    for (int k = 0; k < n_kept; k++) {
        const struct fill_cand *other = &problem->cands[kept[k]];
        if (!beats(other, cand)) {
            continue;
        }
        if (other->group < 0 || other->group == cand->group) {
            free++;
        } else if (census->one[other->group] != i + 1) {
            census->one[other->group] = i + 1;
            once++;
            twice++;
        } else if (census->two[other->group] != i + 1) {
            census->two[other->group] = i + 1;
            twice++;
        }
        if (free >= need || free + once - census->n_full >= need ||
            free + twice - 2 * census->n_full >= need) {
            return true;
        }
    }
    return false;
}

/* Equal values: fewer minutes first, so that what beats comes before what is beaten. */
static int compare_beating(const void *a, const void *b, void *data)
{
    const struct fill_cand *x = &((const struct fill_cand *)data)[*(const int32_t *)a];
    const struct fill_cand *y = &((const struct fill_cand *)data)[*(const int32_t *)b];
    if (x->value != y->value) {
        return x->value > y->value ? -1 : 1;
    }
    if (x->minutes != y->minutes) {
        return x->minutes < y->minutes ? -1 : 1;
    }
    if (x->cents != y->cents) {
        return x->cents < y->cents ? -1 : 1;
    }
    if (x->is_message != y->is_message) {
        return x->is_message ? 1 : -1;
    }
    int x_days = x->last - x->first;
    int y_days = y->last - y->first;
    if (x_days != y_days) {
        return x_days > y_days ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

void fill_dominate(struct fill_problem *problem)
{
    g_autofree bool *keep = g_new0(bool, problem->n + 1);
    g_autofree int32_t *order = g_new(int32_t, problem->n + 1);
    g_autofree int32_t *kept = g_new(int32_t, problem->n + 1);
    g_autofree int32_t *one = g_new0(int32_t, problem->n_groups + 1);
    g_autofree int32_t *two = g_new0(int32_t, problem->n_groups + 1);
    int least_room = INT32_MAX;
    for (int g = 0; g < problem->n_groups; g++) {
        least_room =
            problem->group_room[g] > 0 ? MIN(least_room, problem->group_room[g]) : least_room;
    }
    struct census census = {
        .n_full = MAX(problem->room.messages - 1, 0) / least_room, .one = one, .two = two};
    for (int f = 0; f < problem->n_families; f++) {
        const struct fill_family *family = &problem->families[f];
        int need = family->limit - family->n_musts;
        int n_order = 0;
        int n_kept = 0;
        for (int i = family->begin; i < family->end; i++) {
            keep[i] = true;
            if (!problem->cands[i].is_must) {
                order[n_order++] = i;
            }
        }
        g_qsort_with_data(order, n_order, sizeof(int32_t), compare_beating, problem->cands);
        for (int k = 0; k < n_order; k++) {
            int i = order[k];
            keep[i] =
                problem->cands[i].is_awaited || !is_beaten(problem, i, kept, n_kept, need, &census);
            if (keep[i]) {
                kept[n_kept++] = i;
            }
        }
    }
    struct fill_problem small;
    fill_problem_copy(&small, problem, keep);
    fill_problem_clear(problem);
    *problem = small;
}
