/* Name and value pairs as queries, forms and cookies carry them: in order, names may repeat.
 * Pure, fuzzed. */
#ifndef LIGATURE_NET_HTTP_PARAMS_H
#define LIGATURE_NET_HTTP_PARAMS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct http_param {
    const char *name;
    const char *value;              /* never NULL, NUL-terminated */
    size_t value_len;
};
/* Zero initialised is empty. */
struct http_params {
    int n;
    const struct http_param *items;
    GArray *array;                  /* owned; items points into it */
    GPtrArray *texts;               /* owned blocks the strings lie in */
};

#define HTTP_PARAMS_MAX 10000       /* more pairs than this are refused */

void http_params_clear(struct http_params *params);
/* First value of that name; NULL when there is none. Names match exactly. */
const char *http_params_get(const struct http_params *params, const char *name);
/* Copies. */
void http_params_add(struct http_params *params, const char *name, const char *value,
                     size_t value_len);

/* application/x-www-form-urlencoded: "a=1&b=two+words&c=%E2%9C%93". A name without '=' has the
 * value "". Empty pieces are skipped; a '%' not followed by two hex digits stands for itself.
 * Adds to params. Refuses (http.bad_parameters) NUL, what is not UTF-8, and more than
 * HTTP_PARAMS_MAX pairs. */
bool http_params_parse(struct http_params *params, const char *text, size_t len, GError **error);

/* Cookie header (RFC 6265 4.2.1, read kindly): "a=1; b=2". Quotes around a value come off; a
 * piece without '=' and pieces with control characters are skipped. Adds to params. */
void http_params_parse_cookies(struct http_params *params, const char *header);

/* The other way: appends "name=value" percent-encoded, with '&' before it unless out is empty or
 * ends with '?' or '&'. */
void http_params_write(GString *out, const char *name, const char *value);

/* Decodes %XX (and '+' when is_form) of text[0..len). New string; NULL when it has NUL or is not
 * UTF-8. */
char *http_decode(const char *text, size_t len, bool is_form);
/* Percent-encodes all but unreserved characters (RFC 3986 2.3); '/' stays when keeps_slash. New
 * string. */
char *http_encode(const char *text, bool keeps_slash);

#endif
