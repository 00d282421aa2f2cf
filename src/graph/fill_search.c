/* Depth-first branch and bound along the candidates' order: each is taken or left, the side with
 * the higher bound first. Invariant: the load holds exactly what the open frames have taken. */
#include "graph/fill_private.h"

#include <glib.h>
#include <string.h>

struct frame {
    int64_t sum; /* scaled, of what is taken before */
    int64_t worth;
    int64_t bound[2]; /* leave, take; -1: not allowed */
    int level;
    int rank;
    int messages; /* left, as the table counts */
    int units;
    int n_tried;
    bool is_take_first;
    bool is_taken;
};
#define QUICK 500 /* nodes before states are worth keeping */

struct walk {
    const struct fill_table *table;
    struct fill_search *search;
    struct fill_load load;
    struct frame *frames;   /* owned */
    struct fill_memo *memo; /* owned; NULL until the search is long enough to need it */
    int32_t *n_waiting;     /* owned; taken candidates that come after one not reached yet */
    int64_t first_node;
    int64_t least; /* scaled bound a better set needs */
};

static void raise_floor(struct walk *walk, int64_t floor)
{
    walk->search->floor = floor;
    walk->least = (floor + 1) * walk->table->scale;
}

/* Bound of the set when candidate at is taken or left. */
static int64_t bound_after(const struct walk *walk, int at, bool is_taken)
{
    const struct fill_table *table = walk->table;
    const struct fill_cand *cand = &table->problem->cands[at];
    const struct fill_family *family = &table->problem->families[cand->family];
    const struct frame *frame = &walk->frames[at];
    bool is_last = at + 1 == family->end;
    if (!is_taken) {
        return frame->sum + table->base +
               fill_table_rest(table, at + 1, is_last ? 0 : frame->level, frame->messages,
                               frame->units);
    }
    int to = fill_next_level(family, frame->level);
    int messages = frame->messages - (cand->is_message && !cand->is_must && table->n_messages > 1);
    int units = frame->units - table->units[at];
    if (to < 0 || messages < 0 || units < 0) {
        return -1;
    }
    return frame->sum + table->base +
           fill_gain(table->problem->limits, cand->value, frame->rank) * table->scale -
           table->pay[at] + fill_table_rest(table, at + 1, is_last ? 0 : to, messages, units);
}

static bool can_take(const struct walk *walk, int at)
{
    const struct fill_cand *cand = &walk->table->problem->cands[at];
    if (cand->is_must) {
        return true;
    }
    return (cand->after < 0 || cand->after > at || walk->load.is_taken[cand->after]) &&
           fill_load_fits(&walk->load, at);
}

/* Works out both sides of a fresh frame. */
static void open_frame(struct walk *walk, int at)
{
    struct frame *frame = &walk->frames[at];
    bool is_must = walk->table->problem->cands[at].is_must || walk->n_waiting[at] > 0;
    frame->n_tried = 0;
    frame->bound[0] = is_must ? -1 : bound_after(walk, at, false);
    frame->bound[1] = -1;
    if (can_take(walk, at)) {
        frame->bound[1] = bound_after(walk, at, true);
    }
    frame->is_take_first = frame->bound[1] >= frame->bound[0];
    walk->search->n_nodes++;
}

/* Takes or gives back the candidate of a frame. */
static void move(struct walk *walk, int at, bool is_taken)
{
    const struct fill_cand *cand = &walk->table->problem->cands[at];
    walk->frames[at].is_taken = is_taken;
    if (cand->is_must) {
        return;
    }
    if (is_taken) {
        fill_load_take(&walk->load, at);
    } else {
        fill_load_drop(&walk->load, at);
    }
    if (cand->after > at) {
        walk->n_waiting[cand->after] += is_taken ? 1 : -1;
    }
}

/* Sets the frame after one that took or left its candidate. */
static void step(struct walk *walk, int at)
{
    const struct fill_table *table = walk->table;
    const struct fill_cand *cand = &table->problem->cands[at];
    const struct fill_family *family = &table->problem->families[cand->family];
    const struct frame *frame = &walk->frames[at];
    struct frame *next = &walk->frames[at + 1];
    *next = *frame;
    next->is_taken = false;
    if (frame->is_taken) {
        int64_t gain = fill_gain(table->problem->limits, cand->value, frame->rank);
        next->worth += gain;
        next->sum += gain * table->scale - table->pay[at];
        next->level = fill_next_level(family, frame->level);
        next->rank++;
        next->messages -= cand->is_message && !cand->is_must && table->n_messages > 1;
        next->units -= table->units[at];
    }
    if (at + 1 == family->end) {
        next->level = 0;
        next->rank = 0;
    }
}

/* Tries the next side of a frame; false when both are done. */
static bool advance(struct walk *walk, int at)
{
    struct frame *frame = &walk->frames[at];
    if (frame->is_taken) {
        move(walk, at, false);
    }
    while (frame->n_tried < 2) {
        bool is_take = (frame->n_tried++ == 0) == frame->is_take_first;
        if (frame->bound[is_take] >= walk->least) {
            if (is_take) {
                move(walk, at, true);
            }
            return true;
        }
    }
    return false;
}

/* Whether an equal or better set was here before: asked where a family begins. */
static bool is_known(struct walk *walk, int at)
{
    const struct fill_problem *problem = walk->table->problem;
    int family = problem->cands[at].family;
    if (at == 0 || problem->families[family].begin != at ||
        walk->search->n_nodes < walk->first_node + QUICK) {
        return false;
    }
    if (walk->memo == NULL) {
        walk->memo = fill_memo_new(problem);
    }
    return fill_memo_is_known(walk->memo, &walk->load, walk->n_waiting, family,
                              walk->frames[at].worth);
}

bool fill_search(const struct fill_table *table, struct fill_search *search)
{
    int n = table->problem->n;
    struct walk walk = {.table = table, .search = search, .first_node = search->n_nodes};
    bool is_found = false;
    fill_load_init(&walk.load, table->problem);
    walk.frames = g_new0(struct frame, n + 1);
    walk.n_waiting = g_new0(int32_t, n + 1);
    raise_floor(&walk, search->floor);
    walk.frames[0] = (struct frame){.messages = table->n_messages - 1, .units = table->n_units - 1};
    int at = 0;
    if (at < n) {
        open_frame(&walk, 0);
    }
    while (at >= 0) {
        if (at == n) {
            if (walk.frames[n].worth > search->floor) {
                raise_floor(&walk, walk.frames[n].worth);
                memcpy(search->taken, walk.load.is_taken, sizeof(bool) * (size_t)n);
                is_found = true;
            }
            at--;
        } else if (!advance(&walk, at)) {
            at--;
        } else if (search->node_limit > 0 && search->n_nodes >= search->node_limit) {
            search->is_cut = true;
            break;
        } else {
            step(&walk, at++);
            if (at < n && is_known(&walk, at)) {
                at--;
            } else if (at < n) {
                open_frame(&walk, at);
            }
        }
    }
    fill_load_clear(&walk.load);
    fill_memo_free(walk.memo);
    g_free(walk.frames);
    g_free(walk.n_waiting);
    return is_found;
}
