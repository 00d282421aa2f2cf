/* A plan becomes steps; steps of a week move, are pinned, and are chosen again. */
#include "model/week_part.h"

#include "data_suggestions.h"
#include "model/step.h"

#include <string.h>

static int32_t monday_of(int32_t day)
{
    return day - day_weekday(day) + 1;
}

/* ---- suggestions become steps ---- */

/* The reasons as planned.terms keeps them. */
static char *terms_of(const struct outlook *outlook, const struct suggestion *one)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    suggestion_terms(outlook, one, words);
    json_t *list = json_array();
    for (guint i = 0; i < words->len; i++) {
        json_array_append_new(list, json_string(g_ptr_array_index(words, i)));
    }
    char *dumped = json_dumps(list, JSON_COMPACT);
    char *text = g_strdup(dumped);
    free(dumped);
    json_decref(list);
    return text;
}

bool week_take(struct book *book, const struct week_pick *pick, struct change_log *log,
               int64_t *step_id_out, GError **error)
{
    const struct outlook *outlook = pick->survey->outlook;
    const struct suggestion *suggestion = pick->suggestion;
    int32_t day = pick->day;
    g_autofree char *title = suggestion_line(outlook, suggestion);
    g_autofree char *why = suggestion_why(outlook, suggestion);
    g_autofree char *key = suggestion_key(suggestion);
    g_autofree char *terms = terms_of(outlook, suggestion);
    struct step step = {
        .person_id = suggestion->person_id,
        .title = title,
        .why = why,
        .due_day = day,
        .minutes = suggestion->minutes > 0 ? suggestion->minutes : -1,
        .cost_cents = suggestion->cents,
        .currency = "USD",
        .strategy = suggestion->kind->strategy,
        .snoozed_to = DAY_NONE,
    };
    if (!step_add(book, &step, log, step_id_out, error)) {
        return false;
    }
    struct planned planned = {
        .step_id = *step_id_out,
        .monday = monday_of(day),
        .on_day = day,
        .until_day = suggestion->until_day,
        .origin = key,
        .kind = suggestion->kind->id,
        .season = suggestion->season,
        .points = suggestion->points,
        .terms = terms,
    };
    return planned_save(book, &planned, log, error);
}

bool week_accept(struct book *book, const struct week_plan *plan, struct change_log *log,
                 int *n_out, GError **error)
{
    int n = 0;
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        int64_t step_id;
        if (choice->suggestion == NULL) {
            continue;
        }
        struct week_pick pick = {plan->survey, choice->suggestion, choice->on_day};
        if (!week_take(book, &pick, log, &step_id, error)) {
            return false;
        }
        n++;
    }
    struct week week = plan->week;
    week.accepted_at = book_now(book);
    *n_out = n;
    return week_save(book, &week, log, error);
}

/* ---- one step moves ---- */

/* The planned row of a step; false in *has_out: there is none. */
static bool planned_of(struct book *book, int64_t step_id, GStringChunk *text,
                       struct planned *planned_out, bool *has_out, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, TRUE, sizeof(struct planned));
    if (!planned_list(book, DAY_NONE, text, all, error)) {
        return false;
    }
    *has_out = false;
    for (guint i = 0; i < all->len; i++) {
        const struct planned *one = &g_array_index(all, struct planned, i);
        if (one->step_id == step_id) {
            *planned_out = *one;
            *has_out = true;
        }
    }
    return true;
}

/* Reasons with what a move says in place of what an earlier one said. */
static char *terms_moved(const char *terms, const char *words)
{
    json_t *old = json_loads(terms == NULL ? "[]" : terms, 0, NULL);
    json_t *list = json_array();
    size_t i;
    json_t *one;
    json_array_foreach(old, i, one)
    {
        const char *said = json_string_value(one);
        if (said != NULL && !g_str_has_prefix(said, WEEK_MOVED)) {
            json_array_append(list, one);
        }
    }
    if (words != NULL) {
        g_autofree char *said = g_strconcat(WEEK_MOVED, words, NULL);
        json_array_append_new(list, json_string(said));
    }
    char *dumped = json_dumps(list, JSON_COMPACT);
    char *text = g_strdup(dumped);
    free(dumped);
    json_decref(list);
    json_decref(old);
    return text;
}

bool week_move(struct book *book, int64_t step_id, int32_t day, const char *words,
               struct change_log *log, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(2048);
    struct step step;
    struct planned planned;
    bool is_planned;
    if (!step_load(book, step_id, text, &step, error) ||
        !planned_of(book, step_id, text, &planned, &is_planned, error)) {
        return false;
    }
    if (strcmp(step.state, "open") != 0) {
        return refuse(error, "week.step_closed", "This step is done or dropped.");
    }
    if (day == DAY_NONE || day < book_today(book)) {
        return refuse(error, "week.day_past", "A step moves to today or to a day ahead.");
    }
    bool is_asleep = step.snoozed_to != DAY_NONE && step.snoozed_to > day;
    step.due_day = day;
    if (!step_edit(book, &step, log, error) ||
        (is_asleep && day > book_today(book) && !step_snooze(book, step_id, day, log, error))) {
        return false;
    }
    if (!is_planned) {
        return true;
    }
    g_autofree char *terms = terms_moved(planned.terms, words);
    planned.monday = monday_of(day);
    planned.on_day = day;
    planned.terms = terms;
    return planned_save(book, &planned, log, error);
}

bool week_pin(struct book *book, int64_t step_id, bool is_pinned, struct change_log *log,
              GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(2048);
    struct step step;
    struct planned planned;
    bool is_planned;
    if (!step_load(book, step_id, text, &step, error) ||
        !planned_of(book, step_id, text, &planned, &is_planned, error)) {
        return false;
    }
    if (!is_planned) {
        int32_t day = week_step_day(&step) == DAY_NONE ? book_today(book) : week_step_day(&step);
        planned = (struct planned){
            .step_id = step_id, .monday = monday_of(day), .on_day = day, .until_day = DAY_NONE};
        step.due_day = day;
        if (!step_edit(book, &step, log, error)) {
            return false;
        }
    }
    planned.is_pinned = is_pinned;
    return planned_save(book, &planned, log, error);
}

/* ---- planning again ---- */

G_GNUC_PRINTF(2, 3)
static void say(GPtrArray *moved, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (moved != NULL) {
        g_ptr_array_add(moved, g_strdup_vprintf(format, args));
    }
    va_end(args);
}

struct telling { /* what was done, for the undo and in sentences */
    struct change_log *log;
    GPtrArray *moved; /* NULL */
};

/* Minutes that stand on each day of the week after. */
static void minutes_after(const struct week_plan *plan, int *minutes)
{
    int32_t monday = plan->week.monday + WEEK_DAYS;
    for (guint i = 0; i < plan->steps->len; i++) {
        const struct step *step = &g_array_index(plan->steps, struct step, i);
        int32_t day = week_step_day(step);
        if (strcmp(step->state, "open") == 0 && day >= monday && day < monday + WEEK_DAYS) {
            minutes[day - monday] += MAX(step->minutes, 0);
        }
    }
}

/* To the emptiest day of the week after that is not kept free; too late for it: dropped. */
static bool put_back(struct book *book, const struct week_plan *plan, int *minutes,
                     const struct week_choice *choice, struct telling *telling, GError **error)
{
    int32_t monday = plan->week.monday + WEEK_DAYS;
    int32_t until = choice->planned->until_day;
    int best = -1;
    for (int d = 0; d < WEEK_DAYS; d++) {
        bool is_fit = !week_is_free(&plan->survey->outlook->goal, monday + d) &&
                      (until == DAY_NONE || until >= monday + d);
        if (is_fit && (best < 0 || minutes[d] < minutes[best])) {
            best = d;
        }
    }
    g_autofree char *title = week_quoted(choice->step->title);
    if (best < 0) {
        say(telling->moved, "%s is left out: %s, and next week is too late for it.", title,
            choice->why_not);
        return step_drop(book, choice->step->step_id, telling->log, error);
    }
    minutes[best] += choice->minutes;
    g_autofree char *words = day_words(monday + best, plan->today);
    say(telling->moved, "%s went to %s: %s.", title, words, choice->why_not);
    return week_move(book, choice->step->step_id, monday + best, choice->why_not, telling->log,
                     error);
}

static bool put_choice(struct book *book, const struct week_plan *plan,
                       const struct week_choice *choice, struct telling *telling, GError **error)
{
    int64_t step_id;
    g_autofree char *day = day_words(choice->on_day, plan->today);
    if (choice->suggestion != NULL) {
        g_autofree char *title = suggestion_line(plan->survey->outlook, choice->suggestion);
        g_autofree char *quoted = week_quoted(title);
        say(telling->moved, "%s came in, on %s.", quoted, day);
        struct week_pick pick = {plan->survey, choice->suggestion, choice->on_day};
        return week_take(book, &pick, telling->log, &step_id, error);
    }
    bool is_chosen = !choice->is_done && !choice->is_begun && choice->planned != NULL &&
                     choice->planned->origin != NULL && !choice->planned->is_pinned;
    if (!is_chosen || choice->on_day == week_step_day(choice->step)) {
        return true;
    }
    g_autofree char *title = week_quoted(choice->step->title);
    say(telling->moved, "%s went to %s.", title, day);
    return week_move(book, choice->step->step_id, choice->on_day, NULL, telling->log, error);
}

bool week_replan(struct book *book, const struct strategy_table *strategies, int32_t monday,
                 struct change_log *log, GPtrArray *moved_out, GError **error)
{
    g_autoptr(week_plan_ptr) plan = NULL;
    if (!week_plan_again(book, strategies, monday, &plan, error)) {
        return false;
    }
    struct telling telling = {log, moved_out};
    int minutes[WEEK_DAYS] = {0};
    minutes_after(plan, minutes);
    for (guint i = 0; i < plan->back->len; i++) {
        if (!put_back(book, plan, minutes, &g_array_index(plan->back, struct week_choice, i),
                      &telling, error)) {
            return false;
        }
    }
    for (guint i = 0; i < plan->choices->len; i++) {
        if (!put_choice(book, plan, &g_array_index(plan->choices, struct week_choice, i), &telling,
                        error)) {
            return false;
        }
    }
    struct week week = plan->week;
    week.accepted_at = book_now(book);
    return week_save(book, &week, log, error);
}
