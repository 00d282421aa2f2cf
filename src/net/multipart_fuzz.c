/* Fuzz target: a form fed whole and fed in pieces gives the same parts. The first byte chooses
 * the size of the pieces. */
#include "net/http_multipart.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool begin(void *data, const char *name, const char *file_name, const char *type,
                  GError **error)
{
    if (!g_utf8_validate(name, -1, NULL) || !g_utf8_validate(type, -1, NULL)
        || (file_name != NULL
            && (!g_utf8_validate(file_name, -1, NULL) || strchr(file_name, '/') != NULL))) {
        abort();
    }
    g_string_append_printf(data, "<%s|%s|%s>", name, file_name == NULL ? "-" : file_name, type);
    return true;
}

static bool bytes(void *data, const char *part, size_t len, GError **error)
{
    g_string_append_len(data, part, (gssize)len);
    return true;
}

static bool end(void *data, GError **error)
{
    g_string_append(data, "</>");
    return true;
}

/* What the parts are, as text; *ok_out whether the form was whole. */
static GString *read_form(const char *form, size_t size, size_t piece, bool *ok_out)
{
    GString *out = g_string_new(NULL);
    struct http_multipart_sink sink = {.begin = begin, .bytes = bytes, .end = end, .data = out};
    struct http_multipart *multipart =
        http_multipart_new("multipart/form-data; boundary=X", &sink, NULL);

    *ok_out = true;
    for (size_t at = 0; at < size && *ok_out; at += piece) {
        *ok_out = http_multipart_feed(multipart, form + at, MIN(piece, size - at), NULL);
    }
    *ok_out = *ok_out && http_multipart_finish(multipart, NULL);
    http_multipart_free(multipart);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool whole_ok;
    bool pieces_ok;
    GString *whole;
    GString *pieces;

    if (size < 1) {
        return 0;
    }
    whole = read_form((const char *)data + 1, size - 1, size, &whole_ok);
    pieces = read_form((const char *)data + 1, size - 1, 1 + data[0] % 31, &pieces_ok);
    if (whole_ok != pieces_ok || (whole_ok && !g_string_equal(whole, pieces))) {
        abort();
    }
    g_string_free(whole, TRUE);
    g_string_free(pieces, TRUE);
    return 0;
}
