/* The PostgreSQL engine: connections, transactions, what error states mean. Statements:
 * db_pgsql_statement.c.
 *
 * Writers run SERIALIZABLE, as SQLite's one writer does by nature; who loses against another
 * transaction is run again a bounded number of times. Readers see one REPEATABLE READ snapshot;
 * their COMMIT is sent and not waited for. */
#include "db/db_pgsql.h"

#include "base/error.h"

#include <poll.h>
#include <string.h>

#define WRITERS 4
#define TRIES_MAX 12
#define BACKOFF_MOST_US 50000

static bool is_state(const char *state, const char *prefix)
{
    return g_str_has_prefix(state, prefix);
}

static bool fail_by_state(struct pgsql_conn *conn, const char *state, const char *detail,
                          const char *what, GError **error)
{
    struct db_counters *counters = &conn->owner->db.counters;
    if (is_state(state, "40")) {
        conn->must_retry = true;
        db_count(&counters->busy);
        return refuse(error, "store.busy",
                      "Others changed the same things at the same time. Nothing was changed; "
                      "try again.");
    }
    if (is_state(state, "55P03") || is_state(state, "53300")) {
        db_count(&counters->busy);
        return refuse(error, "store.busy",
                      "The database is busy (%s). Nothing was changed; try again.", detail);
    }
    if (is_state(state, "23")) {
        return bug(error, "store.constraint", "%s would break a rule of the store (%s).", what,
                   detail);
    }
    if (is_state(state, "53100")) {
        return bug(error, "store.full", "The disk of the database is full. Nothing was changed.");
    }
    if (is_state(state, "XX001") || is_state(state, "XX002")) {
        return bug(error, "store.damaged",
                   "The database is damaged (%s). Restore it from a backup.", detail);
    }
    if (is_state(state, "25006")) {
        return bug(error, "store.readonly", "%s may not write here (%s).", what, detail);
    }
    if (is_state(state, "08") || is_state(state, "57P")) {
        return bug(error, "store.unreachable", "The connection to the database was lost (%s).",
                   detail);
    }
    if (is_state(state, "42") || is_state(state, "22") || is_state(state, "0A")) {
        return bug(error, "store.statement", "%s is not a statement the store understands (%s).",
                   what, detail);
    }
    return bug(error, "store.failed", "%s failed in the store (%s %s).", what, state, detail);
}

/* libpq ends its messages with a newline and likes more than one line. */
static char *one_line(const char *message)
{
    char *text = g_strdup(message != NULL ? message : "");
    g_strdelimit(text, "\r\n\t", ' ');
    return g_strstrip(text);
}

bool pgsql_fail(struct pgsql_conn *conn, const PGresult *result, const char *what, GError **error)
{
    const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    if (state != NULL) {
        /* the primary message alone: the details would name people */
        return fail_by_state(conn, state, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY), what,
                             error);
    }
    g_autofree char *detail = one_line(PQerrorMessage(conn->pg));
    if (PQstatus(conn->pg) != CONNECTION_OK) {
        return bug(error, "store.unreachable", "The connection to the database was lost (%s).",
                   detail);
    }
    return bug(error, "store.failed", "%s failed in the store (%s).", what, detail);
}

/* ---- connections ---- */

static void ignore_notice(void *data, const char *message)
{
}

PGconn *pgsql_connect(struct pgsql_db *owner, GError **error)
{
    /* What stands before dbname gives way to the URL. */
    const char *const keywords[] = {"connect_timeout",           "tcp_user_timeout",
                                    "fallback_application_name", "dbname",
                                    "client_encoding",           NULL};
    const char *const values[] = {"10", "30000", "ligature", owner->url, "UTF8", NULL};
    PGconn *pg = PQconnectdbParams(keywords, values, 1);
    if (PQstatus(pg) == CONNECTION_OK) {
        PQsetNoticeProcessor(pg, ignore_notice, NULL);
        PQclear(PQexec(pg, "SET lock_timeout = '10s'"));
        return pg;
    }
    g_autofree char *detail = one_line(PQerrorMessage(pg));
    bug(error, "store.unreachable", "The database could not be reached (%s).", detail);
    PQfinish(pg);
    return NULL;
}

/* Opens conn->pg, in place of a lost one. */
static bool conn_connect(struct pgsql_conn *conn, GError **error)
{
    pgsql_statements_free(conn);
    PQfinish(conn->pg);
    conn->n_pending = 0;
    conn->is_ending = false;
    conn->pg = pgsql_connect(conn->owner, error);
    return conn->pg != NULL &&
           (PQenterPipelineMode(conn->pg) == 1 || pgsql_fail(conn, NULL, "connecting", error));
}

static void conn_free(void *item)
{
    struct pgsql_conn *conn = item;
    pgsql_statements_free(conn);
    PQfinish(conn->pg);
    g_free(conn);
}

static void *conn_make(struct pgsql_db *owner, bool is_write, GError **error)
{
    struct pgsql_conn *conn = g_new0(struct pgsql_conn, 1);
    conn->tx = (struct db_tx){
        .driver = owner->db.driver, .db = &owner->db, .name = "connecting", .is_write = is_write};
    conn->owner = owner;
    if (!conn_connect(conn, error)) {
        conn_free(conn);
        return NULL;
    }
    return conn;
}

static void *reader_make(void *context, GError **error)
{
    return conn_make(context, false, error);
}

static void *writer_make(void *context, GError **error)
{
    return conn_make(context, true, error);
}

/* Brings a connection that lay idle into a clean state; one that died meanwhile (the server was
 * restarted) is opened anew, which is safe because nothing was sent yet. */
static bool conn_freshen(struct pgsql_conn *conn, GError **error)
{
    if (conn->is_ending) {
        conn->is_ending = false;
        pgsql_collect(conn, NULL, NULL);
    }
    /* A server that ends says so first, and then closes: two things to read. */
    for (int i = 0; i < 4 && conn->pg != NULL && PQstatus(conn->pg) == CONNECTION_OK; i++) {
        struct pollfd socket = {.fd = PQsocket(conn->pg), .events = POLLIN};
        if (poll(&socket, 1, 0) <= 0) {
            break;
        }
        PQconsumeInput(conn->pg);
        PQisBusy(conn->pg);
    }
    if (conn->pg == NULL || PQstatus(conn->pg) != CONNECTION_OK) {
        return conn_connect(conn, error);
    }
    return true;
}

/* ---- transactions ---- */

static bool begin(struct pgsql_conn *conn, GError **error)
{
    conn->must_retry = false;
    conn->has_answered = false;
    conn->tx.has_failed = false;
    return pgsql_send(conn,
                      conn->tx.is_write ? "BEGIN ISOLATION LEVEL SERIALIZABLE"
                                        : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                      "BEGIN", error);
}

bool pgsql_begin_again(struct pgsql_conn *conn, GError **error)
{
    return conn_connect(conn, error) && begin(conn, error);
}

/* Leaves the connection idle, or lost. What the transaction did is undone. */
static void rollback(struct pgsql_conn *conn)
{
    /* After an error the server skips everything up to the sync, this ROLLBACK too: hence the
     * second one. */
    for (int i = 0; i < 2 && PQstatus(conn->pg) == CONNECTION_OK; i++) {
        if (conn->n_pending < PGSQL_PENDING_MAX) {
            pgsql_send(conn, "ROLLBACK", "ROLLBACK", NULL);
        }
        pgsql_sync(conn, NULL, NULL);
        if (PQtransactionStatus(conn->pg) == PQTRANS_IDLE) {
            return;
        }
    }
    if (PQstatus(conn->pg) == CONNECTION_OK) {
        conn_connect(conn, NULL);
    }
}

static bool commit(struct pgsql_conn *conn, GError **error)
{
    PGresult *result = NULL;
    if (!pgsql_send(conn, "COMMIT", "COMMIT", error) || !pgsql_sync(conn, &result, error)) {
        return false;
    }
    bool is_committed = strcmp(PQcmdStatus(result), "COMMIT") == 0;
    PQclear(result);
    return is_committed ||
           bug(error, "store.failed", "The transaction %s was not committed.", conn->tx.name);
}

/* Sends COMMIT for a reader; its answer is read when the connection is used next. */
static void commit_later(struct pgsql_conn *conn)
{
    if (conn->n_pending == 0 && pgsql_send(conn, "COMMIT", "COMMIT", NULL) &&
        PQpipelineSync(conn->pg) == 1) {
        conn->is_ending = true;
    } else {
        rollback(conn);
    }
}

static bool refuse_nesting(struct pgsql_db *self, const char *name, GError **error)
{
    if (db_pool_is_mine(self->readers) || db_pool_is_mine(self->writers)) {
        return bug(error, "store.nested",
                   "The transaction %s was begun inside another one of this thread.", name);
    }
    return true;
}

static bool pgsql_read(struct db *db, const char *name, db_fn *fn, void *data, GError **error)
{
    struct pgsql_db *self = (struct pgsql_db *)db;
    struct pgsql_conn *conn =
        refuse_nesting(self, name, error) ? db_pool_take(self->readers, error) : NULL;
    if (conn == NULL) {
        return false;
    }
    conn->tx.name = name;
    bool is_ok =
        conn_freshen(conn, error) && begin(conn, error) && db_tx_call(&conn->tx, fn, data, error);
    if (conn->pg != NULL) {
        if (is_ok) {
            commit_later(conn);
        } else {
            rollback(conn);
        }
    }
    db_pool_give(self->readers, conn);
    return is_ok;
}

/* One try. The connection is idle again afterwards, or lost. */
static bool write_once(struct pgsql_conn *conn, db_fn *fn, void *data, GError **error)
{
    if (!conn_freshen(conn, error)) {
        return false;
    }
    bool is_ok =
        begin(conn, error) && db_tx_call(&conn->tx, fn, data, error) && commit(conn, error);
    if (!is_ok) {
        rollback(conn);
    }
    return is_ok;
}

/* Nothing tells when the other transaction ends, so there is no condition to wait for but time. */
static void wait_us(gint64 us)
{
    GMutex lock;
    GCond never;
    g_mutex_init(&lock);
    g_cond_init(&never);
    gint64 until_us = g_get_monotonic_time() + us;
    g_mutex_lock(&lock);
    while (g_cond_wait_until(&never, &lock, until_us)) {
    }
    g_mutex_unlock(&lock);
    g_mutex_clear(&lock);
    g_cond_clear(&never);
}

static bool pgsql_write(struct db *db, const char *name, db_fn *fn, void *data, GError **error)
{
    struct pgsql_db *self = (struct pgsql_db *)db;
    struct pgsql_conn *conn =
        refuse_nesting(self, name, error) ? db_pool_take(self->writers, error) : NULL;
    if (conn == NULL) {
        return false;
    }
    conn->tx.name = name;
    bool is_ok = false;
    gint64 backoff_us = 500;
    for (int i = 0; i < TRIES_MAX; i++) {
        g_autoptr(GError) problem = NULL;
        conn->must_retry = false;
        is_ok = write_once(conn, fn, data, &problem);
        if (is_ok || !conn->must_retry || i + 1 == TRIES_MAX) {
            if (!is_ok) {
                g_propagate_error(error, g_steal_pointer(&problem));
            }
            break;
        }
        db_count(&db->counters.retries);
        wait_us(backoff_us);
        backoff_us = MIN(backoff_us * 2, BACKOFF_MOST_US);
    }
    if (is_ok) {
        db_count(&db->counters.commits);
    }
    db_pool_give(self->writers, conn);
    return is_ok;
}

static bool pgsql_run(struct db_tx *tx, const char *sql, GError **error)
{
    struct pgsql_conn *conn = (struct pgsql_conn *)tx;
    return pgsql_send(conn, sql, "statement", error) && pgsql_sync(conn, NULL, error);
}

static void pgsql_close(struct db *db)
{
    struct pgsql_db *self = (struct pgsql_db *)db;
    db_pool_free(self->readers);
    db_pool_free(self->writers);
    g_free(self->url);
    g_free(self);
}

static const struct db_driver pgsql_driver = {
    .close = pgsql_close,
    .read = pgsql_read,
    .write = pgsql_write,
    .prepare = pgsql_prepare,
    .exec = pgsql_exec,
    .select = pgsql_select,
    .run = pgsql_run,
    .next = pgsql_next,
    .rows_free = pgsql_rows_free,
    .col_is_null = pgsql_col_is_null,
    .col_int = pgsql_col_int,
    .col_real = pgsql_col_real,
    .col_text = pgsql_col_text,
    .col_blob = pgsql_col_blob,
    .copy_to = pgsql_copy_to,
    .check = pgsql_check,
    .erase_vacuum = pgsql_erase_vacuum,
};

struct db *db_pgsql_open(const char *url, int readers, GError **error)
{
    struct pgsql_db *self = g_new0(struct pgsql_db, 1);
    self->db = (struct db){.driver = &pgsql_driver, .engine = DB_PGSQL};
    self->url = g_strdup(url);
    self->readers = db_pool_new(readers, reader_make, conn_free, self);
    self->writers = db_pool_new(WRITERS, writer_make, conn_free, self);
    /* One connection is made now, so that a wrong address is told when opening. */
    struct pgsql_conn *first = db_pool_take(self->readers, error);
    if (first == NULL) {
        pgsql_close(&self->db);
        return NULL;
    }
    db_pool_give(self->readers, first);
    return &self->db;
}
