/* Tokens for other programs, and their statements. */
#include "model/token.h"

#include "model/noun.h"
#include "model/secret.h"

#include <string.h>

#define MINUTE (60 * US_PER_SECOND)

/* "write read" -> "read write"; NULL when a word is none of ours or none is given. */
static char *scopes_canonical(const char *scopes)
{
    static const char *const order[] = {"read", "write", "send", "admin", "calendar"};
    g_auto(GStrv) words = g_strsplit_set(scopes == NULL ? "" : scopes, " ,", -1);
    unsigned seen = 0;
    for (char **word = words; *word != NULL; word++) {
        unsigned bit = 0;
        for (unsigned i = 0; i < G_N_ELEMENTS(order); i++) {
            bit |= strcmp(*word, order[i]) == 0 ? 1u << i : 0;
        }
        if (bit == 0 && **word != '\0') {
            return NULL;
        }
        seen |= bit;
    }
    GString *out = g_string_new(NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS(order); i++) {
        if (seen & (1u << i)) {
            g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", order[i]);
        }
    }
    return g_string_free(out, seen == 0);
}

DB_QUERY(token_put, "INSERT INTO token (" TOKEN_COLUMNS ") " VALUES_10);

bool token_create(struct book *book, const struct token_new *wanted, int64_t *token_id_out,
                  char secret_out[static TOKEN_TEXT], GError **error)
{
    g_autofree char *scopes = scopes_canonical(wanted->scopes);
    if (scopes == NULL) {
        return refuse(error, "token.scope_unknown",
                      "Scopes are read, write, send and admin; at least one is needed.");
    }
    if (wanted->name == NULL || wanted->name[0] == '\0' || g_utf8_strlen(wanted->name, -1) > 100) {
        return refuse(error, "token.name_invalid",
                      "Say in 1 to 100 letters what the token is for.");
    }
    char account[ID_TEXT];
    char secret[SECRET_TEXT];
    char hash[DIGEST_TEXT];
    g_snprintf(secret_out, TOKEN_TEXT, "lig_%s_%s", id_format(book->account_id, account),
               secret_new(secret));
    *token_id_out = book_new_id(book);
    struct db_value values[] = {DB_INT(book->account_id),
                                DB_INT(*token_id_out),
                                DB_TEXT(secret_hash(secret, hash)),
                                DB_TEXT(wanted->name),
                                DB_TEXT(scopes),
                                DB_INT(book_now(book)),
                                DB_NULL,
                                DB_AT(wanted->expires_at),
                                DB_NULL,
                                DB_NULL};
    return book_changed(book, error) &&
           noun_write(book->tx, &noun_token, &token_put, values, error);
}

/* The current row. */
static void token_read(db_rows *rows, GStringChunk *text, struct token *token_out)
{
    *token_out = (struct token){
        .account_id = db_int(rows, "account_id"),
        .token_id = db_int(rows, "token_id"),
        .name = keep_text(text, db_text(rows, "name")),
        .scopes = keep_text(text, db_text(rows, "scopes")),
        .created_at = db_int(rows, "created_at"),
        .used_at = db_at(rows, "used_at"),
        .expires_at = db_at(rows, "expires_at"),
        .revoked_at = db_at(rows, "revoked_at"),
    };
}

DB_QUERY(token_by_hash, "SELECT t.account_id, t.token_id, t.name, t.scopes, t.created_at, "
                        "t.used_at, t.expires_at, t.revoked_at "
                        "FROM token t JOIN account a ON a.account_id = t.account_id "
                        "WHERE t.account_id = $1 AND t.token_hash = $2 AND t.revoked_at IS NULL "
                        "AND a.closed_at IS NULL");

bool token_find(struct db_tx *tx, const struct env *env, const char *secret, GStringChunk *text,
                struct token *token_out, GError **error)
{
    int64_t account_id;
    const char *random;
    int state = 0;
    if (secret_split(secret, "lig_", '_', &account_id, &random)) {
        char hash[DIGEST_TEXT];
        g_autoptr(db_rows) rows = DB_SELECT(tx, &token_by_hash, error, DB_INT(account_id),
                                            DB_TEXT(secret_hash(random, hash)));
        state = rows == NULL ? -1 : db_rows_next(rows, error);
        if (state > 0) {
            token_read(rows, text, token_out);
        }
    }
    if (state < 0) {
        return false;
    }
    if (state == 0 ||
        (token_out->expires_at != AT_NONE && token_out->expires_at <= clock_now(&env->clock))) {
        return refuse(error, "token.not_found", "This token is not known, or no longer valid.");
    }
    return true;
}

DB_QUERY(token_note_use, "UPDATE token SET used_at = $3 WHERE account_id = $1 AND token_id = $2");

bool token_used(struct db_tx *tx, const struct env *env, const struct token *token, GError **error)
{
    int64_t now = clock_now(&env->clock);
    if (token->used_at != AT_NONE && now - token->used_at < MINUTE) {
        return true;
    }
    return DB_EXEC(tx, &token_note_use, error, DB_INT(token->account_id), DB_INT(token->token_id),
                   DB_INT(now));
}

DB_QUERY(token_all, "SELECT account_id, token_id, name, scopes, created_at, used_at, expires_at, "
                    "revoked_at FROM token "
                    "WHERE account_id = $1 ORDER BY token_id DESC");

bool token_list(struct book *book, GStringChunk *text, GArray *tokens_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &token_all, error, DB_INT(book->account_id));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct token token;
        token_read(rows, text, &token);
        g_array_append_val(tokens_out, token);
    }
    return state == 0;
}

DB_QUERY(token_row, "SELECT " TOKEN_COLUMNS " FROM token WHERE account_id = $1 AND token_id = $2");
DB_QUERY(token_revoke_row,
         "UPDATE token SET revoked_at = $3, digest = $4 WHERE account_id = $1 AND token_id = $2");

bool token_revoke(struct book *book, int64_t token_id, GError **error)
{
    struct db_value values[NOUN_MAX_COLUMNS];
    char digest[DIGEST_TEXT];
    int64_t now = book_now(book);
    {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &token_row, error, DB_INT(book->account_id), DB_INT(token_id));
        int state = rows == NULL ? -1 : db_rows_next(rows, error);
        if (state < 0) {
            return false;
        }
        if (state == 0) {
            return refuse(error, "token.not_found", "There is no such token.");
        }
        if (!db_is_null(rows, "revoked_at")) {
            return true;
        }
        noun_read(&noun_token, rows, values);
        values[8] = DB_INT(now); /* revoked_at */
        noun_digest(&noun_token, values, digest);
    }
    return book_changed(book, error) &&
           DB_EXEC(book->tx, &token_revoke_row, error, DB_INT(book->account_id), DB_INT(token_id),
                   DB_INT(now), DB_TEXT(digest));
}
