/* presence.list, add, edit, done, drop, remove and check: the calendar of what comes out in public.
 */
#include "feature/online_presence/presence.h"

#include "action/act.h"
#include "base/error.h"
#include "data_presence_kinds.h"
#include "model/origin.h"
#include "model/touch_line.h"

#include <string.h>

static json_t *presence_json(const struct pursuit *one)
{
    return json_pack("{s:o, s:o, s:s, s:s, s:o, s:o, s:b, s:o, s:o, s:o}", "id",
                     json_id(one->pursuit_id), "kind", json_text(one->ref), "title", one->title,
                     "stage", one->stage, "due", json_day(one->due_day), "out_on",
                     json_day(presence_out_day(one)), "invited",
                     g_strcmp0(one->role, PRESENCE_INVITED) == 0, "minutes",
                     one->minutes < 0 ? json_null() : json_integer(one->minutes), "url",
                     json_text(one->url), "note", json_text(one->note));
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) pursuits = g_array_new(false, true, sizeof(struct pursuit));
    if (!pursuit_list(book, "presence", text, pursuits, error)) {
        return false;
    }
    json_t *items = json_array();
    int n_invited = 0;
    for (guint i = 0; i < pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(pursuits, struct pursuit, i);
        n_invited += g_strcmp0(one->role, PRESENCE_INVITED) == 0;
        if (!call_bool(call, "open") || presence_is_open(one)) {
            json_array_append_new(items, presence_json(one));
        }
    }
    int64_t n = (int64_t)json_array_size(items);
    *result_out = json_list("items", items, n, NULL);
    json_object_set_new(*result_out, "invitations", json_integer(n_invited));
    return true;
}

bool presence_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

/* A title and a draft are looked at as notes are. */
static bool check_patients(const struct action_call *call, GError **error)
{
    return call_bool(call, "no_patient") ||
           (patient_none(call_text(call, "title"), "presence.patient", error) &&
            patient_none(call_text(call, "note"), "presence.patient", error));
}

static bool write_add(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    const struct data_presence_kinds *kind = data_presence_kinds_by_id(call_text(call, "kind"));
    if (!check_patients(call, error)) {
        return false;
    }
    struct pursuit one = {.kind = "presence",
                          .title = call_text(call, "title"),
                          .ref = kind != NULL ? kind->id : NULL,
                          .stage = PRESENCE_FIRST,
                          .strategy = "online_presence",
                          .from_day = DAY_NONE,
                          .until_day = DAY_NONE,
                          .due_day = call_day(call, "due"),
                          .minutes =
                              (int)call_int(call, "minutes", kind != NULL ? kind->minutes : -1),
                          .cost_cents = -1,
                          .role = call_bool(call, "invited") ? PRESENCE_INVITED : NULL,
                          .url = call_text(call, "url"),
                          .note = call_text(call, "note"),
                          .closed_at = AT_NONE,
                          .deleted_at = AT_NONE};
    if (call_has(call, "out")) {
        one.stage = PRESENCE_OUT;
        one.until_day = call_day(call, "out");
    }
    auto_change_log log = CHANGE_LOG(book);
    int64_t pursuit_id = 0;
    if (!pursuit_save(book, &one, &log, &pursuit_id, error) ||
        !change_finish(book, &log, "Item written down", error)) {
        return false;
    }
    *result_out = act_done(pursuit_id, &log, "It is written down.");
    return true;
}

bool presence_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_add, result_out, error);
}

/* An item of this feature; another pursuit's id reads as absent. */
static bool load(struct book *book, int64_t pursuit_id, GStringChunk *text, struct pursuit *one_out,
                 GError **error)
{
    return pursuit_load(book, pursuit_id, text, one_out, error) &&
           (presence_is(one_out) ||
            refuse(error, "presence.not_found", "There is no such item in the calendar."));
}

static bool write_edit(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct pursuit one;
    if (!check_patients(call, error) || !load(book, call_id(call, "id"), text, &one, error)) {
        return false;
    }
    one.ref = call_has(call, "kind") ? call_text(call, "kind") : one.ref;
    one.title = call_has(call, "title") ? call_text(call, "title") : one.title;
    one.stage = call_has(call, "stage") ? call_text(call, "stage") : one.stage;
    one.due_day = call_has(call, "due") ? call_day(call, "due") : one.due_day;
    one.minutes = (int)call_int(call, "minutes", one.minutes);
    one.url = call_has(call, "url") ? call_text(call, "url") : one.url;
    one.note = call_has(call, "note") ? call_text(call, "note") : one.note;
    if (call_has(call, "invited")) {
        one.role = call_bool(call, "invited") ? PRESENCE_INVITED : NULL;
    }
    if (strcmp(one.stage, PRESENCE_OUT) != 0) {
        one.until_day = DAY_NONE;
    } else if (one.until_day == DAY_NONE) {
        one.until_day = book_today(book);
    }
    auto_change_log log = CHANGE_LOG(book);
    if (!pursuit_save(book, &one, &log, NULL, error) ||
        !change_finish(book, &log, "Item changed", error)) {
        return false;
    }
    *result_out = act_done(one.pursuit_id, &log, "It is changed.");
    return true;
}

bool presence_do_edit(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_edit, result_out, error);
}

/* Out, or dropped: the step that was accepted for it is done either way. */
static bool write_state(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    bool is_drop = strcmp(call->action->name, "presence.drop") == 0;
    const char *words = is_drop ? "It is dropped." : "It is out.";
    struct pursuit one;
    if (!load(book, call_id(call, "id"), text, &one, error)) {
        return false;
    }
    int32_t day = call_day(call, "on");
    day = day != DAY_NONE ? day : book_today(book);
    if (!is_drop && day > book_today(book)) {
        return refuse(error, "presence.day_ahead", "What is out came out on a day until today.");
    }
    one.stage = is_drop ? PRESENCE_DROPPED : PRESENCE_OUT;
    one.until_day = is_drop ? DAY_NONE : day;
    one.url = call_has(call, "url") ? call_text(call, "url") : one.url;
    char id[ID_TEXT];
    g_autofree char *key = g_strdup_printf("presence.finish/-/%s", id_format(one.pursuit_id, id));
    auto_change_log log = CHANGE_LOG(book);
    if (!pursuit_save(book, &one, &log, NULL, error) || !origin_done(book, key, &log, error) ||
        !change_finish(book, &log, words, error)) {
        return false;
    }
    *result_out = act_done(one.pursuit_id, &log, words);
    return true;
}

bool presence_do_done(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_state, result_out, error);
}

static bool write_remove(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct pursuit one;
    auto_change_log log = CHANGE_LOG(book);
    if (!load(book, call_id(call, "id"), text, &one, error) ||
        !pursuit_delete(book, one.pursuit_id, &log, error) ||
        !change_finish(book, &log, "Item removed", error)) {
        return false;
    }
    *result_out = act_done(one.pursuit_id, &log, "It is removed.");
    return true;
}

bool presence_do_remove(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_remove, result_out, error);
}

static bool read_check(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) signs = g_array_new(false, false, sizeof(struct presence_sign));
    if (!presence_look_book(book, call_text(call, "text"), text, signs, error)) {
        return false;
    }
    json_t *items = json_array();
    for (guint i = 0; i < signs->len; i++) {
        const struct presence_sign *sign = &g_array_index(signs, struct presence_sign, i);
        json_array_append_new(items, json_pack("{s:s, s:s, s:s, s:o}", "title", sign->title,
                                               "found", sign->found, "why", sign->why, "instead",
                                               json_text(sign->instead)));
    }
    *result_out = json_list("signs", items, signs->len, NULL);
    return true;
}

bool presence_do_check(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_check, result_out, error);
}
