/* Bytes inside a card: base64 of 2.1 and 3.0, data: URIs of 4.0 (RFC 2397), and what real files
 * make of them: PHOTO with base64 and no word about it, "data:image/jpeg\;base64\,". Their media
 * type comes from the URI, the TYPE, or the bytes. */
#include "codec/vcard_private.h"

enum { MIN_BARE_BASE64 = 64 };          /* a bare PHOTO value shorter than this is no picture */

/* 0..63; 64: no base64 digit */
static inline unsigned base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return (unsigned)(c - 'A');
    }
    if (c >= 'a' && c <= 'z') {
        return (unsigned)(c - 'a') + 26;
    }
    if (c >= '0' && c <= '9') {
        return (unsigned)(c - '0') + 52;
    }
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : 64;
}

/* Blanks between digits are skipped; anything else ends in false. */
bool vcard_base64_decode(struct vcard_arena *arena, struct vcard_span text,
                         struct vcard_span *bytes_out)
{
    char *bytes = vcard_arena_take(arena, text.len / 4 * 3 + 3);
    size_t len = 0;
    uint32_t word = 0;
    unsigned n_digits = 0;
    size_t i = 0;
    for (; i < text.len && text.at[i] != '='; i++) {
        unsigned digit = base64_digit(text.at[i]);
        if (digit == 64) {
            if (text.at[i] == ' ' || text.at[i] == '\t' || text.at[i] == '\n') {
                continue;
            }
            return false;
        }
        word = word << 6 | digit;
        if (++n_digits == 4) {
            bytes[len++] = (char)(word >> 16);
            bytes[len++] = (char)(word >> 8);
            bytes[len++] = (char)word;
            n_digits = 0;
        }
    }
    for (; i < text.len; i++) {         /* padding, and nothing behind it */
        if (text.at[i] != '=' && text.at[i] != ' ' && text.at[i] != '\t' && text.at[i] != '\n') {
            return false;
        }
    }
    if (n_digits == 1) {
        return false;
    }
    if (n_digits >= 2) {
        bytes[len++] = (char)(word >> (n_digits == 2 ? 4 : 10));
    }
    if (n_digits == 3) {
        bytes[len++] = (char)(word >> 2);
    }
    vcard_arena_trim(arena, bytes, len);
    *bytes_out = (struct vcard_span){ bytes, len };
    return true;
}

static struct vcard_span decode_percents(struct vcard *card, struct vcard_span text)
{
    char *bytes = vcard_arena_take(&card->store->arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '%' && i + 2 < text.len && g_ascii_isxdigit(text.at[i + 1])
            && g_ascii_isxdigit(text.at[i + 2])) {
            bytes[len++] = (char)(g_ascii_xdigit_value(text.at[i + 1]) << 4
                                  | g_ascii_xdigit_value(text.at[i + 2]));
            i += 2;
        } else {
            bytes[len++] = text.at[i];
        }
    }
    return (struct vcard_span){ bytes, len };
}

static struct vcard_span span_of(const char *text)
{
    return (struct vcard_span){ text, strlen(text) };
}

static struct vcard_span sniff(struct vcard_span bytes)
{
    static const struct {
        const char *magic;
        size_t len;
        const char *media_type;
    } rows[] = {
        { "\xFF\xD8\xFF", 3, "image/jpeg" }, { "\x89PNG\r\n\x1A\n", 8, "image/png" },
        { "GIF8", 4, "image/gif" },          { "BM", 2, "image/bmp" },
        { "II*\0", 4, "image/tiff" },        { "MM\0*", 4, "image/tiff" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (bytes.len >= rows[i].len && memcmp(bytes.at, rows[i].magic, rows[i].len) == 0) {
            return span_of(rows[i].media_type);
        }
    }
    bool is_webp = bytes.len >= 12 && memcmp(bytes.at, "RIFF", 4) == 0
                   && memcmp(bytes.at + 8, "WEBP", 4) == 0;
    return span_of(is_webp ? "image/webp" : "");
}

/* Bytes that may stand in a media type (RFC 6838 4.2). */
static bool is_media_text(struct vcard_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!g_ascii_isalnum(text.at[i]) && strchr("!#$&-^_.+/", text.at[i]) == NULL) {
            return false;
        }
    }
    return text.len > 0 && text.len <= 255;
}

/* type "/" subtype */
static bool is_media_type(struct vcard_span text)
{
    const char *slash = text.len > 2 ? memchr(text.at + 1, '/', text.len - 2) : NULL;
    const char *end = text.at + text.len;
    return slash != NULL && memchr(slash + 1, '/', (size_t)(end - slash - 1)) == NULL
           && is_media_text(text);
}

static const struct {
    const char *label;
    const char *media_type;
} media_labels[] = {
    { "pgp", "application/pgp-keys" }, { "x509", "application/pkix-cert" }, { "jpg", "image/jpeg" },
    { "tif", "image/tiff" },           { "svg", "image/svg+xml" },
};

struct vcard_span vcard_media_of_label(struct vcard *card, enum vcard_name name,
                                       struct vcard_span label)
{
    static const struct vcard_span none = { "", 0 };
    if (!is_media_text(label)) {
        return none;
    }
    if (memchr(label.at, '/', label.len) != NULL) {
        return is_media_type(label) ? label : none;
    }
    if (vcard_span_is(label, "home") || vcard_span_is(label, "work")
        || vcard_span_is(label, "pref")) {
        return none;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(media_labels); i++) {
        if (vcard_span_is(label, media_labels[i].label)) {
            return span_of(media_labels[i].media_type);
        }
    }
    const char *prefix = name == VCARD_PHOTO || name == VCARD_LOGO || name == VCARD_X_MS_CARDPICTURE
                             ? "image/"
                         : name == VCARD_SOUND ? "audio/"
                                               : NULL;
    if (prefix == NULL) {
        return none;
    }
    char *copy = vcard_arena_take(&card->store->arena, 6 + label.len);
    memcpy(copy, prefix, 6);
    memcpy(copy + 6, label.at, label.len);
    return (struct vcard_span){ copy, 6 + label.len };
}

struct vcard_span vcard_label_of_media(struct vcard *card, enum vcard_name name,
                                       struct vcard_span media_type)
{
    for (size_t i = 0; i < 2; i++) {
        if (vcard_span_is(media_type, media_labels[i].media_type)) {
            return span_of(media_labels[i].label);
        }
    }
    const char *slash = memchr(media_type.at, '/', media_type.len);
    if (slash == NULL) {
        return media_type;
    }
    struct vcard_span label = { slash + 1, media_type.len - (size_t)(slash + 1 - media_type.at) };
    struct vcard_span back = vcard_media_of_label(card, name, label);
    bool is_same = back.len == media_type.len && memcmp(back.at, media_type.at, back.len) == 0;
    return is_same ? label : media_type;
}

struct vcard_span vcard_media_said(struct vcard *card, const struct vcard_property *property)
{
    const struct vcard_param *param = vcard_param_first(card, property, VCARD_PARAM_MEDIATYPE);
    if (param != NULL) {
        struct vcard_span said = vcard_param_values(card, param).values[0];
        if (is_media_type(said)) {
            return vcard_lower(card, said);
        }
    }
    struct vcard_span label;
    for (struct vcard_type_walk walk = { 0 }; vcard_type_next(card, property, &walk, &label);) {
        struct vcard_span media_type = vcard_media_of_label(card, property->id, label);
        if (media_type.len > 0) {
            return media_type;
        }
    }
    return (struct vcard_span){ "", 0 };
}

static bool is_data_uri(struct vcard_span value)
{
    return value.len >= 5 && g_ascii_strncasecmp(value.at, "data:", 5) == 0;
}

/* data:[media type][;attribute=value][;base64],bytes */
static bool decode_data_uri(struct vcard *card, struct vcard_span uri, struct vcard_binary *binary)
{
    const char *end = uri.at + uri.len;
    const char *from = uri.at + 5;
    const char *comma = memchr(from, ',', (size_t)(end - from));
    if (comma == NULL) {
        return false;
    }
    bool is_base64 = comma - from >= 7 && g_ascii_strncasecmp(comma - 7, ";base64", 7) == 0;
    const char *stop = memchr(from, ';', (size_t)(comma - from));
    struct vcard_span media_type = { from, (size_t)((stop != NULL ? stop : comma) - from) };
    binary->media_type = is_media_type(media_type) ? vcard_lower(card, media_type)
                                                   : (struct vcard_span){ "", 0 };
    struct vcard_span text = { comma + 1, (size_t)(end - comma - 1) };
    if (!is_base64) {
        binary->bytes = decode_percents(card, text);
        return true;
    }
    if (text.len > 0 && memchr(text.at, '%', text.len) != NULL) {
        text = decode_percents(card, text);     /* %3D for the padding */
    }
    return vcard_base64_decode(&card->store->arena, text, &binary->bytes);
}

/* data: with base64 in its head. */
static bool is_base64_uri(struct vcard_span value)
{
    const char *comma = is_data_uri(value) ? memchr(value.at, ',', MIN(value.len, (size_t)200))
                                           : NULL;
    return comma != NULL && g_strstr_len(value.at, comma - value.at, ";base64") != NULL;
}

bool vcard_binary_is_inline(const struct vcard *card, const struct vcard_property *property)
{
    enum vcard_shape shape = vcard_name_rows[property->id].shape;
    if (shape == VCARD_SHAPE_RAW) {
        return (property->flags & VCARD_BASE64) != 0 || is_base64_uri(property->value);
    }
    if (shape != VCARD_SHAPE_BINARY) {
        return false;
    }
    if ((property->flags & VCARD_BASE64) != 0 || is_data_uri(property->value)) {
        return true;
    }
    return property->value.len >= MIN_BARE_BASE64
           && memchr(property->value.at, ':', property->value.len) == NULL
           && vcard_param_first(card, property, VCARD_PARAM_VALUE) == NULL;
}

bool vcard_binary(struct vcard *card, const struct vcard_property *property,
                  struct vcard_binary *binary_out)
{
    *binary_out = (struct vcard_binary){ { "", 0 }, { "", 0 } };
    if (!vcard_binary_is_inline(card, property)) {
        return false;
    }
    struct vcard_span text = vcard_text(card, property);
    bool is_good = is_data_uri(text)
                       ? decode_data_uri(card, text, binary_out)
                       : vcard_base64_decode(&card->store->arena, text, &binary_out->bytes);
    if (!is_good) {
        return false;
    }
    if (binary_out->media_type.len == 0) {
        binary_out->media_type = vcard_media_said(card, property);
    }
    if (binary_out->media_type.len == 0
        && vcard_name_rows[property->id].shape == VCARD_SHAPE_BINARY) {
        binary_out->media_type = sniff(binary_out->bytes);
    }
    return true;
}
