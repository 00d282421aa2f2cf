/* A small server over src/net/, for the protocol tests (test/protocol/test_http.py) and for wrk.
 * It has no store: what it shows is how requests arrive and how fast answers leave.
 *
 *     httpd [--listen 127.0.0.1:0] [--workers N] [--queue N] [--io N] [--idle S] [--header-seconds
 * S] [--body-seconds S]
 *           [--connections N] [--per-address N] [--heartbeat S] [--host NAME] [--grace S]
 * [--uploads DIR] [--tls CERT KEY]
 *
 * Writes "listening URL" when ready; SIGTERM or SIGINT stops it, then "stopped" or "left behind"
 * and the figures as JSON. */
#include "net/http_router.h"
#include "net/http_server.h"
#include "net/http_stream.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct app {
    struct http_server *server;
    struct http_router *router;
    GMutex lock;
    GCond opened;
    /* name -> "open": /wait?gate=NAME holds a worker until POST /open?gate=NAME */
    GHashTable *gates;
    GPtrArray *streams; /* references */
    int n_waiting;
};

typedef void handler_fn(struct app *app, struct http_request *request,
                        struct http_response *response, struct http_match *match);
struct target {
    enum http_next where;
    handler_fn *handle;
    uint64_t upload;
};

static const struct http_header security_headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
     "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    {"X-Frame-Options", "DENY"},
};

/* ---- pages ---- */

static void hello(struct app *app, struct http_request *request, struct http_response *response,
                  struct http_match *match)
{
    http_response_text(response, 200, "hello\n");
}

/* 10 KB made anew for each request, for whoever has the session cookie. */
static void page(struct app *app, struct http_request *request, struct http_response *response,
                 struct http_match *match)
{
    const char *session = http_request_cookie(request, "session");
    GString *out;

    if (session == NULL || strcmp(session, "0123456789abcdef0123456789abcdef") != 0) {
        http_response_error(response, request, 401);
        return;
    }
    out = g_string_sized_new(11 * 1024);
    g_string_append(out, "<!doctype html><title>People</title><ul>\n");
    for (int i = 0; out->len < 10 * 1024; i++) {
        char row[160];
        int n = snprintf(
            row, sizeof(row),
            "<li id=\"p%d\"><a href=\"/people/%d\">Dr Amina Hassan %d</a><span>Internal Medicine</span></li>\n",
            i, i * 7919, i);
        g_string_append_len(out, row, n);
    }
    http_response_set_type(response, "text/html; charset=utf-8");
    http_response_set_header(response, "Cache-Control", "no-store");
    http_response_take_string(response, out);
}

static json_t *params_json(const struct http_params *params)
{
    json_t *list = json_array();

    for (int i = 0; i < params->n; i++) {
        json_array_append_new(list,
                              json_pack("[ss]", params->items[i].name, params->items[i].value));
    }
    return list;
}

static json_t *files_json(struct http_request *request)
{
    json_t *list = json_array();
    int n;
    const struct http_file *files = http_request_files(request, &n);

    for (int i = 0; i < n; i++) {
        g_autofree char *content = NULL;
        gsize len = 0;
        g_autofree char *sum = NULL;
        g_file_get_contents(files[i].path, &content, &len, NULL);
        sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)content, len);
        json_array_append_new(list, json_pack("{ss ss ss sI ss ss}", "field", files[i].field,
                                              "name", files[i].name, "type", files[i].type, "size",
                                              (json_int_t)files[i].size, "sha256", sum, "path",
                                              files[i].path));
    }
    return list;
}

/* Everything a handler can see, as JSON. */
static void echo(struct app *app, struct http_request *request, struct http_response *response,
                 struct http_match *match)
{
    size_t len;
    const char *body = http_request_body(request, &len);
    const char *spooled = http_request_body_path(request);
    json_t *vars = json_object();
    json_t *all;

    for (int i = 0; i < match->n_vars; i++) {
        json_object_set_new(vars, match->vars[i].name, json_string(match->vars[i].value));
    }
    all = json_pack(
        "{ss ss ss ss ss ss sb sb sb si sI so so so so sb}", "method", http_request_method(request),
        "path", http_request_path(request), "raw_path", http_request_raw_path(request), "raw_query",
        http_request_raw_query(request), "type", http_request_type(request), "remote",
        http_request_remote(request), "loopback", http_request_is_loopback(request), "same_origin",
        http_request_is_same_origin(request), "br", http_request_takes_encoding(request, "br"),
        "site", (int)http_request_site(request), "size",
        (json_int_t)http_request_body_size(request), "vars", vars, "query",
        params_json(http_request_query_all(request)), "form",
        params_json(http_request_form_all(request)), "files", files_json(request), "spooled",
        spooled != NULL);
    json_object_set_new(all, "body", body == NULL ? json_null() : json_stringn_nocheck(body, len));
    json_object_set_new(all, "cookie_a", json_string(http_request_cookie(request, "a")));
    json_object_set_new(all, "origin", json_string(http_request_origin(request)));
    http_response_json(response, 200, json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS));
    json_decref(all);
}

static void asset(struct app *app, struct http_request *request, struct http_response *response,
                  struct http_match *match)
{
    static const struct http_asset style = {.type = "text/css; charset=utf-8",
                                            .etag = "5eed",
                                            .plain = {"a{color:red}", 12},
                                            .gzip = {"gzipped", 7},
                                            .br = {"brotli", 6}};

    http_response_asset(response, request, &style);
}

static void file(struct app *app, struct http_request *request, struct http_response *response,
                 struct http_match *match)
{
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    off_t len = lseek(fd, 0, SEEK_END);

    lseek(fd, 0, SEEK_SET);
    http_response_set_type(response, "application/octet-stream");
    http_response_take_fd(response, fd, (uint64_t)len);
}

static void split(struct app *app, struct http_request *request, struct http_response *response,
                  struct http_match *match)
{
    http_response_set_header(response, "X-Echo", http_request_query(request, "value"));
    http_response_set_cookie(
        response, &(struct http_cookie){
                      .name = "session", .value = "abc", .max_age = 3600, .is_strict = true});
    http_response_redirect(response, 303, "/page");
}

/* ---- workers held and let go ---- */

static void wait_gate(struct app *app, struct http_request *request, struct http_response *response,
                      struct http_match *match)
{
    const char *gate = http_request_query(request, "gate");

    g_mutex_lock(&app->lock);
    app->n_waiting++;
    g_cond_broadcast(&app->opened);
    while (gate != NULL && !g_hash_table_contains(app->gates, gate)) {
        g_cond_wait(&app->opened, &app->lock);
    }
    app->n_waiting--;
    g_mutex_unlock(&app->lock);
    http_response_text(response, 200, "through\n");
}

static void open_gate(struct app *app, struct http_request *request, struct http_response *response,
                      struct http_match *match)
{
    const char *gate = http_request_query(request, "gate");

    g_mutex_lock(&app->lock);
    g_hash_table_add(app->gates, g_strdup(gate == NULL ? "" : gate));
    g_cond_broadcast(&app->opened);
    g_mutex_unlock(&app->lock);
    http_response_text(response, 200, "open\n");
}

/* ---- streams ---- */

static void count_closed(void *data)
{
    g_atomic_int_inc((int *)data);
}

static int n_closed;

static void stream(struct app *app, struct http_request *request, struct http_response *response,
                   struct http_match *match)
{
    struct http_stream *made = http_stream_new(64 * 1024);
    const char *last = http_request_last_event_id(request);

    http_stream_on_close(made, count_closed, &n_closed, NULL);
    if (last != NULL) {
        http_stream_send(made, NULL, "resumed", last);
    }
    http_stream_send(made, "1", NULL, "first\nsecond line");
    g_mutex_lock(&app->lock);
    g_ptr_array_add(app->streams, http_stream_ref(made));
    g_mutex_unlock(&app->lock);
    http_response_stream(response, made);
    http_stream_unref(made);
}

/* POST /send?data=...&end=1&size=N: to every stream. */
static void send_event(struct app *app, struct http_request *request,
                       struct http_response *response, struct http_match *match)
{
    const char *size = http_request_query(request, "size");
    const char *data = http_request_query(request, "data");
    g_autofree char *big =
        size == NULL ? g_strdup(data == NULL ? "" : data) : g_strnfill((gsize)strtol(size, NULL, 10), 'x');
    int reached = 0;

    g_mutex_lock(&app->lock);
    for (guint i = app->streams->len; i-- > 0;) {
        struct http_stream *each = g_ptr_array_index(app->streams, i);
        reached += http_stream_send(each, NULL, "news", big);
        if (http_request_query(request, "end") != NULL) {
            http_stream_end(each);
        }
        if (!http_stream_is_open(each)) {
            g_ptr_array_remove_index_fast(app->streams, i);
        }
    }
    g_mutex_unlock(&app->lock);
    http_response_text(response, 200, "%d\n", reached);
}

/* ---- figures ---- */

static char *figures(struct app *app)
{
    struct http_metrics m;
    json_t *all;
    char *text;

    http_server_metrics(app->server, &m);
    all = json_pack("{sI sI sI sI sI sI sI sI sI sI si si si si si si si}", "2xx",
                    (json_int_t)m.requests[2], "3xx", (json_int_t)m.requests[3], "4xx",
                    (json_int_t)m.requests[4], "5xx", (json_int_t)m.requests[5], "door",
                    (json_int_t)m.refused_at_door, "busy", (json_int_t)m.refused_busy,
                    "refused_connections", (json_int_t)m.refused_connections, "cut",
                    (json_int_t)m.cut, "bytes_in", (json_int_t)m.bytes_in, "bytes_out",
                    (json_int_t)m.bytes_out, "connections", m.connections, "in_flight", m.in_flight,
                    "queued", m.queued, "working", m.working, "streams", m.streams, "waiting",
                    app->n_waiting, "closed", g_atomic_int_get(&n_closed));
    json_object_set_new(all, "bad_headers", json_integer((json_int_t)m.bad_headers));
    text = json_dumps(all, JSON_SORT_KEYS);
    json_decref(all);
    return text;
}

static void metrics(struct app *app, struct http_request *request, struct http_response *response,
                    struct http_match *match)
{
    http_response_json(response, 200, figures(app));
}

/* ---- routes and hooks ---- */

#define QUICK(f) (&(const struct target){HTTP_ANSWERED, f, 0})
#define WORK(f) (&(const struct target){HTTP_WORK, f, 0})
#define SLOW(f) (&(const struct target){HTTP_WORK_SLOW, f, 0})
#define UPLOAD(f) (&(const struct target){HTTP_WORK, f, 512 * 1024 * 1024})

static void match_free(void *data)
{
    http_match_clear(data);
    g_free(data);
}

static enum http_next admit(struct http_request *request, struct http_response *response,
                            void *data)
{
    struct app *app = data;
    struct http_match *match = g_new0(struct http_match, 1);

    if (!http_router_find(app->router, http_request_method(request), http_request_raw_path(request),
                          match)) {
        bool is_known = match->allow != NULL;
        bool is_options = is_known && http_request_is(request, "OPTIONS");
        if (is_options) {
            http_response_set_status(response, 204);
        } else {
            http_response_error(response, request, is_known ? 405 : 404);
        }
        if (is_known) {
            http_response_set_header(response, "Allow", match->allow);
        }
        match_free(match);
        return HTTP_ANSWERED;
    }
    http_request_attach(request, match, match_free);
    if (((const struct target *)match->route->target)->upload > 0) {
        http_request_allow_upload(request, ((const struct target *)match->route->target)->upload);
    }
    return HTTP_WORK;
}

static void work(struct http_request *request, struct http_response *response, void *data)
{
    struct http_match *match = http_request_attached(request);

    ((const struct target *)match->route->target)->handle(data, request, response, match);
}

static enum http_next quick(struct http_request *request, struct http_response *response,
                            void *data)
{
    const struct http_match *match = http_request_attached(request);
    const struct target *target = match->route->target;

    if (target->where == HTTP_ANSWERED) {
        work(request, response, data);
    }
    return target->where;
}

static void add_routes(struct app *app)
{
    const struct http_route routes[] = {
        {"GET", "/", 0, QUICK(hello)},          {"GET", "/page", 0, QUICK(page)},
        {"GET", "/pool/page", 0, WORK(page)},   {"GET", "/slow/page", 0, SLOW(page)},
        {NULL, "/echo", 0, QUICK(echo)},        {NULL, "/echo/:id/*rest", 0, WORK(echo)},
        {"POST", "/upload", 0, UPLOAD(echo)},   {"GET", "/asset.css", 0, QUICK(asset)},
        {"GET", "/file", 0, QUICK(file)},       {"GET", "/split", 0, QUICK(split)},
        {"GET", "/wait", 0, WORK(wait_gate)},   {"POST", "/open", 0, QUICK(open_gate)},
        {"GET", "/stream", 0, WORK(stream)},    {"POST", "/send", 0, QUICK(send_event)},
        {"GET", "/metrics", 0, QUICK(metrics)},
    };
    static struct http_route kept[G_N_ELEMENTS(routes)];
    static struct target targets[G_N_ELEMENTS(routes)];
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(routes); i++) {
        targets[i] = *(const struct target *)routes[i].target;
        kept[i] = routes[i];
        kept[i].target = &targets[i];
    }
    if (!http_router_add_all(app->router, kept, G_N_ELEMENTS(kept), &error)) {
        g_error("%s", error->message);
    }
}

/* ---- the program ---- */

struct arguments {
    struct http_options options;
    char *host;
    int grace;
    char **tls;
};

static void read_arguments(int *argc, char ***argv, struct arguments *out)
{
    struct http_options *o = &out->options;
    char *cert = NULL;
    char *key = NULL;
    GOptionEntry entries[] = {
        {"listen", 0, 0, G_OPTION_ARG_STRING, &o->listen, NULL, NULL},
        {"workers", 0, 0, G_OPTION_ARG_INT, &o->workers, NULL, NULL},
        {"queue", 0, 0, G_OPTION_ARG_INT, &o->queue, NULL, NULL},
        {"io", 0, 0, G_OPTION_ARG_INT, &o->io_threads, NULL, NULL},
        {"idle", 0, 0, G_OPTION_ARG_INT, &o->idle_seconds, NULL, NULL},
        {"header-seconds", 0, 0, G_OPTION_ARG_INT, &o->header_seconds, NULL, NULL},
        {"body-seconds", 0, 0, G_OPTION_ARG_INT, &o->body_seconds, NULL, NULL},
        {"connections", 0, 0, G_OPTION_ARG_INT, &o->connections, NULL, NULL},
        {"per-address", 0, 0, G_OPTION_ARG_INT, &o->connections_per_address, NULL, NULL},
        {"heartbeat", 0, 0, G_OPTION_ARG_INT, &o->heartbeat_seconds, NULL, NULL},
        {"uploads", 0, 0, G_OPTION_ARG_STRING, &o->upload_dir, NULL, NULL},
        {"host", 0, 0, G_OPTION_ARG_STRING, &out->host, NULL, NULL},
        {"grace", 0, 0, G_OPTION_ARG_INT, &out->grace, NULL, NULL},
        {"cert", 0, 0, G_OPTION_ARG_FILENAME, &cert, NULL, NULL},
        {"key", 0, 0, G_OPTION_ARG_FILENAME, &key, NULL, NULL},
        {NULL},
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, argc, argv, &error)
        || (cert != NULL && !g_file_get_contents(cert, (char **)&o->tls_certificate, NULL, &error))
        || (key != NULL && !g_file_get_contents(key, (char **)&o->tls_key, NULL, &error))) {
        fprintf(stderr, "httpd: %s\n", error->message);
        exit(2);
    }
    g_free(cert);
    g_free(key);
}

int main(int argc, char **argv)
{
    struct app app = {0};
    struct arguments arguments = {.options = {.listen = g_strdup("127.0.0.1:0")}, .grace = 10};
    const char *hosts[2] = {NULL, NULL};
    struct http_hooks hooks = {.admit = admit, .quick = quick, .work = work, .data = &app};
    g_autoptr(GError) error = NULL;
    sigset_t signals;
    int signal_number;
    bool ok;

    read_arguments(&argc, &argv, &arguments);
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    app.router = http_router_new();
    app.gates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    app.streams = g_ptr_array_new_with_free_func((GDestroyNotify)http_stream_unref);
    add_routes(&app);
    hosts[0] = arguments.host;
    arguments.options.hosts = hosts;
    arguments.options.headers = security_headers;
    arguments.options.n_headers = G_N_ELEMENTS(security_headers);
    app.server = http_server_start(&arguments.options, &hooks, &error);
    if (app.server == NULL) {
        fprintf(stderr, "httpd: %s\n", error->message);
        return 1;
    }
    printf("listening %s\n", http_server_url(app.server));
    fflush(stdout);
    sigwait(&signals, &signal_number);
    {
        char *text = figures(&app);
        printf("%s\n", text);
        free(text);
    }
    ok = http_server_stop(app.server, arguments.grace);
    puts(ok ? "stopped" : "left behind");
    fflush(stdout);
    if (!ok) {
        _exit(1);
    }
    g_ptr_array_unref(app.streams);
    g_hash_table_unref(app.gates);
    http_router_free(app.router);
    g_free((char *)arguments.options.listen);
    g_free((char *)arguments.options.upload_dir);
    g_free((char *)arguments.options.tls_certificate);
    g_free((char *)arguments.options.tls_key);
    g_free(arguments.host);
    return 0;
}
