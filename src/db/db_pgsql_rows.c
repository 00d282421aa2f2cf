/* Reading the columns of a PostgreSQL result. Results come in the binary format when every column
 * has a type known here, in text otherwise; a reader converts as SQLite would, so that callers need
 * not care. */
#include "db/db_pgsql.h"

#include <string.h>

/* pg_type.dat of PostgreSQL: these numbers never change. */
enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_FLOAT4 = 700,
    OID_FLOAT8 = 701,
    OID_UNKNOWN = 705,
    OID_BPCHAR = 1042,
    OID_VARCHAR = 1043
};

struct pgsql_rows {
    struct db_rows rows;
    PGresult *result;
    int n_rows;
    int at;          /* -1 before the first */
    GPtrArray *made; /* texts and blobs converted for this row */
};

enum pgsql_kind pgsql_kind_of(Oid type)
{
    switch (type) {
    case OID_INT8: return PGSQL_INT8;
    case OID_TEXT:
    case OID_VARCHAR:
    case OID_BPCHAR:
    case OID_NAME:
    case OID_UNKNOWN: return PGSQL_TEXT;
    case OID_INT4: return PGSQL_INT4;
    case OID_INT2: return PGSQL_INT2;
    case OID_BYTEA: return PGSQL_BYTES;
    case OID_FLOAT8: return PGSQL_FLOAT8;
    case OID_FLOAT4: return PGSQL_FLOAT4;
    case OID_BOOL: return PGSQL_BOOL;
    default: return PGSQL_OTHER;
    }
}

db_rows *pgsql_rows_new(struct pgsql_conn *conn, const struct db_query *query, PGresult *result,
                        char *const *names)
{
    struct pgsql_rows *self = g_new0(struct pgsql_rows, 1);
    self->rows.driver = conn->tx.driver;
    self->rows.query = query;
    self->rows.names = names;
    self->rows.n_names = PQnfields(result);
    self->result = result;
    self->n_rows = PQntuples(result);
    self->at = -1;
    return &self->rows;
}

static void made_free(struct pgsql_rows *self)
{
    if (self->made != NULL) {
        g_ptr_array_free(self->made, TRUE);
        self->made = NULL;
    }
}

int pgsql_next(db_rows *rows, GError **error)
{
    struct pgsql_rows *self = (struct pgsql_rows *)rows;
    made_free(self);
    rows->next_name = 0;
    if (self->at + 1 >= self->n_rows) {
        self->at = self->n_rows;
        return 0;
    }
    self->at++;
    return 1;
}

void pgsql_rows_free(db_rows *rows)
{
    struct pgsql_rows *self = (struct pgsql_rows *)rows;
    made_free(self);
    PQclear(self->result);
    g_free(self);
}

static bool is_at_row(const struct pgsql_rows *self)
{
    return self->at >= 0 && self->at < self->n_rows;
}

bool pgsql_col_is_null(db_rows *rows, int column)
{
    struct pgsql_rows *self = (struct pgsql_rows *)rows;
    return !is_at_row(self) || PQgetisnull(self->result, self->at, column) == 1;
}

/* Owned by the row. */
static void *keep(struct pgsql_rows *self, void *made)
{
    if (self->made == NULL) {
        self->made = g_ptr_array_new_with_free_func(g_free);
    }
    g_ptr_array_add(self->made, made);
    return made;
}

static uint64_t big_endian(const char *bytes, int n)
{
    uint64_t value = 0;
    for (int i = 0; i < n; i++) {
        value = value << 8 | (uint8_t)bytes[i];
    }
    return value;
}

static double float8_of(const char *bytes)
{
    uint64_t bits = big_endian(bytes, 8);
    double value = 0;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static float float4_of(const char *bytes)
{
    uint32_t bits = (uint32_t)big_endian(bytes, 4);
    float value = 0;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* What a column holds, before anybody says how to read it: kind is one of INT8, FLOAT8 or TEXT. */
struct cell {
    enum pgsql_kind kind;
    int64_t i;
    double d;
    const char *text;
};

static struct cell cell_of(struct pgsql_rows *self, int column)
{
    const char *bytes = PQgetvalue(self->result, self->at, column);
    enum pgsql_kind kind = pgsql_kind_of(PQftype(self->result, column));
    if (PQfformat(self->result, column) == 0) {
        if (kind == PGSQL_BOOL) {
            return (struct cell){.kind = PGSQL_INT8, .i = bytes[0] == 't'};
        }
        return (struct cell){.kind = PGSQL_TEXT, .text = bytes};
    }
    switch (kind) {
    case PGSQL_INT8: return (struct cell){.kind = PGSQL_INT8, .i = (int64_t)big_endian(bytes, 8)};
    case PGSQL_INT4: return (struct cell){.kind = PGSQL_INT8, .i = (int32_t)big_endian(bytes, 4)};
    case PGSQL_INT2: return (struct cell){.kind = PGSQL_INT8, .i = (int16_t)big_endian(bytes, 2)};
    case PGSQL_BOOL: return (struct cell){.kind = PGSQL_INT8, .i = bytes[0]};
    case PGSQL_FLOAT8: return (struct cell){.kind = PGSQL_FLOAT8, .d = float8_of(bytes)};
    case PGSQL_FLOAT4: return (struct cell){.kind = PGSQL_FLOAT8, .d = (double)float4_of(bytes)};
    case PGSQL_TEXT:
    case PGSQL_BYTES:
    case PGSQL_OTHER: break;
    }
    return (struct cell){.kind = PGSQL_TEXT, .text = bytes};
}

int64_t pgsql_col_int(db_rows *rows, int column)
{
    if (pgsql_col_is_null(rows, column)) {
        return 0;
    }
    struct cell cell = cell_of((struct pgsql_rows *)rows, column);
    switch (cell.kind) {
    case PGSQL_INT8: return cell.i;
    case PGSQL_FLOAT8: return (int64_t)cell.d;
    default: return g_ascii_strtoll(cell.text, NULL, 10);
    }
}

double pgsql_col_real(db_rows *rows, int column)
{
    if (pgsql_col_is_null(rows, column)) {
        return 0;
    }
    struct cell cell = cell_of((struct pgsql_rows *)rows, column);
    switch (cell.kind) {
    case PGSQL_INT8: return (double)cell.i;
    case PGSQL_FLOAT8: return cell.d;
    default: return g_ascii_strtod(cell.text, NULL);
    }
}

const char *pgsql_col_text(db_rows *rows, int column)
{
    if (pgsql_col_is_null(rows, column)) {
        return NULL;
    }
    struct pgsql_rows *self = (struct pgsql_rows *)rows;
    struct cell cell = cell_of(self, column);
    switch (cell.kind) {
    case PGSQL_INT8: return keep(self, g_strdup_printf("%" G_GINT64_FORMAT, cell.i));
    case PGSQL_FLOAT8: {
        char *text = g_malloc(G_ASCII_DTOSTR_BUF_SIZE);
        return keep(self, g_ascii_dtostr(text, G_ASCII_DTOSTR_BUF_SIZE, cell.d));
    }
    default: return cell.text;
    }
}

const void *pgsql_col_blob(db_rows *rows, int column, size_t *len_out)
{
    *len_out = 0;
    if (pgsql_col_is_null(rows, column)) {
        return NULL;
    }
    struct pgsql_rows *self = (struct pgsql_rows *)rows;
    const char *bytes = PQgetvalue(self->result, self->at, column);
    *len_out = (size_t)PQgetlength(self->result, self->at, column);
    if (PQfformat(self->result, column) == 0 &&
        pgsql_kind_of(PQftype(self->result, column)) == PGSQL_BYTES) {
        unsigned char *raw = PQunescapeBytea((const unsigned char *)bytes, len_out);
        void *copy = g_memdup2(raw != NULL ? raw : (unsigned char *)"", *len_out + 1);
        PQfreemem(raw);
        return keep(self, copy);
    }
    return bytes;
}
