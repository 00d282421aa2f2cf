/* Reading one person with everyone around them, in one snapshot. */
#include "feature/people/person_parts.h"

#include <string.h>

void person_read_init(struct person_read *read, struct page *page, int64_t person_id)
{
    *read = (struct person_read){.page = page,
                                 .asked_id = person_id,
                                 .text = g_string_chunk_new(2048),
                                 .relations = g_array_new(FALSE, TRUE, sizeof(struct relation)),
                                 .pairs = g_array_new(FALSE, TRUE, sizeof(struct pair)),
                                 .merges = g_array_new(FALSE, TRUE, sizeof(struct merge)),
                                 .others = g_array_new(FALSE, TRUE, sizeof(struct person_row))};
}

void person_read_clear(struct person_read *read)
{
    person_free(read->person);
    g_string_chunk_free(read->text);
    g_array_unref(read->relations);
    g_array_unref(read->pairs);
    g_array_unref(read->merges);
    g_array_unref(read->others);
}

static bool load_person(struct book *book, struct person_read *read, GError **error)
{
    g_clear_pointer(&read->person, person_free);
    read->person = person_load(book, read->asked_id, error);
    return read->person != NULL;
}

static bool load_facts(struct db_tx *tx, void *data, GError **error)
{
    struct person_read *read = data;
    struct book book = BOOK(tx, read->page->env, read->page->account_id);
    return load_person(&book, read, error);
}

bool person_read_facts(struct person_read *read, GError **error)
{
    return db_read(read->page->db, "person.facts", load_facts, read, error);
}

/* The pairs this person is part of. */
static bool load_pairs(struct book *book, struct person_read *read, GError **error)
{
    g_autoptr(GArray) pairs = g_array_new(FALSE, TRUE, sizeof(struct pair));
    int64_t id = read->person->row.person_id;
    if (!pair_list(book, 200, read->text, pairs, NULL, error)) {
        return false;
    }
    for (guint i = 0; i < pairs->len; i++) {
        const struct pair *pair = &g_array_index(pairs, struct pair, i);
        if (pair->a_id == id || pair->b_id == id) {
            g_array_append_val(read->pairs, *pair);
        }
    }
    return true;
}

static bool load_others(struct book *book, struct person_read *read, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (guint i = 0; i < read->relations->len; i++) {
        const struct relation *relation = &g_array_index(read->relations, struct relation, i);
        g_array_append_val(ids, relation->a_id);
        g_array_append_val(ids, relation->b_id);
    }
    for (guint i = 0; i < read->pairs->len; i++) {
        const struct pair *pair = &g_array_index(read->pairs, struct pair, i);
        g_array_append_val(ids, pair->a_id);
        g_array_append_val(ids, pair->b_id);
    }
    for (guint i = 0; i < read->merges->len; i++) {
        const struct merge *merge = &g_array_index(read->merges, struct merge, i);
        g_array_append_val(ids, merge->kept_id);
        g_array_append_val(ids, merge->gone_id);
    }
    return person_rows_load(book, ids, read->text, read->others, error);
}

static bool load_all(struct db_tx *tx, void *data, GError **error)
{
    struct person_read *read = data;
    struct book book = BOOK(tx, read->page->env, read->page->account_id);
    g_array_set_size(read->relations, 0);
    g_array_set_size(read->pairs, 0);
    g_array_set_size(read->merges, 0);
    g_array_set_size(read->others, 0);
    if (!load_person(&book, read, error)) {
        return false;
    }
    int64_t id = read->person->row.person_id;
    return person_tie(&book, id, &read->tie, error) &&
           cadence_of_person(&book, id, read->text, &read->cadence, &read->has_cadence, error) &&
           relation_list(&book, id, read->text, read->relations, error) &&
           merge_list(&book, id, read->text, read->merges, error) &&
           load_pairs(&book, read, error) && load_others(&book, read, error);
}

bool person_read_all(struct person_read *read, GError **error)
{
    return db_read(read->page->db, "person.page", load_all, read, error);
}
