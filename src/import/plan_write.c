/* What becomes of one record: nobody knew them (a new person), somebody did (a set beside, or in
 * place of, an older one), or nothing new. In a preview the same decisions are taken and nothing is
 * written. */
#include "import/plan_private.h"

#include "base/error.h"
#include "model/blob.h"
#include "model/fact_source.h"
#include "model/touch.h"

#include <string.h>

static bool source_of(struct plan *plan, const char *family, int64_t *source_id_out, GError **error)
{
    const int64_t *known = g_hash_table_lookup(plan->sources, family);
    if (known != NULL) {
        *source_id_out = *known;
        return true;
    }
    if (!plan_calm(plan, error)) {
        return false;
    }
    struct fact_source source = {.family = family,
                                 .label = plan->label,
                                 .import_id = plan->import_id,
                                 .seen_at = plan->seen_at};
    if (!fact_source_add(&plan->book, &source, source_id_out, error)) {
        return false;
    }
    if (plan->first_source_id == 0) {
        plan->first_source_id = *source_id_out;
    }
    g_hash_table_insert(plan->sources, g_strdup(family),
                        g_memdup2(source_id_out, sizeof *source_id_out));
    return true;
}

bool plan_calm(struct plan *plan, GError **error)
{
    return plan->crew == NULL || crew_wait(plan->crew, error);
}

static void mark(GHashTable *set, int64_t person_id)
{
    if (!g_hash_table_contains(set, &person_id)) {
        g_hash_table_add(set, g_memdup2(&person_id, sizeof person_id));
    }
}

/* The photo's bytes; one that cannot be kept is told, and its fact left out of *facts. */
static bool keep_photo(struct plan *plan, const struct record *record, GError **error)
{
    char digest[DIGEST_TEXT];
    g_autoptr(GError) bad = NULL;
    if (plan->is_dry) {
        return true;
    }
    if (!plan_calm(plan, error)) {
        return false;
    }
    if (blob_add(&plan->book, record->photo, record->photo_len, digest, &bad)) {
        return true;
    }
    if (!error_is_theirs(bad)) {
        g_propagate_error(error, g_steal_pointer(&bad));
        return false;
    }
    g_autofree char *words = g_strdup_printf("The card is in, its photo is not: %s", bad->message);
    json_array_append_new(plan->files, json_pack("{s:s, s:I, s:s}", "file", record->file, "line",
                                                 (json_int_t)record->line, "note", words));
    return true;
}

/* Everybody this record might be, to be looked at later. */
static void propose(struct plan *plan, int64_t person_id, const struct match *match)
{
    for (int i = 0; i < match->n_beside; i++) {
        struct plan_pair pair = {.a = person_id,
                                 .b = match->beside[i],
                                 .is_exact = match->beside_exact[i],
                                 .is_apart = match->is_apart,
                                 .why = g_strdup(match->beside_why[i])};
        if (pair.a != pair.b) {
            g_array_append_val(plan->pairs, pair);
        } else {
            g_free(pair.why);
        }
    }
}

static bool make_person(struct plan *plan, const struct record *record, const struct match *match,
                        const char *encoded, int64_t *person_id_out, GError **error)
{
    if (plan->is_dry) {
        *person_id_out = plan->next_fake--;
    } else {
        int64_t source_id = 0;
        struct person_new person = {
            .record_key = record->key, .facts = record->facts, .n_facts = record->n_facts,
            .encoded = encoded};
        if (!source_of(plan, record->family, &source_id, error) ||
            !crew_add(plan->crew, source_id, &person, error)) {
            return false;
        }
        *person_id_out = person.person_id;
    }
    plan->n_people++;
    plan_tell_new(plan, record);
    plan_remember(plan, *person_id_out, record);
    propose(plan, *person_id_out, match);
    if (match->n_beside > 0) {
        plan_tell_decide(plan, record, match);
    }
    return true;
}

/* A further set of somebody known. */
static bool add_set(struct plan *plan, const struct record *record, const struct match *match,
                    const char *encoded, GError **error)
{
    if (plan->is_dry) {
        return true;
    }
    int64_t source_id = 0;
    int64_t set_id = 0;
    if (!source_of(plan, record->family, &source_id, error)) {
        return false;
    }
    struct fact_set set = {.person_id = match->person_id,
                           .source_id = source_id,
                           .record_key = record->key,
                           .facts = encoded,
                           .replaces_id = match->before != NULL ? match->before->fact_set_id : 0,
                           .family = record->family,
                           .seen_at = plan->seen_at};
    mark(plan->refold, match->person_id);
    return fact_set_add(&plan->book, &set, &set_id, error);
}

/* The text of the set that this record replaces; NULL when it was made by this very plan. */
static bool text_before(struct plan *plan, const struct match *match, GStringChunk *arena,
                        const char **text_out, GError **error)
{
    *text_out = NULL;
    if (match->before == NULL || match->before->fact_set_id == 0) {
        return true;
    }
    struct fact_set set;
    if (!fact_set_load(&plan->book, match->before->person_id, match->before->fact_set_id, arena,
                       &set, error)) {
        return false;
    }
    *text_out = set.facts;
    return true;
}

/* A record of somebody known: the same, changed, or now also in this file. */
static bool take_known(struct plan *plan, const struct record *record, const struct match *match,
                       const char *encoded, enum outcome *outcome_out, GError **error)
{
    uint8_t digest[DIGEST_LEN];
    digest_bytes(encoded, strlen(encoded), digest);
    if (match->before != NULL && memcmp(digest, match->before->digest, DIGEST_LEN) == 0) {
        *outcome_out = OUTCOME_UNCHANGED;
        return true;
    }
    g_autoptr(GStringChunk) arena = g_string_chunk_new(1024);
    const char *before = NULL;
    int64_t person_id = match->person_id;
    if (!plan_calm(plan, error) || !text_before(plan, match, arena, &before, error) ||
        !add_set(plan, record, match, encoded, error)) {
        return false;
    }
    if (before != NULL) {
        plan_tell_changes(plan, person_id, before, encoded);
    } else if (match->before == NULL && record->about == ABOUT_PERSON) {
        plan_tell_also(plan, person_id, record);
    }
    *outcome_out =
        record->about == ABOUT_SELF && match->before == NULL ? OUTCOME_ADDED : OUTCOME_UPDATED;
    propose(plan, person_id, match);
    plan_remember(plan, person_id, record);
    return plan_note_record(plan, record, person_id, encoded, error);
}

/* Touches of the record that are not known yet. */
static bool take_touches(struct plan *plan, const struct record *record, int64_t person_id,
                         enum outcome *outcome, GError **error)
{
    for (size_t i = 0; i < record->n_touches; i++) {
        const struct record_touch *touch = &record->touches[i];
        g_autofree char *key = g_strdup_printf("%s/%s", record->key, touch->key);
        bool is_new = false;
        if (!plan_new_touch(plan, record->family, key, &is_new, error)) {
            return false;
        }
        if (!is_new) {
            continue;
        }
        plan->n_touches++;
        enum outcome better = record->about == ABOUT_TOUCH ? OUTCOME_ADDED : OUTCOME_UPDATED;
        *outcome = MAX(*outcome, better);
        if (plan->is_dry) {
            continue;
        }
        int64_t source_id = 0;
        int64_t touch_id = 0;
        if (!source_of(plan, record->family, &source_id, error)) {
            return false;
        }
        struct touch row = {.person_id = person_id,
                            .kind = touch->kind,
                            .direction = touch->direction,
                            .on_day = touch->on_day,
                            .at = touch->at,
                            .minutes = -1,
                            .note = touch->note,
                            .source_id = source_id,
                            .record_key = key,
                            .deleted_at = AT_NONE};
        mark(plan->refresh, person_id);
        if (!plan_calm(plan, error) || !touch_insert(&plan->book, &row, &touch_id, error)) {
            return false;
        }
    }
    return true;
}

bool plan_take(struct plan *plan, const struct record *read, enum outcome *outcome_out,
               GError **error)
{
    struct match match;
    struct record own = *read;
    const struct record *record = &own;
    own.key = plan_own_key(plan, read, error);
    if (own.key == NULL || !plan_find(plan, record, &match, error)) {
        return false;
    }
    if (match.person_id == 0 && record->needs_person) {
        *outcome_out = OUTCOME_REFUSED;
        plan_refuse_row(plan, record->file, record->line,
                        record->about == ABOUT_TOUCH
                            ? "From somebody who is not in your address book, and you never "
                              "answered. Nobody was added."
                            : "Names somebody who is not in your address book. Nobody was added.");
        return true;
    }
    g_autoptr(GString) encoded = g_string_sized_new(512);
    facts_encode(record->facts, record->n_facts, encoded);
    if (record->photo != NULL && !keep_photo(plan, record, error)) {
        return false;
    }
    int64_t person_id = match.person_id;
    *outcome_out = OUTCOME_UNCHANGED;
    if (person_id == 0) {
        *outcome_out = OUTCOME_ADDED;
        if (!make_person(plan, record, &match, encoded->str, &person_id, error) ||
            !plan_note_record(plan, record, person_id, encoded->str, error)) {
            return false;
        }
    } else if (record->about != ABOUT_TOUCH &&
               !take_known(plan, record, &match, encoded->str, outcome_out, error)) {
        return false;
    }
    return take_touches(plan, record, person_id, outcome_out, error);
}

static bool settle_pairs(struct plan *plan, GError **error)
{
    for (guint i = 0; i < plan->pairs->len; i++) {
        const struct plan_pair *found = &g_array_index(plan->pairs, struct plan_pair, i);
        struct pair pair = {.a_id = MIN(found->a, found->b),
                            .b_id = MAX(found->a, found->b),
                            .state = "proposed",
                            .why = found->why,
                            .is_exact = found->is_exact};
        pair.source_id = plan->first_source_id;
        bool is_well = found->is_apart ? pair_keep_apart(&plan->book, pair.a_id, pair.b_id, error)
                                       : pair_add(&plan->book, &pair, error);
        if (!is_well) {
            return false;
        }
    }
    return true;
}

static bool each_id(struct plan *plan, GHashTable *set,
                    bool (*fn)(struct book *, int64_t, GError **), GError **error)
{
    GHashTableIter iter;
    gpointer id = NULL;
    g_hash_table_iter_init(&iter, set);
    while (g_hash_table_iter_next(&iter, &id, NULL)) {
        if (!fn(&plan->book, *(const int64_t *)id, error)) {
            return false;
        }
    }
    return true;
}

bool plan_settle(struct plan *plan, GError **error)
{
    if (plan->is_dry) {
        return true;
    }
    if (!plan_calm(plan, error)) {
        return false;
    }
    return each_id(plan, plan->refold, person_refold, error) &&
           each_id(plan, plan->refresh, person_refresh, error) && settle_pairs(plan, error);
}
