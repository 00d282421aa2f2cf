/* An account's address book within one transaction: time, ids, and the revision that pages are
 * cached under. */
#include "model/journal.h"

DB_QUERY(bump_revision, "UPDATE account SET revision = revision + 1 WHERE account_id = $1");
DB_QUERY(bumped_revision, "SELECT revision FROM account WHERE account_id = $1");

int32_t book_today(const struct book *book)
{
    return clock_today(&book->env->clock);
}

int64_t book_now(const struct book *book)
{
    return clock_now(&book->env->clock);
}

int64_t book_new_id(const struct book *book)
{
    return id_next(&book->env->ids);
}

bool book_changed(struct book *book, GError **error)
{
    if (book->has_changed) {
        return true;
    }
    book->has_changed = true;
    if (!DB_EXEC(book->tx, &bump_revision, error, DB_INT(book->account_id))) {
        return false;
    }
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &bumped_revision, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        journal_revision(book, db_int(rows, "revision"));
    }
    return state >= 0;
}

const char *keep_text(GStringChunk *text, const char *value)
{
    return value == NULL ? NULL : g_string_chunk_insert(text, value);
}
