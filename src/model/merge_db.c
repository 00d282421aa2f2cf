/* Statements of merges. */
#include "model/journal.h"
#include "model/merge_part.h"

#include "model/noun.h"

DB_QUERY(merge_put, "INSERT INTO merge (" MERGE_COLUMNS ") " VALUES_7
                    " ON CONFLICT (account_id, merge_id) DO UPDATE SET undone_at = "
                    "excluded.undone_at, digest = excluded.digest");

bool merge_save(struct book *book, const struct merge *merge, GError **error)
{
    struct db_value values[] = {DB_INT(book->account_id),
                                DB_INT(merge->merge_id),
                                DB_INT(merge->kept_id),
                                DB_INT(merge->gone_id),
                                DB_TEXT(merge->why),
                                DB_AT(merge->undone_at),
                                DB_NULL};
    return book_changed(book, error) &&
           noun_write(book->tx, &noun_merge, &merge_put, values, error);
}

/* The current row. */
static void merge_read(db_rows *rows, GStringChunk *text, struct merge *merge_out)
{
    *merge_out = (struct merge){
        .merge_id = db_int(rows, "merge_id"),
        .kept_id = db_int(rows, "kept_id"),
        .gone_id = db_int(rows, "gone_id"),
        .why = text == NULL ? NULL : keep_text(text, db_text(rows, "why")),
        .undone_at = db_at(rows, "undone_at"),
    };
}

DB_QUERY(merge_one, "SELECT " MERGE_COLUMNS " FROM merge WHERE account_id = $1 AND merge_id = $2");

bool merge_fetch(struct book *book, int64_t merge_id, GStringChunk *text, struct merge *merge_out,
                 GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &merge_one, error, DB_INT(book->account_id), DB_INT(merge_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        merge_read(rows, text, merge_out);
        return true;
    }
    return state == 0 && refuse(error, "merge.not_found", "There is no such merge.");
}

static bool merges_read(db_rows *rows, GStringChunk *text, GArray *merges_out, GError **error)
{
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct merge merge;
        merge_read(rows, text, &merge);
        g_array_append_val(merges_out, merge);
    }
    return state == 0;
}

DB_QUERY(merge_all, "SELECT " MERGE_COLUMNS
                    " FROM merge WHERE account_id = $1 AND undone_at IS NULL ORDER BY merge_id");

bool merge_in_force(struct book *book, GArray *merges_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &merge_all, error, DB_INT(book->account_id));
    return merges_read(rows, NULL, merges_out, error);
}

DB_QUERY(merge_of_person,
         "SELECT g.merge_id, g.kept_id, g.gone_id, g.why, g.undone_at FROM merge g "
         "JOIN person p ON p.account_id = g.account_id AND p.person_id = g.gone_id "
         "WHERE g.account_id = $1 AND g.undone_at IS NULL AND ($2 = CAST(0 AS BIGINT) OR p.root_id "
         "= $2) "
         "ORDER BY g.merge_id DESC");

bool merge_list(struct book *book, int64_t person_id, GStringChunk *text, GArray *merges_out,
                GError **error)
{
    int64_t root_id = 0;
    if (person_id != 0 && !person_root(book, person_id, &root_id, error)) {
        return false;
    }
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &merge_of_person, error, DB_INT(book->account_id), DB_INT(root_id));
    return merges_read(rows, text, merges_out, error);
}

DB_QUERY(person_root_put,
         "UPDATE person SET root_id = $3 WHERE account_id = $1 AND person_id = $2");

bool person_set_root(struct book *book, int64_t person_id, int64_t root_id, GError **error)
{
    journal_person(book, person_id);
    journal_person(book, root_id);
    return DB_EXEC(book->tx, &person_root_put, error, DB_INT(book->account_id), DB_INT(person_id),
                   DB_INT(root_id));
}
