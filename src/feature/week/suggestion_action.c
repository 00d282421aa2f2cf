/* Verbs of single suggestions: list them, take one now, leave one out for a while or for good, take
 * that back. */
#include "feature/week/week_parts.h"

#include "action/act.h"
#include "base/error.h"
#include "data_refusal_reasons.h"
#include "data_strategies.h"
#include "data_suggestions.h"
#include "model/refusal.h"
#include "model/step.h"

#include <string.h>

/* ---- list ---- */

static json_t *suggestion_json(const struct outlook *outlook, const struct suggestion *one)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *key = suggestion_key(one);
    g_autofree char *title = suggestion_line(outlook, one);
    g_autofree char *why = suggestion_why(outlook, one);
    json_t *terms = json_array();
    suggestion_terms(outlook, one, words);
    for (guint i = 0; i < words->len; i++) {
        json_array_append_new(terms, json_string(g_ptr_array_index(words, i)));
    }
    json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:s}", "key", key, "title", title, "why", why,
                             "strategy", one->kind->strategy, "kind", one->kind->id);
    json_object_set_new(json, "person_id", json_id(one->person_id));
    json_object_set_new(json, "minutes", json_integer(one->minutes));
    json_object_set_new(json, "cents", json_integer(one->cents));
    json_object_set_new(json, "from", json_day(one->from_day));
    json_object_set_new(json, "until", json_day(one->until_day));
    json_object_set_new(json, "points", json_integer(one->points));
    json_object_set_new(json, "terms", terms);
    return json;
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(survey_ptr) survey = NULL;
    if (!survey_take(book, &call->table->strategies, &survey, error)) {
        return false;
    }
    const char *strategy = call_text(call, "strategy");
    int64_t person_id = call_id(call, "person");
    int64_t limit = call_int(call, "limit", 50);
    int64_t total = 0;
    json_t *items = json_array();
    for (guint i = 0; i < survey->suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(survey->suggestions, struct suggestion, i);
        if ((strategy != NULL && strcmp(one->kind->strategy, strategy) != 0) ||
            (person_id != 0 && one->person_id != person_id)) {
            continue;
        }
        if (total++ < limit) {
            json_array_append_new(items, suggestion_json(survey->outlook, one));
        }
    }
    *result_out = json_list("suggestions", items, total, NULL);
    return true;
}

bool suggestion_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

/* ---- take ---- */

static const struct suggestion *find(const struct survey *survey, const char *key)
{
    for (guint i = 0; i < survey->suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(survey->suggestions, struct suggestion, i);
        if (!g_str_has_prefix(key, one->kind->id)) {
            continue;
        }
        g_autofree char *own = suggestion_key(one);
        if (strcmp(own, key) == 0) {
            return one;
        }
    }
    return NULL;
}

static bool write_take(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(survey_ptr) survey = NULL;
    auto_change_log log = CHANGE_LOG(book);
    int32_t today = book_today(book);
    int32_t day = call_has(call, "on") ? call_day(call, "on") : today;
    int64_t step_id = 0;
    if (!survey_take(book, &call->table->strategies, &survey, error)) {
        return false;
    }
    const char *key = call_text(call, call_has(call, "did") ? "did" : "key");
    const struct suggestion *one = key == NULL ? NULL : find(survey, key);
    if (one == NULL) {
        return refuse(error, "suggestion.not_found",
                      "This is not suggested any more: it is a step already, or its time is over.");
    }
    if (day < today) {
        return refuse(error, "week.day_past", "A step is taken for today or for a day ahead.");
    }
    g_autofree char *on = day_words(day, today);
    g_autofree char *words = day == today ? g_strdup("It is a step for today.")
                                          : g_strdup_printf("It is a step for %s.", on);
    struct week_pick pick = {survey, one, day};
    if (!week_take(book, &pick, &log, &step_id, error)) {
        return false;
    }
    if (call_has(call, "did")) {
        g_free(words);
        words = g_strdup("Done.");
        if (!step_done(book, step_id, &log, error)) {
            return false;
        }
    }
    if (!change_finish(book, &log, words, error)) {
        return false;
    }
    *result_out = act_done(step_id, &log, words);
    return true;
}

bool suggestion_do_take(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_take, result_out, error);
}

/* ---- refuse and forgive ---- */

static const char *const scopes[] = {"step", "person", "strategy", "kind"};

/* What is meant: the parameter named like a scope, or scope and target. */
static bool meant(const struct action_call *call, struct refusal *refusal, GError **error)
{
    refusal->scope = call_text(call, "scope");
    refusal->target = call_text(call, "target");
    for (size_t i = 0; i < G_N_ELEMENTS(scopes); i++) {
        if (call_has(call, scopes[i])) {
            refusal->scope = scopes[i];
            refusal->target = call_text(call, scopes[i]);
        }
    }
    if (call_has(call, "rest")) {
        refusal->scope = "step";
        refusal->target = call_text(call, "rest");
    }
    for (size_t i = 0; call_has(call, "what") && i < G_N_ELEMENTS(scopes); i++) {
        const char *what = call_text(call, "what");
        size_t n = strlen(scopes[i]);
        if (strncmp(what, scopes[i], n) == 0 && what[n] == ':') {
            refusal->scope = scopes[i];
            refusal->target = what + n + 1;
        }
    }
    return (refusal->scope != NULL && refusal->target != NULL) ||
           refuse(error, "refusal.target",
                  "Say what to leave out: a step, a person, a kind or a strategy.");
}

static const char *scope_words(const struct refusal *refusal)
{
    return strcmp(refusal->scope, "person") == 0     ? "Nothing with this person is suggested"
           : strcmp(refusal->scope, "kind") == 0     ? "Steps of this kind are not suggested"
           : strcmp(refusal->scope, "strategy") == 0 ? "Nothing of this strategy is suggested"
                                                     : "It is not suggested";
}

static bool write_refuse(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    auto_change_log log = CHANGE_LOG(book);
    int32_t today = book_today(book);
    struct refusal refusal = {.until_day = call_day(call, "until"),
                              .reason = call_text(call, "reason")};
    if (!meant(call, &refusal, error)) {
        return false;
    }
    if (call_has(call, "rest")) {
        refusal.until_day = week_monday(today) + 7;
    }
    if (refusal.until_day != DAY_NONE && refusal.until_day <= today) {
        return refuse(error, "refusal.until", "It can rest until a day after today.");
    }
    if (!refusal_set(book, &refusal, &log, error) ||
        (call_has(call, "id") && !step_drop(book, call_id(call, "id"), &log, error))) {
        return false;
    }
    g_autofree char *day =
        refusal.until_day == DAY_NONE ? NULL : day_words(refusal.until_day, today);
    g_autofree char *words = day == NULL
                                 ? g_strdup_printf("%s any more.", scope_words(&refusal))
                                 : g_strdup_printf("%s before %s.", scope_words(&refusal), day);
    if (!change_finish(book, &log, words, error)) {
        return false;
    }
    *result_out = act_done(0, &log, words);
    return true;
}

bool suggestion_do_refuse(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_refuse, result_out, error);
}

static bool write_forgive(struct action_call *call, struct book *book, json_t **result_out,
                          GError **error)
{
    auto_change_log log = CHANGE_LOG(book);
    struct refusal refusal = {0};
    if (!meant(call, &refusal, error) ||
        !refusal_clear(book, refusal.scope, refusal.target, &log, error) ||
        !change_finish(book, &log, "It may be suggested again.", error)) {
        return false;
    }
    *result_out = act_done(0, &log, "It may be suggested again.");
    return true;
}

bool suggestion_do_forgive(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_forgive, result_out, error);
}
