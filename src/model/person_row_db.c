/* Reading rows of the person table. */
#include "model/person_part.h"

#include "base/fold.h"

void person_row_read(db_rows *rows, const struct book *book, GStringChunk *text,
                     struct person_row *row_out)
{
    *row_out = (struct person_row){
        .person_id = db_int(rows, "person_id"),
        .root_id = db_int(rows, "root_id"),
        .created_at = db_int(rows, "created_at"),
        .deleted_at = db_at(rows, "deleted_at"),
        .changed_at = db_int(rows, "changed_at"),
        .is_self = db_int(rows, "is_self") != 0,
        .name = keep_text(text, db_text(rows, "name")),
        .own_name = keep_text(text, db_text(rows, "own_name")),
        .sort_key = keep_text(text, db_text(rows, "sort_key")),
        .headline = keep_text(text, db_text(rows, "headline")),
        .org = keep_text(text, db_text(rows, "org")),
        .place = keep_text(text, db_text(rows, "place")),
        .region = keep_text(text, db_text(rows, "region")),
        .specialty = keep_text(text, db_text(rows, "specialty")),
        .school = keep_text(text, db_text(rows, "school")),
        .email = keep_text(text, db_text(rows, "email")),
        .phone = keep_text(text, db_text(rows, "phone")),
        .url = keep_text(text, db_text(rows, "url")),
        .photo = keep_text(text, db_text(rows, "photo")),
        .tags = keep_text(text, db_text(rows, "tags")),
        .has_us_link = db_int(rows, "has_us_link") != 0,
        .has_conflict = db_int(rows, "has_conflict") != 0,
        .do_not_contact = db_int(rows, "do_not_contact") != 0,
        .tie = db_real(rows, "tie"),
        .tie_day = (int32_t)db_int(rows, "tie_day"),
        .last_touch_day = db_day(rows, "last_touch_day"),
        .last_touch_kind = keep_text(text, db_text(rows, "last_touch_kind")),
        .n_touches = (int)db_int(rows, "n_touches"),
        .cadence_days = db_is_null(rows, "cadence_days") ? -1 : (int)db_int(rows, "cadence_days"),
        .due_day = db_day(rows, "due_day"),
    };
    if (row_out->own_name != NULL) {
        row_out->own_lang = script_language(row_out->own_name);
        row_out->own_is_rtl = script_is_rtl(row_out->own_name);
    }
    row_out->is_slack =
        tie_is_slack(row_out->last_touch_day, row_out->cadence_days, book_today(book));
}

DB_QUERY(person_root_of, "SELECT root_id FROM person WHERE account_id = $1 AND person_id = $2");

bool person_root(struct book *book, int64_t person_id, int64_t *root_id_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &person_root_of, error, DB_INT(book->account_id), DB_INT(person_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        *root_id_out = db_int(rows, "root_id");
        return true;
    }
    return state == 0 &&
           refuse(error, "person.not_found", "There is no such person in your address book.");
}

DB_QUERY(person_one,
         "SELECT " PERSON_COLUMNS " FROM person WHERE account_id = $1 AND person_id = $2");

/* The row of exactly this id; *found_out false when there is none. */
static bool row_of_id(struct book *book, int64_t person_id, GStringChunk *text,
                      struct person_row *row_out, bool *found_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &person_one, error, DB_INT(book->account_id), DB_INT(person_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        person_row_read(rows, book, text, row_out);
    }
    *found_out = state > 0;
    return state >= 0;
}

bool person_row_load(struct book *book, int64_t person_id, GStringChunk *text,
                     struct person_row *row_out, GError **error)
{
    int64_t root_id;
    bool is_found;
    if (!person_root(book, person_id, &root_id, error) ||
        !row_of_id(book, root_id, text, row_out, &is_found, error)) {
        return false;
    }
    return is_found ||
           bug(error, "person.root_missing",
               "A merged person has lost the one it belongs to; run `ligature verify`.");
}

bool person_rows_load(struct book *book, const GArray *person_ids, GStringChunk *text,
                      GArray *rows_out, GError **error)
{
    for (guint i = 0; i < person_ids->len; i++) {
        struct person_row row;
        bool is_found;
        if (!row_of_id(book, g_array_index(person_ids, int64_t, i), text, &row, &is_found, error)) {
            return false;
        }
        if (is_found) {
            g_array_append_val(rows_out, row);
        }
    }
    return true;
}

DB_QUERY(person_count_all,
         "SELECT count(*) AS n FROM person WHERE account_id = $1 AND deleted_at IS NULL "
         "AND root_id = person_id AND +is_self = 0");

bool person_count(struct book *book, int64_t *n_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &person_count_all, error, DB_INT(book->account_id));
    if (rows == NULL || db_rows_next(rows, error) < 0) {
        return false;
    }
    *n_out = db_int(rows, "n");
    return true;
}

DB_QUERY(
    person_merged_into,
    "SELECT person_id FROM person WHERE account_id = $1 AND root_id = $2 AND root_id <> person_id "
    "ORDER BY person_id");

bool person_members(struct book *book, int64_t root_id, GArray *member_ids_out, GError **error)
{
    g_array_append_val(member_ids_out, root_id);
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &person_merged_into, error, DB_INT(book->account_id), DB_INT(root_id));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        int64_t id = db_int(rows, "person_id");
        g_array_append_val(member_ids_out, id);
    }
    return state == 0;
}

DB_QUERY(account_self, "SELECT self_person_id FROM account WHERE account_id = $1");

bool person_self_id(struct book *book, int64_t *self_id_out, GError **error)
{
    *self_id_out = 0;
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &account_self, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        *self_id_out = db_int(rows, "self_person_id");
    }
    return state >= 0;
}
