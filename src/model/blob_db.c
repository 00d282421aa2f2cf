/* Photos, and their statements. */
#include "model/blob.h"

#include "model/noun.h"

#include <string.h>

const char *blob_image_type(const void *bytes, size_t len)
{
    const unsigned char *b = bytes;
    if (len >= 3 && memcmp(b, "\xff\xd8\xff", 3) == 0) {
        return "image/jpeg";
    }
    if (len >= 8 && memcmp(b, "\x89PNG\r\n\x1a\n", 8) == 0) {
        return "image/png";
    }
    if (len >= 12 && memcmp(b, "RIFF", 4) == 0 && memcmp(b + 8, "WEBP", 4) == 0) {
        return "image/webp";
    }
    if (len >= 6 && (memcmp(b, "GIF87a", 6) == 0 || memcmp(b, "GIF89a", 6) == 0)) {
        return "image/gif";
    }
    return NULL;
}

DB_QUERY(blob_put, "INSERT INTO blob (" BLOB_COLUMNS ") " VALUES_4 " ON CONFLICT DO NOTHING");

bool blob_add(struct book *book, const void *bytes, size_t len, char digest_out[static DIGEST_TEXT],
              GError **error)
{
    if (len > BLOB_MAX) {
        return refuse(error, "blob.too_large", "A photo has at most 2 MiB; this one has %.1f.",
                      (double)len / (1024 * 1024));
    }
    const char *type = blob_image_type(bytes, len);
    if (type == NULL) {
        return refuse(error, "blob.not_an_image", "A photo is a JPEG, PNG, WebP or GIF file.");
    }
    uint8_t digest[DIGEST_LEN];
    digest_bytes(bytes, len, digest);
    digest_format(digest, digest_out);
    return DB_EXEC(book->tx, &blob_put, error, DB_INT(book->account_id), DB_TEXT(digest_out),
                   DB_TEXT(type), DB_BLOB(bytes, len));
}

DB_QUERY(blob_one, "SELECT media_type, bytes FROM blob WHERE account_id = $1 AND digest = $2");

bool blob_load(struct book *book, const char *digest, GBytes **bytes_out,
               const char **media_type_out, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &blob_one, error, DB_INT(book->account_id), DB_TEXT(digest));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state <= 0) {
        return state == 0 && refuse(error, "blob.not_found", "There is no such photo.");
    }
    size_t len;
    const void *bytes = db_col_blob(rows, db_column(rows, "bytes"), &len);
    *bytes_out = g_bytes_new(bytes, len);
    *media_type_out = blob_image_type(bytes, len);
    if (*media_type_out == NULL) {
        *media_type_out = "application/octet-stream";
    }
    return true;
}

/* A photo is in use while any set of facts names it, counting or not: undoing may bring it back. */
DB_QUERY(blob_delete_unused,
         "DELETE FROM blob WHERE account_id = $1 AND NOT EXISTS (SELECT 1 FROM fact_set f "
         "WHERE f.account_id = $1 AND f.facts LIKE '%[\"photo\",\"' || blob.digest || '\"%')");

bool blob_sweep(struct book *book, int *n_out, GError **error)
{
    int64_t n = 0;
    bool is_done =
        DB_EXEC_COUNT(book->tx, &blob_delete_unused, &n, error, DB_INT(book->account_id));
    *n_out = (int)n;
    return is_done;
}
