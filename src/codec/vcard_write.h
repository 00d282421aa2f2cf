/* Writing vCards 3.0 and 4.0, and turning one property into a line that can be kept and given back.
 *
 * A property is kept as one logical line of the 4.0 dialect,
 *     item1.TEL;TYPE=cell;PREF=1:+1-202-555-0100
 * in UTF-8, without line end, folding or 2.1 encodings. vcard_add_line() (vcard.h) reads it again,
 * vcard_property_line() turns it into either version.
 *
 * Between the versions (RFC 6350 A, RFC 2426), 4.0 on the left:
 *     PREF=1                     TYPE=pref
 *     data: URI                  ENCODING=b and TYPE=JPEG
 *     MEDIATYPE=image/png        TYPE=PNG of a PHOTO that is a URI
 *     RELATED;TYPE=agent         AGENT
 *     ADR;LABEL=...              LABEL
 *     GEO:geo:a,b                GEO:a;b
 *     KIND:group, MEMBER         X-ADDRESSBOOKSERVER-KIND, -MEMBER (as Apple writes 3.0)
 *     BDAY:19880615, --0615      BDAY:1988-06-15, 1604-06-15 with X-APPLE-OMIT-YEAR
 * CHARSET and ENCODING of 2.1 go. What the other version has no place for keeps its own name; no
 * value is lost. */
#ifndef LIGATURE_CODEC_VCARD_WRITE_H
#define LIGATURE_CODEC_VCARD_WRITE_H

#include "codec/vcard_value.h"

/* Appends the property as one logical line in that version (VCARD_3_0, VCARD_4_0), without line
 * end. In 3.0 an ADR with a LABEL parameter becomes two lines, with a line feed between. */
void vcard_property_line(struct vcard *card, const struct vcard_property *property,
                         enum vcard_version version, GString *out);

/* Appends the whole card with its frame, folded at 75 bytes, lines ended by CR LF. For many cards,
 * a vcard_writer is quicker. */
void vcard_write(struct vcard *card, enum vcard_version version, GString *out);

/* True when both properties say the same: group, name, labels, preference and value, whatever
 * version and spelling. */
bool vcard_same(struct vcard *card, const struct vcard_property *property, struct vcard *other_card,
                const struct vcard_property *other);

/* --- card by hand
 * ---------------------------------------------------------------------------------------------
 *
 *     vcard_writer_init(&writer, VCARD_4_0, out);
 *     vcard_writer_begin(&writer);
 *     vcard_put(&writer, NULL, "TEL");
 *     vcard_put_param(&writer, "TYPE", "cell");
 *     vcard_put_text(&writer, "+1-202-555-0100");
 *     vcard_writer_line(&writer, kept_line);
 *     if (!vcard_writer_end(&writer, error)) ...
 *
 * Names, parameters and values are said as in 4.0; the writer turns them into its version. FN (and
 * N in 3.0) must be in every card: vcard_writer_end() adds FN from N, NICKNAME, ORG, EMAIL or TEL
 * when none was put, and an empty N. */
struct vcard_writer {
    GString *out;                       /* borrowed */
    GString *line;                      /* owned: the property being put */
    struct vcard scratch;               /* owned */
    enum vcard_version version;
    bool has_fn;
    bool has_n;
    int fallback_rank;                  /* how good `fallback` is; 0: none */
    GString *fallback;                  /* owned: what FN can be */
    gsize start;                        /* where the card begins in out */
    GError *error;                      /* owned: the first line that could not be put */
};

void vcard_writer_init(struct vcard_writer *writer, enum vcard_version version, GString *out);
void vcard_writer_clear(struct vcard_writer *writer);
void vcard_writer_begin(struct vcard_writer *writer);
/* Refuses "vcard.bad_line", "vcard.too_large" when something put was no line of a card; out is then
 * as before the card. */
bool vcard_writer_end(struct vcard_writer *writer, GError **error);

/* A property as read. An empty FN is left to vcard_writer_end(). */
void vcard_writer_property(struct vcard_writer *writer, struct vcard *card,
                           const struct vcard_property *property);
/* A kept line. */
void vcard_writer_line(struct vcard_writer *writer, const char *line);

/* Starts a property; group may be NULL. */
void vcard_put(struct vcard_writer *writer, const char *group, const char *name);
/* Before the value. TYPE once per label; text may hold anything. */
void vcard_put_param(struct vcard_writer *writer, const char *name, const char *value);
/* Each of these gives the value and ends the property. Strings are UTF-8. */
void vcard_put_text(struct vcard_writer *writer, const char *text);
void vcard_put_uri(struct vcard_writer *writer, const char *uri);
void vcard_put_list(struct vcard_writer *writer, const char *const *texts, size_t n_texts);
void vcard_put_fields(struct vcard_writer *writer, const char *const *fields, size_t n_fields);
void vcard_put_binary(struct vcard_writer *writer, const char *media_type, const void *bytes,
                      size_t len);

#endif
