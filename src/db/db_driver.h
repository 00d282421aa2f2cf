/* Between db.c and the two engines; nobody above includes this. An engine embeds struct db, struct
 * db_tx and struct db_rows as the first member of its own types. */
#ifndef LIGATURE_DB_DB_DRIVER_H
#define LIGATURE_DB_DB_DRIVER_H

#include "db/db.h"

#include <stdatomic.h>

#define DB_VALUES_MAX 200 /* parameters of one statement */

struct db_driver {
    void (*close)(struct db *db);
    bool (*read)(struct db *db, const char *name, db_fn *fn, void *data, GError **error);
    bool (*write)(struct db *db, const char *name, db_fn *fn, void *data, GError **error);
    bool (*prepare)(struct db_tx *tx, const struct db_query *query, GError **error);
    bool (*exec)(struct db_tx *tx, const struct db_query *query, GError **error,
                 int64_t *changed_out, const struct db_value *values, int n);
    db_rows *(*select)(struct db_tx *tx, const struct db_query *query, GError **error,
                       const struct db_value *values, int n);
    /* One statement of a migration: no parameters, no result, not kept. */
    bool (*run)(struct db_tx *tx, const char *sql, GError **error);
    int (*next)(db_rows *rows, GError **error);
    void (*rows_free)(db_rows *rows);
    bool (*col_is_null)(db_rows *rows, int column);
    int64_t (*col_int)(db_rows *rows, int column);
    double (*col_real)(db_rows *rows, int column);
    const char *(*col_text)(db_rows *rows, int column);
    const void *(*col_blob)(db_rows *rows, int column, size_t *len_out);
    bool (*copy_to)(struct db *db, const char *path, GError **error);
    bool (*load_from)(struct db *db, const char *path, GError **error); /* NULL: the engine cannot */
    bool (*check)(struct db *db, GPtrArray *findings, GError **error);
    bool (*erase_vacuum)(struct db *db, GError **error);
};

struct db_counters {
    atomic_int_fast64_t reads, writes, commits, largest_group, failed, busy, retries, checkpoints;
};

#define DB_SLOTS_MAX 4

struct db_slot {
    void *(*make)(void);
    void *kept;
    GDestroyNotify free_kept;
};

struct db {
    const struct db_driver *driver;
    enum db_engine engine;
    struct db_counters counters;
    GMutex slot_lock;
    struct db_slot slots[DB_SLOTS_MAX]; /* what higher ranks keep */
    gint epoch;
};

struct db_tx {
    const struct db_driver *driver;
    struct db *db;    /* borrowed */
    const char *name; /* borrowed, for messages */
    bool is_write;
    bool has_failed; /* a statement failed: nothing may be committed */
    GArray *afters;  /* what db_after gathers in db_write; NULL otherwise. Borrowed */
};

struct db_rows {
    const struct db_driver *driver;
    const struct db_query *query;
    char *const *names; /* borrowed from the prepared statement */
    int n_names;
    int next_name; /* columns are mostly read in their order: where db_column() looks first */
};

struct db *db_sqlite_open(const char *path, int readers, GError **error);
struct db *db_pgsql_open(const char *url, int readers, GError **error);

/* Calls fn on tx and makes every answer a clean one: false always has *error, true never follows a
 * failed statement. */
bool db_tx_call(struct db_tx *tx, db_fn *fn, void *data, GError **error);

#define db_count(counter) atomic_fetch_add_explicit(counter, 1, memory_order_relaxed)

#endif
