/* A push parser for form uploads. What has not been decided yet waits in `pending`, never more
 * than one part header or one delimiter plus what was fed last. The body is looked at as if it
 * began with CRLF, so that every delimiter is "\r\n--boundary". Clients met: browsers write %22
 * for a quote in names (HTML standard), older ones \"; some give whole Windows paths. */
#include "net/http_multipart.h"

#include "base/error.h"
#include "net/http_params.h"

#include <string.h>

enum state { STATE_NONE, PREAMBLE, DELIMITER, HEADER, BODY, EPILOGUE };

struct http_multipart {
    enum state state;
    char *delimiter; /* "\r\n--boundary" */
    size_t delimiter_len;
    GString *pending;
    size_t at; /* how much of pending is done with */
    int n_parts;
    struct http_multipart_sink sink;
};

/* Reads a quoted string at *at (after the quote) or a token; moves *at behind it. New string. */
static char *read_value(const char **at)
{
    GString *out = g_string_new(NULL);
    const char *p = *at;

    if (*p == '"') {
        for (p++; *p != '\0' && *p != '"'; p++) {
            if (*p == '\\' && (p[1] == '"' || p[1] == '\\')) {
                p++;
            }
            g_string_append_c(out, *p);
        }
        p += *p == '"';
    } else {
        size_t len = strcspn(p, "; \t");
        g_string_append_len(out, p, (gssize)len);
        p += len;
    }
    *at = p;
    return g_string_free(out, FALSE);
}

char *http_header_param(const char *value, const char *name)
{
    const char *at = value + strcspn(value, ";");

    while (*at == ';') {
        size_t len;
        bool is_it;

        at++;
        at += strspn(at, " \t");
        len = strcspn(at, "=; \t");
        is_it = len == strlen(name) && g_ascii_strncasecmp(at, name, len) == 0;
        at += len;
        at += strspn(at, " \t");
        if (*at == '=') {
            g_autofree char *text = NULL;
            at++;
            at += strspn(at, " \t");
            text = read_value(&at);
            if (is_it) {
                return g_steal_pointer(&text);
            }
        }
        at += strcspn(at, ";");
    }
    return NULL;
}

/* RFC 2046 5.1.1: 1 to 70 of these, not ending with a blank. */
static bool is_boundary(const char *text)
{
    size_t len = strlen(text);

    if (len == 0 || len > 70 || text[len - 1] == ' ') {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (!g_ascii_isalnum(*text) && strchr("'()+_,-./:=? ", *text) == NULL) {
            return false;
        }
    }
    return true;
}

struct http_multipart *http_multipart_new(const char *content_type,
                                          const struct http_multipart_sink *sink, GError **error)
{
    g_autofree char *boundary = http_header_param(content_type, "boundary");
    struct http_multipart *multipart;

    if (boundary == NULL || !is_boundary(boundary)) {
        refuse(error, "http.bad_form", "The form has no usable boundary.");
        return NULL;
    }
    multipart = g_new0(struct http_multipart, 1);
    multipart->state = PREAMBLE;
    multipart->delimiter = g_strconcat("\r\n--", boundary, NULL);
    multipart->delimiter_len = strlen(multipart->delimiter);
    multipart->pending = g_string_new("\r\n");
    multipart->sink = *sink;
    return multipart;
}

void http_multipart_free(struct http_multipart *multipart)
{
    if (multipart == NULL) {
        return;
    }
    g_free(multipart->delimiter);
    g_string_free(multipart->pending, TRUE);
    g_free(multipart);
}

/* Undoes the three escapes browsers write in names: %22 %0D %0A. In place. */
static void unescape_name(char *text)
{
    char *out = text;

    for (; *text != '\0'; text++) {
        if (strncmp(text, "%22", 3) == 0) {
            *out++ = '"';
            text += 2;
        } else if (g_ascii_strncasecmp(text, "%0d", 3) == 0
                   || g_ascii_strncasecmp(text, "%0a", 3) == 0) {
            *out++ = '\n';
            text += 2;
        } else {
            *out++ = *text;
        }
    }
    *out = '\0';
}

/* The last part of a path of either kind, valid UTF-8, no control characters. New string. */
static char *last_part(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    const char *slash = strrchr(valid, '/');
    const char *backslash = strrchr(valid, '\\');
    const char *from = MAX(slash, backslash);
    char *name = g_strdup(from == NULL ? valid : from + 1);
    char *out = name;

    for (const char *p = name; *p != '\0'; p++) {
        if (!g_ascii_iscntrl(*p)) {
            *out++ = *p;
        }
    }
    *out = '\0';
    return name;
}

/* RFC 5987: UTF-8''na%C3%AFve.csv. NULL when it is not that. New string. */
static char *extended_value(const char *text)
{
    const char *second;

    if (g_ascii_strncasecmp(text, "utf-8'", 6) != 0 || (second = strchr(text + 6, '\'')) == NULL) {
        return NULL;
    }
    return http_decode(second + 1, strlen(second + 1), false);
}

/* Reads the header lines of a part and announces it. */
static bool begin_part(struct http_multipart *multipart, char *header, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(header, "\r\n", -1);
    g_autofree char *name = NULL;
    g_autofree char *file = NULL;
    g_autofree char *type = NULL;
    bool has_disposition = false;

    if (++multipart->n_parts > HTTP_PARTS_MAX) {
        return refuse(error, "http.bad_form", "The form has more than %d parts.", HTTP_PARTS_MAX);
    }
    for (char **line = lines; *line != NULL; line++) {
        if (g_ascii_strncasecmp(*line, "content-disposition:", 20) == 0 && !has_disposition) {
            g_autofree char *extended = http_header_param(*line + 20, "filename*");
            g_autofree char *raw_file = http_header_param(*line + 20, "filename");
            g_autofree char *better = extended == NULL ? NULL : extended_value(extended);

            has_disposition = true;
            name = http_header_param(*line + 20, "name");
            if (better != NULL || raw_file != NULL) {
                if (better == NULL) {
                    unescape_name(raw_file);
                }
                file = last_part(better != NULL ? better : raw_file);
            }
        } else if (g_ascii_strncasecmp(*line, "content-type:", 13) == 0 && type == NULL) {
            g_autofree char *text = g_ascii_strdown(*line + 13, -1);
            text[strcspn(text, ";")] = '\0';
            type = g_strdup(g_strstrip(text));
        }
    }
    if (name == NULL) {
        return refuse(error, "http.bad_form", "A part of the form has no name.");
    }
    unescape_name(name);
    if (!g_utf8_validate(name, -1, NULL) || (type != NULL && !g_str_is_ascii(type))) {
        return refuse(error, "http.bad_form",
                      "A part of the form has a name that is not text in UTF-8.");
    }
    return multipart->sink.begin(multipart->sink.data, name, file, type == NULL ? "" : type, error);
}

/* After a delimiter: "--" ends the form, blanks and CRLF begin a part. */
static bool step_delimiter(struct http_multipart *multipart, bool *moved, GError **error)
{
    const char *from = multipart->pending->str + multipart->at;
    size_t len = multipart->pending->len - multipart->at;
    size_t blanks = strspn(from, " \t");

    if (len >= 2 && memcmp(from, "--", 2) == 0) {
        multipart->state = EPILOGUE;
        *moved = true;
        return true;
    }
    if (blanks <= 128 && len < blanks + 2) {
        return true;
    }
    if (blanks > 128 || memcmp(from + blanks, "\r\n", 2) != 0) {
        return refuse(error, "http.bad_form", "The form is broken after a boundary.");
    }
    multipart->at += blanks; /* CRLF stays: an empty header then ends with "\r\n\r\n" too */
    multipart->state = HEADER;
    *moved = true;
    return true;
}

static bool step_header(struct http_multipart *multipart, bool *moved, GError **error)
{
    char *from = multipart->pending->str + multipart->at;
    size_t len = multipart->pending->len - multipart->at;
    char *end = memmem(from, len, "\r\n\r\n", 4);

    if (end != NULL) {
        len = (size_t)(end - from);
    }
    /* the end may have come in part */
    if (len > HTTP_PART_HEADER_MAX + (end == NULL ? 3 : 0)) {
        return refuse(error, "http.bad_form",
                      "A part of the form has a header of more than %d bytes.",
                      HTTP_PART_HEADER_MAX);
    }
    if (end == NULL) {
        return true;
    }
    if (memchr(from, '\0', len) != NULL) {
        return refuse(error, "http.bad_form", "A part of the form has a broken header.");
    }
    *end = '\0';
    multipart->at += len + 4;
    multipart->state = BODY;
    *moved = true;
    return begin_part(multipart, from, error);
}

/* Gives out content up to the next delimiter, or all that cannot be the beginning of one. Before
 * the first part it is dropped. */
static bool step_body(struct http_multipart *multipart, bool *moved, GError **error)
{
    const char *from = multipart->pending->str + multipart->at;
    size_t len = multipart->pending->len - multipart->at;
    const char *found = memmem(from, len, multipart->delimiter, multipart->delimiter_len);
    bool is_body = multipart->state == BODY;

    if (found != NULL) {
        len = (size_t)(found - from);
    } else {
        len = len < multipart->delimiter_len ? 0 : len - multipart->delimiter_len + 1;
    }
    multipart->at += len;
    if (is_body && len > 0 && !multipart->sink.bytes(multipart->sink.data, from, len, error)) {
        return false;
    }
    if (found == NULL) {
        return true;
    }
    multipart->at += multipart->delimiter_len;
    multipart->state = DELIMITER;
    *moved = true;
    return !is_body || multipart->sink.end(multipart->sink.data, error);
}

static bool step(struct http_multipart *multipart, bool *moved, GError **error)
{
    switch (multipart->state) {
    case PREAMBLE:
    case BODY:
        return step_body(multipart, moved, error);
    case DELIMITER:
        return step_delimiter(multipart, moved, error);
    case HEADER:
        return step_header(multipart, moved, error);
    case EPILOGUE:
    case STATE_NONE:
        multipart->at = multipart->pending->len;
        return true;
    }
    return true;
}

bool http_multipart_feed(struct http_multipart *multipart, const char *bytes, size_t len,
                         GError **error)
{
    bool moved = true;

    g_string_append_len(multipart->pending, bytes, (gssize)len);
    while (moved) {
        moved = false;
        if (!step(multipart, &moved, error)) {
            return false;
        }
    }
    g_string_erase(multipart->pending, 0, (gssize)multipart->at);
    multipart->at = 0;
    return true;
}

bool http_multipart_finish(struct http_multipart *multipart, GError **error)
{
    if (multipart->state != EPILOGUE) {
        return refuse(error, "http.bad_form", "The form was cut off.");
    }
    return true;
}
