/* person.show: everything of one person, each fact with its source. */
#include "feature/people/people.h"

#include "model/merge.h"
#include "model/relation.h"

static json_t *source_json(const struct fact_fold *fold, int set)
{
    const struct fact_set *from = &fold->sets[set];
    return json_pack("{s:o, s:o}", "source", json_text(from->source_label), "seen_at",
                     json_at(from->seen_at));
}

static json_t *facts_json(const struct fact_fold *fold)
{
    json_t *list = json_array();
    for (guint i = 0; i < fold->facts->len; i++) {
        const struct folded_fact *one = &g_array_index(fold->facts, struct folded_fact, i);
        json_t *json = fact_json(&one->fact);
        json_t *sources = json_array();
        for (int s = 0; s < one->n_origins; s++) {
            json_array_append_new(sources, source_json(fold, one->origins[s]));
        }
        const struct fact_set *newest = one->n_origins > 0 ? &fold->sets[one->origins[0]] : NULL;
        json_object_set_new(json, "source",
                            json_text(newest != NULL ? newest->source_label : NULL));
        json_object_set_new(json, "seen_at",
                            newest != NULL ? json_at(newest->seen_at) : json_null());
        json_object_set_new(json, "sources", sources);
        json_object_set_new(json, "has_conflict", json_boolean(one->has_conflict));
        json_object_set_new(json, "is_beside", json_boolean(one->is_beside));
        json_array_append_new(list, json);
    }
    return list;
}

/* All values of a kind, the one that counts first. */
static json_t *values_json(const struct fact_fold *fold, enum fact_kind kind)
{
    json_t *list = json_array();
    for (guint i = 0; i < fold->facts->len; i++) {
        const struct folded_fact *one = &g_array_index(fold->facts, struct folded_fact, i);
        if (one->fact.kind == kind) {
            json_array_append_new(list, json_string(one->fact.value));
        }
    }
    return list;
}

static bool add_touches(struct book *book, int64_t person_id, json_t *json, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) touches = g_array_new(FALSE, TRUE, sizeof(struct touch));
    struct touch_filter filter = {.person_id = person_id, .from_day = DAY_NONE, .limit = 1000};
    if (!touch_list(book, &filter, text, touches, NULL, error)) {
        return false;
    }
    json_t *list = json_array();
    for (guint i = 0; i < touches->len; i++) {
        json_array_append_new(list, act_touch(&g_array_index(touches, struct touch, i)));
    }
    json_object_set_new(json, "touches", list);
    return true;
}

static bool add_steps(struct book *book, int64_t person_id, json_t *json, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) steps = g_array_new(FALSE, TRUE, sizeof(struct step));
    struct step_filter filter = {.person_id = person_id, .due_until = DAY_NONE, .limit = 1000};
    if (!step_list(book, &filter, text, steps, error)) {
        return false;
    }
    json_t *list = json_array();
    for (guint i = 0; i < steps->len; i++) {
        json_array_append_new(list, act_step(&g_array_index(steps, struct step, i)));
    }
    json_object_set_new(json, "steps", list);
    return true;
}

static bool add_terms(struct book *book, int64_t person_id, json_t *json, GError **error)
{
    struct tie tie;
    if (!person_tie(book, person_id, &tie, error)) {
        return false;
    }
    json_t *list = json_array();
    for (int i = 0; i < tie.n_terms; i++) {
        json_array_append_new(list,
                              json_pack("{s:s, s:f, s:i}", "term", tie_term_text(tie.terms[i].kind),
                                        "points", tie.terms[i].points, "touches", tie.terms[i].n));
    }
    json_object_set_new(json, "terms", list);
    return true;
}

static bool add_relations(struct book *book, int64_t person_id, json_t *json, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) relations = g_array_new(FALSE, TRUE, sizeof(struct relation));
    if (!relation_list(book, person_id, text, relations, error)) {
        return false;
    }
    json_t *list = json_array();
    for (guint i = 0; i < relations->len; i++) {
        const struct relation *one = &g_array_index(relations, struct relation, i);
        json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:s, s:o}", "id",
                                              json_id(one->relation_id), "from", json_id(one->a_id),
                                              "to", json_id(one->b_id), "kind", one->kind, "note",
                                              json_text(one->note)));
    }
    json_object_set_new(json, "relations", list);
    return true;
}

static bool add_merges(struct book *book, int64_t person_id, json_t *json, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) merges = g_array_new(FALSE, TRUE, sizeof(struct merge));
    if (!merge_list(book, person_id, text, merges, error)) {
        return false;
    }
    json_t *list = json_array();
    for (guint i = 0; i < merges->len; i++) {
        const struct merge *one = &g_array_index(merges, struct merge, i);
        json_array_append_new(list,
                              json_pack("{s:o, s:o, s:o, s:o}", "merge_id", json_id(one->merge_id),
                                        "kept", json_id(one->kept_id), "gone",
                                        json_id(one->gone_id), "why", json_text(one->why)));
    }
    json_object_set_new(json, "merges", list);
    return true;
}

static bool add_cadence(struct book *book, int64_t person_id, json_t *json, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct cadence cadence;
    bool is_found;
    if (!cadence_of_person(book, person_id, text, &cadence, &is_found, error)) {
        return false;
    }
    json_object_set_new(json, "cadence", is_found ? act_cadence(&cadence) : json_null());
    return true;
}

static bool read_person(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    g_autoptr(person_ptr) person = person_load(book, call_id(call, "id"), error);
    if (person == NULL) {
        return false;
    }
    int64_t id = person->row.person_id;
    json_t *json = act_person(&person->row, book_today(book));
    json_object_set_new(json, "emails", values_json(person->fold, FACT_EMAIL));
    json_object_set_new(json, "phones", values_json(person->fold, FACT_PHONE));
    json_object_set_new(json, "facts", facts_json(person->fold));
    json_object_set_new(json, "photo", json_text(person->row.photo));
    if (!add_touches(book, id, json, error) || !add_steps(book, id, json, error) ||
        !add_terms(book, id, json, error) || !add_relations(book, id, json, error) ||
        !add_merges(book, id, json, error) || !add_cadence(book, id, json, error)) {
        json_decref(json);
        return false;
    }
    *result_out = json;
    return true;
}

bool people_do_show(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_person, result_out, error);
}
