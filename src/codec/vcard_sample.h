/* For the tests of the vCard codec: samples from test/data/vcard and short cards from strings. Not
 * part of the codec. */
#ifndef LIGATURE_CODEC_VCARD_SAMPLE_H
#define LIGATURE_CODEC_VCARD_SAMPLE_H

#include "codec/vcard_roundtrip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Opened before a test, closed after: the reader and its bytes. */
struct sample {
    struct vcard card;
    struct vcard_reader *reader;
    char *bytes;
};

static inline void sample_open_bytes(struct sample *sample, const void *bytes, size_t len)
{
    sample->bytes = g_memdup2(bytes, len);
    sample->reader = vcard_reader_new(sample->bytes, len);
    vcard_init(&sample->card);
}

static inline void sample_open(struct sample *sample, const char *name)
{
    g_autofree char *path = g_build_filename("test", "data", "vcard", name, NULL);
    gsize len;
    g_autofree char *bytes = NULL;
    assert_true(g_file_get_contents(path, &bytes, &len, NULL));
    sample_open_bytes(sample, bytes, len);
}

static inline void sample_close(struct sample *sample)
{
    vcard_reader_free(sample->reader);
    vcard_clear(&sample->card);
    g_free(sample->bytes);
}

/* The first card of that text, without its frame. */
static inline void sample_card(struct sample *sample, const char *version, const char *lines)
{
    g_autofree char *text = g_strdup_printf("BEGIN:VCARD\r\nVERSION:%s\r\n%s\r\nEND:VCARD\r\n",
                                            version, lines);
    sample_open_bytes(sample, text, strlen(text));
    assert_int_equal(vcard_next(sample->reader, &sample->card), VCARD_READ_CARD);
}

/* Span compared with a string; cmocka prints both when they differ. */
#define assert_span(span, expected) \
    do { \
        struct vcard_span span_ = (span); \
        g_autofree char *text_ = g_strndup(span_.at, span_.len); \
        assert_string_equal(text_, (expected)); \
    } while (0)

/* The n-th (from 0) property of that name. */
static inline const struct vcard_property *sample_nth(struct vcard *card, enum vcard_name name,
                                                      unsigned n)
{
    for (size_t i = 0; i < card->n_properties; i++) {
        if (card->properties[i].id == name && n-- == 0) {
            return &card->properties[i];
        }
    }
    fail_msg("no such property: %s", name < N_VCARD_NAME ? "known name" : "?");
    return NULL;
}

#define assert_text(card, name, expected) \
    assert_span(vcard_text((card), sample_nth((card), (name), 0)), (expected))

/* "home,work!1": labels in their order, the preference behind them. */
static inline void assert_labels(struct vcard *card, const struct vcard_property *property,
                                 const char *expected)
{
    struct vcard_types types;
    vcard_types(card, property, &types);
    g_autoptr(GString) text = g_string_new(NULL);
    for (unsigned i = 0; i < types.n_labels; i++) {
        g_string_append(text, i > 0 ? "," : "");
        g_string_append_len(text, types.labels[i].at, (gssize)types.labels[i].len);
    }
    if (types.preference > 0) {
        g_string_append_printf(text, "!%u", types.preference);
    }
    assert_string_equal(text->str, expected);
}

/* Fields joined with '|', the values of a list with '+'. */
static inline void assert_fields(struct vcard *card, const struct vcard_property *property,
                                 const char *expected)
{
    struct vcard_fields fields = vcard_fields(card, property);
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < fields.n_fields; i++) {
        g_string_append(text, i > 0 ? "|" : "");
        for (size_t j = 0; j < fields.fields[i].n_values; j++) {
            struct vcard_span value = fields.fields[i].values[j];
            g_string_append(text, j > 0 ? "+" : "");
            g_string_append_len(text, value.at, (gssize)value.len);
        }
    }
    assert_string_equal(text->str, expected);
}

static inline void assert_list(struct vcard_list list, const char *expected)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < list.n_values; i++) {
        g_string_append(text, i > 0 ? "|" : "");
        g_string_append_len(text, list.values[i].at, (gssize)list.values[i].len);
    }
    assert_string_equal(text->str, expected);
}

/* The property as a line of that version. */
static inline void assert_line(struct vcard *card, const struct vcard_property *property,
                               enum vcard_version version, const char *expected)
{
    g_autoptr(GString) line = g_string_new(NULL);
    vcard_property_line(card, property, version, line);
    assert_string_equal(line->str, expected);
}

#endif
