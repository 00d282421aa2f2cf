/* Rows of weeks and of the steps planned in them; choosing them is week_plan.c. */
#include "model/week.h"

#include "data_week_limits.h"
#include "model/noun_row.h"

static int limit_of(const char *id)
{
    const struct data_week_limits *row = data_week_limits_by_id(id);
    return row == NULL ? 0 : row->amount;
}

bool week_load(struct book *book, const struct goal *goal, int32_t monday, GStringChunk *text,
               struct week *week_out, GError **error)
{
    struct db_value key = DB_INT(monday);
    g_autoptr(db_rows) rows = noun_row_select(book, &noun_week, &key, error);
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        *week_out = (struct week){
            .monday = monday,
            .minutes = (int)db_int(rows, "minutes"),
            .cents = db_int(rows, "cents"),
            .messages = (int)db_int(rows, "messages"),
            .accepted_at = db_at(rows, "accepted_at"),
            .reviewed_at = db_at(rows, "reviewed_at"),
            .note = keep_text(text, db_text(rows, "note")),
        };
    } else {
        *week_out = (struct week){
            .monday = monday,
            .minutes = goal->hours_week >= 0 ? goal->hours_week : limit_of("minutes"),
            .cents = goal->money_month >= 0 ? goal->money_month : limit_of("cents"),
            .messages = limit_of("messages"),
            .accepted_at = AT_NONE,
            .reviewed_at = AT_NONE,
        };
    }
    return state >= 0;
}

bool week_save(struct book *book, const struct week *week, struct change_log *log, GError **error)
{
    if (week->monday <= 0 || day_weekday(week->monday) != 1) {
        return refuse(error, "week.monday", "A week is named by its Monday.");
    }
    if (week->minutes < 0 || week->minutes > 7 * 24 * 60 || week->cents < 0 || week->messages < 0 ||
        week->messages > 1000) {
        return refuse(error, "week.limits",
                      "Hours, money and messages of a week are numbers from zero upwards.");
    }
    struct db_value values[] = {
        DB_NULL,
        DB_INT(week->monday),
        DB_INT(week->minutes),
        DB_INT(week->cents),
        DB_INT(week->messages),
        DB_AT(week->accepted_at),
        DB_AT(week->reviewed_at),
        noun_words(week->note),
        DB_NULL,
    };
    return noun_row_put(book, &noun_week, values, log, error);
}

bool planned_save(struct book *book, const struct planned *planned, struct change_log *log,
                  GError **error)
{
    if (planned->monday <= 0 || day_weekday(planned->monday) != 1) {
        return refuse(error, "week.monday", "A week is named by its Monday.");
    }
    if (planned->on_day < planned->monday || planned->on_day > planned->monday + 6) {
        return refuse(error, "week.day", "The day lies outside this week.");
    }
    struct db_value values[] = {
        DB_NULL,
        DB_INT(planned->step_id),
        DB_INT(planned->monday),
        DB_INT(planned->on_day),
        noun_day(planned->until_day),
        noun_words(planned->origin),
        noun_words(planned->kind),
        noun_words(planned->season),
        DB_INT(planned->is_pinned),
        DB_INT(planned->points),
        DB_TEXT(planned->terms == NULL ? "[]" : planned->terms),
        DB_NULL,
    };
    return noun_row_put(book, &noun_planned, values, log, error);
}

bool planned_remove(struct book *book, int64_t step_id, struct change_log *log, GError **error)
{
    struct db_value key = DB_INT(step_id);
    return noun_row_remove(book, &noun_planned, &key, log, error);
}

DB_QUERY(planned_of_week, "SELECT " PLANNED_COLUMNS " FROM planned WHERE account_id = $1 "
                          "AND monday = $2 ORDER BY on_day, step_id");
DB_QUERY(planned_all, "SELECT " PLANNED_COLUMNS " FROM planned WHERE account_id = $1 "
                      "ORDER BY on_day, step_id");

bool planned_list(struct book *book, int32_t monday, GStringChunk *text, GArray *planned_out,
                  GError **error)
{
    g_autoptr(db_rows) rows =
        monday == DAY_NONE ? DB_SELECT(book->tx, &planned_all, error, DB_INT(book->account_id))
                           : DB_SELECT(book->tx, &planned_of_week, error, DB_INT(book->account_id),
                                       DB_INT(monday));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        struct planned planned = {
            .step_id = db_int(rows, "step_id"),
            .monday = db_day(rows, "monday"),
            .on_day = db_day(rows, "on_day"),
            .until_day = db_day(rows, "until_day"),
            .origin = keep_text(text, db_text(rows, "origin")),
            .kind = keep_text(text, db_text(rows, "kind")),
            .season = keep_text(text, db_text(rows, "season")),
            .is_pinned = db_int(rows, "is_pinned") != 0,
            .points = (int)db_int(rows, "points"),
            .terms = keep_text(text, db_text(rows, "terms")),
        };
        g_array_append_val(planned_out, planned);
    }
    return state == 0;
}
