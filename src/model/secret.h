/* Opaque secrets for sessions and tokens: 32 random bytes in base64url, of which only a hash is
 * kept. */
#ifndef LIGATURE_MODEL_SECRET_H
#define LIGATURE_MODEL_SECRET_H

#include "base/digest.h"

#include <stdbool.h>

#define SECRET_TEXT 44

char *secret_new(char out[static SECRET_TEXT]);
char *secret_hash(const char *secret, char out[static DIGEST_TEXT]);
/* Takes "<prefix><13 letters of the account's id><separator><43 letters>" apart. False when it has
 * another shape. */
bool secret_split(const char *text, const char *prefix, char separator, int64_t *account_id_out,
                  const char **secret_out);

#endif
