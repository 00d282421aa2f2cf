/* favour.list, add, move, remove: what was asked of somebody or done for them, and how far it is. */
#include "feature/existing_connections/connections.h"

#include "action/act.h"
#include "base/error.h"
#include "data_favour_kinds.h"
#include "model/touch_line.h"

#include <string.h>

static bool name_json(struct book *book, int64_t person_id, json_t **name_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct person_row row;
    *name_out = NULL;
    if (person_id != 0 && !person_row_load(book, person_id, text, &row, error)) {
        return false;
    }
    *name_out = person_id != 0 ? json_text(row.name) : json_null();
    return true;
}

static bool favour_json(struct book *book, const struct favour *favour, json_t **item_out,
                        GError **error)
{
    json_t *name = NULL;
    json_t *about = NULL;
    if (!name_json(book, favour->person_id, &name, error) ||
        !name_json(book, favour->about_person_id, &about, error)) {
        json_decref(name);
        return false;
    }
    *item_out = json_pack(
        "{s:o, s:o, s:o, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
        json_id(favour->favour_id), "person", json_id(favour->person_id), "name", name, "direction",
        favour->direction, "kind", favour->kind, "state", favour->state, "about_person",
        json_id(favour->about_person_id), "about_name", about, "about", json_text(favour->about),
        "strategy", json_text(favour->strategy), "asked_on", json_day(favour->asked_day),
        "settled_on", json_day(favour->settled_day), "thanked_on", json_day(favour->thanked_day),
        "told_on", json_day(favour->told_day), "note", json_text(favour->note));
    return true;
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) favours = g_array_new(false, true, sizeof(struct favour));
    const char *state = call_text(call, "state");
    const char *kind = call_text(call, "kind");
    if (!favour_list(book, call_id(call, "person"), text, favours, error)) {
        return false;
    }
    json_t *items = json_array();
    for (guint i = 0; i < favours->len; i++) {
        const struct favour *favour = &g_array_index(favours, struct favour, i);
        json_t *item = NULL;
        if ((state != NULL && strcmp(state, favour->state) != 0) ||
            (kind != NULL && strcmp(kind, favour->kind) != 0)) {
            continue;
        }
        if (!favour_json(book, favour, &item, error)) {
            json_decref(items);
            return false;
        }
        json_array_append_new(items, item);
    }
    int64_t n = (int64_t)json_array_size(items);
    *result_out = json_list("favours", items, n, NULL);
    return true;
}

bool favour_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

static bool write_add(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    const char *note = call_text(call, "note");
    const char *direction = call_text(call, "direction");
    if (!call_bool(call, "no_patient") && !patient_none(note, "favour.patient", error)) {
        return false;
    }
    struct favour favour = {.person_id = call_id(call, "person"),
                            .direction = direction != NULL ? direction : "asked",
                            .kind = call_text(call, "kind"),
                            .about_person_id = call_id(call, "about_person"),
                            .about = call_text(call, "about"),
                            .state = call_text(call, "state"),
                            .strategy = call_text(call, "strategy"),
                            .asked_day = call_day(call, "on"),
                            .settled_day = DAY_NONE,
                            .thanked_day = DAY_NONE,
                            .told_day = DAY_NONE,
                            .note = note,
                            .deleted_at = AT_NONE};
    if (favour.kind == NULL) {
        favour.kind = "introduction";
    }
    if (favour.about_person_id != 0 && favour.about_person_id == favour.person_id) {
        return refuse(error, "favour.same_person", "Nobody introduces you to themselves.");
    }
    auto_change_log log = CHANGE_LOG(book);
    int64_t favour_id = 0;
    if (!favour_save(book, &favour, &log, &favour_id, error) ||
        !change_finish(book, &log, "Favour written down", error)) {
        return false;
    }
    *result_out = act_done(favour_id, &log, "It is written down.");
    return true;
}

bool favour_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_add, result_out, error);
}

static const char *moved_words(const char *state)
{
    return strcmp(state, "granted") == 0   ? "Good. Thanks are due within two days."
           : strcmp(state, "thanked") == 0 ? "Thanked. In a week or two, tell them how it went."
           : strcmp(state, "told") == 0    ? "They know how it went."
                                           : "It is written down.";
}

static bool write_move(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    int64_t favour_id = call_id(call, "id");
    const char *state = call_text(call, "state");
    auto_change_log log = CHANGE_LOG(book);
    if (!favour_move(book, favour_id, state, call_day(call, "on"), &log, error) ||
        !change_finish(book, &log, "Favour moved", error)) {
        return false;
    }
    *result_out = act_done(favour_id, &log, moved_words(state));
    return true;
}

bool favour_do_move(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_move, result_out, error);
}

static bool write_remove(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    int64_t favour_id = call_id(call, "id");
    auto_change_log log = CHANGE_LOG(book);
    if (!favour_delete(book, favour_id, &log, error) ||
        !change_finish(book, &log, "Favour removed", error)) {
        return false;
    }
    *result_out = act_done(favour_id, &log, "The favour is removed.");
    return true;
}

bool favour_do_remove(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_remove, result_out, error);
}
