/* Statements of one SQLite connection: each query is compiled once and found again by its address.
 * The statement is also the rows object, so that neither db_exec nor db_select allocates.
 *
 * db_exec binds the caller's memory as it is (it is not touched after the call); db_select keeps a
 * copy in the statement, because SQLite looks at the parameters for as long as rows come. */
#include "db/db_sqlite.h"

#include "base/error.h"

#include <string.h>

struct sqlite_statement {
    struct db_rows rows;
    struct sqlite_conn *conn; /* borrowed */
    sqlite3_stmt *stmt;
    const struct db_query *query; /* borrowed: a const of the program */
    int n_params;
    uint8_t *order; /* order[i]: which $n is SQLite's parameter i + 1; NULL when in sequence */
    char **names;
    bool is_open; /* rows are being read */
    int ahead;    /* result of the step that db_select made already; 0 none */
    char *copy;   /* texts and blobs bound by db_select */
    size_t copy_size;
    struct sqlite_statement *spare; /* the same query again, for when this one is open */
};

/* ---- the cache ---- */

static void names_load(struct sqlite_statement *statement)
{
    int n = sqlite3_column_count(statement->stmt);
    g_strfreev(statement->names);
    statement->names = g_new0(char *, n + 1);
    for (int i = 0; i < n; i++) {
        statement->names[i] = g_strdup(sqlite3_column_name(statement->stmt, i));
    }
    statement->rows.names = statement->names;
    statement->rows.n_names = n;
}

/* SQLite numbers $n by first appearance; remember which is which unless they stand in sequence. */
static bool order_load(struct sqlite_statement *statement, GError **error)
{
    int n = sqlite3_bind_parameter_count(statement->stmt);
    g_autofree uint8_t *order = g_new0(uint8_t, n + 1);
    bool is_sequence = true;
    for (int i = 0; i < n; i++) {
        const char *name = sqlite3_bind_parameter_name(statement->stmt, i + 1);
        guint64 number = 0;
        if (name == NULL || name[0] != '$' ||
            !g_ascii_string_to_unsigned(name + 1, 10, 1, DB_VALUES_MAX, &number, NULL)) {
            return bug(error, "store.statement",
                       "The query %s has a parameter that is not $1, $2 ...",
                       statement->query->name);
        }
        if ((int)number > n) {
            return bug(error, "store.statement", "The query %s leaves out a parameter below $%d.",
                       statement->query->name, (int)number);
        }
        order[i] = (uint8_t)(number - 1);
        is_sequence = is_sequence && (int)number == i + 1;
    }
    statement->n_params = n;
    statement->order = is_sequence ? NULL : g_steal_pointer(&order);
    return true;
}

static void statement_free(void *item)
{
    struct sqlite_statement *statement = item;
    while (statement != NULL) {
        struct sqlite_statement *spare = statement->spare;
        sqlite3_finalize(statement->stmt);
        g_free(statement->order);
        g_strfreev(statement->names);
        g_free(statement->copy);
        g_free(statement);
        statement = spare;
    }
}

void sqlite_statements_free(struct sqlite_conn *conn)
{
    db_cache_each(&conn->cache, statement_free);
    db_cache_clear(&conn->cache);
}

static struct sqlite_statement *statement_new(struct sqlite_conn *conn,
                                              const struct db_query *query, GError **error)
{
    struct sqlite_statement *statement = g_new0(struct sqlite_statement, 1);
    statement->rows.driver = conn->tx.driver;
    statement->rows.query = query;
    statement->conn = conn;
    statement->query = query;
    const char *rest = NULL;
    int rc = sqlite3_prepare_v3(conn->handle, query->sqlite, -1, SQLITE_PREPARE_PERSISTENT,
                                &statement->stmt, &rest);
    bool is_ok = rc == SQLITE_OK || sqlite_fail(conn, rc, query->name, error);
    if (is_ok && (statement->stmt == NULL || rest[strspn(rest, " \t\r\n;")] != '\0')) {
        is_ok = bug(error, "store.statement", "The query %s is not one statement.", query->name);
    }
    if (!is_ok || !order_load(statement, error)) {
        statement_free(statement);
        return NULL;
    }
    names_load(statement);
    return statement;
}

/* A compiled statement that is not being read at the moment. */
static struct sqlite_statement *statement_for(struct sqlite_conn *conn,
                                              const struct db_query *query, GError **error)
{
    struct sqlite_statement *statement = db_cache_find(&conn->cache, query);
    if (G_UNLIKELY(statement == NULL)) {
        statement = statement_new(conn, query, error);
        if (statement != NULL) {
            db_cache_add(&conn->cache, query, statement);
        }
        return statement;
    }
    while (G_UNLIKELY(statement->is_open)) {
        if (statement->spare == NULL) {
            statement->spare = statement_new(conn, query, error);
            return statement->spare;
        }
        statement = statement->spare;
    }
    return statement;
}

bool sqlite_prepare(struct db_tx *tx, const struct db_query *query, GError **error)
{
    bool is_ok = statement_for((struct sqlite_conn *)tx, query, error) != NULL;
    tx->has_failed = tx->has_failed || !is_ok;
    return is_ok;
}

/* ---- binding ---- */

static int bind_one(sqlite3_stmt *stmt, int at, const struct db_value *value)
{
    switch (value->type) {
    case DB_TYPE_INT: return sqlite3_bind_int64(stmt, at, value->u.i);
    case DB_TYPE_TEXT:
        return sqlite3_bind_text64(stmt, at, value->u.s, value->len, SQLITE_STATIC, SQLITE_UTF8);
    case DB_TYPE_NULL: return sqlite3_bind_null(stmt, at);
    case DB_TYPE_REAL: return sqlite3_bind_double(stmt, at, value->u.d);
    case DB_TYPE_BLOB:
        /* an empty blob is not NULL */
        return sqlite3_bind_blob64(stmt, at, value->len == 0 ? "" : value->u.b, value->len,
                                   SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static bool bind_all(struct sqlite_statement *statement, const struct db_value *values, int n,
                     GError **error)
{
    if (G_UNLIKELY(n != statement->n_params)) {
        return bug(error, "store.statement",
                   "The query %s has %d parameters, %d values were given.", statement->query->name,
                   statement->n_params, n);
    }
    for (int i = 0; i < n; i++) {
        const struct db_value *value = &values[statement->order != NULL ? statement->order[i] : i];
        int rc = bind_one(statement->stmt, i + 1, value);
        if (G_UNLIKELY(rc != SQLITE_OK)) {
            return sqlite_fail(statement->conn, rc, statement->query->name, error);
        }
    }
    return true;
}

/* Copies texts and blobs into the statement and points values_out at the copies. */
static void values_keep(struct sqlite_statement *statement, const struct db_value *values, int n,
                        struct db_value *values_out)
{
    size_t size = 0;
    for (int i = 0; i < n; i++) {
        size +=
            values[i].type == DB_TYPE_TEXT || values[i].type == DB_TYPE_BLOB ? values[i].len : 0;
    }
    if (size > statement->copy_size) {
        g_free(statement->copy);
        statement->copy_size = size < 256 ? 256 : size;
        statement->copy = g_malloc(statement->copy_size);
    }
    char *at = statement->copy;
    for (int i = 0; i < n; i++) {
        values_out[i] = values[i];
        if ((values[i].type == DB_TYPE_TEXT || values[i].type == DB_TYPE_BLOB) &&
            values[i].len > 0) {
            memcpy(at, values[i].u.b, values[i].len);
            values_out[i].u.b = at;
            at += values[i].len;
        }
    }
}

/* ---- running ---- */

bool sqlite_exec(struct db_tx *tx, const struct db_query *query, GError **error,
                 int64_t *changed_out, const struct db_value *values, int n)
{
    struct sqlite_conn *conn = (struct sqlite_conn *)tx;
    struct sqlite_statement *statement = statement_for(conn, query, error);
    if (G_UNLIKELY(statement == NULL) || G_UNLIKELY(!bind_all(statement, values, n, error))) {
        tx->has_failed = true;
        return false;
    }
    int rc = sqlite3_step(statement->stmt);
    while (G_UNLIKELY(rc == SQLITE_ROW)) {
        rc = sqlite3_step(statement->stmt);
    }
    if (G_UNLIKELY(rc != SQLITE_DONE)) {
        tx->has_failed = true;
        sqlite_fail(conn, rc, query->name, error);
        sqlite3_reset(statement->stmt);
        return false;
    }
    if (changed_out != NULL) {
        *changed_out = sqlite3_stmt_readonly(statement->stmt) ? 0 : sqlite3_changes64(conn->handle);
    }
    sqlite3_reset(statement->stmt);
    return true;
}

db_rows *sqlite_select(struct db_tx *tx, const struct db_query *query, GError **error,
                       const struct db_value *values, int n)
{
    struct sqlite_conn *conn = (struct sqlite_conn *)tx;
    struct sqlite_statement *statement = statement_for(conn, query, error);
    struct db_value kept[DB_VALUES_MAX];
    if (statement != NULL && n <= DB_VALUES_MAX) {
        values_keep(statement, values, n, kept);
    }
    if (statement == NULL || !bind_all(statement, kept, n, error)) {
        tx->has_failed = true;
        return NULL;
    }
    /* The first step is made here, so that a statement that changes something has done it as on
     * PostgreSQL. */
    int rc = sqlite3_step(statement->stmt);
    if (G_UNLIKELY(rc != SQLITE_ROW && rc != SQLITE_DONE)) {
        tx->has_failed = true;
        sqlite_fail(conn, rc, query->name, error);
        sqlite3_reset(statement->stmt);
        return NULL;
    }
    if (G_UNLIKELY(sqlite3_column_count(statement->stmt) != statement->rows.n_names)) {
        names_load(statement);
    }
    statement->ahead = rc;
    statement->rows.next_name = 0;
    statement->is_open = true;
    conn->n_open++;
    return &statement->rows;
}

int sqlite_next(db_rows *rows, GError **error)
{
    struct sqlite_statement *statement = (struct sqlite_statement *)rows;
    int rc = statement->ahead;
    statement->ahead = 0;
    if (rc == 0) {
        rc = sqlite3_step(statement->stmt);
    }
    rows->next_name = 0;
    if (rc == SQLITE_ROW) {
        return 1;
    }
    if (rc == SQLITE_DONE) {
        statement->ahead = SQLITE_DONE; /* stepping on would begin anew */
        return 0;
    }
    statement->ahead = rc;
    statement->conn->tx.has_failed = true;
    sqlite_fail(statement->conn, rc, statement->query->name, error);
    return -1;
}

void sqlite_rows_free(db_rows *rows)
{
    struct sqlite_statement *statement = (struct sqlite_statement *)rows;
    if (statement->is_open) {
        sqlite3_reset(statement->stmt);
        statement->is_open = false;
        statement->conn->n_open--;
    }
}

static void statement_close(void *item)
{
    for (struct sqlite_statement *statement = item; statement != NULL;
         statement = statement->spare) {
        sqlite_rows_free(&statement->rows);
    }
}

bool sqlite_conn_close_rows(struct sqlite_conn *conn)
{
    if (G_LIKELY(conn->n_open == 0)) {
        return true;
    }
    db_cache_each(&conn->cache, statement_close);
    return false;
}

/* ---- columns ---- */

static sqlite3_stmt *stmt_of(db_rows *rows)
{
    return ((struct sqlite_statement *)rows)->stmt;
}

bool sqlite_col_is_null(db_rows *rows, int column)
{
    return sqlite3_column_type(stmt_of(rows), column) == SQLITE_NULL;
}

int64_t sqlite_col_int(db_rows *rows, int column)
{
    return sqlite3_column_int64(stmt_of(rows), column);
}

double sqlite_col_real(db_rows *rows, int column)
{
    return sqlite3_column_double(stmt_of(rows), column);
}

const char *sqlite_col_text(db_rows *rows, int column)
{
    return (const char *)sqlite3_column_text(stmt_of(rows), column);
}

const void *sqlite_col_blob(db_rows *rows, int column, size_t *len_out)
{
    const void *bytes = sqlite3_column_blob(stmt_of(rows), column);
    *len_out = (size_t)sqlite3_column_bytes(stmt_of(rows), column);
    if (bytes == NULL && sqlite3_column_type(stmt_of(rows), column) != SQLITE_NULL) {
        return ""; /* SQLite gives NULL for an empty blob too */
    }
    return bytes;
}
