/* argon2id with libsodium's interactive limits: about 60 ms and 64 MB on a small server, which is
 * also what keeps the pool that calls this small. */
#include "model/password.h"

#include "base/error.h"

#include <sodium.h>
#include <string.h>

#define MIN_LENGTH 10
#define MAX_LENGTH 200

/* Same cost as any other; belongs to no password, so that unknown names take as long as known ones.
 */
static const char *nobody_hash(void)
{
    static gsize once = 0;
    static char hash[crypto_pwhash_STRBYTES];
    if (g_once_init_enter(&once)) {
        unsigned char random[32];
        randombytes_buf(random, sizeof random);
        if (crypto_pwhash_str(hash, (const char *)random, sizeof random,
                              crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
            hash[0] = '\0';
        }
        g_once_init_leave(&once, 1);
    }
    return hash;
}

char *password_hash(const char *password, GError **error)
{
    if (g_utf8_strlen(password, -1) < MIN_LENGTH) {
        refuse(error, "password.too_short",
               "A password has at least %d letters. Three or four words make a good one.",
               MIN_LENGTH);
        return NULL;
    }
    if (strlen(password) > MAX_LENGTH) {
        refuse(error, "password.too_long", "A password has at most %d letters.", MAX_LENGTH);
        return NULL;
    }
    char hash[crypto_pwhash_STRBYTES];
    if (sodium_init() < 0 ||
        crypto_pwhash_str(hash, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
        bug(error, "password.memory", "There is not enough memory to hash a password.");
        return NULL;
    }
    return g_strdup(hash);
}

bool password_fits(const char *hash, const char *password)
{
    if (sodium_init() < 0) {
        return false;
    }
    size_t len = strlen(password);
    bool is_usable = len <= MAX_LENGTH;
    bool fits = crypto_pwhash_str_verify(hash == NULL ? nobody_hash() : hash,
                                         is_usable ? password : "", is_usable ? len : 0) == 0;
    return fits && is_usable && hash != NULL;
}
