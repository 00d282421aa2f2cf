/* Rows of the small lists: what was there is kept as a JSON image in the log, so one function takes
 * back every write. A write is a delete and an insert by key: the tables have no references that
 * could mind. */
#include "model/noun_row.h"

#include "model/table.h"

#include <string.h>

#define MAX_KEY 3

static bool damaged(GError **error)
{
    return bug(error, "change.damaged",
               "A change in the store cannot be read; run `ligature verify`.");
}

/* Account and key as the parameters of `one` and `remove`; their number. */
static int key_values(const struct book *book, const struct noun *noun, const struct db_value *key,
                      struct db_value *values_out)
{
    g_assert(noun->n_key < MAX_KEY);
    values_out[0] = DB_INT(book->account_id);
    memcpy(values_out + 1, key, (size_t)noun->n_key * sizeof *key);
    return noun->n_key + 1;
}

db_rows *noun_row_select(struct book *book, const struct noun *noun, const struct db_value *key,
                         GError **error)
{
    struct db_value values[MAX_KEY];
    int n = key_values(book, noun, key, values);
    return db_select(book->tx, table_of(noun)->one, error, values, n);
}

static bool row_remove(struct book *book, const struct noun *noun, const struct db_value *key,
                       GError **error)
{
    struct db_value values[MAX_KEY];
    int n = key_values(book, noun, key, values);
    return db_exec(book->tx, table_of(noun)->remove, error, NULL, values, n);
}

static json_t *key_json(const struct noun *noun, const struct db_value *key)
{
    json_t *json = json_array();
    for (int i = 0; i < noun->n_key; i++) {
        json_array_append_new(json, key[i].type == DB_TYPE_INT ? json_integer(key[i].u.i)
                                                               : json_string(key[i].u.s));
    }
    return json;
}

/* The row as it is, for the log: JSON null when there is none. New reference; NULL: failed. */
static json_t *row_image(struct book *book, const struct noun *noun, const struct db_value *key,
                         GError **error)
{
    g_autoptr(db_rows) rows = noun_row_select(book, noun, key, error);
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state <= 0) {
        return state == 0 ? json_null() : NULL;
    }
    struct db_value values[NOUN_MAX_COLUMNS];
    noun_read(noun, rows, values);
    return noun_json(noun, values);
}

/* Logs what is there and takes it away. */
static bool begin(struct book *book, const struct noun *noun, const struct db_value *key,
                  struct change_log *log, GError **error)
{
    json_t *image = row_image(book, noun, key, error);
    if (image == NULL) {
        return false;
    }
    bool was_there = !json_is_null(image);
    change_add(log, json_pack("{s:s,s:s,s:o,s:o}", "undo", "row", "table", noun->table, "key",
                              key_json(noun, key), "row", image));
    return book_changed(book, error) && (!was_there || row_remove(book, noun, key, error));
}

bool noun_row_put(struct book *book, const struct noun *noun, struct db_value *values,
                  struct change_log *log, GError **error)
{
    values[0] = DB_INT(book->account_id);
    return begin(book, noun, values + 1, log, error) &&
           noun_write(book->tx, noun, table_of(noun)->put, values, error);
}

bool noun_row_remove(struct book *book, const struct noun *noun, const struct db_value *key,
                     struct change_log *log, GError **error)
{
    return begin(book, noun, key, log, error);
}

bool noun_row_delete(struct book *book, const struct noun *noun, int64_t id, struct change_log *log,
                     bool *found_out, GError **error)
{
    int column = table_of(noun)->deleted_column;
    struct db_value key = DB_INT(id);
    struct db_value values[NOUN_MAX_COLUMNS];
    json_t *image = row_image(book, noun, &key, error);
    if (image == NULL) {
        return false;
    }
    bool is_read = json_is_null(image) || noun_from_json(noun, image, NULL, values);
    *found_out = is_read && !json_is_null(image) && values[column].type == DB_TYPE_NULL;
    bool is_done = is_read || damaged(error);
    if (*found_out) {
        values[column] = DB_INT(book_now(book));
        is_done = noun_row_put(book, noun, values, log, error);
    }
    json_decref(image);
    return is_done;
}

static const struct table *table_named(const char *name)
{
    for (int i = 0; name != NULL && i < n_tables; i++) {
        if (tables[i].one != NULL && strcmp(tables[i].noun->table, name) == 0) {
            return &tables[i];
        }
    }
    return NULL;
}

/* Columns that an undo leaves alone, from the row as it is now. */
static void keep_columns(const struct table *table, const json_t *now, struct db_value *values)
{
    struct db_value current[NOUN_MAX_COLUMNS];
    if (now != NULL && noun_from_json(table->noun, now, NULL, current)) {
        memcpy(values + table->kept_from, current + table->kept_from,
               (size_t)(table->kept_to - table->kept_from + 1) * sizeof *values);
    }
}

bool noun_row_undo(struct book *book, const json_t *reverse, GError **error)
{
    const struct table *table = table_named(json_string_value(json_object_get(reverse, "table")));
    const json_t *key_list = json_object_get(reverse, "key");
    const json_t *row = json_object_get(reverse, "row");
    struct db_value key[MAX_KEY];
    struct db_value values[NOUN_MAX_COLUMNS];
    if (table == NULL || (int)json_array_size(key_list) != table->noun->n_key) {
        return damaged(error);
    }
    for (int i = 0; i < table->noun->n_key; i++) {
        const json_t *part = json_array_get(key_list, (size_t)i);
        key[i] = json_is_integer(part) ? DB_INT(json_integer_value(part))
                                       : DB_TEXT(json_string_value(part));
    }
    if (!json_is_null(row) && !noun_from_json(table->noun, row, NULL, values)) {
        return damaged(error);
    }
    json_t *now = table->kept_from > 0 ? row_image(book, table->noun, key, error) : NULL;
    if (table->kept_from > 0 && now == NULL) {
        return false;
    }
    keep_columns(table, now, values);
    bool is_done = json_is_null(row) ? noun_row_remove(book, table->noun, key, NULL, error)
                                     : noun_row_put(book, table->noun, values, NULL, error);
    json_decref(now);
    return is_done;
}

bool noun_row_clear(struct db_tx *tx, int64_t account_id, GError **error)
{
    for (int i = 0; i < n_tables; i++) {
        if (tables[i].clear != NULL && !DB_EXEC(tx, tables[i].clear, error, DB_INT(account_id))) {
            return false;
        }
    }
    return true;
}

/* ---- what was deleted 30 days ago ---- */

static bool due_ids(struct book *book, const struct table *table, int64_t limit, GArray *ids_out,
                    GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, table->all, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        struct db_value values[NOUN_MAX_COLUMNS];
        noun_read(table->noun, rows, values);
        const struct db_value *deleted = &values[table->deleted_column];
        if (deleted->type == DB_TYPE_INT && deleted->u.i <= limit) {
            g_array_append_val(ids_out, values[1].u.i);
        }
    }
    return state == 0;
}

DB_QUERY(erase_row_changes, "DELETE FROM change WHERE account_id = $1 AND reverse LIKE $2");
DB_QUERY(erase_row_people, "DELETE FROM pursuit_person WHERE account_id = $1 AND pursuit_id = $2");

bool noun_row_erase_due(struct book *book, int64_t limit, GError **error)
{
    for (int i = 0; i < n_tables; i++) {
        g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
        if (tables[i].deleted_column > 0 && !due_ids(book, &tables[i], limit, ids, error)) {
            return false;
        }
        for (guint k = 0; k < ids->len; k++) {
            struct db_value key = DB_INT(g_array_index(ids, int64_t, k));
            g_autofree char *named = g_strdup_printf("%%%" G_GINT64_FORMAT "%%", key.u.i);
            if (!DB_EXEC(book->tx, &erase_row_changes, error, DB_INT(book->account_id),
                         DB_TEXT(named)) ||
                !DB_EXEC(book->tx, &erase_row_people, error, DB_INT(book->account_id), key) ||
                !row_remove(book, tables[i].noun, &key, error) || !book_changed(book, error)) {
                return false;
            }
        }
    }
    return true;
}
