/* One transaction per action, and the nouns as every face shows them. */
#include "action/act.h"

struct work {
    struct action_call *call;
    act_fn *fn;
    json_t *result;
};

static bool run(struct db_tx *tx, void *data, GError **error)
{
    struct work *work = data;
    struct book book = BOOK(tx, work->call->env, work->call->account_id);
    g_clear_pointer(&work->result, json_decref);
    return work->fn(work->call, &book, &work->result, error);
}

static bool finish(struct work *work, bool is_done, json_t **result_out)
{
    if (!is_done) {
        g_clear_pointer(&work->result, json_decref);
    }
    *result_out = work->result;
    return is_done;
}

bool act_read(struct action_call *call, act_fn *fn, json_t **result_out, GError **error)
{
    struct work work = {.call = call, .fn = fn};
    return finish(&work, db_read(call->db, call->action->name, run, &work, error), result_out);
}

bool act_write(struct action_call *call, act_fn *fn, json_t **result_out, GError **error)
{
    struct work work = {.call = call, .fn = fn};
    return finish(&work, db_write(call->db, call->action->name, run, &work, error), result_out);
}

/* A list of one or none, as the promised plural members have it. */
static json_t *list_of(const char *text)
{
    json_t *list = json_array();
    if (text != NULL) {
        json_array_append_new(list, json_string(text));
    }
    return list;
}

json_t *act_person(const struct person_row *row, int32_t today)
{
    json_t *json =
        json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:f, s:s, s:o, s:o}", "id",
                  json_id(row->person_id), "name", row->name, "own_name", json_text(row->own_name),
                  "headline", json_text(row->headline), "org", json_text(row->org), "emails",
                  list_of(row->email), "phones", list_of(row->phone), "tie", row->tie, "tie_word",
                  tie_word(row->tie, row->n_touches), "last_touch", json_day(row->last_touch_day),
                  "due", json_day(row->due_day));
    json_object_set_new(json, "place", json_text(row->place));
    json_object_set_new(json, "region", json_text(row->region));
    json_object_set_new(json, "specialty", json_text(row->specialty));
    json_object_set_new(json, "url", json_text(row->url));
    g_auto(GStrv) tags = g_strsplit(row->tags != NULL ? row->tags : "", " ", -1);
    json_t *list = json_array();
    for (char **tag = tags; *tag != NULL; tag++) {
        if (**tag != '\0') {
            json_array_append_new(list, json_string(*tag));
        }
    }
    json_object_set_new(json, "tags", list);
    json_object_set_new(json, "touches", json_integer(row->n_touches));
    json_object_set_new(json, "cadence_days",
                        row->cadence_days > 0 ? json_integer(row->cadence_days) : json_null());
    json_object_set_new(json, "is_due",
                        json_boolean(row->due_day != DAY_NONE && row->due_day <= today));
    json_object_set_new(json, "has_us_link", json_boolean(row->has_us_link));
    json_object_set_new(json, "has_conflict", json_boolean(row->has_conflict));
    json_object_set_new(json, "do_not_contact", json_boolean(row->do_not_contact));
    json_object_set_new(json, "deleted_at", json_at(row->deleted_at));
    return json;
}

const struct field act_person_fields[] = {
    {"id", FIELD_ID, "the person", NULL, false},
    {"name", FIELD_TEXT, "in Latin letters", NULL, false},
    {"own_name", FIELD_TEXT, "in its own script", NULL, true},
    {"headline", FIELD_TEXT, "role in words", NULL, true},
    {"org", FIELD_TEXT, "where they work", NULL, true},
    {"emails", FIELD_LIST, "preferred first", NULL, false},
    {"phones", FIELD_LIST, "preferred first", NULL, false},
    {"tie", FIELD_REAL, "0 to 1", NULL, false},
    {"tie_word", FIELD_TEXT, "untied, faint, thin, steady, warm, tied", NULL, false},
    {"last_touch", FIELD_DAY, "last real touch", NULL, true},
    {"due", FIELD_DAY, "the earlier of cadence and next step", NULL, true},
    {"place", FIELD_TEXT, "where they are", NULL, true},
    {"region", FIELD_TEXT, "US state code", NULL, true},
    {"specialty", FIELD_TEXT, "id of the specialty", NULL, true},
    {"url", FIELD_TEXT, "profile", NULL, true},
    {"tags", FIELD_LIST, "tags", NULL, false},
    {"touches", FIELD_INT, "how many touches", NULL, false},
    {"cadence_days", FIELD_INT, "days between touches", NULL, true},
    {"is_due", FIELD_BOOL, "due today or before", NULL, false},
    {"has_us_link", FIELD_BOOL, "works or lives in the United States", NULL, false},
    {"has_conflict", FIELD_BOOL, "two sources differ", NULL, false},
    {"do_not_contact", FIELD_BOOL, "asked not to be written to", NULL, false},
    {"deleted_at", FIELD_AT, "can come back for 30 days", NULL, true},
    {0}};

json_t *act_touch(const struct touch *touch)
{
    return json_pack("{s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:b}", "id",
                     json_id(touch->touch_id), "person_id", json_id(touch->person_id), "kind",
                     touch->kind, "direction", touch->direction, "on", json_day(touch->on_day),
                     "at", json_at(touch->at), "minutes",
                     touch->minutes > 0 ? json_integer(touch->minutes) : json_null(), "note",
                     json_text(touch->note), "is_imported", touch->source_id != 0);
}

const struct field act_touch_fields[] = {
    {"id", FIELD_ID, "the touch", NULL, false},
    {"person_id", FIELD_ID, "with whom", NULL, false},
    {"kind", FIELD_TEXT, "call, meeting, mail, message ...", NULL, false},
    {"direction", FIELD_TEXT, "out from you, in from them, both", NULL, false},
    {"on", FIELD_DAY, "the day", NULL, false},
    {"at", FIELD_AT, "the instant, when known", NULL, true},
    {"minutes", FIELD_INT, "how long", NULL, true},
    {"note", FIELD_TEXT, "your words", NULL, true},
    {"is_imported", FIELD_BOOL, "came in with a file", NULL, false},
    {0}};

json_t *act_step(const struct step *step)
{
    return json_pack(
        "{s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o}", "id", json_id(step->step_id),
        "person_id", step->person_id != 0 ? json_id(step->person_id) : json_null(), "title",
        step->title, "why", json_text(step->why), "due", json_day(step->due_day), "minutes",
        step->minutes > 0 ? json_integer(step->minutes) : json_null(), "cost_cents",
        step->cost_cents >= 0 ? json_integer(step->cost_cents) : json_null(), "currency",
        json_text(step->currency), "strategy", json_text(step->strategy), "state", step->state,
        "snoozed_to", json_day(step->snoozed_to));
}

const struct field act_step_fields[] = {
    {"id", FIELD_ID, "the step", NULL, false},
    {"person_id", FIELD_ID, "with whom", NULL, true},
    {"title", FIELD_TEXT, "what to do", NULL, false},
    {"why", FIELD_TEXT, "the reason", NULL, true},
    {"due", FIELD_DAY, "until when", NULL, true},
    {"minutes", FIELD_INT, "how long it takes", NULL, true},
    {"cost_cents", FIELD_INT, "what it costs", NULL, true},
    {"currency", FIELD_TEXT, "ISO 4217", NULL, true},
    {"strategy", FIELD_TEXT, "id of the strategy", NULL, true},
    {"state", FIELD_TEXT, "open, done, dropped", NULL, false},
    {"snoozed_to", FIELD_DAY, "not before this day", NULL, true},
    {0}};

json_t *act_cadence(const struct cadence *cadence)
{
    bool is_person = cadence->scope == CADENCE_PERSON;
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:s, s:o}", "scope", is_person ? "person" : "tag",
                     "person_id", is_person ? json_id(cadence->person_id) : json_null(), "tag",
                     json_text(is_person ? NULL : cadence->tag), "every_days",
                     cadence->every_days > 0 ? json_integer(cadence->every_days) : json_null(),
                     "tier", json_text(cadence->tier), "state", cadence_state_text(cadence->state),
                     "until", json_day(cadence->until_day));
}

const struct field act_cadence_fields[] = {
    {"scope", FIELD_TEXT, "person or tag", NULL, false},
    {"person_id", FIELD_ID, "whose", NULL, true},
    {"tag", FIELD_TEXT, "of everyone with this tag", NULL, true},
    {"every_days", FIELD_INT, "days between touches", NULL, true},
    {"tier", FIELD_TEXT, "A, B or C", NULL, true},
    {"state", FIELD_TEXT, "active, paused, never", NULL, false},
    {"until", FIELD_DAY, "paused until", NULL, true},
    {0}};

json_t *act_done(int64_t id, const struct change_log *log, const char *message)
{
    bool can_undo = log != NULL && log->change_id != 0;
    return json_pack("{s:o, s:o, s:s}", "id", id != 0 ? json_id(id) : json_null(), "change_id",
                     can_undo ? json_id(log->change_id) : json_null(), "message", message);
}

const struct field act_done_fields[] = {
    {"id", FIELD_ID, "what was written", NULL, true},
    {"change_id", FIELD_ID, "takes it back: change.undo", NULL, true},
    {"message", FIELD_TEXT, "what was done, in words", NULL, false},
    {0}};
