/* vCard files, one or many cards. Each property is read for what it says; what no fact can say is
 * kept as a whole line (FACT_CARD_LINE) and comes back on export. A line that a fact does say, but
 * with more words than the fact keeps (a group's label, parameters of its own), is kept beside it
 * under the fact's kind. */
#include "import/draft.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/name.h"
#include "codec/vcard.h"
#include "codec/vcard_write.h"

#include <string.h>

#define VCARD_LIMIT (1024u << 20)

struct cards {
    struct record_sink *sink;
    struct draft draft;
    struct vcard card;
    const char *file;
    GString *text; /* scratch */
    GString *more; /* scratch */
};

/* NUL-terminated copy in the draft's arena. */
static const char *keep_span(struct cards *cards, struct vcard_span span)
{
    return span.len == 0 ? NULL
                         : g_string_chunk_insert_len(cards->draft.arena, span.at, (gssize)span.len);
}

/* "work", "mobile", "fax home": the labels as people read them. NULL when there are none. */
static const char *label_of(struct cards *cards, const struct vcard_property *property,
                            bool *is_preferred_out)
{
    struct vcard_types types;
    struct vcard_span label = vcard_label(&cards->card, property);
    vcard_types(&cards->card, property, &types);
    *is_preferred_out = types.preference > 0;
    if (label.len > 0) {
        return keep_span(cards, label);
    }
    g_string_truncate(cards->text, 0);
    for (int i = 0; i < types.n_labels; i++) {
        struct vcard_span one = types.labels[i];
        if (vcard_span_is(one, "voice") || vcard_span_is(one, "internet")) {
            continue;
        }
        g_string_append_printf(cards->text, "%s", cards->text->len > 0 ? " " : "");
        if (vcard_span_is(one, "cell")) {
            g_string_append(cards->text, "mobile");
        } else {
            g_string_append_len(cards->text, one.at, (gssize)one.len);
        }
    }
    return cards->text->len > 0 ? draft_text(&cards->draft, cards->text->str) : NULL;
}

/* Keeps the whole line. kind FACT_NONE: nothing else tells it; else the fact that it words in full.
 */
static void keep_line(struct cards *cards, const struct vcard_property *property,
                      enum fact_kind kind)
{
    g_string_truncate(cards->more, 0);
    vcard_property_line(&cards->card, property, VCARD_4_0, cards->more);
    struct fact fact = {.kind = FACT_CARD_LINE,
                        .value = draft_text(&cards->draft, cards->more->str),
                        .label = kind == FACT_NONE ? NULL : fact_kind_text(kind)};
    g_array_append_val(cards->draft.facts, fact);
}

/* A group, or a parameter that a label and a preference do not cover. */
static bool says_more(struct cards *cards, const struct vcard_property *property)
{
    const struct vcard_param *params = vcard_params(&cards->card, property);
    if (property->group.len > 0) {
        return true;
    }
    for (int i = 0; i < property->n_params; i++) {
        switch (params[i].id) {
        case VCARD_PARAM_TYPE:
        case VCARD_PARAM_ENCODING:
        case VCARD_PARAM_CHARSET:
        case VCARD_PARAM_VALUE: break;
        case VCARD_PARAM_PREF:
            if (!vcard_span_is(params[i].value, "1")) {
                return true;
            }
            break;
        default: return true;
        }
    }
    return false;
}

/* A fact of one text value with its label. */
static void read_text(struct cards *cards, const struct vcard_property *property,
                      enum fact_kind kind, const char *label)
{
    bool is_preferred = false;
    const char *own = label_of(cards, property, &is_preferred);
    bool is_address = kind == FACT_EMAIL || kind == FACT_PHONE;
    struct vcard_span span =
        is_address ? vcard_address(&cards->card, property) : vcard_text(&cards->card, property);
    struct fact *fact =
        draft_fact(&cards->draft, kind, keep_span(cards, span), own != NULL ? own : label);
    if (fact != NULL) {
        fact->is_preferred = is_preferred;
        if (says_more(cards, property)) {
            keep_line(cards, property, kind);
        }
    }
}

/* Each value of a list property is a fact of its own. */
static void read_list(struct cards *cards, const struct vcard_property *property,
                      enum fact_kind kind, const char *label)
{
    struct vcard_list list = vcard_list(&cards->card, property);
    for (size_t i = 0; i < list.n_values; i++) {
        draft_fact(&cards->draft, kind, keep_span(cards, list.values[i]), label);
    }
}

static void read_date(struct cards *cards, const struct vcard_property *property,
                      enum fact_kind kind)
{
    struct vcard_date date;
    if (!vcard_date(&cards->card, property, &date)) {
        draft_fact(&cards->draft, kind, keep_span(cards, vcard_text(&cards->card, property)),
                   "as written");
        return;
    }
    struct when when = {.year = date.year,
                        .month = date.month,
                        .day = date.day,
                        .hour = -1,
                        .minute = -1,
                        .second = -1};
    char text[WHEN_TEXT];
    draft_fact(&cards->draft, kind, when_format(&when, text), NULL);
    if (says_more(cards, property)) {
        keep_line(cards, property, kind);
    }
}

static void read_address(struct cards *cards, const struct vcard_property *property)
{
    struct vcard_fields fields = vcard_fields(&cards->card, property);
    const char *part[FACT_PARTS] = {NULL};
    for (size_t i = 0; i < fields.n_fields && i < FACT_PARTS; i++) {
        part[i] = keep_span(cards, fields.fields[i].text);
    }
    bool is_preferred = false;
    const char *label = label_of(cards, property, &is_preferred);
    struct fact *fact = draft_parts(&cards->draft, FACT_ADDRESS, NULL, label, part);
    if (fact != NULL) {
        fact->is_preferred = is_preferred;
        if (says_more(cards, property)) {
            keep_line(cards, property, FACT_ADDRESS);
        }
    }
}

/* FN is what to show, N its parts; either may be missing. Titles and credentials come off both. */
static void read_name(struct cards *cards)
{
    const struct vcard_property *fn = vcard_first(&cards->card, VCARD_FN);
    const struct vcard_property *n = vcard_first(&cards->card, VCARD_N);
    const char *whole = fn != NULL ? keep_span(cards, vcard_text(&cards->card, fn)) : NULL;
    /* N: family; given; additional; prefix; suffix -> prefix, given, additional, family, suffix */
    static const int from[5] = {3, 1, 2, 0, 4};
    const char *part[5] = {NULL};
    if (n != NULL) {
        struct vcard_fields fields = vcard_fields(&cards->card, n);
        for (size_t i = 0; i < 5; i++) {
            if ((size_t)from[i] < fields.n_fields) {
                part[i] = keep_span(cards, fields.fields[from[i]].text);
            }
        }
    }
    draft_name_shown(&cards->draft, whole, part);
}

/* TITLE, ROLE and ORG of a card are one job. */
static void read_work(struct cards *cards)
{
    const struct vcard_property *org = vcard_first(&cards->card, VCARD_ORG);
    const struct vcard_property *title = vcard_first(&cards->card, VCARD_TITLE);
    const struct vcard_property *role = vcard_first(&cards->card, VCARD_ROLE);
    const char *name = NULL;
    const char *unit = NULL;
    if (org != NULL) {
        struct vcard_fields fields = vcard_fields(&cards->card, org);
        name = fields.n_fields > 0 ? keep_span(cards, fields.fields[0].text) : NULL;
        unit = fields.n_fields > 1 ? keep_span(cards, fields.fields[1].text) : NULL;
        if (fields.n_fields > 2) {
            keep_line(cards, org, FACT_WORK);
        }
    }
    const char *words = title != NULL ? keep_span(cards, vcard_text(&cards->card, title)) : NULL;
    const char *function = role != NULL ? keep_span(cards, vcard_text(&cards->card, role)) : NULL;
    draft_work(&cards->draft, name, unit, words != NULL ? words : function, NULL);
    if (words != NULL && function != NULL && role != NULL) {
        keep_line(cards, role, FACT_NONE);
    }
}

/* Bytes beside the record, their digest as the fact. A photo that is elsewhere is kept as a line.
 */
static void read_photo(struct cards *cards, const struct vcard_property *property)
{
    struct vcard_binary binary;
    if (cards->draft.record.photo != NULL || !vcard_binary(&cards->card, property, &binary)) {
        keep_line(cards, property, FACT_NONE);
        return;
    }
    uint8_t digest[DIGEST_LEN];
    char text[DIGEST_TEXT];
    digest_bytes(binary.bytes.at, binary.bytes.len, digest);
    draft_fact(&cards->draft, FACT_PHOTO, digest_format(digest, text), NULL);
    cards->draft.record.photo = binary.bytes.at;
    cards->draft.record.photo_len = binary.bytes.len;
    cards->draft.record.photo_type = keep_span(cards, binary.media_type);
}

struct meaning {
    enum fact_kind kind;
    const char *label; /* where the card gives none */
    char how;          /* t text, l list, d date, 0: not one fact */
};

static const struct meaning meanings[N_VCARD_NAME] = {
    [VCARD_EMAIL] = {FACT_EMAIL, NULL, 't'},
    [VCARD_TEL] = {FACT_PHONE, NULL, 't'},
    [VCARD_X_MS_TEL] = {FACT_PHONE, NULL, 't'},
    [VCARD_URL] = {FACT_URL, NULL, 't'},
    [VCARD_SOCIALPROFILE] = {FACT_URL, NULL, 't'},
    [VCARD_X_SOCIALPROFILE] = {FACT_URL, NULL, 't'},
    [VCARD_CONTACT_URI] = {FACT_URL, "contact", 't'},
    [VCARD_X_EVOLUTION_BLOG_URL] = {FACT_URL, "blog", 't'},
    [VCARD_NICKNAME] = {FACT_OTHER_NAME, "nickname", 'l'},
    [VCARD_X_MAIDENNAME] = {FACT_OTHER_NAME, "maiden", 't'},
    [VCARD_X_PHONETIC_FIRST_NAME] = {FACT_OTHER_NAME, "phonetic given", 't'},
    [VCARD_X_PHONETIC_LAST_NAME] = {FACT_OTHER_NAME, "phonetic family", 't'},
    [VCARD_CATEGORIES] = {FACT_TAG, NULL, 'l'},
    [VCARD_NOTE] = {FACT_NOTE, NULL, 't'},
    [VCARD_LANG] = {FACT_LANGUAGE, NULL, 't'},
    [VCARD_EXPERTISE] = {FACT_SKILL, NULL, 't'},
    [VCARD_BDAY] = {FACT_BIRTHDAY, NULL, 'd'},
    [VCARD_ANNIVERSARY] = {FACT_ANNIVERSARY, NULL, 'd'},
    [VCARD_X_ANNIVERSARY] = {FACT_ANNIVERSARY, NULL, 'd'},
    [VCARD_X_MS_ANNIVERSARY] = {FACT_ANNIVERSARY, NULL, 'd'},
    [VCARD_X_EVOLUTION_ANNIVERSARY] = {FACT_ANNIVERSARY, NULL, 'd'},
    [VCARD_RELATED] = {FACT_RELATION, NULL, 't'},
    [VCARD_X_ABRELATEDNAMES] = {FACT_RELATION, NULL, 't'},
    [VCARD_X_SPOUSE] = {FACT_RELATION, "spouse", 't'},
    [VCARD_X_MS_SPOUSE] = {FACT_RELATION, "spouse", 't'},
    [VCARD_X_EVOLUTION_SPOUSE] = {FACT_RELATION, "spouse", 't'},
    [VCARD_X_MANAGER] = {FACT_RELATION, "manager", 't'},
    [VCARD_X_MS_MANAGER] = {FACT_RELATION, "manager", 't'},
    [VCARD_X_EVOLUTION_MANAGER] = {FACT_RELATION, "manager", 't'},
    [VCARD_X_ASSISTANT] = {FACT_RELATION, "assistant", 't'},
    [VCARD_X_MS_ASSISTANT] = {FACT_RELATION, "assistant", 't'},
    [VCARD_X_EVOLUTION_ASSISTANT] = {FACT_RELATION, "assistant", 't'},
    [VCARD_IMPP] = {FACT_IM, NULL, 't'},
    [VCARD_X_MS_IMADDRESS] = {FACT_IM, NULL, 't'},
    [VCARD_X_SKYPE] = {FACT_IM, "Skype", 't'},
    [VCARD_X_SKYPE_USERNAME] = {FACT_IM, "Skype", 't'},
    [VCARD_X_AIM] = {FACT_IM, "AIM", 't'},
    [VCARD_X_JABBER] = {FACT_IM, "Jabber", 't'},
    [VCARD_X_GTALK] = {FACT_IM, "Google Talk", 't'},
    [VCARD_X_GOOGLE_TALK] = {FACT_IM, "Google Talk", 't'},
    [VCARD_X_ICQ] = {FACT_IM, "ICQ", 't'},
    [VCARD_X_MSN] = {FACT_IM, "MSN", 't'},
    [VCARD_X_YAHOO] = {FACT_IM, "Yahoo", 't'},
    [VCARD_X_QQ] = {FACT_IM, "QQ", 't'},
    [VCARD_X_TWITTER] = {FACT_IM, "Twitter", 't'},
    [VCARD_UID] = {FACT_UID, NULL, 't'},
};

/* Whether the property's own name must come back too, because its fact would be exported under
 * another. */
static bool is_vendor_name(enum vcard_name name)
{
    return name >= VCARD_X_SOCIALPROFILE && name < VCARD_X_ODD_LINE;
}

static void read_property(struct cards *cards, const struct vcard_property *property)
{
    const struct meaning *meaning = &meanings[property->id];
    switch (property->id) {
    case VCARD_FN:
    case VCARD_N:
    case VCARD_ORG:
    case VCARD_TITLE:
        if (vcard_first(&cards->card, property->id) != property) {
            keep_line(cards, property, FACT_NONE); /* a second one */
        }
        return;
    case VCARD_ROLE:
    case VCARD_REV:
    case VCARD_PRODID: return; /* read_work, and what the next writer sets anew */
    case VCARD_ADR: read_address(cards, property); return;
    case VCARD_PHOTO: read_photo(cards, property); return;
    default: break;
    }
    switch (meaning->how) {
    case 't': read_text(cards, property, meaning->kind, meaning->label); break;
    case 'l': read_list(cards, property, meaning->kind, meaning->label); break;
    case 'd': read_date(cards, property, meaning->kind); break;
    default: keep_line(cards, property, FACT_NONE); return;
    }
    if (is_vendor_name(property->id) && !says_more(cards, property)) {
        keep_line(cards, property, meaning->kind);
    }
}

/* A group card: its members get its name as a tag. */
static bool send_group(struct cards *cards, GError **error)
{
    const struct vcard_property *fn = vcard_first(&cards->card, VCARD_FN);
    g_autofree char *name = NULL;
    if (fn != NULL) {
        struct vcard_span span = vcard_text(&cards->card, fn);
        name = g_strndup(span.at, span.len);
    }
    bool is_first = true;
    for (size_t i = 0; i < cards->card.n_properties; i++) {
        const struct vcard_property *property = &cards->card.properties[i];
        if (name == NULL ||
            (property->id != VCARD_MEMBER && property->id != VCARD_X_ADDRESSBOOKSERVER_MEMBER)) {
            continue;
        }
        draft_start(&cards->draft, ABOUT_PERSON, "vcard.group", cards->file,
                    (long)cards->card.line);
        draft_fact(&cards->draft, FACT_UID, keep_span(cards, vcard_text(&cards->card, property)),
                   NULL);
        draft_fact(&cards->draft, FACT_TAG, name, NULL);
        cards->draft.record.needs_person = true;
        cards->draft.record.is_same_row = !is_first;
        g_autofree char *key =
            g_strdup_printf("%s|%s", name, g_array_index(cards->draft.facts, struct fact, 0).value);
        if (!draft_send(&cards->draft, cards->sink, key, error)) {
            return false;
        }
        is_first = false;
    }
    return !is_first ||
           cards->sink->refuse_row(cards->sink->data, cards->file, (long)cards->card.line,
                                   "A group without members. There is nobody to keep.", error);
}

static bool send_card(struct cards *cards, GError **error)
{
    draft_start(&cards->draft, ABOUT_PERSON, "vcard", cards->file, (long)cards->card.line);
    read_name(cards);
    read_work(cards);
    for (size_t i = 0; i < cards->card.n_properties; i++) {
        read_property(cards, &cards->card.properties[i]);
    }
    if (!draft_has_person(&cards->draft)) {
        return cards->sink->refuse_row(
            cards->sink->data, cards->file, (long)cards->card.line,
            "No name, no address, no number in this card. There is nothing to keep.", error);
    }
    return draft_send(&cards->draft, cards->sink, NULL, error);
}

/* Groups come after the people they name, wherever they stand in the file: two passes. */
static bool read_card(struct cards *cards, bool is_group_pass, bool *has_groups, GError **error)
{
    bool is_group = vcard_is_group(&cards->card);
    *has_groups = *has_groups || is_group;
    return is_group != is_group_pass ||
           (is_group ? send_group(cards, error) : send_card(cards, error));
}

static bool read_cards(struct cards *cards, struct vcard_reader *reader, bool is_group_pass,
                       bool *has_groups, GError **error)
{
    for (int64_t n = 1;; n++) {
        bool is_well = true;
        switch (vcard_next(reader, &cards->card)) {
        case VCARD_READ_END: return true;
        case VCARD_READ_CARD: is_well = read_card(cards, is_group_pass, has_groups, error); break;
        case VCARD_READ_REFUSED:
            is_well = is_group_pass ||
                      cards->sink->refuse_row(cards->sink->data, cards->file,
                                              (long)cards->card.line, cards->card.refusal, error);
            break;
        }
        if (!is_well) {
            return false;
        }
        if (n % 256 == 0 && cards->sink->progress != NULL &&
            !cards->sink->progress(cards->sink->data, n, 0)) {
            return refuse(error, "action.cancelled", "Stopped. Nothing of this file was kept.");
        }
    }
}

static int order(enum file_kind kind)
{
    return kind == FILE_VCARD ? 1 : 0;
}

static bool read_member(const struct source_member *member, struct record_sink *sink,
                        GError **error)
{
    g_autoptr(GBytes) bytes = bundle_read(member->bundle, member->index, VCARD_LIMIT, error);
    if (bytes == NULL) {
        return false;
    }
    gsize len = 0;
    const char *data = g_bytes_get_data(bytes, &len);
    struct cards cards = {.sink = sink,
                          .file = bundle_member(member->bundle, member->index)->name,
                          .text = g_string_new(NULL),
                          .more = g_string_new(NULL)};
    draft_init(&cards.draft);
    vcard_init(&cards.card);
    bool has_groups = false;
    bool is_well = true;
    for (int pass = 0; is_well && pass < (has_groups ? 2 : 1); pass++) {
        struct vcard_reader *reader = vcard_reader_new(data, len);
        is_well = read_cards(&cards, reader, pass == 1, &has_groups, error);
        vcard_reader_free(reader);
    }
    vcard_clear(&cards.card);
    draft_clear(&cards.draft);
    g_string_free(cards.text, true);
    g_string_free(cards.more, true);
    return is_well;
}

const struct import_source source_vcard = {
    .name = "vcard", .words = "vCard", .order = order, .read = read_member};
