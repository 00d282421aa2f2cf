/* Bytes of pages. Text is copied sixteen bytes at a time until one of them must be escaped; the tables below say
 * which. Both kinds of place, between tags and inside a quoted attribute, get the same escapes. */
#include "page/html.h"

#include <glib.h>

#define FIRST_ROOM 8192

typedef unsigned char block __attribute__((vector_size(16)));

static const char digits[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                             "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                             "8081828384858687888990919293949596979899";

void html_out_init(struct html_out *out, size_t limit)
{
    *out = (struct html_out){ .limit = limit };
}

void html_out_clear(struct html_out *out)
{
    g_free(out->text);
    *out = (struct html_out){ .limit = out->limit };
}

char *html_out_steal(struct html_out *out, size_t *length_out)
{
    char *text = out->text == NULL ? g_malloc(1) : out->text;
    *length_out = out->length;
    *out = (struct html_out){ .limit = out->limit };
    return text;
}

bool html_grow(struct html_out *out, size_t more)
{
    if (out->is_full || more > out->limit || out->length > out->limit - more) {
        out->is_full = true;
        out->room = out->length;        /* from here on every write comes here, and none gets through */
        return false;
    }
    size_t wanted = out->length + more;
    size_t room = MAX(out->room * 2, FIRST_ROOM);
    while (room < wanted) {
        room *= 2;
    }
    out->room = MIN(room, out->limit);
    out->text = g_realloc(out->text, out->room);
    return true;
}

static inline bool has_room(struct html_out *out, size_t more)
{
    return out->room - out->length >= more || html_grow(out, more);
}

/* What stands for a letter that may not stand for itself, and how long that is; 0 for all others. */
static const struct escape {
    char text[6];
    unsigned char length;
} escapes[256] = {
    ['&'] = { "&amp;", 5 },  ['<'] = { "&lt;", 4 },   ['>'] = { "&gt;", 4 },
    ['"'] = { "&#34;", 5 },  ['\''] = { "&#39;", 5 },
};

static inline bool is_plain(block letters)
{
    block found = (block)((letters == '&') | (letters == '<') | (letters == '>') | (letters == '"') |
                          (letters == '\''));
    uint64_t halves[2];
    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) == 0;
}

static void escape_letters(struct html_out *out, const char *text, size_t length)
{
    size_t start = 0;
    for (size_t i = 0; i < length; i++) {
        const struct escape *escape = &escapes[(unsigned char)text[i]];
        if (escape->length > 0) {
            html_raw(out, text + start, i - start);
            html_raw(out, escape->text, escape->length);
            start = i + 1;
        }
    }
    html_raw(out, text + start, length - start);
}

void html_text_n(struct html_out *out, const char *text, size_t length)
{
    while (length >= sizeof(block)) {
        if (!has_room(out, sizeof(block))) {
            return;
        }
        block letters;
        memcpy(&letters, text, sizeof letters);
        if (is_plain(letters)) {
            memcpy(out->text + out->length, &letters, sizeof letters);
            out->length += sizeof letters;
        } else {
            escape_letters(out, text, sizeof letters);
        }
        text += sizeof letters;
        length -= sizeof letters;
    }
    escape_letters(out, text, length);
}

void html_text(struct html_out *out, const char *text)
{
    if (text != NULL) {
        html_text_n(out, text, strlen(text));
    }
}

void html_markup(struct html_out *out, struct html markup)
{
    if (markup.text != NULL && markup.length > 0) {
        html_raw(out, markup.text, markup.length);
    }
}

void html_unsigned(struct html_out *out, uint64_t number)
{
    char buffer[20];
    char *at = buffer + sizeof buffer;
    while (number >= 100) {
        at -= 2;
        memcpy(at, digits + number % 100 * 2, 2);
        number /= 100;
    }
    if (number >= 10) {
        at -= 2;
        memcpy(at, digits + number * 2, 2);
    } else {
        *--at = (char)('0' + number);
    }
    html_raw(out, at, (size_t)(buffer + sizeof buffer - at));
}

void html_number(struct html_out *out, int64_t number)
{
    if (number < 0) {
        html_literal(out, "-");
        html_unsigned(out, -(uint64_t)number);
    } else {
        html_unsigned(out, (uint64_t)number);
    }
}

/* RFC 3986 section 3.1: a scheme ends at the first colon before any "/", "?" or "#". Browsers drop tabs, line
 * ends and leading control characters first, so an address that has any of them is not one of ours. */
bool html_address_is_allowed(const char *text)
{
    static const char *const schemes[] = { "http:", "https:", "mailto:", "tel:" };
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at <= ' ' || *at == 0x7f || *at == '\\') {
            return false;
        }
    }
    if (text[strcspn(text, ":/?#")] != ':') {
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
        if (g_ascii_strncasecmp(text, schemes[i], strlen(schemes[i])) == 0) {
            return true;
        }
    }
    return false;
}

void html_address(struct html_out *out, const char *text)
{
    if (text != NULL) {
        html_text(out, html_address_is_allowed(text) ? text : "#");
    }
}

void html_url(struct html_out *out, struct url url)
{
    html_address(out, url.text);
}

void html_url_part(struct html_out *out, const char *text)
{
    for (const char *at = text == NULL ? "" : text; *at != '\0'; at++) {
        unsigned char letter = (unsigned char)*at;
        if (g_ascii_isalnum(letter) || (letter != '\0' && strchr("-._~", letter) != NULL)) {
            html_raw(out, at, 1);
        } else {
            char code[3] = { '%', "0123456789ABCDEF"[letter >> 4], "0123456789ABCDEF"[letter & 15] };
            html_raw(out, code, sizeof code);
        }
    }
}
