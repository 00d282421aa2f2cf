/* What a property of a card says: text, fields, lists, labels, dates, bytes. Each answer lives as
 * long as the card's own spans (vcard.h); asking twice decodes twice. */
#ifndef LIGATURE_CODEC_VCARD_VALUE_H
#define LIGATURE_CODEC_VCARD_VALUE_H

#include "codec/vcard.h"

/* The whole value as one text, unescaped. For AGENT: the nested card's own text. */
struct vcard_span vcard_text(struct vcard *card, const struct vcard_property *property);

/* For TEL and EMAIL: the text without a leading "tel:" or "mailto:" (any case). */
struct vcard_span vcard_address(struct vcard *card, const struct vcard_property *property);

struct vcard_field {
    struct vcard_span text;             /* whole field, commas in it */
    const struct vcard_span *values;    /* split at commas where there are lists; else the text */
    size_t n_values;                    /* 0 when empty */
};
struct vcard_fields {
    const struct vcard_field *fields;
    size_t n_fields;                    /* as many as written: N may have one */
};
/* N, ADR, ORG, GENDER: split at semicolons, then at commas. ORG has no lists; in 2.1 only N has. */
struct vcard_fields vcard_fields(struct vcard *card, const struct vcard_property *property);

struct vcard_list {
    const struct vcard_span *values;
    size_t n_values;
};
/* CATEGORIES, NICKNAME: split at commas. */
struct vcard_list vcard_list(struct vcard *card, const struct vcard_property *property);

/* Bits of vcard_types.known. */
enum {
    VCARD_TYPE_HOME = 1 << 0,
    VCARD_TYPE_WORK = 1 << 1,
    VCARD_TYPE_CELL = 1 << 2,
    VCARD_TYPE_VOICE = 1 << 3,
    VCARD_TYPE_FAX = 1 << 4,
    VCARD_TYPE_PAGER = 1 << 5,
    VCARD_TYPE_MAIN = 1 << 6,
    VCARD_TYPE_OTHER = 1 << 7,
    VCARD_TYPE_INTERNET = 1 << 8,
    VCARD_TYPE_TEXT = 1 << 9,
    VCARD_TYPE_VIDEO = 1 << 10,
};
struct vcard_types {
    uint32_t known;
    uint8_t preference; /* 0: not said, 1 (also TYPE=pref) the most wanted ... 100 */
    uint8_t n_labels;
    struct vcard_span labels[VCARD_MAX_TYPES]; /* lower case, each once, without "pref" */
};
/* TYPE parameters of every spelling, merged. */
void vcard_types(struct vcard *card, const struct vcard_property *property,
                 struct vcard_types *types_out);

/* Day or moment; 0 = not said for year, month and day. */
struct vcard_date {
    int16_t year;
    int8_t month;
    int8_t day;
    bool has_time;
    bool has_zone;
    int8_t hour;
    int8_t minute;
    int8_t second;
    int16_t zone_minutes;               /* east of Greenwich */
};
/* BDAY, ANNIVERSARY, REV, X-ABDATE...: basic, extended and truncated forms. False: it is text
 * ("circa 1800"). */
bool vcard_date(struct vcard *card, const struct vcard_property *property,
                struct vcard_date *date_out);

struct vcard_binary {
    struct vcard_span bytes;
    struct vcard_span media_type; /* "image/jpeg"; by the bytes when nobody says; may be empty */
};
/* Inline bytes: ENCODING=b, BASE64, data: URI, bare base64 of PHOTO. False: none, or damaged. */
bool vcard_binary(struct vcard *card, const struct vcard_property *property,
                  struct vcard_binary *binary_out);

const struct vcard_param *vcard_params(const struct vcard *card,
                                       const struct vcard_property *property);
/* Values of one parameter: unquoted, RFC 6868 undone in 4.0. */
struct vcard_list vcard_param_values(struct vcard *card, const struct vcard_param *param);

/* Label of a grouped property: its X-ABLabel, Apple's `_$!<HomePage>!$_` as "HomePage". Empty:
 * none. */
struct vcard_span vcard_label(struct vcard *card, const struct vcard_property *property);
/* True for KIND:group and X-ADDRESSBOOKSERVER-KIND:group; members are MEMBER and
 * X-ADDRESSBOOKSERVER-MEMBER. */
bool vcard_is_group(struct vcard *card);

#endif
