/* For tests and the fuzz target: does a card survive being kept, written and read again? Not part
 * of the codec. */
#ifndef LIGATURE_CODEC_VCARD_ROUNDTRIP_H
#define LIGATURE_CODEC_VCARD_ROUNDTRIP_H

#include "codec/vcard_write.h"

/* Asks every accessor for everything. Returns a number made of the answers, so that nothing is
 * optimised away. */
static inline size_t vcard_touch_all(struct vcard *card)
{
    size_t sum = 0;
    for (size_t i = 0; i < card->n_properties; i++) {
        const struct vcard_property *property = &card->properties[i];
        struct vcard_types types;
        struct vcard_date date;
        struct vcard_binary binary;
        vcard_types(card, property, &types);
        sum += types.known + types.n_labels;
        sum += vcard_date(card, property, &date) ? (size_t)date.month : 0;
        sum += vcard_binary(card, property, &binary) ? binary.bytes.len + binary.media_type.len : 0;
        sum += vcard_text(card, property).len + vcard_address(card, property).len
               + vcard_list(card, property).n_values;
        struct vcard_fields fields = vcard_fields(card, property);
        for (size_t j = 0; j < fields.n_fields; j++) {
            for (size_t k = 0; k < fields.fields[j].n_values; k++) {
                sum += fields.fields[j].values[k].len;
            }
        }
        for (unsigned j = 0; j < property->n_params; j++) {
            sum += vcard_param_values(card, &vcard_params(card, property)[j]).n_values;
        }
        sum += i < 50 ? vcard_label(card, property).len : 0;
    }
    return sum + vcard_is_group(card);
}

/* A kept line must be clean text that reads back to the same line. NULL: it is; else what is wrong
 * (owned). */
static inline char *vcard_check_kept(struct vcard *card, const struct vcard_property *property,
                                     struct vcard *other)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_autoptr(GString) again = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    vcard_property_line(card, property, VCARD_4_0, line);
    for (size_t i = 0; i < line->len; i++) {
        if (((unsigned char)line->str[i] < 0x20 && line->str[i] != '\t') || line->str[i] == 0x7F) {
            return g_strdup_printf("control character in kept line: %s", line->str);
        }
    }
    if (!g_utf8_validate(line->str, (gssize)line->len, NULL)) {
        return g_strdup_printf("kept line is not UTF-8: %s", line->str);
    }
    vcard_begin(other);
    if (!vcard_add_line(other, line->str, line->len, &error)) {
        return g_strdup_printf("kept line is refused (%s): %s", error->message, line->str);
    }
    vcard_property_line(other, &other->properties[0], VCARD_4_0, again);
    if (!g_string_equal(line, again)) {
        return g_strdup_printf("kept line changes:\n    %s\n    %s", line->str, again->str);
    }
    return NULL;
}

static inline bool vcard_is_plain_physical(const GString *text)
{
    size_t len = 0;
    for (size_t i = 0; i < text->len; i++) {
        len = text->str[i] == '\n' ? 0 : len + 1;
        if (len > 76
            || (text->str[i] == '\n'
                && (i == 0 || text->str[i - 1] != '\r'))) {       /* CR counts here */
            return false;
        }
        if ((len == 1 || (len == 2 && text->str[i - 1] == ' '))
            && ((unsigned char)text->str[i] & 0xC0) == 0x80) {
            return false;       /* a line begins inside a character */
        }
    }
    return g_utf8_validate(text->str, (gssize)text->len, NULL);
}

/* An ADR that 3.0 splits into ADR and LABEL, or an FN that the writer leaves out. */
static inline unsigned vcard_lines_expected(struct vcard *card,
                                            const struct vcard_property *property,
                                            enum vcard_version version)
{
    if (property->id == VCARD_FN && property->value.len == 0) {
        return 0;
    }
    g_autoptr(GString) line = g_string_new(NULL);
    vcard_property_line(card, property, version, line);
    return strchr(line->str, '\n') != NULL ? 2 : 1;
}

/* Writes the card in that version, reads it, compares property by property. NULL: all the same;
 * else what is not (owned). */
static inline char *vcard_check_written(struct vcard *card, enum vcard_version version)
{
    g_autoptr(GString) text = g_string_new(NULL);
    vcard_write(card, version, text);
    if (!vcard_is_plain_physical(text)) {
        return g_strdup_printf("bad fold, line end or UTF-8 in:\n%s", text->str);
    }
    g_autoptr(vcard_reader) reader = vcard_reader_new(text->str, text->len);
    auto_vcard read;
    vcard_init(&read);
    if (vcard_next(reader, &read) != VCARD_READ_CARD || read.version != version) {
        return g_strdup_printf("written card is refused (%s):\n%s",
                               read.refusal != NULL ? read.refusal : "version", text->str);
    }
    size_t at = 0;
    for (size_t i = 0; i < card->n_properties; i++) {
        const struct vcard_property *property = &card->properties[i];
        unsigned n = vcard_lines_expected(card, property, version);
        if (at + n > read.n_properties) {
            return g_strdup_printf("properties are missing from:\n%s", text->str);
        }
        bool is_label = version == VCARD_3_0 && n == 1 && read.properties[at].id == VCARD_LABEL
                        && property->id == VCARD_ADR;
        if (n == 1 && !is_label && !vcard_same(card, property, &read, &read.properties[at])) {
            g_autoptr(GString) one = g_string_new(NULL);
            g_autoptr(GString) two = g_string_new(NULL);
            vcard_property_line(card, property, VCARD_4_0, one);
            vcard_property_line(&read, &read.properties[at], VCARD_4_0, two);
            return g_strdup_printf("differs after %s:\n    %s\n    %s\n%s",
                                   version == VCARD_3_0 ? "3.0" : "4.0", one->str, two->str,
                                   text->str);
        }
        at += n;
    }
    for (; at < read.n_properties; at++) {
        if (read.properties[at].id != VCARD_FN && read.properties[at].id != VCARD_N) {
            return g_strdup_printf("properties appeared in:\n%s", text->str);
        }
    }
    return vcard_next(reader, &read) == VCARD_READ_END && vcard_reader_junk(reader, NULL) == 0
               ? NULL
               : g_strdup_printf("more than one card in:\n%s", text->str);
}

/* Everything above for one card. */
static inline char *vcard_check_card(struct vcard *card)
{
    auto_vcard other;
    vcard_init(&other);
    char *wrong = NULL;
    for (size_t i = 0; i < card->n_properties && wrong == NULL; i++) {
        wrong = vcard_check_kept(card, &card->properties[i], &other);
    }
    wrong = wrong != NULL ? wrong : vcard_check_written(card, VCARD_4_0);
    return wrong != NULL ? wrong : vcard_check_written(card, VCARD_3_0);
}

#endif
