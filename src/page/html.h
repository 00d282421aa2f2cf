/* The writer of pages. Escaping is a property of the type: text is escaped, `struct html` is markup as it is,
 * numbers are numbers, and an address is checked. Templates (tools/template) choose the function by the C type
 * of a value and by the place it stands in; a type that has no business in a place does not compile. */
#ifndef LIGATURE_PAGE_HTML_H
#define LIGATURE_PAGE_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A growing buffer with an end: what does not fit below the limit is dropped, and is_full says so. */
struct html_out {
    char *text;         /* owned; not terminated by NUL */
    size_t length;
    size_t room;
    size_t limit;
    bool is_full;
};

/* Markup that is ready: whoever makes one answers for its escaping. Borrowed; NULL is nothing. */
struct html {
    const char *text;
    size_t length;
};

/* An address made by our own code, its parts percent-encoded already. Borrowed; NULL is nothing. */
struct url {
    const char *text;
};

/* Begins an empty buffer in the caller's storage; no memory is taken yet. limit: the most bytes it may hold. */
void html_out_init(struct html_out *out, size_t limit);
void html_out_clear(struct html_out *out);
/* The bytes, now the caller's (free with g_free); the buffer begins anew. Never NULL. */
char *html_out_steal(struct html_out *out, size_t *length_out);

/* Makes room for `more` bytes. False, and is_full, when the limit is reached. */
bool html_grow(struct html_out *out, size_t more);

/* Bytes as they are: the words of a template, or of code that writes markup. */
static inline void html_raw(struct html_out *out, const char *text, size_t length)
{
    if (__builtin_expect(out->room - out->length < length, 0) && !html_grow(out, length)) {
        return;
    }
    if (length > 0) {
        memcpy(out->text + out->length, text, length);
        out->length += length;
    }
}
#define html_literal(out, literal) html_raw((out), "" literal "", sizeof(literal) - 1)

void html_text(struct html_out *out, const char *text);             /* escaped; NULL is nothing */
void html_text_n(struct html_out *out, const char *text, size_t length);
void html_markup(struct html_out *out, struct html markup);
void html_number(struct html_out *out, int64_t number);
void html_unsigned(struct html_out *out, uint64_t number);

/* A whole address in an attribute. Allowed are http, https, mailto, tel and addresses of our own (no scheme);
 * anything else, such as javascript:, becomes "#". */
void html_address(struct html_out *out, const char *text);
void html_url(struct html_out *out, struct url url);
/* A part of an address: all but letters, digits and -._~ is percent-encoded. */
void html_url_part(struct html_out *out, const char *text);

/* True when html_address() would let it pass. */
bool html_address_is_allowed(const char *text);

/* ---- What the written-out templates use ------------------------------------------------------------- */

static inline bool html_has_text(const char *text)
{
    return text != NULL && text[0] != '\0';
}
static inline bool html_has_markup(struct html markup)
{
    return markup.length > 0;
}
static inline bool html_has_url(struct url url)
{
    return html_has_text(url.text);
}
static inline bool html_is_nonzero(int64_t number)
{
    return number != 0;
}
static inline bool html_is_there(const void *pointer)
{
    return pointer != NULL;
}
static inline bool html_same_text(const char *one, const char *other)
{
    return strcmp(one == NULL ? "" : one, other == NULL ? "" : other) == 0;
}
static inline bool html_same_number(int64_t one, int64_t other)
{
    return one == other;
}

#define HTML_NUMBERS(signed_one, unsigned_one)                                                              \
    signed char: signed_one, short: signed_one, int: signed_one, long: signed_one, long long: signed_one,   \
    unsigned char: unsigned_one, unsigned short: unsigned_one, unsigned: unsigned_one,                      \
    unsigned long: unsigned_one, unsigned long long: unsigned_one

/* Associations of _Generic, which stands in the written-out template itself, so that the compiler names its line.
 * {{ value }} between tags; in an attribute; as a whole address; as a part of one. */
#define HTML_AS_TEXT                                                                                        \
    char *: html_text, const char *: html_text, struct html: html_markup, struct url: html_url,             \
    HTML_NUMBERS(html_number, html_unsigned)
#define HTML_AS_ATTRIBUTE                                                                                   \
    char *: html_text, const char *: html_text, struct url: html_url, HTML_NUMBERS(html_number, html_unsigned)
#define HTML_AS_ADDRESS char *: html_address, const char *: html_address, struct url: html_url
#define HTML_AS_URL_PART                                                                                    \
    char *: html_url_part, const char *: html_url_part, HTML_NUMBERS(html_number, html_unsigned)

/* {% if value %}: text that is not empty, a number but zero, a pointer but NULL. */
#define HTML_AS_TRUTH                                                                                       \
    char *: html_has_text, const char *: html_has_text, struct html: html_has_markup,                       \
    struct url: html_has_url, bool: html_is_nonzero, HTML_NUMBERS(html_is_nonzero, html_is_nonzero),        \
    default: html_is_there

/* a == b: texts by their letters, all else as numbers. */
#define HTML_AS_SAME                                                                                        \
    char *: html_same_text, const char *: html_same_text, default: html_same_number

/* A struct or a pointer to one, always as the pointer, so that a template writes a dot for both. */
#define HTML_AT(value) __builtin_choose_expr(__builtin_classify_type(value) == 5, (value), &(value))

#endif
