/* Statements of the goal. */
#include "model/goal_part.h"

#include "base/fold.h"
#include "data_goal_fields.h"
#include "model/noun_row.h"

DB_QUERY(goal_all, "SELECT " GOAL_COLUMNS " FROM goal WHERE account_id = $1 ORDER BY question");

bool goal_load(struct book *book, GStringChunk *text, struct goal *goal_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &goal_all, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : 0;
    int64_t answered_at = AT_NONE;
    *goal_out = (struct goal){.hours_week = -1, .money_month = -1, .answered_day = DAY_NONE};
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        goal_take(goal_out, db_text(rows, "question"), db_text(rows, "value"), text);
        answered_at = MAX(answered_at, db_int(rows, "answered_at"));
        goal_out->n_answered++;
    }
    if (answered_at != AT_NONE) {
        goal_out->answered_day = clock_day_of(&book->env->clock, answered_at);
    }
    return state == 0;
}

bool goal_set(struct book *book, const char *question, const char *value, struct change_log *log,
              GError **error)
{
    const struct data_goal_fields *field =
        question == NULL ? NULL : data_goal_fields_by_id(question);
    if (field == NULL) {
        return refuse(error, "goal.unknown_question", "There is no question “%s”.",
                      question == NULL ? "" : question);
    }
    g_autofree char *typed = value == NULL ? NULL : text_clean(value);
    if (typed == NULL || typed[0] == '\0') {
        struct db_value key = DB_TEXT(field->id);
        return noun_row_remove(book, &noun_goal, &key, log, error);
    }
    g_autofree char *stored = goal_canonical(book, field, typed, error);
    if (stored == NULL) {
        return false;
    }
    struct db_value values[] = {DB_NULL, DB_TEXT(field->id), DB_TEXT(stored),
                                DB_INT(book_now(book)), DB_NULL};
    return noun_row_put(book, &noun_goal, values, log, error);
}
