/* Every statement of the program is one that both engines understand. All libraries are linked whole into this test, so that
 * no DB_QUERY is left out. */
#include "db/db.h"
#include "db/db_scratch.h"
#include "model/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

struct trial {
    struct db *db;
    int n_prepared;
    int n_failed;
};

static bool prepare(struct db_tx *tx, void *data, GError **error)
{
    return db_prepare(tx, data, error);
}

static void try_one(const struct db_query *query, void *data)
{
    struct trial *trial = data;
    g_autoptr(GError) error = NULL;
    trial->n_prepared++;
    if (!db_write(trial->db, query->name, prepare, (void *)query, &error)) {
        print_error("%s:%d: %s\n", query->file, query->line, error->message);
        trial->n_failed++;
    }
}

static void prepare_all(enum db_engine engine)
{
    struct db_scratch scratch;
    g_autoptr(GError) error = NULL;
    db_scratch_new(&scratch, engine);
    struct trial trial = {.db = store_open(scratch.url, 1, &error)};
    if (trial.db == NULL) {
        fail_msg("%s", error->message);
    }
    db_queries_each(try_one, &trial);
    db_close(trial.db);
    db_scratch_clear(&scratch);
    print_message("# %d statements\n", trial.n_prepared);
    assert_true(trial.n_prepared > 50);
    assert_int_equal(trial.n_failed, 0);
}

static void test_sqlite_understands_every_statement(void **state)
{
    prepare_all(DB_SQLITE);
}

static void test_pgsql_understands_every_statement(void **state)
{
    prepare_all(DB_PGSQL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sqlite_understands_every_statement),
        cmocka_unit_test(test_pgsql_understands_every_statement),
    };
    return _cmocka_run_group_tests("statements", tests, db_scratch_has(DB_PGSQL) ? 2 : 1, NULL, NULL);
}
