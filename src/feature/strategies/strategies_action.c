/* strategy.list, strategy.show and strategy.rows. */
#include "feature/strategies/strategies_parts.h"

#include "action/act.h"
#include "base/error.h"
#include "data_strategies.h"
#include "data_suggestions.h"
#include "model/outlook.h"
#include "page/strategy_part.h"

#include <string.h>

#define SHOWN 10

static json_t *weeks_json(const int *weeks)
{
    json_t *list = json_array();
    for (int i = 0; i < OUTCOME_WEEKS; i++) {
        json_array_append_new(list, json_integer(weeks[i]));
    }
    return list;
}

static json_t *outcomes_json(const struct action_call *call, const struct outcomes *one)
{
    const struct data_strategies *data = data_strategies_by_id(one->strategy);
    const struct strategy *strategy = strategy_find(&call->table->strategies, one->strategy);
    json_t *json = json_pack("{s:s, s:s, s:s, s:o}", "id", data->id, "name", data->name, "about",
                             data->about, "href",
                             json_text(strategy != NULL ? strategy->href : NULL));
    for (int of = 0; of < N_OUTCOME; of++) {
        json_object_set_new(json, outcome_names[of].key, json_integer(one->n[of]));
    }
    json_object_set_new(json, "steps_by_week", weeks_json(one->steps_by_week));
    json_object_set_new(json, "answered_by_week", weeks_json(one->answered_by_week));
    return json;
}

static int32_t since_day(const struct action_call *call, const struct book *book)
{
    int32_t day = call_day(call, "since");
    return day != DAY_NONE ? day : page_strategy_since(book_today(book));
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) outcomes = g_array_new(false, true, sizeof(struct outcomes));
    if (!outcomes_load(book, since_day(call, book), text, outcomes, NULL, error)) {
        return false;
    }
    json_t *items = json_array();
    for (guint i = 0; i < outcomes->len; i++) {
        json_array_append_new(items,
                              outcomes_json(call, &g_array_index(outcomes, struct outcomes, i)));
    }
    *result_out = json_list("strategies", items, outcomes->len, NULL);
    return true;
}

bool strategies_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

static json_t *suggestion_json(const struct outlook *outlook, const struct suggestion *one)
{
    const struct contact *contact =
        one->person_id != 0 ? outlook_contact(outlook, one->person_id) : NULL;
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    g_autofree char *why = suggestion_why(outlook, one);
    g_autofree char *key = suggestion_key(one);
    suggestion_title(outlook, one, &before, &after);
    g_autofree char *title =
        g_strdup_printf("%s%s%s%s%s", before, contact != NULL ? " " : "",
                        contact != NULL ? contact->name : "", *after != '\0' ? " " : "", after);
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:i, s:I, s:i}", "key", key, "title",
                     g_strstrip(title), "why", why, "person_id",
                     one->person_id != 0 ? json_id(one->person_id) : json_null(), "from",
                     json_day(one->from_day), "until", json_day(one->until_day), "minutes",
                     one->minutes, "cents", (json_int_t)one->cents, "points", one->points);
}

static bool add_suggestions(struct action_call *call, struct book *book, const char *id,
                            json_t *result, GError **error)
{
    g_autoptr(survey_ptr) survey = NULL;
    if (!survey_take(book, &call->table->strategies, &survey, error)) {
        return false;
    }
    json_t *list = json_array();
    int n = 0;
    for (guint i = 0; i < survey->suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(survey->suggestions, struct suggestion, i);
        if (strcmp(one->kind->strategy, id) == 0 && n++ < SHOWN) {
            json_array_append_new(list, suggestion_json(survey->outlook, one));
        }
    }
    json_object_set_new(result, "suggestions", list);
    json_object_set_new(result, "suggested", json_integer(n));
    return true;
}

static bool not_found(const char *id, GError **error)
{
    return refuse(error, "strategy.not_found", "There is no strategy “%s”: ligature strategy list.",
                  id);
}

static bool read_show(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    const struct data_strategies *data = data_strategies_by_id(call_text(call, "id"));
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) outcomes = g_array_new(false, true, sizeof(struct outcomes));
    if (data == NULL) {
        return not_found(call_text(call, "id"), error);
    }
    if (!outcomes_load(book, since_day(call, book), text, outcomes, NULL, error)) {
        return false;
    }
    json_t *json =
        outcomes_json(call, &g_array_index(outcomes, struct outcomes, data - data_strategies));
    const struct {
        const char *name;
        const char *value;
    } words[] = {{"activities", data->activities}, {"benefits", data->benefits},
                 {"challenges", data->challenges}, {"target", data->target},
                 {"cadence", data->cadence},       {"evidence", data->evidence},
                 {"source", data->source}};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        json_object_set_new(json, words[i].name, json_string(words[i].value));
    }
    *result_out = json;
    return add_suggestions(call, book, data->id, json, error);
}

bool strategies_do_show(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_show, result_out, error);
}

static json_t *row_json(struct book *book, const struct outcome_row *row, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct person_row person = {0};
    if (row->person_id != 0 && !person_row_load(book, row->person_id, text, &person, error)) {
        return NULL;
    }
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:I}", "strategy", row->strategy, "step_id",
                     row->step_id != 0 ? json_id(row->step_id) : json_null(), "person_id",
                     row->person_id != 0 ? json_id(row->person_id) : json_null(), "name",
                     json_text(row->person_id != 0 ? person.name : NULL), "on",
                     json_day(row->on_day), "words", json_text(row->words), "amount",
                     (json_int_t)row->amount);
}

static bool read_rows(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    const char *id = call_text(call, "id");
    bool is_all = strcmp(id, "all") == 0;
    enum outcome_of of = outcome_named(call_text(call, "of"));
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) outcomes = g_array_new(false, true, sizeof(struct outcomes));
    g_autoptr(GArray) rows = g_array_new(false, true, sizeof(struct outcome_row));
    if (!is_all && data_strategies_by_id(id) == NULL) {
        return not_found(id, error);
    }
    if (!outcomes_load(book, since_day(call, book), text, outcomes, rows, error)) {
        return false;
    }
    json_t *items = json_array();
    for (guint i = 0; i < rows->len; i++) {
        const struct outcome_row *row = &g_array_index(rows, struct outcome_row, i);
        if (row->of != of || (!is_all && strcmp(row->strategy, id) != 0)) {
            continue;
        }
        json_t *json = row_json(book, row, error);
        if (json == NULL) {
            json_decref(items);
            return false;
        }
        json_array_append_new(items, json);
    }
    *result_out = json_list("rows", items, (int64_t)json_array_size(items), NULL);
    return true;
}

bool strategies_do_rows(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_rows, result_out, error);
}
