/* Statements of accounts. Erasing is in account_erase_db.c. */
#include "model/account_part.h"

#include "model/noun.h"
#include "model/token.h"

/* The current row. */
static void account_read(db_rows *rows, GStringChunk *text, struct account *account_out)
{
    *account_out = (struct account){
        .account_id = db_int(rows, "account_id"),
        .name = keep_text(text, db_text(rows, "name")),
        .display_name = keep_text(text, db_text(rows, "display_name")),
        .password = keep_text(text, db_text(rows, "password")),
        .is_admin = db_int(rows, "is_admin") != 0,
        .self_person_id = db_int(rows, "self_person_id"),
        .revision = db_int(rows, "revision"),
        .created_at = db_int(rows, "created_at"),
        .closed_at = db_at(rows, "closed_at"),
    };
}

/* The one row of a select. */
static bool one_account(db_rows *rows, GStringChunk *text, struct account *account_out,
                        bool *found_out, GError **error)
{
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    *found_out = state > 0;
    if (state > 0) {
        account_read(rows, text, account_out);
    }
    return state >= 0;
}

DB_QUERY(account_named, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE name = $1");

bool account_by_name(struct db_tx *tx, const char *name, GStringChunk *text,
                     struct account *account_out, bool *found_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &account_named, error, DB_TEXT(name));
    return one_account(rows, text, account_out, found_out, error);
}

DB_QUERY(account_one, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE account_id = $1");

bool account_by_id(struct db_tx *tx, int64_t account_id, GStringChunk *text,
                   struct account *account_out, bool *found_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &account_one, error, DB_INT(account_id));
    return one_account(rows, text, account_out, found_out, error);
}

bool account_name_taken(struct db_tx *tx, const char *name, bool *is_taken_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct account account;
    return account_by_name(tx, name, text, &account, is_taken_out, error);
}

DB_QUERY(account_all, "SELECT " ACCOUNT_COLUMNS " FROM account ORDER BY name");

bool account_list(struct db_tx *tx, GStringChunk *text, GArray *accounts_out, GError **error)
{
    g_autoptr(db_rows) rows = db_select(tx, &account_all, error, NULL, 0);
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct account account;
        account_read(rows, text, &account);
        g_array_append_val(accounts_out, account);
    }
    return state == 0;
}

DB_QUERY(
    account_put,
    "INSERT INTO account (" ACCOUNT_COLUMNS ") " VALUES_10
    " ON CONFLICT (account_id) DO UPDATE SET name = excluded.name, display_name = "
    "excluded.display_name, "
    "password = excluded.password, is_admin = excluded.is_admin, self_person_id = "
    "excluded.self_person_id, "
    "revision = account.revision + 1, closed_at = excluded.closed_at, digest = excluded.digest");

bool account_save(struct db_tx *tx, const struct account *account, GError **error)
{
    struct db_value values[] = {DB_INT(account->account_id),
                                DB_TEXT(account->name),
                                DB_TEXT(account->display_name),
                                DB_TEXT(account->password),
                                DB_INT(account->is_admin),
                                DB_INT(account->self_person_id),
                                DB_INT(1),
                                DB_INT(account->created_at),
                                DB_AT(account->closed_at),
                                DB_NULL};
    return noun_write(tx, &noun_account, &account_put, values, error);
}

DB_QUERY(revision_of, "SELECT revision FROM account WHERE account_id = $1");

bool account_revision(struct db_tx *tx, int64_t account_id, int64_t *revision_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &revision_of, error, DB_INT(account_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        *revision_out = db_int(rows, "revision");
        return true;
    }
    return state == 0 && refuse(error, "account.not_found", "There is no such account.");
}

bool account_revoke_tokens(struct db_tx *tx, int64_t account_id, int64_t at, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
    struct env env = {.clock = {.fixed_at = at}};
    struct book book = BOOK(tx, &env, account_id);
    if (!token_list(&book, text, tokens, error)) {
        return false;
    }
    for (guint i = 0; i < tokens->len; i++) {
        if (!token_revoke(&book, g_array_index(tokens, struct token, i).token_id, error)) {
            return false;
        }
    }
    return true;
}
