/* Which route answers a method and a path. Routes are rows; the router is built once, then read
 * by every thread.
 *
 * Pattern: "/people/:id/edit"; ":name" is one segment and not empty, "*name" as the last segment
 * is the rest of the path (may be empty). Where several fit, the longest literal beginning wins:
 * at each segment a literal goes before ":", ":" before "*". A trailing slash counts: "/people/"
 * is another path than "/people". */
#ifndef LIGATURE_NET_HTTP_ROUTER_H
#define LIGATURE_NET_HTTP_ROUTER_H

#include <glib.h>
#include <stdbool.h>

struct http_route {
    const char *method;             /* "GET" answers HEAD too; NULL: any method */
    const char *pattern;
    unsigned flags;                 /* the caller's */
    const void *target;             /* the caller's */
};

#define HTTP_VARS_MAX 8

struct http_match {
    const struct http_route *route; /* NULL: none */
    int n_vars;
    struct { const char *name; const char *value; } vars[HTTP_VARS_MAX];    /* decoded */
    /* owned; set when the path is known but not for this method: value for Allow */
    char *allow;
    char *text;                     /* owned: the values */
};

struct http_router;

/* Takes more rows in; they must outlive the router. Refused: a malformed pattern
 * (http.bad_route), and two rows with the same method whose patterns match the same paths
 * (http.duplicate_route; the message names both). */
struct http_router *http_router_new(void);
void http_router_free(struct http_router *router);
typedef struct http_router http_router;         /* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(http_router, http_router_free)
bool http_router_add(struct http_router *router, const struct http_route *route, GError **error);
bool http_router_add_all(struct http_router *router, const struct http_route *routes, int n,
                         GError **error);

/* raw_path is http_request_raw_path. True: match_out->route and variables. False: 404, or 405
 * when match_out->allow is set (OPTIONS on a known path: answer 204 with allow). match_out is
 * always to be cleared. */
bool http_router_find(const struct http_router *router, const char *method, const char *raw_path,
                      struct http_match *match_out);
/* NULL: no such variable */
const char *http_match_var(const struct http_match *match, const char *name);
void http_match_clear(struct http_match *match);

#endif
