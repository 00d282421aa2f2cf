/* One property -> one line of 3.0 or 4.0. The meaning is taken out of whatever spelling was read
 * (`struct content`) and then written in the spelling of the version; the table of what becomes
 * what is in vcard_write.h.
 *
 * Invariant: reading the 4.0 line again and writing it in 4.0 gives the same bytes. The fuzz target
 * holds us to it. */
#include "codec/vcard_private.h"
#include "codec/vcard_write.h"

enum form {
    FORM_RAW,                           /* separators as they stand */
    FORM_TEXT,
    FORM_LIST,
    FORM_LISTS,
    FORM_FIELDS,
    FORM_URI,
    FORM_BINARY,
    FORM_DAMAGED,                       /* said to be base64 and is not: given back as it came */
    FORM_DATE,
    FORM_GEO,
};

enum { MAX_LABELS = 32 };               /* duplicates are looked for among so many */

struct content {
    struct vcard *card;
    const struct vcard_property *property;
    enum vcard_version version;
    bool is_essence;                    /* for comparing only */
    enum form form;
    enum vcard_name name;               /* under which it is written */
    struct vcard_span kind;             /* VALUE as it was read */
    struct vcard_span media_type;
    struct vcard_span bytes;
    struct vcard_date date;
    struct vcard_span latitude;
    struct vcard_span longitude;
};

/* --- what it is -------------------------------------------------------------------------- */

/* "scheme:" at the start (RFC 3986 3.1). */
static bool has_scheme(struct vcard_span text)
{
    size_t i = 0;
    while (i < text.len && (g_ascii_isalnum(text.at[i]) || strchr("+-.", text.at[i]) != NULL)) {
        i++;
    }
    return i > 0 && i < text.len && text.at[i] == ':' && g_ascii_isalpha(text.at[0]);
}

static bool is_number(struct vcard_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!g_ascii_isdigit(text.at[i]) && strchr("+-.", text.at[i]) == NULL) {
            return false;
        }
    }
    return text.len > 0;
}

/* "a;b" (3.0), "geo:a,b" (4.0), "a,b" (seen). */
static bool parse_geo(struct content *content)
{
    struct vcard_span text = vcard_text(content->card, content->property);
    if (text.len > 4 && g_ascii_strncasecmp(text.at, "geo:", 4) == 0) {
        text = (struct vcard_span){ text.at + 4, text.len - 4 };
    }
    const char *split = text.len > 0 ? memchr(text.at, ';', text.len) : NULL;
    split = split == NULL && text.len > 0 ? memchr(text.at, ',', text.len) : split;
    if (split == NULL) {
        return false;
    }
    content->latitude = (struct vcard_span){ text.at, (size_t)(split - text.at) };
    content->longitude = (struct vcard_span){ split + 1, text.len - content->latitude.len - 1 };
    return is_number(content->latitude) && is_number(content->longitude);
}

static bool has_label(struct vcard *card, const struct vcard_property *property, const char *wanted)
{
    struct vcard_span label;
    for (struct vcard_type_walk walk = { 0 }; vcard_type_next(card, property, &walk, &label);) {
        if (vcard_span_is(label, wanted)) {
            return true;
        }
    }
    return false;
}

/* Text or URI, for properties that may be either. */
static enum form text_or_uri(const struct content *content, enum vcard_shape shape)
{
    const struct vcard_property *property = content->property;
    if (property->id == VCARD_UID && content->is_essence) {
        return FORM_TEXT;       /* 3.0 cannot say which */
    }
    if (vcard_span_is(content->kind, "text")) {
        return FORM_TEXT;
    }
    if (property->id == VCARD_TEL) {
        bool is_uri = vcard_span_is(content->kind, "uri")
                      || (property->value.len > 4
                          && g_ascii_strncasecmp(property->value.at, "tel:", 4) == 0);
        return is_uri && content->version == VCARD_4_0 && !content->is_essence ? FORM_URI
                                                                               : FORM_TEXT;
    }
    if (property->id == VCARD_UID) {
        return has_scheme(vcard_text(content->card, property)) ? FORM_URI : FORM_TEXT;
    }
    if (vcard_span_is(content->kind, "uri")) {
        return FORM_URI;
    }
    return shape == VCARD_SHAPE_TEXT ? FORM_TEXT : FORM_URI;
}

static enum form find_form(struct content *content)
{
    struct vcard *card = content->card;
    const struct vcard_property *property = content->property;
    enum vcard_shape shape = vcard_name_rows[property->id].shape;
    struct vcard_binary binary;
    if (vcard_binary_is_inline(card, property)) {
        if (vcard_binary(card, property, &binary)) {
            content->media_type = binary.media_type;
            content->bytes = binary.bytes;
            return FORM_BINARY;
        }
        if ((property->flags & VCARD_BASE64) != 0) {
            return FORM_DAMAGED;
        }
    }
    switch (shape) {
    case VCARD_SHAPE_RAW:
    case VCARD_SHAPE_REFUSED: return FORM_RAW;
    case VCARD_SHAPE_LIST: return FORM_LIST;
    case VCARD_SHAPE_LISTS:
        return card->version == VCARD_2_1 && property->id != VCARD_N ? FORM_FIELDS : FORM_LISTS;
    case VCARD_SHAPE_FIELDS: return FORM_FIELDS;
    case VCARD_SHAPE_DATE:
        return vcard_date(card, property, &content->date) ? FORM_DATE : FORM_TEXT;
    case VCARD_SHAPE_STAMP:
        return vcard_date(card, property, &content->date) ? FORM_DATE : FORM_TEXT;
    case VCARD_SHAPE_GEO: return parse_geo(content) ? FORM_GEO : FORM_RAW;
    case VCARD_SHAPE_BINARY:
        if (vcard_span_is(content->kind, "text")) {
            return FORM_TEXT;
        }
        content->media_type = vcard_media_said(card, property);
        return FORM_URI;
    case VCARD_SHAPE_TEXT:
    case VCARD_SHAPE_URI: return text_or_uri(content, shape);
    }
    return FORM_RAW;
}

static enum vcard_name find_name(const struct content *content)
{
    const struct vcard_property *property = content->property;
    bool is_4 = content->version == VCARD_4_0;
    switch (property->id) {
    case VCARD_AGENT: return is_4 ? VCARD_RELATED : VCARD_AGENT;
    case VCARD_RELATED:
        return !is_4 && has_label(content->card, property, "agent") ? VCARD_AGENT : VCARD_RELATED;
    case VCARD_LABEL: return is_4 ? VCARD_ADR : VCARD_LABEL;
    case VCARD_X_ADDRESSBOOKSERVER_KIND: return is_4 ? VCARD_KIND : VCARD_X_ADDRESSBOOKSERVER_KIND;
    case VCARD_X_ADDRESSBOOKSERVER_MEMBER:
    case VCARD_MEMBER: return is_4 ? VCARD_MEMBER : VCARD_X_ADDRESSBOOKSERVER_MEMBER;
    case VCARD_KIND:
        return !is_4 && vcard_is_group(content->card) ? VCARD_X_ADDRESSBOOKSERVER_KIND : VCARD_KIND;
    default: return property->id;
    }
}

/* --- parameters -------------------------------------------------------------------------- */

/* RFC 6350 3.3 and 6868. 3.0 has no way to write a quote or a line break here. */
static void put_param_value(const struct content *content, struct vcard_span value, GString *out)
{
    bool is_quoted = value.len > 0
                     && (g_ascii_isspace(value.at[0]) || g_ascii_isspace(value.at[value.len - 1]));
    for (size_t i = 0; i < value.len && !is_quoted; i++) {
        is_quoted = value.at[i] == ',' || value.at[i] == ';' || value.at[i] == ':';
    }
    bool has_carets = content->version == VCARD_4_0 && !content->is_essence;
    if (is_quoted) {
        g_string_append_c(out, '"');
    }
    for (size_t i = 0; i < value.len; i++) {
        char c = value.at[i];
        if (c == '\n') {
            g_string_append(out, has_carets ? "^n" : " ");
        } else if (c == '"') {
            g_string_append(out, has_carets ? "^'" : "'");
        } else if (c == '^' && has_carets) {
            g_string_append(out, "^^");
        } else {
            g_string_append_c(out, c);
        }
    }
    if (is_quoted) {
        g_string_append_c(out, '"');
    }
}

static void put_param(const struct content *content, const char *name, struct vcard_span value,
                      GString *out)
{
    g_string_append_printf(out, ";%s=", name);
    put_param_value(content, value, out);
}

struct label_list {
    struct vcard_span labels[MAX_LABELS];
    unsigned n;
    bool is_begun;
};

static int by_text(const void *a, const void *b)
{
    const struct vcard_span *x = a;
    const struct vcard_span *y = b;
    int order = memcmp(x->at, y->at, MIN(x->len, y->len));
    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

static void put_label(const struct content *content, struct label_list *list,
                      struct vcard_span label, GString *out)
{
    for (unsigned i = 0; i < list->n; i++) {
        if (by_text(&list->labels[i], &label) == 0) {
            return;
        }
    }
    if (list->n < MAX_LABELS) {
        list->labels[list->n++] = label;
    }
    if (!content->is_essence) {
        g_string_append(out, list->is_begun ? "," : ";TYPE=");
        put_param_value(content, label, out);
    }
    list->is_begun = true;
}

static void put_label_text(const struct content *content, struct label_list *list, const char *text,
                           GString *out)
{
    put_label(content, list, (struct vcard_span){ text, strlen(text) }, out);
}

/* TYPE=JPEG of 3.0: the examples of RFC 2426 have it in upper case. */
static void put_media_label(const struct content *content, struct label_list *list, GString *out)
{
    struct vcard_span label = vcard_label_of_media(content->card, content->property->id,
                                                   content->media_type);
    char *upper = vcard_arena_take(&content->card->store->arena, label.len);
    for (size_t i = 0; i < label.len; i++) {
        upper[i] = memchr(label.at, '/', label.len) == NULL ? g_ascii_toupper(label.at[i])
                                                            : label.at[i];
    }
    put_label(content, list, (struct vcard_span){ upper, label.len }, out);
}

/* True when the label only says the media type, which has its own place. */
static bool is_media_label(const struct content *content, struct vcard_span label)
{
    if (content->media_type.len == 0) {
        return false;
    }
    struct vcard_span said = vcard_media_of_label(content->card, content->property->id, label);
    return by_text(&said, &content->media_type) == 0;
}

/* TYPE and PREF. */
static void put_labels(const struct content *content, GString *out)
{
    struct vcard *card = content->card;
    const struct vcard_property *property = content->property;
    struct label_list list = { .n = 0 };
    bool is_4 = content->version == VCARD_4_0;
    bool is_untold = vcard_name_rows[property->id].shape == VCARD_SHAPE_RAW
                     && vcard_span_is(content->media_type, "application/octet-stream");
    if (content->media_type.len > 0 && !is_4 && !is_untold) {
        put_media_label(content, &list, out);
    }
    struct vcard_span label;
    for (struct vcard_type_walk walk = { 0 }; vcard_type_next(card, property, &walk, &label);) {
        bool is_agent = content->name == VCARD_AGENT && vcard_span_is(label, "agent");
        if (!is_media_label(content, label) && !is_agent && !vcard_span_is(label, "pref")) {
            put_label(content, &list, label, out);
        }
    }
    if (property->id == VCARD_AGENT && is_4) {
        put_label_text(content, &list, "agent", out);
    }
    struct vcard_types types;
    vcard_types(card, property, &types);
    if (types.preference == 1 && !is_4) {
        put_label_text(content, &list, "pref", out);
    } else if (types.preference > 0) {
        g_string_append_printf(out, ";PREF=%u", types.preference);
    }
    qsort(list.labels, list.n, sizeof *list.labels, by_text);
    for (unsigned i = 0; i < list.n && content->is_essence; i++) {
        put_param(content, "TYPE", list.labels[i], out);
    }
}

/* Parameters that are said elsewhere in the line, or not at all. */
static bool is_own_param(const struct content *content, const struct vcard_param *param)
{
    switch (param->id) {
    case VCARD_PARAM_TYPE:
    case VCARD_PARAM_PREF:
    case VCARD_PARAM_VALUE:
    case VCARD_PARAM_ENCODING:
    case VCARD_PARAM_CHARSET: return true;
    case VCARD_PARAM_OMIT_YEAR: return content->form == FORM_DATE;
    case VCARD_PARAM_MEDIATYPE: return content->form == FORM_BINARY || content->media_type.len > 0;
    case VCARD_PARAM_LABEL:
        return content->property->id == VCARD_LABEL
               || (content->property->id == VCARD_ADR && content->version != VCARD_4_0);
    case VCARD_PARAM_OTHER:
    case VCARD_PARAM_LANGUAGE: return false;
    }
    return false;
}

static void put_other_params(const struct content *content, GString *out)
{
    const struct vcard_param *params = vcard_params(content->card, content->property);
    for (unsigned i = 0; i < content->property->n_params; i++) {
        if (is_own_param(content, &params[i])) {
            continue;
        }
        struct vcard_list values = vcard_param_values(content->card, &params[i]);
        g_string_append_printf(out, ";%.*s=", (int)params[i].name.len, params[i].name.at);
        for (size_t j = 0; j < values.n_values; j++) {
            if (j > 0) {
                g_string_append_c(out, ',');
            }
            put_param_value(content, values.values[j], out);
        }
    }
}

/* VALUE, where the version's default is another one. */
static void put_kind(const struct content *content, GString *out)
{
    enum vcard_shape shape = vcard_name_rows[content->name].shape;
    bool is_4 = content->version == VCARD_4_0;
    struct vcard_span text = content->property->value;
    switch (content->form) {
    case FORM_TEXT:
        if (shape == VCARD_SHAPE_BINARY || shape == VCARD_SHAPE_DATE
            || (shape == VCARD_SHAPE_URI && (content->name != VCARD_UID || is_4))) {
            g_string_append(out, ";VALUE=text");
        }
        break;
    case FORM_URI:
        if (shape == VCARD_SHAPE_TEXT
            || (shape == VCARD_SHAPE_BINARY
                && (!is_4 || text.len == 0 || memchr(text.at, ':', text.len) == NULL))) {
            g_string_append(out, ";VALUE=uri");
        }
        break;
    case FORM_RAW:
        if (content->kind.len > 0 && !vcard_span_is(content->kind, "binary")
            && !vcard_span_is(content->kind, "inline")) {
            put_param(content, "VALUE", content->kind, out);
        }
        break;
    case FORM_DATE:
        if (content->date.has_time && !is_4 && shape == VCARD_SHAPE_DATE) {
            g_string_append(out, ";VALUE=date-time");
        }
        if (!is_4 && content->date.year == 0 && content->date.month != 0
            && content->date.day != 0) {
            g_string_append(out, ";X-APPLE-OMIT-YEAR=1604");
        }
        break;
    case FORM_BINARY: g_string_append(out, is_4 ? "" : ";ENCODING=b"); break;
    case FORM_DAMAGED: g_string_append(out, ";ENCODING=b"); break;
    case FORM_LIST:
    case FORM_LISTS:
    case FORM_FIELDS:
    case FORM_GEO: break;
    }
    if (is_4 && content->form == FORM_URI && content->media_type.len > 0) {
        put_param(content, "MEDIATYPE", content->media_type, out);
    }
}

/* --- values ------------------------------------------------------------------------------ */

/* Escaped text in the escapes of 3.0 and 4.0: what was an escape stays one, what was not becomes
 * one. */
static void put_escaped(const struct vcard_property *property, bool has_commas, bool has_semicolons,
                        GString *out)
{
    const char *end = property->value.at + property->value.len;
    for (const char *at = property->value.at; at < end; at++) {
        char next = *at == '\\' && at + 1 < end ? at[1] : '\0';
        if (next == '\\' || next == ',' || next == ';') {
            g_string_append_len(out, at++, 2);
        } else if (next == ':') {
            g_string_append_c(out, *++at);
        } else if ((next == 'n' || next == 'N') && (property->flags & VCARD_WAS_QP) == 0) {
            g_string_append(out, "\\n");
            at++;
        } else if (*at == '\n') {
            g_string_append(out, "\\n");
        } else if (*at == '\\' || (*at == ',' && !has_commas) || (*at == ';' && !has_semicolons)) {
            g_string_append_c(out, '\\');
            g_string_append_c(out, *at);
        } else {
            g_string_append_c(out, *at);
        }
    }
}

/* Commas and semicolons of a URI are its own (RFC 6350 3.4 speaks of text). */
static void put_uri(struct vcard_span uri, GString *out)
{
    for (size_t i = 0; i < uri.len; i++) {
        if (uri.at[i] == '\\' || uri.at[i] == '\n') {
            g_string_append(out, uri.at[i] == '\n' ? "\\n" : "\\\\");
        } else {
            g_string_append_c(out, uri.at[i]);
        }
    }
}

static void put_binary(const struct content *content, GString *out)
{
    g_autofree char *base64 = g_base64_encode((const guchar *)content->bytes.at,
                                              content->bytes.len);
    if (content->version == VCARD_4_0) {
        struct vcard_span media_type = content->media_type;
        media_type = media_type.len > 0 ? media_type
                                        : (struct vcard_span){ "application/octet-stream", 24 };
        g_string_append_printf(out, "data:%.*s;base64,", (int)media_type.len, media_type.at);
    }
    g_string_append(out, base64);
}

static void put_time(const struct vcard_date *date, bool is_basic, GString *out)
{
    g_string_append_printf(out, is_basic ? "T%02d%02d%02d" : "T%02d:%02d:%02d", date->hour,
                           date->minute, date->second);
    if (!date->has_zone) {
        return;
    }
    int minutes = ABS(date->zone_minutes);
    if (minutes == 0) {
        g_string_append_c(out, 'Z');
        return;
    }
    g_string_append_printf(out, is_basic ? "%c%02d%02d" : "%c%02d:%02d",
                           date->zone_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

/* 4.0 wants the basic form; 3.0 reads best in the extended one, and has no date without a year. */
static void put_date(const struct content *content, GString *out)
{
    const struct vcard_date *date = &content->date;
    bool is_basic = content->version == VCARD_4_0;
    int year = !is_basic && date->year == 0 && date->month != 0 && date->day != 0 ? 1604
                                                                                  : date->year;
    if (year != 0 && date->day != 0) {
        g_string_append_printf(out, is_basic ? "%04d%02d%02d" : "%04d-%02d-%02d", year, date->month,
                               date->day);
    } else if (year != 0) {
        g_string_append_printf(out, date->month != 0 ? "%04d-%02d" : "%04d", year, date->month);
    } else if (date->month != 0) {
        g_string_append_printf(out, date->day != 0 ? "--%02d%02d" : "--%02d", date->month,
                               date->day);
    } else if (date->day != 0) {
        g_string_append_printf(out, "---%02d", date->day);
    }
    if (date->has_time) {
        put_time(date, is_basic, out);
    }
}

static void put_value(const struct content *content, GString *out)
{
    struct vcard *card = content->card;
    const struct vcard_property *property = content->property;
    switch (content->form) {
    case FORM_TEXT:
        if (property->id == VCARD_TEL && (content->version != VCARD_4_0 || content->is_essence)) {
            struct vcard_span escaped = vcard_escape(&card->store->arena,
                                                     vcard_address(card, property));
            g_string_append_len(out, escaped.at, (gssize)escaped.len);
        } else {
            put_escaped(property, false, false, out);
        }
        break;
    case FORM_LIST: put_escaped(property, true, false, out); break;
    case FORM_FIELDS: put_escaped(property, false, true, out); break;
    case FORM_RAW:
    case FORM_LISTS:
    case FORM_DAMAGED: put_escaped(property, true, true, out); break;
    case FORM_URI: put_uri(vcard_text(card, property), out); break;
    case FORM_BINARY: put_binary(content, out); break;
    case FORM_DATE: put_date(content, out); break;
    case FORM_GEO:
        g_string_append_printf(out, content->version == VCARD_4_0 ? "geo:%.*s,%.*s" : "%.*s;%.*s",
                               (int)content->latitude.len, content->latitude.at,
                               (int)content->longitude.len, content->longitude.at);
        break;
    }
}

/* --- the line ---------------------------------------------------------------------------- */

static void put_name(const struct content *content, enum vcard_name name, GString *out)
{
    const struct vcard_property *property = content->property;
    if (property->group.len > 0) {
        g_string_append_len(out, property->group.at, (gssize)property->group.len);
        g_string_append_c(out, '.');
    }
    if (name == VCARD_X_ABLABEL || name == VCARD_X_ABSHOWAS) {      /* as Apple writes them */
        g_string_append(out, name == VCARD_X_ABLABEL ? "X-ABLabel" : "X-ABShowAs");
    } else if (name == VCARD_OTHER) {
        g_string_append_len(out, property->name.at, (gssize)property->name.len);
    } else {
        g_string_append(out, vcard_name_rows[name].text);
    }
}

/* LABEL of 2.1 and 3.0 -> ADR of 4.0 without an address but with the label. */
static void put_label_as_adr(const struct content *content, GString *out)
{
    put_name(content, VCARD_ADR, out);
    put_labels(content, out);
    put_param(content, "LABEL", vcard_text(content->card, content->property), out);
    put_other_params(content, out);
    g_string_append(out, ":;;;;;;");
}

/* ADR with a label in 3.0: the address, if there is one, and LABEL on a line of its own. */
static void put_adr_3(const struct content *content, const struct vcard_param *label, GString *out)
{
    struct vcard *card = content->card;
    struct vcard_span value = content->property->value;
    bool has_address = false;
    for (size_t i = 0; i < value.len && !has_address; i++) {
        has_address = value.at[i] != ';';
    }
    if (has_address) {
        put_name(content, VCARD_ADR, out);
        put_labels(content, out);
        put_other_params(content, out);
        g_string_append_c(out, ':');
        put_value(content, out);
        g_string_append_c(out, '\n');
    }
    put_name(content, VCARD_LABEL, out);
    put_labels(content, out);
    put_other_params(content, out);
    g_string_append_c(out, ':');
    struct vcard_list values = vcard_param_values(card, label);
    for (size_t i = 0; i < values.n_values; i++) {
        struct vcard_span escaped = vcard_escape(&card->store->arena, values.values[i]);
        g_string_append(out, i > 0 ? "\\," : "");
        g_string_append_len(out, escaped.at, (gssize)escaped.len);
    }
}

static void put_line(struct content *content, GString *out)
{
    struct vcard *card = content->card;
    const struct vcard_property *property = content->property;
    content->kind = vcard_value_kind(card, property);
    content->form = find_form(content);
    content->name = find_name(content);
    if (property->id == VCARD_LABEL && content->version == VCARD_4_0) {
        put_label_as_adr(content, out);
        return;
    }
    const struct vcard_param *label = property->id == VCARD_ADR
                                          ? vcard_param_first(card, property, VCARD_PARAM_LABEL)
                                          : NULL;
    if (label != NULL && content->version != VCARD_4_0) {
        put_adr_3(content, label, out);
        return;
    }
    put_name(content, content->name, out);
    put_labels(content, out);
    put_other_params(content, out);
    if (!(content->is_essence && property->id == VCARD_UID)) {
        put_kind(content, out);
    }
    g_string_append_c(out, ':');
    put_value(content, out);
}

void vcard_property_line(struct vcard *card, const struct vcard_property *property,
                         enum vcard_version version, GString *out)
{
    struct content content = { .card = card, .property = property, .version = version };
    put_line(&content, out);
}

/* The line with all that two versions and two programs may spell differently spelt one way. */
static void essence(struct vcard *card, const struct vcard_property *property, GString *out)
{
    struct content content = {
        .card = card, .property = property, .version = VCARD_4_0, .is_essence = true
    };
    put_line(&content, out);
}

bool vcard_same(struct vcard *card, const struct vcard_property *property, struct vcard *other_card,
                const struct vcard_property *other)
{
    if (property->group.len != other->group.len
        || g_ascii_strncasecmp(property->group.at, other->group.at, property->group.len) != 0) {
        return false;
    }
    g_autoptr(GString) one = g_string_new(NULL);
    g_autoptr(GString) two = g_string_new(NULL);
    essence(card, property, one);
    essence(other_card, other, two);
    size_t skip = property->group.len;
    return one->len == two->len && memcmp(one->str + skip, two->str + skip, one->len - skip) == 0;
}
