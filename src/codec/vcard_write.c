/* Cards out. Whatever is put becomes one line of 4.0 first, is read back and written in the version
 * wanted: so there is one set of rules for what becomes what (vcard_convert.c), and what cannot be
 * read is never written. */
#include "codec/vcard_write.h"

#include "base/error.h"
#include "codec/vcard_private.h"

enum { FOLD_BYTES = 75 }; /* RFC 6350 3.2, RFC 2426 2.6: longest line without its CR LF */

/* One logical line, folded between characters. */
static void put_folded(GString *out, const char *line, size_t len)
{
    size_t room = FOLD_BYTES;
    while (len > room) {
        size_t n = room;
        while (n > 1 && ((unsigned char)line[n] & 0xC0) == 0x80) {
            n--;
        }
        g_string_append_len(out, line, (gssize)n);
        g_string_append(out, "\r\n ");
        line += n;
        len -= n;
        room = FOLD_BYTES - 1;
    }
    g_string_append_len(out, line, (gssize)len);
    g_string_append(out, "\r\n");
}

void vcard_writer_init(struct vcard_writer *writer, enum vcard_version version, GString *out)
{
    *writer = (struct vcard_writer){ .out = out,
                                     .version = version == VCARD_4_0 ? VCARD_4_0 : VCARD_3_0 };
    writer->line = g_string_new(NULL);
    writer->fallback = g_string_new(NULL);
    vcard_init(&writer->scratch);
}

void vcard_writer_clear(struct vcard_writer *writer)
{
    if (writer->line == NULL) {
        return;
    }
    g_string_free(writer->line, TRUE);
    g_string_free(writer->fallback, TRUE);
    g_clear_error(&writer->error);
    vcard_clear(&writer->scratch);
    *writer = (struct vcard_writer){ 0 };
}

void vcard_writer_begin(struct vcard_writer *writer)
{
    writer->has_fn = false;
    writer->has_n = false;
    writer->fallback_rank = 0;
    writer->start = writer->out->len;
    g_clear_error(&writer->error);
    g_string_truncate(writer->fallback, 0);
    g_string_append(writer->out, "BEGIN:VCARD\r\nVERSION:");
    g_string_append(writer->out, writer->version == VCARD_4_0 ? "4.0\r\n" : "3.0\r\n");
}

/* "Given Additional Family" of N; the first field of ORG; the text of anything else. */
static void set_fallback(struct vcard_writer *writer, struct vcard *card,
                         const struct vcard_property *property)
{
    static const unsigned spoken_order[] = { 3, 1, 2, 0, 4 };
    GString *fallback = writer->fallback;
    g_string_truncate(fallback, 0);
    if (property->id == VCARD_TEL || property->id == VCARD_EMAIL
        || property->id == VCARD_NICKNAME) {
        struct vcard_span text = vcard_address(card, property);
        g_string_append_len(fallback, text.at, (gssize)text.len);
        return;
    }
    struct vcard_fields fields = vcard_fields(card, property);
    if (property->id == VCARD_ORG) {
        g_string_append_len(fallback, fields.fields[0].text.at, (gssize)fields.fields[0].text.len);
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(spoken_order); i++) {
        if (spoken_order[i] >= fields.n_fields || fields.fields[spoken_order[i]].text.len == 0) {
            continue;
        }
        struct vcard_span text = fields.fields[spoken_order[i]].text;
        g_string_append(fallback, fallback->len > 0 ? " " : "");
        g_string_append_len(fallback, text.at, (gssize)text.len);
    }
}

/* Remembers what FN can be when there is none. */
static void note_name(struct vcard_writer *writer, struct vcard *card,
                      const struct vcard_property *property)
{
    static const uint8_t ranks[N_VCARD_NAME] = {
        [VCARD_TEL] = 1, [VCARD_EMAIL] = 2, [VCARD_ORG] = 3, [VCARD_NICKNAME] = 4, [VCARD_N] = 5,
    };
    writer->has_n |= property->id == VCARD_N;
    if (ranks[property->id] > writer->fallback_rank && !writer->has_fn) {
        set_fallback(writer, card, property);
        writer->fallback_rank = writer->fallback->len > 0 ? ranks[property->id] : 0;
    }
}

void vcard_writer_property(struct vcard_writer *writer, struct vcard *card,
                           const struct vcard_property *property)
{
    if (property->id == VCARD_FN) {
        if (property->value.len == 0) {
            return;
        }
        writer->has_fn = true;
    }
    note_name(writer, card, property);
    g_string_truncate(writer->line, 0);
    vcard_property_line(card, property, writer->version, writer->line);
    const char *at = writer->line->str;
    for (const char *stop; (stop = strchr(at, '\n')) != NULL; at = stop + 1) {
        put_folded(writer->out, at, (size_t)(stop - at));
    }
    put_folded(writer->out, at, (size_t)(writer->line->str + writer->line->len - at));
}

void vcard_writer_line(struct vcard_writer *writer, const char *line)
{
    vcard_begin(&writer->scratch);
    if (writer->error == NULL
        && vcard_add_line(&writer->scratch, line, strlen(line), &writer->error)) {
        vcard_writer_property(writer, &writer->scratch, &writer->scratch.properties[0]);
    }
}

bool vcard_writer_end(struct vcard_writer *writer, GError **error)
{
    if (writer->error != NULL) {
        g_string_truncate(writer->out, writer->start);
        g_propagate_error(error, g_steal_pointer(&writer->error));
        return false;
    }
    if (!writer->has_fn) {
        struct vcard *scratch = &writer->scratch;
        vcard_begin(scratch);
        struct vcard_span name = { writer->fallback->str, writer->fallback->len };
        struct vcard_span escaped = vcard_escape(&scratch->store->arena, name);
        g_string_truncate(writer->line, 0);
        g_string_append_printf(writer->line, "FN:%.*s", (int)escaped.len, escaped.at);
        put_folded(writer->out, writer->line->str, writer->line->len);
    }
    if (!writer->has_n && writer->version == VCARD_3_0) {
        g_string_append(writer->out, "N:;;;;\r\n");
    }
    g_string_append(writer->out, "END:VCARD\r\n");
    return true;
}

void vcard_write(struct vcard *card, enum vcard_version version, GString *out)
{
    struct vcard_writer writer;
    vcard_writer_init(&writer, version, out);
    vcard_writer_begin(&writer);
    for (size_t i = 0; i < card->n_properties; i++) {
        vcard_writer_property(&writer, card, &card->properties[i]);
    }
    vcard_writer_end(&writer, NULL);    /* nothing read from a card is refused */
    vcard_writer_clear(&writer);
}

/* --- by hand ----------------------------------------------------------------------------- */

void vcard_put(struct vcard_writer *writer, const char *group, const char *name)
{
    g_string_truncate(writer->line, 0);
    if (group != NULL) {
        g_string_append_printf(writer->line, "%s.", group);
    }
    g_string_append(writer->line, name);
}

void vcard_put_param(struct vcard_writer *writer, const char *name, const char *value)
{
    g_string_append_printf(writer->line, ";%s=\"", name);
    for (const char *c = value; *c != '\0'; c++) { /* RFC 6868 */
        switch (*c) {
        case '\n': g_string_append(writer->line, "^n"); break;
        case '^': g_string_append(writer->line, "^^"); break;
        case '"': g_string_append(writer->line, "^'"); break;
        default: g_string_append_c(writer->line, *c);
        }
    }
    g_string_append_c(writer->line, '"');
}

static void put_escaped(GString *line, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\\' || *c == ',' || *c == ';' || *c == '\n') {
            g_string_append_c(line, '\\');
        }
        if (*c == '\n') {
            g_string_append_c(line, 'n');
        } else if (*c != '\r') {
            g_string_append_c(line, *c);
        }
    }
}

/* Reads the line that was put and writes it. */
static void finish_line(struct vcard_writer *writer)
{
    g_autofree char *line = g_strndup(writer->line->str, writer->line->len);
    vcard_writer_line(writer, line);
}

void vcard_put_text(struct vcard_writer *writer, const char *text)
{
    g_string_append_c(writer->line, ':');
    put_escaped(writer->line, text);
    finish_line(writer);
}

void vcard_put_uri(struct vcard_writer *writer, const char *uri)
{
    g_string_append_c(writer->line, ':');
    for (const char *c = uri; *c != '\0'; c++) {
        g_string_append(writer->line, *c == '\\' ? "\\" : "");
        g_string_append_c(writer->line, *c);
    }
    finish_line(writer);
}

static void put_many(struct vcard_writer *writer, const char *const *texts, size_t n_texts,
                     char separator)
{
    for (size_t i = 0; i < n_texts; i++) {
        g_string_append_c(writer->line, i == 0 ? ':' : separator);
        put_escaped(writer->line, texts[i]);
    }
    if (n_texts == 0) {
        g_string_append_c(writer->line, ':');
    }
    finish_line(writer);
}

void vcard_put_list(struct vcard_writer *writer, const char *const *texts, size_t n_texts)
{
    put_many(writer, texts, n_texts, ',');
}

void vcard_put_fields(struct vcard_writer *writer, const char *const *fields, size_t n_fields)
{
    put_many(writer, fields, n_fields, ';');
}

void vcard_put_binary(struct vcard_writer *writer, const char *media_type, const void *bytes,
                      size_t len)
{
    g_autofree char *base64 = g_base64_encode(bytes, len);
    g_string_append_printf(writer->line, ":data:%s;base64,%s", media_type, base64);
    finish_line(writer);
}
