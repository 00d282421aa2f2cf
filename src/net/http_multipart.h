/* multipart/form-data (RFC 7578), read as it arrives, in bounded memory. Pure, fuzzed. */
#ifndef LIGATURE_NET_HTTP_MULTIPART_H
#define LIGATURE_NET_HTTP_MULTIPART_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct http_multipart;

#define HTTP_PARTS_MAX 2000                 /* parts of one form */
#define HTTP_PART_HEADER_MAX 8192           /* bytes of one part's header */

/* Whoever takes the parts; a false return (with *error set) stops the parser. Strings are valid
 * UTF-8, borrowed for the call. */
struct http_multipart_sink {
    /* file_name is NULL for a plain field; it is the last part of what the sender gave, without
     * control characters. type: lower case, "". */
    bool (*begin)(void *data, const char *name, const char *file_name, const char *type,
          GError **error);
    bool (*bytes)(void *data, const char *bytes, size_t len, GError **error);
    bool (*end)(void *data, GError **error);
    void *data;
};

/* content_type: the whole header value. NULL and http.bad_form when it has no good boundary. */
struct http_multipart *http_multipart_new(const char *content_type,
                                          const struct http_multipart_sink *sink, GError **error);
void http_multipart_free(struct http_multipart *multipart);
/* False on a malformed form (http.bad_form) or what the sink refused; not to be fed again. */
bool http_multipart_feed(struct http_multipart *multipart, const char *bytes, size_t len,
                         GError **error);
/* Refuses a form that was cut off. */
bool http_multipart_finish(struct http_multipart *multipart, GError **error);

/* A parameter of a header value: header_param("form-data; name=\"a\"", "name") -> "a". Quotes
 * and \" undone. New string or NULL. */
char *http_header_param(const char *value, const char *name);

#endif
