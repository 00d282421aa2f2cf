/* Settings of an account; those of the store belong to account 0. */
#ifndef LIGATURE_MODEL_SETTING_H
#define LIGATURE_MODEL_SETTING_H

#include "model/book.h"

#define SETTING_STORE 0 /* account_id of settings of the store */

struct setting {
    const char *name;
    const char *value;
};

/* *value_out: kept in text; NULL when never set. */
bool setting_load(struct db_tx *tx, int64_t account_id, const char *name, GStringChunk *text,
                  const char **value_out, GError **error);
/* value NULL forgets the setting. */
bool setting_save(struct db_tx *tx, int64_t account_id, const char *name, const char *value,
                  GError **error);
bool setting_list(struct db_tx *tx, int64_t account_id, GStringChunk *text, GArray *settings_out,
                  GError **error);

#endif
