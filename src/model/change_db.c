/* Statements of changes. */
#include "model/change_part.h"

#include "model/noun.h"

DB_QUERY(change_put, "INSERT INTO change (" CHANGE_COLUMNS ") " VALUES_7
                     " ON CONFLICT (account_id, change_id) DO UPDATE SET undone_at = "
                     "excluded.undone_at, digest = excluded.digest");

bool change_save(struct book *book, const struct change *change, const char *reverse,
                 GError **error)
{
    struct db_value values[] = {DB_INT(book->account_id),
                                DB_INT(change->change_id),
                                DB_TEXT(change->summary),
                                DB_TEXT(reverse),
                                DB_INT(change->created_at),
                                DB_AT(change->undone_at),
                                DB_NULL};
    return noun_write(book->tx, &noun_change, &change_put, values, error);
}

/* The current row. */
static void change_read(db_rows *rows, GStringChunk *text, struct change *change_out)
{
    *change_out = (struct change){
        .change_id = db_int(rows, "change_id"),
        .summary = keep_text(text, db_text(rows, "summary")),
        .created_at = db_int(rows, "created_at"),
        .undone_at = db_at(rows, "undone_at"),
    };
}

DB_QUERY(change_one,
         "SELECT " CHANGE_COLUMNS " FROM change WHERE account_id = $1 AND change_id = $2");

bool change_load(struct book *book, int64_t change_id, GStringChunk *text,
                 struct change *change_out, const char **reverse_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &change_one, error, DB_INT(book->account_id), DB_INT(change_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        change_read(rows, text, change_out);
        *reverse_out = keep_text(text, db_text(rows, "reverse"));
        return true;
    }
    return state == 0 &&
           refuse(error, "change.not_found", "There is nothing of this kind to take back.");
}

DB_QUERY(change_newest, "SELECT " CHANGE_COLUMNS
                        " FROM change WHERE account_id = $1 ORDER BY change_id DESC LIMIT $2");

bool change_list(struct book *book, int limit, GStringChunk *text, GArray *changes_out,
                 GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &change_newest, error, DB_INT(book->account_id), DB_INT(limit));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct change change;
        change_read(rows, text, &change);
        g_array_append_val(changes_out, change);
    }
    return state == 0;
}
