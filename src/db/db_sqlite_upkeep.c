/* Copying, checking and emptying a SQLite store while it serves. */
#include "db/db_sqlite.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define VACUUM_IN_MEMORY_BYTES                                                                     \
    (256 << 20) /* a larger store is rewritten by way of a temporary file */

static bool file_sync(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_ok = fd >= 0 && folder_fd >= 0 && fsync(fd) == 0 && fsync(folder_fd) == 0;
    int reason = errno;
    if (fd >= 0) {
        close(fd);
    }
    if (folder_fd >= 0) {
        close(folder_fd);
    }
    return is_ok || bug(error, "store.failed", "The copy %s could not be made durable (%s).", path,
                        g_strerror(reason));
}

/* One step copies everything inside one read transaction, so the copy is one snapshot and writers
 * go on meanwhile. */
static bool copy_pages(struct sqlite_conn *from, const char *path, GError **error)
{
    struct sqlite_conn to = {.tx = from->tx};
    int rc = sqlite3_open_v2(path, &to.handle, SQLITE_OPEN_READWRITE, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(to.handle, "main", from->handle, "main");
        if (backup != NULL) {
            sqlite3_backup_step(backup, -1);
            sqlite3_backup_finish(backup);
        }
        rc = sqlite3_extended_errcode(to.handle);
    }
    bool is_ok = rc == SQLITE_OK || sqlite_fail(&to, rc, "copying", error);
    sqlite3_close(to.handle);
    return is_ok;
}

bool sqlite_copy_to(struct db *db, const char *path, GError **error)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno == EEXIST ? refuse(error, "store.exists", "There is a file %s already.", path)
                               : bug(error, "store.unreachable",
                                     "The copy %s could not be begun (%s).", path,
                                     g_strerror(errno));
    }
    close(fd);
    struct sqlite_conn *from = sqlite_conn_open((struct sqlite_db *)db, false, error);
    bool is_ok = from != NULL && copy_pages(from, path, error) && file_sync(path, error);
    if (from != NULL) {
        sqlite_conn_close(from);
    }
    if (!is_ok) {
        unlink(path);
    }
    return is_ok;
}

/* On the writer's own connection and thread: SQLite's backup writes all pages in one transaction. */
static bool load_pages(struct db_tx *tx, void *data, GError **error)
{
    struct sqlite_conn *to = (struct sqlite_conn *)tx;
    sqlite3 *from = NULL;
    int rc = sqlite3_open_v2(data, &from, SQLITE_OPEN_READONLY, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(to->handle, "main", from, "main");
        rc = sqlite3_extended_errcode(to->handle);
        if (backup != NULL) {
            sqlite3_backup_step(backup, -1);
            rc = sqlite3_backup_finish(backup);
        }
    }
    sqlite3_close(from);
    return rc == SQLITE_OK || sqlite_fail(to, rc, "reading the copy", error);
}

bool sqlite_load_from(struct db *db, const char *path, GError **error)
{
    return sqlite_writer_run_alone(((struct sqlite_db *)db)->writer, "load", load_pages, (void *)path, error);
}

/* Appends each row of a PRAGMA as a line, but not "ok". */
static bool check_by(struct sqlite_conn *conn, const char *pragma, const char *format,
                     GPtrArray *findings, GError **error)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(conn->handle, pragma, -1, &stmt, NULL);
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        rc = sqlite3_step(stmt);
        const char *text = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
        if (text != NULL && strcmp(text, "ok") != 0) {
            GString *line = g_string_new(format);
            g_string_replace(line, "{}", text, 0);
            g_ptr_array_add(findings, g_string_free(line, FALSE));
        }
    }
    sqlite3_finalize(stmt);
    if ((rc & 0xff) == SQLITE_CORRUPT) {
        g_ptr_array_add(findings, g_strdup(sqlite3_errmsg(conn->handle)));
        return true;
    }
    return rc == SQLITE_DONE || sqlite_fail(conn, rc, pragma, error);
}

bool sqlite_check(struct db *db, GPtrArray *findings, GError **error)
{
    struct sqlite_conn *conn = sqlite_conn_open((struct sqlite_db *)db, false, error);
    if (conn == NULL) {
        return false;
    }
    bool is_ok = check_by(conn, "PRAGMA integrity_check(1000)", "{}", findings, error) &&
                 check_by(conn, "PRAGMA foreign_key_check",
                          "a row of {} points at a row that is not there", findings, error);
    sqlite_conn_close(conn);
    return is_ok;
}

/* A full-text index keeps the words of deleted rows beside marks that they are gone, so it is made again. */
static bool rebuild_words(struct sqlite_conn *conn, GError **error)
{
    g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func(sqlite3_free);
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(conn->handle,
                                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE "
                                "'CREATE VIRTUAL TABLE%USING fts5%'",
                                -1, &stmt, NULL);
    while (rc == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        g_ptr_array_add(statements, sqlite3_mprintf("INSERT INTO \"%w\" (\"%w\") VALUES ('rebuild')",
                                                    name, name));
    }
    sqlite3_finalize(stmt);
    bool is_ok = true;
    for (guint i = 0; i < statements->len && is_ok; i++) {
        is_ok = sqlite_conn_run(conn, g_ptr_array_index(statements, i), error);
    }
    return is_ok;
}

/* Runs on the writer thread outside a transaction. */
static bool vacuum(struct db_tx *tx, void *data, GError **error)
{
    struct sqlite_conn *conn = (struct sqlite_conn *)tx;
    struct sqlite_db *self = (struct sqlite_db *)tx->db;
    sqlite3_int64 n_bytes = 0;
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(conn->handle,
                           "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
                           -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW) {
        n_bytes = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);

    bool is_large = n_bytes > VACUUM_IN_MEMORY_BYTES;
    bool is_ok = rebuild_words(conn, error) &&
                 (!is_large || sqlite_conn_run(conn, "PRAGMA temp_store = FILE", error)) &&
                 sqlite_conn_run(conn, "VACUUM", error);
    if (is_large) {
        sqlite_conn_run(conn, "PRAGMA temp_store = MEMORY", NULL);
    }
    if (!is_ok) {
        return false;
    }
    /* The log still holds the old pages until it is cut, which needs every reader to have moved on.
     */
    int rc = sqlite3_wal_checkpoint_v2(conn->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    db_count(&tx->db->counters.checkpoints);
    return rc == SQLITE_OK || sqlite_fail(conn, rc, self->path, error);
}

bool sqlite_erase_vacuum(struct db *db, GError **error)
{
    return sqlite_writer_run_alone(((struct sqlite_db *)db)->writer, "erase_vacuum", vacuum, NULL,
                                   error);
}
