/* What only the PostgreSQL engine promises: lost connections are opened anew where that is safe,
 * errors of statements that nobody waited for come out, types of every kind convert, a loser of a
 * race runs again. */
#include "db/db_pgsql.h"

#include "base/error.h"
#include "db/db_scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char table_text[] =
    "CREATE TABLE thing (account_id BIGINT NOT NULL, id BIGINT NOT NULL, small INTEGER, tiny SMALLINT, yes BOOLEAN,"
    " ratio REAL, day DATE, words VARCHAR(20), bytes BYTEA, exact NUMERIC, PRIMARY KEY (account_id, id));\n";
static const struct db_migration schema[] = {{1, "tables of this test", "", table_text}};

#define QUERY(ident, text)                                                                         \
    static const struct db_query ident = {#ident, "", text, __FILE__, __LINE__}
QUERY(thing_add, "INSERT INTO thing (account_id, id) VALUES ($1, $2)");
QUERY(thing_fill,
      "INSERT INTO thing (account_id, id, small, tiny, yes, ratio, day, words, bytes, exact)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
QUERY(thing_binary,
      "SELECT small, tiny, yes, ratio, words, bytes FROM thing WHERE account_id = $1");
QUERY(thing_text,
      "SELECT small, tiny, yes, ratio, words, bytes, day, exact FROM thing WHERE account_id = $1");
QUERY(thing_count, "SELECT count(*) AS n FROM thing WHERE account_id = $1");
QUERY(thing_small, "SELECT id FROM thing WHERE account_id = $1 AND small = $2");

struct store {
    struct db_scratch scratch;
    struct db *db;
};

static int setup(void **state)
{
    struct store *store = g_new0(struct store, 1);
    db_scratch_new(&store->scratch, DB_PGSQL);
    g_autoptr(GError) error = NULL;
    store->db = db_open(store->scratch.url, 2, &error);
    *state = store;
    if (store->db == NULL || !db_migrate(store->db, schema, 1, &error)) {
        print_error("%s\n", error->message);
        return -1;
    }
    return 0;
}

static int teardown(void **state)
{
    struct store *store = *state;
    db_close(store->db);
    db_scratch_clear(&store->scratch);
    g_free(store);
    return 0;
}

static bool count_things(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &thing_count, error, DB_INT(1));
    if (rows == NULL || db_rows_next(rows, error) != 1) {
        return false;
    }
    *(int64_t *)data = db_int(rows, "n");
    return true;
}

static int64_t n_things(struct db *db)
{
    int64_t n = -1;
    g_autoptr(GError) error = NULL;
    if (!db_read(db, "count", count_things, &n, &error)) {
        fail_msg("%s", error->message);
    }
    return n;
}

static bool add_thing(struct db_tx *tx, void *data, GError **error)
{
    return DB_EXEC(tx, &thing_add, error, DB_INT(1), DB_INT(*(int64_t *)data));
}

/* ---- lost connections ---- */

static void kill_backend(int pid)
{
    PGconn *pg = PQconnectdb(g_getenv("LIGATURE_TEST_PG"));
    g_autofree char *sql = g_strdup_printf("SELECT pg_terminate_backend(%d, 10000)", pid);
    PGresult *result = PQexec(pg, sql);
    assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
    PQclear(result);
    PQfinish(pg);
}

static bool note_pid(struct db_tx *tx, void *data, GError **error)
{
    *(int *)data = PQbackendPID(((struct pgsql_conn *)tx)->pg);
    return true;
}

static bool die(struct db_tx *tx)
{
    int pid = 0;
    note_pid(tx, &pid, NULL);
    kill_backend(pid);
    return true;
}

static void test_connections_lost_while_idle_are_opened_anew(void **state)
{
    struct db *db = ((struct store *)*state)->db;
    int reader = 0;
    int writer = 0;
    assert_true(db_read(db, "pid", note_pid, &reader, NULL));
    assert_true(db_write(db, "pid", note_pid, &writer, NULL));
    kill_backend(reader);
    kill_backend(writer);
    int64_t id = 1;
    assert_int_equal(n_things(db), 0);
    assert_true(db_write(db, "add", add_thing, &id, NULL));
    assert_int_equal(n_things(db), 1);
}

static bool die_and_count(struct db_tx *tx, void *data, GError **error)
{
    return die(tx) && count_things(tx, data, error);
}

static bool count_die_and_count(struct db_tx *tx, void *data, GError **error)
{
    return count_things(tx, data, error) && die(tx) && count_things(tx, data, error);
}

static void test_a_reader_begins_again_once_and_only_before_it_has_seen_anything(void **state)
{
    struct db *db = ((struct store *)*state)->db;
    int64_t n = -1;
    g_autoptr(GError) error = NULL;
    assert_true(db_read(db, "count", die_and_count, &n, &error));
    assert_int_equal(n, 0);
    assert_false(db_read(db, "count", count_die_and_count, &n, &error));
    assert_string_equal(error_code(error), "store.unreachable");
    assert_int_equal(n_things(db), 0);
}

static bool add_die_and_add(struct db_tx *tx, void *data, GError **error)
{
    int64_t other = 2;
    return add_thing(tx, data, error) && die(tx) && add_thing(tx, &other, error);
}

static void test_a_writer_that_loses_its_connection_fails_and_leaves_nothing(void **state)
{
    struct db *db = ((struct store *)*state)->db;
    int64_t id = 1;
    g_autoptr(GError) error = NULL;
    assert_false(db_write(db, "add", add_die_and_add, &id, &error));
    assert_string_equal(error_code(error), "store.unreachable");
    assert_int_equal(n_things(db), 0);
    assert_true(db_write(db, "add", add_thing, &id, NULL));
    assert_int_equal(n_things(db), 1);
}

/* ---- statements nobody waited for ---- */

static bool add_twice(struct db_tx *tx, void *data, GError **error)
{
    return add_thing(tx, data, error) && add_thing(tx, data, error);
}

static bool add_twice_and_count(struct db_tx *tx, void *data, GError **error)
{
    int64_t n = 0;
    assert_true(add_twice(tx, data, error)); /* sent, not answered */
    assert_false(count_things(tx, &n, error));
    assert_string_equal(error_code(*error), "store.constraint");
    assert_non_null(strstr((*error)->message, "thing_add"));
    return false;
}

static bool add_twice_and_refuse(struct db_tx *tx, void *data, GError **error)
{
    return add_twice(tx, data, error) && refuse(error, "test.refused", "Refused on purpose.");
}

static void test_errors_of_sent_statements_come_out_under_their_name(void **state)
{
    struct db *db = ((struct store *)*state)->db;
    int64_t id = 1;
    g_autoptr(GError) error = NULL;
    assert_false(db_write(db, "add", add_twice, &id, &error));
    assert_string_equal(error_code(error), "store.constraint");
    assert_non_null(strstr(error->message, "thing_add"));
    g_clear_error(&error);
    assert_false(db_write(db, "add", add_twice_and_count, &id, &error));
    assert_string_equal(error_code(error), "store.constraint");
    g_clear_error(&error);
    assert_false(db_write(db, "add", add_twice_and_refuse, &id, &error));
    assert_string_equal(error_code(error), "test.refused");
    assert_int_equal(n_things(db), 0);
    assert_true(db_write(db, "add", add_thing, &id, NULL));
}

/* ---- types ---- */

static const uint8_t some_bytes[] = {0, 0xff, '\\'};

static bool fill_thing(struct db_tx *tx, void *data, GError **error)
{
    return DB_EXEC(tx, &thing_fill, error, DB_INT(1), DB_INT(1), DB_INT(-5), DB_INT(-3), DB_INT(1),
                   DB_REAL(0.5), DB_TEXT("2026-07-01"), DB_TEXT("Олена"), DB_BLOB(some_bytes, 3),
                   DB_TEXT("12345678901234567890.5"));
}

static void check_common(db_rows *rows)
{
    size_t len = 0;
    assert_int_equal(db_int(rows, "small"), -5);
    assert_int_equal(db_int(rows, "tiny"), -3);
    assert_int_equal(db_int(rows, "yes"), 1);
    assert_true(db_real(rows, "ratio") == 0.5);
    assert_string_equal(db_text(rows, "small"), "-5");
    assert_string_equal(db_text(rows, "ratio"), "0.5");
    assert_string_equal(db_text(rows, "words"), "Олена");
    assert_memory_equal(db_col_blob(rows, db_column(rows, "bytes"), &len), some_bytes, 3);
    assert_int_equal(len, 3);
}

static bool read_types(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(db_rows) binary = DB_SELECT(tx, &thing_binary, error, DB_INT(1));
    assert_int_equal(db_rows_next(binary, error), 1);
    check_common(binary);
    g_autoptr(db_rows) text = DB_SELECT(tx, &thing_text, error, DB_INT(1));
    assert_int_equal(db_rows_next(text, error), 1);
    check_common(text);
    assert_string_equal(db_text(text, "day"), "2026-07-01");
    assert_string_equal(db_text(text, "exact"), "12345678901234567890.5");
    /* words of digits are a number to a number's column; one too large is an error, not a wrong
     * answer */
    g_autoptr(db_rows) by_text = DB_SELECT(tx, &thing_small, error, DB_INT(1), DB_TEXT("-5"));
    assert_int_equal(db_rows_next(by_text, error), 1);
    return true;
}

static bool ask_too_large(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(tx, &thing_small, error, DB_INT(1), DB_INT(INT64_C(1) << 40));
    return rows != NULL;
}

static void test_values_of_every_kind_convert(void **state)
{
    struct db *db = ((struct store *)*state)->db;
    g_autoptr(GError) error = NULL;
    if (!db_write(db, "fill", fill_thing, NULL, &error) ||
        !db_read(db, "types", read_types, NULL, &error)) {
        fail_msg("%s", error->message);
    }
    assert_false(db_read(db, "large", ask_too_large, NULL, &error));
    assert_string_equal(error_code(error), "store.statement");
}

/* ---- races ---- */

struct race {
    struct db *db;
    int n_runs;
};

static void *add_elsewhere(void *data)
{
    struct race *race = data;
    int64_t id = 50;
    return (void *)(intptr_t)db_write(race->db, "add", add_thing, &id, NULL);
}

/* Adds a thing with the count as its id; at the first run another writer changes the count in
 * between. */
static bool add_counted(struct db_tx *tx, void *data, GError **error)
{
    struct race *race = data;
    int64_t n = 0;
    if (!count_things(tx, &n, error)) {
        return false;
    }
    if (race->n_runs++ == 0) {
        assert_non_null(g_thread_join(g_thread_new("elsewhere", add_elsewhere, race)));
    }
    return add_thing(tx, &n, error);
}

static bool add_counted_too(struct db_tx *tx, void *data, GError **error)
{
    int64_t n = 0;
    return count_things(tx, &n, error) && add_thing(tx, &(int64_t){n + 100}, error);
}

static void *add_counted_elsewhere(void *data)
{
    struct race *race = data;
    return (void *)(intptr_t)db_write(race->db, "add", add_counted_too, NULL, NULL);
}

static bool race_counted(struct db_tx *tx, void *data, GError **error)
{
    struct race *race = data;
    int64_t n = 0;
    if (!count_things(tx, &n, error)) {
        return false;
    }
    if (race->n_runs++ == 0) {
        assert_non_null(g_thread_join(g_thread_new("elsewhere", add_counted_elsewhere, race)));
    }
    return add_thing(tx, &n, error);
}

static void test_who_decided_on_what_another_changed_runs_again(void **state)
{
    struct db *db = ((struct store *)*state)->db;
    struct race race = {.db = db};
    struct db_stats stats;
    assert_true(db_write(db, "race", race_counted, &race, NULL));
    db_stats(db, &stats);
    assert_int_equal(race.n_runs, 2);
    assert_int_equal(stats.retries, 1);
    assert_int_equal(n_things(db), 2);

    struct race harmless = {.db = db};
    assert_true(db_write(db, "harmless", add_counted, &harmless, NULL));
    assert_int_equal(n_things(db), 4);
}

int main(void)
{
    if (!db_scratch_has(DB_PGSQL)) {
        printf("1..0 # SKIP LIGATURE_TEST_PG is not set\n");
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_connections_lost_while_idle_are_opened_anew, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(
            test_a_reader_begins_again_once_and_only_before_it_has_seen_anything, setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_a_writer_that_loses_its_connection_fails_and_leaves_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_errors_of_sent_statements_come_out_under_their_name,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_values_of_every_kind_convert, setup, teardown),
        cmocka_unit_test_setup_teardown(test_who_decided_on_what_another_changed_runs_again, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
