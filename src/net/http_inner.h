/* Shared inside net/http_*.c only: the shape of a request, an answer, a connection and the
 * server.
 *
 * Threads: a request belongs to its I/O thread, but while `stage` is HTTP_STAGE_WORKING to one
 * worker. `connection` is valid from the first callback to on_completed; other threads use it
 * only to resume a suspended one. */
#ifndef LIGATURE_NET_HTTP_INNER_H
#define LIGATURE_NET_HTTP_INNER_H

#include "net/http_body.h"
#include "net/http_check.h"
#include "net/http_host.h"
#include "net/http_server.h"
#include "net/http_stream.h"

#include <microhttpd.h>
#include <stdatomic.h>

struct http_io;
struct http_pool;

#define HTTP_BYTES_PER_SECOND 16384         /* slower than this, bodies are cut */
/* of a body nobody wants, so that the refusal is still read */
#define HTTP_DRAIN_MAX (1024 * 1024)
#define HTTP_POOLS 2

/* ---- answer ---- */

enum http_body_kind {
    HTTP_BODY_NONE,
    HTTP_BODY_OWNED,
    HTTP_BODY_BORROWED,
    HTTP_BODY_BYTES,
    HTTP_BODY_FD,
    HTTP_BODY_STREAM
};

struct http_field { char *name; char *value; };     /* owned */

struct http_response {
    int status;
    enum http_body_kind kind;
    const void *data;               /* owned when HTTP_BODY_OWNED */
    uint64_t len;
    GBytes *bytes;
    int fd;
    struct http_stream *stream;
    int n_fields;
    int n_room;
    struct http_field *fields;
    int n_bad;                      /* headers left out */
};
void http_response_init(struct http_response *response);
void http_response_clear(struct http_response *response);
/* For libmicrohttpd, with the server's headers; the body moves over. connection: for streams. */
struct MHD_Response *http_response_build(struct http_response *response,
                                         struct http_request *request);

/* ---- request ---- */

enum http_stage {
    HTTP_STAGE_NONE,
    HTTP_STAGE_HEADER,
    HTTP_STAGE_BODY,
    HTTP_STAGE_WORKING,
    HTTP_STAGE_ANSWERED
};

struct http_conn;
struct http_request {
    struct http_server *server;
    struct http_conn *conn;
    struct MHD_Connection *connection;
    enum http_stage stage;
    /* HTTP_ANSWERED: response is filled, the body is only drained */
    enum http_next next;
    bool is_counted;                /* in flight */
    const char *method;             /* libmicrohttpd's memory, as the lines are */
    const char *target_at;
    char *target;                   /* owned copy */
    struct http_line lines[HTTP_HEADERS_MAX];
    int n_lines;
    struct http_found found;
    char *raw_path;                 /* owned from here on */
    char *path;
    char *place;                    /* raw path and query */
    char *type;
    char *remote;
    GPtrArray *texts;               /* trimmed values; NULL: none */
    struct http_params query;
    struct http_params cookies;
    struct http_body body;
    struct http_response response;
    struct MHD_Response *built;     /* made by the worker */
    void *attached;
    GDestroyNotify free_attached;
    void *worker;
    int64_t started_us;
    uint64_t sent;                  /* length of the answer's body */
    bool is_sent;                   /* an answer was given to libmicrohttpd */
};
struct http_request *http_request_new(struct http_server *server, struct http_conn *conn,
                                      struct MHD_Connection *connection,
                                      const char *target);
void http_request_free(struct http_request *request);
/* Reads and checks line and header. 0, or the status of the refusal. */
int http_request_open(struct http_request *request, const char *method, const char *version);

/* ---- connection ---- */

struct http_conn {
    struct http_io *io;
    struct http_conn *prev;
    struct http_conn *next;
    int fd;
    bool is_local;                  /* peer on the loopback interface */
    char remote[46];
    _Atomic int64_t deadline_us;    /* of g_get_monotonic_time; INT64_MAX: none */
    _Atomic int64_t stream_id;      /* 0: no stream */
};

struct http_io {
    struct http_server *server;
    struct MHD_Daemon *daemon;
    GMutex lock;                    /* of the list; also holds a conn's descriptor open */
    struct http_conn *conns;
    _Atomic int n;
};

/* ---- streams ---- */

/* The reader's end. connection is kept only by the reader, which dies with the answer inside
 * that connection. */
struct MHD_Response *http_stream_answer(struct http_stream *stream, struct http_request *request);
/* a comment line when idle */
void http_stream_tick(struct http_stream *stream, int64_t now_us, int64_t heartbeat_us);
void http_stream_gone(struct http_stream *stream);          /* the peer closed its end */
/* closed for long, but not read off */
bool http_stream_is_stuck(struct http_stream *stream, int64_t now_us);

/* ---- server ---- */

struct http_counts {
    _Atomic uint64_t requests[6];
    _Atomic uint64_t door;
    _Atomic uint64_t busy;
    _Atomic uint64_t connections_refused;
    _Atomic uint64_t cut;
    _Atomic uint64_t bytes_in;
    _Atomic uint64_t bytes_out;
    _Atomic uint64_t bad_headers;
    _Atomic uint64_t latency[HTTP_LATENCY_BUCKETS];
    _Atomic uint64_t latency_sum_us;
    _Atomic int connections;
    _Atomic int in_flight;
    _Atomic int streams;
};

struct http_server {
    struct http_options options;    /* defaults filled in; texts below */
    struct http_hooks hooks;
    char *upload_dir;
    struct http_hosts *hosts;
    struct http_header *headers;
    char *url;
    int port;
    int listen_fd;
    struct http_io *ios;
    struct http_pool *pools[HTTP_POOLS];
    struct http_counts counts;
    _Atomic bool is_draining;       /* not listening any more */
    _Atomic bool is_over;           /* the watch ends */
    GMutex lock;                    /* of the three below and of waiting */
    GCond changed;                  /* in_flight fell while draining */
    GHashTable *streams;            /* id -> struct http_watched */
    GHashTable *addresses;          /* text -> count; only with a limit per address */
    int64_t last_stream_id;
    GThread *watch;                 /* accepts, keeps time, sees readers of streams go */
    bool is_full;                   /* the watch's: no descriptor was free for a connection */
    int watch_epoll;
    int watch_event;                /* eventfd: look again */
};

/* http_talk.c: the callbacks of libmicrohttpd */
void *http_talk_target(void *io, const char *target, struct MHD_Connection *connection);
enum MHD_Result http_talk(void *io, struct MHD_Connection *connection, const char *url,
                          const char *method, const char *version,
                          const char *data, size_t *size, void **context);
void http_talk_completed(void *io, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode how);
void http_talk_done(struct http_request *request);      /* a worker is done */
void http_talk_turn_away(struct http_request *request); /* 503 instead of a worker */

#endif
