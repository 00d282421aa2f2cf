/* Invitations and connections of all time, from the touches: the outlook knows the last year only.
 */
#include "feature/digital_platforms/platform.h"

#include "db/db.h"
#include "model/person.h"

/* One row a person: the first invitation of yours, the last time it was accepted. */
DB_QUERY(platform_invited,
         "SELECT p.root_id, MIN(CASE WHEN t.kind = 'invitation' AND t.direction = 'out' THEN "
         "t.on_day END) AS invited, MAX(CASE WHEN t.kind = 'invitation_accepted' THEN t.on_day "
         "END) AS accepted FROM touch t JOIN person p ON p.account_id = t.account_id AND "
         "p.person_id = t.person_id WHERE t.account_id = $1 AND t.deleted_at IS NULL AND t.kind IN "
         "('invitation', 'invitation_accepted') AND p.deleted_at IS NULL GROUP BY p.root_id");

bool platform_invitations(struct book *book, struct platform_invitations *sum_out, GError **error)
{
    *sum_out = (struct platform_invitations){0};
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &platform_invited, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        int32_t invited = db_day(rows, "invited");
        int32_t accepted = db_day(rows, "accepted");
        sum_out->n_connected += accepted != DAY_NONE;
        if (invited != DAY_NONE) {
            sum_out->n_sent++;
            sum_out->n_accepted += accepted != DAY_NONE && accepted >= invited;
        }
    }
    return state == 0;
}

/* Connected, and no real touch ever: own row of the merge, oldest first. */
DB_QUERY(platform_unwritten,
         "SELECT p.person_id, MIN(t.on_day) AS connected FROM person p JOIN person m ON "
         "m.account_id = p.account_id AND m.root_id = p.person_id JOIN touch t ON t.account_id = "
         "m.account_id AND t.person_id = m.person_id WHERE p.account_id = $1 AND p.root_id = "
         "p.person_id AND p.deleted_at IS NULL AND p.last_touch_day IS NULL AND t.deleted_at IS "
         "NULL AND t.kind = 'invitation_accepted' GROUP BY p.person_id ORDER BY connected, "
         "p.person_id");

bool platform_unwritten_list(struct book *book, GArray *unwritten_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &platform_unwritten, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        struct platform_unwritten one = {.person_id = db_int(rows, "person_id"),
                                         .connected_day = db_day(rows, "connected")};
        g_array_append_val(unwritten_out, one);
    }
    return state == 0;
}

DB_QUERY(platform_comments,
         "SELECT on_day, note FROM touch WHERE account_id = $1 AND on_day >= $2 AND deleted_at IS "
         "NULL AND direction = 'out' AND note IS NOT NULL AND kind IN ('message', 'other')");

bool platform_comment_days(struct book *book, int32_t from_day, GArray *days_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &platform_comments, error, DB_INT(book->account_id), DB_INT(from_day));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        int32_t day = (int32_t)db_int(rows, "on_day");
        if (g_regex_match_simple("^\\s*comment(ed|s)?\\b", db_text(rows, "note"), G_REGEX_CASELESS,
                                 0)) {
            g_array_append_val(days_out, day);
        }
    }
    return state == 0;
}
