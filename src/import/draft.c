/* Builds records for the sources. Everything a fact points at is copied into the arena, so a source
 * may hand over borrowed cells; the arena is emptied for each record, so memory stays that of one
 * row. */
#include "import/draft.h"

#include "base/digest.h"
#include "base/fold.h"
#include "base/name.h"

#include <string.h>

void draft_init(struct draft *draft)
{
    draft->arena = g_string_chunk_new(4096);
    draft->facts = g_array_new(false, true, sizeof(struct fact));
    draft->touches = g_array_new(false, true, sizeof(struct record_touch));
    draft->idents = g_array_new(false, true, sizeof(struct record_ident));
    memset(&draft->record, 0, sizeof draft->record);
}

void draft_clear(struct draft *draft)
{
    g_string_chunk_free(draft->arena);
    g_array_free(draft->facts, true);
    g_array_free(draft->touches, true);
    g_array_free(draft->idents, true);
}

void draft_start(struct draft *draft, enum record_about about, const char *family, const char *file,
                 long line)
{
    g_string_chunk_clear(draft->arena);
    g_array_set_size(draft->facts, 0);
    g_array_set_size(draft->touches, 0);
    draft->record = (struct record){.about = about, .family = family, .file = file, .line = line};
}

const char *draft_text(struct draft *draft, const char *text)
{
    return text == NULL ? NULL : g_string_chunk_insert(draft->arena, text);
}

/* Cleaned copy in the arena; NULL when nothing is left. */
static const char *keep_clean(struct draft *draft, const char *text)
{
    if (text == NULL || *text == '\0') {
        return NULL;
    }
    g_autofree char *clean = text_clean(text);
    return *clean == '\0' ? NULL : g_string_chunk_insert(draft->arena, clean);
}

struct fact *draft_fact(struct draft *draft, enum fact_kind kind, const char *value,
                        const char *label)
{
    const char *kept = keep_clean(draft, value);
    if (kept == NULL) {
        return NULL;
    }
    struct fact fact = {.kind = kind, .value = kept, .label = keep_clean(draft, label)};
    g_array_append_val(draft->facts, fact);
    return &g_array_index(draft->facts, struct fact, draft->facts->len - 1);
}

struct fact *draft_parts(struct draft *draft, enum fact_kind kind, const char *value,
                         const char *label, const char *const part[FACT_PARTS])
{
    struct fact fact = {.kind = kind, .label = keep_clean(draft, label)};
    g_autoptr(GString) words = g_string_new(NULL);
    for (int i = 0; i < FACT_PARTS; i++) {
        fact.part[i] = keep_clean(draft, part[i]);
        if (fact.part[i] != NULL) {
            g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "", fact.part[i]);
        }
    }
    fact.value = keep_clean(draft, value);
    if (fact.value == NULL) {
        fact.value = keep_clean(draft, words->str);
    }
    if (fact.value == NULL) {
        return NULL;
    }
    g_array_append_val(draft->facts, fact);
    return &g_array_index(draft->facts, struct fact, draft->facts->len - 1);
}

/* Puts a parsed name and its credentials down as facts. */
static bool keep_name(struct draft *draft, const struct name *name)
{
    if (name->full == NULL || *name->full == '\0') {
        return false;
    }
    const char *const part[FACT_PARTS] = {name->prefix, name->given,  name->additional,
                                          name->family, name->suffix, name->credentials};
    draft_parts(draft, FACT_NAME, name->full, NULL, part);
    if (name->credentials != NULL) {
        g_auto(GStrv) each = g_strsplit(name->credentials, ",", -1);
        for (char **credential = each; *credential != NULL; credential++) {
            draft_fact(draft, FACT_CREDENTIAL, *credential, NULL);
        }
    }
    return true;
}

bool draft_name(struct draft *draft, const char *whole)
{
    if (whole == NULL || *whole == '\0') {
        return false;
    }
    struct name name = {0};
    name_parse(whole, &name);
    bool has_name = keep_name(draft, &name);
    name_clear(&name);
    return has_name;
}

bool draft_name_parts(struct draft *draft, const char *const part[5])
{
    struct name name = {0};
    name_from_parts(part[0], part[1], part[2], part[3], part[4], &name);
    bool has_name = keep_name(draft, &name);
    name_clear(&name);
    return has_name;
}

bool draft_name_shown(struct draft *draft, const char *whole, const char *const part[5])
{
    struct name name = {0};
    name_from_parts(part[0], part[1], part[2], part[3], part[4], &name);
    if (whole != NULL && *whole != '\0') {
        struct name shown = {0};
        name_parse(whole, &shown);
        if (name.full == NULL || *name.full == '\0') {
            name_clear(&name);
            name = shown;
        } else {
            /* an FN that only repeats N with its titles says nothing more; any other wording is the
             * one to show */
            if (shown.full != NULL && *shown.full != '\0') {
                g_free(name.full);
                name.full = g_steal_pointer(&shown.full);
            }
            if (name.credentials == NULL) {
                name.credentials = g_steal_pointer(&shown.credentials);
            }
            name_clear(&shown);
        }
    }
    bool has_name = keep_name(draft, &name);
    name_clear(&name);
    return has_name;
}

void draft_work(struct draft *draft, const char *org, const char *department, const char *title,
                const char *place)
{
    const char *const part[FACT_PARTS] = {org, department, title, place};
    g_autofree char *words = NULL;
    bool has_title = title != NULL && *title != '\0';
    bool has_org = org != NULL && *org != '\0';
    if (has_title && has_org) {
        words = g_strdup_printf("%s, %s", title, org);
    }
    draft_parts(draft, FACT_WORK, words, NULL, part);
}

void draft_date(struct draft *draft, enum fact_kind kind, const char *text, enum when_order order)
{
    struct when when;
    if (text == NULL || *text == '\0') {
        return;
    }
    if (!when_parse(text, order, &when, NULL) || when.is_ambiguous) {
        draft_fact(draft, kind, text, "as written");
        return;
    }
    char buffer[WHEN_TEXT];
    draft_fact(draft, kind, when_format(&when, buffer), NULL);
}

void draft_touch(struct draft *draft, const struct record_touch *touch)
{
    struct record_touch kept = *touch;
    kept.kind = draft_text(draft, touch->kind);
    kept.direction = draft_text(draft, touch->direction);
    kept.note = keep_clean(draft, touch->note);
    kept.key = draft_text(draft, touch->key);
    g_array_append_val(draft->touches, kept);
}

bool draft_is_empty(const struct draft *draft)
{
    return draft->facts->len == 0 && draft->touches->len == 0;
}

bool draft_has_person(const struct draft *draft)
{
    for (guint i = 0; i < draft->facts->len; i++) {
        switch (g_array_index(draft->facts, struct fact, i).kind) {
        case FACT_NAME:
        case FACT_OTHER_NAME:
        case FACT_EMAIL:
        case FACT_PHONE:
        case FACT_URL:
        case FACT_WORK:
        case FACT_IM: return true;
        default: break;
        }
    }
    return false;
}

static void find_idents(struct draft *draft)
{
    g_array_set_size(draft->idents, 0);
    for (guint i = 0; i < draft->facts->len; i++) {
        struct record_ident ident = {0};
        g_autofree char *value =
            fact_ident(&g_array_index(draft->facts, struct fact, i), &ident.kind);
        if (value != NULL) {
            ident.value = g_string_chunk_insert(draft->arena, value);
            g_array_append_val(draft->idents, ident);
        }
    }
}

static const char *key_of(struct draft *draft, const char *exact)
{
    if (exact != NULL && *exact != '\0') {
        return draft_text(draft, exact);
    }
    static const enum ident_kind order[] = {IDENT_UID, IDENT_URL, IDENT_EMAIL, IDENT_PHONE};
    for (size_t o = 0; o < G_N_ELEMENTS(order); o++) {
        for (guint i = 0; i < draft->idents->len; i++) {
            const struct record_ident *ident =
                &g_array_index(draft->idents, struct record_ident, i);
            if (ident->kind == order[o]) {
                g_autofree char *key =
                    g_strconcat(ident_kind_text(ident->kind), ":", ident->value, NULL);
                return draft_text(draft, key);
            }
        }
    }
    g_autoptr(GString) all = g_string_new(NULL);
    facts_encode((const struct fact *)(void *)draft->facts->data, draft->facts->len, all);
    uint8_t digest[DIGEST_LEN];
    char text[DIGEST_TEXT];
    digest_bytes(all->str, all->len, digest);
    return draft_text(draft, digest_format(digest, text));
}

bool draft_send(struct draft *draft, struct record_sink *sink, const char *exact, GError **error)
{
    struct record *record = &draft->record;
    find_idents(draft);
    record->key = key_of(draft, exact);
    record->facts = (const struct fact *)(void *)draft->facts->data;
    record->n_facts = draft->facts->len;
    record->idents = (const struct record_ident *)(void *)draft->idents->data;
    record->n_idents = draft->idents->len;
    record->touches = (const struct record_touch *)(void *)draft->touches->data;
    record->n_touches = draft->touches->len;
    return sink->record(sink->data, record, error);
}
