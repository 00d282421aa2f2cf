/* What was put off or refused. A person's target is the root of their merge, also when they were
 * merged since. */
#include "model/refusal.h"

#include "data_strategies.h"
#include "data_suggestions.h"
#include "model/noun_row.h"
#include "model/person.h"

#include <string.h>

/* The target as it is stored: new string. NULL: refused. */
static char *target_of(struct book *book, const char *scope, const char *target, GError **error)
{
    int64_t person_id;
    char id[ID_TEXT];
    if (scope == NULL || target == NULL || target[0] == '\0' || strlen(target) > 200) {
        refuse(error, "refusal.target", "Say what is to be left out.");
        return NULL;
    }
    if (strcmp(scope, "person") == 0) {
        if (!id_parse(target, &person_id)) {
            refuse(error, "refusal.target", "There is no such person.");
            return NULL;
        }
        return person_root(book, person_id, &person_id, error) ? g_strdup(id_format(person_id, id))
                                                               : NULL;
    }
    bool is_known = true;
    if (strcmp(scope, "strategy") == 0) {
        is_known = data_strategies_by_id(target) != NULL;
    } else if (strcmp(scope, "kind") == 0) {
        is_known = data_suggestions_by_id(target) != NULL;
    } else if (strcmp(scope, "step") != 0) {
        refuse(error, "refusal.scope", "A refusal is for a step, a person, a strategy or a kind.");
        return NULL;
    }
    if (!is_known) {
        refuse(error, "refusal.target", "There is no %s “%s”.", scope, target);
        return NULL;
    }
    return g_strdup(target);
}

bool refusal_set(struct book *book, const struct refusal *refusal, struct change_log *log,
                 GError **error)
{
    g_autofree char *target = target_of(book, refusal->scope, refusal->target, error);
    if (target == NULL) {
        return false;
    }
    if (refusal->reason != NULL && strlen(refusal->reason) > 2000) {
        return refuse(error, "refusal.reason_too_long", "A reason has at most 2,000 letters.");
    }
    struct db_value values[] = {DB_NULL,
                                DB_TEXT(refusal->scope),
                                DB_TEXT(target),
                                noun_day(refusal->until_day),
                                noun_words(refusal->reason),
                                DB_INT(book_now(book)),
                                DB_NULL};
    return noun_row_put(book, &noun_refusal, values, log, error);
}

bool refusal_clear(struct book *book, const char *scope, const char *target, struct change_log *log,
                   GError **error)
{
    g_autofree char *kept = target_of(book, scope, target, error);
    if (kept == NULL) {
        return false;
    }
    struct db_value key[] = {DB_TEXT(scope), DB_TEXT(kept)};
    return noun_row_remove(book, &noun_refusal, key, log, error);
}

DB_QUERY(refusal_all, "SELECT " REFUSAL_COLUMNS " FROM refusal WHERE account_id = $1 "
                      "ORDER BY created_at DESC, scope, target");

/* People merged since then are refused as their root. */
static bool fold_target(struct book *book, struct refusal *refusal, GStringChunk *text,
                        GError **error)
{
    int64_t person_id;
    char id[ID_TEXT];
    if (strcmp(refusal->scope, "person") != 0 || !id_parse(refusal->target, &person_id)) {
        return true;
    }
    g_autoptr(GError) gone = NULL;
    if (person_root(book, person_id, &person_id, &gone)) {
        refusal->target = keep_text(text, id_format(person_id, id));
        return true;
    }
    if (error_is_theirs(gone)) {
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&gone));
    return false;
}

bool refusal_list(struct book *book, int32_t day, GStringChunk *text, GArray *refusals_out,
                  GError **error)
{
    guint first = refusals_out->len;
    {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &refusal_all, error, DB_INT(book->account_id));
        int state = rows == NULL ? -1 : 0;
        while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
            struct refusal refusal = {
                .scope = keep_text(text, db_text(rows, "scope")),
                .target = keep_text(text, db_text(rows, "target")),
                .until_day = db_day(rows, "until_day"),
                .reason = keep_text(text, db_text(rows, "reason")),
                .created_at = db_int(rows, "created_at"),
            };
            if (day == DAY_NONE || refusal.until_day == DAY_NONE || day < refusal.until_day) {
                g_array_append_val(refusals_out, refusal);
            }
        }
        if (state < 0) {
            return false;
        }
    }
    for (guint i = first; i < refusals_out->len; i++) {
        if (!fold_target(book, &g_array_index(refusals_out, struct refusal, i), text, error)) {
            return false;
        }
    }
    return true;
}
