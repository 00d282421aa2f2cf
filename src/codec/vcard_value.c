/* Values of a property: one text, fields between semicolons, lists between commas (RFC 6350 3.4).
 * Plain values stay where they lie; only escapes are copied. */
#include "codec/vcard_private.h"
#include "codec/vcard_scan.h"

struct vcard_span vcard_text(struct vcard *card, const struct vcard_property *property)
{
    return vcard_unescape(&card->store->arena, property->value, property->flags);
}

struct vcard_span vcard_address(struct vcard *card, const struct vcard_property *property)
{
    struct vcard_span text = vcard_text(card, property);
    for (;;) {                          /* once more after "tel:tel:" */
        size_t skip = 0;
        if (text.len >= 4 && g_ascii_strncasecmp(text.at, "tel:", 4) == 0) {
            skip = 4;
        } else if (text.len >= 7 && g_ascii_strncasecmp(text.at, "mailto:", 7) == 0) {
            skip = 7;
        }
        if (skip == 0) {
            return text;
        }
        text = (struct vcard_span){ text.at + skip, text.len - skip };
    }
}

/* Where the next unescaped `separator` stands; end when there is none. */
static const char *find_separator(const char *at, const char *end, char separator, unsigned flags)
{
    if ((flags & VCARD_ESCAPED) == 0) {
        const char *found = memchr(at, separator, (size_t)(end - at));
        return found != NULL ? found : end;
    }
    for (; at < end; at++) {
        if (*at == '\\') {
            at += at + 1 < end;
        } else if (*at == separator) {
            return at;
        }
    }
    return end;
}

static struct vcard_span trim_blanks(const char *from, const char *to)
{
    while (from < to && *from == ' ') {
        from++;
    }
    while (to > from && to[-1] == ' ' && !(to - from >= 2 && to[-2] == '\\')) {
        to--;
    }
    return (struct vcard_span){ from, (size_t)(to - from) };
}

/* Splits raw text at commas; values unescaped, without the blanks around them. */
static struct vcard_list split_list(struct vcard *card, struct vcard_span raw, unsigned flags)
{
    struct vcard_arena *arena = &card->store->arena;
    const char *end = raw.at + raw.len;
    size_t n = 1;
    for (const char *at = raw.at; raw.len > 0 && n < VCARD_MAX_LIST; n++) {
        at = find_separator(at, end, ',', flags);
        if (at++ == end) {
            break;
        }
    }
    struct vcard_span *values = vcard_arena_take(arena, n * sizeof *values);
    const char *at = raw.at;
    for (size_t i = 0; i < n; i++) {
        const char *stop = i + 1 < n ? find_separator(at, end, ',', flags) : end;
        values[i] = vcard_unescape(arena, trim_blanks(at, stop), flags);
        at = stop < end ? stop + 1 : end;
    }
    return (struct vcard_list){ values, n };
}

struct vcard_list vcard_list(struct vcard *card, const struct vcard_property *property)
{
    if (property->value.len == 0) {
        return (struct vcard_list){ &property->value, 0 };
    }
    return split_list(card, property->value, property->flags);
}

/* A field that needs work: escapes, or commas that separate. */
static void finish_field(struct vcard *card, struct vcard_field *field, bool has_lists,
                         unsigned flags)
{
    struct vcard_span raw = field->text;
    field->text = vcard_unescape(&card->store->arena, raw, flags);
    if (has_lists && memchr(raw.at, ',', raw.len) != NULL) {
        struct vcard_list list = split_list(card, raw, flags);
        field->values = list.values;
        field->n_values = list.n_values;
    }
}

static inline void put_field(struct vcard_field *field, const char *from, const char *to)
{
    field->text = (struct vcard_span){ from, (size_t)(to - from) };
    field->values = &field->text;
    field->n_values = to > from;
}

/* Any length, any escapes. */
static struct vcard_fields split_long(struct vcard *card, const struct vcard_property *property,
                                      bool has_lists)
{
    const char *end = property->value.at + property->value.len;
    size_t n = 1;
    for (const char *at = property->value.at; n < VCARD_MAX_FIELDS; n++) {
        at = find_separator(at, end, ';', property->flags);
        if (at++ == end) {
            break;
        }
    }
    struct vcard_field *fields = vcard_arena_take(&card->store->arena, n * sizeof *fields);
    const char *at = property->value.at;
    for (size_t i = 0; i < n; i++) {
        const char *stop = i + 1 < n ? find_separator(at, end, ';', property->flags) : end;
        put_field(&fields[i], at, stop);
        finish_field(card, &fields[i], has_lists, property->flags);
        at = stop < end ? stop + 1 : end;
    }
    return (struct vcard_fields){ fields, n };
}

struct vcard_fields vcard_fields(struct vcard *card, const struct vcard_property *property)
{
    struct vcard_span value = property->value;
    bool has_lists = vcard_name_rows[property->id].shape == VCARD_SHAPE_LISTS
                     && (card->version != VCARD_2_1 || property->id == VCARD_N);
    if (value.len > VCARD_LOOK || (property->flags & VCARD_ESCAPED) != 0) {
        return split_long(card, property, has_lists);
    }
    uint32_t semicolons;
    uint32_t commas;
    const struct vcard_store *store = card->store;
    bool is_roomy = value.at >= store->file && value.at < store->file_end
                    && store->file_end - value.at >= VCARD_LOOK;
    vcard_separators(value.at, value.len, is_roomy, &semicolons, &commas);
    size_t n = 1;
    for (uint32_t left = semicolons; left != 0; left &= left - 1) {
        n++;
    }
    struct vcard_field *fields = vcard_arena_take(&card->store->arena, n * sizeof *fields);
    const char *at = value.at;
    for (size_t i = 0; i + 1 < n; i++) {
        const char *stop = value.at + __builtin_ctz(semicolons);
        semicolons &= semicolons - 1;
        put_field(&fields[i], at, stop);
        at = stop + 1;
    }
    put_field(&fields[n - 1], at, value.at + value.len);
    for (size_t i = 0; G_UNLIKELY(commas != 0 && has_lists) && i < n; i++) {
        finish_field(card, &fields[i], true, 0);
    }
    return (struct vcard_fields){ fields, n };
}
