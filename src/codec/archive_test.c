/* ZIPs, folders and single files, whole, broken and hostile. ZIPs are made here byte by byte by libzip. */
#include "codec/archive.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include <cmocka.h>

struct zip_item {
    const char *name;
    const char *text;
    size_t len;                 /* 0: strlen(text) */
};

/* A ZIP of these, the list ended by a NULL name. */
static GBytes *zip_of(const struct zip_item *items, const char *password)
{
    zip_error_t reason;
    zip_error_init(&reason);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &reason);
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &reason);
    for (; items->name != NULL; items++) {
        size_t len = items->len > 0 ? items->len : strlen(items->text);
        zip_source_t *source = zip_source_buffer(zip, items->text, len, 0);
        zip_int64_t index = zip_file_add(zip, items->name, source, ZIP_FL_ENC_UTF_8);
        assert_true(index >= 0);
        if (password != NULL) {
            assert_int_equal(zip_file_set_encryption(zip, (zip_uint64_t)index, ZIP_EM_AES_256, password), 0);
        }
    }
    assert_int_equal(zip_close(zip), 0);
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    zip_int64_t len = zip_source_tell(target);
    zip_source_seek(target, 0, SEEK_SET);
    void *bytes = g_malloc((size_t)len);
    assert_int_equal(zip_source_read(target, bytes, (zip_uint64_t)len), len);
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&reason);
    return g_bytes_new_take(bytes, (size_t)len);
}

static char *names_of(struct bundle *bundle)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < bundle_count(bundle); i++) {
        g_string_append_printf(out, "%s%s", i > 0 ? "|" : "", bundle_member(bundle, i)->name);
    }
    return g_string_free(out, FALSE);
}

static void expect_text(struct bundle *bundle, int index, const char *text)
{
    assert_true(index >= 0);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = bundle_read(bundle, (size_t)index, 1 << 20, &error);
    assert_null(error);
    assert_int_equal(g_bytes_get_size(bytes), strlen(text));
    assert_memory_equal(g_bytes_get_data(bytes, NULL), text, strlen(text));
}

static void expect_refused(GBytes *bytes, const struct bundle_limits *limits, const char *code)
{
    g_autoptr(GError) error = NULL;
    assert_null(bundle_open_bytes(bytes, "export.zip", limits, &error));
    assert_string_equal(error_code(error), code);
    assert_true(error_is_theirs(error));
}

static void members_of_a_zip_are_listed_and_read(void **state)
{
    const struct zip_item items[] = {
        { "Phone Numbers.csv", "n" }, { "Connections.csv", "First Name" }, { "Jobs/", "" },
        { "Jobs/Applications.csv", "x" },
        { ".hidden", "h" }, { "__MACOSX/._Connections.csv", "m" }, { "inner.zip", "PK" }, { NULL },
    };
    g_autoptr(GBytes) bytes = zip_of(items, NULL);
    g_autoptr(bundle_ref) bundle = bundle_open_bytes(bytes, "/tmp/export.zip", NULL, NULL);
    assert_non_null(bundle);
    assert_int_equal(bundle_kind(bundle), BUNDLE_ZIP);
    assert_string_equal(bundle_name(bundle), "export.zip");
    g_autofree char *names = names_of(bundle);
    assert_string_equal(names, "Connections.csv|Jobs/Applications.csv|Phone Numbers.csv|inner.zip");
    expect_text(bundle, bundle_find(bundle, "connections.CSV"), "First Name");
    expect_text(bundle, bundle_find(bundle, "PhoneNumbers.csv"), "n");
    assert_int_equal(bundle_find(bundle, "Messages.csv"), -1);
    assert_true(bundle_member(bundle, 3)->is_archive);
    assert_string_equal(bundle_member(bundle, 1)->base, "Applications.csv");
}

static void names_are_matched_without_case_blanks_and_underscores(void **state)
{
    assert_true(bundle_name_is("a/Whatsapp Phone Numbers.csv", "whatsapp_phone_numbers.CSV"));
    assert_true(bundle_name_is("Ad_Targeting.csv", "AdTargeting.csv"));
    assert_false(bundle_name_is("Connections.csv", "Connection.csv"));
    assert_false(bundle_name_is("", "Connections.csv"));
}

static void the_least_deep_of_several_is_found(void **state)
{
    const struct zip_item items[] = { { "a/b/Skills.csv", "deep" }, { "z/Skills.csv", "high" }, { NULL } };
    g_autoptr(GBytes) bytes = zip_of(items, NULL);
    g_autoptr(bundle_ref) bundle = bundle_open_bytes(bytes, "x.zip", NULL, NULL);
    expect_text(bundle, bundle_find(bundle, "skills.csv"), "high");
}

static void names_that_climb_out_are_made_harmless(void **state)
{
    const struct zip_item items[] = { { "../../etc/passwd", "p" }, { "/root/x.csv", "r" },
        { "C:\\Users\\y.csv", "w" }, { "..", "d" }, { NULL } };
    g_autoptr(GBytes) bytes = zip_of(items, NULL);
    g_autoptr(bundle_ref) bundle = bundle_open_bytes(bytes, "x.zip", NULL, NULL);
    g_autofree char *names = names_of(bundle);
    assert_string_equal(names, "Users/y.csv|etc/passwd|root/x.csv");
}

static void a_zip_cut_off_anywhere_is_refused_with_a_sentence(void **state)
{
    const struct zip_item items[] = { { "Connections.csv", "First Name,Last Name\nAda,Example\n" }, { NULL } };
    g_autoptr(GBytes) whole = zip_of(items, NULL);
    for (size_t len = 4; len < g_bytes_get_size(whole); len += 7) {
        g_autoptr(GBytes) part = g_bytes_new_from_bytes(whole, 0, len);
        expect_refused(part, NULL, "archive.cut_off");
    }
}

static void a_damaged_member_is_refused_and_the_others_are_read(void **state)
{
    const struct zip_item items[] = { { "a.csv", "aaaaaaaaaabbbbbbbbbb" }, { "b.csv", "fine" }, { NULL } };
    g_autoptr(GBytes) whole = zip_of(items, NULL);
    size_t len = 0;
    const char *start = g_bytes_get_data(whole, &len);
    g_autofree char *copy = g_memdup2(start, len);
    copy[30 + 5 + 2] ^= 0x55;           /* in the data after the first local header (30 bytes and the name) */
    g_autoptr(GBytes) damaged = g_bytes_new(copy, len);
    g_autoptr(bundle_ref) bundle = bundle_open_bytes(damaged, "x.zip", NULL, NULL);
    assert_non_null(bundle);
    g_autoptr(GError) error = NULL;
    assert_null(bundle_read(bundle, 0, 1000, &error));
    assert_string_equal(error_code(error), "archive.damaged");
    expect_text(bundle, 1, "fine");
}

static void a_zip_bomb_is_refused_before_it_is_unpacked(void **state)
{
    g_autofree char *zeros = g_malloc0(8 << 20);
    const struct zip_item dense[] = { { "Connections.csv", zeros, 8 << 20 }, { NULL } };
    g_autoptr(GBytes) bomb = zip_of(dense, NULL);
    assert_true(g_bytes_get_size(bomb) < 20000);
    expect_refused(bomb, NULL, "archive.bomb");
    const struct zip_item many[] = { { "a", zeros, 3000 }, { "b", zeros, 3000 }, { NULL } };
    g_autoptr(GBytes) two = zip_of(many, NULL);
    struct bundle_limits limits = { .max_total = 5000 };
    expect_refused(two, &limits, "archive.bomb");
    limits = (struct bundle_limits){ .max_member = 2000 };
    expect_refused(two, &limits, "archive.bomb");
    limits = (struct bundle_limits){ .max_members = 1 };
    expect_refused(two, &limits, "archive.too_many");
}

/* A ZIP of 100,000 zeros whose list claims another size. */
static void expect_lie_refused(const char *claimed_size)
{
    g_autofree char *zeros = g_malloc0(100000);
    const struct zip_item items[] = { { "a.csv", zeros, 100000 }, { NULL } };
    g_autoptr(GBytes) whole = zip_of(items, NULL);
    size_t len = 0;
    const char *start = g_bytes_get_data(whole, &len);
    g_autofree char *copy = g_memdup2(start, len);
    char *central = memmem(copy, len, "PK\1\2", 4);
    assert_non_null(central);
    memcpy(central + 24, claimed_size, 4);      /* uncompressed size: APPNOTE 4.3.12 */
    g_autoptr(GBytes) lying = g_bytes_new(copy, len);
    g_autoptr(GError) error = NULL;
    g_autoptr(bundle_ref) bundle = bundle_open_bytes(lying, "x.zip", NULL, &error);
    assert_non_null(bundle);
    assert_null(bundle_read(bundle, 0, 1 << 20, &error));
    assert_true(error_has_code(error, "archive.bomb") || error_has_code(error, "archive.damaged"));
}

static void a_list_that_lies_about_a_size_is_not_believed(void **state)
{
    expect_lie_refused("\x0A\0\0\0");
    expect_lie_refused("\0\0\x02\0");
}

static void a_locked_zip_is_refused_with_its_own_code(void **state)
{
    const struct zip_item items[] = { { "a.csv", "secret" }, { NULL } };
    g_autoptr(GBytes) locked = zip_of(items, "pw");
    g_autoptr(bundle_ref) bundle = bundle_open_bytes(locked, "x.zip", NULL, NULL);
    assert_true(bundle_member(bundle, 0)->is_encrypted);
    g_autoptr(GError) error = NULL;
    assert_null(bundle_stream(bundle, 0, &error));
    assert_string_equal(error_code(error), "archive.encrypted");
}

static void a_file_is_a_bundle_of_one(void **state)
{
    g_autoptr(GBytes) bytes = g_bytes_new("a,b\n", 4);
    g_autoptr(bundle_ref) bundle = bundle_open_bytes(bytes, "people.csv", NULL, NULL);
    assert_int_equal(bundle_kind(bundle), BUNDLE_FILE);
    assert_int_equal(bundle_count(bundle), 1);
    expect_text(bundle, 0, "a,b\n");
    bool is_whole = false;
    g_autoptr(GBytes) head = bundle_head(bundle, 0, 3, &is_whole, NULL);
    assert_int_equal(g_bytes_get_size(head), 3);
    assert_false(is_whole);
    g_autoptr(GBytes) all = bundle_head(bundle, 0, 4, &is_whole, NULL);
    assert_int_equal(g_bytes_get_size(all), 4);
    assert_true(is_whole);
    g_autoptr(GError) error = NULL;
    assert_null(bundle_read(bundle, 0, 3, &error));
    assert_string_equal(error_code(error), "file.too_large");
}

/* Makes a file in a folder. */
static void put(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void drop(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    assert_int_equal(g_remove(path), 0);
}

static void a_folder_is_read_without_following_links(void **state)
{
    g_autofree char *folder = g_dir_make_tmp("lig-archive-XXXXXX", NULL);
    g_autofree char *sub = g_build_filename(folder, "Jobs", NULL);
    g_autofree char *link = g_build_filename(folder, "out.csv", NULL);
    g_autofree char *loop = g_build_filename(folder, "Jobs", "loop", NULL);
    assert_int_equal(g_mkdir(sub, 0700), 0);
    put(folder, "Connections.csv", "c");
    put(folder, ".secret", "s");
    put(sub, "Seen.csv", "j");
    assert_int_equal(symlink("/etc/passwd", link), 0);
    assert_int_equal(symlink("..", loop), 0);
    g_autoptr(bundle_ref) bundle = bundle_open(folder, NULL, NULL);
    assert_int_equal(bundle_kind(bundle), BUNDLE_FOLDER);
    g_autofree char *names = names_of(bundle);
    assert_string_equal(names, "Connections.csv|Jobs/Seen.csv");
    expect_text(bundle, 1, "j");
    struct bundle_limits limits = { .max_members = 1 };
    g_autoptr(GError) error = NULL;
    assert_null(bundle_open(folder, &limits, &error));
    assert_string_equal(error_code(error), "archive.too_many");
    drop(sub, "loop");
    drop(sub, "Seen.csv");
    drop(folder, "Jobs");
    drop(folder, "out.csv");
    drop(folder, ".secret");
    drop(folder, "Connections.csv");
    assert_int_equal(g_rmdir(folder), 0);
}

static void a_zip_on_disk_is_opened_by_its_content(void **state)
{
    const struct zip_item items[] = { { "Skills.csv", "Name\n" }, { NULL } };
    g_autoptr(GBytes) bytes = zip_of(items, NULL);
    g_autofree char *folder = g_dir_make_tmp("lig-archive-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "no-suffix", NULL);
    assert_true(g_file_set_contents(path, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes), NULL));
    g_autoptr(bundle_ref) bundle = bundle_open(path, NULL, NULL);
    assert_int_equal(bundle_kind(bundle), BUNDLE_ZIP);
    expect_text(bundle, 0, "Name\n");
    g_autoptr(GError) error = NULL;
    assert_null(bundle_open("/nonexistent/file", NULL, &error));
    assert_string_equal(error_code(error), "file.unreadable");
    g_clear_error(&error);
    assert_null(bundle_open("/dev/null", NULL, &error));
    assert_string_equal(error_code(error), "file.unreadable");
    drop(folder, "no-suffix");
    assert_int_equal(g_rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_of_a_zip_are_listed_and_read),
        cmocka_unit_test(names_are_matched_without_case_blanks_and_underscores),
        cmocka_unit_test(the_least_deep_of_several_is_found),
        cmocka_unit_test(names_that_climb_out_are_made_harmless),
        cmocka_unit_test(a_zip_cut_off_anywhere_is_refused_with_a_sentence),
        cmocka_unit_test(a_damaged_member_is_refused_and_the_others_are_read),
        cmocka_unit_test(a_zip_bomb_is_refused_before_it_is_unpacked),
        cmocka_unit_test(a_list_that_lies_about_a_size_is_not_believed),
        cmocka_unit_test(a_locked_zip_is_refused_with_its_own_code),
        cmocka_unit_test(a_file_is_a_bundle_of_one),
        cmocka_unit_test(a_folder_is_read_without_following_links),
        cmocka_unit_test(a_zip_on_disk_is_opened_by_its_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
