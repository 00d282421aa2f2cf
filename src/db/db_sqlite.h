/* The SQLite engine's own parts, shared by db_sqlite*.c: a connection with its prepared statements,
 * and the writer. */
#ifndef LIGATURE_DB_DB_SQLITE_H
#define LIGATURE_DB_DB_SQLITE_H

#include "db/db_cache.h"
#include "db/db_driver.h"
#include "db/db_pool.h"

#include <sqlite3.h>

#define SQLITE_BUSY_MS 10000 /* how long another program may hold the store before we give up */
#define SQLITE_APPLICATION_ID 0x4c494741 /* "LIGA": tells our files from other SQLite files */

enum sqlite_verb {
    VERB_BEGIN,
    VERB_BEGIN_WRITE,
    VERB_COMMIT,
    VERB_ROLLBACK,
    VERB_SAVE,
    VERB_RELEASE,
    VERB_ROLLBACK_TO,
    N_VERBS
};

struct sqlite_conn {
    struct db_tx tx;
    sqlite3 *handle;
    sqlite3_stmt *verbs[N_VERBS];
    struct db_cache cache; /* of struct sqlite_statement */
    int n_open;            /* rows not freed yet */
};

struct sqlite_writer;

struct sqlite_db {
    struct db db;
    char *path;
    struct db_pool *readers;
    struct sqlite_writer *writer;
};

/* db_sqlite.c: connections */
struct sqlite_conn *sqlite_conn_open(struct sqlite_db *owner, bool is_writer, GError **error);
void sqlite_conn_close(struct sqlite_conn *conn);
int sqlite_conn_verb(struct sqlite_conn *conn, enum sqlite_verb verb);
/* Runs text without parameters, e.g. a PRAGMA. */
bool sqlite_conn_run(struct sqlite_conn *conn, const char *sql, GError **error);
/* Sets *error by the result code; what: the name of the statement or deed, for the message. Returns
 * false. */
bool sqlite_fail(struct sqlite_conn *conn, int rc, const char *what, GError **error);
/* Ends the selects that a callback left open. True when there was none. */
bool sqlite_conn_close_rows(struct sqlite_conn *conn);

/* db_sqlite_statement.c: the statement half of the driver table */
bool sqlite_prepare(struct db_tx *tx, const struct db_query *query, GError **error);
bool sqlite_exec(struct db_tx *tx, const struct db_query *query, GError **error,
                 int64_t *changed_out, const struct db_value *values, int n);
db_rows *sqlite_select(struct db_tx *tx, const struct db_query *query, GError **error,
                       const struct db_value *values, int n);
int sqlite_next(db_rows *rows, GError **error);
void sqlite_rows_free(db_rows *rows);
bool sqlite_col_is_null(db_rows *rows, int column);
int64_t sqlite_col_int(db_rows *rows, int column);
double sqlite_col_real(db_rows *rows, int column);
const char *sqlite_col_text(db_rows *rows, int column);
const void *sqlite_col_blob(db_rows *rows, int column, size_t *len_out);
void sqlite_statements_free(struct sqlite_conn *conn);

/* db_sqlite_writer.c: the one thread that writes */
struct sqlite_writer *sqlite_writer_new(struct sqlite_db *owner, GError **error);
void sqlite_writer_free(struct sqlite_writer *writer); /* finishes what is queued */
bool sqlite_writer_is_me(const struct sqlite_writer *writer);
bool sqlite_writer_run(struct sqlite_writer *writer, const char *name, db_fn *fn, void *data,
                       GError **error);
/* Writers queued and not begun; for tests that need a group. */
int sqlite_writer_n_waiting(struct sqlite_writer *writer);
/* Runs fn on the writer thread outside any transaction. */
bool sqlite_writer_run_alone(struct sqlite_writer *writer, const char *name, db_fn *fn, void *data,
                             GError **error);

/* db_sqlite_upkeep.c */
bool sqlite_copy_to(struct db *db, const char *path, GError **error);
bool sqlite_load_from(struct db *db, const char *path, GError **error);
bool sqlite_check(struct db *db, GPtrArray *findings, GError **error);
bool sqlite_erase_vacuum(struct db *db, GError **error);

#endif
