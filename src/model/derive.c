/* The row, identifiers, traits and search words of a person, from the fold of their facts. */
#include "model/derive.h"

#include "base/fold.h"
#include "base/name.h"
#include "model/recognise.h"

#include <string.h>

enum { NAME_PREFIX, NAME_GIVEN, NAME_ADDITIONAL, NAME_FAMILY };
enum { ADDRESS_CITY = 3, ADDRESS_REGION = 4, ADDRESS_COUNTRY = 6 };
enum { PLACE_CITY, PLACE_REGION, PLACE_COUNTRY };
enum { WORK_ORG, WORK_DEPARTMENT, WORK_TITLE, WORK_CITY };
enum { SCHOOL_SCHOOL, SCHOOL_DEGREE };

void derived_init(struct derived *derived)
{
    *derived = (struct derived){
        .idents = g_array_new(FALSE, FALSE, sizeof(struct derived_ident)),
        .traits = g_array_new(FALSE, FALSE, sizeof(struct derived_trait)),
        .words = g_string_sized_new(512),
        .text = g_string_chunk_new(2048),
        .spare = g_string_sized_new(128),
        .places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .titles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
}

void derived_clear(struct derived *derived)
{
    g_array_unref(derived->idents);
    g_array_unref(derived->traits);
    g_string_free(derived->words, TRUE);
    g_string_free(derived->spare, TRUE);
    g_string_chunk_free(derived->text);
    g_hash_table_unref(derived->places);
    g_hash_table_unref(derived->titles);
}

#define MAX_REMEMBERED 4096

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

/* place_recognise, remembered. Borrowed until the next call. */
static const struct place_found *place_of(struct derived *out, const char *region,
                                          const char *country, const char *value)
{
    g_string_printf(out->spare, "%s\x1f%s\x1f%s", or_empty(region), or_empty(country),
                    or_empty(value));
    struct place_found *known = g_hash_table_lookup(out->places, out->spare->str);
    if (known == NULL) {
        if (g_hash_table_size(out->places) >= MAX_REMEMBERED) {
            g_hash_table_remove_all(out->places);
        }
        known = g_new0(struct place_found, 1);
        place_recognise(region, country, value, known);
        g_hash_table_insert(out->places, g_strdup(out->spare->str), known);
    }
    return known;
}

/* The specialty a title names, remembered; NULL: none. */
static const char *specialty_of(struct derived *out, const char *title)
{
    gpointer known;
    if (!g_hash_table_lookup_extended(out->titles, title, NULL, &known)) {
        if (g_hash_table_size(out->titles) >= MAX_REMEMBERED) {
            g_hash_table_remove_all(out->titles);
        }
        g_autofree char *words = fold_text(title);
        known = (gpointer)specialty_recognise(words);
        g_hash_table_insert(out->titles, g_strdup(title), known);
    }
    return known;
}

/* Folded text, kept until the next derive. */
static const char *folded(struct derived *out, const char *text)
{
    g_string_truncate(out->spare, 0);
    fold_append(out->spare, text, -1);
    return g_string_chunk_insert_len(out->text, out->spare->str, (gssize)out->spare->len);
}

static bool has_text(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static void add_words(struct derived *out, const char *text)
{
    if (has_text(text)) {
        if (out->words->len > 0) {
            g_string_append_c(out->words, ' ');
        }
        fold_append(out->words, text, -1);
    }
}

/* value NULL: the label folded. */
static void add_trait(struct derived *out, const char *kind, const char *value, const char *label)
{
    if (!has_text(label)) {
        return;
    }
    struct derived_trait trait = {kind, value == NULL ? folded(out, label) : value, label};
    if (trait.value[0] == '\0') {
        return;
    }
    for (guint i = 0; i < out->traits->len; i++) {
        const struct derived_trait *known = &g_array_index(out->traits, struct derived_trait, i);
        if (strcmp(known->kind, kind) == 0 && strcmp(known->value, trait.value) == 0) {
            return;
        }
    }
    g_array_append_val(out->traits, trait);
}

/* ---- names ---- */

static const struct fact *first_of(const struct fact_fold *fold, enum fact_kind kind)
{
    return fact_fold_first(fold, kind);
}

/* The same name in Latin or, wants_other, in another script, as some source writes it; NULL: none. */
static const char *other_name(const struct fact_fold *fold, const char *shown, bool wants_other)
{
    for (guint i = 0; i < fold->facts->len; i++) {
        const struct fact *fact = &g_array_index(fold->facts, struct folded_fact, i).fact;
        bool is_reading = wants_other || (fact->label != NULL && strcmp(fact->label, "latin") == 0);
        if (fact->kind == FACT_NAME && is_other_script(fact->value) == wants_other &&
            name_is_compatible(shown, fact->value)) {
            return fact->value;
        }
        if (fact->kind == FACT_OTHER_NAME && is_reading &&
            is_other_script(fact->value) == wants_other) {
            return fact->value;
        }
    }
    return NULL;
}

/* What stands for a name where none is told. */
static const char *stand_in(const struct fact_fold *fold)
{
    static const enum fact_kind kinds[] = {FACT_OTHER_NAME, FACT_EMAIL, FACT_PHONE,
                                           FACT_WORK,       FACT_URL,   FACT_UID};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        const struct fact *fact = first_of(fold, kinds[i]);
        if (fact != NULL) {
            return fact->kind == FACT_WORK && fact->part[WORK_ORG] != NULL ? fact->part[WORK_ORG]
                                                                           : fact->value;
        }
    }
    return "Nameless";
}

static void derive_name(const struct fact_fold *fold, struct derived *out)
{
    const struct fact *name = first_of(fold, FACT_NAME);
    const char *shown = name == NULL ? stand_in(fold) : name->value;
    out->row.name = shown;
    if (is_other_script(shown)) {
        const char *latin = other_name(fold, shown, false);
        out->row.own_name = shown;
        if (latin == NULL) {
            g_autofree char *reading = latin_reading(shown);
            latin = has_text(reading) ? g_string_chunk_insert(out->text, reading) : NULL;
        }
        out->row.name = latin == NULL ? shown : latin;
    } else {
        out->row.own_name = other_name(fold, shown, true);
    }
    g_string_truncate(out->spare, 0);
    if (name != NULL && has_text(name->part[NAME_FAMILY])) {
        static const int order[] = {NAME_FAMILY, NAME_GIVEN, NAME_ADDITIONAL};
        for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
            if (has_text(name->part[order[i]])) {
                if (out->spare->len > 0) {
                    g_string_append_c(out->spare, ' ');
                }
                fold_append(out->spare, name->part[order[i]], -1);
            }
        }
    } else if (name != NULL && has_text(name->part[NAME_GIVEN])) {
        fold_append(out->spare, name->part[NAME_GIVEN], -1);
    }
    if (out->spare->len == 0) {
        fold_append(out->spare, shown, -1);
    }
    out->row.sort_key =
        g_string_chunk_insert_len(out->text, out->spare->str, (gssize)out->spare->len);
}

/* ---- places ---- */

/* The place told counts before an address; either may say the state. */
static void derive_place_fact(struct derived *out, const struct fact *fact, bool is_beside)
{
    bool is_address = fact->kind == FACT_ADDRESS;
    const char *city = fact->part[is_address ? ADDRESS_CITY : PLACE_CITY];
    const char *region = fact->part[is_address ? ADDRESS_REGION : PLACE_REGION];
    const char *country = fact->part[is_address ? ADDRESS_COUNTRY : PLACE_COUNTRY];
    const struct place_found found =
        *place_of(out, region, country, is_address ? NULL : fact->value);
    bool is_told = !is_address && !is_beside;
    if (out->row.region == NULL || (is_told && found.country != NULL)) {
        out->row.region = found.region;
    }
    out->row.has_us_link |= !is_beside && found.country != NULL && strcmp(found.country, "US") == 0;
    if (out->row.place == NULL || is_told) {
        const char *spot = fact->value;
        if (is_address) {
            bool has_both = has_text(city) && has_text(region);
            g_string_printf(out->spare, "%s%s%s", has_text(city) ? city : "", has_both ? ", " : "",
                            has_text(region) ? region : "");
            spot =
                out->spare->len == 0 ? country : g_string_chunk_insert(out->text, out->spare->str);
        }
        out->row.place = has_text(spot) ? spot : NULL;
    }
    if (!has_text(city) && !is_address) {
        size_t len = strcspn(fact->value, ",");
        city = fact->value[len] == '\0'
                   ? NULL
                   : g_string_chunk_insert_len(out->text, fact->value, (gssize)len);
    }
    add_trait(out, "city", NULL, city);
    add_trait(out, "region", found.region, found.region_name);
    add_trait(out, "country", found.country, found.country_name);
}

/* ---- work, school, specialty ---- */

static bool is_current(const struct fact *fact)
{
    return !has_text(fact->ends);
}

static void derive_work(struct derived *out, const struct fact *fact)
{
    const char *org = fact->part[WORK_ORG];
    if (is_current(fact)) {
        if (out->row.org == NULL && has_text(org)) {
            out->row.org = org;
        }
        if (out->row.headline == NULL && has_text(fact->part[WORK_TITLE])) {
            out->row.headline = fact->part[WORK_TITLE];
        }
        if (has_text(fact->part[WORK_CITY])) {
            const struct place_found *found = place_of(out, NULL, NULL, fact->part[WORK_CITY]);
            out->row.has_us_link |= found->country != NULL && strcmp(found->country, "US") == 0;
        }
    }
    add_trait(out, "org", NULL, org);
    add_words(out, org);
    add_words(out, fact->part[WORK_DEPARTMENT]);
    add_words(out, fact->part[WORK_TITLE]);
    if (!has_text(org)) {
        add_words(out, fact->value);
    }
}

/* A degree or school of medicine comes before any other school. */
static bool is_medical(const char *school, const char *degree)
{
    static const char *const signs[] = {"medic", "mbbs", "mbchb", "mb bch", "doctor of osteop"};
    g_autofree char *text = fold_text(degree == NULL ? "" : degree);
    g_autofree char *name = fold_text(school);
    bool is_it =
        strcmp(text, "md") == 0 || g_str_has_prefix(text, "md ") || strcmp(text, "do") == 0;
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        is_it = is_it || strstr(text, signs[i]) != NULL || strstr(name, signs[i]) != NULL;
    }
    return is_it;
}

static void derive_school(struct derived *out, const struct fact *fact, bool *has_medical)
{
    const char *school =
        has_text(fact->part[SCHOOL_SCHOOL]) ? fact->part[SCHOOL_SCHOOL] : fact->value;
    bool is_med = !*has_medical && is_medical(school, fact->part[SCHOOL_DEGREE]);
    if (out->row.school == NULL || is_med) {
        out->row.school = folded(out, school);
        *has_medical |= is_med;
    }
    add_trait(out, "school", NULL, school);
    int year = has_text(fact->ends) ? (int)g_ascii_strtoll(fact->ends, NULL, 10) : 0;
    if (year >= 1900 && year < 2100) {
        g_string_printf(out->spare, "%d", year);
        add_trait(out, "class", g_string_chunk_insert(out->text, out->spare->str), school);
    }
    add_words(out, school);
}

/* By the fact itself, else by what headline and title say. */
static void derive_specialty(const struct fact_fold *fold, struct derived *out)
{
    const struct fact *told = first_of(fold, FACT_SPECIALTY);
    const char *id = NULL;
    if (told != NULL) {
        id = told->part[0] != NULL && specialty_name(told->part[0]) != NULL
                 ? told->part[0]
                 : specialty_of(out, told->value);
    }
    if (id == NULL && out->row.headline != NULL) {
        id = specialty_of(out, out->row.headline);
    }
    const struct fact *work = first_of(fold, FACT_WORK);
    if (id == NULL && work != NULL && has_text(work->part[WORK_TITLE])) {
        id = specialty_of(out, work->part[WORK_TITLE]);
    }
    if (id == NULL && work != NULL && has_text(work->part[WORK_DEPARTMENT])) {
        id = specialty_of(out, work->part[WORK_DEPARTMENT]);
    }
    out->row.specialty = id;
    if (id != NULL) {
        add_trait(out, "specialty", id, specialty_name(id));
        add_words(out, specialty_name(id));
    }
}

/* ---- the rest ---- */

static void add_tag(struct derived *out, const char *label)
{
    add_trait(out, "tag", NULL, label);
    g_string_truncate(out->spare, 0);
    if (out->row.tags != NULL) {
        g_string_append(out->spare, out->row.tags);
        g_string_append_c(out->spare, ' ');
    }
    gsize from = out->spare->len;
    g_string_append(out->spare, label);
    for (gsize i = from; i < out->spare->len; i++) {
        if (out->spare->str[i] == ' ') {
            out->spare->str[i] = '-';
        }
    }
    out->row.tags = g_string_chunk_insert_len(out->text, out->spare->str, (gssize)out->spare->len);
    add_words(out, label);
}

static void derive_paper(struct derived *out, const struct fact *fact)
{
    const char *id = has_text(fact->part[0]) ? fact->part[0] : NULL; /* PMID */
    add_trait(out, "paper", id, fact->value);
    add_words(out, fact->value);
}

/* The preferred of its kind, else the first. */
static void prefer(const char **column, bool *has_preferred, const struct fact *fact)
{
    if (*column == NULL || (fact->is_preferred && !*has_preferred)) {
        *column = fact->value;
        *has_preferred |= fact->is_preferred;
    }
}

/* Every identifier with every person that says it. */
static void add_idents(struct derived *out, const struct fact_fold *fold,
                       const struct folded_fact *fact, int64_t person_id)
{
    enum ident_kind kind;
    g_autofree char *value = fact_ident(&fact->fact, &kind);
    if (value == NULL) {
        return;
    }
    const char *kept = g_string_chunk_insert(out->text, value);
    for (int i = 0; i < fact->n_origins; i++) {
        int64_t says = fold->sets[fact->origins[i]].person_id;
        struct derived_ident ident = {kind, kept, says == 0 ? person_id : says};
        bool is_known = false;
        for (guint k = 0; k < out->idents->len && !is_known; k++) {
            const struct derived_ident *known =
                &g_array_index(out->idents, struct derived_ident, k);
            is_known = known->kind == kind && known->person_id == ident.person_id &&
                       strcmp(known->value, kept) == 0;
        }
        if (!is_known) {
            g_array_append_val(out->idents, ident);
        }
    }
}

/* Reachable kinds: column, identifier, words. */
static void derive_reach(struct derived *out, const struct fact_fold *fold,
                         const struct folded_fact *fact, bool *preferred)
{
    switch (fact->fact.kind) {
    case FACT_EMAIL:
        prefer(&out->row.email, &preferred[0], &fact->fact);
        break;
    case FACT_PHONE:
        prefer(&out->row.phone, &preferred[1], &fact->fact);
        break;
    default:
        prefer(&out->row.url, &preferred[2], &fact->fact);
    }
    add_words(out, fact->fact.value);
}

static void derive_fact(struct derived *out, const struct fact_fold *fold,
                        const struct folded_fact *folded_fact, bool *flags)
{
    const struct fact *fact = &folded_fact->fact;
    switch (fact->kind) {
    case FACT_EMAIL:
    case FACT_PHONE:
    case FACT_URL:
        derive_reach(out, fold, folded_fact, flags);
        break;
    case FACT_NAME:
    case FACT_OTHER_NAME:
    case FACT_IM:
    case FACT_NOTE:
    case FACT_SKILL:
    case FACT_CERTIFICATE:
    case FACT_HONOR:
    case FACT_MET:
    case FACT_RELATION:
    case FACT_VISA:
    case FACT_CUSTOM:
    case FACT_CREDENTIAL:
        add_words(out, fact->value);
        break;
    case FACT_PLACE:
    case FACT_ADDRESS:
        derive_place_fact(out, fact, folded_fact->is_beside);
        add_words(out, fact->value);
        break;
    case FACT_HEADLINE:
        add_words(out, fact->value);
        if (!folded_fact->is_beside) {
            out->row.headline = fact->value;
        }
        break;
    case FACT_WORK:
        derive_work(out, fact);
        break;
    case FACT_SCHOOL:
        derive_school(out, fact, &flags[3]);
        break;
    case FACT_LANGUAGE:
        add_trait(out, "language", NULL, fact->value);
        add_words(out, fact->value);
        break;
    case FACT_TAG:
        add_tag(out, fact->value);
        break;
    case FACT_PAPER:
        derive_paper(out, fact);
        break;
    case FACT_PHOTO:
        if (!folded_fact->is_beside) {
            out->row.photo = fact->value;
        }
        break;
    case FACT_DO_NOT_CONTACT:
        out->row.do_not_contact = true;
        break;
    case FACT_NONE:
    case FACT_SPECIALTY:
    case FACT_BIRTHDAY:
    case FACT_ANNIVERSARY:
    case FACT_CONNECTED:
    case FACT_NPI:
    case FACT_UID:
    case FACT_ORCID:
    case FACT_CARD_LINE:
    case N_FACT:
        break;
    }
}

void derive(const struct fact_fold *fold, int64_t person_id, struct derived *out)
{
    out->row = (struct person_row){.person_id = person_id};
    g_array_set_size(out->idents, 0);
    g_array_set_size(out->traits, 0);
    g_string_truncate(out->words, 0);
    g_string_chunk_clear(out->text);
    bool flags[4] = {false};
    derive_name(fold, out);
    for (guint i = 0; i < fold->facts->len; i++) {
        const struct folded_fact *fact = &g_array_index(fold->facts, struct folded_fact, i);
        derive_fact(out, fold, fact, flags);
        add_idents(out, fold, fact, person_id);
    }
    if (out->row.own_name != NULL && out->row.name != out->row.own_name) {
        add_words(
            out, out->row.name); /* the reading given beside it may differ from the one made here */
    }
    derive_specialty(fold, out);
    out->row.has_conflict = fold->has_conflict;
}
