/* A tree of path segments. At each node a literal edge is tried before ":" before "*", and the
 * search comes back when a branch has no route for the method, so that "GET /people/new" and
 * "POST /people/:id" can live together. Depth is that of the longest pattern, never that of the
 * path asked for. Built once, then only read. */
#include "net/http_router.h"

#include "base/error.h"
#include "net/http_params.h"

#include <string.h>

struct entry {
    const struct http_route *route; /* borrowed */
    int n_vars;
    const char *names[HTTP_VARS_MAX]; /* in the router's chunk */
};

struct node {
    /* segment text in the router's chunk -> struct node, owned; NULL: none */
    GHashTable *literals;
    struct node *variable; /* owned */
    struct node *rest;     /* owned */
    GArray *entries;       /* struct entry; NULL: no route ends here */
};

struct http_router {
    struct node *root;
    GStringChunk *texts;
};

static void node_free(struct node *node)
{
    if (node == NULL) {
        return;
    }
    g_clear_pointer(&node->literals, g_hash_table_unref);
    node_free(node->variable);
    node_free(node->rest);
    g_clear_pointer(&node->entries, g_array_unref);
    g_free(node);
}

struct http_router *http_router_new(void)
{
    struct http_router *router = g_new0(struct http_router, 1);

    router->root = g_new0(struct node, 1);
    router->texts = g_string_chunk_new(1024);
    return router;
}

void http_router_free(struct http_router *router)
{
    if (router == NULL) {
        return;
    }
    node_free(router->root);
    g_string_chunk_free(router->texts);
    g_free(router);
}

/* ---- building ---- */

static struct node *child_literal(struct http_router *router, struct node *node,
                                  const char *segment)
{
    struct node *child;

    if (node->literals == NULL) {
        node->literals =
            g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)node_free);
    }
    child = g_hash_table_lookup(node->literals, segment);
    if (child == NULL) {
        child = g_new0(struct node, 1);
        g_hash_table_insert(node->literals, g_string_chunk_insert_const(router->texts, segment),
                            child);
    }
    return child;
}

static struct node *child_in(struct node **place)
{
    if (*place == NULL) {
        *place = g_new0(struct node, 1);
    }
    return *place;
}

static bool is_name(const char *text)
{
    if (*text == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (!g_ascii_isalnum(*text) && *text != '_') {
            return false;
        }
    }
    return true;
}

static const char *method_text(const struct http_route *route)
{
    return route->method == NULL ? "any method" : route->method;
}

/* Finds or makes the node a pattern ends at, and notes its variables. */
static struct node *node_of(struct http_router *router, const struct http_route *route,
                            struct entry *entry, GError **error)
{
    g_auto(GStrv) segments = NULL;
    struct node *node = router->root;

    if (route->pattern == NULL || route->pattern[0] != '/') {
        refuse(error, "http.bad_route", "The route \"%s\" does not begin with a slash.",
               route->pattern == NULL ? "" : route->pattern);
        return NULL;
    }
    segments = g_strsplit(route->pattern + 1, "/", -1);
    if (segments[0] == NULL) {
        return child_literal(router, node, ""); /* "/" */
    }
    for (int i = 0; segments[i] != NULL; i++) {
        const char *segment = segments[i];
        bool is_rest = segment[0] == '*';
        if (segment[0] != ':' && !is_rest) {
            if (segment[0] == '\0' && segments[i + 1] != NULL) {
                refuse(error, "http.bad_route", "The route \"%s\" has an empty segment.",
                       route->pattern);
                return NULL;
            }
            node = child_literal(router, node, segment);
            continue;
        }
        if (!is_name(segment + 1) || entry->n_vars == HTTP_VARS_MAX
            || (is_rest && segments[i + 1] != NULL)) {
            refuse(error, "http.bad_route", "The route \"%s\" has a malformed variable.",
                   route->pattern);
            return NULL;
        }
        entry->names[entry->n_vars++] = g_string_chunk_insert_const(router->texts, segment + 1);
        node = child_in(is_rest ? &node->rest : &node->variable);
    }
    return node;
}

bool http_router_add(struct http_router *router, const struct http_route *route, GError **error)
{
    struct entry entry = {.route = route};
    struct node *node = node_of(router, route, &entry, error);

    if (node == NULL) {
        return false;
    }
    if (node->entries == NULL) {
        node->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    }
    for (guint i = 0; i < node->entries->len; i++) {
        const struct http_route *other = g_array_index(node->entries, struct entry, i).route;
        if (g_strcmp0(other->method, route->method) == 0) {
            return refuse(error, "http.duplicate_route",
                          "Two routes answer the same requests: %s %s and %s %s.",
                          method_text(other), other->pattern, method_text(route), route->pattern);
        }
    }
    g_array_append_val(node->entries, entry);
    return true;
}

bool http_router_add_all(struct http_router *router, const struct http_route *routes, int n,
                         GError **error)
{
    for (int i = 0; i < n; i++) {
        if (!http_router_add(router, &routes[i], error)) {
            return false;
        }
    }
    return true;
}

/* ---- finding ---- */

struct search {
    const char *method;
    const struct entry *found;
    struct {
        const char *from;
        size_t len;
    } values[HTTP_VARS_MAX]; /* raw */
    GPtrArray *allowed;      /* methods of nodes that fit the path; borrowed texts */
};

static const struct entry *entry_for(const struct node *node, const char *method)
{
    const struct entry *any = NULL;
    const struct entry *get = NULL;

    for (guint i = 0; i < node->entries->len; i++) {
        const struct entry *entry = &g_array_index(node->entries, struct entry, i);
        if (entry->route->method == NULL) {
            any = entry;
        } else if (strcmp(entry->route->method, method) == 0) {
            return entry;
        } else if (strcmp(entry->route->method, "GET") == 0 && strcmp(method, "HEAD") == 0) {
            get = entry;
        }
    }
    return get != NULL ? get : any;
}

/* The path ends at node. */
static bool arrive(struct search *search, const struct node *node)
{
    if (node == NULL || node->entries == NULL) {
        return false;
    }
    search->found = entry_for(node, search->method);
    if (search->found != NULL) {
        return true;
    }
    for (guint i = 0; i < node->entries->len; i++) {
        g_ptr_array_add(search->allowed,
                        (gpointer)g_array_index(node->entries, struct entry, i).route->method);
    }
    return false;
}

static const struct node *literal_of(const struct node *node, const char *segment, size_t len)
{
    char small[256];
    g_autofree char *decoded = NULL;

    if (node->literals == NULL) {
        return NULL;
    }
    if (memchr(segment, '%', len) != NULL) {
        decoded = http_decode(segment, len, false);
        return decoded == NULL ? NULL : g_hash_table_lookup(node->literals, decoded);
    }
    if (len >= sizeof(small)) {
        return NULL;
    }
    memcpy(small, segment, len);
    small[len] = '\0';
    return g_hash_table_lookup(node->literals, small);
}

/* segment is what follows a slash. */
static bool descend(struct search *search, const struct node *node, const char *segment, int n_vars)
{
    size_t len = strcspn(segment, "/");
    bool is_last = segment[len] == '\0';
    const struct node *child = literal_of(node, segment, len);

    if (child != NULL
        && (is_last ? arrive(search, child) : descend(search, child, segment + len + 1, n_vars))) {
        return true;
    }
    child = node->variable;
    if (child != NULL && len > 0) {
        search->values[n_vars].from = segment;
        search->values[n_vars].len = len;
        if (is_last ? arrive(search, child)
                    : descend(search, child, segment + len + 1, n_vars + 1)) {
            return true;
        }
    }
    if (node->rest != NULL) {
        search->values[n_vars].from = segment;
        search->values[n_vars].len = strlen(segment);
        return arrive(search, node->rest);
    }
    return false;
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "GET, HEAD, OPTIONS, POST" of the methods found. New string. */
static char *allow_text(GPtrArray *allowed)
{
    GString *out = g_string_new(NULL);
    const char *last = "";

    for (guint i = 0, n = allowed->len; i < n; i++) {
        if (strcmp(g_ptr_array_index(allowed, i), "GET") == 0) {
            g_ptr_array_add(allowed, (gpointer) "HEAD");
        }
    }
    g_ptr_array_add(allowed, (gpointer) "OPTIONS");
    g_ptr_array_sort(allowed, compare_text);
    for (guint i = 0; i < allowed->len; i++) {
        const char *method = g_ptr_array_index(allowed, i);
        if (strcmp(method, last) != 0) {
            g_string_append_printf(out, "%s%s", out->len == 0 ? "" : ", ", method);
        }
        last = method;
    }
    return g_string_free(out, FALSE);
}

/* Writes the decoded values of the found entry into one text. */
static bool fill_vars(const struct search *search, struct http_match *match)
{
    size_t total = 0;
    char *out;

    match->n_vars = search->found->n_vars;
    for (int i = 0; i < match->n_vars; i++) {
        total += search->values[i].len + 1;
    }
    match->text = g_malloc(total + 1);
    out = match->text;
    for (int i = 0; i < match->n_vars; i++) {
        g_autofree char *decoded =
            http_decode(search->values[i].from, search->values[i].len, false);
        if (decoded == NULL) {
            return false;
        }
        match->vars[i].name = search->found->names[i];
        match->vars[i].value = out;
        out = stpcpy(out, decoded) + 1;
    }
    return true;
}

bool http_router_find(const struct http_router *router, const char *method, const char *raw_path,
                      struct http_match *match_out)
{
    g_autoptr(GPtrArray) allowed = g_ptr_array_new();
    struct search search = {.method = method, .allowed = allowed};

    memset(match_out, 0, sizeof(*match_out));
    if (raw_path[0] != '/') {
        return false;
    }
    if (!descend(&search, router->root, raw_path + 1, 0)) {
        if (allowed->len > 0) {
            match_out->allow = allow_text(allowed);
        }
        return false;
    }
    if (search.found->n_vars > 0 && !fill_vars(&search, match_out)) {
        return false;
    }
    match_out->route = search.found->route;
    return true;
}

const char *http_match_var(const struct http_match *match, const char *name)
{
    for (int i = 0; i < match->n_vars; i++) {
        if (strcmp(match->vars[i].name, name) == 0) {
            return match->vars[i].value;
        }
    }
    return NULL;
}

void http_match_clear(struct http_match *match)
{
    g_clear_pointer(&match->allow, g_free);
    g_clear_pointer(&match->text, g_free);
    match->route = NULL;
    match->n_vars = 0;
}
