/* reunion.list, add, done, missed, met, remove: events of one's own school, each a pursuit of kind
 * meeting; whoever was met there is linked to it, with a touch of that day. */
#include "feature/alumni/alumni.h"

#include "action/act.h"
#include "base/error.h"
#include "base/fold.h"
#include "base/words.h"
#include "model/origin.h"
#include "model/person_list.h"

#include <string.h>

#define LOOK_MOST 50

static json_t *event_json(const struct pursuit *event, const GArray *links)
{
    json_t *met = json_array();
    for (guint i = 0; i < links->len; i++) {
        const struct pursuit_person *link = &g_array_index(links, struct pursuit_person, i);
        if (link->pursuit_id == event->pursuit_id) {
            json_array_append_new(met, json_id(link->person_id));
        }
    }
    return json_pack("{s:o, s:s, s:o, s:s, s:o, s:o}", "id", json_id(event->pursuit_id), "title",
                     event->title, "on", json_day(event->from_day), "stage", event->stage, "note",
                     json_text(event->note), "met", met);
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) all = g_array_new(false, true, sizeof(struct pursuit));
    g_autoptr(GArray) links = g_array_new(false, true, sizeof(struct pursuit_person));
    if (!pursuit_list(book, "meeting", text, all, error) ||
        !pursuit_person_list(book, 0, text, links, error)) {
        return false;
    }
    json_t *items = json_array();
    for (guint i = 0; i < all->len; i++) {
        const struct pursuit *one = &g_array_index(all, struct pursuit, i);
        if (alumni_is_event(one)) {
            json_array_append_new(items, event_json(one, links));
        }
    }
    int64_t n = (int64_t)json_array_size(items);
    *result_out = json_list("reunions", items, n, NULL);
    return true;
}

bool reunion_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

static bool write_add(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    struct pursuit event = {.kind = "meeting",
                            .title = call_text(call, "title"),
                            .stage = "planned",
                            .strategy = ALUMNI_ID,
                            .from_day = call_day(call, "on"),
                            .until_day = DAY_NONE,
                            .due_day = DAY_NONE,
                            .minutes = -1,
                            .cost_cents = call_has(call, "cost") ? call_int(call, "cost", -1) : -1,
                            .note = call_text(call, "note"),
                            .closed_at = AT_NONE,
                            .deleted_at = AT_NONE};
    auto_change_log log = CHANGE_LOG(book);
    int64_t pursuit_id = 0;
    if (!pursuit_save(book, &event, &log, &pursuit_id, error) ||
        !origin_done(book, "alumni.event", &log, error) ||
        !change_finish(book, &log, "Event of the school added", error)) {
        return false;
    }
    *result_out = act_done(pursuit_id, &log, "The event is written down.");
    return true;
}

bool reunion_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_add, result_out, error);
}

/* Only events of the school: other meetings belong to other pages. */
static bool event_load(struct action_call *call, struct book *book, GStringChunk *text,
                       struct pursuit *event_out, GError **error)
{
    if (!pursuit_load(book, call_id(call, "id"), text, event_out, error)) {
        return false;
    }
    return alumni_is_event(event_out) ||
           refuse(error, "reunion.not_found", "There is no such event of your school.");
}

/* done, missed */
static bool write_stage(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    bool is_done = strcmp(call->action->name, "reunion.done") == 0;
    struct pursuit event;
    if (!event_load(call, book, text, &event, error)) {
        return false;
    }
    if (event.from_day != DAY_NONE && event.from_day > book_today(book)) {
        return refuse(error, "reunion.ahead", "It has not been held yet.");
    }
    event.stage = is_done ? "attended" : "missed";
    auto_change_log log = CHANGE_LOG(book);
    if (!pursuit_save(book, &event, &log, NULL, error) ||
        !change_finish(book, &log, "Event of the school", error)) {
        return false;
    }
    *result_out = act_done(event.pursuit_id, &log,
                           is_done ? "Good. Write down whom you met while you know it."
                                   : "It is written down.");
    return true;
}

bool reunion_do_stage(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_stage, result_out, error);
}

/* Exactly one person of this name. */
static bool person_of(struct action_call *call, struct book *book, int64_t *person_id_out,
                      GError **error)
{
    const char *who = call_text(call, "who");
    *person_id_out = call_id(call, "person");
    if (*person_id_out != 0) {
        return true;
    }
    if (who == NULL) {
        return refuse(error, "reunion.nobody", "Say whom you met, by name or by id.");
    }
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) rows = g_array_new(false, true, sizeof(struct person_row));
    struct person_filter filter = {.query = who};
    struct person_page page = {.sort = PERSON_BY_TIE, .limit = LOOK_MOST};
    if (!person_list(book, &filter, &page, text, rows, error)) {
        return false;
    }
    g_autofree char *wanted = fold_text(who);
    int n_exact = 0;
    for (guint i = 0; i < rows->len; i++) {
        const struct person_row *row = &g_array_index(rows, struct person_row, i);
        g_autofree char *name = fold_text(row->name);
        if (strcmp(name, wanted) == 0) {
            n_exact++;
            *person_id_out = row->person_id;
        }
    }
    if (n_exact == 0 && rows->len == 1) {
        *person_id_out = g_array_index(rows, struct person_row, 0).person_id;
        n_exact = 1;
    }
    if (n_exact == 1) {
        return true;
    }
    return rows->len == 0
               ? refuse(error, "reunion.unknown",
                        "Nobody called “%s” is in your address book. Add them first.", who)
               : refuse(error, "reunion.several",
                        "More than one person could be “%s”. Write the whole name.", who);
}

static bool write_met(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct pursuit event;
    int64_t person_id = 0;
    int64_t touch_id = 0;
    if (!event_load(call, book, text, &event, error) ||
        !person_of(call, book, &person_id, error)) {
        return false;
    }
    int32_t day = event.from_day != DAY_NONE ? event.from_day : book_today(book);
    struct pursuit_person link = {
        .pursuit_id = event.pursuit_id, .person_id = person_id, .role = "met", .on_day = day};
    struct touch touch = {.person_id = person_id,
                          .kind = "event",
                          .on_day = day,
                          .at = AT_NONE,
                          .minutes = -1,
                          .note = event.title,
                          .deleted_at = AT_NONE};
    auto_change_log log = CHANGE_LOG(book);
    char id[ID_TEXT];
    g_autofree char *key =
        g_strdup_printf("alumni.met/-/%s", id_format(event.pursuit_id, id));
    if (!pursuit_person_add(book, &link, &log, error) ||
        !touch_add(book, &touch, &log, &touch_id, error) ||
        !origin_done(book, key, &log, error) ||
        !change_finish(book, &log, "Met at an event", error)) {
        return false;
    }
    struct person_row row;
    if (!person_row_load(book, person_id, text, &row, error)) {
        return false;
    }
    g_autofree char *words = g_strdup_printf("%s is written down as met there.", row.name);
    *result_out = act_done(event.pursuit_id, &log, words);
    return true;
}

bool reunion_do_met(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_met, result_out, error);
}

static bool write_remove(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct pursuit event;
    auto_change_log log = CHANGE_LOG(book);
    if (!event_load(call, book, text, &event, error) ||
        !pursuit_delete(book, event.pursuit_id, &log, error) ||
        !change_finish(book, &log, "Event of the school removed", error)) {
        return false;
    }
    *result_out = act_done(event.pursuit_id, &log, "The event is removed.");
    return true;
}

bool reunion_do_remove(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_remove, result_out, error);
}
