/* Dates of one's own. */
#include "model/own_date.h"

#include "data_season.h"
#include "model/noun_row.h"

#include <string.h>

static bool zone_is_known(const char *zone)
{
    g_autoptr(GTimeZone) known = zone == NULL ? NULL : g_time_zone_new_identifier(zone);
    return known != NULL;
}

static bool kind_is_known(const char *kind)
{
    static const char *const kinds[] = {"exam",  "rotation", "conference", "deadline",
                                        "other", "rule",     NULL};
    return kind != NULL && g_strv_contains(kinds, kind);
}

static bool date_check(const struct own_date *date, GError **error)
{
    if (date->title == NULL || date->title[0] == '\0') {
        return refuse(error, "date.title_missing", "Say what the date is for.");
    }
    if (g_utf8_strlen(date->title, -1) > 200) {
        return refuse(error, "date.title_too_long", "A date's title has at most 200 letters.");
    }
    if (!kind_is_known(date->kind)) {
        return refuse(error, "date.unknown_kind",
                      "A date is an exam, a rotation, a conference, a deadline or other.");
    }
    if (date->on_day <= 0) {
        return refuse(error, "date.day_missing", "Say on which day it is.");
    }
    if (date->until_day > 0 && date->until_day < date->on_day) {
        return refuse(error, "date.order", "The last day comes before the first.");
    }
    if (date->minute >= 24 * 60 || (date->minute >= 0 && !zone_is_known(date->zone))) {
        return refuse(error, "date.zone",
                      "A time of day needs its time zone, such as America/New_York.");
    }
    bool is_rule = strcmp(date->kind, "rule") == 0;
    bool has_rule = date->rule != NULL && date->rule[0] != '\0';
    if (is_rule != has_rule || (is_rule && data_season_by_id(date->rule) == NULL)) {
        return refuse(error, "date.unknown_rule", "There is no such date in the season.");
    }
    return true;
}

static void date_read(db_rows *rows, GStringChunk *text, struct own_date *date_out)
{
    *date_out = (struct own_date){
        .date_id = db_int(rows, "date_id"),
        .kind = keep_text(text, db_text(rows, "kind")),
        .title = keep_text(text, db_text(rows, "title")),
        .rule = keep_text(text, db_text(rows, "rule")),
        .on_day = db_day(rows, "on_day"),
        .until_day = db_day(rows, "until_day"),
        .minute = (int)noun_number_of(rows, "minute"),
        .zone = keep_text(text, db_text(rows, "zone")),
        .note = keep_text(text, db_text(rows, "note")),
        .created_at = db_int(rows, "created_at"),
        .deleted_at = db_at(rows, "deleted_at"),
    };
}

static bool date_missing(GError **error)
{
    return refuse(error, "date.not_found", "There is no such date.");
}

bool own_date_load(struct book *book, int64_t date_id, GStringChunk *text,
                   struct own_date *date_out, GError **error)
{
    struct db_value key = DB_INT(date_id);
    g_autoptr(db_rows) rows = noun_row_select(book, &noun_own_date, &key, error);
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        date_read(rows, text, date_out);
    }
    return state > 0 || (state == 0 && date_missing(error));
}

bool own_date_save(struct book *book, const struct own_date *date, struct change_log *log,
                   int64_t *date_id_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct own_date row = *date;
    struct own_date old = {.created_at = book_now(book), .deleted_at = AT_NONE};
    if (!date_check(date, error) ||
        (row.date_id != 0 && !own_date_load(book, row.date_id, text, &old, error))) {
        return false;
    }
    row.date_id = row.date_id != 0 ? row.date_id : book_new_id(book);
    if (date_id_out != NULL) {
        *date_id_out = row.date_id;
    }
    struct db_value values[] = {
        DB_NULL,
        DB_INT(row.date_id),
        DB_TEXT(row.kind),
        DB_TEXT(row.title),
        noun_words(row.rule),
        DB_INT(row.on_day),
        row.until_day <= row.on_day ? DB_NULL : DB_INT(row.until_day),
        noun_number(row.minute),
        row.minute < 0 ? DB_NULL : DB_TEXT(row.zone),
        noun_words(row.note),
        DB_INT(old.created_at),
        DB_AT(old.deleted_at),
        DB_NULL,
    };
    return noun_row_put(book, &noun_own_date, values, log, error);
}

bool own_date_delete(struct book *book, int64_t date_id, struct change_log *log, GError **error)
{
    bool is_found;
    return noun_row_delete(book, &noun_own_date, date_id, log, &is_found, error) &&
           (is_found || date_missing(error));
}

DB_QUERY(own_date_all, "SELECT " OWN_DATE_COLUMNS " FROM own_date WHERE account_id = $1 AND "
                       "deleted_at IS NULL ORDER BY on_day, date_id");

bool own_date_list(struct book *book, GStringChunk *text, GArray *dates_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &own_date_all, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        struct own_date date;
        date_read(rows, text, &date);
        g_array_append_val(dates_out, date);
    }
    return state == 0;
}
