/* What an import tells, as JSON kept with its row (import.report):
 *   {"refused": [{file, line, reason}], "n_refused",  "changes": [{person, person_id, what, before, after}], "n_changes",
 *    "decide": [{key, name, org, why, person, person_id}], "files": [{file, kind | line, note}], "new_people", "new_touches"}
 * Lists are cut at LIST_MAX; the n_ members say how many there were. */
#include "import/plan_private.h"

#include "base/error.h"

#include <string.h>

#define LIST_MAX 2000

void plan_tell_refused(struct plan *plan, const char *file, long line, const char *reason)
{
    if (json_array_size(plan->refused) < LIST_MAX) {
        json_array_append_new(plan->refused, json_pack("{s:s, s:I, s:s}", "file", file, "line", (json_int_t)line, "reason",
                                                       reason));
    }
}

static void tell_change(struct plan *plan, int64_t person_id, const char *what, const char *before, const char *after)
{
    plan->n_changes++;
    if (json_array_size(plan->changes) >= LIST_MAX) {
        return;
    }
    const char *name = plan_name_of(plan, person_id);
    json_array_append_new(plan->changes, json_pack("{s:s, s:o, s:s, s:s?, s:s?}", "person", name != NULL ? name : "",
                                                   "person_id", json_id(MAX(person_id, 0)), "what", what, "before",
                                                   before, "after", after));
}

static bool has_equal(const GArray *facts, const struct fact *fact)
{
    for (guint i = 0; i < facts->len; i++) {
        if (fact_equal(&g_array_index(facts, struct fact, i), fact)) {
            return true;
        }
    }
    return false;
}

/* The next fact of a kind that the other side has not; *from moves behind it. NULL: none. */
static const struct fact *next_only(const GArray *facts, const GArray *others, enum fact_kind kind, guint *from)
{
    while (*from < facts->len) {
        const struct fact *fact = &g_array_index(facts, struct fact, *from);
        (*from)++;
        if (fact->kind == kind && !has_equal(others, fact)) {
            return fact;
        }
    }
    return NULL;
}

bool plan_tell_changes(struct plan *plan, int64_t person_id, const char *before, const char *after)
{
    g_autoptr(GStringChunk) arena = g_string_chunk_new(1024);
    g_autoptr(GArray) old = g_array_new(false, true, sizeof(struct fact));
    g_autoptr(GArray) new = g_array_new(false, true, sizeof(struct fact));
    if (!facts_decode(before, arena, old, NULL) || !facts_decode(after, arena, new, NULL)) {
        return false;
    }
    bool differs = false;
    for (int kind = FACT_NONE + 1; kind < N_FACT; kind++) {
        guint from_old = 0;
        guint from_new = 0;
        for (;;) {
            const struct fact *was = next_only(old, new, kind, &from_old);
            const struct fact *is = next_only(new, old, kind, &from_new);
            if (was == NULL && is == NULL) {
                break;
            }
            differs = true;
            tell_change(plan, person_id, fact_kind_text(kind), was != NULL ? was->value : NULL, is != NULL ? is->value : NULL);
        }
    }
    return differs;
}

void plan_tell_also(struct plan *plan, int64_t person_id, const struct record *record)
{
    tell_change(plan, person_id, "source", NULL, plan->label);
}

void plan_tell_decide(struct plan *plan, const struct record *record, const struct match *match)
{
    if (json_array_size(plan->decide) >= LIST_MAX || match->is_apart) {
        return;
    }
    g_autofree char *key = g_strdup_printf("%s|%s", record->family, record->key);
    const char *name = NULL;
    const char *org = NULL;
    for (size_t i = 0; i < record->n_facts; i++) {
        const struct fact *fact = &record->facts[i];
        name = name == NULL && fact->kind == FACT_NAME ? fact->value : name;
        org = org == NULL && fact->kind == FACT_WORK ? fact->part[0] : org;
    }
    const char *other = plan_name_of(plan, match->beside[0]);
    json_array_append_new(plan->decide, json_pack("{s:s, s:s?, s:s?, s:s, s:s?, s:o, s:b}", "key", key, "name", name, "org",
                                                  org, "why", match->beside_why[0], "person", other, "person_id",
                                                  json_id(MAX(match->beside[0], 0)), "exact",
                                                  match->beside_exact[0]));
}

json_t *plan_report(struct plan *plan)
{
    return json_pack("{s:O, s:I, s:O, s:I, s:O, s:O, s:I, s:I}", "refused", plan->refused, "n_refused",
                     (json_int_t)plan->counts.refused, "changes", plan->changes, "n_changes", (json_int_t)plan->n_changes,
                     "decide", plan->decide, "files", plan->files, "new_people", (json_int_t)plan->n_people, "new_touches",
                     (json_int_t)plan->n_touches);
}
