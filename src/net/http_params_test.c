/* Queries, forms, cookies and paths: what is read, what is refused, what is written back. */
#include "net/http_params.h"

#include "base/error.h"
#include "net/http_path.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

/* "a=1|b=2" of what a query holds; NULL when it is refused. New string. */
static char *read_query(const char *text, size_t len)
{
    struct http_params params = {0};
    GString *out = g_string_new(NULL);
    bool ok = http_params_parse(&params, text, len, NULL);

    for (int i = 0; i < params.n; i++) {
        g_string_append_printf(out, "%s%s=%s", i == 0 ? "" : "|", params.items[i].name,
                               params.items[i].value);
    }
    http_params_clear(&params);
    return g_string_free(out, !ok);
}

static void expect_query(const char *text, const char *expected)
{
    g_autofree char *got = read_query(text, strlen(text));

    assert_non_null(got);
    assert_string_equal(got, expected);
}

static void pairs_come_in_order_and_may_repeat(void **state)
{
    struct http_params params = {0};

    expect_query("a=1&b=2&a=3", "a=1|b=2|a=3");
    assert_true(http_params_parse(&params, "a=1&b=2&a=3", 11, NULL));
    assert_string_equal(http_params_get(&params, "a"), "1");
    assert_null(http_params_get(&params, "A"));
    http_params_clear(&params);
}

static void escapes_and_plus_are_decoded(void **state)
{
    expect_query("q=two+words&n=%E5%AF%BF+%26", "q=two words|n=\xe5\xaf\xbf &");
    expect_query("%71=1", "q=1");
    expect_query("a=100%&b=%zz&c=%4", "a=100%|b=%zz|c=%4");
}

static void pieces_without_equals_or_empty_are_kind(void **state)
{
    expect_query("", "");
    expect_query("&&a&&", "a=");
    expect_query("a=&=b&c=d=e", "a=|=b|c=d=e");
}

static void nul_and_what_is_not_utf8_are_refused(void **state)
{
    static const char *const bad[] = {"a=%00",    "a%00b=1", "a=%ff",
                                      "a=%C3%28", "\xff=1",  "a=%ED%A0%80"};

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        assert_null(read_query(bad[i], strlen(bad[i])));
    }
    assert_null(read_query("a=\0b", 4));
}

static void too_many_fields_are_refused(void **state)
{
    g_autoptr(GString) text = g_string_new(NULL);
    struct http_params params = {0};
    GError *error = NULL;

    for (int i = 0; i < HTTP_PARAMS_MAX; i++) {
        g_string_append(text, "a&");
    }
    assert_true(http_params_parse(&params, text->str, text->len, &error));
    assert_int_equal(params.n, HTTP_PARAMS_MAX);
    assert_false(http_params_parse(&params, "b", 1, &error));
    assert_true(error_has_code(error, "http.bad_parameters"));
    g_clear_error(&error);
    http_params_clear(&params);
}

static void what_is_written_is_read_back(void **state)
{
    g_autoptr(GString) out = g_string_new("/people?");

    http_params_write(out, "q", "Dr Rao & co=");
    http_params_write(out, "n", "\xe5\xaf\xbf/-._~");
    assert_string_equal(out->str, "/people?q=Dr+Rao+%26+co%3D&n=%E5%AF%BF%2F-._~");
    expect_query(out->str + 8, "q=Dr Rao & co=|n=\xe5\xaf\xbf/-._~");
}

static void cookies_are_read_kindly(void **state)
{
    struct http_params cookies = {0};

    http_params_parse_cookies(&cookies, "a=1; b=\"two\";c=3=4 ;; lonely; =x; d=; bad=\x01");
    assert_int_equal(cookies.n, 4);
    assert_string_equal(http_params_get(&cookies, "a"), "1");
    assert_string_equal(http_params_get(&cookies, "b"), "two");
    assert_string_equal(http_params_get(&cookies, "c"), "3=4");
    assert_string_equal(http_params_get(&cookies, "d"), "");
    http_params_clear(&cookies);
}

static void expect_path(const char *text, const char *raw_expected, const char *plain_expected)
{
    g_autofree char *raw = NULL;
    g_autofree char *plain = NULL;

    assert_true(http_path_normal(text, strlen(text), &raw, &plain));
    assert_string_equal(raw, raw_expected);
    assert_string_equal(plain, plain_expected);
}

static void dots_and_double_slashes_go(void **state)
{
    expect_path("/", "/", "/");
    expect_path("/a/b", "/a/b", "/a/b");
    expect_path("/a/./b/../c", "/a/c", "/a/c");
    expect_path("/a/..", "/", "/");
    expect_path("/../../etc", "/etc", "/etc");
    expect_path("//a///b/", "/a/b/", "/a/b/");
    expect_path("/a/%2e%2E/b", "/b", "/b");
    expect_path("/.hidden/..a/a..", "/.hidden/..a/a..", "/.hidden/..a/a..");
    expect_path("/a/.", "/a/", "/a/");
}

static void escapes_get_one_form(void **state)
{
    expect_path("/%7eamina/%61", "/~amina/a", "/~amina/a");
    expect_path("/x%2fy/%e2%9c%93", "/x%2Fy/%E2%9C%93", "/x/y/\xe2\x9c\x93");
    expect_path("/a%20b", "/a%20b", "/a b");
}

static void paths_that_could_mislead_are_refused(void **state)
{
    static const char *const bad[] = {
        "",     "a",    "/a%00b",  "/a%",     "/a%4",        "/a%zz",      "/a b",  "/a\\b", "/a?b",
        "/a#b", "/%ff", "/a%2f..", "/..%2fb", "/%2e%2e%2fb", "/a%2f.%2fb", "/\x7f", "/a\nb"};

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        char *raw = NULL;
        char *plain = NULL;
        assert_false(http_path_normal(bad[i], strlen(bad[i]), &raw, &plain));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_come_in_order_and_may_repeat),
        cmocka_unit_test(escapes_and_plus_are_decoded),
        cmocka_unit_test(pieces_without_equals_or_empty_are_kind),
        cmocka_unit_test(nul_and_what_is_not_utf8_are_refused),
        cmocka_unit_test(too_many_fields_are_refused),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(cookies_are_read_kindly),
        cmocka_unit_test(dots_and_double_slashes_go),
        cmocka_unit_test(escapes_get_one_form),
        cmocka_unit_test(paths_that_could_mislead_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
