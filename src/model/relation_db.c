/* Relations between people, and their statements. */
#include "model/relation_part.h"

#include "model/noun.h"
#include "model/person_part.h"
#include "model/person.h"

#include <string.h>

const char *const relation_kinds[] = {"knows",     "introduced", "married", "coauthor",
                                      "colleague", "teacher",    NULL};

DB_QUERY(relation_put,
         "INSERT INTO relation (" RELATION_COLUMNS ") " VALUES_9 " ON CONFLICT DO NOTHING");
DB_QUERY(relation_same, "SELECT relation_id FROM relation WHERE account_id = $1 AND a_id = $2 AND "
                        "b_id = $3 AND kind = $4");

/* The same relation, either way round where it has no direction; 0: none. */
static bool find_same(struct book *book, const struct relation *relation, int64_t *relation_id_out,
                      GError **error)
{
    bool is_mutual =
        strcmp(relation->kind, "introduced") != 0 && strcmp(relation->kind, "teacher") != 0;
    *relation_id_out = 0;
    for (int turn = 0; turn < (is_mutual ? 2 : 1) && *relation_id_out == 0; turn++) {
        int64_t from = turn == 0 ? relation->a_id : relation->b_id;
        int64_t to = turn == 0 ? relation->b_id : relation->a_id;
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &relation_same, error, DB_INT(book->account_id), DB_INT(from),
                      DB_INT(to), DB_TEXT(relation->kind));
        int state = rows == NULL ? -1 : db_rows_next(rows, error);
        if (state < 0) {
            return false;
        }
        *relation_id_out = state > 0 ? db_int(rows, "relation_id") : 0;
    }
    return true;
}

bool relation_add(struct book *book, const struct relation *relation, struct change_log *log,
                  int64_t *relation_id_out, GError **error)
{
    struct relation row = *relation;
    if (row.kind == NULL || !g_strv_contains(relation_kinds, row.kind)) {
        return refuse(
            error, "relation.kind_unknown",
            "A relation is one of knows, introduced, married, coauthor, colleague, teacher.");
    }
    if (!person_root(book, row.a_id, &row.a_id, error) ||
        !person_root(book, row.b_id, &row.b_id, error)) {
        return false;
    }
    if (row.a_id == row.b_id) {
        return refuse(error, "relation.same", "A relation needs two people.");
    }
    if (!find_same(book, &row, relation_id_out, error) || *relation_id_out != 0) {
        return *relation_id_out != 0;
    }
    *relation_id_out = book_new_id(book);
    change_add(log, json_pack("{s:s,s:I}", "undo", "relation_add", "relation",
                              (json_int_t)*relation_id_out));
    struct db_value values[] = {DB_INT(book->account_id),
                                DB_INT(*relation_id_out),
                                DB_INT(row.a_id),
                                DB_INT(row.b_id),
                                DB_TEXT(row.kind),
                                DB_TEXT(row.note),
                                row.source_id == 0 ? DB_NULL : DB_INT(row.source_id),
                                DB_INT(book_now(book)),
                                DB_NULL};
    return book_changed(book, error) &&
           noun_write(book->tx, &noun_relation, &relation_put, values, error);
}

DB_QUERY(relation_one,
         "SELECT " RELATION_COLUMNS " FROM relation WHERE account_id = $1 AND relation_id = $2");
DB_QUERY(relation_delete, "DELETE FROM relation WHERE account_id = $1 AND relation_id = $2");

bool relation_remove(struct book *book, int64_t relation_id, struct change_log *log, GError **error)
{
    {
        g_autoptr(db_rows) rows = DB_SELECT(book->tx, &relation_one, error,
                                            DB_INT(book->account_id), DB_INT(relation_id));
        int state = rows == NULL ? -1 : db_rows_next(rows, error);
        if (state <= 0) {
            return state == 0 && refuse(error, "relation.not_found", "There is no such relation.");
        }
        struct db_value values[NOUN_MAX_COLUMNS];
        noun_read(&noun_relation, rows, values);
        change_add(log, json_pack("{s:s,s:o}", "undo", "relation_remove", "row",
                                  noun_json(&noun_relation, values)));
    }
    return book_changed(book, error) && DB_EXEC(book->tx, &relation_delete, error,
                                                DB_INT(book->account_id), DB_INT(relation_id));
}

bool relation_undo_remove(struct book *book, const json_t *reverse, GError **error)
{
    struct db_value values[NOUN_MAX_COLUMNS];
    if (!noun_from_json(&noun_relation, json_object_get(reverse, "row"), NULL, values)) {
        return bug(error, "change.damaged",
                   "A change in the store cannot be read; run `ligature verify`.");
    }
    values[0] = DB_INT(book->account_id);
    return book_changed(book, error) &&
           noun_write(book->tx, &noun_relation, &relation_put, values, error);
}

DB_QUERY(relation_of_person, "SELECT " RELATION_COLUMNS
                             " FROM relation WHERE account_id = $1 AND ($2 = CAST(0 AS BIGINT) "
                             "OR a_id IN " PERSON_WHOLE " "
                             "OR b_id IN " PERSON_WHOLE ") "
                             "ORDER BY relation_id");

bool relation_list(struct book *book, int64_t person_id, GStringChunk *text, GArray *relations_out,
                   GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &relation_of_person, error,
                                        DB_INT(book->account_id), DB_INT(person_id));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct relation relation = {
            .relation_id = db_int(rows, "relation_id"),
            .a_id = db_int(rows, "a_id"),
            .b_id = db_int(rows, "b_id"),
            .kind = keep_text(text, db_text(rows, "kind")),
            .note = keep_text(text, db_text(rows, "note")),
            .source_id = db_int(rows, "source_id"),
            .created_at = db_int(rows, "created_at"),
        };
        g_array_append_val(relations_out, relation);
    }
    return state == 0;
}
