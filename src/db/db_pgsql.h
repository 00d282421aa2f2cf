/* The PostgreSQL engine's own parts, shared by db_pgsql*.c.
 *
 * Every connection stays in pipeline mode. What needs no answer at once (BEGIN, a db_exec whose
 * count nobody asked for) is only sent; pgsql_sync() waits for all of it and tells the first error.
 */
#ifndef LIGATURE_DB_DB_PGSQL_H
#define LIGATURE_DB_DB_PGSQL_H

#include "db/db_cache.h"
#include "db/db_driver.h"
#include "db/db_pool.h"

#include <libpq-fe.h>

#define PGSQL_PENDING_MAX 512 /* statements sent without waiting */

struct pgsql_db {
    struct db db;
    char *url;
    struct db_pool *readers;
    struct db_pool *writers;
};

struct pgsql_conn {
    struct db_tx tx;
    struct pgsql_db *owner; /* borrowed */
    PGconn *pg;
    struct db_cache cache; /* of struct pgsql_statement */
    unsigned n_prepared;   /* for their names */
    const char
        *pending[PGSQL_PENDING_MAX]; /* names of the statements sent and not answered, borrowed */
    int n_pending;
    bool is_ending;    /* the COMMIT of a reader and a sync are on their way */
    bool must_retry;   /* the transaction lost against another one */
    bool has_answered; /* the server answered a statement of this transaction */
};

/* db_pgsql.c */
/* Sets *error by result (or by the connection's state when result is NULL). Returns false. */
bool pgsql_fail(struct pgsql_conn *conn, const PGresult *result, const char *what, GError **error);
/* A separate connection for upkeep, not in pipeline mode. */
PGconn *pgsql_connect(struct pgsql_db *owner, GError **error);
/* A lost connection of a reader that has not been answered yet: opens it anew and begins again. */
bool pgsql_begin_again(struct pgsql_conn *conn, GError **error);

/* db_pgsql_statement.c */
/* Sends text without parameters, no answer awaited. what: its name. */
bool pgsql_send(struct pgsql_conn *conn, const char *sql, const char *what, GError **error);
/* Waits for everything sent. last_out (may be NULL) gets the last statement's result, to be cleared
 * by the caller. */
bool pgsql_sync(struct pgsql_conn *conn, PGresult **last_out, GError **error);
/* Reads the answers up to a sync that was sent already. */
bool pgsql_collect(struct pgsql_conn *conn, PGresult **last_out, GError **error);
void pgsql_statements_free(struct pgsql_conn *conn);
bool pgsql_prepare(struct db_tx *tx, const struct db_query *query, GError **error);
bool pgsql_exec(struct db_tx *tx, const struct db_query *query, GError **error,
                int64_t *changed_out, const struct db_value *values, int n);
db_rows *pgsql_select(struct db_tx *tx, const struct db_query *query, GError **error,
                      const struct db_value *values, int n);

/* db_pgsql_rows.c */
/* How a column's type comes to us. */
enum pgsql_kind {
    PGSQL_TEXT,
    PGSQL_INT2,
    PGSQL_INT4,
    PGSQL_INT8,
    PGSQL_FLOAT4,
    PGSQL_FLOAT8,
    PGSQL_BOOL,
    PGSQL_BYTES,
    PGSQL_OTHER
};
enum pgsql_kind pgsql_kind_of(Oid type);
/* Takes over result. names: borrowed while the rows live. */
db_rows *pgsql_rows_new(struct pgsql_conn *conn, const struct db_query *query, PGresult *result,
                        char *const *names);
int pgsql_next(db_rows *rows, GError **error);
void pgsql_rows_free(db_rows *rows);
bool pgsql_col_is_null(db_rows *rows, int column);
int64_t pgsql_col_int(db_rows *rows, int column);
double pgsql_col_real(db_rows *rows, int column);
const char *pgsql_col_text(db_rows *rows, int column);
const void *pgsql_col_blob(db_rows *rows, int column, size_t *len_out);

/* db_pgsql_upkeep.c */
bool pgsql_copy_to(struct db *db, const char *path, GError **error);
bool pgsql_check(struct db *db, GPtrArray *findings, GError **error);
bool pgsql_erase_vacuum(struct db *db, GError **error);

#endif
