/* Passwords: argon2id by libsodium. Slow on purpose: call outside of transactions, on a pool of its
 * own. */
#ifndef LIGATURE_MODEL_PASSWORD_H
#define LIGATURE_MODEL_PASSWORD_H

#include <glib.h>
#include <stdbool.h>

/* New string to be stored, or NULL: refuses password.too_short (under 10 characters) and
 * password.too_long (over 200). */
char *password_hash(const char *password, GError **error);
/* True when it fits. hash NULL (no such account, or none set) takes the same time and is false. */
bool password_fits(const char *hash, const char *password);

#endif
