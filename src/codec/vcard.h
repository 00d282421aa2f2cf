/* vCard 2.1, 3.0 and 4.0: bytes -> cards -> values (RFC 6350, 2426, 6868, 9554; vCard 2.1). Values
 * are read by vcard_value.h, cards written by vcard_write.h.
 *
 *     struct vcard_reader *reader = vcard_reader_new(bytes, len);
 *     struct vcard card;
 *     vcard_init(&card);
 *     while ((got = vcard_next(reader, &card)) != VCARD_READ_END) { ... }
 *
 * A card is the array of its properties in file order. Nothing is dropped: unknown names, groups
 * and parameters are there, and a line that is no property at all becomes one named X-ODD-LINE.
 * Values are undone from folding, quoted-printable and charset while reading, so every span is
 * clean UTF-8 without control characters other than tab and line feed; backslash escapes are undone
 * by the accessors. Spans point into the caller's buffer or the card's memory: they end with the
 * next vcard_next(), vcard_begin() or vcard_clear() on that card, and are not NUL-terminated. One
 * thread per reader and per card. */
#ifndef LIGATURE_CODEC_VCARD_H
#define LIGATURE_CODEC_VCARD_H

#include "codec/vcard_names.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Caps. A card beyond one of them is refused with its line and reason; the cards behind it are
 * still read. */
enum {
    VCARD_MAX_CARD_BYTES = 16 * 1024 * 1024,
    VCARD_MAX_LINES = 500000,           /* lines of the file in one card */
    VCARD_MAX_PROPERTIES = 100000,
    VCARD_MAX_PARAMS = 64,              /* of one property */
    VCARD_MAX_FIELDS = 1000, /* of N, ADR, ORG...; what is beyond stays in the last field */
    VCARD_MAX_LIST = 10000, /* values between commas; what is beyond stays in the last one */
    VCARD_MAX_TYPES = 16,               /* labels vcard_types() tells; all stay in the parameters */
    VCARD_MAX_AGENT_DEPTH = 8,          /* cards inside cards */
};

struct vcard_span {
    const char *at;                     /* borrowed; never NULL */
    size_t len;
};

static inline bool vcard_span_is(struct vcard_span span, const char *text)
{
    return strlen(text) == span.len && memcmp(span.at, text, span.len) == 0;
}

enum vcard_version { VCARD_VERSION_NONE, VCARD_2_1, VCARD_3_0, VCARD_4_0 };

enum vcard_param_name {
    VCARD_PARAM_OTHER,
    VCARD_PARAM_TYPE,
    VCARD_PARAM_PREF,
    VCARD_PARAM_VALUE,
    VCARD_PARAM_ENCODING,
    VCARD_PARAM_CHARSET,
    VCARD_PARAM_LANGUAGE,
    VCARD_PARAM_LABEL,
    VCARD_PARAM_MEDIATYPE,
    VCARD_PARAM_OMIT_YEAR,              /* X-APPLE-OMIT-YEAR */
};

struct vcard_param {
    struct vcard_span name; /* upper case; bare ones of 2.1 are TYPE, VALUE or ENCODING */
    struct vcard_span value;            /* as written: see vcard_param_values() */
    enum vcard_param_name id;
};

struct vcard_property {
    struct vcard_span group;            /* empty: none */
    struct vcard_span name;             /* upper case */
    struct vcard_span value;            /* escapes still there */
    uint32_t line;                      /* in the file, from 1 */
    uint32_t first_param;               /* vcard_params() */
    uint8_t n_params;
    uint8_t id;                         /* enum vcard_name */
    uint8_t flags;                      /* private */
};

struct vcard {
    const struct vcard_property *properties; /* BEGIN, END and VERSION are not among them */
    size_t n_properties;
    enum vcard_version version;         /* 3.0 when the card does not say */
    uint32_t line;                      /* of BEGIN */
    uint32_t n_odd_lines;               /* kept as X-ODD-LINE; worth a warning */
    const char *refusal;                /* a sentence for people; borrowed */
    struct vcard_store *store;          /* owned */
};

/* --- reading ----------------------------------------------------------------------------- */

enum vcard_read {
    VCARD_READ_END,                     /* no more cards */
    VCARD_READ_CARD,
    VCARD_READ_REFUSED,                 /* card->line and card->refusal say where and why; go on */
};

/* data stays the caller's (a mapped file will do) and must outlive the reader and the cards read
 * from it. UTF-16 and UTF-32 files and files with bare CR are converted as a whole first. Never
 * NULL. */
struct vcard_reader *vcard_reader_new(const char *data, size_t len);
void vcard_reader_free(struct vcard_reader *reader);
typedef struct vcard_reader vcard_reader; /* for g_autoptr(vcard_reader) only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(vcard_reader, vcard_reader_free)

/* The next card. Cards nested in AGENT are that property's text, not cards of their own. */
enum vcard_read vcard_next(struct vcard_reader *reader, struct vcard *card);

/* Lines with text outside any card so far, and in *first_line_out (may be NULL) where the first
 * was. */
uint32_t vcard_reader_junk(const struct vcard_reader *reader, uint32_t *first_line_out);

void vcard_init(struct vcard *card);
void vcard_clear(struct vcard *card);
#define auto_vcard __attribute__((cleanup(vcard_clear))) struct vcard

/* An empty 4.0 card to add stored lines to; ends all spans of the card before. */
void vcard_begin(struct vcard *card);
/* Adds one line as vcard_property_line() wrote it (4.0 dialect, no line end). Refuses
 * "vcard.bad_line", "vcard.too_large". */
bool vcard_add_line(struct vcard *card, const char *line, size_t len, GError **error);

/* The first property of that name, or NULL. */
const struct vcard_property *vcard_first(const struct vcard *card, enum vcard_name name);

#include "codec/vcard_value.h"         /* what the properties say: part of this contract */

#endif
