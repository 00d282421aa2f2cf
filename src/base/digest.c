/* BLAKE2b with 16 bytes of output. A row's digest covers table name and every column, each framed
 * as one type byte, eight length bytes (low first) and the bytes themselves: "ab","c" and "a","bc"
 * differ. */
#include "base/digest.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static_assert(sizeof(struct row_digest) >= sizeof(crypto_generichash_state), "the state fits");

static crypto_generichash_state *state_of(struct row_digest *row)
{
    return (crypto_generichash_state *)(void *)row->state;
}

void digest_bytes(const void *bytes, size_t len, uint8_t out[static DIGEST_LEN])
{
    crypto_generichash(out, DIGEST_LEN, bytes, len, NULL, 0);
}

char *digest_format(const uint8_t digest[static DIGEST_LEN], char out[static DIGEST_TEXT])
{
    return sodium_bin2hex(out, DIGEST_TEXT, digest, DIGEST_LEN);
}

static void feed(struct row_digest *row, char type, const void *bytes, size_t len)
{
    uint8_t frame[9] = { (uint8_t)type };
    for (int i = 0; i < 8; i++) {
        frame[1 + i] = (uint8_t)((uint64_t)len >> (8 * i));
    }
    crypto_generichash_update(state_of(row), frame, sizeof frame);
    if (len > 0) {
        crypto_generichash_update(state_of(row), bytes, len);
    }
}

void row_digest_start(struct row_digest *row, const char *table)
{
    crypto_generichash_init(state_of(row), NULL, 0, DIGEST_LEN);
    feed(row, 'r', table, strlen(table));
}

void row_digest_int(struct row_digest *row, int64_t value)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)((uint64_t)value >> (8 * i));
    }
    feed(row, 'i', bytes, sizeof bytes);
}

void row_digest_null(struct row_digest *row)
{
    feed(row, 'n', NULL, 0);
}

void row_digest_text(struct row_digest *row, const char *value)
{
    if (value == NULL) {
        row_digest_null(row);
    } else {
        feed(row, 't', value, strlen(value));
    }
}

void row_digest_blob(struct row_digest *row, const void *bytes, size_t len)
{
    feed(row, 'b', bytes, len);
}

char *row_digest_finish(struct row_digest *row, char out[static DIGEST_TEXT])
{
    uint8_t digest[DIGEST_LEN];
    crypto_generichash_final(state_of(row), digest, sizeof digest);
    return digest_format(digest, out);
}
