/* Accounts: who signs in, and owns a private network. */
#ifndef LIGATURE_MODEL_ACCOUNT_H
#define LIGATURE_MODEL_ACCOUNT_H

#include "model/book.h"

struct account {
    int64_t account_id;
    const char *name; /* sign-in name, folded: a-z 0-9 . _ - @ + */
    const char *display_name;
    const char *password; /* argon2id string, NULL: none */
    bool is_admin;
    int64_t self_person_id;
    int64_t revision;
    int64_t created_at;
    int64_t closed_at; /* AT_NONE: open */
};

struct account_new {
    const char *name;
    const char *display_name;  /* NULL: the name */
    const char *password_hash; /* from password_hash(); NULL: none */
    bool is_admin;
};

/* Makes the account, its person (is_self) and its source "you". Refuses account.name_taken,
 * account.name_invalid. */
bool account_create(struct db_tx *tx, struct env *env, const struct account_new *wanted,
                    int64_t *account_id_out, GError **error);
bool account_find(struct db_tx *tx, const char *name, GStringChunk *text,
                  struct account *account_out, GError **error);
bool account_load(struct db_tx *tx, int64_t account_id, GStringChunk *text,
                  struct account *account_out, GError **error);
/* All, closed ones too, by name. */
bool account_list(struct db_tx *tx, GStringChunk *text, GArray *accounts_out, GError **error);
bool account_revision(struct db_tx *tx, int64_t account_id, int64_t *revision_out, GError **error);

bool account_set_display_name(struct db_tx *tx, int64_t account_id, const char *display_name,
                              GError **error);
/* password_hash NULL takes the password away. Ends no session by itself: see session_end_all. */
bool account_set_password(struct db_tx *tx, int64_t account_id, const char *password_hash,
                          GError **error);
bool account_set_admin(struct db_tx *tx, int64_t account_id, bool is_admin, GError **error);
/* Closing ends sessions and revokes tokens; within 30 days account_reopen takes it back; then
 * account_erase_due erases. */
bool account_close(struct db_tx *tx, struct env *env, int64_t account_id, GError **error);
bool account_reopen(struct db_tx *tx, int64_t account_id, GError **error);
/* Erases every row of one account for good. The caller runs db_erase_vacuum (or VACUUM) afterwards.
 */
bool account_erase(struct db_tx *tx, int64_t account_id, GError **error);
/* Erases accounts closed more than 30 days ago; *n_out says how many. */
bool account_erase_due(struct db_tx *tx, struct env *env, int *n_out, GError **error);

#endif
