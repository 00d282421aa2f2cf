/* Statements of steps. */
#include "model/step_part.h"

#include "model/noun.h"
#include "model/person_part.h"

/* Nothing of ours happens on 1 January 1970: a day left at zero is none. */
static struct db_value day_or_null(int32_t day)
{
    return day <= 0 ? DB_NULL : DB_INT(day);
}

DB_QUERY(
    step_put,
    "INSERT INTO step (" STEP_COLUMNS ") " VALUES_15
    " ON CONFLICT (account_id, step_id) DO UPDATE SET person_id = excluded.person_id, title = "
    "excluded.title, "
    "why = excluded.why, due_day = excluded.due_day, minutes = excluded.minutes, cost_cents = "
    "excluded.cost_cents, "
    "currency = excluded.currency, strategy = excluded.strategy, state = excluded.state, "
    "snoozed_to = excluded.snoozed_to, closed_at = excluded.closed_at, digest = excluded.digest");

bool step_save(struct book *book, const struct step *step, GError **error)
{
    struct db_value values[] = {
        DB_INT(book->account_id),
        DB_INT(step->step_id),
        step->person_id == 0 ? DB_NULL : DB_INT(step->person_id),
        DB_TEXT(step->title),
        DB_TEXT(step->why),
        day_or_null(step->due_day),
        step->minutes <= 0 ? DB_NULL : DB_INT(step->minutes),
        step->cost_cents < 0 ? DB_NULL : DB_INT(step->cost_cents),
        DB_TEXT(step->currency),
        DB_TEXT(step->strategy),
        DB_TEXT(step->state),
        day_or_null(step->snoozed_to),
        DB_AT(step->closed_at),
        DB_INT(step->created_at),
        DB_NULL,
    };
    return noun_write(book->tx, &noun_step, &step_put, values, error);
}

bool step_put_image(struct book *book, const json_t *row, int64_t *person_id_out, GError **error)
{
    struct db_value values[NOUN_MAX_COLUMNS];
    if (!noun_from_json(&noun_step, row, NULL, values)) {
        return bug(error, "change.damaged",
                   "A change in the store cannot be read; run `ligature verify`.");
    }
    values[0] = DB_INT(book->account_id);
    *person_id_out = values[2].type == DB_TYPE_INT ? values[2].u.i : 0;
    return noun_write(book->tx, &noun_step, &step_put, values, error);
}


void step_read(db_rows *rows, GStringChunk *text, struct step *step_out)
{
    *step_out = (struct step){
        .step_id = db_int(rows, "step_id"),
        .person_id = db_int(rows, "person_id"),
        .title = keep_text(text, db_text(rows, "title")),
        .why = keep_text(text, db_text(rows, "why")),
        .due_day = db_day(rows, "due_day"),
        .minutes = db_is_null(rows, "minutes") ? -1 : (int)db_int(rows, "minutes"),
        .cost_cents = db_is_null(rows, "cost_cents") ? -1 : db_int(rows, "cost_cents"),
        .currency = keep_text(text, db_text(rows, "currency")),
        .strategy = keep_text(text, db_text(rows, "strategy")),
        .state = keep_text(text, db_text(rows, "state")),
        .snoozed_to = db_day(rows, "snoozed_to"),
        .closed_at = db_at(rows, "closed_at"),
        .created_at = db_int(rows, "created_at"),
    };
}

DB_QUERY(step_one, "SELECT " STEP_COLUMNS " FROM step WHERE account_id = $1 AND step_id = $2");

bool step_fetch(struct book *book, int64_t step_id, GStringChunk *text, struct step *step_out,
                json_t **image_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &step_one, error, DB_INT(book->account_id), DB_INT(step_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        step_read(rows, text, step_out);
        if (image_out != NULL) {
            struct db_value values[NOUN_MAX_COLUMNS];
            noun_read(&noun_step, rows, values);
            *image_out = noun_json(&noun_step, values);
        }
        return true;
    }
    return state == 0 && refuse(error, "step.not_found", "There is no such step.");
}

DB_QUERY(step_delete, "DELETE FROM step WHERE account_id = $1 AND step_id = $2");

bool step_remove(struct book *book, int64_t step_id, GError **error)
{
    return DB_EXEC(book->tx, &step_delete, error, DB_INT(book->account_id), DB_INT(step_id));
}

/* $2 person or 0, $3 state, $4 due until or NULL, $5 only asleep, $6 today, $7 limit. Steps of
 * deleted people rest with them. */
DB_QUERY(step_list_all,
         "SELECT t.step_id, t.person_id, t.title, t.why, t.due_day, t.minutes, t.cost_cents, "
         "t.currency, t.strategy, t.state, "
         "t.snoozed_to, t.closed_at, t.created_at FROM step t "
         "LEFT JOIN person p ON p.account_id = t.account_id AND p.person_id = t.person_id "
         "WHERE t.account_id = $1 AND ($2 = CAST(0 AS BIGINT) OR t.person_id IN " PERSON_WHOLE ") "
         "AND t.state = $3 AND p.deleted_at IS NULL "
         "AND (CAST($4 AS INTEGER) IS NULL OR (t.due_day <= $4 AND (t.snoozed_to IS NULL OR "
         "t.snoozed_to <= $4))) "
         "AND ($5 = CAST(0 AS BIGINT) OR t.snoozed_to > $6) "
         "ORDER BY CASE WHEN t.due_day IS NULL THEN 1 ELSE 0 END, t.due_day, t.step_id LIMIT $7");

bool step_list(struct book *book, const struct step_filter *filter, GStringChunk *text,
               GArray *steps_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(
        book->tx, &step_list_all, error, DB_INT(book->account_id), DB_INT(filter->person_id),
        DB_TEXT(filter->state == NULL ? "open" : filter->state), day_or_null(filter->due_until),
        DB_INT(filter->is_snoozed), DB_INT(book_today(book)),
        DB_INT(filter->limit == 0 ? 100 : filter->limit));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct step step;
        step_read(rows, text, &step);
        g_array_append_val(steps_out, step);
    }
    return state == 0;
}
