/* A feature of one file, for the tests: what is added here must be on every face (test/story/test_faces.py). Part of the
 * program ligature-extra only. */
#include "page/feature.h"

#include "base/error.h"
#include "page/html.h"

static bool add(struct action_call *call, json_t **result_out, GError **error)
{
    if (g_strcmp0(call_text(call, "text"), "refuse me") == 0) {
        call->refused = json_pack("[{s:s, s:i, s:s}]", "file", "ping.txt", "line", 1, "reason", "It asked for it.");
        return refuse(error, "ping.not_found", "There is no such ping.");
    }
    if (g_strcmp0(call_text(call, "text"), "break me") == 0) {
        return bug(error, "ping.broken", "The ping at /secret/place broke.");
    }
    *result_out = json_pack("{s:s, s:I, s:s, s:o}", "text", call_text(call, "text"), "times", (json_int_t)call_int(call, "times", 0),
                            "message", "Ping noted.", "day", json_day(clock_today(&call->env->clock)));
    return true;
}

static const struct param add_params[] = {
    {"text", PARAM_TEXT, PARAM_REQUIRED | PARAM_POSITIONAL, .help = "What to say", .max = 40},
    {"times", PARAM_INT, .help = "How many times", .min = 1, .max = 9, .fallback = "1"},
    {NULL},
};
static const struct field add_fields[] = {
    {"text", FIELD_TEXT, "What was said"}, {"times", FIELD_INT, "How many times"}, {"message", FIELD_TEXT, "What came of it"},
    {"day", FIELD_DAY, "The day"}, {NULL},
};
static const struct action add_action = {
    .name = "ping.add", .alias = "ping", .summary = "Note a ping", .who = WHO_ACCOUNT, .effect = EFFECT_WRITE,
    .params = add_params, .result = add_fields, .run = add,
};

/* Counts to `to`, or until it is stopped; 0 has no end. */
static bool count(struct action_call *call, json_t **result_out, GError **error)
{
    int64_t to = call_int(call, "to", 0);
    GMutex lock;
    GCond cond;
    g_mutex_init(&lock);
    g_cond_init(&cond);
    bool goes_on = true;
    for (int64_t i = 1; goes_on && (to == 0 || i <= to); i++) {
        goes_on = call_progress(call, i, to, "counting");
        g_mutex_lock(&lock);
        if (to == 0) {
            g_cond_wait_until(&cond, &lock, g_get_monotonic_time() + 5000);
        }
        g_mutex_unlock(&lock);
    }
    g_mutex_clear(&lock);
    g_cond_clear(&cond);
    *result_out = json_pack("{s:I, s:s}", "counted", (json_int_t)to, "message", "Counted.");
    return goes_on || refuse(error, "action.cancelled", "Counting was stopped.");
}

static const struct param count_params[] = {
    {"to", PARAM_INT, PARAM_REQUIRED, .help = "How far", .min = 0, .max = 1000000},
    {"file", PARAM_FILE, .help = "A file to hold meanwhile"},
    {NULL},
};
static const struct field count_fields[] = {{"counted", FIELD_INT, "How far"}, {NULL}};
static const struct action count_action = {
    .name = "ping.count", .summary = "Count pings", .who = WHO_ACCOUNT, .effect = EFFECT_WRITE, .is_long = true,
    .params = count_params, .result = count_fields, .run = count,
};

static const struct action *const actions[] = {&add_action, &count_action, NULL};

/* ---- page ---- */

static bool show(struct page *page, GError **error)
{
    (void)error;
    html_literal(page->out, "<!doctype html><title>Ping</title><form method=\"post\" action=\"/do/ping.add\"><input name=\"csrf\" value=\"");
    html_text(page->out, page->csrf);
    html_literal(page->out, "\"><input name=\"text\" value=\"");
    html_text(page->out, json_string_value(json_object_get(page->typed, "text")));
    html_literal(page->out, "\"><p id=\"refused\">");
    html_text(page->out, json_string_value(json_object_get(page->refusals, "text")));
    html_text(page->out, page->refusal);
    html_literal(page->out, "</p><p id=\"toast\">");
    html_text(page->out, page->toast.text);
    html_literal(page->out, "</p><p id=\"query\">");
    html_text(page->out, page_query(page, "q"));
    html_literal(page->out, "</p></form>");
    return true;
}

static const struct page_route pages[] = {
    {"/ping", 0, show},
    {"/ping/kept", PAGE_CACHED, show},
    {NULL},
};

/* ---- periodic work ---- */

static bool beat(struct env *env, struct db *db, const char *data_dir, GError **error)
{
    (void)env;
    (void)db;
    g_autofree char *path = g_build_filename(data_dir, "beat", NULL);
    return g_file_set_contents(path, "beat", -1, error);
}

static const struct feature_job jobs[] = {{"ping beat", 1, beat}, {NULL}};

const struct feature feature_ping = {.name = "ping", .actions = actions, .pages = pages, .jobs = jobs};
