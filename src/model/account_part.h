/* Between account.c and account_db.c. */
#ifndef LIGATURE_MODEL_ACCOUNT_PART_H
#define LIGATURE_MODEL_ACCOUNT_PART_H

#include "model/account.h"

bool account_by_name(struct db_tx *tx, const char *name, GStringChunk *text,
                     struct account *account_out, bool *found_out, GError **error);
bool account_by_id(struct db_tx *tx, int64_t account_id, GStringChunk *text,
                   struct account *account_out, bool *found_out, GError **error);
bool account_name_taken(struct db_tx *tx, const char *name, bool *is_taken_out, GError **error);
/* A new row, or all but the revision of an old one, which grows. */
bool account_save(struct db_tx *tx, const struct account *account, GError **error);
bool account_revoke_tokens(struct db_tx *tx, int64_t account_id, int64_t at, GError **error);

#endif
