/* What the search has seen at the begin of each family. Two sets that leave the same of everything
 * that matters from there on can be completed alike, so the later one is worth following only when
 * it is worth more. What matters: of each limit, what is left, but no more than all remaining
 * candidates could use; which awaited candidates are taken, which not yet reached are waited for.
 * States are kept whole and compared whole, so no chance of a wrong proof; when the memory is full
 * nothing more is kept. */
#include "graph/fill_private.h"

#include <glib.h>
#include <string.h>

#define SLOTS (1 << 15)
#define WORDS_MAX (2 << 20) /* of all states together */

/* What matters from a family on. */
struct horizon {
    int64_t run[FILL_DAYS_MAX][FILL_DAYS_MAX]; /* minutes of the remaining candidates inside */
    int64_t cents;
    int32_t messages;
    int32_t *groups; /* owned; group and how many remaining candidates it has, in turn */
    int n_groups;
    int32_t *awaited; /* owned; candidates before that remaining ones come after */
    int n_awaited;
};
struct fill_memo {
    const struct fill_problem *problem;
    struct horizon *horizons; /* owned; of each family */
    int32_t *words;           /* owned; length, then state, of each */
    int64_t *worths;          /* owned; of each slot */
    uint32_t *slots;          /* owned; where its words begin, 0 empty */
    int32_t *state;           /* owned; the one asked for */
    uint32_t n_words;
    int n_used;
};

/* Adds a family's candidates to what the families after it could use. */
static void set_horizon(struct fill_memo *memo, int f, int32_t *n_of_group)
{
    const struct fill_problem *problem = memo->problem;
    struct horizon *horizon = &memo->horizons[f];
    int n_days = problem->limits->n_days;
    if (f + 1 < problem->n_families) {
        *horizon = memo->horizons[f + 1];
    }
    horizon->groups = g_new(int32_t, 2 * problem->n_groups + 1);
    horizon->awaited = g_new(int32_t, problem->n + 1);
    horizon->n_groups = 0;
    horizon->n_awaited = 0;
    for (int i = problem->families[f].begin; i < problem->families[f].end; i++) {
        const struct fill_cand *cand = &problem->cands[i];
        if (cand->is_must) {
            continue;
        }
        for (int a = 0; a <= cand->first; a++) {
            for (int b = cand->last; b < n_days; b++) {
                horizon->run[a][b] += cand->minutes;
            }
        }
        horizon->cents += cand->cents;
        horizon->messages += cand->is_message;
        if (cand->group >= 0) {
            n_of_group[cand->group]++;
        }
    }
    for (int g = 0; g < problem->n_groups; g++) {
        if (n_of_group[g] > 0) {
            horizon->groups[horizon->n_groups++] = g;
            horizon->groups[horizon->n_groups++] = n_of_group[g];
        }
    }
    for (int i = problem->families[f].begin; i < problem->n; i++) {
        int before = problem->cands[i].after;
        if (before >= 0 && before < problem->families[f].begin) {
            horizon->awaited[horizon->n_awaited++] = before;
        }
    }
}

struct fill_memo *fill_memo_new(const struct fill_problem *problem)
{
    struct fill_memo *memo = g_new0(struct fill_memo, 1);
    g_autofree int32_t *n_of_group = g_new0(int32_t, problem->n_groups + 1);
    size_t longest =
        FILL_DAYS_MAX * FILL_DAYS_MAX + 8 + (size_t)problem->n_groups + 2 * (size_t)problem->n;
    memo->problem = problem;
    memo->horizons = g_new0(struct horizon, problem->n_families + 1);
    for (int f = problem->n_families - 1; f >= 0; f--) {
        set_horizon(memo, f, n_of_group);
    }
    memo->words = g_new(int32_t, WORDS_MAX);
    memo->worths = g_new(int64_t, SLOTS);
    memo->slots = g_new0(uint32_t, SLOTS);
    memo->state = g_new(int32_t, longest);
    memo->n_words = 1;
    return memo;
}

void fill_memo_free(struct fill_memo *memo)
{
    if (memo == NULL) {
        return;
    }
    for (int f = 0; f < memo->problem->n_families; f++) {
        g_free(memo->horizons[f].groups);
        g_free(memo->horizons[f].awaited);
    }
    g_free(memo->horizons);
    g_free(memo->words);
    g_free(memo->worths);
    g_free(memo->slots);
    g_free(memo->state);
    g_free(memo);
}

/* Writes the state at the begin of family f; gives its length. */
static uint32_t write_state(struct fill_memo *memo, const struct fill_load *load,
                            const int32_t *n_waiting, int f)
{
    const struct fill_problem *problem = memo->problem;
    const struct horizon *horizon = &memo->horizons[f];
    int32_t *state = memo->state;
    uint32_t n = 0;
    state[n++] = f;
    state[n++] = (int32_t)MIN(load->room.cents, horizon->cents);
    state[n++] = (int32_t)(MIN(load->room.cents, horizon->cents) >> 32);
    state[n++] = MIN(load->room.messages, horizon->messages);
    for (int a = 0; a < problem->limits->n_days; a++) {
        for (int b = a; b < problem->limits->n_days; b++) {
            state[n++] = (int32_t)MIN(load->room.run[a][b], horizon->run[a][b]);
        }
    }
    for (int k = 0; k < horizon->n_groups; k += 2) {
        state[n++] = MIN(load->group_left[horizon->groups[k]], horizon->groups[k + 1]);
    }
    for (int k = 0; k < horizon->n_awaited; k++) {
        state[n++] = load->is_taken[horizon->awaited[k]];
    }
    for (int i = problem->families[f].begin; i < problem->n; i++) {
        if (problem->cands[i].is_awaited) {
            state[n++] = n_waiting[i] > 0;
        }
    }
    return n;
}

bool fill_memo_is_known(struct fill_memo *memo, const struct fill_load *load,
                        const int32_t *n_waiting, int family, int64_t worth)
{
    uint32_t n = write_state(memo, load, n_waiting, family);
    uint64_t hash = 0xcbf29ce484222325u;
    for (uint32_t k = 0; k < n; k++) {
        hash = (hash ^ (uint32_t)memo->state[k]) * 0x100000001b3u;
        hash ^= hash >> 29;
    }
    uint32_t slot = (uint32_t)(hash ^ (hash >> 32)) % SLOTS;
    for (; memo->slots[slot] != 0; slot = (slot + 1) % SLOTS) {
        const int32_t *kept = memo->words + memo->slots[slot];
        if ((uint32_t)kept[0] == n && memcmp(kept + 1, memo->state, sizeof(int32_t) * n) == 0) {
            bool is_known = memo->worths[slot] >= worth;
            memo->worths[slot] = MAX(memo->worths[slot], worth);
            return is_known;
        }
    }
    if (memo->n_words + n + 1 < WORDS_MAX && memo->n_used < SLOTS * 3 / 4) {
        memo->slots[slot] = memo->n_words;
        memo->worths[slot] = worth;
        memo->words[memo->n_words] = (int32_t)n;
        memcpy(memo->words + memo->n_words + 1, memo->state, sizeof(int32_t) * n);
        memo->n_words += n + 1;
        memo->n_used++;
    }
    return false;
}
