/* The schema is brought up to date once, in order, whole or not at all, and never over a history
 * that differs. */
#include "db/db.h"

#include "base/error.h"
#include "db/db_scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define FIRST                                                                                      \
    "-- A comment; with a mark.\n"                                                                 \
    "/* Another; one. */\n"                                                                        \
    "CREATE TABLE note (account_id BIGINT NOT NULL, words TEXT NOT NULL,  -- said; \"quoted\"\n"   \
    "    PRIMARY KEY (account_id)); -- the end;\n\n"                                               \
    "INSERT INTO note (account_id, words) VALUES (1, 'semi;colon''s');\n"
#define SECOND                                                                                     \
    "ALTER TABLE note ADD COLUMN extra BIGINT;\nUPDATE note SET extra = 5 WHERE account_id = 1"
#define BROKEN                                                                                     \
    "CREATE TABLE half (account_id BIGINT);\nINSERT INTO nowhere (account_id) VALUES (1);\n"

static const struct db_migration list[] = {
    {1, "first", FIRST, FIRST},
    {2, "second", SECOND, SECOND},
    {3, "broken", BROKEN, BROKEN},
};
static const struct db_migration changed[] = {{1, "first", FIRST " ", FIRST " "}};
static const struct db_migration unordered[] = {{2, "second", SECOND, SECOND},
                                                {1, "first", FIRST, FIRST}};

static const char get_text[] = "SELECT words, extra FROM note WHERE account_id = $1";
static const struct db_query note_get = {"note_get", get_text, get_text, __FILE__, __LINE__};
static const char versions_text[] =
    "SELECT count(*) AS n, max(applied_at) AS last FROM schema_version";
static const struct db_query versions = {"versions", versions_text, versions_text, __FILE__,
                                         __LINE__};
static const char half_text[] = "SELECT account_id FROM half";
static const struct db_query half_get = {"half_get", half_text, half_text, __FILE__, __LINE__};

struct store {
    struct db_scratch scratch;
    struct db *db;
};

static int setup(void **state, enum db_engine engine)
{
    struct store *store = g_new0(struct store, 1);
    db_scratch_new(&store->scratch, engine);
    store->db = db_open(store->scratch.url, 2, NULL);
    *state = store;
    return store->db != NULL ? 0 : -1;
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

static void must_migrate(struct db *db, const struct db_migration *migrations, int n)
{
    g_autoptr(GError) error = NULL;
    if (!db_migrate(db, migrations, n, &error)) {
        fail_msg("%s", error->message);
    }
}

static void must_refuse(struct db *db, const struct db_migration *migrations, int n,
                        const char *code)
{
    g_autoptr(GError) error = NULL;
    assert_false(db_migrate(db, migrations, n, &error));
    assert_string_equal(error_code(error), code);
}

static bool read_note(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &note_get, error, DB_INT(1));
    assert_non_null(rows);
    assert_int_equal(db_rows_next(rows, error), 1);
    assert_string_equal(db_text(rows, "words"), "semi;colon's");
    assert_int_equal(db_int(rows, "extra"), 5);
    return true;
}

struct history {
    int64_t n;
    int64_t last;
};

static bool read_history(struct db_tx *tx, void *data, GError **error)
{
    struct history *history = data;
    g_autoptr(db_rows) rows = DB_SELECT(tx, &versions, error);
    assert_int_equal(db_rows_next(rows, error), 1);
    history->n = db_int(rows, "n");
    history->last = db_int(rows, "last");
    return true;
}

static void test_migrations_run_once_in_order(void **state)
{
    struct db *db = store_of(state);
    struct history once;
    struct history twice;
    must_migrate(db, list, 2);
    assert_true(db_read(db, "note", read_note, NULL, NULL));
    assert_true(db_read(db, "history", read_history, &once, NULL));
    must_migrate(db, list, 2);
    assert_true(db_read(db, "history", read_history, &twice, NULL));
    assert_int_equal(once.n, 2);
    assert_int_equal(twice.n, 2);
    assert_int_equal(once.last, twice.last);
}

static void test_a_later_program_runs_what_is_missing(void **state)
{
    struct db *db = store_of(state);
    must_migrate(db, list, 1);
    must_migrate(db, list, 2);
    assert_true(db_read(db, "note", read_note, NULL, NULL));
}

static bool read_half(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &half_get, error);
    return rows != NULL;
}

static void test_a_migration_that_fails_leaves_the_version_before_it(void **state)
{
    struct db *db = store_of(state);
    struct history history;
    must_refuse(db, list, 3, "store.statement");
    assert_true(db_read(db, "history", read_history, &history, NULL));
    assert_int_equal(history.n, 2);
    assert_false(db_read(db, "half", read_half, NULL, NULL));
    must_migrate(db, list, 2);
}

static void test_another_history_is_refused(void **state)
{
    struct db *db = store_of(state);
    must_migrate(db, list, 2);
    must_refuse(db, changed, 1, "store.changed");
    must_refuse(db, list, 1, "store.newer");
    must_refuse(db, unordered, 2, "store.changed");
    must_migrate(db, list, 2);
}

static void *migrate_elsewhere(void *data)
{
    g_autoptr(GError) error = NULL;
    struct db *db = db_open(data, 1, &error);
    bool is_ok = db != NULL && db_migrate(db, list, 2, &error);
    if (!is_ok) {
        print_error("%s\n", error->message);
    }
    db_close(db);
    return (void *)(intptr_t)is_ok;
}

static void test_programs_that_start_together_agree(void **state)
{
    struct store *store = *state;
    GThread *threads[4];
    for (int i = 0; i < 4; i++) {
        threads[i] = g_thread_new("migrate", migrate_elsewhere, store->scratch.url);
    }
    for (int i = 0; i < 4; i++) {
        assert_non_null(g_thread_join(threads[i]));
    }
    struct history history;
    assert_true(db_read(store->db, "history", read_history, &history, NULL));
    assert_int_equal(history.n, 2);
}

#define CLAIMS(X)                                                                                  \
    X(migrations_run_once_in_order)                                                                \
    X(a_later_program_runs_what_is_missing)                                                        \
    X(a_migration_that_fails_leaves_the_version_before_it)                                         \
    X(another_history_is_refused)                                                                  \
    X(programs_that_start_together_agree)

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
    return _cmocka_run_group_tests("db_migrate", tests, n, NULL, NULL);
}
