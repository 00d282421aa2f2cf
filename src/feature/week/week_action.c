/* Verbs of the week: show it, agree to it, plan it again, give it its limits, move and pin a step,
 * look back. */
#include "feature/week/week_parts.h"

#include "action/act.h"
#include "base/error.h"
#include "data_suggestions.h"

#include <math.h>
#include <string.h>

#define TOLD 2 /* sentences of what moved, before the others are only counted */

static const struct strategy_table *strategies_of(const struct action_call *call)
{
    return &call->table->strategies;
}

/* The Monday of the week that is meant: that of a day, or this one. */
static int32_t monday_of(const struct action_call *call, const struct book *book)
{
    return week_monday(call_has(call, "week") ? call_day(call, "week") : book_today(book));
}

/* ---- show ---- */

static json_t *terms_json(const struct week_plan *plan, const struct week_choice *choice)
{
    if (choice->suggestion == NULL) {
        json_t *list = choice->planned == NULL ? NULL : json_loads(choice->planned->terms, 0, NULL);
        return list == NULL ? json_array() : list;
    }
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    suggestion_terms(plan->survey->outlook, choice->suggestion, words);
    json_t *list = json_array();
    for (guint i = 0; i < words->len; i++) {
        json_array_append_new(list, json_string(g_ptr_array_index(words, i)));
    }
    return list;
}

static json_t *choice_json(const struct week_plan *plan, const struct week_choice *choice)
{
    const struct suggestion *one = choice->suggestion;
    const struct step *step = choice->step;
    g_autofree char *title = week_title(plan, choice);
    g_autofree char *why =
        one != NULL ? suggestion_why(plan->survey->outlook, one) : g_strdup(step->why);
    g_autofree char *key = one != NULL ? suggestion_key(one) : NULL;
    int32_t day = step == NULL ? DAY_NONE : MAX(step->due_day, step->snoozed_to);
    bool is_late = step != NULL && !choice->is_done && day != DAY_NONE && day < plan->today;
    json_t *json = json_pack("{s:o, s:s, s:o, s:i, s:I}", "day", json_day(choice->on_day), "title",
                             title, "why", json_text(why), "minutes", choice->minutes, "cents",
                             (json_int_t)choice->cents);
    json_object_set_new(json, "strategy",
                        json_text(one != NULL ? one->kind->strategy : step->strategy));
    json_object_set_new(json, "person_id", json_id(one != NULL ? one->person_id : step->person_id));
    json_object_set_new(json, "step_id", json_id(step == NULL ? 0 : step->step_id));
    json_object_set_new(json, "key", json_text(key));
    json_object_set_new(json, "state",
                        json_string(one != NULL       ? "proposed"
                                    : choice->is_done ? "done"
                                                      : "open"));
    json_object_set_new(json, "is_pinned",
                        json_boolean(choice->planned != NULL && choice->planned->is_pinned));
    json_object_set_new(json, "days_late", json_integer(is_late ? plan->today - day : 0));
    json_object_set_new(json, "points", json_integer(choice->points));
    json_object_set_new(json, "terms", terms_json(plan, choice));
    return json;
}

static json_t *left_json(const struct week_plan *plan)
{
    json_t *list = json_array();
    for (guint i = 0; i < plan->left->len; i++) {
        const struct week_left *left = &g_array_index(plan->left, struct week_left, i);
        g_autofree char *title = suggestion_line(plan->survey->outlook, left->suggestion);
        g_autofree char *key = suggestion_key(left->suggestion);
        json_array_append_new(list, json_pack("{s:s, s:s, s:i, s:i, s:s, s:i}", "key", key, "title",
                                              title, "minutes", left->suggestion->minutes, "cents",
                                              left->suggestion->cents, "why_not", left->why_not,
                                              "points", left->suggestion->points));
    }
    return list;
}

static json_t *words_json(const GPtrArray *words)
{
    json_t *list = json_array();
    for (guint i = 0; i < words->len; i++) {
        json_array_append_new(list, json_string(g_ptr_array_index(words, i)));
    }
    return list;
}

static json_t *week_json(const struct week_plan *plan, const GPtrArray *news)
{
    g_autoptr(GPtrArray) moved = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *days = week_days_words(plan->week.monday, plan->today);
    g_autofree char *lead = week_lead(plan);
    const struct week *week = &plan->week;
    week_moved(plan, moved);
    json_t *steps = json_array();
    for (guint i = 0; i < plan->choices->len; i++) {
        json_array_append_new(
            steps, choice_json(plan, &g_array_index(plan->choices, struct week_choice, i)));
    }
    json_t *json = json_pack("{s:o, s:s, s:s, s:o, s:o}", "monday", json_day(week->monday), "days",
                             days, "lead", lead, "accepted_at", json_at(week->accepted_at),
                             "reviewed_at", json_at(week->reviewed_at));
    json_t *numbers =
        json_pack("{s:i, s:i, s:i, s:I, s:I, s:I, s:i, s:i, s:i, s:i}", "minutes", week->minutes,
                  "minutes_used", plan->minutes_used, "minutes_planned", plan->minutes_planned,
                  "cents", (json_int_t)plan->cents_max, "cents_used", (json_int_t)plan->cents_used,
                  "cents_planned", (json_int_t)plan->cents_planned, "messages", plan->n_messages,
                  "messages_max", week->messages, "department_most", plan->n_department_most,
                  "suggestions", plan->n_suggestions);
    json_object_update(json, numbers);
    json_decref(numbers);
    json_object_set_new(json, "is_proven", json_boolean(plan->is_proven));
    json_object_set_new(json, "is_over", json_boolean(plan->is_over));
    json_object_set_new(json, "steps", steps);
    json_object_set_new(json, "left", left_json(plan));
    json_object_set_new(json, "n_left", json_integer(plan->n_left));
    json_object_set_new(json, "moved", words_json(moved));
    json_object_set_new(json, "news", words_json(news));
    return json;
}

static bool read_week(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(week_plan_ptr) plan = NULL;
    g_autoptr(GPtrArray) news = g_ptr_array_new_with_free_func(g_free);
    if (!week_plan(book, strategies_of(call), monday_of(call, book), &plan, error) ||
        !week_news(book, plan, news, error)) {
        return false;
    }
    *result_out = week_json(plan, news);
    return true;
}

bool week_do_show(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_week, result_out, error);
}

/* ---- agree, plan again ---- */

static bool is_past(const struct book *book, int32_t monday, GError **error)
{
    return monday + 7 > book_today(book) ||
           refuse(error, "week.past", "That week is over; it is kept as it was.");
}

static bool write_accept(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    g_autoptr(week_plan_ptr) plan = NULL;
    auto_change_log log = CHANGE_LOG(book);
    int n = 0;
    int32_t monday = monday_of(call, book);
    if (!is_past(book, monday, error) ||
        !week_plan(book, strategies_of(call), monday, &plan, error)) {
        return false;
    }
    if (plan->week.accepted_at != AT_NONE) {
        return refuse(error, "week.accepted_before",
                      "You agreed to this week already. Plan again takes in what changed.");
    }
    if (!week_accept(book, plan, &log, &n, error)) {
        return false;
    }
    g_autofree char *days = week_days_words(monday, book_today(book));
    g_autofree char *words =
        n == 0   ? g_strdup_printf("The week of %s is agreed, with what stood there.", days)
        : n == 1 ? g_strdup_printf("The week of %s is agreed: one step came in.", days)
                 : g_strdup_printf("The week of %s is agreed: %d steps came in.", days, n);
    if (!change_finish(book, &log, words, error)) {
        return false;
    }
    *result_out = act_done(0, &log, words);
    json_object_set_new(*result_out, "steps", json_integer(n));
    return true;
}

bool week_do_accept(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_accept, result_out, error);
}

/* What a page says of it in a line or two. */
static char *moved_words(const GPtrArray *moved)
{
    GString *out =
        g_string_new(moved->len == 0 ? "Planned again. Everything stays where it is." : "");
    guint shown = moved->len <= TOLD + 1 ? moved->len : TOLD;
    for (guint i = 0; i < shown; i++) {
        g_string_append_printf(out, "%s%s", i > 0 ? " " : "",
                               (const char *)g_ptr_array_index(moved, i));
    }
    if (moved->len > shown) {
        g_string_append_printf(out, " And %u more.", moved->len - shown);
    }
    return g_string_free(out, FALSE);
}

static bool write_plan(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GPtrArray) moved = g_ptr_array_new_with_free_func(g_free);
    auto_change_log log = CHANGE_LOG(book);
    int32_t monday = monday_of(call, book);
    struct goal goal;
    struct week week;
    if (!is_past(book, monday, error) || !goal_load(book, text, &goal, error) ||
        !week_load(book, &goal, monday, text, &week, error)) {
        return false;
    }
    if (week.accepted_at == AT_NONE) {
        *result_out = act_done(0, &log,
                               "Nothing is agreed to yet: the week is planned anew each "
                               "time you look at it.");
        json_object_set_new(*result_out, "moved", json_array());
        return true;
    }
    if (!week_replan(book, strategies_of(call), monday, &log, moved, error) ||
        !change_finish(book, &log, "Week planned again", error)) {
        return false;
    }
    g_autofree char *list = moved_words(moved);
    *result_out = act_done(0, &log, list);
    json_object_set_new(*result_out, "moved", words_json(moved));
    return true;
}

bool week_do_plan(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_plan, result_out, error);
}

/* ---- limits, review ---- */

static bool load_week(struct action_call *call, struct book *book, GStringChunk *text,
                      struct week *week_out, GError **error)
{
    struct goal goal;
    return goal_load(book, text, &goal, error) &&
           week_load(book, &goal, monday_of(call, book), text, week_out, error);
}

static bool write_limits(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    auto_change_log log = CHANGE_LOG(book);
    struct week week;
    if (!load_week(call, book, text, &week, error)) {
        return false;
    }
    double hours = call_real(call, "hours", -1);
    week.minutes = (int)call_int(call, "minutes", hours >= 0 ? lround(hours * 60) : week.minutes);
    week.messages = (int)call_int(call, "messages", week.messages);
    call_money(call, "money", &week.cents, NULL);
    if (!week_save(book, &week, &log, error) ||
        !change_finish(book, &log, "Limits of the week changed", error)) {
        return false;
    }
    *result_out = act_done(0, &log,
                           week.accepted_at == AT_NONE ? "The week is planned for that."
                                                       : "Kept. Plan again fits the steps to it.");
    return true;
}

bool week_do_limits(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_limits, result_out, error);
}

static json_t *waiting_json(const struct week_plan *plan)
{
    g_autoptr(GPtrArray) waiting = week_waiting(plan->survey->outlook);
    json_t *list = json_array();
    for (guint i = 0; i < waiting->len; i++) {
        const struct contact *contact = g_ptr_array_index(waiting, i);
        json_array_append_new(list, json_pack("{s:o, s:s, s:i}", "person_id",
                                              json_id(contact->person_id), "name", contact->name,
                                              "days", plan->today - contact->last_out_day));
    }
    return list;
}

static json_t *thanks_json(const struct week_plan *plan)
{
    const GArray *suggestions = plan->survey->suggestions;
    json_t *list = json_array();
    for (guint i = 0; i < suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(suggestions, struct suggestion, i);
        if (suggestion_is_thanks(one->kind)) {
            g_autofree char *key = suggestion_key(one);
            g_autofree char *title = suggestion_line(plan->survey->outlook, one);
            json_array_append_new(list, json_pack("{s:s, s:s}", "key", key, "title", title));
        }
    }
    return list;
}

static bool write_review(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    g_autoptr(week_plan_ptr) plan = NULL;
    auto_change_log log = CHANGE_LOG(book);
    struct week_result result;
    if (!week_plan(book, strategies_of(call), monday_of(call, book), &plan, error) ||
        !week_result_load(book, plan, &result, error)) {
        return false;
    }
    struct week week = plan->week;
    week.note = call_has(call, "note") ? call_text(call, "note") : week.note;
    week.reviewed_at = book_now(book);
    if (!week_save(book, &week, &log, error) ||
        !change_finish(book, &log, "Week looked back on", error)) {
        return false;
    }
    g_autofree char *days = week_days_words(week.monday, plan->today);
    g_autofree char *words = week_result_words(&result);
    *result_out = act_done(0, &log, "Looked back on.");
    json_object_set_new(*result_out, "days", json_string(days));
    json_object_set_new(*result_out, "came", json_string(words));
    json_object_set_new(*result_out, "waiting", waiting_json(plan));
    json_object_set_new(*result_out, "thanks", thanks_json(plan));
    return true;
}

bool week_do_review(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_review, result_out, error);
}

/* ---- one step ---- */

static bool write_pin(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    bool is_pinned = strcmp(call->action->name, "week.pin") == 0;
    const char *words = is_pinned ? "Pinned: it stays on its day." : "No longer pinned.";
    auto_change_log log = CHANGE_LOG(book);
    if (!week_pin(book, call_id(call, "id"), is_pinned, &log, error) ||
        !change_finish(book, &log, words, error)) {
        return false;
    }
    *result_out = act_done(call_id(call, "id"), &log, words);
    return true;
}

bool week_do_pin(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_pin, result_out, error);
}

static bool write_move(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    auto_change_log log = CHANGE_LOG(book);
    int32_t today = book_today(book);
    int32_t day = call_has(call, "to") ? call_day(call, "to") : week_monday(today) + 7;
    bool is_away = week_monday(day) > week_monday(today);
    if (!week_move(book, call_id(call, "id"), day, is_away ? "as you wished" : NULL, &log, error)) {
        return false;
    }
    g_autofree char *on = day_words(day, today);
    g_autofree char *words = g_strdup_printf("Moved to %s.", on);
    if (!change_finish(book, &log, words, error)) {
        return false;
    }
    *result_out = act_done(call_id(call, "id"), &log, words);
    return true;
}

bool week_do_move(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_move, result_out, error);
}
