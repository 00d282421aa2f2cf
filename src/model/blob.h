/* Photos: bytes kept once each, by digest. */
#ifndef LIGATURE_MODEL_BLOB_H
#define LIGATURE_MODEL_BLOB_H

#include "base/digest.h"
#include "model/book.h"

#define BLOB_MAX (2 * 1024 * 1024)

/* "image/jpeg", "image/png", "image/webp", "image/gif" by the first bytes; NULL: none of them.
 * Constant. */
const char *blob_image_type(const void *bytes, size_t len);
/* Refuses blob.too_large, blob.not_an_image. The same bytes again change nothing. */
bool blob_add(struct book *book, const void *bytes, size_t len, char digest_out[static DIGEST_TEXT],
              GError **error);
/* *bytes_out: new reference. Refuses blob.not_found. */
bool blob_load(struct book *book, const char *digest, GBytes **bytes_out,
               const char **media_type_out, GError **error);
/* Blobs no fact names any more leave the store; *n_out says how many. */
bool blob_sweep(struct book *book, int *n_out, GError **error);

#endif
