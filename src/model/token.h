/* Tokens for other programs: "lig_<account id in base 32>_<32 random bytes, base64url>". Shown
 * once, kept as a hash. */
#ifndef LIGATURE_MODEL_TOKEN_H
#define LIGATURE_MODEL_TOKEN_H

#include "model/book.h"

#define TOKEN_TEXT 80 /* buffer that holds the secret */

struct token {
    int64_t account_id;
    int64_t token_id;
    const char *name;
    const char *scopes; /* words of: read write send admin calendar, in this order, parted by blanks.
                            calendar: no action, only the feed of the season */
    int64_t created_at;
    int64_t used_at;
    int64_t expires_at; /* AT_NONE: until revoked */
    int64_t revoked_at; /* AT_NONE: valid */
};

struct token_new {
    const char *name;
    const char *scopes; /* words in any order */
    int64_t expires_at; /* AT_NONE: until revoked */
};

/* Refuses token.scope_unknown, token.name_invalid. The secret is written to secret_out and cannot
 * be had again. */
bool token_create(struct book *book, const struct token_new *wanted, int64_t *token_id_out,
                  char secret_out[static TOKEN_TEXT], GError **error);
/* Refuses token.not_found for anything unknown, malformed, expired or revoked, and for closed
 * accounts. */
bool token_find(struct db_tx *tx, const struct env *env, const char *secret, GStringChunk *text,
                struct token *token_out, GError **error);
/* Notes the use, to the minute; nothing when noted within the minute. */
bool token_used(struct db_tx *tx, const struct env *env, const struct token *token, GError **error);
bool token_list(struct book *book, GStringChunk *text, GArray *tokens_out, GError **error);
bool token_revoke(struct book *book, int64_t token_id, GError **error);

#endif
