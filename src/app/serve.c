/* `ligature serve`: one server on one data folder. Decides which door a request goes through (page,
 * API, health, figures), and closes in an order that lets what runs finish. */
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "action/api.h"
#include "action/schema.h"
#include "app/app.h"
#include "app/jobs.h"
#include "base/error.h"
#include "model/account.h"
#include "net/http_server.h"
#include "page/dispatch.h"

#define UPLOAD_MAX (UINT64_C(512) * 1024 * 1024)
#define STOP_SECONDS 20
#define API "/api/v1/"

struct door {
    struct app *app;
    struct site *site;
    const struct serve_options *options;
    struct api api;
    struct http_server *server;
    GMainLoop *loop;
};

/* ---- before it serves ---- */

/* Held as long as the process lives; what is written in it is for people. */
static int lock_folder(const struct app *app, GError **error)
{
    g_autofree char *path = g_build_filename(app->data_dir, "serve.lock", NULL);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        bug(error, "serve.lock", "%s cannot be opened: %s.", path, g_strerror(errno));
        return -1;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        char where[200] = "";
        ssize_t length = pread(fd, where, sizeof where - 1, 0);
        where[length > 0 ? length : 0] = '\0';
        where[strcspn(where, "\n")] = '\0';
        close(fd);
        refuse(error, "serve.running",
               "Another Ligature serves this folder already%s%s. Stop it first, or name another "
               "folder "
               "with --data.",
               where[0] != '\0' ? " at " : "", where);
        return -1;
    }
    return fd;
}

static void note_address(int fd, const char *url)
{
    g_autofree char *line = g_strdup_printf("%s (process %d)\n", url, (int)getpid());
    if (ftruncate(fd, 0) != 0 || pwrite(fd, line, strlen(line), 0) < 0) {
        g_warning("serve.lock cannot be written: %s", g_strerror(errno));
    }
}

/* Only this machine can come in. */
static bool is_open_door(const struct serve_options *options)
{
    const char *listen = options->listen;
    return !options->is_behind_tls &&
           (g_str_has_prefix(listen, "127.") || g_str_has_prefix(listen, "[::1]") ||
            g_str_has_prefix(listen, "localhost:"));
}

static bool count_open_doors(struct db_tx *tx, void *data, GError **error)
{
    GString *names = data;
    g_string_truncate(names, 0);
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) accounts = g_array_new(FALSE, TRUE, sizeof(struct account));
    if (!account_list(tx, text, accounts, error)) {
        return false;
    }
    for (guint i = 0; i < accounts->len; i++) {
        const struct account *account = &g_array_index(accounts, struct account, i);
        if (account->closed_at == AT_NONE && account->password == NULL) {
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", account->name);
        }
    }
    return true;
}

/* Beyond this machine, also through a proxy, nobody is let in without a password. */
static bool check_passwords(const struct app *app, const struct serve_options *options,
                            GError **error)
{
    if (is_open_door(options)) {
        return true;
    }
    g_autoptr(GString) names = g_string_new(NULL);
    if (!db_read(app->db, "serve passwords", count_open_doors, names, error)) {
        return false;
    }
    return names->len == 0 ||
           refuse(error, "serve.password",
                  "%s can be reached by others%s, and these accounts have no password: "
                  "%s. Set one with `ligature account password`, or listen on 127.0.0.1 alone%s.",
                  options->listen, options->is_behind_tls ? " through the proxy in front" : "",
                  names->str, options->is_behind_tls ? " without --behind-tls" : "");
}

/* ---- doors ---- */

static void send_json(struct http_response *response, int status, json_t *body)
{
    char *text = json_dumps(body, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(body);
    http_response_set_header(response, "Cache-Control", "no-store");
    http_response_json(response, status, g_strdup(text));
    free(text);
}

static void send_api_error(struct http_response *response, const GError *error)
{
    int status = action_http_status(error);
    if (status == 401) {
        http_response_set_header(response, "WWW-Authenticate", "Bearer realm=\"ligature\"");
    }
    send_json(response, status, action_error_json(error, NULL));
}

static void answer_openapi(const struct door *door, struct http_response *response)
{
    send_json(response, 200, openapi_document(&door->app->actions, NULL));
}

static void answer_api(struct door *door, const struct http_request *request,
                       struct http_response *response, const char *name)
{
    g_autoptr(GError) error = NULL;
    struct api_caller caller = {.is_loopback = http_request_is_loopback(request)};
    if (!api_bearer(request, door->app->db, &door->app->env, &caller, &error) ||
        (!caller.is_token && !site_caller(door->site, request, &caller, &error))) {
        send_api_error(response, error);
        return;
    }
    struct api_answer answer;
    api_answer(&door->api, &caller, request, name, &answer);
    const struct action *action = action_find(&door->app->actions, name);
    if (action != NULL && action->effect != EFFECT_READ) {
        site_changed(door->site);
    }
    if (answer.status == 405) {
        http_response_set_header(response, "Allow", "POST");
    } else if (answer.status == 401) {
        http_response_set_header(response, "WWW-Authenticate", "Bearer realm=\"ligature\"");
    }
    send_json(response, answer.status, answer.body);
}

static bool read_nothing(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GArray) accounts = g_array_new(FALSE, TRUE, sizeof(struct account));
    (void)data;
    return account_list(tx, text, accounts, error);
}

static void answer_health(const struct door *door, struct http_response *response)
{
    g_autoptr(GError) error = NULL;
    if (db_read(door->app->db, "health", read_nothing, NULL, &error)) {
        send_json(response, 200, json_pack("{s:s}", "status", "ok"));
        return;
    }
    g_warning("health: %s: %s", error_code(error), error->message);
    send_json(response, 503, json_pack("{s:s}", "status", "store"));
}

static int64_t resident_bytes(void)
{
    g_autofree char *text = NULL;
    long long pages = 0;
    if (g_file_get_contents("/proc/self/statm", &text, NULL, NULL) &&
        sscanf(text, "%*s %lld", &pages) == 1) {
        return pages * sysconf(_SC_PAGESIZE);
    }
    return 0;
}

static void answer_metrics(const struct door *door, struct http_response *response)
{
    struct http_metrics metrics;
    http_server_metrics(door->server, &metrics);
    GString *out = g_string_new(
        "# TYPE ligature_build gauge\nligature_build{version=\"" LIGATURE_VERSION "\"} 1\n"
        "# TYPE ligature_http_requests_total counter\n");
    for (int i = 1; i < 6; i++) {
        g_string_append_printf(
            out, "ligature_http_requests_total{status=\"%dxx\"} %" G_GUINT64_FORMAT "\n", i,
            metrics.requests[i]);
    }
    const struct {
        const char *name;
        const char *type;
        uint64_t value;
    } rows[] = {
        {"http_refused_at_door_total", "counter", metrics.refused_at_door},
        {"http_refused_busy_total", "counter", metrics.refused_busy},
        {"http_refused_connections_total", "counter", metrics.refused_connections},
        {"http_cut_total", "counter", metrics.cut},
        {"http_bytes_in_total", "counter", metrics.bytes_in},
        {"http_bytes_out_total", "counter", metrics.bytes_out},
        {"http_connections", "gauge", (uint64_t)metrics.connections},
        {"http_in_flight", "gauge", (uint64_t)metrics.in_flight},
        {"http_queued", "gauge", (uint64_t)metrics.queued},
        {"http_streams", "gauge", (uint64_t)metrics.streams},
        {"resident_bytes", "gauge", (uint64_t)resident_bytes()},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_string_append_printf(out, "# TYPE ligature_%s %s\nligature_%s %" G_GUINT64_FORMAT "\n",
                               rows[i].name, rows[i].type, rows[i].name, rows[i].value);
    }
    g_string_append(out, "# TYPE ligature_http_seconds histogram\n");
    uint64_t below = 0;
    for (int i = 0; i < HTTP_LATENCY_BUCKETS - 1; i++) {
        below += metrics.latency[i];
        g_string_append_printf(out,
                               "ligature_http_seconds_bucket{le=\"%g\"} %" G_GUINT64_FORMAT "\n",
                               (double)(1u << i) / 1e6, below);
    }
    below += metrics.latency[HTTP_LATENCY_BUCKETS - 1];
    g_string_append_printf(out,
                           "ligature_http_seconds_bucket{le=\"+Inf\"} %" G_GUINT64_FORMAT
                           "\nligature_http_seconds_sum %g\n"
                           "ligature_http_seconds_count %" G_GUINT64_FORMAT "\n",
                           below, (double)metrics.latency_sum_us / 1e6, below);
    http_response_set_type(response, "text/plain; version=0.0.4; charset=utf-8");
    http_response_set_header(response, "Cache-Control", "no-store");
    http_response_take_string(response, out);
}

static void answer_unknown(struct http_response *response)
{
    g_autoptr(GError) error = NULL;
    refuse(&error, "api.not_found",
           "There is nothing at this address. /api/v1/openapi.json lists what there is.");
    send_api_error(response, error);
}

/* ---- hooks ---- */

static const struct action *action_of_path(const struct door *door, const char *path)
{
    const char *name = g_str_has_prefix(path, API)      ? path + strlen(API)
                       : g_str_has_prefix(path, "/do/") ? path + strlen("/do/")
                                                        : NULL;
    return name != NULL ? action_find(&door->app->actions, name) : NULL;
}

/* Files may be large; only for actions that take one, and only from somebody with a key, which is
 * looked at later. */
static enum http_next admit(struct http_request *request, struct http_response *response,
                            void *data)
{
    const struct door *door = data;
    (void)response;
    const struct action *action =
        http_request_is(request, "POST") ? action_of_path(door, http_request_path(request)) : NULL;
    bool has_key = http_request_header(request, "Cookie") != NULL ||
                   http_request_header(request, "Authorization") != NULL;
    for (const struct param *param = action != NULL && has_key ? action->params : NULL;
         param != NULL && param->name != NULL; param++) {
        if (param->type == PARAM_FILE) {
            http_request_allow_upload(request, UPLOAD_MAX);
        }
    }
    return HTTP_WORK;
}

static enum http_next quick(struct http_request *request, struct http_response *response,
                            void *data)
{
    const struct door *door = data;
    if (site_quick(door->site, request, response)) {
        return HTTP_ANSWERED;
    }
    return site_is_slow(door->site, request) ? HTTP_WORK_SLOW : HTTP_WORK;
}

static void work(struct http_request *request, struct http_response *response, void *data)
{
    struct door *door = data;
    const char *path = http_request_path(request);
    bool is_get = http_request_is(request, "GET") || http_request_is(request, "HEAD");
    if (strcmp(path, "/healthz") == 0 && is_get) {
        answer_health(door, response);
    } else if (strcmp(path, "/metrics") == 0 && is_get &&
               (door->options->has_open_metrics || http_request_is_loopback(request))) {
        answer_metrics(door, response);
    } else if (strcmp(path, API "openapi.json") == 0 && is_get) {
        answer_openapi(door, response);
    } else if (g_str_has_prefix(path, API)) {
        answer_api(door, request, response, path + strlen(API));
    } else if (g_str_has_prefix(path, "/api/")) {
        answer_unknown(response);
    } else {
        site_handle(door->site, request, response);
    }
}

static void error_page(const struct http_request *request, struct http_response *response,
                       void *data)
{
    const struct door *door = data;
    const char *path = request != NULL ? http_request_path(request) : NULL;
    if (path == NULL || !g_str_has_prefix(path, "/api/")) {
        site_error_page(door->site, response);
        return;
    }
    int status = http_response_status(response);
    g_autofree char *code = g_strdup_printf("http.%d", status);
    send_json(response, status,
              json_pack("{s:{s:s, s:s, s:[]}}", "error", "code", code, "message",
                        "The server did not take this request.", "details"));
}

/* ---- serving ---- */

static const struct http_header security[] = {
    {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src "
                                "'self' data:; connect-src 'self'; "
                                "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Strict-Transport-Security", "max-age=31536000"}, /* the last one: only behind TLS */
};

static gboolean stop(void *data)
{
    g_main_loop_quit(data);
    return G_SOURCE_CONTINUE;
}

static bool start_job(void *data, const struct api_job *job, int64_t *job_id_out, GError **error)
{
    struct app *app = data;
    return jobs_start(app->jobs, job, job_id_out, error);
}

static bool open_server(struct door *door, const char *upload_dir, GError **error)
{
    const struct serve_options *options = door->options;
    const struct http_options http = {
        .listen = options->listen,
        .hosts = options->hosts,
        .headers = security,
        .n_headers = (int)G_N_ELEMENTS(security) - (options->is_behind_tls ? 0 : 1),
        .trusts_proxy = options->is_behind_tls,
        .upload_dir = upload_dir,
        .workers = options->workers,
    };
    const struct http_hooks hooks = {
        .admit = admit, .quick = quick, .work = work, .error_page = error_page, .data = door};
    door->server = http_server_start(&http, &hooks, error);
    return door->server != NULL;
}

/* Until a signal says stop. */
static void serve_until_told(struct door *door, int lock)
{
    door->loop = g_main_loop_new(NULL, FALSE);
    guint sources[] = {g_unix_signal_add(SIGTERM, stop, door->loop),
                       g_unix_signal_add(SIGINT, stop, door->loop)};
    note_address(lock, http_server_url(door->server));
    fprintf(stderr, "Ligature is at %s\n", http_server_url(door->server));
    fflush(stderr);
    g_main_loop_run(door->loop);
    fputs("Finishing what is running.\n", stderr);
    g_source_remove(sources[0]);
    g_source_remove(sources[1]);
    g_main_loop_unref(door->loop);
}

/* A folder of half-sent files: what a crash left in it goes. */
static char *upload_folder(const struct app *app)
{
    char *path = g_build_filename(app->data_dir, "uploads", NULL);
    g_mkdir_with_parents(path, 0700);
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        g_unlink(file);
    }
    g_clear_pointer(&dir, g_dir_close);
    return path;
}

bool serve_run(struct app *app, const struct serve_options *options, GError **error)
{
    struct door door = {.app = app, .options = options};
    int lock = lock_folder(app, error);
    if (lock < 0) {
        return false;
    }
    g_autofree char *upload_dir = upload_folder(app);
    const struct site_options site = {
        .env = &app->env,
        .db = app->db,
        .data_dir = app->data_dir,
        .store_file = db_engine(app->db) == DB_SQLITE ? app->database : NULL,
        .app = app,
        .features = app->features,
        .n_features = app->n_features,
        .actions = &app->actions,
        .is_secure = options->is_behind_tls,
        .is_open = is_open_door(options),
        .start_job = start_job,
    };
    door.api = (struct api){
        .actions = &app->actions,
        .env = &app->env,
        .db = app->db,
        .data_dir = app->data_dir,
        .app = app,
        .start_job = start_job,
    };
    bool is_open =
        check_passwords(app, options, error) && (door.site = site_new(&site, error)) != NULL;
    app->site = door.site;
    door.api.attempts = door.site != NULL ? site_attempts(door.site) : NULL;
    is_open = is_open && (app->jobs = jobs_new(app, 2, error)) != NULL &&
              open_server(&door, upload_dir, error);
    if (is_open) {
        serve_until_told(&door, lock);
        http_server_stop(door.server, STOP_SECONDS);
    }
    g_clear_pointer(&app->jobs, jobs_free);
    app->site = NULL;
    site_free(door.site);
    close(lock);
    return is_open;
}
