/* What a request must fulfil before anybody looks at it. Pure, so that tests reach every case. */
#ifndef LIGATURE_NET_HTTP_CHECK_H
#define LIGATURE_NET_HTTP_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#define HTTP_HEADERS_MAX 100

struct http_line { const char *name; const char *value; };

struct http_head {
    const char *method;
    const char *version;            /* "HTTP/1.1" */
    const char *target;             /* as sent */
    const struct http_line *lines;
    int n_lines;
};

/* What the checks found on the way. */
struct http_found {
    const char *host;               /* NULL: none (HTTP/1.0) */
    /* inside target: begins with '/', or "/" for "*" and a bare authority */
    const char *path;
    size_t path_len;
    const char *query;              /* inside target after '?', or "" */
    bool has_body;
    bool is_chunked;
    unsigned long long length;      /* Content-Length, 0 when chunked or none */
    bool expects_continue;
};

/* 0 when all is well, else the status to answer with: 400, 417, 431, 501, 505. Host is checked
 * for form and number, whether it is ours is for http_hosts_has. */
int http_check(const struct http_head *head, struct http_found *found_out);

/* The raw bytes of a head as libmicrohttpd 0.9.75 leaves them: line ends, the colon and the two
 * blanks of the request line replaced by NUL. True when every piece lies where one blank, one
 * colon and CRLF put it: then there was no folded line, no bare LF, no NUL inside a value, no
 * blank before a colon and no second blank in the request line; none of which shows in the
 * pieces themselves. target_at: where the target lay, for head->target is a copy. head_len: from
 * the method to the end of the empty line. */
bool http_layout_is_exact(const struct http_head *head, const char *target_at, size_t head_len);

#endif
