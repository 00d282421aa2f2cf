/* The notebook of answers. */
#include "model/saved.h"

#include "model/noun_row.h"

#include <string.h>

#define BODY_MOST 20000

static bool is_missing(const char *words)
{
    return words == NULL || words[0] == '\0';
}

static bool saved_check(struct book *book, const struct saved *saved, GError **error)
{
    int year;
    int month;
    int day;
    day_to_ymd(book_today(book), &year, &month, &day);
    if (is_missing(saved->question) || g_utf8_strlen(saved->question, -1) > 500) {
        return refuse(error, "saved.question_missing",
                      "Say what was asked, in at most 500 letters.");
    }
    if (is_missing(saved->body) || g_utf8_strlen(saved->body, -1) > BODY_MOST) {
        return refuse(error, "saved.body_missing",
                      "Write down the answer, in at most 20,000 letters.");
    }
    if (is_missing(saved->source) || g_utf8_strlen(saved->source, -1) > 200) {
        return refuse(error, "saved.source_missing",
                      "Say where it was found: the forum, the person or the page.");
    }
    if (!is_missing(saved->url) && !g_str_has_prefix(saved->url, "https://") &&
        !g_str_has_prefix(saved->url, "http://")) {
        return refuse(error, "saved.url", "An address begins with https://.");
    }
    if (saved->year != 0 && (saved->year < 1950 || saved->year > year + 5)) {
        return refuse(error, "saved.year", "A year from 1950 to %d is needed.", year + 5);
    }
    if (saved->on_day > book_today(book)) {
        return refuse(error, "saved.day_ahead", "It cannot have been found after today.");
    }
    return true;
}

static void saved_read(db_rows *rows, GStringChunk *text, struct saved *saved_out)
{
    *saved_out = (struct saved){
        .saved_id = db_int(rows, "saved_id"),
        .question = keep_text(text, db_text(rows, "question")),
        .body = keep_text(text, db_text(rows, "body")),
        .source = keep_text(text, db_text(rows, "source")),
        .url = keep_text(text, db_text(rows, "url")),
        .year = (int)db_int(rows, "year"),
        .is_rumour = db_int(rows, "is_rumour") != 0,
        .on_day = db_day(rows, "on_day"),
        .minutes = (int)noun_number_of(rows, "minutes"),
        .created_at = db_int(rows, "created_at"),
        .deleted_at = db_at(rows, "deleted_at"),
    };
}

static bool saved_missing(GError **error)
{
    return refuse(error, "saved.not_found", "There is no such answer in the notebook.");
}

bool saved_load(struct book *book, int64_t saved_id, GStringChunk *text, struct saved *saved_out,
                GError **error)
{
    struct db_value key = DB_INT(saved_id);
    g_autoptr(db_rows) rows = noun_row_select(book, &noun_saved, &key, error);
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        saved_read(rows, text, saved_out);
    }
    return state > 0 || (state == 0 && saved_missing(error));
}

bool saved_save(struct book *book, const struct saved *saved, struct change_log *log,
                int64_t *saved_id_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct saved old = {.created_at = book_now(book), .deleted_at = AT_NONE};
    if (!saved_check(book, saved, error) ||
        (saved->saved_id != 0 && !saved_load(book, saved->saved_id, text, &old, error))) {
        return false;
    }
    int64_t id = saved->saved_id != 0 ? saved->saved_id : book_new_id(book);
    if (saved_id_out != NULL) {
        *saved_id_out = id;
    }
    struct db_value values[] = {
        DB_NULL,
        DB_INT(id),
        DB_TEXT(saved->question),
        DB_TEXT(saved->body),
        DB_TEXT(saved->source),
        noun_words(saved->url),
        noun_id(saved->year),
        DB_INT(saved->is_rumour),
        DB_INT(saved->on_day <= 0 ? book_today(book) : saved->on_day),
        noun_number(saved->minutes),
        DB_INT(old.created_at),
        DB_AT(old.deleted_at),
        DB_NULL,
    };
    return noun_row_put(book, &noun_saved, values, log, error);
}

bool saved_delete(struct book *book, int64_t saved_id, struct change_log *log, GError **error)
{
    bool is_found;
    return noun_row_delete(book, &noun_saved, saved_id, log, &is_found, error) &&
           (is_found || saved_missing(error));
}

DB_QUERY(saved_all, "SELECT " SAVED_COLUMNS " FROM saved WHERE account_id = $1 AND deleted_at IS "
                    "NULL ORDER BY on_day DESC, saved_id DESC");

bool saved_list(struct book *book, GStringChunk *text, GArray *saved_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &saved_all, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        struct saved saved;
        saved_read(rows, text, &saved);
        g_array_append_val(saved_out, saved);
    }
    return state == 0;
}
