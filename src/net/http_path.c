/* Normal form of paths (RFC 3986 6.2.2), so that one resource has one path and no ".." reaches a
 * handler, neither in the raw form nor after decoding. "/a%2f..%2fb" is refused: decoded by a
 * careless reader it would climb. */
#include "net/http_path.h"

#include <glib.h>
#include <string.h>

static bool is_unreserved(unsigned char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/* Decodes escapes of unreserved characters, upper-cases the others; false on what no path may
 * hold. */
static bool unescape_unreserved(const char *text, size_t len, GString *out)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c <= ' ' || c == 0x7f || c == '#' || c == '?' || c == '\\') {
            return false;
        }
        if (c != '%') {
            g_string_append_c(out, (char)c);
            continue;
        }
        if (i + 2 >= len || !g_ascii_isxdigit(text[i + 1]) || !g_ascii_isxdigit(text[i + 2])) {
            return false;
        }
        c = (unsigned char)(g_ascii_xdigit_value(text[i + 1]) * 16
                            + g_ascii_xdigit_value(text[i + 2]));
        i += 2;
        if (c == '\0') {
            return false;
        }
        if (is_unreserved(c)) {
            g_string_append_c(out, (char)c);
        } else {
            g_string_append_c(out, '%');
            g_string_append_c(out, hex[c >> 4]);
            g_string_append_c(out, hex[c & 15]);
        }
    }
    return true;
}

/* Removes empty, "." and ".." segments (RFC 3986 5.2.4) in place. text begins with '/'. A
 * trailing slash stays. */
static void remove_dots(char *text)
{
    char *out = text;
    const char *at = text;

    while (*at == '/') {
        const char *segment = at + 1;
        size_t len = strcspn(segment, "/");
        bool is_last = segment[len] == '\0';

        at = segment + len;
        if (len == 2 && segment[0] == '.' && segment[1] == '.') {
            while (out > text && *--out != '/') {
            }
        } else if (len > 0 && !(len == 1 && segment[0] == '.')) {
            *out++ = '/';
            memmove(out, segment, len);
            out += len;
            continue;
        }
        if (is_last) {
            *out++ = '/';
        }
    }
    *out = '\0';
}

/* After full decoding: a segment "." or ".." can only have come from an escaped slash. */
static bool has_dot_segment(const char *path)
{
    for (const char *at = path; *at == '/';) {
        size_t len = strcspn(at + 1, "/");
        if ((len == 1 && at[1] == '.') || (len == 2 && at[1] == '.' && at[2] == '.')) {
            return true;
        }
        at += 1 + len;
    }
    return false;
}

/* Nothing to do: the usual path. */
static bool is_plain(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (!g_ascii_isalnum(c) && c != '-' && c != '_' && c != '~') {
            if (c == '/' ? (i > 0 && text[i - 1] == '/') : (c != '.' || text[i - 1] == '/')) {
                return false;
            }
        }
    }
    return true;
}

bool http_path_normal(const char *text, size_t len, char **raw_out, char **plain_out)
{
    g_autoptr(GString) raw = NULL;
    g_autofree char *plain = NULL;
    char *end;

    if (len == 0 || text[0] != '/') {
        return false;
    }
    if (is_plain(text, len)) {
        *raw_out = g_strndup(text, len);
        *plain_out = g_strndup(text, len);
        return true;
    }
    raw = g_string_sized_new(len + 1);
    if (!unescape_unreserved(text, len, raw)) {
        return false;
    }
    remove_dots(raw->str);
    raw->len = strlen(raw->str);
    plain = g_malloc(raw->len + 1);
    end = plain;
    for (const char *at = raw->str; *at != '\0'; at++) {
        if (*at == '%') {
            *end++ = (char)(g_ascii_xdigit_value(at[1]) * 16 + g_ascii_xdigit_value(at[2]));
            at += 2;
        } else {
            *end++ = *at;
        }
    }
    *end = '\0';
    if (!g_utf8_validate(plain, -1, NULL) || has_dot_segment(plain)) {
        return false;
    }
    *raw_out = g_string_free(g_steal_pointer(&raw), FALSE);
    *plain_out = g_steal_pointer(&plain);
    return true;
}
