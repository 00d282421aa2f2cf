/* Settings: name and value as text. */
#include "model/setting.h"

#include "model/book.h"
#include "model/noun.h"

DB_QUERY(setting_get, "SELECT value FROM setting WHERE account_id = $1 AND name = $2");

bool setting_load(struct db_tx *tx, int64_t account_id, const char *name, GStringChunk *text,
                  const char **value_out, GError **error)
{
    *value_out = NULL;
    g_autoptr(db_rows) rows = DB_SELECT(tx, &setting_get, error, DB_INT(account_id), DB_TEXT(name));
    if (rows == NULL) {
        return false;
    }
    int state = db_rows_next(rows, error);
    if (state > 0) {
        *value_out = keep_text(text, db_text(rows, "value"));
    }
    return state >= 0;
}

DB_QUERY(setting_put, "INSERT INTO setting (" SETTING_COLUMNS ") " VALUES_4
                      " ON CONFLICT (account_id, name) DO UPDATE SET value = excluded.value, "
                      "digest = excluded.digest");

/* Writes a value that is there. */
static bool setting_write(struct db_tx *tx, int64_t account_id, const char *name, const char *value,
                          GError **error)
{
    struct db_value values[] = {DB_INT(account_id), DB_TEXT(name), DB_TEXT(value), DB_NULL};
    return noun_write(tx, &noun_setting, &setting_put, values, error);
}

DB_QUERY(setting_forget, "DELETE FROM setting WHERE account_id = $1 AND name = $2");

bool setting_save(struct db_tx *tx, int64_t account_id, const char *name, const char *value,
                  GError **error)
{
    struct book book = BOOK(tx, NULL, account_id);
    if (!book_changed(&book, error)) {
        return false;
    }
    if (value == NULL) {
        return DB_EXEC(tx, &setting_forget, error, DB_INT(account_id), DB_TEXT(name));
    }
    return setting_write(tx, account_id, name, value, error);
}

DB_QUERY(setting_all, "SELECT name, value FROM setting WHERE account_id = $1 ORDER BY name");

bool setting_list(struct db_tx *tx, int64_t account_id, GStringChunk *text, GArray *settings_out,
                  GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &setting_all, error, DB_INT(account_id));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct setting setting = {keep_text(text, db_text(rows, "name")),
                                  keep_text(text, db_text(rows, "value"))};
        g_array_append_val(settings_out, setting);
    }
    return state == 0;
}
