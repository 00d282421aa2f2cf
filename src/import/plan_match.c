/* Who is a record about? Identifiers and names of the account are loaded once and grow with what the plan itself makes, so a
 * file's own rows find one another too. Nothing here writes. */
#include "import/plan_private.h"

#include "base/fold.h"
#include "base/name.h"
#include "import/plan_db.h"
#include "model/touch.h"

#include <string.h>

static void holders_add(struct plan *plan, const char *key, int64_t person_id)
{
    struct holders *holders = g_hash_table_lookup(plan->holders, key);
    if (holders == NULL) {
        holders = g_new0(struct holders, 1);
        g_hash_table_insert(plan->holders, g_strdup(key), holders);
    }
    for (int i = 0; i < holders->n; i++) {
        if (holders->ids[i] == person_id) {
            return;
        }
    }
    if (holders->n < WHO_MAX) {
        holders->ids[holders->n++] = person_id;
    }
}

static void learn_ident(enum ident_kind kind, const char *value, int64_t root_id, void *data)
{
    g_autofree char *key = g_strdup_printf("%d:%s", (int)kind, value);
    holders_add(data, key, root_id);
}

static void free_known(gpointer data)
{
    struct known *known = data;
    g_free(known->name);
    g_free(known->name_org);
    g_free(known);
}

/* "amina hassan|northquay general hospital"; NULL when one of the two is missing. New string. */
static char *name_org_key(const char *name, const char *org)
{
    if (name == NULL || org == NULL) {
        return NULL;
    }
    g_autofree char *name_words = fold_text(name);
    g_autofree char *org_words = fold_text(org);
    return *name_words == '\0' || *org_words == '\0' ? NULL : g_strdup_printf("%s|%s", name_words, org_words);
}

static int64_t *boxed(int64_t id)
{
    return g_memdup2(&id, sizeof id);
}

static void learn_person(const struct plan_person *person, void *data)
{
    struct plan *plan = data;
    if (person->is_self) {
        plan->self_id = person->person_id;
    }
    if (g_hash_table_contains(plan->people, &person->root_id)) {
        return;
    }
    struct known *known = g_new0(struct known, 1);
    known->name = g_strdup(person->name);
    known->name_org = name_org_key(person->name, person->org);
    g_hash_table_insert(plan->people, boxed(person->root_id), known);
    if (known->name_org != NULL && !g_hash_table_contains(plan->by_name_org, known->name_org)) {
        g_hash_table_insert(plan->by_name_org, g_strdup(known->name_org), boxed(person->root_id));
    }
}

bool plan_learn(struct plan *plan, GError **error)
{
    plan->holders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    plan->people = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, free_known);
    plan->by_name_org = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    plan->records = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    plan->touch_keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    return ident_each(&plan->book, learn_ident, plan, error) &&
        plan_people_each(&plan->book, learn_person, plan, error);
}

void plan_forget(struct plan *plan)
{
    g_clear_pointer(&plan->holders, g_hash_table_unref);
    g_clear_pointer(&plan->people, g_hash_table_unref);
    g_clear_pointer(&plan->by_name_org, g_hash_table_unref);
    g_clear_pointer(&plan->records, g_hash_table_unref);
    g_clear_pointer(&plan->touch_keys, g_hash_table_unref);
}

const char *plan_name_of(struct plan *plan, int64_t person_id)
{
    const struct known *known = g_hash_table_lookup(plan->people, &person_id);
    return known == NULL ? NULL : known->name;
}

/* First fact of a kind; NULL when there is none. */
static const struct fact *fact_of(const struct record *record, enum fact_kind kind)
{
    for (size_t i = 0; i < record->n_facts; i++) {
        if (record->facts[i].kind == kind) {
            return &record->facts[i];
        }
    }
    return NULL;
}

static const char *org_of(const struct record *record)
{
    const struct fact *work = fact_of(record, FACT_WORK);
    return work == NULL ? NULL : work->part[0];
}

static const char *name_of(const struct record *record)
{
    const struct fact *name = fact_of(record, FACT_NAME);
    return name == NULL ? NULL : name->value;
}

void plan_remember(struct plan *plan, int64_t person_id, const struct record *record)
{
    for (size_t i = 0; i < record->n_facts; i++) {
        enum ident_kind kind = IDENT_NONE;
        g_autofree char *ident = fact_ident(&record->facts[i], &kind);
        if (ident != NULL) {
            learn_ident(kind, ident, person_id, plan);
        }
    }
    if (!g_hash_table_contains(plan->people, &person_id)) {
        learn_person(&(struct plan_person){.person_id = person_id, .root_id = person_id, .name = name_of(record),
                                           .org = org_of(record)}, plan);
    }
}

/* The family's records as they stand, loaded on first use. */
static GHashTable *records_of(struct plan *plan, const char *family, GError **error)
{
    GHashTable *records = g_hash_table_lookup(plan->records, family);
    if (records == NULL) {
        records = fact_record_all(&plan->book, family, error);
        if (records != NULL) {
            g_hash_table_insert(plan->records, g_strdup(family), records);
        }
    }
    return records;
}

bool plan_note_record(struct plan *plan, const struct record *record, int64_t person_id, const char *encoded, GError **error)
{
    GHashTable *records = records_of(plan, record->family, error);
    if (records == NULL) {
        return false;
    }
    struct fact_record *noted = g_new0(struct fact_record, 1);
    noted->person_id = person_id;
    digest_bytes(encoded, strlen(encoded), noted->digest);
    g_hash_table_replace(records, g_strdup(record->key), noted);
    return true;
}

bool plan_new_touch(struct plan *plan, const char *family, const char *key, bool *is_new_out, GError **error)
{
    GHashTable *keys = g_hash_table_lookup(plan->touch_keys, family);
    if (keys == NULL) {
        keys = touch_keys(&plan->book, family, error);
        if (keys == NULL) {
            return false;
        }
        g_hash_table_insert(plan->touch_keys, g_strdup(family), keys);
    }
    *is_new_out = !g_hash_table_contains(keys, key);
    if (*is_new_out) {
        g_hash_table_add(keys, g_strdup(key));
    }
    return true;
}

static void propose_beside(struct match *match, int64_t person_id, bool is_exact, const char *why)
{
    for (int i = 0; i < match->n_beside; i++) {
        if (match->beside[i] == person_id) {
            return;
        }
    }
    if (match->n_beside < WHO_MAX) {
        match->beside[match->n_beside] = person_id;
        match->beside_exact[match->n_beside] = is_exact;
        match->beside_why[match->n_beside++] = why;
    }
}

/* Sure identifiers stand for one person by themselves; a mailbox or a telephone may be shared, so names must agree. */
static bool is_sure_kind(enum ident_kind kind)
{
    return kind == IDENT_UID || kind == IDENT_URL || kind == IDENT_NPI || kind == IDENT_ORCID;
}

static bool names_agree(struct plan *plan, int64_t person_id, const char *name)
{
    const char *other = plan_name_of(plan, person_id);
    return name == NULL || other == NULL || *other == '\0' || name_is_compatible(name, other);
}

/* By exact identifiers: surest kinds first. Others that also match are proposed beside. */
static void find_by_ident(struct plan *plan, const struct record *record, struct match *match)
{
    static const enum ident_kind order[] = {IDENT_UID, IDENT_URL, IDENT_ORCID, IDENT_NPI, IDENT_EMAIL, IDENT_PHONE};
    static const char *const words[N_IDENT] = {
        [IDENT_UID] = "same card", [IDENT_URL] = "same profile", [IDENT_ORCID] = "same ORCID", [IDENT_NPI] = "same NPI",
        [IDENT_EMAIL] = "same e-mail address", [IDENT_PHONE] = "same telephone number"};
    const char *name = name_of(record);
    for (size_t o = 0; o < G_N_ELEMENTS(order); o++) {
        for (size_t i = 0; i < record->n_facts; i++) {
            enum ident_kind kind = IDENT_NONE;
            g_autofree char *ident = fact_ident(&record->facts[i], &kind);
            if (ident == NULL || kind != order[o]) {
                continue;
            }
            g_autofree char *key = g_strdup_printf("%d:%s", (int)kind, ident);
            const struct holders *holders = g_hash_table_lookup(plan->holders, key);
            for (int h = 0; holders != NULL && h < holders->n; h++) {
                bool is_one = holders->n == 1 && (is_sure_kind(kind) || names_agree(plan, holders->ids[h], name));
                if (is_one && match->person_id == 0) {
                    match->person_id = holders->ids[h];
                } else if (holders->ids[h] != match->person_id) {
                    propose_beside(match, holders->ids[h], true, words[kind]);
                }
            }
        }
    }
}

static void find_by_name(struct plan *plan, const struct record *record, struct match *match)
{
    g_autofree char *key = name_org_key(name_of(record), org_of(record));
    const int64_t *id = key == NULL ? NULL : g_hash_table_lookup(plan->by_name_org, key);
    if (id != NULL) {
        propose_beside(match, *id, false, "same name and organisation");
    }
}

/* What was decided in the preview for this record. */
static void heed_decision(struct plan *plan, const struct record *record, struct match *match)
{
    if (plan->options->decisions == NULL) {
        return;
    }
    g_autofree char *key = g_strdup_printf("%s|%s", record->family, record->key);
    const char *said = json_string_value(json_object_get(plan->options->decisions, key));
    int64_t id = 0;
    if (g_strcmp0(said, "two") == 0) {
        match->is_apart = true;
    } else if (said != NULL && id_parse(said, &id) && g_hash_table_contains(plan->people, &id)) {
        match->person_id = id;
        match->n_beside = 0;
    }
}

bool plan_find(struct plan *plan, const struct record *record, struct match *match_out, GError **error)
{
    *match_out = (struct match){0};
    GHashTable *records = records_of(plan, record->family, error);
    if (records == NULL) {
        return false;
    }
    match_out->before = g_hash_table_lookup(records, record->key);
    if (match_out->before != NULL) {
        match_out->person_id = match_out->before->person_id;
        return true;
    }
    if (record->about == ABOUT_SELF) {
        match_out->person_id = plan->self_id;
        return true;
    }
    find_by_ident(plan, record, match_out);
    if (match_out->person_id == 0 && match_out->n_beside < WHO_MAX) {
        find_by_name(plan, record, match_out);
        heed_decision(plan, record, match_out);
    }
    return true;
}
