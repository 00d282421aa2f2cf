/* Taking an import back: what its sources said goes, what they touched is folded again, people
 * nobody else speaks of go. */
#include "model/imports.h"

#include "model/fact_source.h"
#include "model/journal.h"
#include "model/person_part.h"

#include <string.h>

struct undo {
    struct book *book;
    int64_t import_id;
    bool has_pairs;        /* any at all */
    GHashTable *concerned; /* roots whose fold changes: int64_t * */
    struct import_undone *counts;
};

static void concern(struct undo *undo, int64_t person_id)
{
    g_hash_table_add(undo->concerned, g_memdup2(&person_id, sizeof person_id));
}

DB_QUERY(
    undo_persons_of_sets,
    "SELECT f.person_id FROM fact_set f WHERE f.account_id = $1 AND f.source_id = $2 AND "
    "f.person_id < f.source_id UNION SELECT f.person_id FROM fact_set f WHERE f.account_id = $1 "
    "AND f.person_id > $2 AND f.source_id = $2");
DB_QUERY(undo_persons_of_touches,
         "SELECT DISTINCT t.person_id FROM touch t WHERE t.account_id = $1 AND t.source_id = $2");

/* Adds the persons of one query. */
static bool concern_of(struct undo *undo, const struct db_query *query, int64_t source_id,
                       GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(undo->book->tx, query, error, DB_INT(undo->book->account_id), DB_INT(source_id));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        concern(undo, db_int(rows, "person_id"));
    }
    return state == 0;
}

/* In two halves: people who were there before have an index, those the source made follow its id. */
DB_QUERY(undo_sets_of_old, "DELETE FROM fact_set WHERE account_id = $1 AND source_id = $2 AND "
                           "person_id < source_id");
DB_QUERY(undo_sets_of_new, "DELETE FROM fact_set WHERE account_id = $1 AND person_id > $2 AND "
                           "source_id = $2");
DB_QUERY(undo_touches, "DELETE FROM touch WHERE account_id = $1 AND source_id = $2");
DB_QUERY(undo_relations, "DELETE FROM relation WHERE account_id = $1 AND source_id = $2");
DB_QUERY(undo_pairs,
         "DELETE FROM pair WHERE account_id = $1 AND source_id = $2 AND state = 'proposed'");
DB_QUERY(undo_source, "DELETE FROM source WHERE account_id = $1 AND source_id = $2");

/* Everything one source said. */
static bool undo_source_rows(struct undo *undo, int64_t source_id, GError **error)
{
    struct db_tx *tx = undo->book->tx;
    int64_t account_id = undo->book->account_id;
    int64_t n_touches = 0;
    bool is_done = concern_of(undo, &undo_persons_of_sets, source_id, error) &&
                   concern_of(undo, &undo_persons_of_touches, source_id, error) &&
                   DB_EXEC(tx, &undo_sets_of_old, error, DB_INT(account_id), DB_INT(source_id)) &&
                   DB_EXEC(tx, &undo_sets_of_new, error, DB_INT(account_id), DB_INT(source_id)) &&
                   DB_EXEC_COUNT(tx, &undo_touches, &n_touches, error, DB_INT(account_id),
                                 DB_INT(source_id)) &&
                   DB_EXEC(tx, &undo_relations, error, DB_INT(account_id), DB_INT(source_id)) &&
                   DB_EXEC(tx, &undo_pairs, error, DB_INT(account_id), DB_INT(source_id)) &&
                   DB_EXEC(tx, &undo_source, error, DB_INT(account_id), DB_INT(source_id));
    undo->counts->n_touches += n_touches;
    return is_done;
}

/* Does anything else speak of the person: another source, you, a touch, a step, a cadence, a
 * relation, a favour, a pursuit? */
DB_QUERY(undo_speaks,
         "SELECT (SELECT count(*) FROM fact_set f WHERE f.account_id = $1 AND f.person_id = $2) "
         "+ (SELECT count(*) FROM touch t WHERE t.account_id = $1 AND t.person_id = $2) "
         "+ (SELECT count(*) FROM step s WHERE s.account_id = $1 AND s.person_id = $2) "
         "+ (SELECT count(*) FROM cadence c WHERE c.account_id = $1 AND c.scope = 'person' AND "
         "c.target = $3) "
         "+ (SELECT count(*) FROM relation r WHERE r.account_id = $1 AND (r.a_id = $2 OR r.b_id = "
         "$2)) "
         "+ (SELECT count(*) FROM favour v WHERE v.account_id = $1 AND v.person_id = $2) "
         "+ (SELECT count(*) FROM favour w WHERE w.account_id = $1 AND w.about_person_id = $2) "
         "+ (SELECT count(*) FROM pursuit_person u WHERE u.account_id = $1 AND u.person_id = $2) "
         "AS n");

static bool is_spoken_of(struct undo *undo, int64_t person_id, bool *is_spoken_out, GError **error)
{
    char target[ID_TEXT];
    g_autoptr(db_rows) rows =
        DB_SELECT(undo->book->tx, &undo_speaks, error, DB_INT(undo->book->account_id),
                  DB_INT(person_id), DB_TEXT(id_format(person_id, target)));
    if (rows == NULL || db_rows_next(rows, error) < 0) {
        return false;
    }
    *is_spoken_out = db_int(rows, "n") > 0;
    return true;
}

DB_QUERY(undo_in_merge,
         "SELECT count(*) AS n FROM person WHERE account_id = $1 AND root_id <> person_id "
         "AND (person_id = $2 OR root_id = $2)");

static bool is_merged(struct undo *undo, int64_t person_id, bool *is_merged_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(undo->book->tx, &undo_in_merge, error,
                                        DB_INT(undo->book->account_id), DB_INT(person_id));
    if (rows == NULL || db_rows_next(rows, error) < 0) {
        return false;
    }
    *is_merged_out = db_int(rows, "n") > 0;
    return true;
}

/* What is left of a person nobody speaks of. Not person_erase: that also goes through reports and
 * changes, and an import may have made a hundred thousand people. */
DB_QUERY(undo_person_pairs, "DELETE FROM pair WHERE account_id = $1 AND (a_id = $2 OR b_id = $2)");
DB_QUERY(undo_person_row, "DELETE FROM person WHERE account_id = $1 AND person_id = $2");

static bool remove_person(struct undo *undo, int64_t person_id, GError **error)
{
    struct db_tx *tx = undo->book->tx;
    int64_t account_id = undo->book->account_id;
    journal_person(undo->book, person_id);
    return person_index_clear(undo->book, person_id, error) &&
           (!undo->has_pairs ||
            DB_EXEC(tx, &undo_person_pairs, error, DB_INT(account_id), DB_INT(person_id))) &&
           DB_EXEC(tx, &undo_person_row, error, DB_INT(account_id), DB_INT(person_id));
}

DB_QUERY(undo_any_pair, "SELECT a_id FROM pair WHERE account_id = $1 LIMIT 1");

static bool look_for_pairs(struct undo *undo, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(undo->book->tx, &undo_any_pair, error, DB_INT(undo->book->account_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    undo->has_pairs = state > 0;
    return state >= 0;
}

/* A person only this import made goes; anyone else is folded again. One in a merge stays, folded,
 * so that the merge can still be undone. */
static bool settle(struct undo *undo, int64_t person_id, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct person_row row;
    bool is_spoken;
    bool is_in_merge;
    if (!is_spoken_of(undo, person_id, &is_spoken, error) ||
        !is_merged(undo, person_id, &is_in_merge, error) ||
        !person_row_load(undo->book, person_id, text, &row, error)) {
        return false;
    }
    if (!is_spoken && !is_in_merge && !row.is_self) {
        undo->counts->n_removed++;
        return remove_person(undo, person_id, error);
    }
    undo->counts->n_changed++;
    return person_refold(undo->book, person_id, error);
}

static int compare_ids(gconstpointer a_, gconstpointer b_)
{
    const int64_t *a = a_;
    const int64_t *b = b_;
    return *a < *b ? -1 : *a > *b;
}

static bool settle_all(struct undo *undo, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, undo->concerned);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        g_array_append_vals(ids, key, 1);
    }
    g_array_sort(ids, compare_ids);
    for (guint i = 0; i < ids->len; i++) {
        if (!settle(undo, g_array_index(ids, int64_t, i), error)) {
            return false;
        }
    }
    return true;
}

static bool undo_sources(struct undo *undo, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(struct fact_source));
    if (!fact_source_of_import(undo->book, undo->import_id, text, sources, error)) {
        return false;
    }
    for (guint i = 0; i < sources->len; i++) {
        if (!undo_source_rows(undo, g_array_index(sources, struct fact_source, i).source_id,
                              error)) {
            return false;
        }
    }
    return look_for_pairs(undo, error) && settle_all(undo, error);
}

bool imports_undo(struct book *book, int64_t import_id, struct import_undone *undone_out,
                  GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct import_row row;
    *undone_out = (struct import_undone){0};
    if (!imports_load(book, import_id, text, &row, error)) {
        return false;
    }
    if (strcmp(row.state, "undone") == 0) {
        return refuse(error, "import.undone_before", "This import was taken back before.");
    }
    if (strcmp(row.state, "applied") != 0) {
        return refuse(error, "import.not_applied",
                      "This import changed nothing, so there is nothing to take back.");
    }
    struct undo undo = {.book = book, .import_id = import_id, .counts = undone_out};
    undo.concerned = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    bool is_done = undo_sources(&undo, error);
    g_hash_table_unref(undo.concerned);
    row.state = "undone";
    row.undone_at = book_now(book);
    return is_done && imports_save(book, &row, error);
}
