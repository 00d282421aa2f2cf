/* Statements of one PostgreSQL connection: each query is prepared once under a name of its own, its
 * parameters go out in the types the server inferred. A db_exec without count is only sent; its
 * error, if any, is told by the next call that waits, at the latest by COMMIT. Between two syncs
 * the server skips everything after the first error, so nothing of a failed transaction can be
 * committed. */
#include "db/db_pgsql.h"

#include "base/error.h"

#include <string.h>

struct pgsql_statement {
    char name[16];
    int n_params;
    Oid *types; /* of the parameters */
    int n_columns;
    char **names;
    int result_format; /* 1: every column has a type we read in binary */
};

/* ---- the pipeline ---- */

static void pending_add(struct pgsql_conn *conn, const char *what)
{
    conn->pending[conn->n_pending++] = what;
}

static bool send_failed(struct pgsql_conn *conn, const char *what, GError **error)
{
    conn->tx.has_failed = true;
    return pgsql_fail(conn, NULL, what, error);
}

bool pgsql_send(struct pgsql_conn *conn, const char *sql, const char *what, GError **error)
{
    if (conn->n_pending == PGSQL_PENDING_MAX && !pgsql_sync(conn, NULL, error)) {
        return false;
    }
    if (PQsendQueryParams(conn->pg, sql, 0, NULL, NULL, NULL, NULL, 1) != 1) {
        return send_failed(conn, what, error);
    }
    pending_add(conn, what);
    return true;
}

/* Reads the answer of one statement. NULL when the connection is lost. */
static PGresult *answer_read(struct pgsql_conn *conn)
{
    PGresult *answer = NULL;
    for (;;) {
        PGresult *part = PQgetResult(conn->pg);
        if (part == NULL) {
            return answer;
        }
        PQclear(answer);
        answer = part;
        if (PQstatus(conn->pg) == CONNECTION_BAD) {
            return answer;
        }
    }
}

static bool is_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

bool pgsql_collect(struct pgsql_conn *conn, PGresult **last_out, GError **error)
{
    g_autoptr(GError) problem = NULL;
    PGresult *last = NULL;
    for (int i = 0; i < conn->n_pending && PQstatus(conn->pg) == CONNECTION_OK; i++) {
        PQclear(last);
        last = answer_read(conn);
        if (problem == NULL && (last == NULL || !is_good(last))) {
            pgsql_fail(conn, last, conn->pending[i], &problem);
        } else if (problem == NULL) {
            conn->has_answered = true;
        }
    }
    conn->n_pending = 0;
    if (PQstatus(conn->pg) == CONNECTION_OK) {
        PQclear(PQgetResult(conn->pg)); /* the sync's own */
    }
    if (PQstatus(conn->pg) != CONNECTION_OK && problem == NULL) {
        pgsql_fail(conn, NULL, conn->tx.name, &problem);
    }
    if (problem != NULL) {
        conn->tx.has_failed = true;
        PQclear(last);
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    if (last_out != NULL) {
        *last_out = last;
    } else {
        PQclear(last);
    }
    return true;
}

bool pgsql_sync(struct pgsql_conn *conn, PGresult **last_out, GError **error)
{
    if (PQpipelineSync(conn->pg) != 1) {
        conn->n_pending = 0;
        return send_failed(conn, conn->tx.name, error);
    }
    return pgsql_collect(conn, last_out, error);
}

/* ---- preparing ---- */

static void statement_free(void *item)
{
    struct pgsql_statement *statement = item;
    if (statement != NULL) {
        g_free(statement->types);
        g_strfreev(statement->names);
        g_free(statement);
    }
}

void pgsql_statements_free(struct pgsql_conn *conn)
{
    db_cache_each(&conn->cache, statement_free);
    db_cache_clear(&conn->cache);
    conn->n_prepared = 0;
}

static void describe(struct pgsql_statement *statement, const PGresult *description)
{
    statement->n_params = PQnparams(description);
    statement->types = g_new0(Oid, statement->n_params + 1);
    for (int i = 0; i < statement->n_params; i++) {
        statement->types[i] = PQparamtype(description, i);
    }
    statement->n_columns = PQnfields(description);
    statement->names = g_new0(char *, statement->n_columns + 1);
    statement->result_format = 1;
    for (int i = 0; i < statement->n_columns; i++) {
        statement->names[i] = g_strdup(PQfname(description, i));
        if (pgsql_kind_of(PQftype(description, i)) == PGSQL_OTHER) {
            statement->result_format = 0;
        }
    }
}

static struct pgsql_statement *statement_new(struct pgsql_conn *conn, const struct db_query *query,
                                             GError **error)
{
    if (conn->n_pending + 2 > PGSQL_PENDING_MAX && !pgsql_sync(conn, NULL, error)) {
        return NULL;
    }
    struct pgsql_statement *statement = g_new0(struct pgsql_statement, 1);
    g_snprintf(statement->name, sizeof statement->name, "q%u", ++conn->n_prepared);
    PGresult *description = NULL;
    bool is_ok = PQsendPrepare(conn->pg, statement->name, query->pgsql, 0, NULL) == 1 ||
                 send_failed(conn, query->name, error);
    if (is_ok) {
        pending_add(conn, query->name);
        is_ok = PQsendDescribePrepared(conn->pg, statement->name) == 1 ||
                send_failed(conn, query->name, error);
    }
    if (is_ok) {
        pending_add(conn, query->name);
        is_ok = pgsql_sync(conn, &description, error);
    }
    if (!is_ok) {
        statement_free(statement);
        return NULL;
    }
    describe(statement, description);
    PQclear(description);
    db_cache_add(&conn->cache, query, statement);
    return statement;
}

static struct pgsql_statement *statement_for(struct pgsql_conn *conn, const struct db_query *query,
                                             GError **error)
{
    struct pgsql_statement *statement = db_cache_find(&conn->cache, query);
    return statement != NULL ? statement : statement_new(conn, query, error);
}

bool pgsql_prepare(struct db_tx *tx, const struct db_query *query, GError **error)
{
    return statement_for((struct pgsql_conn *)tx, query, error) != NULL;
}

/* ---- parameters ---- */

struct parameters {
    const char *bytes[DB_VALUES_MAX];
    int lengths[DB_VALUES_MAX];
    int formats[DB_VALUES_MAX];
    char numbers[DB_VALUES_MAX][32];
    GPtrArray *copies; /* texts that had to be ended with NUL; NULL when there is none */
};

static void put_big_endian(struct parameters *parameters, int i, uint64_t value, int n)
{
    for (int byte = 0; byte < n; byte++) {
        parameters->numbers[i][byte] = (char)(value >> (8 * (n - 1 - byte)));
    }
    parameters->bytes[i] = parameters->numbers[i];
    parameters->lengths[i] = n;
    parameters->formats[i] = 1;
}

static void put_real(struct parameters *parameters, int i, double value, enum pgsql_kind kind)
{
    if (kind == PGSQL_FLOAT8) {
        uint64_t bits = 0;
        memcpy(&bits, &value, sizeof bits);
        put_big_endian(parameters, i, bits, 8);
    } else if (kind == PGSQL_FLOAT4) {
        float small = (float)value;
        uint32_t bits = 0;
        memcpy(&bits, &small, sizeof bits);
        put_big_endian(parameters, i, bits, 4);
    } else {
        parameters->bytes[i] =
            g_ascii_dtostr(parameters->numbers[i], sizeof parameters->numbers[i], value);
        parameters->formats[i] = 0;
    }
}

static void put_int(struct parameters *parameters, int i, int64_t value, enum pgsql_kind kind)
{
    if (kind == PGSQL_INT8) {
        put_big_endian(parameters, i, (uint64_t)value, 8);
    } else if (kind == PGSQL_INT4 && value == (int32_t)value) {
        put_big_endian(parameters, i, (uint64_t)value, 4);
    } else if (kind == PGSQL_INT2 && value == (int16_t)value) {
        put_big_endian(parameters, i, (uint64_t)value, 2);
    } else if (kind == PGSQL_FLOAT8 || kind == PGSQL_FLOAT4) {
        put_real(parameters, i, (double)value, kind);
    } else if (kind == PGSQL_BOOL) {
        put_big_endian(parameters, i, value != 0, 1);
    } else {
        /* a type of another kind, or a number too large for its column: the server says what it
         * makes of it */
        g_snprintf(parameters->numbers[i], sizeof parameters->numbers[i], "%" G_GINT64_FORMAT,
                   value);
        parameters->bytes[i] = parameters->numbers[i];
        parameters->formats[i] = 0;
    }
}

/* Texts for text columns and blobs go as they are; a text for another type is parsed by the server.
 */
static void put_bytes(struct parameters *parameters, int i, const struct db_value *value,
                      enum pgsql_kind kind)
{
    if (value->type == DB_TYPE_BLOB || kind == PGSQL_TEXT || kind == PGSQL_BYTES) {
        parameters->bytes[i] = value->len == 0 ? "" : value->u.s;
        parameters->lengths[i] = (int)value->len;
        parameters->formats[i] = 1;
        return;
    }
    if (parameters->copies == NULL) {
        parameters->copies = g_ptr_array_new_with_free_func(g_free);
    }
    char *copy = g_strndup(value->u.s, value->len);
    g_ptr_array_add(parameters->copies, copy);
    parameters->bytes[i] = copy;
    parameters->formats[i] = 0;
}

static bool parameters_fill(struct parameters *parameters, const struct pgsql_statement *statement,
                            const struct db_query *query, const struct db_value *values, int n,
                            GError **error)
{
    parameters->copies = NULL;
    if (n != statement->n_params || n > DB_VALUES_MAX) {
        return bug(error, "store.statement",
                   "The query %s has %d parameters, %d values were given.", query->name,
                   statement->n_params, n);
    }
    for (int i = 0; i < n; i++) {
        enum pgsql_kind kind = pgsql_kind_of(statement->types[i]);
        if (values[i].len > G_MAXINT32) {
            return bug(error, "store.statement", "A value of the query %s is larger than 2 GB.",
                       query->name);
        }
        switch (values[i].type) {
        case DB_TYPE_NULL:
            parameters->bytes[i] = NULL;
            parameters->formats[i] = 0;
            break;
        case DB_TYPE_INT: put_int(parameters, i, values[i].u.i, kind); break;
        case DB_TYPE_REAL: put_real(parameters, i, values[i].u.d, kind); break;
        case DB_TYPE_TEXT:
        case DB_TYPE_BLOB: put_bytes(parameters, i, &values[i], kind); break;
        }
    }
    return true;
}

/* ---- running ---- */

/* Sends the query with its values, prepared if it was not. */
static struct pgsql_statement *statement_send(struct pgsql_conn *conn, const struct db_query *query,
                                              const struct db_value *values, int n, GError **error)
{
    struct pgsql_statement *statement = statement_for(conn, query, error);
    if (statement == NULL ||
        (conn->n_pending == PGSQL_PENDING_MAX && !pgsql_sync(conn, NULL, error))) {
        return NULL;
    }
    struct parameters parameters;
    bool is_ok = parameters_fill(&parameters, statement, query, values, n, error);
    if (!is_ok) {
        conn->tx.has_failed = true;
    } else if (PQsendQueryPrepared(conn->pg, statement->name, n, parameters.bytes,
                                   parameters.lengths, parameters.formats,
                                   statement->result_format) == 1) {
        pending_add(conn, query->name);
    } else {
        is_ok = send_failed(conn, query->name, error);
    }
    if (parameters.copies != NULL) {
        g_ptr_array_free(parameters.copies, TRUE);
    }
    return is_ok ? statement : NULL;
}

bool pgsql_exec(struct db_tx *tx, const struct db_query *query, GError **error,
                int64_t *changed_out, const struct db_value *values, int n)
{
    struct pgsql_conn *conn = (struct pgsql_conn *)tx;
    if (statement_send(conn, query, values, n, error) == NULL) {
        return false;
    }
    if (changed_out == NULL && tx->is_write) {
        return true;
    }
    PGresult *result = NULL;
    if (!pgsql_sync(conn, &result, error)) {
        return false;
    }
    if (changed_out != NULL) {
        *changed_out = g_ascii_strtoll(PQcmdTuples(result), NULL, 10);
    }
    PQclear(result);
    return true;
}

db_rows *pgsql_select(struct db_tx *tx, const struct db_query *query, GError **error,
                      const struct db_value *values, int n)
{
    struct pgsql_conn *conn = (struct pgsql_conn *)tx;
    g_autoptr(GError) problem = NULL;
    PGresult *result = NULL;
    struct pgsql_statement *statement = statement_send(conn, query, values, n, &problem);
    bool is_ok = statement != NULL && pgsql_sync(conn, &result, &problem);
    if (!is_ok && !tx->is_write && !conn->has_answered && PQstatus(conn->pg) == CONNECTION_BAD &&
        pgsql_begin_again(conn, NULL)) {
        g_clear_error(&problem);
        statement = statement_send(conn, query, values, n, &problem);
        is_ok = statement != NULL && pgsql_sync(conn, &result, &problem);
    }
    if (!is_ok) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return NULL;
    }
    return pgsql_rows_new(conn, query, result, statement->names);
}
