/* The door. libmicrohttpd 0.9.75 parses kindly: it takes the first of two Content-Lengths, lets
 * Transfer-Encoding win over Content-Length, reads any other Transfer-Encoding as "until the
 * end", joins folded lines, takes a bare LF for a line end, cuts a value at NUL, and reads a
 * method, version or target of almost any form. Where a proxy in front reads the same bytes
 * otherwise, one request can hide in another (request smuggling, RFC 9112 11.2). So all of these
 * are refused here, by http_check from the pieces and by http_layout_is_exact from where the
 * pieces lie. */
#include "net/http_check.h"

#include <glib.h>
#include <string.h>

/* RFC 9110 5.6.2 */
static bool is_token(const char *text)
{
    if (*text == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (!g_ascii_isalnum(*text) && strchr("!#$%&'*+-.^_`|~", *text) == NULL) {
            return false;
        }
    }
    return true;
}

/* Field content: no control character but the tab (RFC 9110 5.5). */
static bool is_value(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if ((c < ' ' && c != '\t') || c == 0x7f) {
            return false;
        }
    }
    return true;
}

static bool is_named(const struct http_line *line, const char *name)
{
    return g_ascii_strcasecmp(line->name, name) == 0;
}

/* What is noted of the lines that may come only once. */
struct once {
    const char *host;
    const char *length;
    const char *encoding;
    bool is_doubled;
};

static void note(struct once *once, const char **place, const char *value)
{
    once->is_doubled = once->is_doubled || *place != NULL;
    *place = value;
}

static int check_lines(const struct http_head *head, struct once *once, struct http_found *found)
{
    const char *type = NULL;
    const char *origin = NULL;
    const char *authorization = NULL;

    if (head->n_lines > HTTP_HEADERS_MAX) {
        return 431;
    }
    for (int i = 0; i < head->n_lines; i++) {
        const struct http_line *line = &head->lines[i];
        if (!is_token(line->name) || !is_value(line->value)) {
            return 400;
        }
        if (is_named(line, "host")) {
            note(once, &once->host, line->value);
        } else if (is_named(line, "content-length")) {
            note(once, &once->length, line->value);
        } else if (is_named(line, "transfer-encoding")) {
            note(once, &once->encoding, line->value);
        } else if (is_named(line, "content-type")) {
            note(once, &type, line->value);
        } else if (is_named(line, "origin")) {
            note(once, &origin, line->value);
        } else if (is_named(line, "authorization")) {
            note(once, &authorization, line->value);
        } else if (is_named(line, "expect")) {
            if (g_ascii_strcasecmp(line->value, "100-continue") != 0) {
                return 417;
            }
            found->expects_continue = true;
        }
    }
    return once->is_doubled ? 400 : 0;
}

/* How long the body is: RFC 9112 6.3, without its kindness. */
static int check_length(const struct once *once, bool is_1_0, struct http_found *found)
{
    if (once->encoding != NULL) {
        if (once->length != NULL || is_1_0 || g_ascii_strcasecmp(once->encoding, "chunked") != 0) {
            return 400;
        }
        found->has_body = true;
        found->is_chunked = true;
        return 0;
    }
    if (once->length != NULL) {
        size_t digits = strspn(once->length, "0123456789");
        if (digits == 0 || digits > 18 || once->length[digits] != '\0') {
            return 400;
        }
        found->length = g_ascii_strtoull(once->length, NULL, 10);
        found->has_body = found->length > 0;
    }
    return 0;
}

/* The four forms of RFC 9112 3.2 less authority-form, for CONNECT is not ours. */
static int check_target(const struct http_head *head, struct http_found *found)
{
    const char *target = head->target;
    const char *path = target;

    for (const char *p = target; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        if (c <= ' ' || c == 0x7f || c == '#') {
            return 400;
        }
    }
    found->query = "";
    if (strcmp(target, "*") == 0) {
        found->path = "/";
        found->path_len = 1;
        return strcmp(head->method, "OPTIONS") == 0 ? 0 : 400;
    }
    if (g_ascii_strncasecmp(target, "http://", 7) == 0
        || g_ascii_strncasecmp(target, "https://", 8) == 0) {
        const char *authority = strstr(target, "://") + 3;
        size_t len = strcspn(authority, "/?");
        if (found->host == NULL || strlen(found->host) != len
            || g_ascii_strncasecmp(found->host, authority, len) != 0) {
            return 400;
        }
        path = authority + len;
    } else if (target[0] != '/') {
        return 400;
    }
    found->path = path;
    found->path_len = strcspn(path, "?");
    if (path[found->path_len] == '?') {
        found->query = path + found->path_len + 1;
    }
    if (found->path_len == 0) {
        found->path = "/";
        found->path_len = 1;
    }
    return 0;
}

int http_check(const struct http_head *head, struct http_found *found_out)
{
    struct once once = {0};
    bool is_1_0 = strcmp(head->version, "HTTP/1.0") == 0;
    int status;

    memset(found_out, 0, sizeof(*found_out));
    if (!is_token(head->method)) {
        return 400;
    }
    if (strlen(head->method) > 32 || strcmp(head->method, "CONNECT") == 0
        || strcmp(head->method, "TRACE") == 0) {
        return 501;
    }
    if (!is_1_0 && strcmp(head->version, "HTTP/1.1") != 0) {
        return 505;
    }
    status = check_lines(head, &once, found_out);
    if (status == 0) {
        status = check_length(&once, is_1_0, found_out);
    }
    if (status != 0) {
        return status;
    }
    if ((once.host == NULL && !is_1_0) || (once.host != NULL && once.host[0] == '\0')) {
        return 400;
    }
    found_out->host = once.host;
    return check_target(head, found_out);
}

bool http_layout_is_exact(const struct http_head *head, const char *target_at, size_t head_len)
{
    const char *end = head->method + head_len;
    const char *at = head->method + strlen(head->method) + 1;

    at = target_at == at ? at + strlen(head->target) + 1 : NULL;
    if (at == NULL || head->version != at) {
        return false;
    }
    at += strlen(head->version) + 2;
    for (int i = 0; i < head->n_lines; i++) {
        const struct http_line *line = &head->lines[i];
        if (line->name != at || at >= end) {
            return false;
        }
        at += strlen(at) + 1;
        while (at < line->value) {
            if (at >= end || (*at != ' ' && *at != '\t')) {
                return false;
            }
            at++;
        }
        if (line->value != at) {
            return false;
        }
        at += strlen(at);
        if (at + 1 >= end || at[1] != '\0') { /* CR and LF, both made NUL */
            return false;
        }
        at += 2;
    }
    return at + 2 == end;
}
