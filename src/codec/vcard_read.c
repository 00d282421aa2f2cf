/* Cards out of a buffer. Each turn of vcard_next() takes one logical line: nearly always the bytes
 * as they lie there; only what is folded, quoted-printable, base64 or nested is put together in the
 * card's arena first.
 *
 * Lenient on purpose, because files are (formats of phones and address books since 1996): any case,
 * any line end, blank and indented lines, junk between cards. Strict where a guess would lose
 * something: a card without its END is refused. */
#include "codec/vcard_private.h"

struct vcard_reader {
    const char *data;                   /* borrowed, or `owned` */
    const char *at;
    const char *end;
    char *owned;                        /* the converted file */
    uint32_t line;                      /* number of the line at `at` */
    uint32_t n_junk;
    uint32_t first_junk;
};

enum line_result { LINE_READ, LINE_END, LINE_BEGIN, LINE_REFUSED };

/* --- the file ---------------------------------------------------------------------------- */

static uint32_t unit_at(const unsigned char *at, unsigned width, bool is_big)
{
    uint32_t unit = 0;
    for (unsigned i = 0; i < width; i++) {
        unit |= (uint32_t)at[i] << 8 * (is_big ? width - 1 - i : i);
    }
    return unit;
}

/* UTF-16 or UTF-32 -> UTF-8; what is no character becomes U+FFFD. */
static char *convert_wide(const char *data, size_t len, unsigned width, bool is_big,
                          size_t *len_out)
{
    const unsigned char *in = (const unsigned char *)data;
    GString *out = g_string_sized_new(len);
    char bytes[6];
    for (size_t i = 0; i + width <= len; i += width) {
        uint32_t code = unit_at(in + i, width, is_big);
        if (width == 2 && code >= 0xD800 && code < 0xDC00 && i + 4 <= len) {
            uint32_t low = unit_at(in + i + 2, 2, is_big);
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
            code = 0xFFFD;
        }
        g_string_append_len(out, bytes, g_unichar_to_utf8(code, bytes));
    }
    *len_out = out->len;
    return g_string_free(out, FALSE);
}

/* Width of the file's characters (1, 2, 4), by its byte order mark or by the zeros around its first
 * letter. */
static unsigned find_width(const unsigned char *in, size_t len, bool *is_big_out, size_t *skip_out)
{
    static const struct {
        unsigned char bytes[4];
        uint8_t n;
        uint8_t skip;
        uint8_t width;
        bool is_big;
    } marks[] = {
        { { 0xFF, 0xFE, 0, 0 }, 4, 4, 4, false }, { { 0, 0, 0xFE, 0xFF }, 4, 4, 4, true },
        { { 0xFF, 0xFE }, 2, 2, 2, false },       { { 0xFE, 0xFF }, 2, 2, 2, true },
        { { 'B', 0, 'E', 0 }, 4, 0, 2, false },   { { 0, 'B', 0, 'E' }, 4, 0, 2, true },
        { { 'b', 0, 'e', 0 }, 4, 0, 2, false },   { { 0, 'b', 0, 'e' }, 4, 0, 2, true },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (len >= marks[i].n && memcmp(in, marks[i].bytes, marks[i].n) == 0) {
            *is_big_out = marks[i].is_big;
            *skip_out = marks[i].skip;
            return marks[i].width;
        }
    }
    return 1;
}

struct vcard_reader *vcard_reader_new(const char *data, size_t len)
{
    struct vcard_reader *reader = g_new0(struct vcard_reader, 1);
    bool is_big = false;
    size_t skip = 0;
    unsigned width = len > 0 ? find_width((const unsigned char *)data, len, &is_big, &skip) : 1;
    if (width > 1) {
        reader->owned = convert_wide(data + skip, len - skip, width, is_big, &len);
        data = reader->owned;
    }
    if (len > 0 && memchr(data, '\n', len) == NULL && memchr(data, '\r', len) != NULL) {
        if (reader->owned == NULL) {    /* line ends of old Macintoshes */
            reader->owned = g_memdup2(data, len);
        }
        for (size_t i = 0; i < len; i++) {
            reader->owned[i] = reader->owned[i] == '\r' ? '\n' : reader->owned[i];
        }
        data = reader->owned;
    }
    reader->data = data != NULL ? data : "";
    reader->at = reader->data;
    reader->end = reader->data + len;
    reader->line = 1;
    return reader;
}

void vcard_reader_free(struct vcard_reader *reader)
{
    if (reader != NULL) {
        g_free(reader->owned);
        g_free(reader);
    }
}

uint32_t vcard_reader_junk(const struct vcard_reader *reader, uint32_t *first_line_out)
{
    if (first_line_out != NULL) {
        *first_line_out = reader->first_junk;
    }
    return reader->n_junk;
}

/* --- physical lines
 * -------------------------------------------------------------------------------------------- */

struct raw_line {
    const char *start;
    const char *end;                    /* without line end */
    const char *next;
};

static struct raw_line raw_line_at(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    struct raw_line line = { .start = at,
                             .end = newline != NULL ? newline : end,
                             .next = newline != NULL ? newline + 1 : end };
    while (line.end > at && line.end[-1] == '\r') {
        line.end--;
    }
    return line;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* True when the line, blanks around it and a byte order mark before it apart, is `text` in any
 * case. */
static bool line_is(struct raw_line line, const char *text)
{
    const char *from = line.start;
    const char *to = line.end;
    if (to - from >= 3 && memcmp(from, "\xEF\xBB\xBF", 3) == 0) {
        from += 3;
    }
    while (from < to && is_space(*from)) {
        from++;
    }
    while (to > from && (is_space(to[-1]) || to[-1] == '\r')) {
        to--;
    }
    size_t len = (size_t)(to - from);
    return len == strlen(text)
           && (memcmp(from, text, len) == 0 || g_ascii_strncasecmp(from, text, len) == 0);
}

static bool line_is_blank(struct raw_line line)
{
    for (const char *at = line.start; at < line.end; at++) {
        if (!is_space(*at) && *at != '\r'
            && *at != '\032') {         /* ^Z: how CP/M and DOS ended text files */
            return false;
        }
    }
    return true;
}

/* Moves behind the next BEGIN:VCARD. False: none. */
static bool find_begin(struct vcard_reader *reader)
{
    while (reader->at < reader->end) {
        struct raw_line line = raw_line_at(reader->at, reader->end);
        bool is_begin = line_is(line, "BEGIN:VCARD");
        if (!is_begin && !line_is_blank(line)
            && !(line.end - line.start == 3 && memcmp(line.start, "\xEF\xBB\xBF", 3) == 0)) {
            reader->first_junk = reader->n_junk++ == 0 ? reader->line : reader->first_junk;
        }
        reader->at = line.next;
        reader->line++;
        if (is_begin) {
            return true;
        }
    }
    return false;
}

/* Moves behind the END of a card that was refused, or before the next BEGIN. */
static void skip_card(struct vcard_reader *reader)
{
    while (reader->at < reader->end) {
        struct raw_line line = raw_line_at(reader->at, reader->end);
        if (line_is(line, "BEGIN:VCARD")) {
            return;
        }
        reader->at = line.next;
        reader->line++;
        if (line_is(line, "END:VCARD")) {
            return;
        }
    }
}

/* --- lines that go on
 * ------------------------------------------------------------------------------------------ */

/* Bytes that are one logical line put together; room for all of [from, to). */
struct joined {
    char *bytes;
    size_t len;
};

static void join(struct joined *joined, const char *from, const char *to)
{
    memcpy(joined->bytes + joined->len, from, (size_t)(to - from));
    joined->len += (size_t)(to - from);
}

/* True when the first line of a folded one says that its value is quoted-printable. */
static bool says_printable(struct vcard *card, const struct vcard_line *line)
{
    bool is_quoted = false;
    for (const char *at = line->start; at < line->end; at++) {
        is_quoted ^= *at == '"';
    }
    if (line->colon == NULL || is_quoted) {
        return false;
    }
    struct vcard_line copy = *line;
    struct vcard_property property;
    size_t n_params = card->store->n_params;
    enum vcard_line_kind kind = vcard_line_parse(card, &copy, &property);
    card->store->n_params = n_params;
    return kind == VCARD_LINE_PROPERTY && (property.flags & VCARD_QP) != 0;
}

/* RFC 6350 3.2: a line that begins with a blank goes on the one before. Bytes are joined before
 * UTF-8 is looked at, so a fold inside a character heals. A quoted-printable soft break before the
 * blank is left for join_soft_breaks(). */
static void unfold(struct vcard_reader *reader, struct vcard *card, struct vcard_line *line)
{
    const char *to = line->next;
    while (to < reader->end && is_space(*to) && to - line->start <= VCARD_MAX_CARD_BYTES) {
        to = raw_line_at(to, reader->end).next;
    }
    struct joined joined = { vcard_arena_take(&card->store->arena, (size_t)(to - line->start) + 1),
                             0 };
    join(&joined, line->start, line->end);
    bool is_asked = false;
    while (reader->at < to) {
        if (!is_asked && joined.len > 0 && joined.bytes[joined.len - 1] == '=') {
            is_asked = true;
            if (says_printable(card, line)) {
                break;
            }
        }
        struct raw_line more = raw_line_at(reader->at, reader->end);
        join(&joined, more.start + 1, more.end);
        reader->at = more.next;
        reader->line++;
    }
    const char *next = line->next;
    joined.bytes[joined.len] = '\n';
    vcard_line_scan(joined.bytes, joined.bytes + joined.len, line);
    line->next = next;
}

/* Quoted-printable (2.1): a line that ends in '=' goes on in the next, which is not indented. */
static void join_soft_breaks(struct vcard_reader *reader, struct vcard *card,
                             struct vcard_property *property)
{
    struct vcard_span value = property->value;
    size_t more = 0;
    for (const char *at = reader->at;
         at < reader->end && more <= VCARD_MAX_CARD_BYTES;) { /* how much may follow */
        struct raw_line line = raw_line_at(at, reader->end);
        more += (size_t)(line.next - line.start);
        at = line.next;
        if ((line.end == line.start || line.end[-1] != '=')
            && (at == reader->end || !is_space(*at))) {
            break;
        }
    }
    struct joined joined = { vcard_arena_take(&card->store->arena, value.len + more), 0 };
    join(&joined, value.at, value.at + value.len);
    for (const char *to = reader->at + more; reader->at < to;) {
        struct raw_line line = raw_line_at(reader->at, reader->end);
        bool is_soft = joined.len > 0 && joined.bytes[joined.len - 1] == '=';
        bool is_fold = !is_soft && is_space(*line.start);
        if (!(is_soft || is_fold) || line_is(line, "END:VCARD") || line_is(line, "BEGIN:VCARD")) {
            break;
        }
        joined.len -= is_soft;
        join(&joined, line.start + is_fold, line.end);
        reader->at = line.next;
        reader->line++;
    }
    property->value = (struct vcard_span){ joined.bytes, joined.len };
}

/* True when the line is base64 and nothing else. A fold behind it says that it is the head of a
 * line with a long name. */
static bool is_base64_line(const struct vcard_reader *reader, struct raw_line line)
{
    for (const char *at = line.start; at < line.end; at++) {
        if (!g_ascii_isalnum(*at) && *at != '+' && *at != '/' && *at != '=' && !is_space(*at)) {
            return false;
        }
    }
    return line.end > line.start && (line.next == reader->end || !is_space(*line.next));
}

/* base64 whose lines some phones do not indent; a blank line ends them. */
static void join_base64(struct vcard_reader *reader, struct vcard *card,
                        struct vcard_property *property)
{
    const char *to = reader->at;
    while (to < reader->end && to - reader->at <= VCARD_MAX_CARD_BYTES) {
        struct raw_line line = raw_line_at(to, reader->end);
        if (!is_base64_line(reader, line)) {
            break;
        }
        to = line.next;
    }
    if (to == reader->at) {
        return;
    }
    struct vcard_span value = property->value;
    struct joined joined = {
        vcard_arena_take(&card->store->arena, value.len + (size_t)(to - reader->at)), 0
    };
    join(&joined, value.at, value.at + value.len);
    while (reader->at < to) {
        struct raw_line line = raw_line_at(reader->at, reader->end);
        join(&joined, line.start, line.end);
        reader->at = line.next;
        reader->line++;
    }
    property->value = (struct vcard_span){ joined.bytes, joined.len };
}

/* A whole card inside AGENT (2.1 writes it on the lines that follow): its text becomes the value,
 * escaped. False: cut off. */
static bool take_agent(struct vcard_reader *reader, struct vcard *card,
                       struct vcard_property *property)
{
    struct vcard_arena *arena = &card->store->arena;
    const char *from = property->value.len > 0 ? reader->at
                                               : NULL; /* AGENT:BEGIN:VCARD stands already */
    unsigned depth = from != NULL;
    uint32_t n_lines = 0;
    for (const char *at = reader->at;
         at < reader->end && at - reader->at <= VCARD_MAX_CARD_BYTES;) {
        struct raw_line line = raw_line_at(at, reader->end);
        if (depth == 0 && !line_is(line, "BEGIN:VCARD") && !line_is_blank(line)) {
            return true;                /* an empty AGENT, then something else */
        }
        at = line.next;
        n_lines++;
        if (line_is(line, "BEGIN:VCARD")) {
            from = depth++ == 0 ? line.next : from;
        } else if (line_is(line, "END:VCARD") && --depth == 0) {
            size_t len = (size_t)(line.end - from);
            struct joined joined = { vcard_arena_take(arena, 12 + len), 0 };
            memcpy(joined.bytes, "BEGIN:VCARD\n", 12);
            joined.len = 12;
            join(&joined, from, line.end);
            property->value = vcard_escape(
                arena, vcard_clean(arena, (struct vcard_span){ joined.bytes, joined.len }));
            property->flags |= VCARD_ESCAPED;
            reader->at = at;
            reader->line += n_lines;
            return true;
        }
        if (depth > VCARD_MAX_AGENT_DEPTH) {
            return false;
        }
    }
    return depth == 0;
}

/* --- the card ---------------------------------------------------------------------------- */

/* Keeps why the card is refused: a sentence with a line number in it. */
static enum line_result refuse_card(struct vcard *card, const char *before, uint32_t line,
                                    const char *after)
{
    g_snprintf(card->store->refusal, sizeof card->store->refusal, "%s %u%s", before, line, after);
    card->refusal = card->store->refusal;
    return LINE_REFUSED;
}

static bool is_agent_card(const struct vcard_property *property)
{
    return property->value.len == 0
           || (property->value.len == 11
               && g_ascii_strncasecmp(property->value.at, "BEGIN:VCARD", 11) == 0);
}

static bool value_is_vcard(struct vcard_span value)
{
    if (value.len == 5 && memcmp(value.at, "VCARD", 5) == 0) {
        return true;
    }
    while (value.len > 0 && is_space(value.at[value.len - 1])) {
        value.len--;
    }
    while (value.len > 0 && is_space(value.at[0])) {
        value.at++;
        value.len--;
    }
    return value.len == 5 && g_ascii_strncasecmp(value.at, "VCARD", 5) == 0;
}

/* The version stands anywhere in the card; what we do not know is read as 3.0. */
static void note_version(struct vcard *card, struct vcard_span value)
{
    while (value.len > 0 && is_space(value.at[0])) {
        value.at++;
        value.len--;
    }
    if (value.len >= 3 && memcmp(value.at, "2.", 2) == 0) {
        card->version = VCARD_2_1;
    } else if (value.len >= 3 && memcmp(value.at, "4.", 2) == 0) {
        card->version = VCARD_4_0;
    } else {
        card->version = VCARD_3_0;
    }
}

/* What BEGIN, END and VERSION do; everything else is counted in. */
static enum line_result take_property(struct vcard_reader *reader, struct vcard *card,
                                      struct vcard_property *property,
                                      const struct vcard_line *line)
{
    switch (property->id) {
    case VCARD_END:
    case VCARD_BEGIN:
        if (value_is_vcard(property->value)) {
            return property->id == VCARD_END ? LINE_END : LINE_BEGIN;
        }
        vcard_line_keep_odd(
            card, (struct vcard_span){ line->start, (size_t)(line->end - line->start) }, property);
        card->n_odd_lines++;
        break;
    case VCARD_VERSION: note_version(card, property->value); return LINE_READ;
    case VCARD_AGENT:
        if (is_agent_card(property) && !take_agent(reader, card, property)) {
            return refuse_card(card, "The card is cut off: the one inside it on line",
                               property->line, " has no END:VCARD.");
        }
        break;
    default: break;
    }
    card->n_properties++;
    return LINE_READ;
}

/* Lines that need more than a glance: they go on, or hold bytes that are not plain ASCII. */
static void finish_value(struct vcard_reader *reader, struct vcard *card,
                         struct vcard_property *property, const struct vcard_line *line)
{
    if ((property->flags & VCARD_QP) != 0 && property->value.len > 0
        && property->value.at[property->value.len - 1] == '=') {
        join_soft_breaks(reader, card, property);
    } else if ((property->flags & VCARD_BASE64) != 0 && reader->at < reader->end) {
        join_base64(reader, card, property);
    }
    vcard_line_clean(card, property, line->is_odd);
}

/* One logical line of a card. */
static inline enum line_result read_line(struct vcard_reader *reader, struct vcard *card)
{
    struct vcard_line line;
    uint32_t number = reader->line;
    while (G_UNLIKELY(is_space(*reader->at))) { /* nothing before it that it could go on */
        if (++reader->at == reader->end) {
            return LINE_READ;
        }
    }
    vcard_line_scan(reader->at, reader->end, &line);
    reader->at = line.next;
    reader->line++;
    if (G_UNLIKELY(line.end == line.start)) {
        return LINE_READ;
    }
    if (G_UNLIKELY(line.next - line.start > VCARD_MAX_CARD_BYTES)) {
        return refuse_card(card, "The card is larger than 16 MiB on line", number, ".");
    }
    if (G_UNLIKELY(line.next < reader->end && is_space(*line.next))
        && !line_is((struct raw_line){ line.start, line.end, line.next }, "END:VCARD")) {
        unfold(reader, card, &line);
    }
    struct vcard_property *property = vcard_property_slot(card);
    enum vcard_line_kind kind = vcard_line_parse(card, &line, property);
    property->line = number;
    if (G_UNLIKELY(kind == VCARD_LINE_TOO_MANY)) {
        return refuse_card(card, "Line", number, " has more parameters than can be read.");
    }
    if (G_UNLIKELY(kind == VCARD_LINE_ODD)) {
        struct raw_line raw = { line.start, line.end, line.next };
        if (line_is_blank(raw)) {
            return LINE_READ;
        }
        vcard_line_keep_odd(
            card, (struct vcard_span){ line.start, (size_t)(line.end - line.start) }, property);
        property->line = number;
        card->n_odd_lines++;
        card->n_properties++;
        return LINE_READ;
    }
    if (G_UNLIKELY(line.is_odd || (property->flags & (VCARD_QP | VCARD_BASE64)) != 0)) {
        finish_value(reader, card, property, &line);
    }
    if (G_UNLIKELY(vcard_name_rows[property->id].shape == VCARD_SHAPE_REFUSED
                   || property->id == VCARD_AGENT)) {
        return take_property(reader, card, property, &line);
    }
    card->n_properties++;
    return LINE_READ;
}

/* The lines of one card, behind its BEGIN. */
static enum line_result read_lines(struct vcard_reader *reader, struct vcard *card)
{
    const char *start = reader->at;
    while (reader->at < reader->end) {
        const char *at = reader->at;
        uint32_t line = reader->line;
        enum line_result result = read_line(reader, card);
        if (result == LINE_BEGIN) {
            reader->at = at;
            reader->line = line;
            return refuse_card(card, "The card is cut off: another one begins on line", line,
                               " before END:VCARD.");
        }
        if (result != LINE_READ) {
            return result;
        }
        if (G_UNLIKELY(reader->at - start > VCARD_MAX_CARD_BYTES)) {
            return refuse_card(card, "The card is larger than 16 MiB on line", line, ".");
        }
        if (G_UNLIKELY(card->n_properties > VCARD_MAX_PROPERTIES
                       || reader->line - card->line > VCARD_MAX_LINES)) {
            return refuse_card(card, "The card has more entries than can be read, on line", line,
                               ".");
        }
    }
    return refuse_card(card, "The card is cut off: the file ends on line", reader->line - 1,
                       " before END:VCARD.");
}

enum vcard_read vcard_next(struct vcard_reader *reader, struct vcard *card)
{
    vcard_reset(card);
    if (!find_begin(reader)) {
        return VCARD_READ_END;
    }
    card->line = reader->line - 1;
    card->store->file = reader->data;
    card->store->file_end = reader->end;
    enum line_result result = read_lines(reader, card);
    if (result == LINE_END && card->n_properties == 0) {
        refuse_card(card, "The card that begins on line", card->line, " is empty.");
        result = LINE_READ;             /* refused, but its END has been read */
    }
    if (card->version == VCARD_VERSION_NONE) {
        card->version = VCARD_3_0;
    }
    if (result == LINE_END) {
        return VCARD_READ_CARD;
    }
    if (result == LINE_REFUSED) {
        skip_card(reader);
    }
    card->n_properties = 0;
    return VCARD_READ_REFUSED;
}
