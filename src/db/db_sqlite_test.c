/* What only the SQLite engine promises: groups share a commit and fail one by one, answered writes
 * survive kill -9, other programs and other files are recognised, erased bytes are gone. Looks
 * inside by db_sqlite.h where a rare case (a full disk) must be made to happen. */
#include "db/db_sqlite.h"

#include "base/error.h"
#include "db/db_scratch.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct db_migration schema[] = {
    {1, "tables of this test",
     "CREATE TABLE parent (account_id BIGINT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (account_id, id));\n"
     "CREATE TABLE thing (account_id BIGINT NOT NULL, id BIGINT NOT NULL, words TEXT, parent_id BIGINT,"
     " PRIMARY KEY (account_id, id), FOREIGN KEY (account_id, parent_id) REFERENCES parent (account_id, id)"
     " DEFERRABLE INITIALLY DEFERRED);\n",
     ""},
};

static const char add_text[] =
    "INSERT INTO thing (account_id, id, words, parent_id) VALUES ($1, $2, $3, $4)";
static const char count_text[] = "SELECT count(*) AS n FROM thing WHERE account_id = $1";
static const char clear_text[] = "DELETE FROM thing WHERE account_id = $1";
static const char get_text[] = "SELECT id FROM thing WHERE account_id = $1 ORDER BY id";
static const struct db_query thing_add = {"thing_add", add_text, add_text, __FILE__, __LINE__};
static const struct db_query thing_count = {"thing_count", count_text, count_text, __FILE__,
                                            __LINE__};
static const struct db_query thing_clear = {"thing_clear", clear_text, clear_text, __FILE__,
                                            __LINE__};
static const struct db_query thing_get = {"thing_get", get_text, get_text, __FILE__, __LINE__};

struct store {
    struct db_scratch scratch;
    struct db *db;
};

static struct db *open_or_fail(const char *path)
{
    g_autoptr(GError) error = NULL;
    struct db *db = db_open(path, 3, &error);
    if (db == NULL || !db_migrate(db, schema, G_N_ELEMENTS(schema), &error)) {
        fail_msg("%s", error->message);
    }
    return db;
}

static int setup(void **state)
{
    struct store *store = g_new0(struct store, 1);
    db_scratch_new(&store->scratch, DB_SQLITE);
    store->db = open_or_fail(store->scratch.url);
    *state = store;
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
    return DB_EXEC(tx, &thing_add, error, DB_INT(1), DB_INT(*(int64_t *)data), DB_TEXT("words"),
                   DB_NULL);
}

/* ---- groups ---- */

/* Writers that queue behind a first one, which holds the thread until all of them wait: so they
 * share its commit. */
#define MEMBERS 6

struct member {
    struct db *db;
    db_fn *fn;
    int64_t id;
    bool is_ok;
    GError *error;
    GThread *thread;
};

struct leader {
    struct db *db;
    atomic_int n_runs; /* a group taken apart runs it again: then the members are known to wait */
};

static bool wait_for_members(struct db_tx *tx, void *data, GError **error)
{
    struct leader *leader = data;
    struct sqlite_db *db = (struct sqlite_db *)tx->db;
    bool is_first_run = atomic_fetch_add(&leader->n_runs, 1) == 0;
    while (is_first_run && sqlite_writer_n_waiting(db->writer) < MEMBERS) {
        g_thread_yield();
    }
    int64_t id = 100;
    return add_thing(tx, &id, error);
}

static void *member_write(void *data)
{
    struct member *member = data;
    member->is_ok = db_write(member->db, "member", member->fn, &member->id, &member->error);
    return NULL;
}

static void *leader_write(void *data)
{
    struct leader *leader = data;
    return (void *)(intptr_t)db_write(leader->db, "leader", wait_for_members, leader, NULL);
}

/* Runs the members' callbacks as one group; members[i].fn says what each does. */
static bool run_group(struct db *db, struct member *members)
{
    struct leader leader = {.db = db};
    GThread *thread = g_thread_new("leader", leader_write, &leader);
    while (atomic_load(&leader.n_runs) == 0) {
        g_thread_yield();
    }
    for (int i = 0; i < MEMBERS; i++) {
        members[i].db = db;
        members[i].id = i;
        members[i].thread = g_thread_new("member", member_write, &members[i]);
    }
    for (int i = 0; i < MEMBERS; i++) {
        g_thread_join(members[i].thread);
    }
    return g_thread_join(thread) != NULL;
}

static void members_clear(struct member *members)
{
    for (int i = 0; i < MEMBERS; i++) {
        g_clear_error(&members[i].error);
    }
}

static void test_waiting_writers_share_one_commit(void **state)
{
    struct db *db = ((struct store *)*state)->db;
    struct member members[MEMBERS] = {0};
    for (int i = 0; i < MEMBERS; i++) {
        members[i].fn = add_thing;
    }
    struct db_stats before;
    struct db_stats after;
    db_stats(db, &before);
    assert_true(run_group(db, members));
    db_stats(db, &after);
    for (int i = 0; i < MEMBERS; i++) {
        assert_true(members[i].is_ok);
    }
    assert_int_equal(n_things(db), MEMBERS + 1);
    assert_int_equal(after.writes - before.writes, MEMBERS + 1);
    /* the leader may have begun before the group's time was over, or after: then the members go
     * together */
    assert_true(after.commits - before.commits <= 2);
    assert_true(after.largest_group >= MEMBERS);
}

static bool add_and_refuse(struct db_tx *tx, void *data, GError **error)
{
    return add_thing(tx, data, error) && refuse(error, "test.refused", "Refused on purpose.");
}

static bool add_twice(struct db_tx *tx, void *data, GError **error)
{
    return add_thing(tx, data, error) && add_thing(tx, data, error);
}

static void test_one_failing_writer_leaves_the_others_of_its_group_alone(void **state)
{
    struct db *db = ((struct store *)*state)->db;
    struct member members[MEMBERS] = {0};
    for (int i = 0; i < MEMBERS; i++) {
        members[i].fn = i == 1 ? add_and_refuse : i == 3 ? add_twice : add_thing;
    }
    assert_true(run_group(db, members));
    for (int i = 0; i < MEMBERS; i++) {
        assert_int_equal(members[i].is_ok, members[i].fn == add_thing);
        if (!members[i].is_ok) {
            assert_string_equal(error_code(members[i].error),
                                members[i].fn == add_twice ? "store.constraint" : "test.refused");
        }
    }
    assert_int_equal(n_things(db), MEMBERS + 1 - 2);
    members_clear(members);
}

static bool add_orphan(struct db_tx *tx, void *data, GError **error)
{
    return DB_EXEC(tx, &thing_add, error, DB_INT(1), DB_INT(*(int64_t *)data), DB_NULL,
                   DB_INT(404));
}

static void test_a_rule_broken_at_commit_is_charged_to_its_writer_alone(void **state)
{
    struct db *db = ((struct store *)*state)->db;
    struct member members[MEMBERS] = {0};
    for (int i = 0; i < MEMBERS; i++) {
        members[i].fn = i == 2 ? add_orphan : add_thing;
    }
    assert_true(run_group(db, members));
    for (int i = 0; i < MEMBERS; i++) {
        assert_int_equal(members[i].is_ok, i != 2);
    }
    assert_string_equal(error_code(members[2].error), "store.constraint");
    assert_int_equal(n_things(db), MEMBERS + 1 - 1);
    members_clear(members);
}

static bool limit_pages(struct db_tx *tx, void *data, GError **error)
{
    g_autofree char *pragma = g_strdup_printf("PRAGMA max_page_count = %d", *(int *)data);
    return sqlite_conn_run((struct sqlite_conn *)tx, pragma, error);
}

static bool add_too_much(struct db_tx *tx, void *data, GError **error)
{
    g_autofree char *words = g_strnfill(1 << 20, 'w');
    return DB_EXEC(tx, &thing_add, error, DB_INT(1), DB_INT(*(int64_t *)data), DB_TEXT(words),
                   DB_NULL);
}

static void test_a_full_disk_fails_who_filled_it_and_saves_the_others(void **state)
{
    struct store *store = *state;
    struct sqlite_writer *writer = ((struct sqlite_db *)store->db)->writer;
    int few = 40;
    assert_true(sqlite_writer_run_alone(writer, "limit", limit_pages, &few, NULL));
    struct member members[MEMBERS] = {0};
    for (int i = 0; i < MEMBERS; i++) {
        members[i].fn = i == 4 ? add_too_much : add_thing;
    }
    assert_true(run_group(store->db, members));
    for (int i = 0; i < MEMBERS; i++) {
        assert_int_equal(members[i].is_ok, i != 4);
    }
    assert_string_equal(error_code(members[4].error), "store.full");
    assert_int_equal(n_things(store->db), MEMBERS + 1 - 1);
    members_clear(members);
}

static bool leave_rows_open(struct db_tx *tx, void *data, GError **error)
{
    db_rows *rows = DB_SELECT(tx, &thing_get, error, DB_INT(1));
    return rows != NULL && db_rows_next(rows, error) >= 0;
}

static void test_rows_left_open_are_a_bug_and_hold_nothing_back(void **state)
{
    struct db *db = ((struct store *)*state)->db;
    int64_t id = 1;
    assert_true(db_write(db, "add", add_thing, &id, NULL));
    g_autoptr(GError) error = NULL;
    assert_false(db_read(db, "open", leave_rows_open, NULL, &error));
    assert_string_equal(error_code(error), "store.open_rows");
    g_clear_error(&error);
    assert_false(db_write(db, "open", leave_rows_open, NULL, &error));
    assert_string_equal(error_code(error), "store.open_rows");
    id = 2;
    assert_true(db_write(db, "add", add_thing, &id, NULL));
    assert_int_equal(n_things(db), 2);
}

/* ---- durability ---- */

/* Adds things one by one and writes each answered id to a pipe, until killed. */
static void child_write(const char *path, int fd)
{
    GError *error = NULL;
    struct db *db = db_open(path, 1, &error);
    for (int64_t id = 1; db != NULL && db_write(db, "add", add_thing, &id, NULL); id++) {
        if (write(fd, &id, sizeof id) != sizeof id) {
            break;
        }
    }
    _exit(1);
}

static bool check_ids(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &thing_get, error, DB_INT(1));
    int64_t expected = 0;
    while (db_rows_next(rows, error) > 0) {
        expected++;
        assert_int_equal(db_int(rows, "id"), expected);
    }
    *(int64_t *)data = expected;
    return true;
}

static void test_answered_writes_survive_kill_9(void **state)
{
    struct store *store = *state;
    db_close(store->db);
    for (int round = 1; round <= 3; round++) {
        g_autofree char *path = g_strdup_printf("%s%d", store->scratch.url, round);
        db_close(open_or_fail(path));
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            child_write(path, ends[1]);
        }
        close(ends[1]);
        int64_t answered = 0;
        while (answered < 20 * round &&
               read(ends[0], &answered, sizeof answered) == sizeof answered) {
        }
        kill(child, SIGKILL);
        int64_t id = 0;
        while (read(ends[0], &id, sizeof id) == sizeof id) {
            answered = id;
        }
        close(ends[0]);
        int status = 0;
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status));
        assert_true(answered >= 20 * round);

        struct db *db = open_or_fail(path);
        int64_t kept = 0;
        assert_true(db_read(db, "ids", check_ids, &kept, NULL));
        assert_in_range(kept, answered,
                        answered + 1); /* one may have been committed and not answered */
        db_close(db);
    }
    store->db = open_or_fail(store->scratch.url);
}

/* ---- other programs, other files ---- */

static bool shorten_wait(struct db_tx *tx, void *data, GError **error)
{
    sqlite3_busy_timeout(((struct sqlite_conn *)tx)->handle, 1);
    return true;
}

static void test_a_store_held_by_another_program_is_busy(void **state)
{
    struct store *store = *state;
    struct sqlite_writer *writer = ((struct sqlite_db *)store->db)->writer;
    assert_true(sqlite_writer_run_alone(writer, "shorten", shorten_wait, NULL, NULL));
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(store->scratch.url, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    int64_t id = 1;
    g_autoptr(GError) error = NULL;
    assert_false(db_write(store->db, "add", add_thing, &id, &error));
    assert_string_equal(error_code(error), "store.busy");
    assert_true(error_is_theirs(error));
    assert_int_equal(n_things(store->db), 0); /* reading goes on */
    sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(other);
    assert_true(db_write(store->db, "add", add_thing, &id, NULL));
}

static void test_files_of_other_programs_are_refused_untouched(void **state)
{
    struct store *store = *state;
    g_autofree char *path = g_build_filename(store->scratch.folder, "other", NULL);
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "CREATE TABLE theirs (a)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    gsize before_len = 0;
    gsize after_len = 0;
    assert_true(g_file_get_contents(path, &before, &before_len, NULL));
    g_autoptr(GError) error = NULL;
    assert_null(db_open(path, 1, &error));
    assert_string_equal(error_code(error), "store.foreign");
    assert_true(g_file_get_contents(path, &after, &after_len, NULL));
    assert_int_equal(before_len, after_len);
    assert_memory_equal(before, after, before_len);

    g_clear_error(&error);
    assert_true(g_file_set_contents(path, "Name,Mail\nRao,rao@hospital.example\n", -1, NULL));
    assert_null(db_open(path, 1, &error));
    assert_string_equal(error_code(error), "store.foreign");
}

static void test_a_new_store_is_private(void **state)
{
    struct store *store = *state;
    struct stat about;
    assert_int_equal(stat(store->scratch.url, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static void test_a_damaged_page_is_found(void **state)
{
    struct store *store = *state;
    for (int64_t id = 0; id < 2000; id++) {
        assert_true(id % 100 != 0 || db_write(store->db, "add", add_too_much, &id, NULL));
    }
    db_close(store->db);
    store->db = NULL;
    FILE *file = fopen(store->scratch.url, "r+b");
    fseek(file, 3 * 4096, SEEK_SET);
    for (int i = 0; i < 4096 * 4; i++) {
        fputc(0xa5, file);
    }
    fclose(file);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
    store->db = db_open(store->scratch.url, 1, &error);
    assert_non_null(store->db);
    assert_true(db_check(store->db, findings, &error));
    assert_true(findings->len > 0);
}

/* ---- upkeep ---- */

static bool copy_in_the_middle(struct db_tx *tx, void *data, GError **error)
{
    int64_t id = 2;
    return add_thing(tx, &id, error) && sqlite_copy_to(tx->db, data, error);
}

static void test_a_copy_is_one_moment_while_a_writer_is_busy(void **state)
{
    struct store *store = *state;
    int64_t id = 1;
    assert_true(db_write(store->db, "add", add_thing, &id, NULL));
    g_autofree char *path = g_build_filename(store->scratch.folder, "copy", NULL);
    g_autoptr(GError) error = NULL;
    assert_true(db_write(store->db, "copy", copy_in_the_middle, path, &error));
    assert_int_equal(n_things(store->db), 2);
    struct db *copy = open_or_fail(path);
    assert_int_equal(n_things(copy), 1);
    db_close(copy);

    assert_false(db_copy_to(store->db, path, &error));
    assert_string_equal(error_code(error), "store.exists");
}

static const char secret[] = "Zyxwvut-secret-of-the-ward";

static bool add_secret(struct db_tx *tx, void *data, GError **error)
{
    return DB_EXEC(tx, &thing_add, error, DB_INT(1), DB_INT(7), DB_TEXT(secret), DB_NULL);
}

static bool clear_things(struct db_tx *tx, void *data, GError **error)
{
    return DB_EXEC(tx, &thing_clear, error, DB_INT(1));
}

static bool holds_secret(const char *path)
{
    g_autofree char *bytes = NULL;
    gsize len = 0;
    return g_file_get_contents(path, &bytes, &len, NULL) &&
           memmem(bytes, len, secret, strlen(secret)) != NULL;
}

static void test_erased_bytes_are_gone_from_the_files(void **state)
{
    struct store *store = *state;
    g_autofree char *log = g_strconcat(store->scratch.url, "-wal", NULL);
    int64_t large_id = 8;
    assert_true(db_write(store->db, "add", add_secret, NULL, NULL));
    assert_true(db_write(store->db, "add", add_too_much, &large_id, NULL));
    assert_true(holds_secret(store->scratch.url) || holds_secret(log));
    assert_true(db_write(store->db, "clear", clear_things, NULL, NULL));
    assert_true(holds_secret(store->scratch.url) || holds_secret(log));
    assert_true(db_erase_vacuum(store->db, NULL));
    assert_false(holds_secret(store->scratch.url));
    assert_false(holds_secret(log));
    struct stat about;
    assert_int_equal(stat(store->scratch.url, &about), 0);
    assert_true(about.st_size < 1 << 20);
    assert_int_equal(stat(log, &about), 0);
    assert_int_equal(about.st_size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_waiting_writers_share_one_commit, setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_one_failing_writer_leaves_the_others_of_its_group_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_rule_broken_at_commit_is_charged_to_its_writer_alone,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_full_disk_fails_who_filled_it_and_saves_the_others,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_rows_left_open_are_a_bug_and_hold_nothing_back, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_answered_writes_survive_kill_9, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_store_held_by_another_program_is_busy, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_files_of_other_programs_are_refused_untouched, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_new_store_is_private, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_damaged_page_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_copy_is_one_moment_while_a_writer_is_busy, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_erased_bytes_are_gone_from_the_files, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
