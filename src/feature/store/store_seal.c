/* The backup file:
 *
 *     "LIGBAK1\n"  8 bytes
 *     head length  4 bytes, big-endian; head: JSON, readable without the passphrase (when it was
 * made, which accounts, what they hold) plain:       the payload, then BLAKE2b-256 over everything
 * before it encrypted:   24 bytes secretstream header, then chunks of 64 KiB + 17, the last one
 * tagged final; the head is authenticated with the first chunk, so it cannot be exchanged
 *
 * Key: Argon2id over the passphrase, salt and limits in the head (libsodium crypto_pwhash,
 * crypto_secretstream_xchacha20poly1305). */
#include "feature/store/store_parts.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define MAGIC "LIGBAK1\n"
#define MAGIC_LEN 8
#define HEAD_MAX (1u << 20)
#define CHUNK 65536u
#define ABYTES crypto_secretstream_xchacha20poly1305_ABYTES

void store_sealed_clear(struct store_sealed *sealed)
{
    g_clear_pointer(&sealed->head, json_decref);
    g_clear_pointer(&sealed->path, g_free);
}

static bool derive(const json_t *head, const char *passphrase,
                   uint8_t key[crypto_secretstream_xchacha20poly1305_KEYBYTES], GError **error)
{
    uint8_t salt[crypto_pwhash_SALTBYTES];
    size_t len = 0;
    const char *text = json_string_value(json_object_get(head, "salt"));
    json_int_t ops = json_integer_value(json_object_get(head, "opslimit"));
    json_int_t memory = json_integer_value(json_object_get(head, "memlimit"));
    bool is_sound = text != NULL &&
                    sodium_hex2bin(salt, sizeof salt, text, strlen(text), NULL, &len, NULL) == 0 &&
                    len == sizeof salt && ops >= 1 && ops <= 16 && memory >= 8192 &&
                    memory <= ((json_int_t)1 << 30);
    if (!is_sound) {
        return refuse(error, "backup.damaged", "The head of this backup is damaged.");
    }
    return crypto_pwhash(key, crypto_secretstream_xchacha20poly1305_KEYBYTES, passphrase,
                         strlen(passphrase), salt, (unsigned long long)ops, (size_t)memory,
                         crypto_pwhash_ALG_ARGON2ID13) == 0 ||
           bug(error, "backup.memory", "There is not enough memory to work with this passphrase.");
}

/* The head as bytes, with its length before it. */
static GString *head_bytes(const json_t *head)
{
    g_autofree char *text = json_dumps(head, JSON_COMPACT | JSON_SORT_KEYS);
    guint32 len = GUINT32_TO_BE((guint32)strlen(text));
    GString *bytes = g_string_new_len(MAGIC, MAGIC_LEN);
    g_string_append_len(bytes, (const char *)&len, sizeof len);
    g_string_append(bytes, text);
    return bytes;
}

static bool put(FILE *to, crypto_generichash_state *sum, const void *bytes, size_t len)
{
    if (sum != NULL) {
        crypto_generichash_update(sum, bytes, len);
    }
    return fwrite(bytes, 1, len, to) == len;
}

static bool write_plain(FILE *from, FILE *to, const GString *head)
{
    crypto_generichash_state sum;
    uint8_t digest[32];
    g_autofree uint8_t *buffer = g_malloc(CHUNK);
    crypto_generichash_init(&sum, NULL, 0, sizeof digest);
    bool is_well = put(to, &sum, head->str, head->len);
    size_t n;
    while (is_well && (n = fread(buffer, 1, CHUNK, from)) > 0) {
        is_well = put(to, &sum, buffer, n);
    }
    crypto_generichash_final(&sum, digest, sizeof digest);
    return is_well && !ferror(from) && put(to, NULL, digest, sizeof digest);
}

static bool write_sealed(FILE *from, FILE *to, const GString *head, const uint8_t *key)
{
    crypto_secretstream_xchacha20poly1305_state stream;
    uint8_t header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
    g_autofree uint8_t *plain = g_malloc(CHUNK);
    g_autofree uint8_t *sealed = g_malloc(CHUNK + ABYTES);
    crypto_secretstream_xchacha20poly1305_init_push(&stream, header, key);
    bool is_well = put(to, NULL, head->str, head->len) && put(to, NULL, header, sizeof header);
    bool is_first = true;
    bool is_last = false;
    while (is_well && !is_last) {
        size_t n = fread(plain, 1, CHUNK, from);
        is_last = n < CHUNK;
        unsigned long long len = 0;
        crypto_secretstream_xchacha20poly1305_push(
            &stream, sealed, &len, plain, n, is_first ? (const uint8_t *)head->str : NULL,
            is_first ? head->len : 0,
            is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
        is_well = put(to, NULL, sealed, (size_t)len);
        is_first = false;
    }
    sodium_memzero(&stream, sizeof stream);
    sodium_memzero(plain, CHUNK);
    return is_well && !ferror(from);
}

bool store_seal(const char *path, json_t *head, const char *payload, const char *passphrase,
                GError **error)
{
    uint8_t key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    if (passphrase != NULL) {
        uint8_t salt[crypto_pwhash_SALTBYTES];
        char text[2 * sizeof salt + 1];
        randombytes_buf(salt, sizeof salt);
        json_object_set_new(head, "salt",
                            json_string(sodium_bin2hex(text, sizeof text, salt, sizeof salt)));
        json_object_set_new(head, "opslimit", json_integer(crypto_pwhash_OPSLIMIT_INTERACTIVE));
        json_object_set_new(head, "memlimit", json_integer(crypto_pwhash_MEMLIMIT_INTERACTIVE));
        if (!derive(head, passphrase, key, error)) {
            return false;
        }
    }
    json_object_set_new(head, "is_encrypted", json_boolean(passphrase != NULL));
    g_autofree char *part = g_strconcat(path, ".part", NULL);
    GString *bytes = head_bytes(head);
    FILE *from = fopen(payload, "rbe");
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *to = fd < 0 ? NULL : fdopen(fd, "wb");
    bool is_well =
        from != NULL && to != NULL &&
        (passphrase != NULL ? write_sealed(from, to, bytes, key) : write_plain(from, to, bytes));
    is_well = to != NULL && fflush(to) == 0 && fsync(fileno(to)) == 0 && is_well;
    int saved = errno;
    if (from != NULL) {
        fclose(from);
    }
    if (to != NULL) {
        fclose(to);
    }
    g_string_free(bytes, true);
    sodium_memzero(key, sizeof key);
    if (is_well && g_rename(part, path) == 0) {
        return true;
    }
    g_unlink(part);
    return refuse(error, "backup.not_written", "%s could not be written: %s.", path,
                  g_strerror(saved));
}

/* ---- reading ---- */

static bool damaged(GError **error)
{
    return refuse(
        error, "backup.damaged",
        "This backup is damaged: its bytes are not those that were written. Use another one.");
}

static json_t *read_head(FILE *from, GString *bytes, GError **error)
{
    char start[MAGIC_LEN + 4];
    guint32 len = 0;
    if (fread(start, 1, sizeof start, from) != sizeof start ||
        memcmp(start, MAGIC, MAGIC_LEN) != 0) {
        refuse(error, "backup.not_one", "This file is not a backup of Ligature.");
        return NULL;
    }
    memcpy(&len, start + MAGIC_LEN, sizeof len);
    len = GUINT32_FROM_BE(len);
    if (len > HEAD_MAX) {
        damaged(error);
        return NULL;
    }
    g_string_append_len(bytes, start, sizeof start);
    gsize before = bytes->len;
    g_string_set_size(bytes, before + len);
    if (fread(bytes->str + before, 1, len, from) != len) {
        damaged(error);
        return NULL;
    }
    json_t *head = json_loadb(bytes->str + before, len, JSON_REJECT_DUPLICATES, NULL);
    size_t index;
    json_t *account;
    const json_t *accounts = json_object_get(head, "accounts");
    bool is_sound = json_is_array(accounts) && json_is_string(json_object_get(head, "made_at")) &&
                    json_is_string(json_object_get(head, "engine")) &&
                    json_is_boolean(json_object_get(head, "is_encrypted"));
    json_array_foreach((json_t *)accounts, index, account)
    {
        is_sound = is_sound && json_is_string(json_object_get(account, "account")) &&
                   json_is_string(json_object_get(account, "digest")) &&
                   json_is_integer(json_object_get(account, "people")) &&
                   json_is_integer(json_object_get(account, "rows"));
    }
    if (!is_sound) {
        json_decref(head);
        damaged(error);
        return NULL;
    }
    return head;
}

json_t *store_head(const char *path)
{
    FILE *from = fopen(path, "rbe");
    GString *bytes = g_string_new(NULL);
    json_t *head = from != NULL ? read_head(from, bytes, NULL) : NULL;
    if (from != NULL) {
        fclose(from);
    }
    g_string_free(bytes, true);
    return head;
}

/* The last 32 bytes are the digest: held back while the others go through. */
static bool read_plain(FILE *from, FILE *to, const GString *head, GError **error)
{
    crypto_generichash_state sum;
    uint8_t digest[32];
    g_autofree uint8_t *buffer = g_malloc(CHUNK + sizeof digest);
    size_t held = 0;
    size_t n;
    crypto_generichash_init(&sum, NULL, 0, sizeof digest);
    crypto_generichash_update(&sum, (const uint8_t *)head->str, head->len);
    while ((n = fread(buffer + held, 1, CHUNK, from)) > 0) {
        size_t have = held + n;
        size_t out = have > sizeof digest ? have - sizeof digest : 0;
        crypto_generichash_update(&sum, buffer, out);
        if (to != NULL && fwrite(buffer, 1, out, to) != out) {
            return refuse(error, "backup.not_written", "The backup could not be unpacked: %s.",
                          g_strerror(errno));
        }
        memmove(buffer, buffer + out, have - out);
        held = have - out;
    }
    crypto_generichash_final(&sum, digest, sizeof digest);
    return held == sizeof digest && sodium_memcmp(digest, buffer, sizeof digest) == 0
               ? true
               : damaged(error);
}

static bool read_sealed(FILE *from, FILE *to, const GString *head, const uint8_t *key,
                        GError **error)
{
    crypto_secretstream_xchacha20poly1305_state stream;
    uint8_t header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
    g_autofree uint8_t *sealed = g_malloc(CHUNK + ABYTES);
    g_autofree uint8_t *plain = g_malloc(CHUNK);
    if (fread(header, 1, sizeof header, from) != sizeof header ||
        crypto_secretstream_xchacha20poly1305_init_pull(&stream, header, key) != 0) {
        return damaged(error);
    }
    uint8_t tag = 0;
    for (bool is_first = true; tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL;
         is_first = false) {
        size_t n = fread(sealed, 1, CHUNK + ABYTES, from);
        unsigned long long len = 0;
        if (n < ABYTES ||
            crypto_secretstream_xchacha20poly1305_pull(&stream, plain, &len, &tag, sealed, n,
                                                       is_first ? (const uint8_t *)head->str : NULL,
                                                       is_first ? head->len : 0) != 0) {
            return is_first
                       ? refuse(
                             error, "backup.passphrase",
                             "The passphrase does not open this backup, or the backup is damaged.")
                       : damaged(error);
        }
        if (to != NULL && fwrite(plain, 1, (size_t)len, to) != len) {
            return refuse(error, "backup.not_written", "The backup could not be unpacked: %s.",
                          g_strerror(errno));
        }
    }
    sodium_memzero(plain, CHUNK);
    return fgetc(from) == EOF ? true : damaged(error);
}

bool store_unseal(const char *path, const char *passphrase, const char *payload_to,
                  struct store_sealed *sealed_out, GError **error)
{
    *sealed_out = (struct store_sealed){0};
    FILE *from = fopen(path, "rbe");
    if (from == NULL) {
        return refuse(error, "file.unreadable", "%s cannot be read: %s.", path, g_strerror(errno));
    }
    GString *bytes = g_string_new(NULL);
    FILE *to = NULL;
    uint8_t key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    sealed_out->head = read_head(from, bytes, error);
    bool is_well = sealed_out->head != NULL;
    bool is_encrypted = is_well && json_is_true(json_object_get(sealed_out->head, "is_encrypted"));
    if (is_encrypted && passphrase == NULL) {
        is_well =
            refuse(error, "backup.passphrase", "This backup is encrypted. Give its passphrase.");
    }
    is_well = is_well && (!is_encrypted || derive(sealed_out->head, passphrase, key, error));
    if (is_well && payload_to != NULL) {
        to = fopen(payload_to, "wbe");
        sealed_out->path = g_strdup(payload_to);
        is_well = to != NULL || refuse(error, "backup.not_written", "%s cannot be written: %s.",
                                       payload_to, g_strerror(errno));
    }
    is_well = is_well && (is_encrypted ? read_sealed(from, to, bytes, key, error)
                                       : read_plain(from, to, bytes, error));
    if (to != NULL) {
        is_well = fclose(to) == 0 && is_well;
    }
    fclose(from);
    g_string_free(bytes, true);
    sodium_memzero(key, sizeof key);
    if (!is_well) {
        store_sealed_clear(sealed_out);
    }
    return is_well;
}
