/* One HTTP request and its answer, as handlers see them. http_server.h starts the server,
 * http_router.h finds the route, http_stream.h is for answers that go on (server-sent events).
 *
 * What a handler may rely on: the request was checked at the door (one Host of ours, one length,
 * header within its limit, path and parameters valid UTF-8 without NUL), its body has arrived
 * whole, and every string given out is borrowed and lives until the answer is sent. Names of
 * headers match in any case. A request and its answer belong to one thread at a time. */
#ifndef LIGATURE_NET_HTTP_H
#define LIGATURE_NET_HTTP_H

#include "net/http_params.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_request;
struct http_response;
struct http_stream;                 /* net/http_stream.h */

/* ---- request: line and header ---- */

/* as sent: "GET", "PROPFIND" */
const char *http_request_method(const struct http_request *request);
bool http_request_is(const struct http_request *request, const char *method);
/* Percent-decoded, dot segments and doubled slashes removed, begins with '/'. An encoded slash
 * reads as a slash here; the router works on the raw path and keeps it inside its variable. */
const char *http_request_path(const struct http_request *request);
/* as sent but normalised; never NULL */
const char *http_request_raw_path(const struct http_request *request);
/* after '?'; "" when none */
const char *http_request_raw_query(const struct http_request *request);
/* raw path plus "?query": where the reader is. */
const char *http_request_target(const struct http_request *request);
/* first of that name, NULL: none */
const char *http_request_header(const struct http_request *request, const char *name);
int http_request_n_headers(const struct http_request *request);
void http_request_header_at(const struct http_request *request, int at, const char **name_out,
                            const char **value_out);
/* first of that name, NULL: none */
const char *http_request_cookie(const struct http_request *request, const char *name);
/* "example.org:8470", "" for HTTP/1.0 without */
const char *http_request_host(const struct http_request *request);
/* "application/json" in lower case, no parameters; "" */
const char *http_request_type(const struct http_request *request);
/* Accept-Encoding, q=0 seen */
bool http_request_takes_encoding(const struct http_request *request, const char *encoding);
/* Accept names it exactly, q > 0 */
bool http_request_takes_type(const struct http_request *request, const char *type);

/* ---- request: parameters and body ---- */

/* first value; NULL: absent */
const char *http_request_query(const struct http_request *request, const char *name);
/* of either form encoding */
const char *http_request_form(const struct http_request *request, const char *name);
/* in order, never NULL */
const struct http_params *http_request_query_all(const struct http_request *request);
/* in order, never NULL, no files */
const struct http_params *http_request_form_all(const struct http_request *request);

/* A file of a multipart form, on disk in the server's upload folder; deleted with the request
 * unless kept. */
struct http_file {
    const char *field;              /* name of the form field */
    /* the sender's file name, last part only; "" when none was given */
    const char *name;
    const char *type;               /* the sender's word, lower case; "" */
    const char *path;               /* where it lies */
    uint64_t size;
};
const struct http_file *http_request_files(const struct http_request *request, int *n_out);
/* The file outlives the request: returns its path (new string, the caller unlinks). */
char *http_request_keep_file(struct http_request *request, int at);

/* Body as it came, for anything but multipart. NULL when it lies on disk (above the memory
 * limit, uploads only). There is a NUL after the last byte. */
const char *http_request_body(const struct http_request *request, size_t *len_out);
uint64_t http_request_body_size(const struct http_request *request);
/* NULL when it is in memory */
const char *http_request_body_path(const struct http_request *request);

/* From admit only: this request may send a body of up to max bytes, spooled to disk. */
void http_request_allow_upload(struct http_request *request, uint64_t max);

/* ---- request: who and from where ---- */

/* "203.0.113.7", "2001:db8::7"; "" unknown */
const char *http_request_remote(const struct http_request *request);
/* From this machine by a loopback name, and not through a proxy (no Forwarded, X-Forwarded-For
 * or Via). */
bool http_request_is_loopback(const struct http_request *request);
/* own TLS, or a trusted proxy says so */
bool http_request_is_https(const struct http_request *request);
/* Origin; NULL: absent */
const char *http_request_origin(const struct http_request *request);
enum http_site {
    HTTP_SITE_UNKNOWN,
    HTTP_SITE_NONE,
    HTTP_SITE_SAME_ORIGIN,
    HTTP_SITE_SAME_SITE,
    HTTP_SITE_CROSS
};
/* Sec-Fetch-Site; UNKNOWN: not sent */
enum http_site http_request_site(const struct http_request *request);
/* A page of another origin did not make the browser send this: Sec-Fetch-Site is same-origin or
 * none; where that is absent, Origin is absent or ours. Old browsers may send neither:
 * state-changing forms need a token besides. */
bool http_request_is_same_origin(const struct http_request *request);
/* Last-Event-ID, or query last-event-id; NULL */
const char *http_request_last_event_id(const struct http_request *request);

/* ---- request: what handlers attach ---- */

/* One pointer, freed with the request. A second call frees the first. */
void http_request_attach(struct http_request *request, void *data, GDestroyNotify free_data);
void *http_request_attached(const struct http_request *request);
/* What hooks.worker_start returned for the thread this runs on; NULL on an I/O thread. */
void *http_request_worker(const struct http_request *request);
/* g_get_monotonic_time when the header was there */
int64_t http_request_started_us(const struct http_request *request);

/* ---- answer ---- */

/* An answer begins as 200 without body. The last body set wins. Header names and values are
 * checked: one with a control character is left out (and counted, http_metrics.bad_headers). The
 * server adds Date, length, Connection and its own security headers; a header set here replaces
 * the security header of that name. HEAD needs no care. */
void http_response_set_status(struct http_response *response, int status);
int http_response_status(const struct http_response *response);
/* NULL value: removes */
void http_response_set_header(struct http_response *response, const char *name, const char *value);
void http_response_add_header(struct http_response *response, const char *name, const char *value);
const char *http_response_header(const struct http_response *response, const char *name);
void http_response_set_type(struct http_response *response, const char *type);
/* owned, g_free */
void http_response_take(struct http_response *response, char *bytes, size_t len);
/* owned */
void http_response_take_string(struct http_response *response, GString *text);
/* lives as long as the server */
void http_response_borrow(struct http_response *response, const void *bytes, size_t len);
void http_response_copy(struct http_response *response, const void *bytes, size_t len);
/* takes a reference of its own */
void http_response_bytes(struct http_response *response, GBytes *bytes);
/* The rest of an open file from offset 0, length len; takes the descriptor. */
void http_response_take_fd(struct http_response *response, int fd, uint64_t len);
/* takes a reference of its own */
void http_response_stream(struct http_response *response, struct http_stream *stream);

/* Whole answers. Text is text/plain, UTF-8. */
void http_response_text(struct http_response *response, int status, const char *format,
                        ...) G_GNUC_PRINTF(3, 4);
/* owned, g_free */
void http_response_json(struct http_response *response, int status, char *json);
/* 303 after a form */
void http_response_redirect(struct http_response *response, int status, const char *location);
/* A plain, kind sentence for an error status, by the error hook where there is one. */
void http_response_error(struct http_response *response, const struct http_request *request,
                         int status);

struct http_cookie {
    const char *name;
    const char *value;              /* visible ASCII without '"', ',', ';', '\\' */
    const char *path;               /* NULL: "/" */
    int64_t max_age;                /* seconds; 0: until the browser closes; < 0: delete */
    bool is_secure;
    bool is_readable;               /* by script; left false: HttpOnly */
    bool is_strict;                 /* SameSite=Strict; left false: Lax */
};
void http_response_set_cookie(struct http_response *response, const struct http_cookie *cookie);

/* Sets ETag (`etag` without quotes; weak adds W/). True when If-None-Match has it: the answer is
 * then 304 and the handler is done; a body set before is not sent but gives the length. Only for
 * GET and HEAD. */
bool http_response_etag(struct http_response *response, const struct http_request *request,
                        const char *etag, bool is_weak);

/* A file of the program itself, with its precompressed forms. */
struct http_asset {
    const char *type;               /* with charset */
    const char *etag;               /* digest of the plain bytes */
    struct http_blob { const void *bytes; size_t len; } plain, gzip, br;    /* absent: len 0 */
    bool is_immutable;              /* its path holds the digest: cached for a year */
};
/* Picks the form the reader takes (br, gzip, plain), sets type, ETag, Vary, Cache-Control;
 * answers 304. */
void http_response_asset(struct http_response *response, const struct http_request *request,
                         const struct http_asset *asset);

#endif
