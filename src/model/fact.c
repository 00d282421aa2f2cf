/* Kinds of facts, and when two facts say the same. How sets are written as text: fact_text.c. The
 * fold: fact_fold.c. */
#include "model/fact.h"

#include "base/error.h"
#include "base/fold.h"

#include <string.h>

struct kind_row {
    const char *text;
    const char *words;
    bool is_one_valued;
    bool is_exact; /* compared byte for byte: case and marks matter */
    enum ident_kind ident;
    const char *parts[FACT_PARTS];
};

static const struct kind_row kinds[N_FACT] = {
    [FACT_NAME] = {"name", "Name", .is_one_valued = true,
                   .parts = {"prefix", "given", "additional", "family", "suffix", "credentials"}},
    [FACT_OTHER_NAME] = {"other_name", "Also called"},
    [FACT_EMAIL] = {"email", "E-mail", .ident = IDENT_EMAIL},
    [FACT_PHONE] = {"phone", "Phone", .ident = IDENT_PHONE},
    [FACT_URL] = {"url", "Page", .ident = IDENT_URL},
    [FACT_IM] = {"im", "Messenger"},
    [FACT_ADDRESS] = {"address", "Address",
                      .parts = {"pobox", "extended", "street", "city", "region", "postcode",
                                "country"}},
    [FACT_PLACE] = {"place", "Lives or works in", .is_one_valued = true,
                    .parts = {"city", "region", "country"}},
    [FACT_WORK] = {"work", "Works at", .parts = {"org", "department", "title", "city"}},
    [FACT_HEADLINE] = {"headline", "Role", .is_one_valued = true},
    [FACT_SCHOOL] = {"school", "School", .parts = {"school", "degree", "field"}},
    [FACT_SPECIALTY] = {"specialty", "Specialty", .parts = {"specialty"}},
    [FACT_CREDENTIAL] = {"credential", "Credential"},
    [FACT_LANGUAGE] = {"language", "Language", .parts = {"fluency"}},
    [FACT_BIRTHDAY] = {"birthday", "Birthday", .is_one_valued = true, .is_exact = true},
    [FACT_ANNIVERSARY] = {"anniversary", "Anniversary", .is_exact = true},
    [FACT_PHOTO] = {"photo", "Photo", .is_one_valued = true, .is_exact = true},
    [FACT_NOTE] = {"note", "Note", .is_exact = true},
    [FACT_TAG] = {"tag", "Tag"},
    [FACT_SKILL] = {"skill", "Skill"},
    [FACT_CERTIFICATE] = {"certificate", "Certificate", .parts = {"authority", "licence"}},
    [FACT_HONOR] = {"honor", "Honour"},
    [FACT_PAPER] = {"paper", "Paper", .parts = {"pmid", "doi", "journal", "year", "position"}},
    [FACT_MET] = {"met", "How you met"},
    [FACT_CONNECTED] = {"connected", "Connected", .is_exact = true},
    [FACT_RELATION] = {"relation", "Relation"},
    [FACT_NPI] = {"npi", "NPI", .ident = IDENT_NPI},
    [FACT_UID] = {"uid", "Card id", .ident = IDENT_UID},
    [FACT_ORCID] = {"orcid", "ORCID", .ident = IDENT_ORCID},
    [FACT_VISA] = {"visa", "Visa route"},
    [FACT_DO_NOT_CONTACT] = {"do_not_contact", "Do not contact", .is_one_valued = true},
    [FACT_CUSTOM] = {"custom", "Field of yours"},
    [FACT_CARD_LINE] = {"card_line", "Line of the card", .is_exact = true},
};

const char *fact_kind_text(enum fact_kind kind)
{
    g_assert(kind > FACT_NONE && kind < N_FACT);
    return kinds[kind].text;
}

enum fact_kind fact_kind_parse(const char *text)
{
    for (int kind = FACT_NONE + 1; kind < N_FACT; kind++) {
        if (text[0] == kinds[kind].text[0] && strcmp(text, kinds[kind].text) == 0) {
            return kind;
        }
    }
    return FACT_NONE;
}

const char *fact_kind_words(enum fact_kind kind)
{
    g_assert(kind > FACT_NONE && kind < N_FACT);
    return kinds[kind].words;
}

bool fact_is_one_valued(enum fact_kind kind)
{
    return kinds[kind].is_one_valued;
}

const char *fact_part_name(enum fact_kind kind, int part)
{
    return part >= 0 && part < FACT_PARTS ? kinds[kind].parts[part] : NULL;
}

/* Same words, case and marks aside; absent and empty are the same. */
static bool is_same_words(const char *a, const char *b)
{
    bool has_a = a != NULL && a[0] != '\0';
    bool has_b = b != NULL && b[0] != '\0';
    if (!has_a || !has_b) {
        return has_a == has_b;
    }
    if (strcmp(a, b) == 0) {
        return true;
    }
    g_autofree char *folded_a = fold_text(a);
    g_autofree char *folded_b = fold_text(b);
    /* letters that fold to nothing (emoji) are compared as they are, which strcmp has done */
    return folded_a[0] != '\0' && strcmp(folded_a, folded_b) == 0;
}

/* Same identifier, in the canonical form where there is one. */
static bool is_same_ident(enum ident_kind kind, const char *a, const char *b)
{
    if (strcmp(a, b) == 0) {
        return true;
    }
    g_autofree char *normal_a = ident_normal(kind, a);
    g_autofree char *normal_b = normal_a == NULL ? NULL : ident_normal(kind, b);
    /* a page that is nobody's profile is compared byte for byte: paths tell upper from lower case
     */
    return normal_b != NULL && strcmp(normal_a, normal_b) == 0;
}

static bool is_same_date(const char *a, const char *b)
{
    return g_strcmp0(a, b) == 0;
}

bool fact_equal(const struct fact *a, const struct fact *b)
{
    if (a->kind != b->kind || !is_same_date(a->begins, b->begins) ||
        !is_same_date(a->ends, b->ends)) {
        return false;
    }
    const struct kind_row *row = &kinds[a->kind];
    bool is_same = row->is_exact              ? strcmp(a->value, b->value) == 0
                   : row->ident != IDENT_NONE ? is_same_ident(row->ident, a->value, b->value)
                                              : is_same_words(a->value, b->value);
    if (is_same && (a->kind == FACT_CUSTOM || a->kind == FACT_IM || a->kind == FACT_RELATION)) {
        is_same = is_same_words(a->label, b->label); /* here the label is half of what is said */
    }
    for (int i = 0; is_same && i < FACT_PARTS; i++) {
        if (a->part[i] != b->part[i]) {
            is_same = is_same_words(a->part[i], b->part[i]);
        }
    }
    return is_same;
}

char *fact_ident(const struct fact *fact, enum ident_kind *kind_out)
{
    *kind_out = kinds[fact->kind].ident;
    return *kind_out == IDENT_NONE ? NULL : ident_normal(*kind_out, fact->value);
}

json_t *fact_json(const struct fact *fact)
{
    json_t *json = json_object();
    json_object_set_new(json, "kind", json_string(fact_kind_text(fact->kind)));
    json_object_set_new(json, "value", json_string(fact->value));
    if (fact->label != NULL) {
        json_object_set_new(json, "label", json_string(fact->label));
    }
    json_t *parts = json_object();
    for (int i = 0; i < FACT_PARTS; i++) {
        if (fact->part[i] != NULL && kinds[fact->kind].parts[i] != NULL) {
            json_object_set_new(parts, kinds[fact->kind].parts[i], json_string(fact->part[i]));
        }
    }
    if (json_object_size(parts) > 0) {
        json_object_set(json, "parts", parts);
    }
    json_decref(parts);
    if (fact->begins != NULL) {
        json_object_set_new(json, "begins", json_string(fact->begins));
    }
    if (fact->ends != NULL) {
        json_object_set_new(json, "ends", json_string(fact->ends));
    }
    if (fact->is_preferred) {
        json_object_set_new(json, "preferred", json_true());
    }
    return json;
}

/* A text member of at most 10,000 bytes, cleaned; NULL when absent, empty or null. False when it is
 * of another type. */
static bool text_member(const json_t *json, const char *name, GStringChunk *arena,
                        const char **text_out, GError **error)
{
    const json_t *member = json_object_get(json, name);
    *text_out = NULL;
    if (member == NULL || json_is_null(member)) {
        return true;
    }
    if (!json_is_string(member) || json_string_length(member) > 10000) {
        return refuse(error, "fact.invalid", "“%s” of a fact is a text of at most 10,000 letters.",
                      name);
    }
    g_autofree char *clean = text_clean(json_string_value(member));
    if (clean[0] != '\0') {
        *text_out = g_string_chunk_insert(arena, clean);
    }
    return true;
}

/* Reads "parts" by the kind's names. */
static bool read_parts(const json_t *parts, GStringChunk *arena, struct fact *fact, GError **error)
{
    const char *name;
    json_t *value;
    json_object_foreach ((json_t *)parts, name, value) {
        int found = -1;
        for (int i = 0; i < FACT_PARTS; i++) {
            const char *known = kinds[fact->kind].parts[i];
            if (known != NULL && strcmp(known, name) == 0) {
                found = i;
            }
        }
        if (found < 0) {
            return refuse(error, "fact.invalid", "A fact of kind %s has no part “%s”.",
                          kinds[fact->kind].text, name);
        }
        if (!text_member(parts, name, arena, &fact->part[found], error)) {
            return false;
        }
    }
    return true;
}

/* "2020", "2020-03", "2020-03-15", or nothing. */
static bool is_date_text(const char *text)
{
    static const char form[] = "dddd-dd-dd";
    size_t len = text == NULL ? 0 : strlen(text);
    if (len != 0 && len != 4 && len != 7 && len != 10) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (form[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != '-') {
            return false;
        }
    }
    return true;
}

bool fact_from_json(const json_t *json, GStringChunk *arena, struct fact *fact_out, GError **error)
{
    *fact_out = (struct fact){.op = FACT_ADD};
    const char *kind = json_string_value(json_object_get(json, "kind"));
    fact_out->kind = kind == NULL ? FACT_NONE : fact_kind_parse(kind);
    if (fact_out->kind == FACT_NONE) {
        return refuse(error, "fact.invalid", "“%s” is no kind of fact.", kind == NULL ? "" : kind);
    }
    const char *op = json_string_value(json_object_get(json, "op"));
    if (op != NULL) {
        if (strcmp(op, "remove") == 0) {
            fact_out->op = FACT_REMOVE;
        } else if (strcmp(op, "set") == 0) {
            fact_out->op = FACT_SET;
        } else if (strcmp(op, "add") != 0) {
            return refuse(error, "fact.invalid",
                          "A fact is added, removed or set; “%s” is none of these.", op);
        }
    }
    if (!text_member(json, "value", arena, &fact_out->value, error) ||
        !text_member(json, "label", arena, &fact_out->label, error) ||
        !text_member(json, "begins", arena, &fact_out->begins, error) ||
        !text_member(json, "ends", arena, &fact_out->ends, error) ||
        !read_parts(json_object_get(json, "parts"), arena, fact_out, error)) {
        return false;
    }
    const char *ends = json_string_value(json_object_get(json, "ends"));
    if (ends != NULL && ends[0] == '\0' && fact_out->begins != NULL) {
        fact_out->ends = ""; /* still there */
    }
    fact_out->is_preferred = json_is_true(json_object_get(json, "preferred"));
    if (fact_out->value == NULL) {
        return refuse(error, "fact.invalid", "A fact of kind %s needs a value.",
                      kinds[fact_out->kind].text);
    }
    if (!is_date_text(fact_out->begins) || !is_date_text(fact_out->ends)) {
        return refuse(error, "fact.invalid",
                      "Dates of a fact are written 2020, 2020-03 or 2020-03-15.");
    }
    return true;
}
