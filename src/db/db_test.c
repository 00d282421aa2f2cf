/* What the store promises, on both engines: every test here runs twice. */
#include "db/db.h"

#include "base/clock.h"
#include "base/error.h"
#include "db/db_scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct db_migration schema[] = {
    {1, "tables of this test",
     "CREATE TABLE thing (account_id BIGINT NOT NULL, thing_id BIGINT NOT NULL, small INTEGER, big BIGINT,"
     " ratio DOUBLE PRECISION, words TEXT, bytes BLOB, PRIMARY KEY (account_id, thing_id));\n"
     "CREATE TABLE counter (account_id BIGINT NOT NULL PRIMARY KEY, n BIGINT NOT NULL);\n",
     "CREATE TABLE thing (account_id BIGINT NOT NULL, thing_id BIGINT NOT NULL, small INTEGER, big BIGINT,"
     " ratio DOUBLE PRECISION, words TEXT, bytes BYTEA, PRIMARY KEY (account_id, thing_id));\n"
     "CREATE TABLE counter (account_id BIGINT NOT NULL PRIMARY KEY, n BIGINT NOT NULL);\n"},
};

DB_QUERY(thing_add, "INSERT INTO thing (account_id, thing_id, small, big, ratio, words, bytes)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7)");
DB_QUERY(
    thing_add_new,
    "INSERT INTO thing (account_id, thing_id, words) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
DB_QUERY(thing_add_words, "INSERT INTO thing (account_id, thing_id, words) VALUES ($1, $2, $3)");
DB_QUERY(
    thing_get,
    "SELECT small, big, ratio, words, bytes FROM thing WHERE account_id = $1 AND thing_id = $2");
DB_QUERY(thing_between,
         "SELECT thing_id FROM thing WHERE thing_id >= $2 AND account_id = $1 AND thing_id <= $3"
         " AND thing_id <> $2 ORDER BY thing_id");
DB_QUERY(thing_count, "SELECT count(*) AS n FROM thing WHERE account_id = $1");
DB_QUERY(thing_rename, "UPDATE thing SET words = $3 WHERE account_id = $1 AND thing_id > $2");
DB_QUERY(
    thing_sums,
    "SELECT sum(big) AS total, avg(small) AS middle, max(words) AS last, bytes IS NULL AS is_bare"
    " FROM thing WHERE account_id = $1 GROUP BY bytes IS NULL");
DB_QUERY(counter_set, "INSERT INTO counter (account_id, n) VALUES ($1, $2)");
DB_QUERY(counter_get, "SELECT n FROM counter WHERE account_id = $1");
DB_QUERY(counter_put, "UPDATE counter SET n = $2 WHERE account_id = $1");

struct store {
    struct db_scratch scratch;
    struct db *db;
};

static int setup(void **state, enum db_engine engine)
{
    struct store *store = g_new0(struct store, 1);
    *state = store;
    db_scratch_new(&store->scratch, engine);
    g_autoptr(GError) error = NULL;
    store->db = db_open(store->scratch.url, 3, &error);
    if (store->db == NULL || !db_migrate(store->db, schema, G_N_ELEMENTS(schema), &error)) {
        print_error("%s\n", error->message);
        return -1;
    }
    return 0;
}

static int setup_sqlite(void **state)
{
    return setup(state, DB_SQLITE);
}

static int setup_pgsql(void **state)
{
    return setup(state, DB_PGSQL);
}

static int teardown(void **state)
{
    struct store *store = *state;
    db_close(store->db);
    db_scratch_clear(&store->scratch);
    g_free(store);
    return 0;
}

static struct db *store_of(void **state)
{
    return ((struct store *)*state)->db;
}

static void must_write(struct db *db, db_fn *fn, void *data)
{
    g_autoptr(GError) error = NULL;
    if (!db_write(db, "test", fn, data, &error)) {
        fail_msg("%s", error->message);
    }
}

static void must_read(struct db *db, db_fn *fn, void *data)
{
    g_autoptr(GError) error = NULL;
    if (!db_read(db, "test", fn, data, &error)) {
        fail_msg("%s", error->message);
    }
}

static void must_fail_write(struct db *db, db_fn *fn, void *data, const char *code)
{
    g_autoptr(GError) error = NULL;
    assert_false(db_write(db, "test", fn, data, &error));
    assert_string_equal(error_code(error), code);
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
    must_read(db, count_things, &n);
    return n;
}

/* ---- values ---- */

static const uint8_t some_bytes[] = {0, 1, 0xff, 0, '\'', '\\'};

static bool write_values(struct db_tx *tx, void *data, GError **error)
{
    return DB_EXEC(tx, &thing_add, error, DB_INT(1), DB_INT(1), DB_INT(-7), DB_INT(INT64_MIN + 1),
                   DB_REAL(0.1), DB_TEXT("Олена 김민수 o'Neil \\ \"x\""),
                   DB_BLOB(some_bytes, sizeof some_bytes)) &&
           DB_EXEC(tx, &thing_add, error, DB_INT(1), DB_INT(2), DB_INT(0), DB_INT(INT64_MAX),
                   DB_REAL(-1e300), DB_TEXT(""), DB_BLOB(NULL, 0)) &&
           DB_EXEC(tx, &thing_add, error, DB_INT(1), DB_INT(3), DB_NULL, DB_AT(AT_NONE), DB_NULL,
                   DB_TEXT(NULL), DB_NULL);
}

static bool read_values(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(db_rows) full = DB_SELECT(tx, &thing_get, error, DB_INT(1), DB_INT(1));
    assert_non_null(full);
    assert_int_equal(db_rows_next(full, error), 1);
    size_t len = 0;
    /* columns are found in any order */
    assert_memory_equal(db_col_blob(full, db_column(full, "bytes"), &len), some_bytes,
                        sizeof some_bytes);
    assert_int_equal(len, sizeof some_bytes);
    assert_string_equal(db_text(full, "words"), "Олена 김민수 o'Neil \\ \"x\"");
    assert_true(db_real(full, "ratio") == 0.1);
    assert_true(db_int(full, "big") == INT64_MIN + 1);
    assert_int_equal(db_int(full, "small"), -7);
    assert_int_equal(db_day(full, "small"), -7);
    assert_string_equal(db_text(full, "small"), "-7");
    assert_int_equal(db_rows_next(full, error), 0);
    assert_int_equal(db_rows_next(full, error), 0);

    g_autoptr(db_rows) empty = DB_SELECT(tx, &thing_get, error, DB_INT(1), DB_INT(2));
    assert_int_equal(db_rows_next(empty, error), 1);
    assert_string_equal(db_text(empty, "words"), "");
    assert_false(db_is_null(empty, "words"));
    assert_true(db_int(empty, "big") == INT64_MAX);
    assert_true(db_real(empty, "ratio") == -1e300);
    assert_non_null(db_col_blob(empty, db_column(empty, "bytes"), &len));
    assert_int_equal(len, 0);
    assert_false(db_is_null(empty, "bytes"));

    g_autoptr(db_rows) none = DB_SELECT(tx, &thing_get, error, DB_INT(1), DB_INT(3));
    assert_int_equal(db_rows_next(none, error), 1);
    assert_true(db_is_null(none, "small"));
    assert_int_equal(db_day(none, "small"), DAY_NONE);
    assert_true(db_at(none, "big") == AT_NONE);
    assert_int_equal(db_int(none, "big"), 0);
    assert_null(db_text(none, "words"));
    assert_null(db_col_blob(none, db_column(none, "bytes"), &len));

    g_autoptr(db_rows) absent = DB_SELECT(tx, &thing_get, error, DB_INT(2), DB_INT(1));
    assert_int_equal(db_rows_next(absent, error), 0);
    return true;
}

static void test_values_come_back_as_written(void **state)
{
    struct db *db = store_of(state);
    must_write(db, write_values, NULL);
    must_read(db, read_values, NULL);
}

static bool read_sums(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &thing_sums, error, DB_INT(5));
    assert_int_equal(db_rows_next(rows, error), 1);
    assert_int_equal(db_int(rows, "total"), 3000000000);
    assert_true(db_real(rows, "middle") == 3.0);
    assert_string_equal(db_text(rows, "last"), "b");
    assert_int_equal(db_int(rows, "is_bare"), 1);
    return true;
}

static bool write_sums(struct db_tx *tx, void *data, GError **error)
{
    return DB_EXEC(tx, &thing_add, error, DB_INT(5), DB_INT(1), DB_INT(2), DB_INT(1000000000),
                   DB_NULL, DB_TEXT("a"), DB_NULL) &&
           DB_EXEC(tx, &thing_add, error, DB_INT(5), DB_INT(2), DB_INT(4), DB_INT(2000000000),
                   DB_NULL, DB_TEXT("b"), DB_NULL);
}

static void test_computed_columns_read_as_numbers(void **state)
{
    struct db *db = store_of(state);
    must_write(db, write_sums, NULL);
    must_read(db, read_sums, NULL);
}

static bool write_many(struct db_tx *tx, void *data, GError **error)
{
    for (int i = 1; i <= *(int *)data; i++) {
        if (!DB_EXEC(tx, &thing_add_words, error, DB_INT(1), DB_INT(i), DB_TEXT("many"))) {
            return false;
        }
    }
    return true;
}

static bool read_between(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &thing_between, error, DB_INT(1), DB_INT(3), DB_INT(6));
    for (int expected = 4; expected <= 6; expected++) {
        assert_int_equal(db_rows_next(rows, error), 1);
        assert_int_equal(db_int(rows, "thing_id"), expected);
    }
    assert_int_equal(db_rows_next(rows, error), 0);
    return true;
}

static void test_parameters_keep_their_number_in_any_order(void **state)
{
    struct db *db = store_of(state);
    int n = 9;
    must_write(db, write_many, &n);
    must_read(db, read_between, NULL);
}

static bool read_text_that_goes(struct db_tx *tx, void *data, GError **error)
{
    g_autofree char *words = g_strdup("many");
    static const struct db_query by_words = {
        "by_words", "SELECT thing_id FROM thing WHERE account_id = $1 AND words = $2",
        "SELECT thing_id FROM thing WHERE account_id = $1 AND words = $2", __FILE__, __LINE__};
    g_autoptr(db_rows) rows = DB_SELECT(tx, &by_words, error, DB_INT(1), DB_TEXT(words));
    memset(words, 'x', strlen(words));
    int n = 0;
    while (db_rows_next(rows, error) > 0) {
        n++;
    }
    assert_int_equal(n, 9);
    return true;
}

static void test_parameters_are_borrowed_only_for_the_call(void **state)
{
    struct db *db = store_of(state);
    int n = 9;
    must_write(db, write_many, &n);
    must_read(db, read_text_that_goes, NULL);
}

static bool give_too_few(struct db_tx *tx, void *data, GError **error)
{
    return DB_EXEC(tx, &thing_add_words, error, DB_INT(1), DB_INT(1));
}

static bool select_too_many(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &thing_count, error, DB_INT(1), DB_INT(1));
    return rows != NULL;
}

static void test_a_wrong_number_of_values_is_a_bug(void **state)
{
    struct db *db = store_of(state);
    must_fail_write(db, give_too_few, NULL, "store.statement");
    must_fail_write(db, select_too_many, NULL, "store.statement");
}

/* ---- statements ---- */

static bool count_changes(struct db_tx *tx, void *data, GError **error)
{
    int64_t changed = -1;
    assert_true(
        DB_EXEC_COUNT(tx, &thing_add_new, &changed, error, DB_INT(1), DB_INT(1), DB_TEXT("a")));
    assert_int_equal(changed, 1);
    assert_true(
        DB_EXEC_COUNT(tx, &thing_add_new, &changed, error, DB_INT(1), DB_INT(1), DB_TEXT("b")));
    assert_int_equal(changed, 0);
    assert_true(DB_EXEC(tx, &thing_add_new, error, DB_INT(1), DB_INT(2), DB_TEXT("c")));
    assert_true(
        DB_EXEC_COUNT(tx, &thing_rename, &changed, error, DB_INT(1), DB_INT(0), DB_TEXT("z")));
    assert_int_equal(changed, 2);
    assert_true(
        DB_EXEC_COUNT(tx, &thing_rename, &changed, error, DB_INT(1), DB_INT(9), DB_TEXT("z")));
    assert_int_equal(changed, 0);
    return true;
}

static void test_changed_rows_are_counted(void **state)
{
    must_write(store_of(state), count_changes, NULL);
}

static int visit(struct db_tx *tx, int64_t after, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(tx, &thing_between, error, DB_INT(1), DB_INT(after), DB_INT(5));
    int n = 0;
    while (db_rows_next(rows, error) > 0) {
        n += 1 + visit(tx, db_int(rows, "thing_id"), error);
    }
    return n;
}

static bool visit_all(struct db_tx *tx, void *data, GError **error)
{
    *(int *)data = visit(tx, 0, error);
    return true;
}

static void test_a_query_may_be_open_inside_itself(void **state)
{
    struct db *db = store_of(state);
    int n = 5;
    must_write(db, write_many, &n);
    must_read(db, visit_all, &n);
    assert_int_equal(n, 31); /* subsets of five things without the empty one */
}

static void prepare_one(const struct db_query *query, void *data)
{
    g_autoptr(GError) error = NULL;
    if (!db_prepare(data, query, &error)) {
        print_error("%s:%d: %s\n", query->file, query->line, error->message);
        fail();
    }
}

static void count_one(const struct db_query *query, void *data)
{
    *(int *)data += query == &thing_add || query == &counter_put;
}

static bool prepare_all(struct db_tx *tx, void *data, GError **error)
{
    db_queries_each(prepare_one, tx);
    return true;
}

static void test_every_listed_query_prepares(void **state)
{
    struct db *db = store_of(state);
    int n_found = 0;
    db_queries_each(count_one, &n_found);
    assert_int_equal(n_found, 2);
    must_write(db, prepare_all, NULL);
}

/* ---- transactions ---- */

static bool write_then_refuse(struct db_tx *tx, void *data, GError **error)
{
    int n = 3;
    return write_many(tx, &n, error) && refuse(error, "test.refused", "Refused on purpose.");
}

static bool write_twice(struct db_tx *tx, void *data, GError **error)
{
    int n = 3;
    return write_many(tx, &n, error) && write_many(tx, &n, error);
}

static bool ignore_failure(struct db_tx *tx, void *data, GError **error)
{
    int64_t changed = 0;
    DB_EXEC_COUNT(tx, &thing_add_words, &changed, NULL, DB_INT(1), DB_INT(1), DB_TEXT("a"));
    DB_EXEC_COUNT(tx, &thing_add_words, &changed, NULL, DB_INT(1), DB_INT(1), DB_TEXT("b"));
    return true;
}

static bool fail_silently(struct db_tx *tx, void *data, GError **error)
{
    return false;
}

static void test_a_failed_callback_leaves_nothing_behind(void **state)
{
    struct db *db = store_of(state);
    must_fail_write(db, write_then_refuse, NULL, "test.refused");
    must_fail_write(db, write_twice, NULL, "store.constraint");
    must_fail_write(db, ignore_failure, NULL, "store.ignored_failure");
    must_fail_write(db, fail_silently, NULL, "store.failed");
    assert_int_equal(n_things(db), 0);
    int n = 3;
    must_write(db, write_many, &n);
    assert_int_equal(n_things(db), 3);
}

static bool fail_in_the_middle(struct db_tx *tx, void *data, GError **error)
{
    int n = 5000;
    for (int i = 1; i <= n; i++) {
        if (!DB_EXEC(tx, &thing_add_words, error, DB_INT(1), DB_INT(i == 2500 ? 1 : i),
                     DB_TEXT("bulk"))) {
            return false;
        }
    }
    return true;
}

static void test_one_bad_row_among_thousands_undoes_all(void **state)
{
    struct db *db = store_of(state);
    must_fail_write(db, fail_in_the_middle, NULL, "store.constraint");
    assert_int_equal(n_things(db), 0);
}

static void *write_elsewhere(void *db)
{
    int n = 4;
    must_write(db, write_many, &n);
    return NULL;
}

static bool read_twice(struct db_tx *tx, void *data, GError **error)
{
    int64_t before = -1;
    int64_t after = -1;
    assert_true(count_things(tx, &before, error));
    g_thread_join(g_thread_new("writer", write_elsewhere, db_tx_db(tx)));
    assert_true(count_things(tx, &after, error));
    assert_int_equal(before, 0);
    assert_int_equal(after, 0);
    return true;
}

static void test_a_reader_sees_one_moment(void **state)
{
    struct db *db = store_of(state);
    must_read(db, read_twice, NULL);
    assert_int_equal(n_things(db), 4);
}

static bool write_in_a_read(struct db_tx *tx, void *data, GError **error)
{
    return write_many(tx, data, error);
}

static void test_a_reader_cannot_write(void **state)
{
    struct db *db = store_of(state);
    int n = 1;
    g_autoptr(GError) error = NULL;
    assert_false(db_read(db, "test", write_in_a_read, &n, &error));
    assert_string_equal(error_code(error), "store.readonly");
    assert_int_equal(n_things(db), 0);
}

struct nesting {
    bool outer_writes;
    bool inner_writes;
};

static bool nothing(struct db_tx *tx, void *data, GError **error)
{
    return true;
}

static bool nest(struct db_tx *tx, void *data, GError **error)
{
    const struct nesting *nesting = data;
    return nesting->inner_writes ? db_write(db_tx_db(tx), "inner", nothing, NULL, error)
                                 : db_read(db_tx_db(tx), "inner", nothing, NULL, error);
}

static void test_transactions_do_not_nest(void **state)
{
    struct db *db = store_of(state);
    for (int i = 0; i < 4; i++) {
        struct nesting nesting = {.outer_writes = (i & 1) != 0, .inner_writes = (i & 2) != 0};
        g_autoptr(GError) error = NULL;
        bool is_ok = nesting.outer_writes ? db_write(db, "outer", nest, &nesting, &error)
                                          : db_read(db, "outer", nest, &nesting, &error);
        assert_false(is_ok);
        assert_string_equal(error_code(error), "store.nested");
    }
    must_read(db, nothing, NULL);
}

static bool counter_start(struct db_tx *tx, void *data, GError **error)
{
    return DB_EXEC(tx, &counter_set, error, DB_INT(1), DB_INT(0));
}

static bool counter_read(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &counter_get, error, DB_INT(1));
    if (rows == NULL || db_rows_next(rows, error) != 1) {
        return false;
    }
    *(int64_t *)data = db_int(rows, "n");
    return true;
}

static bool counter_raise(struct db_tx *tx, void *data, GError **error)
{
    int64_t n = 0;
    return counter_read(tx, &n, error) &&
           DB_EXEC(tx, &counter_put, error, DB_INT(1), DB_INT(n + 1));
}

#define THREADS 8
#define RAISES 25

static void *raise_often(void *db)
{
    int64_t n_done = 0;
    for (int i = 0; i < RAISES; i++) {
        n_done += db_write(db, "raise", counter_raise, NULL, NULL);
    }
    return (void *)(intptr_t)n_done;
}

static void test_no_update_is_lost_among_threads(void **state)
{
    struct db *db = store_of(state);
    must_write(db, counter_start, NULL);
    GThread *threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        threads[i] = g_thread_new("raise", raise_often, db);
    }
    int64_t n_done = 0;
    for (int i = 0; i < THREADS; i++) {
        n_done += (intptr_t)g_thread_join(threads[i]);
    }
    int64_t n = 0;
    must_read(db, counter_read, &n);
    assert_int_equal(n, n_done); /* a raise that gave up (store.busy) was not counted */
    assert_true(n_done >= RAISES);
    assert_true(db_engine(db) != DB_SQLITE || n_done == THREADS * RAISES);
}

/* ---- upkeep ---- */

static void test_a_sound_store_has_no_findings_before_and_after_erasing(void **state)
{
    struct db *db = store_of(state);
    int n = 100;
    must_write(db, write_many, &n);
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    for (int i = 0; i < 2; i++) {
        assert_true(db_check(db, findings, &error));
        assert_int_equal(findings->len, 0);
        assert_true(db_erase_vacuum(db, &error));
    }
    assert_int_equal(n_things(db), 100);
}

static void test_work_is_counted(void **state)
{
    struct db *db = store_of(state);
    struct db_stats before;
    struct db_stats after;
    db_stats(db, &before);
    int n = 2;
    must_write(db, write_many, &n);
    must_fail_write(db, write_many, &n, "store.constraint");
    n_things(db);
    db_stats(db, &after);
    assert_int_equal(after.writes - before.writes, 1);
    assert_int_equal(after.commits - before.commits, 1);
    assert_int_equal(after.failed - before.failed, 1);
    assert_int_equal(after.reads - before.reads, 1);
}

static void test_what_is_no_address_is_refused_and_what_cannot_be_reached_fails(void **state)
{
    const struct {
        const char *url, *code;
        bool is_theirs;
    } rows[] = {
        {"mysql://host/db", "store.address", true},
        {":memory:", "store.address", true},
        {"", "store.address", true},
        {"/nowhere/at/all/store", "store.unreachable", false},
        {"postgresql:///ligature?host=/nowhere", "store.unreachable", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(db_open(rows[i].url, 1, &error));
        assert_string_equal(error_code(error), rows[i].code);
        assert_true(error_is_theirs(error) == rows[i].is_theirs);
    }
}

#define CLAIMS(X)                                                                                  \
    X(values_come_back_as_written)                                                                 \
    X(computed_columns_read_as_numbers)                                                            \
    X(parameters_keep_their_number_in_any_order)                                                   \
    X(parameters_are_borrowed_only_for_the_call)                                                   \
    X(a_wrong_number_of_values_is_a_bug)                                                           \
    X(changed_rows_are_counted)                                                                    \
    X(a_query_may_be_open_inside_itself)                                                           \
    X(every_listed_query_prepares)                                                                 \
    X(a_failed_callback_leaves_nothing_behind)                                                     \
    X(one_bad_row_among_thousands_undoes_all)                                                      \
    X(a_reader_sees_one_moment)                                                                    \
    X(a_reader_cannot_write)                                                                       \
    X(transactions_do_not_nest)                                                                    \
    X(no_update_is_lost_among_threads)                                                             \
    X(a_sound_store_has_no_findings_before_and_after_erasing)                                      \
    X(work_is_counted)                                                                             \
    X(what_is_no_address_is_refused_and_what_cannot_be_reached_fails)

#define ON_SQLITE(claim) {"sqlite: " #claim, test_##claim, setup_sqlite, teardown, NULL},
#define ON_PGSQL(claim) {"pgsql: " #claim, test_##claim, setup_pgsql, teardown, NULL},

int main(void)
{
    const struct CMUnitTest tests[] = {CLAIMS(ON_SQLITE) CLAIMS(ON_PGSQL)};
    size_t n = G_N_ELEMENTS(tests);
    if (!db_scratch_has(DB_PGSQL)) {
        print_message("# skipped: PostgreSQL, because LIGATURE_TEST_PG is not set\n");
        n /= 2;
    }
    return _cmocka_run_group_tests("db", tests, n, NULL, NULL);
}
