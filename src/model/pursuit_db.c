/* Pursuits and the people met through them. */
#include "model/pursuit.h"

#include "data_pursuit_kinds.h"
#include "data_pursuit_stages.h"
#include "data_strategies.h"
#include "model/noun_row.h"
#include "model/person.h"

#include <string.h>

static const struct data_pursuit_stages *stage_find(const char *kind, const char *stage)
{
    for (size_t i = 0; i < n_data_pursuit_stages; i++) {
        const struct data_pursuit_stages *row = &data_pursuit_stages[i];
        if (strcmp(row->kind, kind) == 0 && strcmp(row->id, stage) == 0) {
            return row;
        }
    }
    return NULL;
}

static bool is_too_long(const char *words, glong most)
{
    return words != NULL && g_utf8_strlen(words, -1) > most;
}

static bool pursuit_check(struct pursuit *row, GError **error)
{
    const struct data_pursuit_kinds *kind =
        row->kind == NULL ? NULL : data_pursuit_kinds_by_id(row->kind);
    if (row->title == NULL || row->title[0] == '\0') {
        return refuse(error, "pursuit.title_missing", "Say what it is.");
    }
    if (is_too_long(row->title, 200) || is_too_long(row->role, 200) ||
        is_too_long(row->note, 4000)) {
        return refuse(error, "pursuit.too_long",
                      "A title and a part in it have at most 200 letters, a note 4,000.");
    }
    if (kind == NULL) {
        return refuse(error, "pursuit.unknown_kind", "There is nothing of this kind to go after.");
    }
    row->stage = row->stage == NULL || row->stage[0] == '\0' ? kind->first_stage : row->stage;
    if (stage_find(kind->id, row->stage) == NULL) {
        return refuse(error, "pursuit.unknown_stage", "“%s” is no stage of this.", row->stage);
    }
    if (row->strategy != NULL && data_strategies_by_id(row->strategy) == NULL) {
        return refuse(error, "pursuit.unknown_strategy", "There is no strategy “%s”.",
                      row->strategy);
    }
    if (row->from_day > 0 && row->until_day > 0 && row->until_day < row->from_day) {
        return refuse(error, "pursuit.order", "The last day comes before the first.");
    }
    if (row->url != NULL && row->url[0] != '\0' && !g_str_has_prefix(row->url, "https://") &&
        !g_str_has_prefix(row->url, "http://")) {
        return refuse(error, "pursuit.url", "An address begins with https://.");
    }
    return true;
}

static void pursuit_read(db_rows *rows, GStringChunk *text, struct pursuit *pursuit_out)
{
    *pursuit_out = (struct pursuit){
        .pursuit_id = db_int(rows, "pursuit_id"),
        .kind = keep_text(text, db_text(rows, "kind")),
        .title = keep_text(text, db_text(rows, "title")),
        .ref = keep_text(text, db_text(rows, "ref")),
        .stage = keep_text(text, db_text(rows, "stage")),
        .strategy = keep_text(text, db_text(rows, "strategy")),
        .from_day = db_day(rows, "from_day"),
        .until_day = db_day(rows, "until_day"),
        .due_day = db_day(rows, "due_day"),
        .minutes = (int)noun_number_of(rows, "minutes"),
        .cost_cents = noun_number_of(rows, "cost_cents"),
        .currency = keep_text(text, db_text(rows, "currency")),
        .price_year = (int)db_int(rows, "price_year"),
        .role = keep_text(text, db_text(rows, "role")),
        .url = keep_text(text, db_text(rows, "url")),
        .note = keep_text(text, db_text(rows, "note")),
        .created_at = db_int(rows, "created_at"),
        .closed_at = db_at(rows, "closed_at"),
        .deleted_at = db_at(rows, "deleted_at"),
    };
}

static bool pursuit_missing(GError **error)
{
    return refuse(error, "pursuit.not_found", "There is no such thing among your pursuits.");
}

bool pursuit_load(struct book *book, int64_t pursuit_id, GStringChunk *text,
                  struct pursuit *pursuit_out, GError **error)
{
    struct db_value key = DB_INT(pursuit_id);
    g_autoptr(db_rows) rows = noun_row_select(book, &noun_pursuit, &key, error);
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        pursuit_read(rows, text, pursuit_out);
    }
    return state > 0 || (state == 0 && pursuit_missing(error));
}

/* The moment it came to its end: now, or then; AT_NONE while it goes on. */
static int64_t closed_at(struct book *book, const struct pursuit *row, const struct pursuit *old)
{
    if (!stage_find(row->kind, row->stage)->is_end) {
        return AT_NONE;
    }
    return old->closed_at != AT_NONE ? old->closed_at : book_now(book);
}

bool pursuit_save(struct book *book, const struct pursuit *pursuit, struct change_log *log,
                  int64_t *pursuit_id_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct pursuit row = *pursuit;
    struct pursuit old = {
        .created_at = book_now(book), .closed_at = AT_NONE, .deleted_at = AT_NONE};
    if (!pursuit_check(&row, error) ||
        (row.pursuit_id != 0 && !pursuit_load(book, row.pursuit_id, text, &old, error))) {
        return false;
    }
    row.pursuit_id = row.pursuit_id != 0 ? row.pursuit_id : book_new_id(book);
    if (pursuit_id_out != NULL) {
        *pursuit_id_out = row.pursuit_id;
    }
    struct db_value values[] = {
        DB_NULL,
        DB_INT(row.pursuit_id),
        DB_TEXT(row.kind),
        DB_TEXT(row.title),
        noun_words(row.ref),
        DB_TEXT(row.stage),
        noun_words(row.strategy),
        noun_day(row.from_day),
        noun_day(row.until_day),
        noun_day(row.due_day),
        noun_number(row.minutes),
        noun_number(row.cost_cents),
        row.cost_cents < 0 ? DB_NULL : DB_TEXT(row.currency == NULL ? "USD" : row.currency),
        noun_id(row.price_year),
        noun_words(row.role),
        noun_words(row.url),
        noun_words(row.note),
        DB_INT(old.created_at),
        DB_AT(closed_at(book, &row, &old)),
        DB_AT(old.deleted_at),
        DB_NULL,
    };
    return noun_row_put(book, &noun_pursuit, values, log, error);
}

bool pursuit_delete(struct book *book, int64_t pursuit_id, struct change_log *log, GError **error)
{
    bool is_found;
    return noun_row_delete(book, &noun_pursuit, pursuit_id, log, &is_found, error) &&
           (is_found || pursuit_missing(error));
}

DB_QUERY(pursuit_all, "SELECT " PURSUIT_COLUMNS " FROM pursuit WHERE account_id = $1 "
                      "AND (CAST($2 AS TEXT) IS NULL OR kind = $2) AND deleted_at IS NULL "
                      "ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, "
                      "CASE WHEN due_day IS NULL THEN 1 ELSE 0 END, due_day, pursuit_id");

bool pursuit_list(struct book *book, const char *kind, GStringChunk *text, GArray *pursuits_out,
                  GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &pursuit_all, error, DB_INT(book->account_id), DB_TEXT(kind));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        struct pursuit pursuit;
        pursuit_read(rows, text, &pursuit);
        g_array_append_val(pursuits_out, pursuit);
    }
    return state == 0;
}

/* ---- people ---- */

DB_QUERY(pursuit_members,
         "SELECT l.person_id FROM pursuit_person l "
         "JOIN person p ON p.account_id = l.account_id AND p.person_id = l.person_id "
         "WHERE l.account_id = $1 AND l.pursuit_id = $2 AND p.root_id = $3");

/* Takes away the rows of everybody merged with a person. */
static bool remove_whole(struct book *book, int64_t pursuit_id, int64_t root_id,
                         struct change_log *log, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &pursuit_members, error, DB_INT(book->account_id),
                      DB_INT(pursuit_id), DB_INT(root_id));
        int state = rows == NULL ? -1 : 0;
        while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
            int64_t id = db_int(rows, "person_id");
            g_array_append_val(ids, id);
        }
        if (state < 0) {
            return false;
        }
    }
    for (guint i = 0; i < ids->len; i++) {
        struct db_value key[] = {DB_INT(pursuit_id), DB_INT(g_array_index(ids, int64_t, i))};
        if (!noun_row_remove(book, &noun_pursuit_person, key, log, error)) {
            return false;
        }
    }
    return true;
}

bool pursuit_person_add(struct book *book, const struct pursuit_person *link,
                        struct change_log *log, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct pursuit pursuit;
    int64_t root_id;
    if (is_too_long(link->role, 200)) {
        return refuse(error, "pursuit.too_long", "A part in it has at most 200 letters.");
    }
    if (!pursuit_load(book, link->pursuit_id, text, &pursuit, error) ||
        !person_root(book, link->person_id, &root_id, error) ||
        !remove_whole(book, link->pursuit_id, root_id, log, error)) {
        return false;
    }
    struct db_value values[] = {
        DB_NULL,
        DB_INT(link->pursuit_id),
        DB_INT(root_id),
        DB_TEXT(link->role == NULL || link->role[0] == '\0' ? "met" : link->role),
        noun_day(link->on_day),
        DB_NULL,
    };
    return noun_row_put(book, &noun_pursuit_person, values, log, error);
}

bool pursuit_person_remove(struct book *book, int64_t pursuit_id, int64_t person_id,
                           struct change_log *log, GError **error)
{
    int64_t root_id;
    return person_root(book, person_id, &root_id, error) &&
           remove_whole(book, pursuit_id, root_id, log, error);
}

/* Of people merged since, the row with the earlier day counts; deleted people rest. */
DB_QUERY(
    pursuit_people,
    "SELECT l.pursuit_id, p.root_id AS person_id, l.role, l.on_day FROM pursuit_person l "
    "JOIN person p ON p.account_id = l.account_id AND p.person_id = l.person_id "
    "JOIN pursuit u ON u.account_id = l.account_id AND u.pursuit_id = l.pursuit_id "
    "WHERE l.account_id = $1 AND ($2 = CAST(0 AS BIGINT) OR l.pursuit_id = $2) "
    "AND p.deleted_at IS NULL AND u.deleted_at IS NULL "
    "ORDER BY l.pursuit_id, p.root_id, CASE WHEN l.on_day IS NULL THEN 1 ELSE 0 END, l.on_day");

bool pursuit_person_list(struct book *book, int64_t pursuit_id, GStringChunk *text,
                         GArray *links_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &pursuit_people, error, DB_INT(book->account_id), DB_INT(pursuit_id));
    int state = rows == NULL ? -1 : 0;
    struct pursuit_person last = {0};
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        struct pursuit_person link = {
            .pursuit_id = db_int(rows, "pursuit_id"),
            .person_id = db_int(rows, "person_id"),
            .role = keep_text(text, db_text(rows, "role")),
            .on_day = db_day(rows, "on_day"),
        };
        if (link.pursuit_id != last.pursuit_id || link.person_id != last.person_id) {
            g_array_append_val(links_out, link);
        }
        last = link;
    }
    return state == 0;
}
