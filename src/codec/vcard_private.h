/* What the files of the vCard codec share and nobody else includes. */
#ifndef LIGATURE_CODEC_VCARD_PRIVATE_H
#define LIGATURE_CODEC_VCARD_PRIVATE_H

#include "codec/vcard_store.h"
#include "codec/vcard_value.h"

enum {
    VCARD_ESCAPED = 1 << 0,             /* value holds a backslash */
    VCARD_WAS_QP = 1 << 1, /* was encoded: line breaks are bytes, `\n` is two characters */
    VCARD_BASE64 = 1 << 2,              /* ENCODING said so */
    VCARD_QP = 1 << 3,                  /* ENCODING said so; gone once decoded */
    VCARD_FOREIGN = 1 << 4,             /* has CHARSET */
};

enum vcard_shape {
    VCARD_SHAPE_RAW,
    VCARD_SHAPE_TEXT,
    VCARD_SHAPE_LIST,
    VCARD_SHAPE_LISTS,
    VCARD_SHAPE_FIELDS,
    VCARD_SHAPE_URI,
    VCARD_SHAPE_BINARY,
    VCARD_SHAPE_DATE,
    VCARD_SHAPE_STAMP,
    VCARD_SHAPE_GEO,
    VCARD_SHAPE_REFUSED,
};

struct vcard_name_row {
    char text[32];                      /* zero-padded */
    uint8_t len;
    uint8_t shape;                      /* enum vcard_shape */
};
extern const struct vcard_name_row vcard_name_rows[N_VCARD_NAME];

/* --- vcard_name.c ---- */

enum { VCARD_NAME_SLOTS = 1024 };
extern const uint8_t vcard_name_slots[VCARD_NAME_SLOTS];

/* Upper-cases eight name bytes at once: '-' and digits change too, but alike on both sides. */
#define VCARD_UPPER UINT64_C(0xDFDFDFDFDFDFDFDF)

static inline uint64_t vcard_load8(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* First len (<= 8 counted) bytes as one upper-cased little-endian word. is_roomy: eight bytes may
 * be read there. */
static inline uint64_t vcard_name_word(const char *at, size_t len, bool is_roomy)
{
    uint64_t word = 0;
    if (len >= 8) {
        word = GUINT64_FROM_LE(vcard_load8(at));
    } else if (is_roomy) {
        word = GUINT64_FROM_LE(vcard_load8(at)) & ((UINT64_C(1) << (8 * len)) - 1);
    } else if (len >= 4) {              /* two halves that overlap in equal bytes */
        uint32_t low;
        uint32_t high;
        memcpy(&low, at, sizeof low);
        memcpy(&high, at + len - 4, sizeof high);
        word = GUINT32_FROM_LE(low) | (uint64_t)GUINT32_FROM_LE(high) << (8 * (len - 4));
    } else if (len > 0) {
        size_t last = len - 1;
        size_t middle = len / 2;
        word = (uint8_t)at[0] | (uint64_t)(uint8_t)at[middle] << (8 * middle)
               | (uint64_t)(uint8_t)at[last] << (8 * last);
    }
    return word & VCARD_UPPER;
}

/* Perfect hash of the known names: first and last eight bytes, one multiplication. The factor was
 * searched for. */
static inline unsigned vcard_name_slot(const char *at, size_t len, bool is_roomy)
{
    uint64_t key = vcard_name_word(at, len, is_roomy);
    if (len > 8) {
        uint64_t tail = vcard_name_word(at + len - 8, 8, true);
        key ^= tail << 23 | tail >> 41;
    }
    return (unsigned)(key * UINT64_C(0xece1c5c53ec4ac21) >> 54);
}

/* VCARD_OTHER when the name is not in the list. */
static inline enum vcard_name vcard_name_find(const char *at, size_t len, bool is_roomy)
{
    enum vcard_name name = vcard_name_slots[vcard_name_slot(at, len, is_roomy)];
    const struct vcard_name_row *row = &vcard_name_rows[name];
    if (row->len != len
        || vcard_name_word(at, len, is_roomy) != vcard_name_word(row->text, len, true)) {
        return VCARD_OTHER;
    }
    return len <= 8 || g_ascii_strncasecmp(at, row->text, len) == 0 ? name : VCARD_OTHER;
}

/* Known parameter names and bare parameters. */
enum vcard_param_name vcard_param_find(const char *at, size_t len);
enum vcard_param_name vcard_param_bare(const char *at, size_t len);
struct vcard_span vcard_param_text(enum vcard_param_name id);

/* --- vcard_line.c ---- */

struct vcard_line {
    const char *start;
    const char *colon;                  /* NULL: none */
    const char *end;                    /* without CR LF */
    const char *next;                   /* first byte of the next line */
    uint32_t semicolons; /* bit i: start[i], before the colon; only when colon - start < 32 */
    bool is_escaped;                    /* backslash in the value */
    bool is_odd;                        /* bytes in the value that are not plain ASCII text */
    bool is_odd_head;                   /* ... before it */
};

/* Finds the end of the physical line and its colon. start < end. */
void vcard_line_scan(const char *start, const char *end, struct vcard_line *line_out);

enum vcard_line_kind { VCARD_LINE_PROPERTY, VCARD_LINE_ODD, VCARD_LINE_TOO_MANY };

/* One logical line -> the property slot after the last (not counted yet). */
enum vcard_line_kind vcard_line_parse(struct vcard *card, struct vcard_line *line,
                                      struct vcard_property *property_out);
/* A line that is no property: X-ODD-LINE with the text escaped. */
void vcard_line_keep_odd(struct vcard *card, struct vcard_span text,
                         struct vcard_property *property_out);
/* Undoes quoted-printable and charset in the property's value. */
void vcard_line_clean(struct vcard *card, struct vcard_property *property, bool is_odd);

/* --- vcard_text.c ---- */

/* Clean UTF-8 in the arena: bytes that are none are taken as windows-1252, CR LF and CR become LF,
 * other controls U+FFFD. */
struct vcard_span vcard_clean(struct vcard_arena *arena, struct vcard_span raw);
/* Bytes of that charset -> UTF-8 (still to be cleaned). False: unknown name or not that charset. */
bool vcard_from_charset(struct vcard_arena *arena, struct vcard_span charset, struct vcard_span raw,
                        struct vcard_span *out);
struct vcard_span vcard_unquote_printable(struct vcard_arena *arena, struct vcard_span raw);
/* Backslash escapes undone. flags: VCARD_ESCAPED, VCARD_WAS_QP. */
struct vcard_span vcard_unescape(struct vcard_arena *arena, struct vcard_span raw, unsigned flags);
/* Text -> escaped text: backslash, line feed, comma and semicolon. */
struct vcard_span vcard_escape(struct vcard_arena *arena, struct vcard_span text);

/* --- vcard_type.c ---- */

/* Walks the labels of all TYPE parameters: lower case, unquoted, duplicates and "pref" too. False:
 * no more. */
struct vcard_type_walk {
    uint32_t param;
    size_t offset;                      /* in that parameter's value */
};
bool vcard_type_next(struct vcard *card, const struct vcard_property *property,
                     struct vcard_type_walk *walk, struct vcard_span *label_out);
struct vcard_span vcard_lower(struct vcard *card, struct vcard_span text);
/* First parameter of that name, or NULL. */
const struct vcard_param *vcard_param_first(const struct vcard *card,
                                            const struct vcard_property *property,
                                            enum vcard_param_name id);
/* VALUE= in lower case, "uri" for "url"; empty: not said. */
struct vcard_span vcard_value_kind(struct vcard *card, const struct vcard_property *property);

/* --- vcard_date.c, vcard_binary.c ---- */

bool vcard_date_parse(struct vcard_span text, struct vcard_date *date_out);
/* Media type a lower-case TYPE label stands for ("jpeg" of PHOTO); empty: it stands for something
 * else. */
struct vcard_span vcard_media_of_label(struct vcard *card, enum vcard_name name,
                                       struct vcard_span label);
/* The shortest label that stands for a media type ("jpeg", else "image/jpeg"). */
struct vcard_span vcard_label_of_media(struct vcard *card, enum vcard_name name,
                                       struct vcard_span media_type);
/* What MEDIATYPE, else TYPE, say of the media type; empty: nothing. */
struct vcard_span vcard_media_said(struct vcard *card, const struct vcard_property *property);
bool vcard_base64_decode(struct vcard_arena *arena, struct vcard_span text,
                         struct vcard_span *bytes_out);
/* True when vcard_binary() has something to decode. */
bool vcard_binary_is_inline(const struct vcard *card, const struct vcard_property *property);

#endif
