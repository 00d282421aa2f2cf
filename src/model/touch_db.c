/* Statements of touches. */
#include "model/touch_part.h"

#include "model/noun.h"
#include "model/person_part.h"

DB_QUERY(
    touch_put,
    "INSERT INTO touch (" TOUCH_COLUMNS ") " VALUES_14
    " ON CONFLICT (account_id, person_id, touch_id) DO UPDATE SET kind = excluded.kind, direction "
    "= excluded.direction, "
    "on_day = excluded.on_day, at = excluded.at, minutes = excluded.minutes, note = excluded.note, "
    "deleted_at = excluded.deleted_at, digest = excluded.digest");

bool touch_save(struct book *book, const struct touch *touch, GError **error)
{
    struct db_value values[] = {
        DB_INT(book->account_id),
        DB_INT(touch->person_id),
        DB_INT(touch->touch_id),
        DB_TEXT(touch->kind),
        DB_TEXT(touch->direction),
        DB_INT(touch->on_day),
        touch->at == 0 ? DB_NULL : DB_AT(touch->at),
        touch->minutes <= 0 ? DB_NULL : DB_INT(touch->minutes),
        DB_TEXT(touch->note),
        touch->source_id == 0 ? DB_NULL : DB_INT(touch->source_id),
        DB_TEXT(touch->record_key),
        DB_INT(touch->created_at),
        DB_AT(touch->deleted_at),
        DB_NULL,
    };
    return noun_write(book->tx, &noun_touch, &touch_put, values, error);
}

bool touch_put_image(struct book *book, const json_t *row, int64_t *person_id_out, GError **error)
{
    struct db_value values[NOUN_MAX_COLUMNS];
    if (!noun_from_json(&noun_touch, row, NULL, values)) {
        return bug(error, "change.damaged",
                   "A change in the store cannot be read; run `ligature verify`.");
    }
    values[0] = DB_INT(book->account_id);
    *person_id_out = values[1].u.i;
    return noun_write(book->tx, &noun_touch, &touch_put, values, error);
}

/* The current row. */
static void touch_read(db_rows *rows, GStringChunk *text, struct touch *touch_out)
{
    *touch_out = (struct touch){
        .touch_id = db_int(rows, "touch_id"),
        .person_id = db_int(rows, "person_id"),
        .kind = keep_text(text, db_text(rows, "kind")),
        .direction = keep_text(text, db_text(rows, "direction")),
        .on_day = (int32_t)db_int(rows, "on_day"),
        .at = db_at(rows, "at"),
        .minutes = db_is_null(rows, "minutes") ? -1 : (int)db_int(rows, "minutes"),
        .note = keep_text(text, db_text(rows, "note")),
        .source_id = db_int(rows, "source_id"),
        .record_key = keep_text(text, db_text(rows, "record_key")),
        .created_at = db_int(rows, "created_at"),
        .deleted_at = db_at(rows, "deleted_at"),
    };
}

DB_QUERY(touch_one, "SELECT " TOUCH_COLUMNS " FROM touch WHERE account_id = $1 AND touch_id = $2");

bool touch_fetch(struct book *book, int64_t touch_id, GStringChunk *text, struct touch *touch_out,
                 json_t **image_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &touch_one, error, DB_INT(book->account_id), DB_INT(touch_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        touch_read(rows, text, touch_out);
        if (image_out != NULL) {
            struct db_value values[NOUN_MAX_COLUMNS];
            noun_read(&noun_touch, rows, values);
            *image_out = noun_json(&noun_touch, values);
        }
        return true;
    }
    return state == 0 && refuse(error, "touch.not_found", "There is no such interaction.");
}

/* Appends the rows of a list. */
static bool touches_read(db_rows *rows, GStringChunk *text, GArray *touches_out, GError **error)
{
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct touch touch;
        touch_read(rows, text, &touch);
        g_array_append_val(touches_out, touch);
    }
    return state == 0;
}

#define TOUCH_OF_LIST                                                                          \
    "SELECT t.touch_id, t.person_id, t.kind, t.direction, t.on_day, t.at, t.minutes, t.note, " \
    "t.source_id, t.record_key, "                                                              \
    "t.created_at, t.deleted_at FROM touch t "                                                 \
    "JOIN person p ON p.account_id = t.account_id AND p.person_id = t.person_id "              \
    "LEFT JOIN source s ON s.account_id = t.account_id AND s.source_id = t.source_id "
/* $2 person or 0, $3 import or 0, $4 first day or NULL, $5 direction or NULL, $6 deleted ones: 0 or
 * 1 */
#define TOUCH_FILTER                                                                         \
    "AND ($3 = CAST(0 AS BIGINT) OR s.import_id = $3) AND (CAST($4 AS INTEGER) IS NULL OR "  \
    "t.on_day >= $4) "                                                                       \
    "AND (CAST($5 AS TEXT) IS NULL OR t.direction = $5) "                                    \
    "AND (($6 = CAST(0 AS BIGINT) AND t.deleted_at IS NULL) OR ($6 = CAST(1 AS BIGINT) AND " \
    "t.deleted_at IS NOT NULL)) "
#define TOUCH_PERSON "WHERE t.account_id = $1 AND t.person_id IN " PERSON_WHOLE " "
#define TOUCH_EVERYONE \
    "WHERE t.account_id = $1 AND $2 = CAST(0 AS BIGINT) AND p.deleted_at IS NULL "
#define TOUCH_PAGE                                                                               \
    "AND (CAST($7 AS INTEGER) IS NULL OR t.on_day < $7 OR (t.on_day = $7 AND t.touch_id < $8)) " \
    "ORDER BY t.on_day DESC, t.touch_id DESC LIMIT $9"
#define TOUCH_COUNT                                                                       \
    "SELECT count(*) AS n FROM touch t JOIN person p ON p.account_id = t.account_id AND " \
    "p.person_id = t.person_id "                                                          \
    "LEFT JOIN source s ON s.account_id = t.account_id AND s.source_id = t.source_id "

DB_QUERY(touch_list_person, TOUCH_OF_LIST TOUCH_PERSON TOUCH_FILTER TOUCH_PAGE);
DB_QUERY(touch_list_all, TOUCH_OF_LIST TOUCH_EVERYONE TOUCH_FILTER TOUCH_PAGE);
DB_QUERY(touch_count_person, TOUCH_COUNT TOUCH_PERSON TOUCH_FILTER);
DB_QUERY(touch_count_all, TOUCH_COUNT TOUCH_EVERYONE TOUCH_FILTER);

bool touch_list(struct book *book, const struct touch_filter *filter, GStringChunk *text,
                GArray *touches_out, int64_t *total_out, GError **error)
{
    struct touch before = {.on_day = DAY_NONE};
    if (filter->before_touch_id != 0 &&
        !touch_fetch(book, filter->before_touch_id, text, &before, NULL, error)) {
        return false;
    }
    bool is_all = filter->person_id == 0;
    struct db_value values[] = {
        DB_INT(book->account_id),
        DB_INT(filter->person_id),
        DB_INT(filter->import_id),
        DB_INT(MAX(filter->from_day, 0)),
        DB_TEXT(filter->direction),
        DB_INT(filter->is_deleted),
        DB_DAY(before.on_day),
        DB_INT(filter->before_touch_id),
        DB_INT(filter->limit == 0 ? 100 : filter->limit),
    };
    {
        g_autoptr(db_rows) rows =
            db_select(book->tx, is_all ? &touch_list_all : &touch_list_person, error, values, 9);
        if (!touches_read(rows, text, touches_out, error)) {
            return false;
        }
    }
    if (total_out == NULL) {
        return true;
    }
    g_autoptr(db_rows) rows =
        db_select(book->tx, is_all ? &touch_count_all : &touch_count_person, error, values, 6);
    if (rows == NULL || db_rows_next(rows, error) < 0) {
        return false;
    }
    *total_out = db_int(rows, "n");
    return true;
}

DB_QUERY(touch_keys_of_family,
         "SELECT t.record_key FROM source s JOIN touch t ON t.account_id = s.account_id AND "
         "t.source_id = s.source_id "
         "WHERE s.account_id = $1 AND s.family = $2 AND t.record_key IS NOT NULL");

GHashTable *touch_keys(struct book *book, const char *family, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &touch_keys_of_family, error,
                                        DB_INT(book->account_id), DB_TEXT(family));
    if (rows == NULL) {
        return NULL;
    }
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        g_hash_table_add(keys, g_strdup(db_text(rows, "record_key")));
    }
    return state < 0 ? NULL : g_steal_pointer(&keys);
}
