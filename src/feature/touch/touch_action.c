/* touch.add, list, show, edit, remove, restore, read: what happened between you. */
#include "feature/touch/touch_feature.h"

#include "base/error.h"
#include "model/touch_line.h"

/* A note that looks like a patient is written only when somebody has said that it is none. */
static bool check_note(const struct action_call *call, const char *note, GError **error)
{
    if (note == NULL || call_bool(call, "no_patient")) {
        return true;
    }
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GPtrArray) signs = g_ptr_array_new();
    patient_signs(note, text, signs);
    return signs->len == 0 ||
           refuse(error, "touch.patient",
                  "%s Ligature keeps no patient details. Reword it, or say that it is "
                  "none (--no-patient).",
                  (const char *)g_ptr_array_index(signs, 0));
}

static struct touch from_call(const struct action_call *call)
{
    return (struct touch){.person_id = call_id(call, "person"),
                          .kind = call_text(call, "kind"),
                          .direction = call_text(call, "direction"),
                          .on_day = call_day(call, "on"),
                          .at = AT_NONE,
                          .minutes = (int)call_int(call, "minutes", -1),
                          .note = call_text(call, "note"),
                          .deleted_at = AT_NONE};
}

/* The next step that was said in the same breath. */
static bool add_step(struct action_call *call, struct book *book, struct change_log *log,
                     GError **error)
{
    const char *title = call_text(call, "step");
    int64_t step_id = 0;
    if (title == NULL || *title == '\0') {
        return true;
    }
    struct step step = {.person_id = call_id(call, "person"),
                        .title = title,
                        .due_day = call_day(call, "step_due"),
                        .minutes = -1,
                        .cost_cents = -1,
                        .snoozed_to = DAY_NONE};
    return step_add(book, &step, log, &step_id, error);
}

static bool write_touch(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    struct touch touch = from_call(call);
    if (touch.on_day == DAY_NONE) {
        touch.on_day = book_today(book);
    }
    auto_change_log log = CHANGE_LOG(book);
    int64_t touch_id = 0;
    if (!touch_add(book, &touch, &log, &touch_id, error) || !add_step(call, book, &log, error) ||
        !change_finish(book, &log, "Touch logged", error)) {
        return false;
    }
    *result_out = act_done(touch_id, &log, "Logged.");
    return true;
}

bool touch_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    return check_note(call, call_text(call, "note"), error) &&
           act_write(call, write_touch, result_out, error);
}

static bool edit_touch(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct touch touch;
    int64_t touch_id = call_id(call, "id");
    if (!touch_load(book, touch_id, text, &touch, error)) {
        return false;
    }
    touch.kind = call_has(call, "kind") ? call_text(call, "kind") : touch.kind;
    touch.direction = call_has(call, "direction") ? call_text(call, "direction") : touch.direction;
    touch.on_day = call_has(call, "on") ? call_day(call, "on") : touch.on_day;
    touch.minutes = (int)call_int(call, "minutes", touch.minutes);
    touch.note = call_has(call, "note") ? call_text(call, "note") : touch.note;
    auto_change_log log = CHANGE_LOG(book);
    if (!touch_edit(book, &touch, &log, error) ||
        !change_finish(book, &log, "Touch changed", error)) {
        return false;
    }
    *result_out = act_done(touch_id, &log, "Changed.");
    return true;
}

bool touch_do_edit(struct action_call *call, json_t **result_out, GError **error)
{
    return check_note(call, call_text(call, "note"), error) &&
           act_write(call, edit_touch, result_out, error);
}

static bool remove_touch(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    auto_change_log log = CHANGE_LOG(book);
    if (!touch_delete(book, call_id(call, "id"), &log, error) ||
        !change_finish(book, &log, "Touch removed", error)) {
        return false;
    }
    *result_out =
        act_done(call_id(call, "id"), &log, "The touch is removed. It can come back for 30 days.");
    return true;
}

bool touch_do_remove(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, remove_touch, result_out, error);
}

static bool restore_touch(struct action_call *call, struct book *book, json_t **result_out,
                          GError **error)
{
    if (!touch_restore(book, call_id(call, "id"), error)) {
        return false;
    }
    *result_out = act_done(call_id(call, "id"), NULL, "The touch is back.");
    return true;
}

bool touch_do_restore(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, restore_touch, result_out, error);
}

static bool list_touches(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) touches = g_array_new(false, true, sizeof(struct touch));
    struct touch_filter filter = {.person_id = call_id(call, "person"),
                                  .from_day = call_day(call, "from"),
                                  .direction = call_text(call, "direction"),
                                  .limit = (int)call_int(call, "limit", 100),
                                  .before_touch_id = call_id(call, "after")};
    int64_t total = 0;
    if (!touch_list(book, &filter, text, touches, &total, error)) {
        return false;
    }
    json_t *items = json_array();
    for (guint i = 0; i < touches->len; i++) {
        json_array_append_new(items, act_touch(&g_array_index(touches, struct touch, i)));
    }
    bool has_more = touches->len == (guint)filter.limit && total > filter.limit;
    json_t *next =
        has_more ? json_id(g_array_index(touches, struct touch, touches->len - 1).touch_id) : NULL;
    *result_out = json_list("touches", items, total, next);
    return true;
}

bool touch_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, list_touches, result_out, error);
}

static json_t *candidates_json(const GArray *candidates)
{
    json_t *list = json_array();
    for (guint i = 0; i < candidates->len; i++) {
        const struct touch_candidate *one = &g_array_index(candidates, struct touch_candidate, i);
        json_array_append_new(list, json_pack("{s:o, s:s, s:o, s:o, s:o, s:f}", "id",
                                              json_id(one->person_id), "name", one->name,
                                              "own_name", json_text(one->own_name), "headline",
                                              json_text(one->headline), "org", json_text(one->org),
                                              "score", one->score));
    }
    return list;
}

static bool read_line(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) candidates = g_array_new(false, true, sizeof(struct touch_candidate));
    g_autoptr(GPtrArray) signs = g_ptr_array_new();
    struct touch_line line;
    touch_line_parse(call_text(call, "line"), book_today(book), text, &line);
    if (!touch_line_who(book, &line, 5, text, candidates, error)) {
        return false;
    }
    patient_signs(call_text(call, "line"), text, signs);
    json_t *warnings = json_array();
    for (guint i = 0; i < signs->len; i++) {
        json_array_append_new(warnings, json_string(g_ptr_array_index(signs, i)));
    }
    *result_out = json_pack("{s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "who",
                            json_text(line.who), "people", candidates_json(candidates), "kind",
                            line.kind, "direction", line.direction, "on", json_day(line.on_day),
                            "minutes", line.minutes > 0 ? json_integer(line.minutes) : json_null(),
                            "note", json_text(line.note), "step", json_text(line.step), "step_due",
                            json_day(line.step_due_day), "warnings", warnings);
    return true;
}

bool touch_do_read(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_line, result_out, error);
}
