/* The face of the store: picks the engine by URL and hands every call to it. What both engines
 * share stands here: finding columns by name, listing the program's queries, the rules of a
 * transaction callback. */
#include "db/db.h"

#include "base/clock.h"
#include "base/error.h"
#include "db/db_driver.h"

#include <string.h>

/* Bounds of the section that DB_QUERY2 fills; weak because a program without queries has none. */
extern const struct db_query *const __start_db_queries[] __attribute__((weak));
extern const struct db_query *const __stop_db_queries[] __attribute__((weak));

void db_queries_each(void (*each)(const struct db_query *query, void *data), void *data)
{
    for (const struct db_query *const *at = __start_db_queries; at < __stop_db_queries; at++) {
        if (*at != NULL) {
            each(*at, data);
        }
    }
}

static struct db *opened(struct db *db)
{
    if (db != NULL) {
        g_mutex_init(&db->slot_lock);
    }
    return db;
}

struct db *db_open(const char *url, int readers, GError **error)
{
    if (readers < 1) {
        readers = 1;
    }
    if (g_str_has_prefix(url, "postgresql://") || g_str_has_prefix(url, "postgres://")) {
        return opened(db_pgsql_open(url, readers, error));
    }
    if (*url == '\0' || strstr(url, "://") != NULL || *url == ':') {
        refuse(error, "store.address",
               "The store \"%s\" is neither a file nor a postgresql:// address.", url);
        return NULL;
    }
    return opened(db_sqlite_open(url, readers, error));
}

void db_close(struct db *db)
{
    if (db == NULL) {
        return;
    }
    struct db_slot slots[DB_SLOTS_MAX]; /* in use until what is running has ended */
    memcpy(slots, db->slots, sizeof slots);
    g_mutex_clear(&db->slot_lock);
    db->driver->close(db);
    for (int i = 0; i < DB_SLOTS_MAX && slots[i].make != NULL; i++) {
        slots[i].free_kept(slots[i].kept);
    }
}

void *db_slot(struct db *db, void *(*make)(void), GDestroyNotify free_kept)
{
    g_mutex_lock(&db->slot_lock);
    struct db_slot *slot = db->slots;
    while (slot->make != NULL && slot->make != make) {
        slot++;
        g_assert(slot < db->slots + DB_SLOTS_MAX);
    }
    if (slot->make == NULL) {
        *slot = (struct db_slot){make, make(), free_kept};
    }
    void *kept = slot->kept;
    g_mutex_unlock(&db->slot_lock);
    return kept;
}

int db_epoch(struct db *db)
{
    return g_atomic_int_get(&db->epoch);
}

enum db_engine db_engine(const struct db *db)
{
    return db->engine;
}

bool db_read(struct db *db, const char *name, db_fn *fn, void *data, GError **error)
{
    bool is_ok = db->driver->read(db, name, fn, data, error);
    db_count(is_ok ? &db->counters.reads : &db->counters.failed);
    return is_ok;
}

/* ---- after the commit ---- */

struct after {
    db_after_fn *fn;
    void *data;
    GDestroyNotify free_data;
};
struct write_call {
    db_fn *fn;
    void *data;
    GArray *afters; /* struct after, of the newest run of fn */
};

static void afters_drop(GArray *afters)
{
    for (guint i = 0; i < afters->len; i++) {
        struct after *after = &g_array_index(afters, struct after, i);
        after->free_data(after->data);
    }
    g_array_set_size(afters, 0);
}

/* The callback of a write, with a place for what follows its commit; it may run again. */
static bool write_call_run(struct db_tx *tx, void *data, GError **error)
{
    struct write_call *call = data;
    afters_drop(call->afters);
    tx->afters = call->afters;
    bool is_ok = call->fn(tx, call->data, error);
    tx->afters = NULL;
    return is_ok;
}

bool db_write(struct db *db, const char *name, db_fn *fn, void *data, GError **error)
{
    g_autoptr(GArray) afters = g_array_new(FALSE, FALSE, sizeof(struct after));
    struct write_call call = {fn, data, afters};
    bool is_ok = db->driver->write(db, name, write_call_run, &call, error);
    for (guint i = 0; is_ok && i < afters->len; i++) {
        const struct after *after = &g_array_index(afters, struct after, i);
        after->fn(db, after->data);
    }
    afters_drop(afters);
    db_count(is_ok ? &db->counters.writes : &db->counters.failed);
    return is_ok;
}

void *db_after_data(struct db_tx *tx, db_after_fn *fn)
{
    for (guint i = 0; tx->afters != NULL && i < tx->afters->len; i++) {
        const struct after *after = &g_array_index(tx->afters, struct after, i);
        if (after->fn == fn) {
            return after->data;
        }
    }
    return NULL;
}

bool db_after(struct db_tx *tx, db_after_fn *fn, void *data, GDestroyNotify free_data)
{
    if (tx->afters == NULL || db_after_data(tx, fn) != NULL) {
        free_data(data);
        return tx->afters != NULL;
    }
    struct after after = {fn, data, free_data};
    g_array_append_val(tx->afters, after);
    return true;
}

bool db_tx_is_write(const struct db_tx *tx)
{
    return tx->is_write;
}

bool db_tx_call(struct db_tx *tx, db_fn *fn, void *data, GError **error)
{
    g_autoptr(GError) problem = NULL;
    tx->has_failed = false;
    bool is_ok = fn(tx, data, &problem);
    if (!is_ok && problem == NULL) {
        return bug(error, "store.failed", "The transaction %s failed without saying why.",
                   tx->name);
    }
    if (is_ok && (tx->has_failed || problem != NULL)) {
        return bug(error, "store.ignored_failure",
                   "The transaction %s went on after a statement had failed%s%s", tx->name,
                   problem != NULL ? ": " : ".", problem != NULL ? problem->message : "");
    }
    if (!is_ok) {
        g_propagate_error(error, g_steal_pointer(&problem));
    }
    return is_ok;
}

enum db_engine db_tx_engine(const struct db_tx *tx)
{
    return tx->db->engine;
}

struct db *db_tx_db(const struct db_tx *tx)
{
    return tx->db;
}

bool db_exec(struct db_tx *tx, const struct db_query *query, GError **error, int64_t *changed_out,
             const struct db_value *values, int n)
{
    return tx->driver->exec(tx, query, error, changed_out, values, n);
}

db_rows *db_select(struct db_tx *tx, const struct db_query *query, GError **error,
                   const struct db_value *values, int n)
{
    return tx->driver->select(tx, query, error, values, n);
}

bool db_prepare(struct db_tx *tx, const struct db_query *query, GError **error)
{
    return tx->driver->prepare(tx, query, error);
}

int db_rows_next(db_rows *rows, GError **error)
{
    return rows->driver->next(rows, error);
}

void db_rows_free_(db_rows *rows)
{
    if (rows != NULL) {
        rows->driver->rows_free(rows);
    }
}

int db_column(db_rows *rows, const char *name)
{
    int column = rows->next_name;
    for (int tried = 0; tried < rows->n_names; tried++, column++) {
        if (column >= rows->n_names) {
            column = 0;
        }
        if (strcmp(rows->names[column], name) == 0) {
            rows->next_name = column + 1;
            return column;
        }
    }
    g_error("%s:%d: the query %s has no column \"%s\"", rows->query->file, rows->query->line,
            rows->query->name, name);
}

bool db_col_is_null(db_rows *rows, int column)
{
    return rows->driver->col_is_null(rows, column);
}

int64_t db_col_int(db_rows *rows, int column)
{
    return rows->driver->col_int(rows, column);
}

double db_col_real(db_rows *rows, int column)
{
    return rows->driver->col_real(rows, column);
}

const char *db_col_text(db_rows *rows, int column)
{
    return rows->driver->col_text(rows, column);
}

const void *db_col_blob(db_rows *rows, int column, size_t *len_out)
{
    return rows->driver->col_blob(rows, column, len_out);
}

int32_t db_day(db_rows *rows, const char *name)
{
    int column = db_column(rows, name);
    return db_col_is_null(rows, column) ? DAY_NONE : (int32_t)db_col_int(rows, column);
}

int64_t db_at(db_rows *rows, const char *name)
{
    int column = db_column(rows, name);
    return db_col_is_null(rows, column) ? AT_NONE : db_col_int(rows, column);
}

bool db_copy_to(struct db *db, const char *path, GError **error)
{
    return db->driver->copy_to(db, path, error);
}

bool db_load_from(struct db *db, const char *path, GError **error)
{
    if (db->driver->load_from == NULL) {
        return refuse(error, "store.engine", "A copied file can be read into a SQLite store only.");
    }
    bool is_ok = db->driver->load_from(db, path, error);
    g_atomic_int_inc(&db->epoch);
    return is_ok;
}

bool db_check(struct db *db, GPtrArray *findings, GError **error)
{
    return db->driver->check(db, findings, error);
}

bool db_erase_vacuum(struct db *db, GError **error)
{
    return db->driver->erase_vacuum(db, error);
}

void db_stats(struct db *db, struct db_stats *stats_out)
{
    struct db_counters *from = &db->counters;
    *stats_out = (struct db_stats){
        .reads = atomic_load(&from->reads),
        .writes = atomic_load(&from->writes),
        .commits = atomic_load(&from->commits),
        .largest_group = atomic_load(&from->largest_group),
        .failed = atomic_load(&from->failed),
        .busy = atomic_load(&from->busy),
        .retries = atomic_load(&from->retries),
        .checkpoints = atomic_load(&from->checkpoints),
    };
}
