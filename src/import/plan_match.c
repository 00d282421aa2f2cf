/* Who is a record about? Identifiers and names of the account are loaded once and grow with what
 * the plan itself makes, so a file's own rows find one another too. Nothing here writes. */
#include "import/plan_private.h"

#include "base/fold.h"
#include "base/name.h"
#include "import/plan_db.h"
#include "model/touch.h"

#include <string.h>

/* Key of an identifier: its kind as one letter, then its value. In plan->scratch until the next
 * call. */
static const char *ident_key(struct plan *plan, enum ident_kind kind, const char *value)
{
    g_string_truncate(plan->scratch, 0);
    g_string_append_c(plan->scratch, (char)('a' + kind));
    g_string_append(plan->scratch, value);
    return plan->scratch->str;
}

static void learn_ident(enum ident_kind kind, const char *value, int64_t root_id, void *data)
{
    struct plan *plan = data;
    const char *key = ident_key(plan, kind, value);
    struct holders *holders = g_hash_table_lookup(plan->holders, key);
    if (holders == NULL) {
        holders = arena_room(&plan->arena, sizeof *holders);
        g_hash_table_insert(plan->holders, arena_text(&plan->arena, key), holders);
    }
    for (int i = 0; i < holders->n; i++) {
        if (holders->ids[i] == root_id) {
            return;
        }
    }
    if (holders->n < WHO_MAX) {
        holders->ids[holders->n++] = root_id;
    }
}

/* "hassan amina|northquay general hospital": the name in its sorting order, so that titles do not
 * part two entries. In plan->scratch until the next call; NULL when one of the two is missing. */
static const char *name_org_key(struct plan *plan, const char *const *names, int n_names,
                                const char *org)
{
    GString *key = plan->scratch;
    g_string_truncate(key, 0);
    for (int i = 0; i < n_names; i++) {
        if (names[i] != NULL && names[i][0] != '\0') {
            if (key->len > 0) {
                g_string_append_c(key, ' ');
            }
            fold_append(key, names[i], -1);
        }
    }
    gsize name_len = key->len;
    if (name_len == 0 || org == NULL) {
        return NULL;
    }
    g_string_append_c(key, '|');
    fold_append(key, org, -1);
    return key->len > name_len + 1 ? key->str : NULL;
}

/* A person by id: name for guards and reports, and for proposals by name and organisation. Ids are
 * keys of their own: people are found by the address of an id in the arena. */
static void learn_known(struct plan *plan, int64_t root_id, const char *name, const char *key)
{
    struct known *known = arena_room(&plan->arena, sizeof *known);
    known->id = root_id;
    known->name = name != NULL ? arena_text(&plan->arena, name) : NULL;
    known->own_name = NULL;
    g_hash_table_insert(plan->people, &known->id, known);
    if (key != NULL && !g_hash_table_contains(plan->by_name_org, key)) {
        g_hash_table_insert(plan->by_name_org, arena_text(&plan->arena, key), &known->id);
    }
}

static void learn_person(const struct plan_person *person, void *data)
{
    struct plan *plan = data;
    if (person->is_self) {
        plan->self_id = person->person_id;
    }
    if (!g_hash_table_contains(plan->people, &person->root_id)) {
        learn_known(plan, person->root_id, person->name,
                    name_org_key(plan, &person->sort_key, 1, person->org));
        if (person->own_name != NULL) {
            struct known *known = g_hash_table_lookup(plan->people, &person->root_id);
            known->own_name = arena_text(&plan->arena, person->own_name);
        }
    }
}

bool plan_learn(struct plan *plan, GError **error)
{
    plan->scratch = g_string_sized_new(256);
    plan->holders = g_hash_table_new(g_str_hash, g_str_equal);
    plan->people = g_hash_table_new(g_int64_hash, g_int64_equal);
    plan->by_name_org = g_hash_table_new(g_str_hash, g_str_equal);
    plan->records =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    plan->noted =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    plan->touch_keys =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    if (plan->self_email != NULL) {
        learn_ident(IDENT_EMAIL, plan->self_email, plan->self_id, plan);
    }
    return ident_each(&plan->book, learn_ident, plan, error) &&
           plan_people_each(&plan->book, learn_person, plan, error);
}

void plan_forget(struct plan *plan)
{
    g_clear_pointer(&plan->holders, g_hash_table_unref);
    g_clear_pointer(&plan->people, g_hash_table_unref);
    g_clear_pointer(&plan->by_name_org, g_hash_table_unref);
    g_clear_pointer(&plan->records, g_hash_table_unref);
    g_clear_pointer(&plan->noted, g_hash_table_unref);
    g_clear_pointer(&plan->touch_keys, g_hash_table_unref);
    arena_clear(&plan->arena);
    if (plan->scratch != NULL) {
        g_string_free(plan->scratch, true);
        plan->scratch = NULL;
    }
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

/* The same key as derive gives a person's sort_key: family, given, additional; else the name as
 * shown. */
static const char *record_name_org(struct plan *plan, const struct record *record)
{
    const struct fact *name = fact_of(record, FACT_NAME);
    if (name == NULL) {
        return NULL;
    }
    bool has_family = name->part[3] != NULL && name->part[3][0] != '\0';
    const char *const parts[] = {has_family              ? name->part[3]
                                 : name->part[1] != NULL ? name->part[1]
                                                         : name->value,
                                 has_family ? name->part[1] : NULL,
                                 has_family ? name->part[2] : NULL};
    return name_org_key(plan, parts, 3, org_of(record));
}

void plan_remember(struct plan *plan, int64_t person_id, const struct record *record)
{
    for (size_t i = 0; i < record->n_idents; i++) {
        learn_ident(record->idents[i].kind, record->idents[i].value, person_id, plan);
    }
    if (!g_hash_table_contains(plan->people, &person_id)) {
        learn_known(plan, person_id, name_of(record), record_name_org(plan, record));
    } else if (person_id == plan->self_id && !plan->is_self_named && name_of(record) != NULL) {
        struct known *known = g_hash_table_lookup(plan->people, &person_id);
        known->name = arena_text(&plan->arena, name_of(record));
        plan->is_self_named = true;
    }
}

/* The family's records as they stand, loaded on first use. */
static bool records_of(struct plan *plan, const char *family, GHashTable **stored_out,
                       GHashTable **noted_out, GError **error)
{
    *stored_out = g_hash_table_lookup(plan->records, family);
    *noted_out = g_hash_table_lookup(plan->noted, family);
    if (*stored_out != NULL) {
        return true;
    }
    if (!plan_calm(plan, error)) {
        return false;
    }
    *stored_out = fact_record_all(&plan->book, family, error);
    if (*stored_out == NULL) {
        return false;
    }
    *noted_out = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(plan->records, g_strdup(family), *stored_out);
    g_hash_table_insert(plan->noted, g_strdup(family), *noted_out);
    return true;
}

bool plan_note_record(struct plan *plan, const struct record *record, int64_t person_id,
                      const char *encoded, GError **error)
{
    GHashTable *stored = NULL;
    GHashTable *noted = NULL;
    if (!records_of(plan, record->family, &stored, &noted, error)) {
        return false;
    }
    struct fact_record *one = arena_room(&plan->arena, sizeof *one);
    one->person_id = person_id;
    digest_bytes(encoded, strlen(encoded), one->digest);
    g_hash_table_replace(noted, arena_text(&plan->arena, record->key), one);
    return true;
}

bool plan_new_touch(struct plan *plan, const char *family, const char *key, bool *is_new_out,
                    GError **error)
{
    GHashTable *keys = g_hash_table_lookup(plan->touch_keys, family);
    if (keys == NULL) {
        if (!plan_calm(plan, error)) {
            return false;
        }
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

/* Sure identifiers stand for one person by themselves; a mailbox or a telephone may be shared, so
 * names must agree. */
static bool is_sure_kind(enum ident_kind kind)
{
    return kind == IDENT_UID || kind == IDENT_URL || kind == IDENT_NPI || kind == IDENT_ORCID;
}

static bool names_agree(struct plan *plan, int64_t person_id, const char *name)
{
    const struct known *known = g_hash_table_lookup(plan->people, &person_id);
    bool is_stand_in = person_id == plan->self_id && !plan->is_self_named;
    const char *other = known == NULL || is_stand_in ? NULL : known->name;
    return name == NULL || other == NULL || *other == '\0' || name_is_compatible(name, other) ||
           (known->own_name != NULL && name_is_compatible(name, known->own_name));
}

/* Everybody who carries that identifier: the one who may be joined, the others beside. */
static void weigh_holders(struct plan *plan, const struct record_ident *ident, const char *name,
                          struct match *match)
{
    static const char *const words[N_IDENT] = {[IDENT_UID] = "same card",
                                               [IDENT_URL] = "same profile",
                                               [IDENT_ORCID] = "same ORCID",
                                               [IDENT_NPI] = "same NPI",
                                               [IDENT_EMAIL] = "same e-mail address",
                                               [IDENT_PHONE] = "same telephone number"};
    const struct holders *holders =
        g_hash_table_lookup(plan->holders, ident_key(plan, ident->kind, ident->value));
    for (int h = 0; holders != NULL && h < holders->n; h++) {
        bool is_one = holders->n == 1 &&
                      (is_sure_kind(ident->kind) || names_agree(plan, holders->ids[h], name));
        if (is_one && match->person_id == 0) {
            match->person_id = holders->ids[h];
        } else if (holders->ids[h] != match->person_id) {
            propose_beside(match, holders->ids[h], true, words[ident->kind]);
        }
    }
}

/* By exact identifiers: surest kinds first. Others that also match are proposed beside. */
static void find_by_ident(struct plan *plan, const struct record *record, struct match *match)
{
    static const enum ident_kind order[] = {IDENT_UID, IDENT_URL,   IDENT_ORCID,
                                            IDENT_NPI, IDENT_EMAIL, IDENT_PHONE};
    const char *name = name_of(record);
    for (size_t o = 0; o < G_N_ELEMENTS(order); o++) {
        for (size_t i = 0; i < record->n_idents; i++) {
            if (record->idents[i].kind == order[o]) {
                weigh_holders(plan, &record->idents[i], name, match);
            }
        }
    }
}

static void find_by_name(struct plan *plan, const struct record *record, struct match *match)
{
    const char *key = record_name_org(plan, record);
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

/* The very same row as before, whatever its person is called by now. */
static bool says_the_same(const struct record *record, const struct fact_record *before)
{
    g_autoptr(GString) encoded = g_string_sized_new(512);
    uint8_t digest[DIGEST_LEN];
    facts_encode(record->facts, record->n_facts, encoded);
    digest_bytes(encoded->str, encoded->len, digest);
    return memcmp(digest, before->digest, DIGEST_LEN) == 0;
}

/* A row without a number of its own is known by its address or telephone. When that is shared, a
 * row of another name is another row: its key says the name too. */
const char *plan_own_key(struct plan *plan, const struct record *record, GError **error)
{
    GHashTable *stored = NULL;
    GHashTable *noted = NULL;
    bool is_shared_kind =
        g_str_has_prefix(record->key, "email:") || g_str_has_prefix(record->key, "phone:");
    if (!is_shared_kind || record->about != ABOUT_PERSON) {
        return record->key;
    }
    if (!records_of(plan, record->family, &stored, &noted, error)) {
        return NULL;
    }
    const struct fact_record *before = g_hash_table_lookup(noted, record->key);
    if (before == NULL) {
        before = g_hash_table_lookup(stored, record->key);
    }
    if (before == NULL || names_agree(plan, before->person_id, name_of(record)) ||
        says_the_same(record, before)) {
        return record->key;
    }
    g_string_printf(plan->scratch, "%s|", record->key);
    fold_append(plan->scratch, name_of(record), -1);
    return arena_text(&plan->arena, plan->scratch->str);
}

bool plan_find(struct plan *plan, const struct record *record, struct match *match_out,
               GError **error)
{
    *match_out = (struct match){0};
    GHashTable *stored = NULL;
    GHashTable *noted = NULL;
    if (!records_of(plan, record->family, &stored, &noted, error)) {
        return false;
    }
    match_out->before = g_hash_table_lookup(noted, record->key);
    if (match_out->before == NULL) {
        match_out->before = g_hash_table_lookup(stored, record->key);
    }
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
