/* Verbs of the season: show it, put own dates into it, take it along as a calendar. */
#include "feature/season/season_parts.h"

#include "action/act.h"
#include "base/error.h"
#include "data_season.h"
#include "model/token.h"

#include <string.h>

bool season_read(struct book *book, int cycle, GStringChunk *text, struct goal *goal_out,
                 struct season **season_out, GError **error)
{
    if (!goal_load(book, text, goal_out, error)) {
        return false;
    }
    struct goal wanted = *goal_out;
    wanted.cycle = cycle != 0 ? cycle : wanted.cycle;
    return season_load(book, &wanted, season_out, error);
}

/* ---- show ---- */

static json_t *date_json(const struct season_date *date, int32_t today)
{
    g_autofree char *hour = date->minute >= 0
                                ? g_strdup_printf("%02d:%02d", date->minute / 60, date->minute % 60)
                                : NULL;
    g_autofree char *words = season_when(date);
    json_t *own = date->date_id != 0 ? json_id(date->date_id) : json_null();
    json_t *json = json_pack("{s:s, s:s, s:s, s:o, s:o, s:s}", "id", date->id, "title", date->title,
                             "lane", date->lane, "on", json_day(date->on_day), "until",
                             json_day(date->until_day), "words", words);
    json_object_set_new(json, "time", json_text(hour));
    json_object_set_new(json, "zone", json_text(date->zone));
    json_object_set_new(json, "latest", json_day(date->before_day));
    json_object_set_new(json, "why", json_string(date->why));
    json_object_set_new(json, "source", json_string(date->source));
    json_object_set_new(json, "own_id", own);
    json_object_set_new(json, "moved_from", json_day(date->rule_day));
    json_object_set_new(json, "is_main", json_boolean(date->rule == NULL || date->rule->is_main));
    json_object_set_new(json, "is_past", json_boolean(date->until_day < today));
    return json;
}

static json_t *span_json(const char *id, const char *title, int32_t from, int32_t until,
                         const char *words)
{
    return json_pack("{s:s, s:s, s:o, s:o, s:s}", "id", id, "title", title, "from", json_day(from),
                     "until", json_day(until), "words", words);
}

static bool read_season(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(season_ptr) season = NULL;
    struct goal goal;
    if (!season_read(book, (int)call_int(call, "cycle", 0), text, &goal, &season, error)) {
        return false;
    }
    int32_t today = book_today(book);
    json_t *dates = json_array();
    json_t *phases = json_array();
    json_t *quiets = json_array();
    for (guint i = 0; i < season->dates->len; i++) {
        const struct season_date *date = &g_array_index(season->dates, struct season_date, i);
        if (season_is_shown(season, date)) {
            json_array_append_new(dates, date_json(date, today));
        }
    }
    for (guint i = 0; i < season->phases->len; i++) {
        const struct season_phase *one = &g_array_index(season->phases, struct season_phase, i);
        json_array_append_new(
            phases, span_json(one->id, one->title, one->from_day, one->until_day, one->work));
    }
    for (guint i = 0; i < season->quiets->len; i++) {
        const struct season_quiet *one = &g_array_index(season->quiets, struct season_quiet, i);
        if (one->until_day >= season->from_day) {
            json_array_append_new(
                quiets, span_json(one->id, one->title, one->from_day, one->until_day, one->source));
        }
    }
    const struct season_phase *now = season_phase_on(season, today);
    const struct season_date *next = season_next(season, today);
    *result_out =
        json_pack("{s:i, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "cycle", season->cycle,
                  "is_guessed", season->is_guessed && call_int(call, "cycle", 0) == 0, "match_day",
                  json_day(season->match_day), "from", json_day(season->from_day), "until",
                  json_day(season->until_day), "phase", json_text(now != NULL ? now->id : NULL),
                  "next", json_text(next != NULL ? next->id : NULL), "dates", dates, "phases",
                  phases, "quiet", quiets);
    return true;
}

bool season_do_show(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_season, result_out, error);
}

static const char *text_of(const json_t *json, const char *name)
{
    const char *text = json_string_value(json_object_get(json, name));
    return text != NULL ? text : "";
}

static void print_date(const json_t *date, FILE *out)
{
    bool is_main = json_is_true(json_object_get(date, "is_main"));
    bool is_past = json_is_true(json_object_get(date, "is_past"));
    fprintf(out, "%s %s\n    %s\n",
            is_past   ? "·"
            : is_main ? "●"
                      : "○",
            text_of(date, "title"), text_of(date, "words"));
    if (is_past) {
        return;
    }
    if (text_of(date, "why")[0] != '\0') {
        fprintf(out, "    %s\n", text_of(date, "why"));
    }
    if (text_of(date, "latest")[0] != '\0' &&
        strcmp(text_of(date, "latest"), text_of(date, "on")) != 0) {
        fprintf(out, "    at the latest by %s\n", text_of(date, "latest"));
    }
    if (text_of(date, "moved_from")[0] != '\0') {
        fprintf(out, "    moved from %s\n", text_of(date, "moved_from"));
    }
    fprintf(out, "    (%s)\n", text_of(date, "source"));
}

void season_print(const json_t *result, FILE *out, const struct env *env)
{
    size_t index;
    json_t *one;
    bool is_told = false;
    int32_t today = clock_today(&env->clock);
    char today_text[DAY_TEXT];
    day_format(today, today_text);
    fprintf(out, "Season %d%s\n", (int)json_integer_value(json_object_get(result, "cycle")),
            json_is_true(json_object_get(result, "is_guessed"))
                ? " (guessed: say it with `ligature goal set --cycle YEAR`)"
                : "");
    json_array_foreach(json_object_get(result, "dates"), index, one)
    {
        if (!is_told && strcmp(text_of(one, "on"), today_text) > 0) {
            g_autofree char *words = day_words(today, today);
            fprintf(out, "\n── today, %s ──\n", words);
            is_told = true;
        }
        fputc('\n', out);
        print_date(one, out);
    }
    fputs("\nQuiet times, hold what can wait\n", out);
    json_array_foreach(json_object_get(result, "quiet"), index, one)
    {
        fprintf(out, "  %s to %s  %s\n", text_of(one, "from"), text_of(one, "until"),
                text_of(one, "title"));
    }
}

/* ---- own dates ---- */

/* "21:00", "9:30", "9 pm" is not taken: hours and minutes as a field of a page gives them. */
static bool read_time(const char *text, int *minute_out, GError **error)
{
    int hour, minute;
    char rest;
    if (text == NULL || *text == '\0') {
        *minute_out = -1;
        return true;
    }
    if (sscanf(text, "%2d:%2d%c", &hour, &minute, &rest) != 2 || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59) {
        return refuse(error, "date.time", "An hour is written as 21:00.");
    }
    *minute_out = hour * 60 + minute;
    return true;
}

/* What was given goes over what is there. */
static bool take_date(struct action_call *call, struct book *book, GStringChunk *text,
                      struct own_date *date, GError **error)
{
    const char *rule = call_text(call, "rule");
    const struct data_season *row = rule != NULL ? data_season_by_id(rule) : NULL;
    if (row != NULL) {
        date->rule = row->id;
        date->kind = "rule";
        date->title = row->title;
    } else if (rule != NULL && *rule != '\0') {
        return refuse(error, "date.unknown_rule", "There is no such date in the season.");
    }
    date->title = call_has(call, "title") ? call_text(call, "title") : date->title;
    if (date->rule == NULL) {
        date->kind = call_has(call, "kind") ? call_text(call, "kind") : date->kind;
    }
    date->on_day = call_has(call, "on") ? call_day(call, "on") : date->on_day;
    date->until_day = call_has(call, "until") ? call_day(call, "until") : date->until_day;
    date->note = call_has(call, "note") ? call_text(call, "note") : date->note;
    if (call_has(call, "time") && !read_time(call_text(call, "time"), &date->minute, error)) {
        return false;
    }
    date->zone = call_has(call, "zone") ? call_text(call, "zone") : date->zone;
    if (date->minute >= 0 && (date->zone == NULL || *date->zone == '\0')) {
        struct goal goal;
        if (!goal_load(book, text, &goal, error)) {
            return false;
        }
        date->zone = goal.zone != NULL ? goal.zone : "America/New_York";
    }
    date->zone = date->minute < 0 ? NULL : date->zone;
    return true;
}

static bool write_date(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct own_date date = {
        .kind = "other", .on_day = DAY_NONE, .until_day = DAY_NONE, .minute = -1};
    bool is_new = !call_has(call, "id");
    if (!is_new && !own_date_load(book, call_id(call, "id"), text, &date, error)) {
        return false;
    }
    if (!is_new && call_bool(call, "anew")) {
        date = (struct own_date){.date_id = date.date_id,
                                 .kind = date.kind,
                                 .title = date.title,
                                 .rule = date.rule,
                                 .on_day = date.on_day,
                                 .until_day = DAY_NONE,
                                 .minute = -1,
                                 .created_at = date.created_at};
    }
    auto_change_log log = CHANGE_LOG(book);
    int64_t date_id = date.date_id;
    if (!take_date(call, book, text, &date, error) ||
        !own_date_save(book, &date, &log, &date_id, error) ||
        !change_finish(book, &log, is_new ? "Date added" : "Date changed", error)) {
        return false;
    }
    *result_out = act_done(date_id, &log,
                           date.rule != NULL ? "Your day counts now, and what hangs on it moved."
                           : is_new          ? "The date is in your season."
                                             : "The date is changed.");
    return true;
}

bool season_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_date, result_out, error);
}

bool season_do_edit(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_date, result_out, error);
}

static bool remove_date(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    auto_change_log log = CHANGE_LOG(book);
    if (!own_date_delete(book, call_id(call, "id"), &log, error) ||
        !change_finish(book, &log, "Date taken away", error)) {
        return false;
    }
    *result_out = act_done(call_id(call, "id"), &log, "The date is gone from your season.");
    return true;
}

bool season_do_remove(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, remove_date, result_out, error);
}

/* ---- calendar ---- */

static bool read_calendar(struct action_call *call, struct book *book, json_t **result_out,
                          GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(season_ptr) season = NULL;
    struct goal goal;
    const char *to = call_text(call, "to");
    int n = 0;
    if (!season_read(book, (int)call_int(call, "cycle", 0), text, &goal, &season, error)) {
        return false;
    }
    g_autofree char *ical = season_calendar(season, book->account_id, book_now(book), &n);
    g_autoptr(GError) bad = NULL;
    if (to != NULL &&
        !g_file_set_contents_full(to, ical, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &bad)) {
        return refuse(error, "export.not_written", "%s could not be written: %s.", to,
                      bad->message);
    }
    *result_out = json_pack("{s:i, s:i, s:o, s:o}", "cycle", season->cycle, "events", n, "to",
                            json_text(to), "text", json_text(to == NULL ? ical : NULL));
    return true;
}

bool season_do_export(struct action_call *call, json_t **result_out, GError **error)
{
    if (call_has(call, "to") && !call->is_command) {
        return refuse(
            error, "export.to_refused",
            "A file can be named on the command line only. Here the text itself is given.");
    }
    return act_read(call, read_calendar, result_out, error);
}

void season_print_export(const json_t *result, FILE *out, const struct env *env)
{
    if (json_is_string(json_object_get(result, "text"))) {
        fputs(text_of(result, "text"), out);
    } else {
        fprintf(out, "%d dates are in %s.\n",
                (int)json_integer_value(json_object_get(result, "events")), text_of(result, "to"));
    }
}

/* Every feed of the account is closed; *n_out how many there were. */
static bool revoke_feeds(struct book *book, int *n_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    g_autoptr(GArray) tokens = g_array_new(FALSE, TRUE, sizeof(struct token));
    if (!token_list(book, text, tokens, error)) {
        return false;
    }
    *n_out = 0;
    for (guint i = 0; i < tokens->len; i++) {
        const struct token *token = &g_array_index(tokens, struct token, i);
        if (token->revoked_at == AT_NONE && strcmp(token->scopes, FEED_SCOPE) == 0) {
            *n_out += 1;
            if (!token_revoke(book, token->token_id, error)) {
                return false;
            }
        }
    }
    return true;
}

static bool write_feed(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    char secret[TOKEN_TEXT];
    int64_t token_id = 0;
    int n = 0;
    const struct token_new wanted = {
        .name = "Calendar feed", .scopes = FEED_SCOPE, .expires_at = AT_NONE};
    if (!revoke_feeds(book, &n, error)) {
        return false;
    }
    if (call_bool(call, "revoke")) {
        *result_out =
            json_pack("{s:i, s:n, s:s}", "revoked", n, "path", "message",
                      n > 0 ? "The address opens nothing any more." : "There was no address.");
        return true;
    }
    if (!token_create(book, &wanted, &token_id, secret, error)) {
        return false;
    }
    g_autofree char *path = g_strdup_printf("/feed/%s.ics", secret);
    *result_out = json_pack(
        "{s:i, s:s, s:s, s:s}", "revoked", n, "path", path, "token", path, "message",
        "Copy the address now; it is shown only once. Who has it can read the dates of your "
        "season, and nothing else.");
    return true;
}

bool season_do_feed(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_feed, result_out, error);
}

void season_print_feed(const json_t *result, FILE *out, const struct env *env)
{
    if (text_of(result, "path")[0] != '\0') {
        fprintf(out, "%s\n", text_of(result, "path"));
    }
    fprintf(out, "%s\n", text_of(result, "message"));
}
