/* Erasing people for good: every row that names them, and what the reports of imports and the list
 * of changes say of them. Restoring is impossible afterwards; the
 * caller lets the store forget the freed pages (db_erase_vacuum). */
#include "model/favour.h"
#include "model/imports.h"
#include "model/noun_row.h"
#include "model/journal.h"
#include "model/person_part.h"

#include <string.h>

#define IMPORTS_MAX 100000
#define KEEP_DELETED (30 * US_PER_DAY)

DB_QUERY(erase_person_sets, "DELETE FROM fact_set WHERE account_id = $1 AND person_id = $2");
DB_QUERY(erase_person_touches, "DELETE FROM touch WHERE account_id = $1 AND person_id = $2");
DB_QUERY(erase_person_steps, "DELETE FROM step WHERE account_id = $1 AND person_id = $2");
DB_QUERY(erase_person_relations,
         "DELETE FROM relation WHERE account_id = $1 AND (a_id = $2 OR b_id = $2)");
DB_QUERY(erase_person_pairs, "DELETE FROM pair WHERE account_id = $1 AND (a_id = $2 OR b_id = $2)");
DB_QUERY(erase_person_merges,
         "DELETE FROM merge WHERE account_id = $1 AND (kept_id = $2 OR gone_id = $2)");
DB_QUERY(erase_person_row, "DELETE FROM person WHERE account_id = $1 AND person_id = $2");
DB_QUERY(erase_person_planned,
         "DELETE FROM planned WHERE account_id = $1 AND step_id IN "
         "(SELECT s.step_id FROM step s WHERE s.account_id = $1 AND s.person_id = $2)");
DB_QUERY(erase_person_favours, "DELETE FROM favour WHERE account_id = $1 AND person_id = $2");
DB_QUERY(erase_person_pursuits,
         "DELETE FROM pursuit_person WHERE account_id = $1 AND person_id = $2");
/* $3: the person's id as it stands in a suggestion's key. */
DB_QUERY(erase_person_refusals,
         "DELETE FROM refusal WHERE account_id = $1 AND ((scope = 'person' AND target = $2) "
         "OR (scope = 'step' AND target LIKE $3))");
DB_QUERY(erase_person_cadence,
         "DELETE FROM cadence WHERE account_id = $1 AND scope = 'person' AND target = $2");

static bool erase_member(struct book *book, int64_t person_id, GError **error)
{
    static const struct db_query *const all[] = {
        &erase_person_sets,    &erase_person_touches,  &erase_person_planned,   &erase_person_steps,
        &erase_person_favours, &erase_person_pursuits, &erase_person_relations, &erase_person_pairs,
        &erase_person_merges,  &erase_person_row,
    };
    char target[ID_TEXT];
    journal_person(book, person_id);
    if (!person_index_clear(book, person_id, error)) {
        return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        if (!DB_EXEC(book->tx, all[i], error, DB_INT(book->account_id), DB_INT(person_id))) {
            return false;
        }
    }
    g_autofree char *in_key = g_strdup_printf("%%%s%%", id_format(person_id, target));
    return favour_forget(book, person_id, error) &&
           DB_EXEC(book->tx, &erase_person_refusals, error, DB_INT(book->account_id),
                   DB_TEXT(target), DB_TEXT(in_key)) &&
           DB_EXEC(book->tx, &erase_person_cadence, error, DB_INT(book->account_id),
                   DB_TEXT(target));
}

/* ---- what is told of them elsewhere ---- */

/* The words of a change may name the person; its reverse names them, or a touch or step with them.
 */
DB_QUERY(erase_person_changes,
         "DELETE FROM change WHERE account_id = $1 AND (reverse LIKE $3 OR reverse LIKE $4 "
         "OR EXISTS (SELECT 1 FROM touch t WHERE t.account_id = $1 AND t.person_id = $2 "
         "AND change.reverse LIKE '%' || CAST(t.touch_id AS TEXT) || '%') "
         "OR EXISTS (SELECT 1 FROM step s WHERE s.account_id = $1 AND s.person_id = $2 "
         "AND change.reverse LIKE '%' || CAST(s.step_id AS TEXT) || '%') "
         "OR EXISTS (SELECT 1 FROM favour f WHERE f.account_id = $1 "
         "AND (f.person_id = $2 OR f.about_person_id = $2) "
         "AND change.reverse LIKE '%' || CAST(f.favour_id AS TEXT) || '%'))");
DB_QUERY(erase_ended_jobs, "DELETE FROM job WHERE account_id = $1 AND state <> 'running'");

static bool erase_changes(struct book *book, int64_t person_id, GError **error)
{
    char id[ID_TEXT];
    g_autofree char *number = g_strdup_printf("%%%" G_GINT64_FORMAT "%%", person_id);
    g_autofree char *text = g_strdup_printf("%%%s%%", id_format(person_id, id));
    return DB_EXEC(book->tx, &erase_person_changes, error, DB_INT(book->account_id),
                   DB_INT(person_id), DB_TEXT(number), DB_TEXT(text));
}

/* Who is to be forgotten: ids as reports write them, and every name they went by. */
struct forgotten {
    GHashTable *ids;
    GHashTable *names;
};

static bool is_of_them(const struct forgotten *forgotten, const json_t *entry)
{
    const char *id = json_string_value(json_object_get(entry, "person_id"));
    const char *name = json_string_value(json_object_get(entry, "name"));
    const char *person = json_string_value(json_object_get(entry, "person"));
    return (id != NULL && g_hash_table_contains(forgotten->ids, id)) ||
           (name != NULL && g_hash_table_contains(forgotten->names, name)) ||
           (person != NULL && g_hash_table_contains(forgotten->names, person));
}

/* Takes their entries out of the report's lists; true when there were any. */
static bool report_forget(json_t *report, const struct forgotten *forgotten)
{
    const char *key;
    json_t *list;
    bool has_changed = false;
    json_object_foreach(report, key, list)
    {
        for (size_t i = json_array_size(list); i-- > 0;) {
            if (is_of_them(forgotten, json_array_get(list, i))) {
                json_array_remove(list, i);
                has_changed = true;
            }
        }
    }
    return has_changed;
}

static bool erase_reports(struct book *book, const struct forgotten *forgotten, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(65536);
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(struct import_row));
    if (!imports_list(book, IMPORTS_MAX, text, rows, error)) {
        return false;
    }
    bool is_done = true;
    for (guint i = 0; i < rows->len && is_done; i++) {
        struct import_row *row = &g_array_index(rows, struct import_row, i);
        json_t *report = row->report != NULL ? json_loads(row->report, 0, NULL) : NULL;
        if (report != NULL && report_forget(report, forgotten)) {
            char *changed = json_dumps(report, JSON_COMPACT);
            row->report = changed;
            is_done = imports_save(book, row, error);
            free(changed);
        }
        json_decref(report);
    }
    return is_done;
}

/* Reports and changes, before the rows they are recognised by are gone. */
static bool erase_told(struct book *book, const struct person *person, GError **error)
{
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    struct forgotten forgotten = {.ids = ids, .names = names};
    for (guint i = 0; i < person->member_ids->len; i++) {
        int64_t id = g_array_index(person->member_ids, int64_t, i);
        char text[ID_TEXT];
        g_hash_table_add(ids, g_strdup(id_format(id, text)));
        if (!erase_changes(book, id, error)) {
            return false;
        }
    }
    g_hash_table_add(names, (gpointer)person->row.name);
    for (guint i = 0; i < person->fold->facts->len; i++) {
        const struct fact *fact = &g_array_index(person->fold->facts, struct folded_fact, i).fact;
        if (fact->kind == FACT_NAME || fact->kind == FACT_OTHER_NAME) {
            g_hash_table_add(names, (gpointer)fact->value);
        }
    }
    return erase_reports(book, &forgotten, error) &&
           DB_EXEC(book->tx, &erase_ended_jobs, error, DB_INT(book->account_id));
}

bool person_erase(struct book *book, int64_t person_id, GError **error)
{
    g_autoptr(person_ptr) person = person_load(book, person_id, error);
    if (person == NULL) {
        return false;
    }
    if (person->row.is_self) {
        return refuse(error, "person.is_self",
                      "This is you. Your own page cannot be erased; close the account instead.");
    }
    if (!erase_told(book, person, error)) {
        return false;
    }
    for (guint i = 0; i < person->member_ids->len; i++) {
        if (!erase_member(book, g_array_index(person->member_ids, int64_t, i), error)) {
            return false;
        }
    }
    return book_changed(book, error);
}

DB_QUERY(persons_to_erase, "SELECT person_id FROM person WHERE account_id = $1 AND deleted_at IS "
                           "NOT NULL AND deleted_at <= $2 "
                           "AND root_id = person_id");
DB_QUERY(touches_to_erase,
         "DELETE FROM touch WHERE account_id = $1 AND deleted_at IS NOT NULL AND deleted_at <= $2");

bool person_erase_due(struct book *book, int *n_out, GError **error)
{
    int64_t limit = book_now(book) - KEEP_DELETED;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &persons_to_erase, error, DB_INT(book->account_id), DB_INT(limit));
        if (rows == NULL) {
            return false;
        }
        int state;
        while ((state = db_rows_next(rows, error)) > 0) {
            int64_t id = db_int(rows, "person_id");
            g_array_append_val(ids, id);
        }
        if (state < 0) {
            return false;
        }
    }
    for (guint i = 0; i < ids->len; i++) {
        if (!person_erase(book, g_array_index(ids, int64_t, i), error)) {
            return false;
        }
    }
    *n_out = (int)ids->len;
    return DB_EXEC(book->tx, &touches_to_erase, error, DB_INT(book->account_id), DB_INT(limit)) &&
           noun_row_erase_due(book, limit, error);
}
