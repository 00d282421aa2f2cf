/* Practice, rated by oneself and by a peer through a link that works once; and the stories. The
 * link is "<id of the account>.<secret>"; only the secret's hash is kept, and only while it is
 * open. */
#include "model/practice.h"

#include "data_stories.h"
#include "data_strategies.h"
#include "model/noun_row.h"
#include "model/secret.h"

#include <string.h>

#define STORY_MOST 8000

static bool kind_is_known(const char *kind)
{
    static const char *const kinds[] = {"story", "listening", "lesson", "talk", "circle", NULL};
    return kind != NULL && g_strv_contains(kinds, kind);
}

static bool rating_is_good(int rating)
{
    return rating == -1 || (rating >= 1 && rating <= 5);
}

static bool rating_refuse(GError **error)
{
    return refuse(error, "practice.rating", "A rating is a number from 1 to 5.");
}

static bool practice_check(struct book *book, const struct practice *practice, GError **error)
{
    if (practice->strategy == NULL || data_strategies_by_id(practice->strategy) == NULL) {
        return refuse(error, "practice.unknown_strategy", "There is no such strategy.");
    }
    if (!kind_is_known(practice->kind)) {
        return refuse(error, "practice.unknown_kind",
                      "What is practised is a story, listening, a lesson, a talk or the circle.");
    }
    if (practice->on_day > book_today(book)) {
        return refuse(error, "practice.day_ahead", "Practice lies on a day until today.");
    }
    if (practice->note != NULL && g_utf8_strlen(practice->note, -1) > 4000) {
        return refuse(error, "practice.note_too_long", "A note has at most 4,000 letters.");
    }
    return rating_is_good(practice->self_rating) || rating_refuse(error);
}

static void practice_read(db_rows *rows, GStringChunk *text, struct practice *practice_out)
{
    *practice_out = (struct practice){
        .practice_id = db_int(rows, "practice_id"),
        .strategy = keep_text(text, db_text(rows, "strategy")),
        .kind = keep_text(text, db_text(rows, "kind")),
        .ref = keep_text(text, db_text(rows, "ref")),
        .on_day = db_day(rows, "on_day"),
        .minutes = (int)noun_number_of(rows, "minutes"),
        .self_rating = (int)noun_number_of(rows, "self_rating"),
        .peer_rating = (int)noun_number_of(rows, "peer_rating"),
        .peer_words = keep_text(text, db_text(rows, "peer_words")),
        .peer_hash = keep_text(text, db_text(rows, "peer_hash")),
        .note = keep_text(text, db_text(rows, "note")),
        .created_at = db_int(rows, "created_at"),
        .deleted_at = db_at(rows, "deleted_at"),
    };
}

static bool practice_missing(GError **error)
{
    return refuse(error, "practice.not_found", "There is no such practice.");
}

bool practice_load(struct book *book, int64_t practice_id, GStringChunk *text,
                   struct practice *practice_out, GError **error)
{
    struct db_value key = DB_INT(practice_id);
    g_autoptr(db_rows) rows = noun_row_select(book, &noun_practice, &key, error);
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        practice_read(rows, text, practice_out);
    }
    return state > 0 || (state == 0 && practice_missing(error));
}

static bool practice_write(struct book *book, const struct practice *row, struct change_log *log,
                           GError **error)
{
    struct db_value values[] = {
        DB_NULL,
        DB_INT(row->practice_id),
        DB_TEXT(row->strategy),
        DB_TEXT(row->kind),
        noun_words(row->ref),
        DB_INT(row->on_day),
        noun_number(row->minutes),
        noun_number(row->self_rating),
        noun_number(row->peer_rating),
        noun_words(row->peer_words),
        noun_words(row->peer_hash),
        noun_words(row->note),
        DB_INT(row->created_at),
        DB_AT(row->deleted_at),
        DB_NULL,
    };
    return noun_row_put(book, &noun_practice, values, log, error);
}

bool practice_save(struct book *book, const struct practice *practice, struct change_log *log,
                   int64_t *practice_id_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct practice row = *practice;
    struct practice old = {.peer_rating = -1, .created_at = book_now(book), .deleted_at = AT_NONE};
    if (!practice_check(book, practice, error) ||
        (row.practice_id != 0 && !practice_load(book, row.practice_id, text, &old, error))) {
        return false;
    }
    row.practice_id = row.practice_id != 0 ? row.practice_id : book_new_id(book);
    row.on_day = row.on_day > 0 ? row.on_day : book_today(book);
    row.peer_rating = old.peer_rating;
    row.peer_words = old.peer_words;
    row.peer_hash = old.peer_hash;
    row.created_at = old.created_at;
    row.deleted_at = old.deleted_at;
    if (practice_id_out != NULL) {
        *practice_id_out = row.practice_id;
    }
    return practice_write(book, &row, log, error);
}

bool practice_delete(struct book *book, int64_t practice_id, struct change_log *log, GError **error)
{
    bool is_found;
    return noun_row_delete(book, &noun_practice, practice_id, log, &is_found, error) &&
           (is_found || practice_missing(error));
}

DB_QUERY(practice_all, "SELECT " PRACTICE_COLUMNS " FROM practice WHERE account_id = $1 "
                       "AND (CAST($2 AS TEXT) IS NULL OR strategy = $2) AND deleted_at IS NULL "
                       "ORDER BY on_day DESC, practice_id DESC");

bool practice_list(struct book *book, const char *strategy, GStringChunk *text,
                   GArray *practices_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &practice_all, error, DB_INT(book->account_id), DB_TEXT(strategy));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        struct practice practice;
        practice_read(rows, text, &practice);
        g_array_append_val(practices_out, practice);
    }
    return state == 0;
}

/* ---- the peer's link ---- */

bool practice_open_peer(struct book *book, int64_t practice_id, char **secret_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct practice row;
    char secret[SECRET_TEXT];
    char hash[DIGEST_TEXT];
    char id[ID_TEXT];
    if (!practice_load(book, practice_id, text, &row, error)) {
        return false;
    }
    if (row.deleted_at != AT_NONE) {
        return practice_missing(error);
    }
    secret_new(secret);
    row.peer_hash = secret_hash(secret, hash);
    if (!practice_write(book, &row, NULL, error)) {
        return false;
    }
    *secret_out = g_strdup_printf("%s.%s", id_format(book->account_id, id), secret);
    return true;
}

DB_QUERY(practice_by_secret, "SELECT " PRACTICE_COLUMNS " FROM practice WHERE account_id = $1 AND "
                             "peer_hash = $2 AND deleted_at IS NULL");

static bool link_over(GError **error)
{
    return refuse(error, "practice.link_over",
                  "This link has been used, or was replaced by a newer one.");
}

bool practice_of_secret(struct db_tx *tx, const char *secret, GStringChunk *text,
                        int64_t *account_id_out, struct practice *practice_out, GError **error)
{
    const char *random;
    char hash[DIGEST_TEXT];
    if (!secret_split(secret, "", '.', account_id_out, &random)) {
        return link_over(error);
    }
    g_autoptr(db_rows) rows = DB_SELECT(tx, &practice_by_secret, error, DB_INT(*account_id_out),
                                        DB_TEXT(secret_hash(random, hash)));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        practice_read(rows, text, practice_out);
    }
    return state > 0 || (state == 0 && link_over(error));
}

bool practice_peer_rate(struct book *book, int64_t practice_id, int rating, const char *words,
                        GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct practice row;
    if (!practice_load(book, practice_id, text, &row, error)) {
        return false;
    }
    if (row.peer_hash == NULL || row.deleted_at != AT_NONE) {
        return link_over(error);
    }
    if (rating < 1 || !rating_is_good(rating)) {
        return rating_refuse(error);
    }
    if (words != NULL && g_utf8_strlen(words, -1) > 2000) {
        return refuse(error, "practice.words_too_long", "At most 2,000 letters are kept.");
    }
    row.peer_rating = rating;
    row.peer_words = words;
    row.peer_hash = NULL;
    return practice_write(book, &row, NULL, error);
}

/* ---- stories ---- */

bool story_save(struct book *book, const char *kind, const char *body, struct change_log *log,
                GError **error)
{
    if (kind == NULL || data_stories_by_id(kind) == NULL) {
        return refuse(error, "story.unknown_kind", "There is no story of this kind.");
    }
    if (body == NULL || body[0] == '\0') {
        struct db_value key = DB_TEXT(kind);
        return noun_row_remove(book, &noun_story, &key, log, error);
    }
    if (g_utf8_strlen(body, -1) > STORY_MOST) {
        return refuse(error, "story.too_long", "A story has at most 8,000 letters.");
    }
    struct db_value values[] = {DB_NULL, DB_TEXT(kind), DB_TEXT(body), DB_INT(book_now(book)),
                                DB_NULL};
    return noun_row_put(book, &noun_story, values, log, error);
}

DB_QUERY(story_all, "SELECT " STORY_COLUMNS " FROM story WHERE account_id = $1 ORDER BY kind");

bool story_list(struct book *book, GStringChunk *text, GArray *stories_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &story_all, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        struct story story = {
            .kind = keep_text(text, db_text(rows, "kind")),
            .body = keep_text(text, db_text(rows, "body")),
            .changed_at = db_int(rows, "changed_at"),
        };
        g_array_append_val(stories_out, story);
    }
    return state == 0;
}
