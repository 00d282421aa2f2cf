/* Where forms lead, and how long a page is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "page/site.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void test_only_paths_of_ours_are_followed(void **state)
{
    (void)state;
    static const char *const ours[] = {"/", "/people?q=a&b=%20c", "/people/0000000000001#touches"};
    static const char *const others[] = {"",
                                         "people",
                                         "//evil.example",
                                         "/\\evil.example",
                                         "/a\nb",
                                         "/a b",
                                         "https://x.example",
                                         "javascript:alert(1)",
                                         "/a\\b",
                                         "\x01/",
                                         "/\x7f"};
    for (size_t i = 0; i < G_N_ELEMENTS(ours); i++) {
        assert_true(is_own_path(ours[i]));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        assert_false(is_own_path(others[i]));
    }
    assert_false(is_own_path(NULL));
    g_autofree char *long_path = g_strnfill(2001, 'a');
    long_path[0] = '/';
    assert_false(is_own_path(long_path));
}

static void assert_placed(const char *back, const json_t *result, const char *expected)
{
    g_autofree char *placed = form_place(back, result);
    assert_string_equal(placed, expected);
}

static void test_members_of_the_result_stand_in(void **state)
{
    (void)state;
    json_t *result = json_pack("{s:s, s:i, s:s, s:n}", "id", "0000000000abc", "n", 12, "path",
                               "//evil.example", "none");
    assert_placed("/people/{id}", result, "/people/0000000000abc");
    assert_placed("/people/%7Bid%7D/edit?n={n}", result, "/people/0000000000abc/edit?n=12");
    assert_placed("/x/{other}/{}/{id", result, "/x/{other}/{}/{id");
    assert_placed("/x/{none}", result, "/x/{none}");
    assert_placed("{path}", result, "{path}"); /* only plain words and numbers may stand in */
    json_decref(result);
}

/* ---- pages kept ---- */

struct folder {
    char *dir;
    char *store;
    char *journal;
    struct clock clock;
    struct cache *cache;
};

static int set_up(void **state)
{
    struct folder *folder = g_new0(struct folder, 1);
    folder->dir = g_dir_make_tmp("cache-XXXXXX", NULL);
    folder->store = g_build_filename(folder->dir, "x.db", NULL);
    folder->journal = g_strconcat(folder->store, "-wal", NULL);
    folder->clock.fixed_at = INT64_C(1784624400000000);
    folder->clock.zone = g_time_zone_new_utc();
    folder->cache = cache_new(folder->store, &folder->clock);
    assert_true(g_file_set_contents(folder->journal, "one", -1, NULL));
    *state = folder;
    return 0;
}

static int tear_down(void **state)
{
    struct folder *folder = *state;
    cache_free(folder->cache);
    clock_clear(&folder->clock);
    g_unlink(folder->journal);
    g_rmdir(folder->dir);
    g_free(folder->dir);
    g_free(folder->store);
    g_free(folder->journal);
    g_free(folder);
    return 0;
}

static void keep(struct folder *folder, const char *key, const char *text)
{
    struct cache_stamp stamp;
    cache_stamp(folder->cache, &stamp);
    g_autoptr(GBytes) page = g_bytes_new(text, strlen(text) + 1);
    cache_keep(folder->cache, key, &stamp, page);
}

static bool is_kept(struct folder *folder, const char *key)
{
    char etag[40];
    g_autoptr(GBytes) page = cache_find(folder->cache, key, etag);
    return page != NULL;
}

static void test_a_page_is_kept_while_nothing_is_written(void **state)
{
    struct folder *folder = *state;
    keep(folder, "a", "page a");
    assert_true(is_kept(folder, "a"));
    assert_false(is_kept(folder, "b"));
    cache_forget(folder->cache); /* a write of this process */
    assert_false(is_kept(folder, "a"));
}

static void test_a_commit_of_another_process_is_seen(void **state)
{
    struct folder *folder = *state;
    keep(folder, "a", "page a");
    FILE *journal = fopen(folder->journal, "a");
    assert_true(fputs("two", journal) >= 0);
    fclose(journal);
    assert_false(is_kept(folder, "a"));
    keep(folder, "a", "page a");
    const struct timespec later[] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 4000000000}};
    assert_int_equal(utimensat(AT_FDCWD, folder->journal, later, 0), 0); /* rewritten: same size */
    assert_false(is_kept(folder, "a"));
    keep(folder, "a", "page a");
    g_unlink(folder->journal); /* the store was closed and opened */
    assert_false(is_kept(folder, "a"));
}

static void test_a_page_made_before_a_write_is_not_kept_after_it(void **state)
{
    struct folder *folder = *state;
    struct cache_stamp stamp;
    cache_stamp(folder->cache, &stamp);
    cache_forget(folder->cache); /* while the page was being made */
    g_autoptr(GBytes) page = g_bytes_new_static("old", 3);
    cache_keep(folder->cache, "a", &stamp, page);
    assert_false(is_kept(folder, "a"));
}

static void test_a_page_made_long_after_a_write_is_kept_longer(void **state)
{
    struct folder *folder = *state;
    const struct timespec long_ago[] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 1000000000}};
    keep(folder, "doubted", "made just after a write");
    assert_in_range(cache_left_us(folder->cache, "doubted"), 1, 5 * G_USEC_PER_SEC);
    assert_int_equal(utimensat(AT_FDCWD, folder->journal, long_ago, 0), 0);
    keep(folder, "sure", "made in a quiet time");
    assert_in_range(cache_left_us(folder->cache, "sure"), 30 * G_USEC_PER_SEC, 60 * G_USEC_PER_SEC);
    assert_int_equal(cache_left_us(folder->cache, "none"), 0);
}

static void *ask(void *data)
{
    struct folder *folder = data;
    char etag[40];
    bool is_mine;
    GBytes *page = cache_claim(folder->cache, "a", etag, &is_mine);
    assert_false(is_mine);
    return page;
}

static void test_a_page_is_made_once_and_the_others_get_it(void **state)
{
    struct folder *folder = *state;
    char etag[40];
    bool is_mine = false;
    assert_null(cache_claim(folder->cache, "a", etag, &is_mine));
    assert_true(is_mine);
    GThread *others[4];
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        others[i] = g_thread_new("asks", ask, folder);
    }
    while (cache_n_waiting(folder->cache) < G_N_ELEMENTS(others)) {
        g_thread_yield();
    }
    keep(folder, "a", "made once");
    cache_release(folder->cache, "a");
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(GBytes) page = g_thread_join(others[i]);
        assert_non_null(page);
        assert_string_equal(g_bytes_get_data(page, NULL), "made once");
    }
}

static void test_when_nothing_was_kept_everyone_makes_their_own(void **state)
{
    struct folder *folder = *state;
    char etag[40];
    bool is_mine = false;
    assert_null(cache_claim(folder->cache, "a", etag, &is_mine));
    GThread *other = g_thread_new("asks", ask, folder);
    while (cache_n_waiting(folder->cache) < 1) {
        g_thread_yield();
    }
    cache_release(folder->cache, "a");
    assert_null(g_thread_join(other));
    assert_null(cache_claim(folder->cache, "a", etag, &is_mine));
    assert_true(is_mine);
    cache_release(folder->cache, "a");
}

static void test_at_midnight_every_page_is_old(void **state)
{
    struct folder *folder = *state;
    keep(folder, "a", "due today");
    folder->clock.fixed_at += US_PER_DAY;
    assert_false(is_kept(folder, "a"));
}

static void test_what_is_kept_has_an_end(void **state)
{
    struct folder *folder = *state;
    g_autofree char *large = g_strnfill(400 * 1024, 'x');
    for (int i = 0; i < 100; i++) { /* 40 MB, five times what may be kept */
        g_autofree char *key = g_strdup_printf("%d", i);
        keep(folder, key, large);
    }
    int n_kept = 0;
    for (int i = 0; i < 100; i++) {
        g_autofree char *key = g_strdup_printf("%d", i);
        n_kept += is_kept(folder, key);
    }
    assert_in_range(n_kept, 1, 8 * 1024 / 400);
    g_autofree char *huge = g_strnfill(600 * 1024, 'x');
    keep(folder, "huge", huge);
    assert_false(is_kept(folder, "huge"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_paths_of_ours_are_followed),
        cmocka_unit_test(test_members_of_the_result_stand_in),
        cmocka_unit_test_setup_teardown(test_a_page_is_kept_while_nothing_is_written, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_commit_of_another_process_is_seen, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_page_made_before_a_write_is_not_kept_after_it,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_page_made_long_after_a_write_is_kept_longer, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_page_is_made_once_and_the_others_get_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_when_nothing_was_kept_everyone_makes_their_own, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_at_midnight_every_page_is_old, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_kept_has_an_end, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
