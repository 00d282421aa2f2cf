/* The SQLite engine: opening files and connections, transactions of readers, what result codes
 * mean. Statements: db_sqlite_statement.c. The writing thread: db_sqlite_writer.c.
 *
 * Every connection is used by one thread at a time (SQLITE_OPEN_NOMUTEX). A file is ours when its
 * application id says so; an empty file becomes ours; any other SQLite file is refused, never
 * touched. */
#include "db/db_sqlite.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MMAP_FROM_BYTES                                                                            \
    (32 << 20) /* smaller files live in the page cache alone: resident memory stays small */

static const char *const verb_text[N_VERBS] = {
    [VERB_BEGIN] = "BEGIN",
    [VERB_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [VERB_COMMIT] = "COMMIT",
    [VERB_ROLLBACK] = "ROLLBACK",
    [VERB_SAVE] = "SAVEPOINT job",
    [VERB_RELEASE] = "RELEASE job",
    [VERB_ROLLBACK_TO] = "ROLLBACK TO job",
};

bool sqlite_fail(struct sqlite_conn *conn, int rc, const char *what, GError **error)
{
    struct db *db = conn->tx.db;
    const char *detail = conn->handle != NULL ? sqlite3_errmsg(conn->handle) : sqlite3_errstr(rc);
    const char *path = ((struct sqlite_db *)db)->path;
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        db_count(&db->counters.busy);
        return refuse(
            error, "store.busy",
            "Another program is writing to the store. Nothing was changed; try again when it has finished.");
    case SQLITE_CONSTRAINT:
        return bug(error, "store.constraint", "%s would break a rule of the store (%s).", what,
                   detail);
    case SQLITE_FULL:
        return bug(error, "store.full", "The disk that holds %s is full. Nothing was changed.",
                   path);
    case SQLITE_CORRUPT:
        return bug(error, "store.damaged",
                   "The store %s is damaged (%s). Restore it from a backup.", path, detail);
    case SQLITE_NOTADB:
        return refuse(error, "store.foreign", "The file %s is not a Ligature store.", path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return bug(error, "store.readonly", "The store %s may not be written (%s).", path, detail);
    case SQLITE_CANTOPEN:
        return bug(error, "store.unreachable", "The store %s could not be opened (%s).", path,
                   detail);
    case SQLITE_IOERR:
        return bug(error, "store.failed", "The disk that holds %s failed (%s).", path, detail);
    case SQLITE_ERROR:
        return bug(error, "store.statement", "%s is not a statement the store understands (%s).",
                   what, detail);
    default: return bug(error, "store.failed", "%s failed in the store (%s).", what, detail);
    }
}

bool sqlite_conn_run(struct sqlite_conn *conn, const char *sql, GError **error)
{
    int rc = sqlite3_exec(conn->handle, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK || sqlite_fail(conn, rc, sql, error);
}

static bool conn_number(struct sqlite_conn *conn, const char *sql, int64_t *number_out,
                        GError **error)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(conn->handle, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(stmt);
    }
    if (rc == SQLITE_ROW) {
        *number_out = sqlite3_column_int64(stmt, 0);
        rc = SQLITE_OK;
    }
    bool is_ok = rc == SQLITE_OK || sqlite_fail(conn, rc, sql, error);
    sqlite3_finalize(stmt);
    return is_ok;
}

int sqlite_conn_verb(struct sqlite_conn *conn, enum sqlite_verb verb)
{
    if (conn->verbs[verb] == NULL) {
        int rc = sqlite3_prepare_v3(conn->handle, verb_text[verb], -1, SQLITE_PREPARE_PERSISTENT,
                                    &conn->verbs[verb], NULL);
        if (rc != SQLITE_OK) {
            return rc;
        }
    }
    int rc = sqlite3_step(conn->verbs[verb]);
    sqlite3_reset(conn->verbs[verb]);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* The first connection to an empty file makes it ours; the size of a page can only be chosen now.
 * Larger pages than SQLite's own choice: fewer of them to find, sum and copy. No auto_vacuum: it
 * keeps a second account of every page; room comes back by VACUUM (sqlite_erase_vacuum). */
static bool claim_file(struct sqlite_conn *conn, GError **error)
{
    struct sqlite_db *owner = (struct sqlite_db *)conn->tx.db;
    int64_t application_id = 0;
    int64_t n_objects = 0;
    if (!conn_number(conn, "PRAGMA application_id", &application_id, error) ||
        !conn_number(conn, "SELECT count(*) FROM sqlite_schema", &n_objects, error)) {
        return false;
    }
    if (application_id == SQLITE_APPLICATION_ID) {
        return true;
    }
    if (application_id != 0 || n_objects != 0) {
        return refuse(error, "store.foreign",
                      "The file %s belongs to another program, it is not a Ligature store.",
                      owner->path);
    }
    return sqlite_conn_run(conn, "PRAGMA page_size = 8192", error) &&
           sqlite_conn_run(conn, "PRAGMA journal_mode = WAL", error) &&
           sqlite_conn_run(conn, "PRAGMA application_id = " G_STRINGIFY(SQLITE_APPLICATION_ID),
                           error);
}

/* Readers of a large store map it; a small one stays within a few megabytes of cache. */
static bool tune_reader(struct sqlite_conn *conn, GError **error)
{
    struct stat about;
    bool is_large = stat(((struct sqlite_db *)conn->tx.db)->path, &about) == 0 &&
                    about.st_size >= MMAP_FROM_BYTES;
    return sqlite_conn_run(
               conn, is_large ? "PRAGMA mmap_size = 4294967296" : "PRAGMA mmap_size = 0", error) &&
           sqlite_conn_run(conn, "PRAGMA cache_size = -8192", error) &&
           sqlite_conn_run(conn, "PRAGMA query_only = ON", error);
}

static bool tune(struct sqlite_conn *conn, bool is_writer, GError **error)
{
    sqlite3_busy_timeout(conn->handle, SQLITE_BUSY_MS);
    sqlite3_db_config(conn->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(conn->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(conn->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(conn->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(conn->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    if (!sqlite_conn_run(conn, "PRAGMA cell_size_check = ON", error) ||
        !sqlite_conn_run(conn, "PRAGMA temp_store = MEMORY", error)) {
        return false;
    }
    if (!is_writer) {
        return tune_reader(conn, error);
    }
    return claim_file(conn, error) && sqlite_conn_run(conn, "PRAGMA journal_mode = WAL", error) &&
           sqlite_conn_run(conn, "PRAGMA synchronous = FULL", error) &&
           sqlite_conn_run(conn, "PRAGMA secure_delete = ON", error) &&
           sqlite_conn_run(conn, "PRAGMA cache_size = -131072", error) &&
           sqlite_conn_run(conn, "PRAGMA journal_size_limit = 67108864", error);
}

struct sqlite_conn *sqlite_conn_open(struct sqlite_db *owner, bool is_writer, GError **error)
{
    struct sqlite_conn *conn = g_new0(struct sqlite_conn, 1);
    conn->tx = (struct db_tx){
        .driver = owner->db.driver, .db = &owner->db, .name = "open", .is_write = is_writer};
    int rc = sqlite3_open_v2(owner->path, &conn->handle,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    bool is_ok = rc == SQLITE_OK || sqlite_fail(conn, rc, "opening", error);
    if (is_ok) {
        sqlite3_extended_result_codes(conn->handle, 1);
        is_ok = tune(conn, is_writer, error);
    }
    if (!is_ok) {
        sqlite_conn_close(conn);
        return NULL;
    }
    return conn;
}

void sqlite_conn_close(struct sqlite_conn *conn)
{
    sqlite_statements_free(conn);
    for (int i = 0; i < N_VERBS; i++) {
        sqlite3_finalize(conn->verbs[i]);
    }
    sqlite3_close(conn->handle);
    g_free(conn);
}

static void *reader_make(void *context, GError **error)
{
    return sqlite_conn_open(context, false, error);
}

static void reader_destroy(void *item)
{
    sqlite_conn_close(item);
}

static bool sqlite_read(struct db *db, const char *name, db_fn *fn, void *data, GError **error)
{
    struct sqlite_db *self = (struct sqlite_db *)db;
    if (sqlite_writer_is_me(self->writer) || db_pool_is_mine(self->readers)) {
        return bug(error, "store.nested",
                   "The reading %s was begun inside another transaction of this thread.", name);
    }
    struct sqlite_conn *conn = db_pool_take(self->readers, error);
    if (conn == NULL) {
        return false;
    }
    conn->tx.name = name;
    int rc = sqlite_conn_verb(conn, VERB_BEGIN);
    bool is_ok = rc == SQLITE_OK ? db_tx_call(&conn->tx, fn, data, error)
                                 : sqlite_fail(conn, rc, name, error);
    if (!sqlite_conn_close_rows(conn) && is_ok) {
        is_ok =
            bug(error, "store.open_rows", "The reading %s ended without freeing its rows.", name);
    }
    if (sqlite3_get_autocommit(conn->handle) == 0) {
        sqlite_conn_verb(conn, VERB_COMMIT);
    }
    db_pool_give(self->readers, conn);
    return is_ok;
}

static bool sqlite_write(struct db *db, const char *name, db_fn *fn, void *data, GError **error)
{
    struct sqlite_db *self = (struct sqlite_db *)db;
    if (sqlite_writer_is_me(self->writer) || db_pool_is_mine(self->readers)) {
        return bug(error, "store.nested",
                   "The writing %s was begun inside another transaction of this thread.", name);
    }
    return sqlite_writer_run(self->writer, name, fn, data, error);
}

static bool sqlite_run(struct db_tx *tx, const char *sql, GError **error)
{
    bool is_ok = sqlite_conn_run((struct sqlite_conn *)tx, sql, error);
    tx->has_failed = tx->has_failed || !is_ok;
    return is_ok;
}

static void sqlite_close(struct db *db)
{
    struct sqlite_db *self = (struct sqlite_db *)db;
    db_pool_free(self->readers);
    sqlite_writer_free(self->writer);
    g_free(self->path);
    g_free(self);
}

static const struct db_driver sqlite_driver = {
    .close = sqlite_close,
    .read = sqlite_read,
    .write = sqlite_write,
    .prepare = sqlite_prepare,
    .exec = sqlite_exec,
    .select = sqlite_select,
    .run = sqlite_run,
    .next = sqlite_next,
    .rows_free = sqlite_rows_free,
    .col_is_null = sqlite_col_is_null,
    .col_int = sqlite_col_int,
    .col_real = sqlite_col_real,
    .col_text = sqlite_col_text,
    .col_blob = sqlite_col_blob,
    .copy_to = sqlite_copy_to,
    .load_from = sqlite_load_from,
    .check = sqlite_check,
    .erase_vacuum = sqlite_erase_vacuum,
};

/* SQLite's count of memory takes a lock that all connections share, at each allocation. */
static void library_tune(void)
{
    static gsize is_done;
    if (g_once_init_enter(&is_done)) {
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        g_once_init_leave(&is_done, 1);
    }
}

struct db *db_sqlite_open(const char *path, int readers, GError **error)
{
    /* Made here and not by SQLite: a private address book is nobody else's to read. The log takes
     * over these rights. */
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        bug(error, "store.unreachable", "The store %s could not be opened (%s).", path,
            g_strerror(errno));
        return NULL;
    }
    close(fd);

    library_tune();
    struct sqlite_db *self = g_new0(struct sqlite_db, 1);
    self->db = (struct db){.driver = &sqlite_driver, .engine = DB_SQLITE};
    self->path = g_strdup(path);
    self->readers = db_pool_new(readers, reader_make, reader_destroy, self);
    self->writer = sqlite_writer_new(self, error);
    if (self->writer == NULL) {
        sqlite_close(&self->db);
        return NULL;
    }
    return &self->db;
}
