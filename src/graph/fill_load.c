/* A set under construction: what is left of every limit. Invariant: room, group_left and
 * family_left are the problem's less what is taken. The order (rule 4) is the caller's business. */
#include "graph/fill_private.h"

#include <glib.h>
#include <string.h>

void fill_load_init(struct fill_load *load, const struct fill_problem *problem)
{
    *load = (struct fill_load){.problem = problem, .room = problem->room};
    load->group_left = g_new(int32_t, problem->n_groups + 1);
    load->family_left = g_new(int32_t, problem->n_families + 1);
    load->is_taken = g_new0(bool, problem->n + 1);
    memcpy(load->group_left, problem->group_room, sizeof(int32_t) * (size_t)problem->n_groups);
    for (int f = 0; f < problem->n_families; f++) {
        load->family_left[f] = problem->families[f].limit - problem->families[f].n_musts;
    }
    for (int i = 0; i < problem->n; i++) {
        load->is_taken[i] = problem->cands[i].is_must;
    }
}

void fill_load_clear(struct fill_load *load)
{
    g_free(load->group_left);
    g_free(load->family_left);
    g_free(load->is_taken);
    *load = (struct fill_load){0};
}

bool fill_load_fits(const struct fill_load *load, int at)
{
    const struct fill_cand *cand = &load->problem->cands[at];
    if (load->family_left[cand->family] <= 0 || cand->cents > load->room.cents ||
        (cand->is_message && load->room.messages <= 0) ||
        (cand->group >= 0 && load->group_left[cand->group] <= 0)) {
        return false;
    }
    for (int a = 0; a <= cand->first; a++) {
        for (int b = cand->last; b < load->problem->limits->n_days; b++) {
            if (cand->minutes > load->room.run[a][b]) {
                return false;
            }
        }
    }
    return true;
}

/* Takes (1) or gives back (-1). */
static void move(struct fill_load *load, int at, int sign)
{
    const struct fill_cand *cand = &load->problem->cands[at];
    load->is_taken[at] = sign > 0;
    load->family_left[cand->family] -= sign;
    load->room.cents -= (int64_t)sign * cand->cents;
    load->room.messages -= cand->is_message ? sign : 0;
    if (cand->group >= 0) {
        load->group_left[cand->group] -= sign;
    }
    for (int a = 0; a <= cand->first; a++) {
        for (int b = cand->last; b < load->problem->limits->n_days; b++) {
            load->room.run[a][b] -= (int64_t)sign * cand->minutes;
        }
    }
}

void fill_load_take(struct fill_load *load, int at)
{
    move(load, at, 1);
}

void fill_load_drop(struct fill_load *load, int at)
{
    move(load, at, -1);
}

int64_t fill_load_worth(const struct fill_load *load)
{
    const struct fill_problem *problem = load->problem;
    int64_t worth = 0;
    for (int f = 0; f < problem->n_families; f++) {
        int rank = 0;
        for (int i = problem->families[f].begin; i < problem->families[f].end; i++) {
            worth +=
                load->is_taken[i] ? fill_gain(problem->limits, problem->cands[i].value, rank++) : 0;
        }
    }
    return worth;
}

/* Takes a candidate and all it comes after, or nothing. */
static void take_chain(struct fill_load *load, int at)
{
    int i = at;
    for (; i >= 0 && !load->is_taken[i] && fill_load_fits(load, i);
         i = load->problem->cands[i].after) {
        fill_load_take(load, i);
    }
    if (i >= 0 && !load->is_taken[i]) {
        for (int back = at; back != i; back = load->problem->cands[back].after) {
            fill_load_drop(load, back);
        }
    }
}

void fill_load_greedy(struct fill_load *load, const int32_t *order, int n_order)
{
    for (int k = 0; k < n_order; k++) {
        if (!load->is_taken[order[k]]) {
            take_chain(load, order[k]);
        }
    }
}
