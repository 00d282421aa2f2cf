/* The HTTP server: listens, checks every request at the door, and lets handlers answer.
 *
 *     admit  (I/O thread, header is there, no body)  may answer (404, 401) or allow an upload
 *     quick  (I/O thread, body is there)             answers what is at hand, else names a pool
 *     work   (worker thread of that pool)            answers; meanwhile the connection is suspended
 *
 * I/O threads never wait: quick and admit must not touch the store. A full pool answers 503 with
 * Retry-After. Nothing here is global; several servers may run in one process. Over GNU
 * libmicrohttpd, which parses and writes; sockets are accepted and watched here. What 0.9.75
 * lets through and we refuse is listed in http_check.c. */
#ifndef LIGATURE_NET_HTTP_SERVER_H
#define LIGATURE_NET_HTTP_SERVER_H

#include "net/http.h"

struct http_server;

enum http_next {
    HTTP_NEXT_NONE,
    HTTP_ANSWERED,                  /* the response is filled */
    HTTP_WORK,                      /* to the pool of workers; from admit: go on */
    HTTP_WORK_SLOW,                 /* to the small pool of slow work (password hashing) */
};

struct http_hooks {
    /* NULL: go on */
    enum http_next (*admit)(struct http_request *request, struct http_response *response,
                    void *data);
    /* NULL: HTTP_WORK */
    enum http_next (*quick)(struct http_request *request, struct http_response *response,
                    void *data);
    void (*work)(struct http_request *request, struct http_response *response, void *data);
    /* Fills the body of an answer that the server makes itself (400, 404, 413, 421, 431,
     * 503...) or a handler asks for (http_response_error), on any thread; status, and the
     * headers that belong to it, are set. request may be half read. NULL: plain text. */
    void (*error_page)(const struct http_request *request, struct http_response *response,
          void *data);
    /* Per worker thread: a database connection and the like; http_request_worker(). NULL: none. */
    void *(*worker_start)(void *data);
    void (*worker_stop)(void *worker, void *data);
    void *data;                     /* borrowed, given to all of the above */
};

struct http_header { const char *name; const char *value; };

/* Zero means the default in brackets. */
struct http_options {
    /* "127.0.0.1:8470", "[::1]:8470", "localhost:0", ":8470" all addresses ["127.0.0.1:8470"] */
    const char *listen;
    /* a bound, listening socket instead, which is taken over; <= 0: none */
    int listen_fd;
    /* more names this server answers to: "example.org" (any port), "example.org:8443";
     * NULL-terminated */
    const char *const *hosts;
    /* on every answer (security headers); borrowed for good */
    const struct http_header *headers; int n_headers;
    /* X-Forwarded-For and -Proto of a peer on this machine are believed */
    bool trusts_proxy;
    const char *tls_certificate;    /* PEM texts; both or none */
    const char *tls_key;
    const char *upload_dir;         /* [g_get_tmp_dir()] */
    size_t header_max;              /* [16 KiB] beyond: 431 */
    /* [1 MiB] kept in memory; beyond: 413 unless admit allows an upload */
    size_t body_max;
    /* [60] from the end of an answer to the end of the next header */
    int idle_seconds;
    int header_seconds;             /* [30] from accept to the end of the first header */
    /* [30] for a body, plus one second for every 16 KiB received; the same for sending */
    int body_seconds;
    int connections;                /* [12000] */
    int connections_per_address;    /* [0: no limit] loopback is exempt */
    int io_threads;                 /* [1] */
    int workers;                    /* [4] */
    int queue;                      /* [256] requests waiting for a worker */
    int slow_workers;               /* [2] */
    int slow_queue;                 /* [64] */
    int heartbeat_seconds;          /* [15] comment lines of idle streams */
};

/* NULL and *error (http.address_in_use, http.address, http.start) when it cannot listen. options
 * and hooks are copied, what they point at (but headers and data) too. Raises the limit of open
 * files to the hard limit. SIGPIPE is left to the caller. */
struct http_server *http_server_start(const struct http_options *options,
                                      const struct http_hooks *hooks, GError **error);

/* Stops listening, ends streams, lets what runs finish, at most `seconds`; then closes every
 * connection, joins the threads and frees. False when something still ran then: it was left
 * behind and the process should end. NULL does nothing. */
bool http_server_stop(struct http_server *server, int seconds);

int http_server_port(const struct http_server *server);
/* "http://127.0.0.1:8470", borrowed */
const char *http_server_url(const struct http_server *server);

/* ---- figures ---- */

/* bucket i: below 2^i microseconds; the last one: all the rest */
#define HTTP_LATENCY_BUCKETS 24

struct http_metrics {
    uint64_t requests[6];           /* by first digit of the status */
    uint64_t refused_at_door;       /* answered 4xx by the checks of the server itself */
    uint64_t refused_busy;          /* 503: queue full */
    uint64_t refused_connections;   /* over a limit of connections */
    uint64_t cut;                   /* connections that took too long */
    uint64_t bytes_in;              /* bodies */
    uint64_t bytes_out;             /* bodies */
    uint64_t bad_headers;
    uint64_t latency[HTTP_LATENCY_BUCKETS];     /* header complete to answer written */
    uint64_t latency_sum_us;
    int connections;                /* now */
    int in_flight;                  /* requests now */
    int queued;                     /* waiting for a worker now */
    int working;
    int streams;
};
void http_server_metrics(const struct http_server *server, struct http_metrics *metrics_out);

#endif
