/* What happened since a week was accepted, so that planning again can be offered. */
#include "model/week_part.h"

#include "data_touch_kinds.h"
#include "model/step.h"

#include <string.h>

DB_QUERY(week_answers, "SELECT person_id, MAX(created_at) AS at FROM touch WHERE account_id = $1 "
                       "AND on_day >= $3 AND created_at > $2 AND direction = 'in' AND deleted_at "
                       "IS NULL GROUP BY person_id ORDER BY at, person_id LIMIT 8");
DB_QUERY(week_dates, "SELECT title, on_day FROM own_date WHERE account_id = $1 AND created_at > $2 "
                     "AND deleted_at IS NULL ORDER BY on_day, date_id LIMIT 8");

static bool answers(struct book *book, const struct week_plan *plan, GPtrArray *words_out,
                    GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &week_answers, error, DB_INT(book->account_id),
                                        DB_INT(plan->week.accepted_at), DB_INT(plan->week.monday));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        const struct contact *contact =
            outlook_contact(plan->survey->outlook, db_int(rows, "person_id"));
        if (contact != NULL) {
            g_ptr_array_add(words_out, g_strdup_printf("%s wrote to you.", contact->name));
        }
    }
    return state == 0;
}

static bool dates(struct book *book, const struct week_plan *plan, GPtrArray *words_out,
                  GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &week_dates, error, DB_INT(book->account_id),
                                        DB_INT(plan->week.accepted_at));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        g_autofree char *day = day_words(db_day(rows, "on_day"), plan->today);
        g_ptr_array_add(words_out,
                        g_strdup_printf("A new date: %s, %s.", db_text(rows, "title"), day));
    }
    return state == 0;
}

/* Steps that planning again would move: their day went by. */
static void missed(const struct week_plan *plan, GPtrArray *words_out)
{
    const struct week_choice *first = NULL;
    int n = 0;
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        if (choice->step == NULL || choice->is_done || choice->is_begun ||
            choice->planned == NULL || choice->planned->origin == NULL ||
            choice->planned->is_pinned) { /* planning again leaves it where it is */
            continue;
        }
        int32_t day = week_step_day(choice->step);
        if (day != DAY_NONE && day < plan->today) {
            first = first == NULL ? choice : first;
            n++;
        }
    }
    g_autofree char *title = first == NULL ? NULL : week_quoted(first->step->title);
    if (n == 1) {
        g_autofree char *words = day_words(week_step_day(first->step), plan->today);
        g_ptr_array_add(words_out, g_strdup_printf("%s was meant for %s.", title, words));
    } else if (n > 1) {
        g_autofree char *others = week_number(n - 1);
        g_ptr_array_add(words_out,
                        g_strdup_printf("%s and %s %s were meant for a day that is "
                                        "over.",
                                        title, others, n == 2 ? "other step" : "other steps"));
    }
}

bool week_news(struct book *book, const struct week_plan *plan, GPtrArray *words_out,
               GError **error)
{
    if (plan->week.accepted_at == AT_NONE || plan->week.monday + WEEK_DAYS <= plan->today) {
        return true;
    }
    missed(plan, words_out);
    return answers(book, plan, words_out, error) && dates(book, plan, words_out, error);
}

/* ---- what came of it ---- */

DB_QUERY(week_touches, "SELECT kind, direction, COUNT(*) AS n FROM touch WHERE account_id = $1 AND "
                       "on_day >= $2 AND on_day <= $3 AND deleted_at IS NULL "
                       "GROUP BY kind, direction");

static bool touches(struct book *book, int32_t monday, struct week_result *result, GError **error)
{
    static const char *const talks[] = {"call", "meeting", "coffee", "talk"};
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &week_touches, error, DB_INT(book->account_id),
                                        DB_INT(monday), DB_INT(monday + WEEK_DAYS - 1));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        const struct data_touch_kinds *kind = data_touch_kinds_by_id(db_text(rows, "kind"));
        bool is_written = kind != NULL && kind->is_real && !kind->is_two_way;
        int n = (int)db_int(rows, "n");
        if (is_written && db_text(rows, "direction")[0] == 'o') {
            result->n_messages += n;
        } else if (is_written) {
            result->n_replies += n;
        }
        for (size_t i = 0; kind != NULL && i < G_N_ELEMENTS(talks); i++) {
            result->n_talks += strcmp(kind->id, talks[i]) == 0 ? n : 0;
        }
    }
    return state == 0;
}

bool week_result_load(struct book *book, const struct week_plan *plan,
                      struct week_result *result_out, GError **error)
{
    *result_out = (struct week_result){.minutes = plan->minutes_used, .cents = plan->cents_used};
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        result_out->n_done += choice->is_done;
        result_out->n_steps += choice->step != NULL;
    }
    return touches(book, plan->week.monday, result_out, error);
}
