/* Sources, and their statements. */
#include "model/fact_source.h"

#include "model/noun.h"

DB_QUERY(source_put, "INSERT INTO source (" SOURCE_COLUMNS ") " VALUES_7);

bool fact_source_add(struct book *book, const struct fact_source *source, int64_t *source_id_out,
                     GError **error)
{
    *source_id_out = source->source_id != 0 ? source->source_id : book_new_id(book);
    struct db_value values[] = {DB_INT(book->account_id),
                                DB_INT(*source_id_out),
                                DB_TEXT(source->family),
                                DB_TEXT(source->label),
                                source->import_id == 0 ? DB_NULL : DB_INT(source->import_id),
                                DB_INT(source->seen_at),
                                DB_NULL};
    return noun_write(book->tx, &noun_source, &source_put, values, error);
}

/* The current row. */
static void source_read(db_rows *rows, GStringChunk *text, struct fact_source *source_out)
{
    *source_out = (struct fact_source){
        .source_id = db_int(rows, "source_id"),
        .family = keep_text(text, db_text(rows, "family")),
        .label = keep_text(text, db_text(rows, "label")),
        .import_id = db_int(rows, "import_id"),
        .seen_at = db_int(rows, "seen_at"),
    };
}

DB_QUERY(source_one,
         "SELECT " SOURCE_COLUMNS " FROM source WHERE account_id = $1 AND source_id = $2");

bool fact_source_load(struct book *book, int64_t source_id, GStringChunk *text,
                      struct fact_source *source_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &source_one, error, DB_INT(book->account_id), DB_INT(source_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        source_read(rows, text, source_out);
        return true;
    }
    return state == 0 && refuse(error, "source.not_found", "There is no such source.");
}

DB_QUERY(source_you, "SELECT source_id FROM source WHERE account_id = $1 AND family = 'you' ORDER "
                     "BY source_id LIMIT 1");

bool fact_source_you(struct book *book, int64_t *source_id_out, GError **error)
{
    {
        g_autoptr(db_rows) rows = DB_SELECT(book->tx, &source_you, error, DB_INT(book->account_id));
        int state = rows == NULL ? -1 : db_rows_next(rows, error);
        if (state != 0) {
            *source_id_out = state > 0 ? db_int(rows, "source_id") : 0;
            return state > 0;
        }
    }
    struct fact_source you = {.family = FAMILY_YOU, .label = "you", .seen_at = book_now(book)};
    return fact_source_add(book, &you, source_id_out, error);
}

DB_QUERY(source_of_import,
         "SELECT " SOURCE_COLUMNS
         " FROM source WHERE account_id = $1 AND import_id = $2 ORDER BY source_id");

bool fact_source_of_import(struct book *book, int64_t import_id, GStringChunk *text,
                           GArray *sources_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &source_of_import, error, DB_INT(book->account_id), DB_INT(import_id));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct fact_source source;
        source_read(rows, text, &source);
        g_array_append_val(sources_out, source);
    }
    return state == 0;
}
