/* What an import tells, as JSON kept with its row (import.report):
 *   {"refused": [{file, line, reason}], "n_refused",  "changes": [{person, person_id, what, before,
 * after}], "n_changes", "decide": [{key, name, org, why, person, person_id, exact}], "files":
 * [{file, kind | line, note}], "new": [{name, org}], "new_people", "new_touches"}, and of a preview
 * "decisions" and "mapping" as they were given. Every refused row is there; the other lists are
 * cut, and the n_ members say how many there were. */
#include "import/plan_private.h"

#include "base/error.h"

#include <string.h>

#define LIST_MAX 2000
#define NEW_MAX 200
#define REFUSED_MAX 100000

void plan_refuse_row(struct plan *plan, const char *file, long line, const char *reason)
{
    if (plan->refusal.reason == NULL) {
        plan->refusal.file = file;
        plan->refusal.line = line;
        plan->refusal.reason = g_strdup(reason);
    }
}

bool plan_tell_refused(struct plan *plan, GError **error)
{
    if (json_array_size(plan->refused) >= REFUSED_MAX) {
        const json_t *first = json_array_get(plan->refused, 0);
        return refuse(error, "import.too_many_refused",
                      "More than 100,000 rows say nothing that can be kept, so this is hardly a "
                      "list of people. The first is line %" JSON_INTEGER_FORMAT
                      ": %s Nothing was changed.",
                      json_integer_value(json_object_get(first, "line")),
                      json_string_value(json_object_get(first, "reason")));
    }
    json_t *row = json_object();
    json_object_set_new(row, "file", json_text(plan->refusal.file));
    json_object_set_new(row, "line", json_integer(plan->refusal.line));
    json_object_set_new(row, "reason", json_text(plan->refusal.reason));
    json_array_append_new(plan->refused, row);
    return true;
}

/* Name and organisation of a record; NULL where it has none. */
static void who_of(const struct record *record, const char **name_out, const char **org_out)
{
    *name_out = NULL;
    *org_out = NULL;
    for (size_t i = 0; i < record->n_facts; i++) {
        const struct fact *fact = &record->facts[i];
        *name_out = *name_out == NULL && fact->kind == FACT_NAME ? fact->value : *name_out;
        *org_out = *org_out == NULL && fact->kind == FACT_WORK ? fact->value : *org_out;
    }
    if (*name_out == NULL) {
        *name_out = record->n_facts > 0 ? record->facts[0].value : NULL;
    }
}

void plan_tell_new(struct plan *plan, const struct record *record)
{
    const char *name = NULL;
    const char *org = NULL;
    if (json_array_size(plan->newcomers) < NEW_MAX) {
        who_of(record, &name, &org);
        json_array_append_new(plan->newcomers, json_pack("{s:o, s:o}", "name", json_text(name),
                                                         "org", json_text(org)));
    }
}

static void tell_change(struct plan *plan, int64_t person_id, const char *what, const char *before,
                        const char *after)
{
    plan->n_changes++;
    if (json_array_size(plan->changes) >= LIST_MAX) {
        return;
    }
    const char *name = plan_name_of(plan, person_id);
    json_array_append_new(plan->changes, json_pack("{s:s, s:o, s:s, s:s?, s:s?}", "person",
                                                   name != NULL ? name : "", "person_id",
                                                   json_id(MAX(person_id, 0)), "what", what,
                                                   "before", before, "after", after));
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
static const struct fact *next_only(const GArray *facts, const GArray *others, enum fact_kind kind,
                                    guint *from)
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
            tell_change(plan, person_id, fact_kind_text(kind), was != NULL ? was->value : NULL,
                        is != NULL ? is->value : NULL);
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
    who_of(record, &name, &org);
    const char *other = plan_name_of(plan, match->beside[0]);
    json_array_append_new(plan->decide,
                          json_pack("{s:s, s:s?, s:s?, s:s, s:s?, s:o, s:b}", "key", key, "name",
                                    name, "org", org, "why", match->beside_why[0], "person", other,
                                    "person_id", json_id(MAX(match->beside[0], 0)), "exact",
                                    match->beside_exact[0]));
}

json_t *plan_report(struct plan *plan)
{
    json_t *report =
        json_pack("{s:O, s:I, s:O, s:I, s:O, s:O, s:O, s:I, s:I}", "refused", plan->refused,
                  "n_refused", (json_int_t)plan->counts.refused, "changes", plan->changes,
                  "n_changes", (json_int_t)plan->n_changes, "decide", plan->decide, "files",
                  plan->files, "new", plan->newcomers, "new_people", (json_int_t)plan->n_people,
                  "new_touches", (json_int_t)plan->n_touches);
    if (plan->is_dry && plan->options->mapping != NULL) {
        json_object_set(report, "mapping", plan->options->mapping);
    }
    if (plan->is_dry && plan->options->decisions != NULL) {
        json_object_set(report, "decisions", plan->options->decisions);
    }
    return report;
}
