/* Favours asked and given. A row keeps the id of the person it was written for; when people are
 * merged it is read as the root's, and it is theirs again when the merge is undone. */
#include "model/favour.h"

#include "data_favour_kinds.h"
#include "model/noun_row.h"
#include "model/person.h"
#include "model/person_part.h"

#include <string.h>

/* ---- states ---- */

static const struct {
    const char *state;
    const char *before; /* that it follows; NULL: nothing */
    bool is_given;
} states[] = {
    {"asked", NULL, false},        {"granted", "asked", false}, {"declined", "asked", false},
    {"thanked", "granted", false}, {"told", "thanked", false},  {"done", NULL, true},
};

/* Index of the state for a direction; -1. */
static int state_find(const char *state, bool is_given)
{
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
        if (states[i].is_given == is_given && g_strcmp0(states[i].state, state) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static bool state_refuse(GError **error)
{
    return refuse(error, "favour.state",
                  "A favour is asked, then granted or declined; what was granted is thanked for, "
                  "and then told how it went.");
}

/* ---- reading ---- */

#define FAVOUR_FOLDED                                                                              \
    "SELECT f.favour_id, p.root_id AS person_id, f.direction, f.kind, q.root_id AS "               \
    "about_person_id, f.about, f.state, f.strategy, f.asked_day, f.settled_day, f.thanked_day, "   \
    "f.told_day, f.note, f.created_at, f.deleted_at FROM favour f "                                \
    "JOIN person p ON p.account_id = f.account_id AND p.person_id = f.person_id "                  \
    "LEFT JOIN person q ON q.account_id = f.account_id AND q.person_id = f.about_person_id "       \
    "WHERE f.account_id = $1 "

static void favour_read(db_rows *rows, GStringChunk *text, struct favour *favour_out)
{
    *favour_out = (struct favour){
        .favour_id = db_int(rows, "favour_id"),
        .person_id = db_int(rows, "person_id"),
        .direction = keep_text(text, db_text(rows, "direction")),
        .kind = keep_text(text, db_text(rows, "kind")),
        .about_person_id = db_int(rows, "about_person_id"),
        .about = keep_text(text, db_text(rows, "about")),
        .state = keep_text(text, db_text(rows, "state")),
        .strategy = keep_text(text, db_text(rows, "strategy")),
        .asked_day = db_day(rows, "asked_day"),
        .settled_day = db_day(rows, "settled_day"),
        .thanked_day = db_day(rows, "thanked_day"),
        .told_day = db_day(rows, "told_day"),
        .note = keep_text(text, db_text(rows, "note")),
        .created_at = db_int(rows, "created_at"),
        .deleted_at = db_at(rows, "deleted_at"),
    };
}

static bool favour_missing(GError **error)
{
    return refuse(error, "favour.not_found", "There is no such favour.");
}

DB_QUERY(favour_one, FAVOUR_FOLDED "AND f.favour_id = $2");

bool favour_load(struct book *book, int64_t favour_id, GStringChunk *text,
                 struct favour *favour_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &favour_one, error, DB_INT(book->account_id), DB_INT(favour_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        favour_read(rows, text, favour_out);
    }
    return state > 0 || (state == 0 && favour_missing(error));
}

/* Favours of deleted people rest with them. */
DB_QUERY(favour_all,
         FAVOUR_FOLDED "AND f.deleted_at IS NULL AND p.deleted_at IS NULL "
                       "ORDER BY CASE WHEN f.asked_day IS NULL THEN 0 ELSE f.asked_day END DESC, "
                       "f.favour_id DESC");
DB_QUERY(favour_of_person, FAVOUR_FOLDED
         "AND f.person_id IN " PERSON_WHOLE " AND f.deleted_at IS NULL AND p.deleted_at IS NULL "
         "ORDER BY CASE WHEN f.asked_day IS NULL THEN 0 ELSE f.asked_day END DESC, "
         "f.favour_id DESC");

bool favour_list(struct book *book, int64_t person_id, GStringChunk *text, GArray *favours_out,
                 GError **error)
{
    int64_t root_id = 0;
    if (person_id != 0 && !person_root(book, person_id, &root_id, error)) {
        return false;
    }
    g_autoptr(db_rows) rows =
        person_id == 0 ? DB_SELECT(book->tx, &favour_all, error, DB_INT(book->account_id))
                       : DB_SELECT(book->tx, &favour_of_person, error, DB_INT(book->account_id),
                                   DB_INT(root_id));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        struct favour favour;
        favour_read(rows, text, &favour);
        g_array_append_val(favours_out, favour);
    }
    return state == 0;
}

/* ---- writing ---- */

/* Direction, kind and state, with what is taken when they are not given. */
static bool favour_check(struct favour *row, GError **error)
{
    bool is_given = g_strcmp0(row->direction, "given") == 0;
    if (!is_given && g_strcmp0(row->direction, "asked") != 0) {
        return refuse(error, "favour.direction", "A favour is asked or given.");
    }
    if (row->kind == NULL || data_favour_kinds_by_id(row->kind) == NULL) {
        return refuse(error, "favour.unknown_kind", "There is no favour of this kind.");
    }
    if (row->state == NULL) {
        row->state = is_given ? "done" : "asked";
    }
    if ((row->about != NULL && strlen(row->about) > 500) ||
        (row->note != NULL && strlen(row->note) > 4000)) {
        return refuse(error, "favour.too_long", "A note has at most 4,000 letters.");
    }
    return state_find(row->state, is_given) >= 0 || state_refuse(error);
}

/* The people as they stand in the row already, while they are the same people. */
static bool keep_people(struct book *book, struct favour *row, GError **error)
{
    struct db_value key = DB_INT(row->favour_id);
    int64_t person_id = 0;
    int64_t about_id = 0;
    {
        g_autoptr(db_rows) rows = noun_row_select(book, &noun_favour, &key, error);
        int state = rows == NULL ? -1 : db_rows_next(rows, error);
        if (state <= 0) {
            return state == 0;
        }
        person_id = db_int(rows, "person_id");
        about_id = db_int(rows, "about_person_id");
    }
    int64_t person_root_id;
    int64_t about_root_id = 0;
    if (!person_root(book, person_id, &person_root_id, error) ||
        (about_id != 0 && !person_root(book, about_id, &about_root_id, error))) {
        return false;
    }
    row->person_id = person_root_id == row->person_id ? person_id : row->person_id;
    row->about_person_id = about_root_id == row->about_person_id ? about_id : row->about_person_id;
    return true;
}

static bool favour_write(struct book *book, const struct favour *row, struct change_log *log,
                         GError **error)
{
    struct db_value values[] = {
        DB_NULL,
        DB_INT(row->favour_id),
        DB_INT(row->person_id),
        DB_TEXT(row->direction),
        DB_TEXT(row->kind),
        noun_id(row->about_person_id),
        noun_words(row->about),
        DB_TEXT(row->state),
        noun_words(row->strategy),
        noun_day(row->asked_day),
        noun_day(row->settled_day),
        noun_day(row->thanked_day),
        noun_day(row->told_day),
        noun_words(row->note),
        DB_INT(row->created_at),
        DB_AT(row->deleted_at),
        DB_NULL,
    };
    return noun_row_put(book, &noun_favour, values, log, error);
}

bool favour_save(struct book *book, const struct favour *favour, struct change_log *log,
                 int64_t *favour_id_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct favour row = *favour;
    struct favour old = {.created_at = book_now(book), .deleted_at = AT_NONE};
    if (!favour_check(&row, error) ||
        (row.favour_id != 0 && !favour_load(book, row.favour_id, text, &old, error)) ||
        !person_root(book, row.person_id, &row.person_id, error) ||
        (row.about_person_id != 0 &&
         !person_root(book, row.about_person_id, &row.about_person_id, error)) ||
        (row.favour_id != 0 && !keep_people(book, &row, error))) {
        return false;
    }
    row.favour_id = row.favour_id != 0 ? row.favour_id : book_new_id(book);
    row.asked_day = row.asked_day > 0 ? row.asked_day : book_today(book);
    row.created_at = old.created_at;
    row.deleted_at = old.deleted_at;
    if (favour_id_out != NULL) {
        *favour_id_out = row.favour_id;
    }
    return favour_write(book, &row, log, error);
}

bool favour_move(struct book *book, int64_t favour_id, const char *state, int32_t day,
                 struct change_log *log, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct favour row;
    if (!favour_load(book, favour_id, text, &row, error)) {
        return false;
    }
    int next = state_find(state, false);
    if (strcmp(row.direction, "asked") != 0 || next < 0 || states[next].before == NULL ||
        strcmp(states[next].before, row.state) != 0) {
        return state_refuse(error);
    }
    day = day > 0 ? day : book_today(book);
    row.state = states[next].state;
    if (strcmp(row.state, "thanked") == 0) {
        row.thanked_day = day;
    } else if (strcmp(row.state, "told") == 0) {
        row.told_day = day;
    } else {
        row.settled_day = day;
    }
    return keep_people(book, &row, error) && favour_write(book, &row, log, error);
}

bool favour_delete(struct book *book, int64_t favour_id, struct change_log *log, GError **error)
{
    bool is_found;
    return noun_row_delete(book, &noun_favour, favour_id, log, &is_found, error) &&
           (is_found || favour_missing(error));
}

DB_QUERY(favour_about, "SELECT " FAVOUR_COLUMNS " FROM favour WHERE account_id = $1 AND "
                       "about_person_id = $2");

/* About whom, as column numbers of the noun. */
#define COLUMN_ABOUT_PERSON 5
#define COLUMN_ABOUT 6

bool favour_forget(struct book *book, int64_t person_id, GError **error)
{
    g_autoptr(GPtrArray) images = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
    {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &favour_about, error, DB_INT(book->account_id), DB_INT(person_id));
        int state = rows == NULL ? -1 : 0;
        while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
            struct db_value values[NOUN_MAX_COLUMNS];
            noun_read(&noun_favour, rows, values);
            g_ptr_array_add(images, noun_json(&noun_favour, values));
        }
        if (state < 0) {
            return false;
        }
    }
    for (guint i = 0; i < images->len; i++) {
        struct db_value values[NOUN_MAX_COLUMNS];
        if (!noun_from_json(&noun_favour, g_ptr_array_index(images, i), NULL, values)) {
            return bug(error, "favour.damaged", "A favour in the store cannot be read.");
        }
        values[COLUMN_ABOUT_PERSON] = DB_NULL;
        values[COLUMN_ABOUT] = DB_NULL;
        if (!noun_row_put(book, &noun_favour, values, NULL, error)) {
            return false;
        }
    }
    return true;
}
