/* Digests of stored rows and files: keyless BLAKE2b (libsodium), 16 bytes, shown as 32 hex digits. */
#ifndef LIGATURE_BASE_DIGEST_H
#define LIGATURE_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#define DIGEST_LEN 16
#define DIGEST_TEXT 33

void digest_bytes(const void *bytes, size_t len, uint8_t out[static DIGEST_LEN]);
char *digest_format(const uint8_t digest[static DIGEST_LEN], char out[static DIGEST_TEXT]);

/* Rows: feed each column in order; every value is framed with its type and length, so no two rows collide by
 * shifting. */
struct row_digest { uint8_t state[384 + 64]; } __attribute__((aligned(64)));
void row_digest_start(struct row_digest *row, const char *table);
void row_digest_int(struct row_digest *row, int64_t value);
void row_digest_null(struct row_digest *row);
void row_digest_text(struct row_digest *row, const char *value);            /* NULL counts as null */
void row_digest_blob(struct row_digest *row, const void *bytes, size_t len);
char *row_digest_finish(struct row_digest *row, char out[static DIGEST_TEXT]);

#endif
