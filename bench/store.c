/* How quick the store is: durable writes per second with 1 and 64 clients, rows per second of one
 * large write, reads per second, and what db_exec adds to SQLite's own step.
 *
 *     store [PATH | postgresql://...]      default: a new file in the working folder, removed
 * afterwards
 *
 * Prints one JSON line. The store must be new; what is written stays in it when a place is given.
 */
#include "db/db.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#define MEASURE_US 2000000
#define BULK_ROWS 500000
#define CALLS 2000000

static const struct db_migration schema[] = {
    {1, "bench",
     "CREATE TABLE note (account_id BIGINT NOT NULL, note_id BIGINT NOT NULL, words TEXT NOT NULL,"
     " PRIMARY KEY (account_id, note_id)) WITHOUT ROWID;\n"
     "CREATE TABLE trait (account_id BIGINT NOT NULL, person_id BIGINT NOT NULL, trait_id BIGINT NOT NULL,"
     " kind TEXT NOT NULL, value TEXT NOT NULL, seen_at BIGINT NOT NULL,"
     " PRIMARY KEY (account_id, person_id, trait_id)) WITHOUT ROWID;\n",
     "CREATE TABLE note (account_id BIGINT NOT NULL, note_id BIGINT NOT NULL, words TEXT NOT NULL,"
     " PRIMARY KEY (account_id, note_id));\n"
     "CREATE TABLE trait (account_id BIGINT NOT NULL, person_id BIGINT NOT NULL, trait_id BIGINT NOT NULL,"
     " kind TEXT NOT NULL, value TEXT NOT NULL, seen_at BIGINT NOT NULL,"
     " PRIMARY KEY (account_id, person_id, trait_id));\n"},
};

static const char note_add_text[] =
    "INSERT INTO note (account_id, note_id, words) VALUES ($1, $2, $3)";
static const char trait_add_text[] =
    "INSERT INTO trait (account_id, person_id, trait_id, kind, value, seen_at)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
static const char note_get_text[] = "SELECT words FROM note WHERE account_id = $1 AND note_id = $2";
static const char never_text[] =
    "DELETE FROM note WHERE account_id = $1 AND note_id = $2 AND words = $3";
static const struct db_query note_add = {"note_add", note_add_text, note_add_text, __FILE__,
                                         __LINE__};
static const struct db_query trait_add = {"trait_add", trait_add_text, trait_add_text, __FILE__,
                                          __LINE__};
static const struct db_query note_get = {"note_get", note_get_text, note_get_text, __FILE__,
                                         __LINE__};
static const struct db_query never = {"never", never_text, never_text, __FILE__, __LINE__};

static void stop(const GError *error)
{
    fprintf(stderr, "store: %s\n", error->message);
    exit(3);
}

struct client {
    struct db *db;
    gint64 until_us;
    atomic_int_fast64_t *next_id;
    int64_t n_done;
    gint64 slowest_us;
};

static bool write_note(struct db_tx *tx, void *data, GError **error)
{
    return DB_EXEC(tx, &note_add, error, DB_INT(1), DB_INT(*(int64_t *)data),
                   DB_TEXT("Talked about the July rotation."));
}

static void *client_write(void *data)
{
    struct client *client = data;
    GError *error = NULL;
    for (gint64 begun_us = g_get_monotonic_time(); begun_us < client->until_us;) {
        int64_t id = atomic_fetch_add(client->next_id, 1);
        if (!db_write(client->db, "note_add", write_note, &id, &error)) {
            stop(error);
        }
        gint64 ended_us = g_get_monotonic_time();
        client->slowest_us = MAX(client->slowest_us, ended_us - begun_us);
        begun_us = ended_us;
        client->n_done++;
    }
    return NULL;
}

static bool read_note(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &note_get, error, DB_INT(1), DB_INT(*(int64_t *)data));
    return rows != NULL && db_rows_next(rows, error) == 1 && *db_text(rows, "words") == 'T';
}

static void *client_read(void *data)
{
    struct client *client = data;
    GError *error = NULL;
    while (g_get_monotonic_time() < client->until_us) {
        int64_t id = client->n_done % 100;
        if (!db_read(client->db, "note_get", read_note, &id, &error)) {
            stop(error);
        }
        client->n_done++;
    }
    return NULL;
}

/* Runs n clients for a while; returns what they did per second. */
static double measure(struct db *db, int n, void *(*run)(void *), double *slowest_ms_out)
{
    static atomic_int_fast64_t next_id;
    struct client clients[64];
    GThread *threads[64];
    gint64 begun_us = g_get_monotonic_time();
    for (int i = 0; i < n; i++) {
        clients[i] =
            (struct client){.db = db, .until_us = begun_us + MEASURE_US, .next_id = &next_id};
        threads[i] = g_thread_new("client", run, &clients[i]);
    }
    int64_t n_done = 0;
    gint64 slowest_us = 0;
    for (int i = 0; i < n; i++) {
        g_thread_join(threads[i]);
        n_done += clients[i].n_done;
        slowest_us = MAX(slowest_us, clients[i].slowest_us);
    }
    *slowest_ms_out = (double)slowest_us / 1e3;
    return (double)n_done * 1e6 / (double)(g_get_monotonic_time() - begun_us);
}

static bool write_bulk(struct db_tx *tx, void *data, GError **error)
{
    char value[40];
    for (int i = 0; i < BULK_ROWS; i++) {
        g_snprintf(value, sizeof value, "person%d@hospital.example", i / 5);
        if (!DB_EXEC(tx, &trait_add, error, DB_INT(1), DB_INT(1000000000 + i / 5), DB_INT(i),
                     DB_TEXT("email"), DB_TEXT(value), DB_INT(1700000000000000 + i))) {
            return false;
        }
    }
    return true;
}

static double measure_bulk(struct db *db)
{
    GError *error = NULL;
    gint64 begun_us = g_get_monotonic_time();
    if (!db_write(db, "bulk", write_bulk, NULL, &error)) {
        stop(error);
    }
    return BULK_ROWS * 1e6 / (double)(g_get_monotonic_time() - begun_us);
}

static bool call_often(struct db_tx *tx, void *data, GError **error)
{
    gint64 begun_us = g_get_monotonic_time();
    for (int i = 0; i < CALLS; i++) {
        if (!DB_EXEC(tx, &never, error, DB_INT(2), DB_INT(i), DB_TEXT("x"))) {
            return false;
        }
    }
    *(double *)data = (double)(g_get_monotonic_time() - begun_us) * 1e3 / CALLS;
    return true;
}

/* The same statement by SQLite alone, set up as the driver does. */
static double measure_raw(const char *path)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *stmt = NULL;
    sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    sqlite3_exec(handle, "PRAGMA foreign_keys = ON; BEGIN IMMEDIATE", NULL, NULL, NULL);
    sqlite3_prepare_v3(handle, never_text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
    gint64 begun_us = g_get_monotonic_time();
    for (int i = 0; i < CALLS; i++) {
        sqlite3_bind_int64(stmt, 1, 2);
        sqlite3_bind_int64(stmt, 2, i);
        sqlite3_bind_text(stmt, 3, "x", 1, SQLITE_STATIC);
        if (sqlite3_step(stmt) != SQLITE_DONE) {
            fprintf(stderr, "store: %s\n", sqlite3_errmsg(handle));
            exit(3);
        }
        sqlite3_reset(stmt);
    }
    double nanoseconds = (double)(g_get_monotonic_time() - begun_us) * 1e3 / CALLS;
    sqlite3_finalize(stmt);
    sqlite3_exec(handle, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(handle);
    return nanoseconds;
}

static void measure_calls(struct db *db, const char *path)
{
    GError *error = NULL;
    double by_us = 0;
    double raw = 0;
    for (int i = 0; i < 3; i++) {
        double once = 0;
        if (!db_write(db, "calls", call_often, &once, &error)) {
            stop(error);
        }
        double raw_once = measure_raw(path);
        by_us = i == 0 ? once : MIN(by_us, once);
        raw = i == 0 ? raw_once : MIN(raw, raw_once);
    }
    printf(", \"exec_ns\": %.0f, \"raw_step_ns\": %.0f", by_us, raw);
}

int main(int argc, char **argv)
{
    const char *url = argc > 1 ? argv[1] : "store-bench.tmp";
    GError *error = NULL;
    struct db *db = db_open(url, 4, &error);
    if (db == NULL || !db_migrate(db, schema, 1, &error)) {
        stop(error);
    }
    double slowest_ms_1 = 0;
    double slowest_ms_64 = 0;
    double ignored = 0;
    double writes_1 = measure(db, 1, client_write, &slowest_ms_1);
    struct db_stats before;
    struct db_stats after;
    db_stats(db, &before);
    double writes_64 = measure(db, 64, client_write, &slowest_ms_64);
    db_stats(db, &after);
    double reads_1 = measure(db, 1, client_read, &ignored);
    double bulk = measure_bulk(db);
    printf(
        "{\"bench\": \"store\", \"engine\": \"%s\", \"writes_per_s_1_client\": %.0f, \"slowest_ms_1\": %.1f, "
        "\"writes_per_s_64_clients\": %.0f, \"slowest_ms_64\": %.1f, \"writes_per_commit\": %.1f, "
        "\"reads_per_s_1_client\": %.0f, \"bulk_rows_per_s\": %.0f",
        db_engine(db) == DB_SQLITE ? "sqlite" : "pgsql", writes_1, slowest_ms_1, writes_64,
        slowest_ms_64,
        (double)(after.writes - before.writes) / (double)MAX(1, after.commits - before.commits),
        reads_1, bulk);
    if (db_engine(db) == DB_SQLITE) {
        measure_calls(db, url);
    }
    printf("}\n");
    db_close(db);
    if (argc <= 1) {
        g_remove(url);
    }
    return 0;
}
