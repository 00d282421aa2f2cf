/* saved.list, add, edit, remove and limit: answers with their source, and the week's minutes. */
#include "feature/online_forums/forum.h"

#include "action/act.h"
#include "base/error.h"
#include "base/fold.h"
#include "base/words.h"
#include "model/origin.h"
#include "model/touch_line.h"

static int32_t monday_of(int32_t day)
{
    return day - (day_weekday(day) - 1);
}

static json_t *saved_json(const struct saved *one, int32_t today)
{
    json_t *json = json_pack("{s:o, s:s, s:s, s:s, s:o}", "id", json_id(one->saved_id), "question",
                             one->question, "answer", one->body, "source", one->source, "url",
                             json_text(one->url));
    json_object_set_new(json, "year", one->year > 0 ? json_integer(one->year) : json_null());
    json_object_set_new(json, "rumour", json_boolean(one->is_rumour));
    json_object_set_new(json, "old", json_boolean(forum_is_old(one, today)));
    json_object_set_new(json, "on", json_day(one->on_day));
    json_object_set_new(json, "minutes",
                        one->minutes < 0 ? json_null() : json_integer(one->minutes));
    return json;
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) saved = g_array_new(false, true, sizeof(struct saved));
    g_autoptr(GArray) pursuits = g_array_new(false, true, sizeof(struct pursuit));
    if (!saved_list(book, text, saved, error) ||
        !pursuit_list(book, "other", text, pursuits, error)) {
        return false;
    }
    const char *query = call_text(call, "query");
    g_autofree char *folded = fold_text(query != NULL ? query : "");
    int32_t today = book_today(book);
    int32_t monday = monday_of(today);
    json_t *items = json_array();
    for (guint i = 0; i < saved->len; i++) {
        const struct saved *one = &g_array_index(saved, struct saved, i);
        if (forum_matches(one, folded) && (!call_bool(call, "rumours") || one->is_rumour) &&
            (!call_bool(call, "old") || forum_is_old(one, today))) {
            json_array_append_new(items, saved_json(one, today));
        }
    }
    int64_t n = (int64_t)json_array_size(items);
    *result_out = json_list("saved", items, n, NULL);
    json_object_set_new(*result_out, "minutes_week", json_integer(forum_spent(saved, monday)));
    json_object_set_new(*result_out, "minutes_limit", json_integer(forum_limit(pursuits)));
    return true;
}

bool forum_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

static bool take(const struct action_call *call, struct saved *one, GError **error)
{
    if (!call_bool(call, "no_patient") &&
        (!patient_none(call_text(call, "answer"), "saved.patient", error) ||
         !patient_none(call_text(call, "question"), "saved.patient", error))) {
        return false;
    }
    one->question = call_has(call, "question") ? call_text(call, "question") : one->question;
    one->body = call_has(call, "answer") ? call_text(call, "answer") : one->body;
    one->source = call_has(call, "source") ? call_text(call, "source") : one->source;
    one->url = call_has(call, "url") ? call_text(call, "url") : one->url;
    one->year = (int)call_int(call, "year", one->year);
    one->on_day = call_has(call, "on") ? call_day(call, "on") : one->on_day;
    one->minutes = (int)call_int(call, "minutes", one->minutes);
    return true;
}

/* "45 of 60 min this week." */
static bool week_words(struct book *book, char **words_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) saved = g_array_new(false, true, sizeof(struct saved));
    g_autoptr(GArray) pursuits = g_array_new(false, true, sizeof(struct pursuit));
    if (!saved_list(book, text, saved, error) ||
        !pursuit_list(book, "other", text, pursuits, error)) {
        return false;
    }
    *words_out =
        g_strdup_printf("%d of %d min this week.", forum_spent(saved, monday_of(book_today(book))),
                        forum_limit(pursuits));
    return true;
}

static bool done(struct book *book, int64_t saved_id, const char *what, struct change_log *log,
                 json_t **result_out, GError **error)
{
    g_autofree char *week = NULL;
    if (!change_finish(book, log, what, error) || !week_words(book, &week, error)) {
        return false;
    }
    g_autofree char *words = g_strdup_printf("%s %s", what, week);
    *result_out = act_done(saved_id, log, words);
    return true;
}

static bool write_add(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    struct saved one = {.year = 0,
                        .is_rumour = call_bool(call, "rumour"),
                        .on_day = book_today(book),
                        .minutes = -1,
                        .deleted_at = AT_NONE};
    auto_change_log log = CHANGE_LOG(book);
    int64_t saved_id = 0;
    return take(call, &one, error) && saved_save(book, &one, &log, &saved_id, error) &&
           origin_done(book, "forums.block", &log, error) &&
           done(book, saved_id, "The answer is kept.", &log, result_out, error);
}

bool forum_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_add, result_out, error);
}

/* Checked: no rumour any more, or of a newer year. The step accepted for it is done. */
static bool close_steps(struct book *book, int64_t saved_id, struct change_log *log, GError **error)
{
    char id[ID_TEXT];
    id_format(saved_id, id);
    g_autofree char *verify = g_strdup_printf("forums.verify/-/%s", id);
    g_autofree char *recheck = g_strdup_printf("forums.recheck/-/%s", id);
    return origin_done(book, verify, log, error) && origin_done(book, recheck, log, error);
}

static bool write_edit(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    int64_t saved_id = call_id(call, "id");
    struct saved one;
    auto_change_log log = CHANGE_LOG(book);
    if (!saved_load(book, saved_id, text, &one, error) || !take(call, &one, error)) {
        return false;
    }
    bool was_open = one.is_rumour || forum_is_old(&one, book_today(book));
    one.is_rumour = call_has(call, "rumour") ? call_bool(call, "rumour") : one.is_rumour;
    if (call_bool(call, "checked")) {
        int month;
        int day;
        one.is_rumour = false;
        if (!call_has(call, "year")) {
            day_to_ymd(book_today(book), &one.year, &month, &day);
        }
    }
    bool is_open = one.is_rumour || forum_is_old(&one, book_today(book));
    return saved_save(book, &one, &log, NULL, error) &&
           ((was_open && is_open) || close_steps(book, saved_id, &log, error)) &&
           done(book, saved_id, call_bool(call, "checked") ? "Checked." : "It is changed.", &log,
                result_out, error);
}

bool forum_do_edit(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_edit, result_out, error);
}

static bool write_remove(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    int64_t saved_id = call_id(call, "id");
    auto_change_log log = CHANGE_LOG(book);
    return saved_delete(book, saved_id, &log, error) &&
           done(book, saved_id, "The answer is removed.", &log, result_out, error);
}

bool forum_do_remove(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_remove, result_out, error);
}

static bool write_limit(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) pursuits = g_array_new(false, true, sizeof(struct pursuit));
    if (!pursuit_list(book, "other", text, pursuits, error)) {
        return false;
    }
    const struct pursuit *known = forum_limit_row(pursuits);
    struct pursuit limit = known != NULL ? *known
                                         : (struct pursuit){.kind = "other",
                                                            .title = "Minutes a week for forums",
                                                            .ref = FORUM_LIMIT,
                                                            .stage = "running",
                                                            .strategy = "online_forums",
                                                            .from_day = DAY_NONE,
                                                            .until_day = DAY_NONE,
                                                            .due_day = DAY_NONE,
                                                            .cost_cents = -1,
                                                            .closed_at = AT_NONE,
                                                            .deleted_at = AT_NONE};
    limit.minutes = (int)call_int(call, "minutes", 0);
    auto_change_log log = CHANGE_LOG(book);
    int64_t pursuit_id = 0;
    return pursuit_save(book, &limit, &log, &pursuit_id, error) &&
           done(book, pursuit_id, "The limit is set.", &log, result_out, error);
}

bool forum_do_limit(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_limit, result_out, error);
}
