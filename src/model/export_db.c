/* The whole account as JSON: written a row at a time, read back as one document. */
#include "model/export.h"

#include "model/account.h"
#include "model/journal.h"
#include "model/noun_row.h"
#include "model/person_part.h"
#include "model/table.h"

#include <errno.h>
#include <string.h>

#define FORMAT 1

/* ---- writing ---- */

static bool put_failed(GError **error)
{
    return bug(error, "export.write", "The export cannot be written: %s.", g_strerror(errno));
}

static bool write_rows(struct book *book, const struct table *table, FILE *to, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, table->all, error, DB_INT(book->account_id));
    if (rows == NULL) {
        return false;
    }
    const char *before = "\n";
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct db_value values[NOUN_MAX_COLUMNS];
        noun_read(table->noun, rows, values);
        json_t *json = noun_json(table->noun, values);
        bool is_put = fputs(before, to) >= 0 &&
                      json_dumpf(json, to, JSON_COMPACT | JSON_REAL_PRECISION(17)) == 0;
        json_decref(json);
        if (!is_put) {
            return put_failed(error);
        }
        before = ",\n";
    }
    return state == 0;
}

static bool write_table(struct book *book, const struct table *table, bool is_first, FILE *to,
                        GError **error)
{
    if (fprintf(to, "%s\n\"%s\":{\"columns\":[", is_first ? "" : ",", table->noun->table) < 0) {
        return put_failed(error);
    }
    int n = noun_n_columns(table->noun);
    for (int i = 0; i < n; i++) {
        char name[32];
        fprintf(to, "%s\"%s\"", i > 0 ? "," : "", noun_column(table->noun, i, name));
    }
    fputs("],\"rows\":[", to);
    return write_rows(book, table, to, error) && (fputs("]}", to) >= 0 || put_failed(error));
}

bool export_account(struct book *book, FILE *to, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct account account;
    if (!account_load(book->tx, book->account_id, text, &account, error)) {
        return false;
    }
    char at[AT_TEXT];
    json_t *head =
        json_pack("{s:I,s:s,s:s,s:I,s:I}", "account_id", (json_int_t)account.account_id, "name",
                  account.name, "display_name", account.display_name, "self_person_id",
                  (json_int_t)account.self_person_id, "created_at", (json_int_t)account.created_at);
    g_autofree char *head_text = json_dumps(head, JSON_COMPACT);
    json_decref(head);
    fprintf(to, "{\"ligature\":%d,\"written_at\":\"%s\",\"account\":%s,\"tables\":{", FORMAT,
            at_format(book_now(book), at), head_text);
    bool is_first = true;
    for (int i = 0; i < n_tables; i++) {
        if (!tables[i].is_exported) {
            continue;
        }
        if (!write_table(book, &tables[i], is_first, to, error)) {
            return false;
        }
        is_first = false;
    }
    return (fputs("}}\n", to) >= 0 && fflush(to) == 0 && ferror(to) == 0) || put_failed(error);
}

/* ---- reading ---- */

static bool refuse_format(GError **error)
{
    return refuse(
        error, "export.unknown_format",
        "This is no export of a whole account, or one of a newer Ligature. Nothing was changed.");
}

static bool refuse_damaged(GError **error, const char *table)
{
    return refuse(
        error, "export.damaged",
        "The export is damaged: a row of %s is not as it was written. Nothing was changed.", table);
}

DB_QUERY(others_count,
         "SELECT (SELECT count(*) FROM person p WHERE p.account_id = $1 AND p.is_self = 0) "
         "+ (SELECT count(*) FROM touch t WHERE t.account_id = $1) + (SELECT count(*) FROM step s "
         "WHERE s.account_id = $1) "
         "+ (SELECT count(*) FROM import i WHERE i.account_id = $1) "
         "+ (SELECT count(*) FROM pursuit u WHERE u.account_id = $1) "
         "+ (SELECT count(*) FROM practice c WHERE c.account_id = $1) "
         "+ (SELECT count(*) FROM saved v WHERE v.account_id = $1) AS n");

static bool check_empty(struct book *book, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &others_count, error, DB_INT(book->account_id));
    if (rows == NULL || db_rows_next(rows, error) < 0) {
        return false;
    }
    return db_int(rows, "n") == 0 ||
           refuse(error, "export.not_empty",
                  "There are people here already. A whole account is read into an empty one.");
}

DB_QUERY(clear_sources, "DELETE FROM source WHERE account_id = $1");
DB_QUERY(clear_sets, "DELETE FROM fact_set WHERE account_id = $1");
DB_QUERY(clear_persons, "DELETE FROM person WHERE account_id = $1");
DB_QUERY(clear_idents, "DELETE FROM ident WHERE account_id = $1");
DB_QUERY(clear_traits, "DELETE FROM trait WHERE account_id = $1");
DB_QUERY(clear_search, "DELETE FROM person_search WHERE account_id = $1");
DB_QUERY(clear_settings, "DELETE FROM setting WHERE account_id = $1");
DB_QUERY(clear_changes, "DELETE FROM change WHERE account_id = $1");
DB_QUERY(clear_cadences, "DELETE FROM cadence WHERE account_id = $1");
DB_QUERY(clear_blobs, "DELETE FROM blob WHERE account_id = $1");
DB_QUERY(clear_pairs, "DELETE FROM pair WHERE account_id = $1");
DB_QUERY(clear_relations, "DELETE FROM relation WHERE account_id = $1");
DB_QUERY(clear_merges, "DELETE FROM merge WHERE account_id = $1");

/* The account's own person makes room for the one that comes. */
static bool clear_self(struct book *book, GError **error)
{
    static const struct db_query *const all[] = {
        &clear_sources, &clear_sets,      &clear_persons, &clear_idents,   &clear_traits,
        &clear_search,  &clear_settings,  &clear_changes, &clear_cadences, &clear_blobs,
        &clear_pairs,   &clear_relations, &clear_merges,
    };
    journal_everybody(book);
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        if (!DB_EXEC(book->tx, all[i], error, DB_INT(book->account_id))) {
            return false;
        }
    }
    return noun_row_clear(book->tx, book->account_id, error);
}

/* One row: its digest has to fit the account it came from, and is made anew for this one. */
static bool read_row(struct book *book, const struct table *table, int64_t from_account,
                     const json_t *json, GError **error)
{
    g_autoptr(GPtrArray) keep = g_ptr_array_new_with_free_func(g_free);
    struct db_value values[NOUN_MAX_COLUMNS];
    char digest[DIGEST_TEXT];
    int n = noun_n_columns(table->noun);
    if (!noun_from_json(table->noun, json, keep, values) || values[0].type != DB_TYPE_INT ||
        values[0].u.i != from_account) {
        return refuse_damaged(error, table->noun->table);
    }
    if (table->has_digest) {
        noun_digest(table->noun, values, digest);
        if (values[n - 1].type != DB_TYPE_TEXT || strcmp(values[n - 1].u.s, digest) != 0) {
            return refuse_damaged(error, table->noun->table);
        }
    }
    values[0] = DB_INT(book->account_id);
    return table->has_digest ? noun_write(book->tx, table->noun, table->put, values, error)
                             : db_exec(book->tx, table->put, error, NULL, values, n);
}

/* Columns have to be ours, in our order. */
static bool read_table(struct book *book, const struct table *table, int64_t from_account,
                       const json_t *json, GError **error)
{
    const json_t *columns = json_object_get(json, "columns");
    const json_t *rows = json_object_get(json, "rows");
    int n = noun_n_columns(table->noun);
    if (!json_is_array(rows) || (int)json_array_size(columns) != n) {
        return refuse_format(error);
    }
    for (int i = 0; i < n; i++) {
        char name[32];
        if (g_strcmp0(json_string_value(json_array_get(columns, (size_t)i)),
                      noun_column(table->noun, i, name)) != 0) {
            return refuse_format(error);
        }
    }
    size_t index;
    json_t *row;
    json_array_foreach (rows, index, row) {
        if (!read_row(book, table, from_account, row, error)) {
            return false;
        }
    }
    return true;
}

DB_QUERY(searched_persons,
         "SELECT person_id FROM person WHERE account_id = $1 AND root_id = person_id");

/* Search words are made again; they are no part of the document. */
static bool write_words(struct book *book, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &searched_persons, error, DB_INT(book->account_id));
        int state = rows == NULL ? -1 : 0;
        while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
            int64_t id = db_int(rows, "person_id");
            g_array_append_val(ids, id);
        }
        if (state < 0) {
            return false;
        }
    }
    struct derived derived;
    derived_init(&derived);
    bool is_done = true;
    for (guint i = 0; i < ids->len && is_done; i++) {
        g_autoptr(person_ptr) person = person_load(book, g_array_index(ids, int64_t, i), error);
        is_done = person != NULL;
        if (is_done) {
            derive(person->fold, person->row.person_id, &derived);
            derived.row.is_self = person->row.is_self;
            is_done = standing_load(book, person->member_ids, &derived.row, derived.words, error) &&
                      person_words_write(book, &derived, error);
        }
    }
    derived_clear(&derived);
    return is_done;
}

DB_QUERY(account_row, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE account_id = $1");
DB_QUERY(
    account_set_self,
    "UPDATE account SET self_person_id = $2, display_name = $3, digest = $4 WHERE account_id = $1");

/* The account takes its own person and name from the document; sign-in name and password stay. */
static bool take_self(struct book *book, const json_t *head, GError **error)
{
    const char *shown = json_string_value(json_object_get(head, "display_name"));
    int64_t self_id = json_integer_value(json_object_get(head, "self_person_id"));
    struct db_value values[NOUN_MAX_COLUMNS];
    char digest[DIGEST_TEXT];
    if (shown == NULL || self_id == 0) {
        return refuse_format(error);
    }
    {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &account_row, error, DB_INT(book->account_id));
        if (rows == NULL || db_rows_next(rows, error) <= 0) {
            return false;
        }
        noun_read(&noun_account, rows, values);
        values[2] = DB_TEXT(shown);
        values[5] = DB_INT(self_id);
        noun_digest(&noun_account, values, digest);
    }
    return DB_EXEC(book->tx, &account_set_self, error, DB_INT(book->account_id), DB_INT(self_id),
                   DB_TEXT(shown), DB_TEXT(digest));
}

static bool read_document(struct book *book, const json_t *json, GError **error)
{
    const json_t *head = json_object_get(json, "account");
    const json_t *all = json_object_get(json, "tables");
    int64_t from_account = json_integer_value(json_object_get(head, "account_id"));
    if (json_integer_value(json_object_get(json, "ligature")) != FORMAT || from_account == 0 ||
        !json_is_object(all)) {
        return refuse_format(error);
    }
    if (!check_empty(book, error) || !clear_self(book, error)) {
        return false;
    }
    for (int i = 0; i < n_tables; i++) {
        const json_t *table = json_object_get(all, tables[i].noun->table);
        bool is_wanted = tables[i].is_exported && (table != NULL || !tables[i].is_optional);
        if (is_wanted && !read_table(book, &tables[i], from_account, table, error)) {
            return false;
        }
    }
    return take_self(book, head, error) && write_words(book, error) && book_changed(book, error);
}

bool export_read(struct book *book, const char *text, size_t len, GError **error)
{
    json_error_t where;
    json_t *json = json_loadb(text, len, JSON_REJECT_DUPLICATES, &where);
    if (json == NULL) {
        return refuse(error, "export.unknown_format",
                      "This is no JSON document (line %d: %s). Nothing was changed.", where.line,
                      where.text);
    }
    bool is_done = read_document(book, json, error);
    json_decref(json);
    return is_done;
}
