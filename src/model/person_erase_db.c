/* Erasing people for good: every row that names them. Restoring is impossible afterwards; the
 * caller lets the store forget the freed pages (db_erase_vacuum). */
#include "model/person_part.h"

#define KEEP_DELETED (30 * US_PER_DAY)

DB_QUERY(erase_person_sets, "DELETE FROM fact_set WHERE account_id = $1 AND person_id = $2");
DB_QUERY(erase_person_touches, "DELETE FROM touch WHERE account_id = $1 AND person_id = $2");
DB_QUERY(erase_person_steps, "DELETE FROM step WHERE account_id = $1 AND person_id = $2");
DB_QUERY(erase_person_relations,
         "DELETE FROM relation WHERE account_id = $1 AND (a_id = $2 OR b_id = $2)");
DB_QUERY(erase_person_pairs, "DELETE FROM pair WHERE account_id = $1 AND (a_id = $2 OR b_id = $2)");
DB_QUERY(erase_person_merges,
         "DELETE FROM merge WHERE account_id = $1 AND (kept_id = $2 OR gone_id = $2)");
DB_QUERY(erase_person_idents, "DELETE FROM ident WHERE account_id = $1 AND person_id = $2");
DB_QUERY(erase_person_row, "DELETE FROM person WHERE account_id = $1 AND person_id = $2");
DB_QUERY(erase_person_cadence,
         "DELETE FROM cadence WHERE account_id = $1 AND scope = 'person' AND target = $2");

static bool erase_member(struct book *book, int64_t person_id, GError **error)
{
    static const struct db_query *const all[] = {
        &erase_person_sets,  &erase_person_touches, &erase_person_steps,  &erase_person_relations,
        &erase_person_pairs, &erase_person_merges,  &erase_person_idents, &erase_person_row,
    };
    char target[ID_TEXT];
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        if (!DB_EXEC(book->tx, all[i], error, DB_INT(book->account_id), DB_INT(person_id))) {
            return false;
        }
    }
    return person_index_clear(book, person_id, error) &&
           DB_EXEC(book->tx, &erase_person_cadence, error, DB_INT(book->account_id),
                   DB_TEXT(id_format(person_id, target)));
}

bool person_erase(struct book *book, int64_t person_id, GError **error)
{
    g_autoptr(GArray) member_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct person_row row;
    if (!person_row_load(book, person_id, text, &row, error) ||
        !person_members(book, row.person_id, member_ids, error)) {
        return false;
    }
    if (row.is_self) {
        return refuse(error, "person.is_self",
                      "This is you. Your own page cannot be erased; close the account instead.");
    }
    for (guint i = 0; i < member_ids->len; i++) {
        if (!erase_member(book, g_array_index(member_ids, int64_t, i), error)) {
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
    return DB_EXEC(book->tx, &touches_to_erase, error, DB_INT(book->account_id), DB_INT(limit));
}
