/* Signed-in browsers. The cookie's value is "<account id in base 32>.<32 random bytes, base64url>";
 * only a hash is kept. */
#ifndef LIGATURE_MODEL_SESSION_H
#define LIGATURE_MODEL_SESSION_H

#include "model/book.h"

#define SESSION_COOKIE_TEXT 64                /* buffer that holds a cookie value */
#define SESSION_IDLE_US (14 * US_PER_DAY)     /* ends when not used for so long */
#define SESSION_ABSOLUTE_US (90 * US_PER_DAY) /* ends at the latest */

struct session {
    int64_t account_id;
    const char *token_hash; /* also its name in lists and for ending it */
    const char *csrf;
    int64_t created_at;
    int64_t seen_at;
    int64_t expires_at;
    const char *agent;
    bool needs_seen; /* seen_at is a minute old: call session_seen in a write when convenient */
};

/* Starts a session; the cookie's value is written to cookie_out. */
bool session_start(struct db_tx *tx, struct env *env, int64_t account_id, const char *agent,
                   char cookie_out[static SESSION_COOKIE_TEXT], GError **error);
/* The session of a cookie's value. Refuses session.not_found for anything unknown, malformed, idle
 * too long or expired, and for closed accounts. */
bool session_find(struct db_tx *tx, const struct env *env, const char *cookie, GStringChunk *text,
                  struct session *session_out, GError **error);
bool session_seen(struct db_tx *tx, const struct env *env, const struct session *session,
                  GError **error);
bool session_end(struct db_tx *tx, int64_t account_id, const char *token_hash, GError **error);
/* Ends all of the account's but the one named (NULL: all). */
bool session_end_all(struct db_tx *tx, int64_t account_id, const char *but_token_hash,
                     GError **error);
bool session_list(struct db_tx *tx, const struct env *env, int64_t account_id, GStringChunk *text,
                  GArray *sessions_out, GError **error);
/* Sessions that ended by themselves leave the store. */
bool session_sweep(struct db_tx *tx, const struct env *env, int64_t account_id, GError **error);

#endif
