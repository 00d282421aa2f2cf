/* A store made by any earlier version, with rows in it, becomes the same as a fresh one and keeps its rows; and a migration
 * that was released is never changed.
 *
 * An old store is made as it was made then: the migrations up to NNNN, then the rows of test/migrate/NNNN.sql (one statement
 * a line). That this is the same text as then is proved by the digests in test/migrate/released.tsv. */
#include "base/digest.h"
#include "db/db.h"
#include "db/db_scratch.h"
#include "model/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct db_query sqlite_schema_all = {
    "sqlite_schema_all",
    "SELECT type || ' ' || name || ' on ' || tbl_name || ': ' || COALESCE(sql, '') AS line, name, type FROM sqlite_schema"
    " ORDER BY type, name",
    "", __FILE__, __LINE__};
static const struct db_query pgsql_columns = {
    "pgsql_columns", "",
    "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || COALESCE(column_default, '')"
    " AS line, CAST(table_name AS TEXT) AS name, 'table' AS type FROM information_schema.columns"
    " WHERE table_schema = current_schema() ORDER BY table_name, column_name",
    __FILE__, __LINE__};
static const struct db_query pgsql_indexes = {
    "pgsql_indexes", "",
    "SELECT replace(indexdef, current_schema() || '.', '') AS line, CAST(indexname AS TEXT) AS name, 'index' AS type"
    " FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexname",
    __FILE__, __LINE__};
static const struct db_query pgsql_constraints = {
    "pgsql_constraints", "",
    "SELECT conname || ' ' || pg_get_constraintdef(oid) AS line, CAST(conname AS TEXT) AS name, 'rule' AS type"
    " FROM pg_constraint WHERE connamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace) ORDER BY conname",
    __FILE__, __LINE__};

struct look {
    GString *schema;            /* a line for each column, index, rule */
    GPtrArray *tables;          /* names, owned */
};

static bool look_by(struct db_tx *tx, const struct db_query *query, struct look *look, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, query, error);
    if (rows == NULL) {
        return false;
    }
    int more = 0;
    while ((more = db_rows_next(rows, error)) > 0) {
        g_string_append_printf(look->schema, "%s\n", db_text(rows, "line"));
        const char *name = db_text(rows, "name");
        bool is_known = g_ptr_array_find_with_equal_func(look->tables, name, g_str_equal, NULL);
        if (strcmp(db_text(rows, "type"), "table") == 0 && !is_known) {
            g_ptr_array_add(look->tables, g_strdup(name));
        }
    }
    return more == 0;
}

static bool look_at(struct db_tx *tx, void *data, GError **error)
{
    if (db_tx_engine(tx) == DB_SQLITE) {
        return look_by(tx, &sqlite_schema_all, data, error);
    }
    return look_by(tx, &pgsql_columns, data, error) && look_by(tx, &pgsql_indexes, data, error) &&
           look_by(tx, &pgsql_constraints, data, error);
}

static struct look look_new(struct db *db)
{
    struct look look = {.schema = g_string_new(NULL), .tables = g_ptr_array_new_with_free_func(g_free)};
    g_autoptr(GError) error = NULL;
    if (!db_read(db, "look", look_at, &look, &error)) {
        fail_msg("%s", error->message);
    }
    return look;
}

static void look_clear(struct look *look)
{
    g_string_free(look->schema, TRUE);
    g_ptr_array_free(look->tables, TRUE);
}

/* Statements made by this test live as long as the program, as the store's caches expect. */
static const struct db_query *query_of(const char *text)
{
    static GPtrArray *made;
    if (made == NULL) {
        made = g_ptr_array_new();
    }
    struct db_query *query = g_new0(struct db_query, 1);
    query->name = query->sqlite = query->pgsql = g_strdup(text);
    query->file = __FILE__;
    g_ptr_array_add(made, query);
    return query;
}

struct count { const char *table; int64_t n; };

static bool count_rows(struct db_tx *tx, void *data, GError **error)
{
    struct count *count = data;
    g_autofree char *text = g_strconcat("SELECT count(*) AS n FROM ", count->table, NULL);
    g_autoptr(db_rows) rows = DB_SELECT(tx, query_of(text), error);
    if (rows == NULL || db_rows_next(rows, error) != 1) {
        return false;
    }
    count->n = db_int(rows, "n");
    return true;
}

static int64_t n_rows(struct db *db, const char *table)
{
    struct count count = {.table = table};
    g_autoptr(GError) error = NULL;
    if (!db_read(db, "count", count_rows, &count, &error)) {
        fail_msg("%s", error->message);
    }
    return count.n;
}

static bool insert_rows(struct db_tx *tx, void *data, GError **error)
{
    for (char **line = data; *line != NULL; line++) {
        if (**line != '\0' && !g_str_has_prefix(*line, "--") && !DB_EXEC(tx, query_of(*line), error)) {
            return false;
        }
    }
    return true;
}

/* The rows of a store of that version; NULL when none were kept. */
static char **rows_of(int version)
{
    g_autofree char *path = g_strdup_printf("test/migrate/%04d.sql", version);
    g_autofree char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) ? g_strsplit(text, "\n", -1) : NULL;
}

static void must_be_ok(bool is_ok, GError *error)
{
    if (!is_ok) {
        fail_msg("%s", error->message);
    }
}

static void check_upgrade(enum db_engine engine, int from, const char *fresh)
{
    struct db_scratch scratch;
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) rows = rows_of(from);
    db_scratch_new(&scratch, engine);
    struct db *db = db_open(scratch.url, 1, &error);
    must_be_ok(db != NULL && db_migrate(db, store_migrations, from, &error), error);
    must_be_ok(rows == NULL || db_write(db, "rows", insert_rows, rows, &error), error);
    struct look old = look_new(db);
    int64_t *n_old = g_new0(int64_t, old.tables->len);
    for (guint i = 0; i < old.tables->len; i++) {
        n_old[i] = n_rows(db, old.tables->pdata[i]);
    }
    db_close(db);

    db = store_open(scratch.url, 1, &error);
    must_be_ok(db != NULL, error);
    struct look new = look_new(db);
    assert_string_equal(new.schema->str, fresh);
    for (guint i = 0; i < old.tables->len; i++) {
        bool is_kept = g_ptr_array_find_with_equal_func(new.tables, old.tables->pdata[i], g_str_equal, NULL);
        bool is_history = strcmp(old.tables->pdata[i], "schema_version") == 0;
        if (is_kept && !is_history && n_rows(db, old.tables->pdata[i]) < n_old[i]) {
            fail_msg("%s lost rows on the way from version %d", (char *)old.tables->pdata[i], from);
        }
    }
    g_free(n_old);
    look_clear(&old);
    look_clear(&new);
    db_close(db);
    db_scratch_clear(&scratch);
}

static void check_upgrades(enum db_engine engine)
{
    struct db_scratch scratch;
    g_autoptr(GError) error = NULL;
    db_scratch_new(&scratch, engine);
    struct db *db = store_open(scratch.url, 1, &error);
    must_be_ok(db != NULL, error);
    struct look fresh = look_new(db);
    for (int from = 1; from <= n_store_migrations; from++) {
        check_upgrade(engine, from, fresh.schema->str);
    }
    look_clear(&fresh);
    db_close(db);
    db_scratch_clear(&scratch);
}

static void test_every_old_store_becomes_a_fresh_one_on_sqlite(void **state)
{
    check_upgrades(DB_SQLITE);
}

static void test_every_old_store_becomes_a_fresh_one_on_pgsql(void **state)
{
    check_upgrades(DB_PGSQL);
}

static char *digest_of(const char *text)
{
    uint8_t digest[DIGEST_LEN];
    char *line = g_malloc(DIGEST_TEXT);
    digest_bytes(text, strlen(text), digest);
    return digest_format(digest, line);
}

static void test_released_migrations_are_never_changed(void **state)
{
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents("test/migrate/released.tsv", &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    int n_released = 0;
    for (char **line = lines; *line != NULL; line++) {
        if (**line == '\0' || **line == '#') {
            continue;
        }
        g_auto(GStrv) fields = g_strsplit(*line, "\t", -1);
        assert_int_equal(g_strv_length(fields), 3);
        assert_true(n_released < n_store_migrations);
        const struct db_migration *migration = &store_migrations[n_released++];
        g_autofree char *sqlite = digest_of(migration->sqlite);
        g_autofree char *pgsql = digest_of(migration->pgsql);
        if (g_ascii_strtoll(fields[0], NULL, 10) != migration->version || strcmp(fields[1], sqlite) != 0 ||
            strcmp(fields[2], pgsql) != 0) {
            fail_msg("migration %04d was released and may not change: write a new one after it", migration->version);
        }
    }
    for (int i = n_released; i < n_store_migrations; i++) {
        g_autofree char *sqlite = digest_of(store_migrations[i].sqlite);
        g_autofree char *pgsql = digest_of(store_migrations[i].pgsql);
        print_message("# not released yet: %d\t%s\t%s\n", store_migrations[i].version, sqlite, pgsql);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_released_migrations_are_never_changed),
        cmocka_unit_test(test_every_old_store_becomes_a_fresh_one_on_sqlite),
        cmocka_unit_test(test_every_old_store_becomes_a_fresh_one_on_pgsql),
    };
    return _cmocka_run_group_tests("upgrade", tests, db_scratch_has(DB_PGSQL) ? 3 : 2, NULL, NULL);
}
