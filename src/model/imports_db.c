/* Statements of imports, but for undoing: imports_undo.c. */
#include "model/imports.h"

#include "model/noun.h"

#include <string.h>

DB_QUERY(
    import_put,
    "INSERT INTO import (" IMPORT_COLUMNS ") " VALUES_16
    " ON CONFLICT (account_id, import_id) DO UPDATE SET label = excluded.label, state = "
    "excluded.state, "
    "n_read = excluded.n_read, n_added = excluded.n_added, n_updated = excluded.n_updated, "
    "n_unchanged = excluded.n_unchanged, n_refused = excluded.n_refused, report = excluded.report, "
    "applied_at = excluded.applied_at, undone_at = excluded.undone_at, digest = excluded.digest");

static bool import_write(struct book *book, const struct import_row *row, GError **error)
{
    struct db_value values[] = {
        DB_INT(book->account_id),  DB_INT(row->import_id),
        DB_TEXT(row->kind),        DB_TEXT(row->label),
        DB_TEXT(row->file_digest), DB_TEXT(row->state),
        DB_INT(row->n_read),       DB_INT(row->n_added),
        DB_INT(row->n_updated),    DB_INT(row->n_unchanged),
        DB_INT(row->n_refused),    DB_TEXT(row->report == NULL ? "{}" : row->report),
        DB_INT(row->created_at),   DB_AT(row->applied_at),
        DB_AT(row->undone_at),     DB_NULL,
    };
    return book_changed(book, error) &&
           noun_write(book->tx, &noun_import, &import_put, values, error);
}

bool imports_add(struct book *book, const struct import_row *row, int64_t *import_id_out,
                 GError **error)
{
    struct import_row made = *row;
    made.import_id = row->import_id != 0 ? row->import_id : book_new_id(book);
    made.created_at = book_now(book);
    *import_id_out = made.import_id;
    return import_write(book, &made, error);
}

/* The current row. */
static void import_read(db_rows *rows, GStringChunk *text, struct import_row *row_out)
{
    *row_out = (struct import_row){
        .import_id = db_int(rows, "import_id"),
        .kind = keep_text(text, db_text(rows, "kind")),
        .label = keep_text(text, db_text(rows, "label")),
        .file_digest = keep_text(text, db_text(rows, "file_digest")),
        .state = keep_text(text, db_text(rows, "state")),
        .n_read = db_int(rows, "n_read"),
        .n_added = db_int(rows, "n_added"),
        .n_updated = db_int(rows, "n_updated"),
        .n_unchanged = db_int(rows, "n_unchanged"),
        .n_refused = db_int(rows, "n_refused"),
        .report = keep_text(text, db_text(rows, "report")),
        .created_at = db_int(rows, "created_at"),
        .applied_at = db_at(rows, "applied_at"),
        .undone_at = db_at(rows, "undone_at"),
    };
}

DB_QUERY(import_one,
         "SELECT " IMPORT_COLUMNS " FROM import WHERE account_id = $1 AND import_id = $2");

bool imports_load(struct book *book, int64_t import_id, GStringChunk *text,
                  struct import_row *row_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &import_one, error, DB_INT(book->account_id), DB_INT(import_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        import_read(rows, text, row_out);
        return true;
    }
    return state == 0 && refuse(error, "import.not_found", "There is no such import.");
}

bool imports_save(struct book *book, const struct import_row *row, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct import_row old;
    if (!imports_load(book, row->import_id, text, &old, error)) {
        return false;
    }
    bool adds_up = row->n_read == row->n_added + row->n_updated + row->n_unchanged + row->n_refused;
    if (strcmp(row->state, "applied") == 0 && !adds_up) {
        return bug(error, "imports.counts_differ", "The counts of an import do not add up.");
    }
    struct import_row made = *row;
    made.kind = old.kind;
    made.file_digest = old.file_digest;
    made.created_at = old.created_at;
    return import_write(book, &made, error);
}

DB_QUERY(import_of_file,
         "SELECT " IMPORT_COLUMNS " FROM import WHERE account_id = $1 AND file_digest = $2 "
         "AND state = 'applied' ORDER BY import_id DESC LIMIT 1");

bool imports_find(struct book *book, const char *file_digest, GStringChunk *text,
                  struct import_row *row_out, bool *found_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &import_of_file, error, DB_INT(book->account_id), DB_TEXT(file_digest));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    *found_out = state > 0;
    if (state > 0) {
        import_read(rows, text, row_out);
    }
    return state >= 0;
}

DB_QUERY(import_newest, "SELECT " IMPORT_COLUMNS
                        " FROM import WHERE account_id = $1 ORDER BY import_id DESC LIMIT $2");

bool imports_list(struct book *book, int limit, GStringChunk *text, GArray *rows_out,
                  GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &import_newest, error, DB_INT(book->account_id),
                                        DB_INT(limit <= 0 ? 100 : limit));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct import_row row;
        import_read(rows, text, &row);
        g_array_append_val(rows_out, row);
    }
    return state == 0;
}

DB_QUERY(import_running,
         "SELECT " IMPORT_COLUMNS " FROM import WHERE account_id = $1 AND state = 'running'");

bool imports_sweep(struct db_tx *tx, struct env *env, int64_t account_id, GError **error)
{
    struct book book = BOOK(tx, env, account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) running = g_array_new(FALSE, FALSE, sizeof(struct import_row));
    {
        g_autoptr(db_rows) rows = DB_SELECT(tx, &import_running, error, DB_INT(account_id));
        int state = rows == NULL ? -1 : 0;
        while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
            struct import_row row;
            import_read(rows, text, &row);
            g_array_append_val(running, row);
        }
        if (state < 0) {
            return false;
        }
    }
    for (guint i = 0; i < running->len; i++) {
        struct import_row row = g_array_index(running, struct import_row, i);
        row.state = "failed";
        if (!import_write(&book, &row, error)) {
            return false;
        }
    }
    return true;
}
