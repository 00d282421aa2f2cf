/* The program's own actions and pages: serve the pages, serve an assistant, describe the API, look
 * after long actions. */
#include "app/app.h"

#include <string.h>

#include "action/mcp.h"
#include "action/schema.h"
#include "app/jobs.h"
#include "base/error.h"
#include "model/job.h"
#include "net/http.h"
#include "net/http_stream.h"

#include "job.tpl.h"
#include "page/plain.h"

static void print_nothing(const json_t *result, FILE *out, const struct env *env)
{
    (void)result;
    (void)out;
    (void)env;
}

/* ---- serve ---- */

static bool run_serve(struct action_call *call, json_t **result_out, GError **error)
{
    struct app *app = call->app;
    g_autoptr(GError) trouble = NULL;
    if (!app_choose_account(app, NULL, false, &trouble) && !error_has_code(trouble, "account.choose")) {
        g_propagate_error(error, g_steal_pointer(&trouble));
        return false;
    }
    const json_t *hosts = call_json(call, "host");
    g_autofree const char **names = g_new0(const char *, json_array_size(hosts) + 1);
    for (size_t i = 0; i < json_array_size(hosts); i++) {
        names[i] = json_string_value(json_array_get(hosts, i));
    }
    const struct serve_options options = {
        .listen = call_text(call, "listen"),
        .hosts = names,
        .is_behind_tls = call_bool(call, "behind_tls"),
        .has_open_metrics = call_bool(call, "open_metrics"),
        .workers = (int)call_int(call, "workers", 0),
    };
    *result_out = json_object();
    return serve_run(app, &options, error);
}

static const struct param serve_params[] = {
    {"listen", PARAM_TEXT, .placeholder = "ADDR:PORT", .help = "Where to listen",
     .fallback = "127.0.0.1:8470"},
    {"host", PARAM_TEXT, PARAM_REPEATED, .placeholder = "NAME",
     .help = "A public name this server answers to"},
    {"behind_tls", PARAM_BOOL, .help = "A proxy on this machine speaks TLS in front"},
    {"open_metrics", PARAM_BOOL, .help = "Let others than this machine read /metrics"},
    {"workers", PARAM_INT, .help = "Threads that build answers", .min = 1, .max = 256,
     .fallback = "4"},
    {NULL},
};

static const struct action serve_action = {
    .name = "serve.run",
    .alias = "serve",
    .summary = "Serve the pages and the API",
    .detail = "Serves until it is told to stop (SIGTERM, Ctrl-C), and then finishes what is "
              "running. On a loopback address the only "
              "account needs no password; on any other address every account must have one.",
    .who = WHO_ANYONE,
    .effect = EFFECT_WRITE,
    .is_local = true,
    .params = serve_params,
    .run = run_serve,
    .print = print_nothing,
};

/* ---- assistants ---- */

static bool run_tool(void *data, struct mcp_run *run, GError **error)
{
    const struct app_request request = {
        .action = run->action,
        .raw = run->raw,
        .progress = run->progress,
        .files = run->files,
        .n_files = run->n_files,
        .is_assistant = true,
    };
    struct app_output output;
    bool is_done = app_run(data, &request, &output, error);
    run->result = output.result;
    run->details = output.details;
    return is_done;
}

static bool run_mcp(struct action_call *call, json_t **result_out, GError **error)
{
    struct app *app = call->app;
    const struct mcp_host host = {.actions = &app->actions, .data = app, .run = run_tool};
    *result_out = json_object();
    return mcp_serve(&host, stdin, stdout, error);
}

static const struct action mcp_action = {
    .name = "mcp.run",
    .alias = "mcp",
    .summary = "Serve an AI assistant on standard input and output",
    .detail = "Speaks the Model Context Protocol. The assistant sees what the account sees and may "
              "change it; it may not send "
              "messages, handle secrets or administer the store.",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .is_local = true,
    .run = run_mcp,
    .print = print_nothing,
};

/* ---- the API's description ---- */

static bool run_describe(struct action_call *call, json_t **result_out, GError **error)
{
    (void)error;
    const struct app *app = call->app;
    *result_out = openapi_document(&app->actions, NULL);
    return true;
}

static void print_document(const json_t *result, FILE *out, const struct env *env)
{
    (void)env;
    json_dumpf(result, out, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    fputc('\n', out);
}

static const struct action describe_action = {
    .name = "api.describe",
    .summary = "Print the OpenAPI document",
    .who = WHO_ANYONE,
    .effect = EFFECT_READ,
    .is_local = true,
    .is_storeless = true,
    .run = run_describe,
    .print = print_document,
};

/* ---- long actions ---- */

/* The row, and while it runs, how far it really is. */
static json_t *job_json(const struct app *app, struct job *job)
{
    g_autofree char *words = NULL;
    if (app != NULL && strcmp(job->state, "running") == 0 &&
        jobs_how_far(app, job->job_id, &job->done, &job->total, &words)) {
        job->words = words;
    }
    return json_pack("{s:o, s:s, s:s, s:I, s:I, s:s, s:o, s:o, s:o}", "id", json_id(job->job_id),
                     "action", job->action, "state", job->state, "done", (json_int_t)job->done,
                     "total", (json_int_t)job->total, "words", job->words, "started_at",
                     json_at(job->started_at), "ended_at", json_at(job->ended_at), "result",
                     job->result != NULL ? json_loads(job->result, JSON_DECODE_ANY, NULL)
                                         : json_null());
}

struct job_read {
    struct action_call *call;
    int64_t job_id;
    json_t *json;
};

static bool read_job(struct db_tx *tx, void *data, GError **error)
{
    struct job_read *read = data;
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct book book = BOOK(tx, read->call->env, read->call->account_id);
    struct job job;
    if (!job_load(&book, read->job_id, text, &job, error)) {
        return false;
    }
    json_decref(read->json);
    read->json = job_json(read->call->app, &job);
    return true;
}

static bool show_job(struct action_call *call, json_t **result_out, GError **error)
{
    struct job_read read = {.call = call, .job_id = call_id(call, "id")};
    bool is_done = db_read(call->db, "job show", read_job, &read, error);
    *result_out = read.json;
    return is_done;
}

static bool read_jobs(struct db_tx *tx, void *data, GError **error)
{
    struct job_read *read = data;
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) jobs = g_array_new(FALSE, TRUE, sizeof(struct job));
    struct book book = BOOK(tx, read->call->env, read->call->account_id);
    if (!job_list(&book, (int)call_int(read->call, "limit", 20), text, jobs, error)) {
        return false;
    }
    json_decref(read->json);
    read->json = json_array();
    for (guint i = 0; i < jobs->len; i++) {
        json_array_append_new(
            read->json, job_json(read->call->app, &g_array_index(jobs, struct job, i)));
    }
    return true;
}

static bool list_jobs(struct action_call *call, json_t **result_out, GError **error)
{
    struct job_read read = {.call = call};
    bool is_done = db_read(call->db, "job list", read_jobs, &read, error);
    *result_out =
        is_done ? json_list("jobs", read.json, (int64_t)json_array_size(read.json), NULL) : NULL;
    return is_done;
}

static bool cancel_job(struct action_call *call, json_t **result_out, GError **error)
{
    struct app *app = call->app;
    if (app == NULL || app->jobs == NULL) {
        return refuse(
            error, "job.not_here",
            "Jobs are stopped where they run: on the page, or over the API of the server.");
    }
    int64_t job_id = call_id(call, "id");
    *result_out = json_pack("{s:o}", "id", json_id(job_id));
    return jobs_cancel(app->jobs, call->account_id, job_id, error);
}

static const struct param job_params[] = {
    {"id", PARAM_ID, PARAM_REQUIRED | PARAM_POSITIONAL, .help = "The job"},
    {NULL},
};
static const struct param job_list_params[] = {
    {"limit", PARAM_INT, .help = "The most to list", .min = 1, .max = 200, .fallback = "20"},
    {NULL},
};
static const struct field job_fields[] = {
    {"id", FIELD_ID, "The job"},
    {"action", FIELD_TEXT, "What runs"},
    {"state", FIELD_TEXT, "running, done, failed, cancelled"},
    {"done", FIELD_INT, "How far"},
    {"total", FIELD_INT, "Of how much; 0: no end in sight"},
    {"words", FIELD_TEXT, "What is being done"},
    {"started_at", FIELD_AT, "When it began"},
    {"ended_at", FIELD_AT, "When it ended", .is_nullable = true},
    {"result", FIELD_OBJECT, "Result or error", .is_nullable = true},
    {NULL},
};
static const struct field job_list_fields[] = {
    {"jobs", FIELD_LIST, "The newest first", job_fields},
    {"total", FIELD_INT, "How many are listed"},
    {"next", FIELD_TEXT, "Always null", .is_nullable = true},
    {NULL},
};
static const struct field job_id_fields[] = {{"id", FIELD_ID, "The job"}, {NULL}};

static const struct action job_list_action = {
    .name = "job.list",
    .summary = "List long actions of the server",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .params = job_list_params,
    .result = job_list_fields,
    .run = list_jobs,
};
static const struct action job_show_action = {
    .name = "job.show",
    .summary = "Show how far a long action is",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .params = job_params,
    .result = job_fields,
    .run = show_job,
};
static const struct action job_cancel_action = {
    .name = "job.cancel",
    .summary = "Stop a long action",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .params = job_params,
    .result = job_id_fields,
    .run = cancel_job,
};

/* ---- its page ---- */

/* "person.import" -> the summary of its row. */
static const char *title_of(const struct page *page, const char *name)
{
    const struct action *action = action_find(page->actions, name);
    return action != NULL ? action->summary : "A long action";
}

static void fill_ended(struct page *page, const struct job_view *job, struct job_page_view *view)
{
    const json_t *error = json_object_get(job->result, "error");
    const char *message = json_string_value(json_object_get(error, "message"));
    view->note.tone = job->state == JOB_FAILED ? PART_STOP : PART_TELL;
    view->note.head = job->state == JOB_CANCELLED ? "It was stopped."
                      : job->state == JOB_FAILED  ? "It was not done."
                                                  : "Done.";
    view->note.text = message != NULL ? page_printf(page, "%s", message) : "";
}

static bool show_job_page(struct page *page, GError **error)
{
    const struct app *app = page->app;
    const char *back = page_query(page, "back");
    struct job_view job;
    if (!jobs_view(app->jobs, page->account_id, page_var_id(page, "id"), &job, error)) {
        return false;
    }
    if (job.state == JOB_DONE && back != NULL) {
        bool is_done = page_after(page, back, job.result);
        job_view_clear(&job);
        return is_done;
    }
    char id[ID_TEXT];
    id_format(job.job_id, id);
    struct job_page_view view = {
        .title = title_of(page, job.action),
        .is_running = job.state == JOB_RUNNING,
        .job_id = job.job_id,
        .stop_href = "/do/job.cancel",
        .next_href = back != NULL && back[0] == '/' && back[1] != '/'
                         ? page_printf(page, "%.*s", (int)strcspn(back, "{"), back)
                         : "/",
    };
    view.bar = (struct part_progress){
        .id = "bar",
        .label = view.title,
        .done = job.done,
        .total = job.total,
        .doing = job.words,
        .events = page_printf(page, "/jobs/%s/events", id),
    };
    if (!view.is_running) {
        fill_ended(page, &job, &view);
    }
    page_frame(page, NAV_NONE, view.title, &view.frame);
    job_render(page->out, &view);
    job_view_clear(&job);
    return true;
}

static bool stream_job(struct page *page, GError **error)
{
    const struct app *app = page->app;
    (void)error;
    g_autoptr(http_stream) stream = http_stream_new(0);
    http_stream_retry(stream, 2000);
    jobs_watch(app->jobs, page->account_id, page_var_id(page, "id"), stream);
    http_response_set_type(page->response, "text/event-stream");
    http_response_set_header(page->response, "Cache-Control", "no-store");
    http_response_stream(page->response, stream);
    return true;
}

static const struct page_route pages[] = {
    {"/jobs/:id", 0, show_job_page},
    {"/jobs/:id/events", PAGE_RAW, stream_job},
    {NULL},
};

static const struct action *const actions[] = {
    &serve_action,      &mcp_action, &describe_action, &job_list_action, &job_show_action,
    &job_cancel_action, NULL,
};

const struct feature feature_app = {
    .name = "app",
    .actions = actions,
    .pages = pages,
};
