/* The store, statement by statement, over two engines. SQL above this line is portable: $1, $2 ... parameters work in
 * both, columns are read by name, every value is bound.
 *
 * A query is a const beside the one function that runs it:
 *
 *     DB_QUERY(person_name, "SELECT name FROM person WHERE account_id = $1 AND person_id = $2");
 *     ...
 *     g_autoptr(db_rows) rows = DB_SELECT(tx, &person_name, error, DB_INT(account_id), DB_INT(person_id));
 *     if (rows == NULL)
 *         return false;
 *     while (db_rows_next(rows, error) > 0)
 *         use(db_text(rows, "name"));
 *
 * DB_QUERY also lists the statement (section db_queries), so that a test prepares every one on both engines and
 * tools/check-sql sees that each names its tenant. Where dialects differ: DB_QUERY2(name, sqlite_text, pgsql_text).
 *
 * All work happens inside a transaction callback: db_read() sees one snapshot, db_write() is atomic and durable when it
 * returns true. The frame commits or rolls back, never the callback. A write callback may run more than once
 * (PostgreSQL serialisation failures, a group commit taken apart), so it must not act outside the store and must reset
 * what it fills. Transactions do not nest: db_read() or db_write() from inside a callback of the same store fails with
 * "store.nested". A statement that fails ends the transaction on both engines: the callback returns false (one that
 * returns true all the same fails with "store.ignored_failure"). Expected conflicts are written ON CONFLICT.
 *
 * Parameters: PostgreSQL infers each type from its place. Where nothing around tells it, write CAST($1 AS BIGINT).
 *
 * Error codes: store.busy (theirs), store.foreign (theirs), store.newer (theirs), store.changed (theirs), store.exists
 * (theirs), store.engine (theirs), store.address (theirs), store.unreachable, store.constraint, store.full,
 * store.damaged, store.readonly, store.nested, store.statement, store.failed (ours). */
#ifndef LIGATURE_DB_DB_H
#define LIGATURE_DB_DB_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum db_engine { DB_ENGINE_NONE, DB_SQLITE, DB_PGSQL };

struct db;          /* a store: pool of connections, for SQLite one group-committing writer. Thread safe */
struct db_tx;       /* one transaction on one connection, valid inside its callback only */
typedef struct db_rows db_rows;

struct db_query {
    const char *name;
    const char *sqlite;
    const char *pgsql;
    const char *file;
    int line;
};

#define DB_QUERY2(ident, sqlite_text, pgsql_text)                                                          \
    static const struct db_query ident = {#ident, sqlite_text, pgsql_text, __FILE__, __LINE__};             \
    static const struct db_query *const ident##_listed __attribute__((used, section("db_queries"))) = &ident
#define DB_QUERY(ident, text) DB_QUERY2(ident, text, text)

/* Every listed query of the program: calls each(query, data). */
void db_queries_each(void (*each)(const struct db_query *query, void *data), void *data);

/* ---- values ---- */

enum db_type { DB_TYPE_NULL, DB_TYPE_INT, DB_TYPE_REAL, DB_TYPE_TEXT, DB_TYPE_BLOB };
struct db_value {
    enum db_type type;
    size_t len;                 /* text and blob */
    union { int64_t i; double d; const char *s; const void *b; } u;   /* borrowed until the call returns */
};
#define DB_INT(v) ((struct db_value){.type = DB_TYPE_INT, .u.i = (v)})
#define DB_REAL(v) ((struct db_value){.type = DB_TYPE_REAL, .u.d = (v)})
#define DB_NULL ((struct db_value){.type = DB_TYPE_NULL})
static inline struct db_value db_value_text(const char *s);
static inline struct db_value db_value_blob(const void *bytes, size_t len);
#define DB_TEXT(s) db_value_text(s)             /* NULL binds NULL */
#define DB_BLOB(b, n) db_value_blob(b, n)
/* DAY_NONE / AT_NONE bind NULL */
#define DB_DAY(d) ((d) == INT32_MIN ? DB_NULL : DB_INT(d))
#define DB_AT(a) ((a) == INT64_MIN ? DB_NULL : DB_INT(a))

/* ---- opening ---- */

/* url: a path of a SQLite file, or postgresql://... Creates the SQLite file when absent. readers: number of reader
 * connections kept (>= 1). NULL and *error when it cannot be opened. */
struct db *db_open(const char *url, int readers, GError **error);
void db_close(struct db *db);                   /* NULL does nothing; waits for what is running */

enum db_engine db_engine(const struct db *db);
/* What a higher rank keeps with an open store (worked out from it): made by make() when first asked
 * for, one a make, freed with the store. Thread safe. */
void *db_slot(struct db *db, void *(*make)(void), GDestroyNotify free_kept);
/* Changes when everything in the store may have changed at once (db_load_from). */
int db_epoch(struct db *db);

/* Brings the schema up to date: runs every migration after the recorded version, each in a transaction, in order.
 * Migrations only append: an earlier text that no longer has its recorded digest is refused. */
struct db_migration { int version; const char *summary; const char *sqlite; const char *pgsql; };
bool db_migrate(struct db *db, const struct db_migration *list, int n, GError **error);

/* ---- transactions ---- */

typedef bool db_fn(struct db_tx *tx, void *data, GError **error);
bool db_read(struct db *db, const char *name, db_fn *fn, void *data, GError **error);
/* SQLite: fn runs on the writer thread inside a savepoint; many waiting writers share one commit and one fsync.
 * false from fn (with *error set) rolls back only that fn's changes. */
bool db_write(struct db *db, const char *name, db_fn *fn, void *data, GError **error);
/* Inside db_write: calls after(db, data) on the thread that wrote, once what this callback wrote is
 * committed; then, or when it is not committed, free_data(data). The first call with the same `after`
 * wins: db_after_data gives its data, NULL when there is none. False inside db_read: data is freed. */
typedef void db_after_fn(struct db *db, void *data);
bool db_after(struct db_tx *tx, db_after_fn *after, void *data, GDestroyNotify free_data);
void *db_after_data(struct db_tx *tx, db_after_fn *after);
bool db_tx_is_write(const struct db_tx *tx);
enum db_engine db_tx_engine(const struct db_tx *tx);
struct db *db_tx_db(const struct db_tx *tx);

/* ---- statements ---- */

/* Runs a statement without result; *changed_out (may be NULL) gets the number of rows touched. */
bool db_exec(struct db_tx *tx, const struct db_query *query, GError **error, int64_t *changed_out,
             const struct db_value *values, int n);
#define DB_EXEC(tx, query, error, ...) \
    db_exec(tx, query, error, NULL, (const struct db_value[]){__VA_ARGS__}, DB_COUNT_(__VA_ARGS__))
#define DB_EXEC_COUNT(tx, query, changed_out, error, ...) \
    db_exec(tx, query, error, changed_out, (const struct db_value[]){__VA_ARGS__}, DB_COUNT_(__VA_ARGS__))

/* Rows, streamed. NULL and *error on failure. Freed by g_autoptr(db_rows). Borrowed column memory lives until the next
 * db_rows_next() or the free. */
db_rows *db_select(struct db_tx *tx, const struct db_query *query, GError **error, const struct db_value *values,
                   int n);
#define DB_SELECT(tx, query, error, ...) \
    db_select(tx, query, error, (const struct db_value[]){__VA_ARGS__}, DB_COUNT_(__VA_ARGS__))
#define DB_COUNT_(...) ((int)(sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)))

/* Compiles the statement on this connection without running it: what the test of all queries calls. */
bool db_prepare(struct db_tx *tx, const struct db_query *query, GError **error);

int db_rows_next(db_rows *rows, GError **error);        /* 1 a row, 0 the end, -1 failed with *error */
void db_rows_free_(db_rows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(db_rows, db_rows_free_)
int db_column(db_rows *rows, const char *name);         /* index for db_col_...; aborts when there is none */
bool db_col_is_null(db_rows *rows, int column);
int64_t db_col_int(db_rows *rows, int column);          /* NULL reads as 0 */
double db_col_real(db_rows *rows, int column);
const char *db_col_text(db_rows *rows, int column);     /* NULL reads as NULL. Borrowed */
const void *db_col_blob(db_rows *rows, int column, size_t *len_out);
static inline int64_t db_int(db_rows *rows, const char *name) { return db_col_int(rows, db_column(rows, name)); }
static inline double db_real(db_rows *rows, const char *name) { return db_col_real(rows, db_column(rows, name)); }
static inline const char *db_text(db_rows *rows, const char *name)
{
    return db_col_text(rows, db_column(rows, name));
}
static inline bool db_is_null(db_rows *rows, const char *name) { return db_col_is_null(rows, db_column(rows, name)); }
int32_t db_day(db_rows *rows, const char *name);        /* NULL reads as DAY_NONE */
int64_t db_at(db_rows *rows, const char *name);         /* NULL reads as AT_NONE */

/* ---- upkeep ---- */

/* SQLite: online copy of a consistent snapshot into a new file while the store serves; PostgreSQL: refused
 * (store.engine). */
bool db_copy_to(struct db *db, const char *path, GError **error);
/* The other way round: everything in the store becomes what the file at path holds, whole or not at all. PostgreSQL:
 * refused (store.engine). The caller has made sure that nothing worth keeping is lost. */
bool db_load_from(struct db *db, const char *path, GError **error);
/* The engine's own integrity check; appends one line per finding. */
bool db_check(struct db *db, GPtrArray *findings, GError **error);
/* After an erasure: rewrites the files so that deleted bytes are gone from them (SQLite: full-text indexes made again,
 * VACUUM and an emptied log; PostgreSQL: VACUUM of every table). Not inside a transaction; others wait meanwhile. */
bool db_erase_vacuum(struct db *db, GError **error);

/* Counted since db_open, for /metrics. */
struct db_stats {
    int64_t reads;              /* read transactions ended */
    int64_t writes;             /* write callbacks committed */
    int64_t commits;            /* durable commits: writes / commits is the size of a group */
    int64_t largest_group;      /* most writes that shared one commit */
    int64_t failed;             /* transactions that failed, whosever fault */
    int64_t busy;               /* times another program held the store too long */
    int64_t retries;            /* times a write callback was run again */
    int64_t checkpoints;        /* SQLite: log moved into the file */
};
void db_stats(struct db *db, struct db_stats *stats_out);

static inline struct db_value db_value_text(const char *s)
{
    if (s == NULL)
        return DB_NULL;
    return (struct db_value){.type = DB_TYPE_TEXT, .len = __builtin_strlen(s), .u.s = s};
}
static inline struct db_value db_value_blob(const void *bytes, size_t len)
{
    return (struct db_value){.type = DB_TYPE_BLOB, .len = len, .u.b = bytes};
}

#endif
