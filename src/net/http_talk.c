/* The life of a request, as libmicrohttpd calls: target read, header read, body in pieces,
 * whole, (a worker), answered, completed. An answer queued before the body is read makes
 * libmicrohttpd close the connection, which is what a broken request deserves; where the request
 * was sound, a small body is drained instead and the connection lives. */
#include "net/http_inner.h"
#include "net/http_pool.h"
#include "net/http_watch.h"

#include <string.h>

static struct http_counts *counts_of(struct http_request *request)
{
    return &request->server->counts;
}

/* Time for so many bytes of body. */
static int64_t seconds_for(const struct http_request *request, uint64_t bytes)
{
    return request->server->options.body_seconds + (int64_t)(bytes / HTTP_BYTES_PER_SECOND);
}

/* ---- answering ---- */

/* The answer as it stands, or 500 when it cannot be built. */
static struct MHD_Response *build(struct http_request *request)
{
    struct MHD_Response *built = http_response_build(&request->response, request);

    if (built == NULL) {
        http_response_clear(&request->response);
        http_response_init(&request->response);
        http_response_error(&request->response, NULL, 500);
        built = http_response_build(&request->response, request);
    }
    return built;
}

static enum MHD_Result send_answer(struct http_request *request)
{
    struct MHD_Response *built = request->built;
    enum MHD_Result result;

    request->built = NULL;
    request->stage = HTTP_STAGE_ANSWERED;
    if (built == NULL) {
        built = build(request);
    }
    if (built == NULL) {
        return MHD_NO;
    }
    if (request->response.kind == HTTP_BODY_STREAM) {
        http_conn_allow(request->conn, -1);
        http_watch_stream(request->server, request->conn, request->response.stream);
    } else {
        http_conn_allow(request->conn, seconds_for(request, request->sent));
    }
    request->is_sent = true;
    result = MHD_queue_response(request->connection, (unsigned)request->response.status, built);
    MHD_destroy_response(built);
    return result;
}

static void fill_error(struct http_request *request, int status)
{
    http_response_clear(&request->response);
    http_response_init(&request->response);
    http_response_error(&request->response, request, status);
}

/* ---- workers ---- */

void http_talk_done(struct http_request *request)
{
    struct MHD_Connection *connection = request->connection;

    request->built = build(request);
    request->stage = HTTP_STAGE_ANSWERED;
    MHD_resume_connection(connection);
}

void http_talk_turn_away(struct http_request *request)
{
    atomic_fetch_add(&counts_of(request)->busy, 1);
    fill_error(request, 503);
    http_talk_done(request);
}

static enum MHD_Result to_worker(struct http_request *request, struct http_pool *pool)
{
    if (!http_pool_reserve(pool)) {
        atomic_fetch_add(&counts_of(request)->busy, 1);
        fill_error(request, 503);
        return send_answer(request);
    }
    request->stage = HTTP_STAGE_WORKING;
    MHD_suspend_connection(request->connection);
    http_pool_push(pool, request); /* from here on it is the worker's */
    return MHD_YES;
}

/* ---- receiving ---- */

void *http_talk_target(void *data, const char *target, struct MHD_Connection *connection)
{
    struct http_io *io = data;
    struct http_conn *conn =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    struct http_request *request = http_request_new(io->server, conn, connection, target);
    char *query = strchr(target, '?');

    if (query != NULL && query[1] != '\0') {
        /* libmicrohttpd would read the parameters into its pool next, and lose its way when
         * thousands of '&' fill it; we have the copy, so it finds an empty query */
        query[1] = '\0';
    }
    return request;
}

/* A refusal before the body: now, closing the connection, or after a small body was drained. */
static enum MHD_Result answer_early(struct http_request *request)
{
    const struct http_found *found = &request->found;

    if (found->has_body
        && (found->expects_continue || found->is_chunked || found->length > HTTP_DRAIN_MAX)) {
        return send_answer(request);
    }
    request->next = HTTP_ANSWERED;
    request->stage = HTTP_STAGE_BODY;
    http_conn_allow(request->conn, seconds_for(request, 0));
    return MHD_YES;
}

static enum MHD_Result on_header(struct http_request *request, const char *method,
                                 const char *version)
{
    const struct http_hooks *hooks = &request->server->hooks;
    int status;

    request->started_us = g_get_monotonic_time();
    request->is_counted = true;
    atomic_fetch_add(&counts_of(request)->in_flight, 1);
    status = http_request_open(request, method, version);
    if (status != 0) {
        atomic_fetch_add(&counts_of(request)->door, 1);
        fill_error(request, status);
        return send_answer(request);
    }
    request->next = HTTP_WORK;
    if (hooks->admit != NULL) {
        request->next = hooks->admit(request, &request->response, hooks->data);
        if (request->next == HTTP_ANSWERED) {
            return answer_early(request);
        }
    }
    if (request->found.length > request->body.max) {
        atomic_fetch_add(&counts_of(request)->door, 1);
        fill_error(request, 413);
        return answer_early(request);
    }
    request->stage = HTTP_STAGE_BODY;
    if (request->found.has_body) {
        http_body_start(&request->body, http_request_header(request, "Content-Type"));
        http_conn_allow(request->conn, seconds_for(request, 0));
    }
    return MHD_YES;
}

static enum MHD_Result on_bytes(struct http_request *request, const char *data, size_t size)
{
    struct http_body *body = &request->body;

    atomic_fetch_add_explicit(&counts_of(request)->bytes_in, size, memory_order_relaxed);
    if (request->next == HTTP_ANSWERED) {
        body->size += size;
        return body->size > HTTP_DRAIN_MAX ? MHD_NO : MHD_YES;
    }
    http_body_feed(body, data, size);
    if (body->status != 0 && body->size > body->max + HTTP_DRAIN_MAX) {
        /* an answer cannot be queued here, and the end may never come */
        return MHD_NO;
    }
    http_conn_until(request->conn,
                    request->started_us + seconds_for(request, body->size) * G_USEC_PER_SEC);
    return MHD_YES;
}

static enum MHD_Result on_whole(struct http_request *request)
{
    const struct http_hooks *hooks = &request->server->hooks;
    enum http_next next = request->next;

    http_conn_allow(request->conn, -1);
    if (next == HTTP_ANSWERED) {
        return send_answer(request);
    }
    if (request->found.has_body) {
        http_body_finish(&request->body, http_request_type(request));
    }
    if (request->body.status != 0) {
        atomic_fetch_add(&counts_of(request)->door, 1);
        fill_error(request, request->body.status);
        return send_answer(request);
    }
    if (hooks->quick != NULL) {
        next = hooks->quick(request, &request->response, hooks->data);
    }
    if (next == HTTP_ANSWERED) {
        return send_answer(request);
    }
    return to_worker(request, request->server->pools[next == HTTP_WORK_SLOW]);
}

enum MHD_Result http_talk(void *io, struct MHD_Connection *connection, const char *url,
                          const char *method, const char *version, const char *data, size_t *size,
                          void **context)
{
    struct http_request *request = *context;

    (void)io;
    (void)connection;
    (void)url;
    if (request == NULL) {
        return MHD_NO;
    }
    switch (request->stage) {
    case HTTP_STAGE_HEADER:
        return on_header(request, method, version);
    case HTTP_STAGE_BODY:
        if (*size > 0) {
            size_t len = *size;
            *size = 0;
            return on_bytes(request, data, len);
        }
        return on_whole(request);
    case HTTP_STAGE_ANSWERED:
        return send_answer(request);
    case HTTP_STAGE_WORKING: /* a suspended connection is not called */
    case HTTP_STAGE_NONE:
        break;
    }
    return MHD_NO;
}

/* ---- the end ---- */

static void count_latency(struct http_counts *counts, int64_t us)
{
    int bucket = 0;

    while (bucket < HTTP_LATENCY_BUCKETS - 1 && us >= (INT64_C(1) << bucket)) {
        bucket++;
    }
    atomic_fetch_add_explicit(&counts->latency[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&counts->latency_sum_us, (uint64_t)us, memory_order_relaxed);
}

void http_talk_completed(void *data, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode how)
{
    struct http_request *request = *context;
    struct http_server *server = ((struct http_io *)data)->server;

    (void)connection;
    (void)how;
    if (request == NULL) {
        return;
    }
    *context = NULL;
    http_watch_forget(request->conn);
    if (request->is_sent) {
        bool is_stream = request->response.kind == HTTP_BODY_STREAM;
        atomic_fetch_add_explicit(&server->counts.requests[request->response.status / 100], 1,
                                  memory_order_relaxed);
        atomic_fetch_add_explicit(&server->counts.bytes_out, request->sent, memory_order_relaxed);
        if (!is_stream) {
            count_latency(&server->counts, g_get_monotonic_time() - request->started_us);
        }
    }
    http_conn_allow(request->conn, server->options.idle_seconds);
    if (request->is_counted && atomic_fetch_sub(&server->counts.in_flight, 1) == 1
        && atomic_load(&server->is_draining)) {
        g_mutex_lock(&server->lock);
        g_cond_broadcast(&server->changed);
        g_mutex_unlock(&server->lock);
    }
    http_request_free(request);
}
