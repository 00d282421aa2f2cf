/* Queries, forms and cookies: one block per parsed text holds every decoded string, because
 * decoding never lengthens: "name=value&" becomes "name\0value\0". Invariant: items points at
 * array's data, every string at a block of texts. Reads hostile text; see query_fuzz.c. Next:
 * http_multipart.c for the other form encoding. */
#include "net/http_params.h"

#include "base/error.h"

#include <string.h>

void http_params_clear(struct http_params *params)
{
    g_clear_pointer(&params->array, g_array_unref);
    g_clear_pointer(&params->texts, g_ptr_array_unref);
    params->n = 0;
    params->items = NULL;
}

const char *http_params_get(const struct http_params *params, const char *name)
{
    for (int i = 0; i < params->n; i++) {
        if (strcmp(params->items[i].name, name) == 0) {
            return params->items[i].value;
        }
    }
    return NULL;
}

/* A new block that lives as long as params. */
static char *block_new(struct http_params *params, size_t len)
{
    char *block = g_malloc(len);

    if (params->texts == NULL) {
        params->texts = g_ptr_array_new_with_free_func(g_free);
    }
    g_ptr_array_add(params->texts, block);
    return block;
}

/* name and value lie in a block of params. */
static void append(struct http_params *params, const char *name, const char *value,
                   size_t value_len)
{
    struct http_param item = {.name = name, .value = value, .value_len = value_len};

    if (params->array == NULL) {
        params->array = g_array_sized_new(FALSE, FALSE, sizeof(struct http_param), 8);
    }
    g_array_append_val(params->array, item);
    params->items = (const struct http_param *)(void *)params->array->data;
    params->n = (int)params->array->len;
}

void http_params_add(struct http_params *params, const char *name, const char *value,
                     size_t value_len)
{
    size_t name_len = strlen(name);
    char *block = block_new(params, name_len + 1 + value_len + 1);

    memcpy(block, name, name_len + 1);
    memcpy(block + name_len + 1, value, value_len);
    block[name_len + 1 + value_len] = '\0';
    append(params, block, block + name_len + 1, value_len);
}

/* Decodes text[0..len) to out, which may be text itself; returns the length written. */
static size_t decode(const char *text, size_t len, bool is_form, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '%' && i + 2 < len && g_ascii_isxdigit(text[i + 1])
            && g_ascii_isxdigit(text[i + 2])) {
            c = (char)(g_ascii_xdigit_value(text[i + 1]) * 16 + g_ascii_xdigit_value(text[i + 2]));
            i += 2;
        } else if (c == '+' && is_form) {
            c = ' ';
        }
        out[n++] = c;
    }
    return n;
}

char *http_decode(const char *text, size_t len, bool is_form)
{
    g_autofree char *out = g_malloc(len + 1);
    size_t n = decode(text, len, is_form, out);

    out[n] = '\0';
    if (!g_utf8_validate_len(out, n, NULL)) { /* refuses NUL as well */
        return NULL;
    }
    return g_steal_pointer(&out);
}

bool http_params_parse(struct http_params *params, const char *text, size_t len, GError **error)
{
    const char *end = text + len;
    char *out;

    if (len == 0) {
        return true;
    }
    out = block_new(params, len + 1);
    for (const char *at = text; at < end;) {
        const char *stop = memchr(at, '&', (size_t)(end - at));
        const char *equals;
        char *name = out;
        size_t n;

        stop = stop == NULL ? end : stop;
        if (stop == at) {
            at++;
            continue;
        }
        if (params->n >= HTTP_PARAMS_MAX) {
            return refuse(error, "http.bad_parameters", "The request has more than %d fields.",
                          HTTP_PARAMS_MAX);
        }
        equals = memchr(at, '=', (size_t)(stop - at));
        n = decode(at, (size_t)((equals == NULL ? stop : equals) - at), true, out);
        if (!g_utf8_validate_len(name, n, NULL)) {
            return refuse(error, "http.bad_parameters",
                          "The request has a field that is not text in UTF-8.");
        }
        out += n;
        *out++ = '\0';
        if (equals == NULL) {
            append(params, name, out - 1, 0);
        } else {
            char *value = out;
            n = decode(equals + 1, (size_t)(stop - equals - 1), true, out);
            if (!g_utf8_validate_len(value, n, NULL)) {
                return refuse(error, "http.bad_parameters",
                              "A field of the request is not text in UTF-8.");
            }
            out += n;
            *out++ = '\0';
            append(params, name, value, n);
        }
        at = stop + 1;
    }
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Trims blanks off both ends of [*from, *to). */
static void trim(const char **from, const char **to)
{
    while (*from < *to && is_blank(**from)) {
        (*from)++;
    }
    while (*to > *from && is_blank((*to)[-1])) {
        (*to)--;
    }
}

static bool has_control(const char *from, const char *to)
{
    for (; from < to; from++) {
        if (g_ascii_iscntrl(*from)) {
            return true;
        }
    }
    return false;
}

void http_params_parse_cookies(struct http_params *params, const char *header)
{
    size_t len = strlen(header);
    const char *end = header + len;
    char *out = block_new(params, len + 2);

    for (const char *at = header; at < end && params->n < HTTP_PARAMS_MAX;) {
        const char *stop = memchr(at, ';', (size_t)(end - at));
        const char *equals;
        const char *next;

        stop = stop == NULL ? end : stop;
        next = stop + 1;
        equals = memchr(at, '=', (size_t)(stop - at));
        if (equals != NULL && !has_control(at, stop)) {
            const char *name_end = equals;
            const char *value = equals + 1;
            char *name_out = out;
            char *value_out;

            trim(&at, &name_end);
            trim(&value, &stop);
            if (stop - value >= 2 && *value == '"' && stop[-1] == '"') {
                value++;
                stop--;
            }
            if (name_end > at) {
                out = (char *)mempcpy(out, at, (size_t)(name_end - at));
                *out++ = '\0';
                value_out = out;
                out = (char *)mempcpy(out, value, (size_t)(stop - value));
                *out++ = '\0';
                append(params, name_out, value_out, (size_t)(stop - value));
            }
        }
        at = next;
    }
}

/* Percent-encodes text to out; a blank becomes '+' in forms. */
static void encode(GString *out, const char *text, bool keeps_slash, bool is_form)
{
    static const char hex[] = "0123456789ABCDEF";

    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (g_ascii_isalnum(c) || strchr("-._~", c) != NULL || (c == '/' && keeps_slash)) {
            g_string_append_c(out, (char)c);
        } else if (c == ' ' && is_form) {
            g_string_append_c(out, '+');
        } else {
            g_string_append_c(out, '%');
            g_string_append_c(out, hex[c >> 4]);
            g_string_append_c(out, hex[c & 15]);
        }
    }
}

void http_params_write(GString *out, const char *name, const char *value)
{
    if (out->len > 0 && out->str[out->len - 1] != '?' && out->str[out->len - 1] != '&') {
        g_string_append_c(out, '&');
    }
    encode(out, name, false, true);
    g_string_append_c(out, '=');
    encode(out, value, false, true);
}

char *http_encode(const char *text, bool keeps_slash)
{
    GString *out = g_string_sized_new(strlen(text) + 16);

    encode(out, text, keeps_slash, false);
    return g_string_free(out, FALSE);
}
