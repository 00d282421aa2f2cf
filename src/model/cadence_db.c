/* Statements of cadences. */
#include "model/cadence_part.h"

#include "model/noun.h"

#include <string.h>

DB_QUERY(cadence_put, "INSERT INTO cadence (" CADENCE_COLUMNS ") " VALUES_9
                      " ON CONFLICT (account_id, scope, target) DO UPDATE SET every_days = "
                      "excluded.every_days, tier = excluded.tier, "
                      "state = excluded.state, until_day = excluded.until_day, from_day = "
                      "excluded.from_day, digest = excluded.digest");

bool cadence_save(struct book *book, const struct cadence *cadence, GError **error)
{
    g_autofree char *target = cadence_target(cadence);
    struct db_value values[] = {
        DB_INT(book->account_id),
        DB_TEXT(cadence_scope_text(cadence->scope)),
        DB_TEXT(target),
        cadence->every_days < 0 ? DB_NULL : DB_INT(cadence->every_days),
        DB_TEXT(cadence->tier),
        DB_TEXT(cadence_state_text(cadence->state)),
        cadence->until_day <= 0 ? DB_NULL : DB_INT(cadence->until_day),
        DB_INT(cadence->from_day),
        DB_NULL,
    };
    return noun_write(book->tx, &noun_cadence, &cadence_put, values, error);
}

bool cadence_put_image(struct book *book, const json_t *row, GError **error)
{
    struct db_value values[NOUN_MAX_COLUMNS];
    if (!noun_from_json(&noun_cadence, row, NULL, values)) {
        return bug(error, "change.damaged",
                   "A change in the store cannot be read; run `ligature verify`.");
    }
    values[0] = DB_INT(book->account_id);
    return noun_write(book->tx, &noun_cadence, &cadence_put, values, error);
}

DB_QUERY(cadence_delete,
         "DELETE FROM cadence WHERE account_id = $1 AND scope = $2 AND target = $3");

bool cadence_remove(struct book *book, enum cadence_scope scope, const char *target, GError **error)
{
    return DB_EXEC(book->tx, &cadence_delete, error, DB_INT(book->account_id),
                   DB_TEXT(cadence_scope_text(scope)), DB_TEXT(target));
}

/* The current row. */
static void cadence_read(db_rows *rows, GStringChunk *text, struct cadence *cadence_out)
{
    const char *target = db_text(rows, "target");
    bool is_tag = strcmp(db_text(rows, "scope"), "tag") == 0;
    *cadence_out = (struct cadence){
        .scope = is_tag ? CADENCE_TAG : CADENCE_PERSON,
        .tag = is_tag ? keep_text(text, target) : NULL,
        .every_days = db_is_null(rows, "every_days") ? -1 : (int)db_int(rows, "every_days"),
        .tier = keep_text(text, db_text(rows, "tier")),
        .state = cadence_state_parse(db_text(rows, "state")),
        .until_day = db_day(rows, "until_day"),
        .from_day = (int32_t)db_int(rows, "from_day"),
    };
    if (!is_tag && !id_parse(target, &cadence_out->person_id)) {
        cadence_out->person_id = 0;
    }
}

DB_QUERY(cadence_one, "SELECT " CADENCE_COLUMNS
                      " FROM cadence WHERE account_id = $1 AND scope = $2 AND target = $3");

bool cadence_fetch(struct book *book, enum cadence_scope scope, const char *target,
                   struct cadence_found *found_out, json_t **image_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &cadence_one, error, DB_INT(book->account_id),
                                        DB_TEXT(cadence_scope_text(scope)), DB_TEXT(target));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    found_out->is_found = state > 0;
    if (state > 0) {
        cadence_read(rows, found_out->text, &found_out->cadence);
    }
    if (state >= 0 && image_out != NULL) {
        struct db_value values[NOUN_MAX_COLUMNS];
        if (state > 0) {
            noun_read(&noun_cadence, rows, values);
        }
        *image_out = state > 0 ? noun_json(&noun_cadence, values) : json_null();
    }
    return state >= 0;
}

DB_QUERY(
    cadence_tagged_persons,
    "SELECT t.person_id FROM trait t JOIN person p ON p.account_id = t.account_id "
    "AND p.person_id = t.person_id WHERE t.account_id = $1 AND t.kind = 'tag' AND t.value = $2");

bool cadence_tagged(struct book *book, const char *tag, GArray *person_ids_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &cadence_tagged_persons, error, DB_INT(book->account_id), DB_TEXT(tag));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        int64_t id = db_int(rows, "person_id");
        g_array_append_val(person_ids_out, id);
    }
    return state == 0;
}

DB_QUERY(cadence_shortest_tag,
         "SELECT c.scope, c.target, c.every_days, c.tier, c.state, c.until_day, c.from_day FROM "
         "cadence c "
         "JOIN trait t ON t.account_id = c.account_id AND t.kind = 'tag' AND t.value = c.target "
         "WHERE c.account_id = $1 AND c.scope = 'tag' AND t.person_id = $2 AND c.state <> 'never' "
         "ORDER BY c.every_days, c.target LIMIT 1");

bool cadence_of_tags(struct book *book, int64_t person_id, struct cadence_found *found_out,
                     GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &cadence_shortest_tag, error,
                                        DB_INT(book->account_id), DB_INT(person_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    found_out->is_found = state > 0;
    if (state > 0) {
        cadence_read(rows, found_out->text, &found_out->cadence);
    }
    return state >= 0;
}

DB_QUERY(cadence_all, "SELECT " CADENCE_COLUMNS
                      " FROM cadence WHERE account_id = $1 ORDER BY scope DESC, target");

bool cadence_list(struct book *book, GStringChunk *text, GArray *cadences_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &cadence_all, error, DB_INT(book->account_id));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct cadence cadence;
        cadence_read(rows, text, &cadence);
        g_array_append_val(cadences_out, cadence);
    }
    return state == 0;
}
