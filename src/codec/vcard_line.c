/* One logical line -> one property (RFC 6350 3.3):  [group "."] name *(";" param) ":" value
 *
 * A line whose head fits in 32 bytes and has no quotes, which is nearly every line, is cut along
 * the bits of one look; the rest takes the slow way, byte by byte, with the same result. Invariant:
 * head and value of a finished property are clean UTF-8. The value is undone from quoted-printable
 * and charset by vcard_line_clean(), after the reader has joined what those encodings spread over
 * several lines. */
#include "codec/vcard_private.h"
#include "codec/vcard_scan.h"

/* End of the line without the carriage returns before its line feed. */
static const char *before_cr(const char *start, const char *end)
{
    while (end > start && end[-1] == '\r') {
        end--;
    }
    return end;
}

/* A line longer than one look. is_odd may be true for a CR at its end only, when a look ends just
 * there: that costs a check, no more. */
static void scan_long(const char *end, const struct vcard_look *first, struct vcard_line *line)
{
    const char *at = line->start;
    uint32_t backslash = first->backslash;
    uint32_t odd = first->odd;
    if (first->colon != 0) {
        unsigned colon = (unsigned)__builtin_ctz(first->colon);
        uint32_t head = (UINT32_C(1) << colon) - 1;
        line->colon = at + colon;
        line->semicolons = first->semicolon & head;
        line->is_odd_head = (odd & head) != 0;
        odd &= ~head;
    }
    struct vcard_look look;
    do {
        at += VCARD_LOOK;
        vcard_look(at, end, &look);
        uint32_t inside = look.newline != 0 ? (look.newline & -look.newline) - 1 : UINT32_MAX;
        if (look.newline != 0 && inside != 0 && at[__builtin_ctz(look.newline) - 1] == '\r') {
            inside >>= 1;
        }
        if (line->colon == NULL && (look.colon & inside) != 0) {
            uint32_t head = (look.colon & -look.colon) - 1;
            line->colon = at + __builtin_ctz(look.colon);
            line->is_odd_head = odd != 0 || (look.odd & head) != 0;
            odd = 0;
            inside &= ~head;
        }
        backslash |= look.backslash & inside;
        odd |= look.odd & inside;
    } while (look.newline == 0);
    const char *newline = at + __builtin_ctz(look.newline);
    line->next = newline + (newline < end);
    line->end = before_cr(line->start, newline);
    line->is_escaped = backslash != 0;
    line->is_odd = odd != 0;
}

void vcard_line_scan(const char *start, const char *end, struct vcard_line *line_out)
{
    struct vcard_look look;
    vcard_look(start, end, &look);
    line_out->start = start;
    line_out->colon = NULL;
    line_out->semicolons = 0;
    line_out->is_odd_head = false;
    if (look.newline == 0) {
        scan_long(end, &look, line_out);
        return;
    }
    unsigned newline = (unsigned)__builtin_ctz(look.newline);
    unsigned stop = newline > 0 && start[newline - 1] == '\r' ? newline - 1 : newline;
    uint32_t inside = (UINT32_C(1) << stop) - 1;
    uint32_t colons = look.colon & inside;
    uint32_t head = 0;
    if (G_LIKELY(colons != 0)) {
        unsigned colon = (unsigned)__builtin_ctz(colons);
        head = (UINT32_C(1) << colon) - 1;
        line_out->colon = start + colon;
        line_out->semicolons = look.semicolon & head;
        line_out->is_odd_head = (look.odd & head) != 0;
    }
    uint32_t tail = inside & ~head;
    line_out->is_escaped = (look.backslash & tail) != 0;
    line_out->is_odd = (look.odd & tail) != 0;
    line_out->next = start + newline + (start + newline < end);
    line_out->end = before_cr(start, start + stop);
}

/* --- the head ---------------------------------------------------------------------------- */

static bool is_name_byte(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '_';
}

static bool is_name(struct vcard_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_name_byte(text.at[i])) {
            return false;
        }
    }
    return text.len > 0;
}

/* Upper case; what may not stand in a name ('_' of some writers too) becomes '-'. */
static struct vcard_span upper_name(struct vcard *card, struct vcard_span name)
{
    char *copy = vcard_arena_take(&card->store->arena, name.len);
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        copy[i] = g_ascii_isalnum(c) ? g_ascii_toupper(c) : '-';
    }
    return (struct vcard_span){ copy, name.len };
}

static struct vcard_span trim(const char *from, const char *to)
{
    while (from < to && (*from == ' ' || *from == '\t')) {
        from++;
    }
    while (to > from && (to[-1] == ' ' || to[-1] == '\t')) {
        to--;
    }
    return (struct vcard_span){ from, (size_t)(to - from) };
}

/* A name that is not in the list as it stands: perhaps behind a group. False: no name at all. */
static bool parse_unknown_name(struct vcard *card, const char *from, const char *to,
                               struct vcard_property *property)
{
    struct vcard_span whole = trim(from, to);
    const char *dot = whole.len > 0 ? memchr(whole.at, '.', whole.len) : NULL;
    struct vcard_span name = whole;
    property->group = (struct vcard_span){ "", 0 };
    if (dot != NULL) {
        property->group = (struct vcard_span){ whole.at, (size_t)(dot - whole.at) };
        name = (struct vcard_span){ dot + 1, whole.len - property->group.len - 1 };
        if (!is_name(property->group)) {
            return false;
        }
        if (memchr(property->group.at, '_', property->group.len) != NULL) {
            property->group = upper_name(card, property->group);
        }
    }
    if (!is_name(name)) {
        return false;
    }
    if (memchr(name.at, '_', name.len) != NULL) {
        name = upper_name(card, name);
    }
    enum vcard_name id = vcard_name_find(name.at, name.len, false);
    property->id = (uint8_t)id;
    property->name = id == VCARD_OTHER
                         ? upper_name(card, name)
                         : (struct vcard_span){ vcard_name_rows[id].text, vcard_name_rows[id].len };
    return true;
}

static inline bool parse_name(struct vcard *card, const char *from, const char *to, bool is_roomy,
                              struct vcard_property *property)
{
    enum vcard_name id = vcard_name_find(from, (size_t)(to - from), is_roomy);
    if (G_UNLIKELY(id == VCARD_OTHER)) {
        return parse_unknown_name(card, from, to, property);
    }
    property->id = (uint8_t)id;
    property->name = (struct vcard_span){ vcard_name_rows[id].text, vcard_name_rows[id].len };
    property->group = (struct vcard_span){ "", 0 };
    return true;
}

static void note_encoding(struct vcard_span value, struct vcard_property *property)
{
    struct vcard_span said = trim(value.at, value.at + value.len);
    if (said.len >= 2 && said.at[0] == '"' && said.at[said.len - 1] == '"') {
        said = (struct vcard_span){ said.at + 1, said.len - 2 };
    }
    if (said.len == 16 && g_ascii_strncasecmp(said.at, "QUOTED-PRINTABLE", 16) == 0) {
        property->flags |= VCARD_QP;
    } else if ((said.len == 6 && g_ascii_strncasecmp(said.at, "BASE64", 6) == 0)
               || (said.len == 1 && (said.at[0] | 0x20) == 'b')) {
        property->flags |= VCARD_BASE64;
    }
}

/* One parameter, without its semicolon. False: too many. */
static bool parse_param(struct vcard *card, const char *from, const char *to,
                        struct vcard_property *property)
{
    struct vcard_span whole = trim(from, to);
    if (whole.len == 0) {
        return true;
    }
    if (property->n_params == VCARD_MAX_PARAMS) {
        return false;
    }
    struct vcard_param *param = vcard_param_slot(card);
    const char *equals = memchr(whole.at, '=', whole.len);
    if (equals == NULL) {       /* 2.1: TEL;WORK;QUOTED-PRINTABLE */
        param->id = vcard_param_bare(whole.at, whole.len);
        param->value = whole;
        param->name = vcard_param_text(param->id);
    } else {
        struct vcard_span name = trim(whole.at, equals);
        param->id = vcard_param_find(name.at, name.len);
        param->name = param->id == VCARD_PARAM_OTHER ? upper_name(card, name)
                                                     : vcard_param_text(param->id);
        param->value = trim(equals + 1, whole.at + whole.len);
        if (name.len == 0) {
            param->id = VCARD_PARAM_TYPE;
            param->name = vcard_param_text(VCARD_PARAM_TYPE);
        }
    }
    if (param->id == VCARD_PARAM_ENCODING) {
        note_encoding(param->value, property);
    } else if (param->id == VCARD_PARAM_CHARSET) {
        property->flags |= VCARD_FOREIGN;
    }
    card->store->n_params++;
    property->n_params++;
    return true;
}

/* The first byte of `stops` (two bytes) outside quotes; `to` when there is none. */
static const char *find_unquoted(const char *from, const char *to, const char stops[2])
{
    bool is_quoted = false;
    for (const char *at = from; at < to; at++) {
        if (*at == '"') {
            is_quoted = !is_quoted;
        } else if (!is_quoted && (*at == stops[0] || *at == stops[1])) {
            return at;
        }
    }
    return to;
}

/* A head with quotes, or a long one. A quote that never closes is no quote. */
static enum vcard_line_kind parse_long_head(struct vcard *card, struct vcard_line *line,
                                            struct vcard_property *property)
{
    const char *colon = find_unquoted(line->start, line->end, "::");
    bool has_quotes = colon < line->end;
    if (has_quotes) {
        line->colon = colon;
    }
    const char *at = line->start;
    bool is_first = true;
    while (at < line->colon || is_first) {
        const char *stop = has_quotes ? find_unquoted(at, line->colon, ";;")
                                      : memchr(at, ';', (size_t)(line->colon - at));
        stop = stop == NULL ? line->colon : stop;
        if (is_first && !parse_name(card, at, stop, false, property)) {
            return VCARD_LINE_ODD;
        }
        if (!is_first && !parse_param(card, at, stop, property)) {
            return VCARD_LINE_TOO_MANY;
        }
        is_first = false;
        at = stop + 1;
    }
    return VCARD_LINE_PROPERTY;
}

/* A copy of the line with a clean head; the value's bytes wait for their charset. */
static void clean_head(struct vcard *card, struct vcard_line *line)
{
    struct vcard_arena *arena = &card->store->arena;
    size_t value_len = (size_t)(line->end - line->colon);
    struct vcard_span head = vcard_clean(
        arena, (struct vcard_span){ line->start, (size_t)(line->colon - line->start) });
    char *copy = vcard_arena_take(arena, head.len + value_len);
    for (size_t i = 0; i < head.len; i++) {
        copy[i] = head.at[i] == '\n' ? ' ' : head.at[i];
    }
    memcpy(copy + head.len, line->colon, value_len);
    line->start = copy;
    line->colon = copy + head.len;
    line->end = line->colon + value_len;
}

static bool has_odd(const char *from, const char *to)
{
    for (const char *at = from; at < to; at++) {
        if ((unsigned char)*at < 0x20 || (unsigned char)*at >= 0x7F) {
            return true;
        }
    }
    return false;
}

enum vcard_line_kind vcard_line_parse(struct vcard *card, struct vcard_line *line,
                                      struct vcard_property *property_out)
{
    if (G_UNLIKELY(line->colon == NULL)) {
        return VCARD_LINE_ODD;
    }
    property_out->first_param = (uint32_t)card->store->n_params;
    property_out->n_params = 0;
    property_out->flags = 0;
    bool is_long = line->colon - line->start >= VCARD_LOOK;
    bool is_quoted = false;
    if (is_long || line->semicolons != 0) {
        is_quoted = memchr(line->start, '"', (size_t)(line->colon - line->start)) != NULL;
    }
    if (G_UNLIKELY(is_long || is_quoted || line->is_odd_head)) {
        const char *colon = is_quoted ? find_unquoted(line->start, line->end, "::") : line->colon;
        line->colon = colon < line->end ? colon : line->colon;
        if (has_odd(line->start, line->colon)) {
            clean_head(card, line);
        }
        enum vcard_line_kind kind = parse_long_head(card, line, property_out);
        if (kind != VCARD_LINE_PROPERTY) {
            return kind;
        }
    } else {
        uint32_t left = line->semicolons;
        const char *stop = left != 0 ? line->start + __builtin_ctz(left) : line->colon;
        if (!parse_name(card, line->start, stop, line->end - line->start >= 8, property_out)) {
            return VCARD_LINE_ODD;
        }
        while (left != 0) {
            const char *from = line->start + __builtin_ctz(left) + 1;
            left &= left - 1;
            if (!parse_param(card, from,
                             left != 0 ? line->start + __builtin_ctz(left) : line->colon,
                             property_out)) {
                return VCARD_LINE_TOO_MANY;
            }
        }
    }
    property_out->value = (struct vcard_span){ line->colon + 1,
                                               (size_t)(line->end - line->colon - 1) };
    property_out->flags |= line->is_escaped ? VCARD_ESCAPED : 0;
    return VCARD_LINE_PROPERTY;
}

void vcard_line_keep_odd(struct vcard *card, struct vcard_span text,
                         struct vcard_property *property_out)
{
    struct vcard_arena *arena = &card->store->arena;
    *property_out = (struct vcard_property){
        .id = VCARD_X_ODD_LINE,
        .group = { "", 0 },
        .name = { vcard_name_rows[VCARD_X_ODD_LINE].text, vcard_name_rows[VCARD_X_ODD_LINE].len },
        .value = vcard_escape(arena, vcard_clean(arena, text)),
        .first_param = (uint32_t)card->store->n_params,
        .flags = VCARD_ESCAPED,
    };
}

/* True for values that are read as text, never as bytes. */
static bool is_text_shape(enum vcard_shape shape)
{
    return shape != VCARD_SHAPE_RAW && shape != VCARD_SHAPE_BINARY;
}

void vcard_line_clean(struct vcard *card, struct vcard_property *property, bool is_odd)
{
    if (G_LIKELY(!is_odd && (property->flags & (VCARD_QP | VCARD_BASE64)) == 0)) {
        return;
    }
    struct vcard_arena *arena = &card->store->arena;
    struct vcard_span value = property->value;
    if ((property->flags & VCARD_QP) != 0) {
        value = vcard_unquote_printable(arena, value);
        property->flags = (uint8_t)((property->flags & ~VCARD_QP) | VCARD_WAS_QP);
    } else if ((property->flags & VCARD_BASE64) != 0
               && is_text_shape(vcard_name_rows[property->id].shape)) {
        property->flags &= (uint8_t)~VCARD_BASE64;      /* NOTE;ENCODING=b: text all the same */
        if (vcard_base64_decode(arena, value, &value)) {
            property->flags |= VCARD_WAS_QP;
        }
    }
    const struct vcard_param *charset = vcard_param_first(card, property, VCARD_PARAM_CHARSET);
    if (charset != NULL) {
        struct vcard_span converted;
        if (vcard_from_charset(arena, charset->value, value, &converted)) {
            value = converted;
        }
    }
    property->value = vcard_clean(arena, value);
    bool is_escaped = property->value.len > 0
                      && memchr(property->value.at, '\\', property->value.len) != NULL;
    property->flags = (uint8_t)((property->flags & ~VCARD_ESCAPED)
                                | (is_escaped ? VCARD_ESCAPED : 0));
}
