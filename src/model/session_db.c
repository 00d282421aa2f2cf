/* Signed-in browsers, and their statements. */
#include "model/session.h"

#include "model/secret.h"

#include <string.h>

#define MINUTE (60 * US_PER_SECOND)

DB_QUERY(
    session_put,
    "INSERT INTO session (account_id, token_hash, csrf, created_at, seen_at, expires_at, agent) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)");

bool session_start(struct db_tx *tx, struct env *env, int64_t account_id, const char *agent,
                   char cookie_out[static SESSION_COOKIE_TEXT], GError **error)
{
    char account[ID_TEXT];
    char secret[SECRET_TEXT];
    char csrf[SECRET_TEXT];
    char hash[DIGEST_TEXT];
    g_snprintf(cookie_out, SESSION_COOKIE_TEXT, "%s.%s", id_format(account_id, account),
               secret_new(secret));
    int64_t now = clock_now(&env->clock);
    return DB_EXEC(tx, &session_put, error, DB_INT(account_id), DB_TEXT(secret_hash(secret, hash)),
                   DB_TEXT(secret_new(csrf)), DB_INT(now), DB_INT(now),
                   DB_INT(now + SESSION_ABSOLUTE_US), DB_TEXT(agent == NULL ? "" : agent));
}

/* The current row. */
static void session_read(db_rows *rows, GStringChunk *text, struct session *session_out)
{
    *session_out = (struct session){
        .account_id = db_int(rows, "account_id"),
        .token_hash = keep_text(text, db_text(rows, "token_hash")),
        .csrf = keep_text(text, db_text(rows, "csrf")),
        .created_at = db_int(rows, "created_at"),
        .seen_at = db_int(rows, "seen_at"),
        .expires_at = db_int(rows, "expires_at"),
        .agent = keep_text(text, db_text(rows, "agent")),
    };
}

/* Ended by itself: too old, or not used for too long. */
static bool session_is_over(const struct session *session, int64_t now)
{
    return session->expires_at <= now || session->seen_at + SESSION_IDLE_US <= now;
}

DB_QUERY(
    session_by_hash,
    "SELECT s.account_id, s.token_hash, s.csrf, s.created_at, s.seen_at, s.expires_at, s.agent "
    "FROM session s JOIN account a ON a.account_id = s.account_id "
    "WHERE s.account_id = $1 AND s.token_hash = $2 AND a.closed_at IS NULL");

bool session_find(struct db_tx *tx, const struct env *env, const char *cookie, GStringChunk *text,
                  struct session *session_out, GError **error)
{
    int64_t account_id;
    const char *random;
    int state = 0;
    if (secret_split(cookie, "", '.', &account_id, &random)) {
        char hash[DIGEST_TEXT];
        g_autoptr(db_rows) rows = DB_SELECT(tx, &session_by_hash, error, DB_INT(account_id),
                                            DB_TEXT(secret_hash(random, hash)));
        state = rows == NULL ? -1 : db_rows_next(rows, error);
        if (state > 0) {
            session_read(rows, text, session_out);
        }
    }
    if (state < 0) {
        return false;
    }
    int64_t now = clock_now(&env->clock);
    if (state == 0 || session_is_over(session_out, now)) {
        return refuse(error, "session.not_found",
                      "You are not signed in, or your session has ended.");
    }
    session_out->needs_seen = now - session_out->seen_at >= MINUTE;
    return true;
}

DB_QUERY(session_note_seen,
         "UPDATE session SET seen_at = $3 WHERE account_id = $1 AND token_hash = $2");

bool session_seen(struct db_tx *tx, const struct env *env, const struct session *session,
                  GError **error)
{
    return DB_EXEC(tx, &session_note_seen, error, DB_INT(session->account_id),
                   DB_TEXT(session->token_hash), DB_INT(clock_now(&env->clock)));
}

DB_QUERY(session_delete, "DELETE FROM session WHERE account_id = $1 AND token_hash = $2");

bool session_end(struct db_tx *tx, int64_t account_id, const char *token_hash, GError **error)
{
    int64_t n = 0;
    if (!DB_EXEC_COUNT(tx, &session_delete, &n, error, DB_INT(account_id), DB_TEXT(token_hash))) {
        return false;
    }
    return n > 0 || refuse(error, "session.not_found", "That session has ended already.");
}

DB_QUERY(session_delete_others, "DELETE FROM session WHERE account_id = $1 AND token_hash <> $2");

bool session_end_all(struct db_tx *tx, int64_t account_id, const char *but_token_hash,
                     GError **error)
{
    return DB_EXEC(tx, &session_delete_others, error, DB_INT(account_id),
                   DB_TEXT(but_token_hash == NULL ? "" : but_token_hash));
}

DB_QUERY(session_all,
         "SELECT account_id, token_hash, csrf, created_at, seen_at, expires_at, agent FROM session "
         "WHERE account_id = $1 ORDER BY seen_at DESC, token_hash");

bool session_list(struct db_tx *tx, const struct env *env, int64_t account_id, GStringChunk *text,
                  GArray *sessions_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &session_all, error, DB_INT(account_id));
    if (rows == NULL) {
        return false;
    }
    int64_t now = clock_now(&env->clock);
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct session session;
        session_read(rows, text, &session);
        if (!session_is_over(&session, now)) {
            g_array_append_val(sessions_out, session);
        }
    }
    return state == 0;
}

DB_QUERY(session_delete_over,
         "DELETE FROM session WHERE account_id = $1 AND (expires_at <= $2 OR seen_at <= $3)");

bool session_sweep(struct db_tx *tx, const struct env *env, int64_t account_id, GError **error)
{
    int64_t now = clock_now(&env->clock);
    return DB_EXEC(tx, &session_delete_over, error, DB_INT(account_id), DB_INT(now),
                   DB_INT(now - SESSION_IDLE_US));
}
