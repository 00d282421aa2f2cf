/* Days of the chosen. A day is always found: no window begins before that of the item it comes
 * after (fill_reduce.c), and here no item may end up later than what comes after it can. */
#include "graph/fill_private.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* A chosen item. */
struct placed {
    const struct fill_cand *cand;
    int before;    /* position of the item it comes after; -1 */
    int8_t last;   /* last day that leaves what comes after it one */
    int8_t day;    /* -1: not yet */
    bool is_first; /* a must, or awaited: placed before others with the same last day */
};

static int compare_indexes(const void *a, const void *b)
{
    int32_t x = ((const struct placed *)a)->cand->index;
    int32_t y = ((const struct placed *)b)->cand->index;
    return x < y ? -1 : x > y;
}

static int compare_urgency(const void *a, const void *b, void *data)
{
    int x_at = *(const int32_t *)a;
    int y_at = *(const int32_t *)b;
    const struct placed *x = &((const struct placed *)data)[x_at];
    const struct placed *y = &((const struct placed *)data)[y_at];
    if (x->last != y->last) {
        return x->last < y->last ? -1 : 1;
    }
    if (x->is_first != y->is_first) {
        return x->is_first ? -1 : 1;
    }
    return x_at < y_at ? -1 : x_at > y_at;
}

/* Links each to the item it comes after and tightens the last days. */
static void link_order(struct placed *placed, int n)
{
    g_autoptr(GHashTable) at = g_hash_table_new(NULL, NULL);
    for (int i = 0; i < n; i++) {
        g_hash_table_insert(at, GINT_TO_POINTER(placed[i].cand->index), GINT_TO_POINTER(i + 1));
    }
    for (int i = 0; i < n; i++) {
        int before = placed[i].cand->before;
        placed[i].before =
            before < 0 ? -1 : GPOINTER_TO_INT(g_hash_table_lookup(at, GINT_TO_POINTER(before))) - 1;
    }
    for (int i = 0; i < n; i++) {
        int8_t last = placed[i].last;
        for (int up = placed[i].before; up >= 0 && placed[up].last >= last;
             up = placed[up].before) {
            bool is_new = placed[up].last > last || !placed[up].is_first;
            placed[up].last = last;
            placed[up].is_first = true;
            if (!is_new) {
                break;
            }
        }
        if (placed[i].before >= 0) {
            placed[placed[i].before].is_first = true;
        }
    }
}

/* The day of the window with the most minutes left. */
static void place_one(struct placed *placed, int i, int64_t *left)
{
    int best = placed[i].cand->first;
    if (placed[i].before >= 0) {
        best = MAX(best, placed[placed[i].before].day);
    }
    for (int day = best + 1; day <= placed[i].last; day++) {
        best = left[day] > left[best] ? day : best;
    }
    placed[i].day = (int8_t)best;
    left[best] -= placed[i].cand->minutes;
}

void fill_place(const struct fill_problem *problem, struct fill *out)
{
    g_autofree struct placed *placed = g_new(struct placed, out->n + 1);
    g_autofree int32_t *order = g_new(int32_t, out->n + 1);
    g_autofree int32_t *way = g_new(int32_t, out->n + 1);
    int64_t left[FILL_DAYS_MAX] = {0};
    for (int i = 0; i < out->n; i++) {
        const struct fill_cand *cand = &problem->cands[out->chosen[i]];
        order[i] = i;
        placed[i] =
            (struct placed){.cand = cand, .last = cand->last, .day = -1, .is_first = cand->is_must};
    }
    for (int day = 0; day < problem->limits->n_days; day++) {
        left[day] = problem->limits->minutes[day];
    }
    qsort(placed, (size_t)out->n, sizeof(struct placed), compare_indexes);
    link_order(placed, out->n);
    g_qsort_with_data(order, out->n, sizeof(int32_t), compare_urgency, placed);
    for (int k = 0; k < out->n; k++) {
        int n_way = 0;
        for (int i = order[k]; i >= 0 && placed[i].day < 0; i = placed[i].before) {
            way[n_way++] = i;
        }
        while (n_way > 0) {
            place_one(placed, way[--n_way], left);
        }
    }
    out->day = g_new(int8_t, out->n + 1);
    for (int i = 0; i < out->n; i++) {
        out->chosen[i] = placed[i].cand->index;
        out->day[i] = placed[i].day;
    }
}
