/* Start, stop and figures. Stopping goes in this order: no new connections; streams end;
 * requests in flight finish while there is time; the queue is turned away; the I/O threads end,
 * which needs that no connection is suspended; then the workers, the watch, the memory. */
#include "net/http_inner.h"
#include "net/http_listen.h"
#include "net/http_pool.h"
#include "net/http_watch.h"

#include "base/error.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* ---- options ---- */

static void fill(int *value, int otherwise)
{
    *value = *value <= 0 ? otherwise : *value;
}

static void fill_options(struct http_options *options)
{
    options->listen = options->listen == NULL ? "127.0.0.1:8470" : options->listen;
    options->header_max = options->header_max == 0 ? 16 * 1024 : options->header_max;
    options->body_max = options->body_max == 0 ? 1024 * 1024 : options->body_max;
    fill(&options->idle_seconds, 60);
    fill(&options->header_seconds, 30);
    fill(&options->body_seconds, 30);
    fill(&options->connections, 12000);
    fill(&options->io_threads, 1);
    fill(&options->workers, 4);
    fill(&options->queue, 256);
    fill(&options->slow_workers, 2);
    fill(&options->slow_queue, 64);
    fill(&options->heartbeat_seconds, 15);
}

/* As many open files as the system grants us. */
static void raise_files(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* ---- libmicrohttpd ---- */

static void on_connection(void *data, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        http_conn_started(data, connection, context);
    } else {
        http_conn_closed(data, context);
    }
}

/* Paths are decoded by us (http_path.c). */
static size_t keep_escapes(void *data, struct MHD_Connection *connection, char *text)
{
    (void)data;
    (void)connection;
    return strlen(text);
}

/* When ok, so that a first failure stands; the lock is made in any case. */
static bool start_io(struct http_server *server, struct http_io *io, bool ok, GError **error)
{
    const struct http_options *options = &server->options;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC
                     | MHD_ALLOW_SUSPEND_RESUME;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)options->tls_certificate},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)options->tls_key},
        {MHD_OPTION_END, 0, NULL},
    };

    if (options->tls_key == NULL) {
        tls[0].option = MHD_OPTION_END;
    } else {
        flags |= MHD_USE_TLS;
    }
    io->server = server;
    g_mutex_init(&io->lock);
    if (!ok) {
        return false;
    }
    io->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, http_talk, io, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        options->header_max + 8 * 1024, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)options->connections + 16, MHD_OPTION_NOTIFY_CONNECTION, on_connection, io,
        MHD_OPTION_NOTIFY_COMPLETED, http_talk_completed, io, MHD_OPTION_URI_LOG_CALLBACK,
        http_talk_target, io, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, io, MHD_OPTION_ARRAY, tls,
        MHD_OPTION_END);
    return io->daemon != NULL || bug(error, "http.start", "The HTTP library did not start.");
}

/* ---- start ---- */

static void server_free(struct http_server *server)
{
    http_watch_join(server);
    for (int i = 0; i < HTTP_POOLS; i++) {
        http_pool_free(server->pools[i]);
    }
    for (int i = 0; i < server->options.io_threads; i++) {
        g_mutex_clear(&server->ios[i].lock);
    }
    if (server->listen_fd >= 0) {
        close(server->listen_fd);
    }
    g_clear_pointer(&server->streams, g_hash_table_unref);
    g_clear_pointer(&server->addresses, g_hash_table_unref);
    http_hosts_free(server->hosts);
    g_free(server->ios);
    g_free(server->upload_dir);
    g_free((char *)server->options.tls_key);
    g_free((char *)server->options.tls_certificate);
    g_free(server->url);
    g_cond_clear(&server->changed);
    g_mutex_clear(&server->lock);
    g_free(server);
}

/* The configured names, and the name listened on as it was written ("clinic.local:8470"). */
static struct http_hosts *make_hosts(const struct http_options *options, const char *host, int port)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (int i = 0; options->hosts != NULL && options->hosts[i] != NULL; i++) {
        g_ptr_array_add(names, (gpointer)options->hosts[i]);
    }
    if (options->listen_fd <= 0 && options->listen[0] != ':'
        && port == strtol(strrchr(options->listen, ':') + 1, NULL, 10)) {
        g_ptr_array_add(names, (gpointer)options->listen);
    }
    g_ptr_array_add(names, NULL);
    return http_hosts_new(host, port, options->tls_key != NULL, (const char *const *)names->pdata);
}

static bool open_socket(struct http_server *server, const struct http_options *options,
                        GError **error)
{
    char host[HTTP_HOST_MAX];
    bool is_v6;

    if (options->listen_fd > 0) {
        server->listen_fd = options->listen_fd;
        if (!http_listen_name(server->listen_fd, host, &server->port)) {
            return bug(error, "http.start", "The socket handed over is not one to listen on.");
        }
        g_unix_set_fd_nonblocking(server->listen_fd, TRUE, NULL);
    } else {
        server->listen_fd = http_listen(options->listen, host, &server->port, error);
        if (server->listen_fd < 0) {
            return false;
        }
    }
    is_v6 = strchr(host, ':') != NULL;
    server->url = g_strdup_printf("%s://%s%s%s:%d", options->tls_key != NULL ? "https" : "http",
                                  is_v6 ? "[" : "", host[0] == '\0' ? "localhost" : host,
                                  is_v6 ? "]" : "", server->port);
    server->hosts = make_hosts(options, host, server->port);
    return true;
}

/* Ends the I/O threads. No connection may be suspended by then. */
static void stop_ios(struct http_server *server)
{
    for (int i = 0; i < server->options.io_threads; i++) {
        if (server->ios[i].daemon != NULL) {
            MHD_stop_daemon(server->ios[i].daemon);
        }
    }
}

struct http_server *http_server_start(const struct http_options *given,
                                      const struct http_hooks *hooks, GError **error)
{
    struct http_server *server = g_new0(struct http_server, 1);
    struct http_options *options = &server->options;
    bool ok;

    *options = *given;
    server->hooks = *hooks;
    fill_options(options);
    options->tls_certificate = g_strdup(given->tls_certificate);
    options->tls_key = g_strdup(given->tls_key);
    server->upload_dir = g_strdup(given->upload_dir == NULL ? g_get_tmp_dir() : given->upload_dir);
    server->ios = g_new0(struct http_io, options->io_threads);
    server->watch_epoll = -1;
    server->watch_event = -1;
    server->listen_fd = -1;
    g_mutex_init(&server->lock);
    g_cond_init(&server->changed);
    raise_files();
    ok = open_socket(server, options, error);
    for (int i = 0; i < options->io_threads; i++) {
        ok = start_io(server, &server->ios[i], ok, error);
    }
    if (!ok || !http_watch_open(server, error)) {
        stop_ios(server);
        server_free(server);
        return NULL;
    }
    server->pools[0] = http_pool_new(options->workers, options->queue, hooks, http_talk_done);
    server->pools[1] =
        http_pool_new(options->slow_workers, options->slow_queue, hooks, http_talk_done);
    http_watch_start(server);
    options->listen = NULL; /* not ours for longer */
    options->hosts = NULL;
    options->upload_dir = server->upload_dir;
    return server;
}

/* ---- stop ---- */

/* Waits until nothing is in flight; false when time is up. */
static bool wait_idle(struct http_server *server, int64_t until_us)
{
    bool is_idle;

    g_mutex_lock(&server->lock);
    while (atomic_load(&server->counts.in_flight) > 0
           && g_cond_wait_until(&server->changed, &server->lock, until_us)) {
    }
    is_idle = atomic_load(&server->counts.in_flight) == 0;
    g_mutex_unlock(&server->lock);
    return is_idle;
}

bool http_server_stop(struct http_server *server, int seconds)
{
    int64_t until = g_get_monotonic_time() + (int64_t)seconds * G_USEC_PER_SEC;

    if (server == NULL) {
        return true;
    }
    atomic_store(&server->is_draining, true);
    http_watch_wake(server);
    http_watch_end_streams(server);
    if (!wait_idle(server, until)) {
        until = g_get_monotonic_time() + G_USEC_PER_SEC; /* for what is turned away now */
    }
    for (int i = 0; i < HTTP_POOLS; i++) {
        http_pool_close(server->pools[i], http_talk_turn_away);
    }
    for (int i = 0; i < HTTP_POOLS; i++) {
        if (!http_pool_join(server->pools[i], until)) {
            return false;
        }
    }
    http_watch_end_streams(server);
    wait_idle(server, MIN(until, g_get_monotonic_time() + G_USEC_PER_SEC));
    http_watch_end_streams(server);
    stop_ios(server);
    server_free(server);
    return true;
}

/* ---- figures ---- */

int http_server_port(const struct http_server *server)
{
    return server->port;
}

const char *http_server_url(const struct http_server *server)
{
    return server->url;
}

void http_server_metrics(const struct http_server *server, struct http_metrics *metrics_out)
{
    const struct http_counts *counts = &server->counts;

    memset(metrics_out, 0, sizeof(*metrics_out));
    for (size_t i = 0; i < G_N_ELEMENTS(metrics_out->requests); i++) {
        metrics_out->requests[i] = atomic_load(&counts->requests[i]);
    }
    for (size_t i = 0; i < HTTP_LATENCY_BUCKETS; i++) {
        metrics_out->latency[i] = atomic_load(&counts->latency[i]);
    }
    metrics_out->refused_at_door = atomic_load(&counts->door);
    metrics_out->refused_busy = atomic_load(&counts->busy);
    metrics_out->refused_connections = atomic_load(&counts->connections_refused);
    metrics_out->cut = atomic_load(&counts->cut);
    metrics_out->bytes_in = atomic_load(&counts->bytes_in);
    metrics_out->bytes_out = atomic_load(&counts->bytes_out);
    metrics_out->bad_headers = atomic_load(&counts->bad_headers);
    metrics_out->latency_sum_us = atomic_load(&counts->latency_sum_us);
    metrics_out->connections = atomic_load(&counts->connections);
    metrics_out->in_flight = atomic_load(&counts->in_flight);
    metrics_out->streams = atomic_load(&counts->streams);
    for (int i = 0; i < HTTP_POOLS; i++) {
        int queued;
        int working;
        http_pool_count(server->pools[i], &queued, &working);
        metrics_out->queued += queued;
        metrics_out->working += working;
    }
}
