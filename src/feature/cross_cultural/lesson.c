/* Which lesson comes next: one a week, for what is ahead, never one that was read. Pure. */
#include "feature/cross_cultural/lesson.h"

#include "data_ahead.h"

#include <string.h>

#define STRATEGY "cross_cultural"

static bool is_lesson(const struct practice *practice)
{
    return g_strcmp0(practice->strategy, STRATEGY) == 0 &&
           g_strcmp0(practice->kind, "lesson") == 0 && practice->deleted_at == AT_NONE;
}

int32_t lesson_read_day(const GArray *practices, const char *lesson)
{
    int32_t day = DAY_NONE;
    for (guint i = 0; i < practices->len; i++) {
        const struct practice *practice = &g_array_index(practices, struct practice, i);
        if (is_lesson(practice) && g_strcmp0(practice->ref, lesson) == 0) {
            day = MAX(day, practice->on_day);
        }
    }
    return day;
}

int lesson_n_read(const GArray *practices)
{
    int n = 0;
    for (size_t i = 0; i < n_data_lessons; i++) {
        n += lesson_read_day(practices, data_lessons[i].id) != DAY_NONE;
    }
    return n;
}

const struct data_lessons *lesson_of_week(const GArray *practices, int32_t monday)
{
    for (guint i = 0; i < practices->len; i++) {
        const struct practice *practice = &g_array_index(practices, struct practice, i);
        if (is_lesson(practice) && practice->on_day >= monday && practice->on_day < monday + 7 &&
            data_lessons_by_id(practice->ref) != NULL) {
            return data_lessons_by_id(practice->ref);
        }
    }
    return NULL;
}

const struct data_lessons *lesson_next(const GArray *practices, const GArray *ahead,
                                       GHashTable *left_out, const struct ahead **why_out)
{
    const struct data_lessons *best = NULL;
    const struct ahead *why = NULL;
    double best_fit = 0;
    for (size_t i = 0; i < n_data_lessons; i++) {
        const struct data_lessons *lesson = &data_lessons[i];
        if (lesson_read_day(practices, lesson->id) != DAY_NONE ||
            (left_out != NULL && g_hash_table_contains(left_out, lesson->id))) {
            continue;
        }
        const struct ahead *one = NULL;
        double fit = ahead_fit(ahead, lesson->ahead, &one);
        if (best == NULL || fit > best_fit) {
            best = lesson;
            best_fit = fit;
            why = one;
        }
    }
    if (why_out != NULL) {
        *why_out = why;
    }
    return best;
}

/* Ids of lessons that were refused, or whose step is open or was done. False when this week has its
 * lesson already. */
static bool gather_left_out(const struct outlook *outlook, GHashTable *left_out)
{
    bool is_free = true;
    for (size_t i = 0; i < n_data_lessons; i++) {
        char key[120];
        gpointer day;
        g_snprintf(key, sizeof key, "step:lesson.read/-/%s", data_lessons[i].id);
        bool is_refused = g_hash_table_contains(outlook->refused, key);
        bool is_step =
            g_hash_table_lookup_extended(outlook->origins, key + strlen("step:"), NULL, &day);
        if (is_refused || is_step) {
            g_hash_table_add(left_out, (gpointer)data_lessons[i].id);
        }
        if (is_step) {
            int32_t done = GPOINTER_TO_INT(day);
            is_free = is_free && done != DAY_NONE && done < outlook->monday;
        }
    }
    return is_free;
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    g_autoptr(GArray) ahead = g_array_new(false, false, sizeof(struct ahead));
    g_autoptr(GHashTable) left_out = g_hash_table_new(g_str_hash, g_str_equal);
    const struct ahead *why = NULL;
    if (lesson_of_week(outlook->practices, outlook->monday) != NULL ||
        !gather_left_out(outlook, left_out)) {
        return;
    }
    ahead_of(outlook, ahead);
    const struct data_lessons *lesson = lesson_next(outlook->practices, ahead, left_out, &why);
    struct suggestion *one = lesson != NULL ? suggest(out, outlook, "lesson.read", NULL) : NULL;
    if (one == NULL) {
        return;
    }
    one->ref = lesson->id;
    one->detail = lesson->title;
    one->minutes = lesson->minutes;
    if (why != NULL) {
        bool has_day = why->day != DAY_NONE;
        suggestion_term(one, has_day ? "lesson_day" : "lesson_now", why->near, why->day,
                        why->row->words);
    }
}

const struct strategy cross_cultural_strategy = {
    .id = STRATEGY, .overall = overall, .href = "/strategies/cross_cultural"};
