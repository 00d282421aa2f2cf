/* Making and hashing opaque secrets. The account's id travels with the secret, so that looking it
 * up names its tenant. */
#include "model/secret.h"

#include "base/id.h"
#include "base/random.h"

#include <glib.h>
#include <string.h>

char *secret_new(char out[static SECRET_TEXT])
{
    unsigned char bytes[32];
    random_bytes(bytes, sizeof bytes);
    g_autofree char *text = g_base64_encode(bytes, sizeof bytes);
    for (int i = 0; i < SECRET_TEXT - 1; i++) {
        out[i] = text[i] == '+' ? '-' : text[i] == '/' ? '_' : text[i];
    }
    out[SECRET_TEXT - 1] = '\0';
    return out;
}

char *secret_hash(const char *secret, char out[static DIGEST_TEXT])
{
    uint8_t digest[DIGEST_LEN];
    digest_bytes(secret, strlen(secret), digest);
    return digest_format(digest, out);
}

bool secret_split(const char *text, const char *prefix, char separator, int64_t *account_id_out,
                  const char **secret_out)
{
    size_t prefix_len = strlen(prefix);
    if (strlen(text) != prefix_len + (ID_TEXT - 1) + 1 + (SECRET_TEXT - 1) ||
        strncmp(text, prefix, prefix_len) != 0) {
        return false;
    }
    char id[ID_TEXT];
    memcpy(id, text + prefix_len, ID_TEXT - 1);
    id[ID_TEXT - 1] = '\0';
    *secret_out = text + prefix_len + ID_TEXT;
    return text[prefix_len + ID_TEXT - 1] == separator && id_parse(id, account_id_out);
}
