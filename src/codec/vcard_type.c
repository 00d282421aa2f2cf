/* Parameters: labels of TYPE in all their spellings (`;HOME`, `;type=home;type=pref`,
 * `;TYPE="home,work"`), PREF, VALUE, and parameter values in general (RFC 6350 5, RFC 6868). */
#include "codec/vcard_private.h"

#define WORD(a, b, c, d, e, f, g, h) \
    ((uint64_t)(a) | (uint64_t)(b) << 8 | (uint64_t)(c) << 16 | (uint64_t)(d) << 24 \
     | (uint64_t)(e) << 32 | (uint64_t)(f) << 40 | (uint64_t)(g) << 48 | (uint64_t)(h) << 56)

struct known_label {
    const char *text;                   /* NULL: not known */
    uint32_t bit;
};

static inline struct known_label find_label(const char *at, size_t len)
{
    if (len > 8) {
        return (struct known_label){ NULL, 0 };
    }
    switch (vcard_name_word(at, len, false)) {
    case WORD('H', 'O', 'M', 'E', 0, 0, 0, 0):
        return (struct known_label){ "home", VCARD_TYPE_HOME };
    case WORD('W', 'O', 'R', 'K', 0, 0, 0, 0):
        return (struct known_label){ "work", VCARD_TYPE_WORK };
    case WORD('C', 'E', 'L', 'L', 0, 0, 0, 0):
        return (struct known_label){ "cell", VCARD_TYPE_CELL };
    case WORD('V', 'O', 'I', 'C', 'E', 0, 0, 0):
        return (struct known_label){ "voice", VCARD_TYPE_VOICE };
    case WORD('F', 'A', 'X', 0, 0, 0, 0, 0): return (struct known_label){ "fax", VCARD_TYPE_FAX };
    case WORD('P', 'R', 'E', 'F', 0, 0, 0, 0): return (struct known_label){ "pref", 0 };
    case WORD('I', 'N', 'T', 'E', 'R', 'N', 'E', 'T'):
        return (struct known_label){ "internet", VCARD_TYPE_INTERNET };
    case WORD('P', 'A', 'G', 'E', 'R', 0, 0, 0):
        return (struct known_label){ "pager", VCARD_TYPE_PAGER };
    case WORD('M', 'A', 'I', 'N', 0, 0, 0, 0):
        return (struct known_label){ "main", VCARD_TYPE_MAIN };
    case WORD('O', 'T', 'H', 'E', 'R', 0, 0, 0):
        return (struct known_label){ "other", VCARD_TYPE_OTHER };
    case WORD('T', 'E', 'X', 'T', 0, 0, 0, 0):
        return (struct known_label){ "text", VCARD_TYPE_TEXT };
    case WORD('V', 'I', 'D', 'E', 'O', 0, 0, 0):
        return (struct known_label){ "video", VCARD_TYPE_VIDEO };
    case WORD('M', 'O', 'B', 'I', 'L', 'E', 0, 0):
        return (struct known_label){ "mobile", VCARD_TYPE_CELL };
    case WORD('I', 'P', 'H', 'O', 'N', 'E', 0, 0):
        return (struct known_label){ "iphone", VCARD_TYPE_CELL };
    default: return (struct known_label){ NULL, 0 };
    }
}

/* RFC 6868: ^n, ^^ and ^' in parameter values of 4.0. */
static struct vcard_span decode_carets(struct vcard *card, struct vcard_span raw)
{
    if (card->version != VCARD_4_0 || raw.len == 0 || memchr(raw.at, '^', raw.len) == NULL) {
        return raw;
    }
    char *copy = vcard_arena_take(&card->store->arena, raw.len);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char next = raw.at[i] == '^' && i + 1 < raw.len ? raw.at[i + 1] : '\0';
        char meant = next == 'n' || next == 'N' ? '\n'
                     : next == '^'              ? '^'
                     : next == '\''             ? '"'
                                                : '\0';
        copy[len++] = meant != '\0' ? meant : raw.at[i];
        i += meant != '\0';
    }
    return (struct vcard_span){ copy, len };
}

struct vcard_span vcard_lower(struct vcard *card, struct vcard_span text)
{
    char *copy = vcard_arena_take(&card->store->arena, text.len);
    for (size_t i = 0; i < text.len; i++) {
        copy[i] = g_ascii_tolower(text.at[i]);
    }
    return (struct vcard_span){ copy, text.len };
}

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static inline struct vcard_span trim_label(struct vcard_span label)
{
    while (label.len > 0 && is_blank(label.at[0])) {
        label.at++;
        label.len--;
    }
    while (label.len > 0 && is_blank(label.at[label.len - 1])) {
        label.len--;
    }
    return label;
}

/* The next label as written, between commas, quotes and blanks. */
static bool next_raw_label(struct vcard *card, const struct vcard_property *property,
                           struct vcard_type_walk *walk, struct vcard_span *raw_out)
{
    const struct vcard_param *params = vcard_params(card, property);
    while (walk->param < property->n_params) {
        const struct vcard_param *param = &params[walk->param];
        const char *end = param->value.at + param->value.len;
        const char *at = param->value.at + walk->offset;
        while (at < end && (*at == ',' || *at == '"' || *at == ' ')) {
            at++;
        }
        if (at == end || param->id != VCARD_PARAM_TYPE) {
            walk->param++;
            walk->offset = 0;
            continue;
        }
        const char *stop = at;
        while (stop < end && *stop != ',' && *stop != '"') {
            stop++;
        }
        walk->offset = (size_t)(stop - param->value.at);
        *raw_out = trim_label(decode_carets(card, (struct vcard_span){ at, (size_t)(stop - at) }));
        if (raw_out->len > 0) {
            return true;
        }
    }
    return false;
}

bool vcard_type_next(struct vcard *card, const struct vcard_property *property,
                     struct vcard_type_walk *walk, struct vcard_span *label_out)
{
    struct vcard_span raw;
    if (!next_raw_label(card, property, walk, &raw)) {
        return false;
    }
    struct known_label known = find_label(raw.at, raw.len);
    *label_out = known.text != NULL ? (struct vcard_span){ known.text, raw.len }
                                    : vcard_lower(card, raw);
    return true;
}

/* 1..100 of PREF, 0 when it is no such number. */
static uint8_t parse_preference(struct vcard_span value)
{
    unsigned number = 0;
    for (size_t i = 0; i < value.len && number <= 100; i++) {
        if (value.at[i] == '"') {
            continue;
        }
        if (!g_ascii_isdigit(value.at[i])) {
            return 0;
        }
        number = 10 * number + (unsigned)(value.at[i] - '0');
    }
    return number <= 100 ? (uint8_t)number : 0;
}

static void add_label(struct vcard_types *types, struct vcard_span label)
{
    for (unsigned i = 0; i < types->n_labels; i++) {
        if (types->labels[i].len == label.len
            && memcmp(types->labels[i].at, label.at, label.len) == 0) {
            return;
        }
    }
    if (types->n_labels < VCARD_MAX_TYPES) {
        types->labels[types->n_labels++] = label;
    }
}

void vcard_types(struct vcard *card, const struct vcard_property *property,
                 struct vcard_types *types_out)
{
    types_out->known = 0;
    types_out->preference = 0;
    types_out->n_labels = 0;
    if (property->n_params == 0) {
        return;
    }
    bool is_preferred = false;
    struct vcard_span raw;
    for (struct vcard_type_walk walk = { 0 }; next_raw_label(card, property, &walk, &raw);) {
        struct known_label known = find_label(raw.at, raw.len);
        if (known.text != NULL && known.bit == 0) {
            is_preferred = true;
            continue;
        }
        types_out->known |= known.bit;
        add_label(types_out, known.text != NULL ? (struct vcard_span){ known.text, raw.len }
                                                : vcard_lower(card, raw));
    }
    const struct vcard_param *params = vcard_params(card, property);
    for (unsigned i = 0; i < property->n_params; i++) {
        if (params[i].id == VCARD_PARAM_PREF && types_out->preference == 0) {
            types_out->preference = parse_preference(params[i].value);
        }
    }
    if (types_out->preference == 0 && is_preferred) {
        types_out->preference = 1;
    }
}

/* Splits at commas outside quotes, counting only when values is NULL. */
static size_t split_values(struct vcard *card, struct vcard_span raw, struct vcard_span *values)
{
    const char *at = raw.at;
    const char *end = raw.at + raw.len;
    size_t n = 0;
    for (;;) {
        bool is_quoted = false;
        const char *stop = at;
        while (stop < end && (is_quoted || *stop != ',')) {
            is_quoted ^= *stop++ == '"';
        }
        if (values != NULL) {
            const char *from = at;
            const char *to = stop;
            if (to - from >= 2 && *from == '"' && to[-1] == '"') {
                from++;
                to--;
            }
            values[n] = decode_carets(card, (struct vcard_span){ from, (size_t)(to - from) });
        }
        n++;
        if (stop == end) {
            return n;
        }
        at = stop + 1;
    }
}

struct vcard_list vcard_param_values(struct vcard *card, const struct vcard_param *param)
{
    size_t n = split_values(card, param->value, NULL);
    struct vcard_span *values = vcard_arena_take(&card->store->arena, n * sizeof *values);
    split_values(card, param->value, values);
    return (struct vcard_list){ values, n };
}

struct vcard_span vcard_value_kind(struct vcard *card, const struct vcard_property *property)
{
    const struct vcard_param *param = property->n_params > 0
                                          ? vcard_param_first(card, property, VCARD_PARAM_VALUE)
                                          : NULL;
    if (param == NULL) {
        return (struct vcard_span){ "", 0 };
    }
    struct vcard_span kind = vcard_lower(card, vcard_param_values(card, param).values[0]);
    return vcard_span_is(kind, "url") ? (struct vcard_span){ "uri", 3 } : kind;
}
