/* Exact identifiers: who carries one, and which one carries. */
#include "model/person_part.h"

#include <string.h>

DB_QUERY(ident_carriers,
         "SELECT DISTINCT p.root_id AS person_id FROM ident i "
         "JOIN person p ON p.account_id = i.account_id AND p.person_id = i.person_id "
         "WHERE i.account_id = $1 AND i.kind = $2 AND i.value = $3 AND p.deleted_at IS NULL ORDER "
         "BY p.root_id");

bool ident_find(struct book *book, enum ident_kind kind, const char *value, GArray *person_ids_out,
                GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &ident_carriers, error, DB_INT(book->account_id),
                                        DB_TEXT(ident_kind_text(kind)), DB_TEXT(value));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        int64_t id = db_int(rows, "person_id");
        g_array_append_val(person_ids_out, id);
    }
    return state == 0;
}

DB_QUERY(ident_all,
         "SELECT i.kind, i.value, p.root_id FROM ident i "
         "JOIN person p ON p.account_id = i.account_id AND p.person_id = i.person_id "
         "WHERE i.account_id = $1 AND p.deleted_at IS NULL ORDER BY i.kind, i.value, i.person_id");

bool ident_each(struct book *book, ident_fn *each, void *data, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &ident_all, error, DB_INT(book->account_id));
    if (rows == NULL) {
        return false;
    }
    int kind_column = db_column(rows, "kind");
    int value_column = db_column(rows, "value");
    int root_column = db_column(rows, "root_id");
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        each(ident_kind_parse(db_col_text(rows, kind_column)), db_col_text(rows, value_column),
             db_col_int(rows, root_column), data);
    }
    return state == 0;
}

static gint compare_values(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool ident_of_person(struct book *book, int64_t person_id, enum ident_kind kind, GStringChunk *text,
                     GPtrArray *values_out, GError **error)
{
    g_autoptr(GArray) member_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    if (!person_members(book, person_id, member_ids, error)) {
        return false;
    }
    for (guint m = 0; m < member_ids->len; m++) {
        struct person_keys keys;
        bool is_read =
            person_keys_load(book, g_array_index(member_ids, int64_t, m), &keys, error);
        for (size_t i = 0; i < person_keys_count(&keys) && is_read; i++) {
            struct person_key key = person_keys_at(&keys, i);
            if (strcmp(key.kind, ident_kind_text(kind)) == 0) {
                g_ptr_array_add(values, (gpointer)keep_text(text, key.value));
            }
        }
        person_keys_clear(&keys);
        if (!is_read) {
            return false;
        }
    }
    g_ptr_array_sort(values, compare_values);
    for (guint i = 0; i < values->len; i++) {
        if (i == 0 || strcmp(values->pdata[i], values->pdata[i - 1]) != 0) {
            g_ptr_array_add(values_out, values->pdata[i]);
        }
    }
    return true;
}
