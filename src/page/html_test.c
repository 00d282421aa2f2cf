/* What is written for text, numbers and addresses, and what happens at the limit. */
#include "page/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

/* The buffer's text as a string, and the buffer empty again. */
static char *taken(struct html_out *out)
{
    size_t length = 0;
    char *text = html_out_steal(out, &length);
    char *copy = g_strndup(text, length);
    g_free(text);
    return copy;
}

#define assert_written(out, expected)                       \
    do {                                                    \
        g_autofree char *written = taken(out);              \
        assert_string_equal(written, expected);             \
    } while (0)

static void five_letters_are_escaped(void **state)
{
    struct html_out out;
    html_out_init(&out, 1000);
    html_text(&out, "<a href=\"x\">Tom & 'Jerry'</a>");
    assert_written(&out, "&lt;a href=&#34;x&#34;&gt;Tom &amp; &#39;Jerry&#39;&lt;/a&gt;");
    html_out_clear(&out);
}

/* A letter that must be escaped, at every place of texts of every length around the block of sixteen. */
static void escapes_are_found_at_every_place(void **state)
{
    static const char letters[] = "&<>\"'";
    static const char *const escapes[] = { "&amp;", "&lt;", "&gt;", "&#34;", "&#39;" };
    for (size_t length = 1; length <= 50; length++) {
        for (size_t at = 0; at < length; at++) {
            size_t which = (length + at) % 5;
            g_autoptr(GString) text = g_string_new(NULL);
            g_autoptr(GString) expected = g_string_new(NULL);
            for (size_t i = 0; i < length; i++) {
                char plain = (char)('a' + i % 26);
                g_string_append_c(text, i == at ? letters[which] : plain);
                if (i == at) {
                    g_string_append(expected, escapes[which]);
                } else {
                    g_string_append_c(expected, plain);
                }
            }
            struct html_out out;
            html_out_init(&out, 1000);
            html_text(&out, text->str);
            assert_written(&out, expected->str);
            html_out_clear(&out);
        }
    }
}

static void other_scripts_stay_as_they_are(void **state)
{
    struct html_out out;
    html_out_init(&out, 1000);
    html_text(&out, "محمد سلیم انجم, 张薇, Олена Ковальчук, ಕಾವ್ಯಾ ರಾವ್");
    assert_written(&out, "محمد سلیم انجم, 张薇, Олена Ковальчук, ಕಾವ್ಯಾ ರಾವ್");
    html_text(&out, NULL);
    html_text(&out, "");
    html_markup(&out, (struct html){ NULL, 0 });
    assert_int_equal(out.length, 0);
    html_out_clear(&out);
}

static void numbers_have_all_their_digits(void **state)
{
    static const int64_t numbers[] = { 0, 7, 10, 99, 100, 1234567, -1, -100, INT64_MAX, INT64_MIN };
    struct html_out out;
    html_out_init(&out, 1000);
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autofree char *expected = g_strdup_printf("%" G_GINT64_FORMAT, numbers[i]);
        html_number(&out, numbers[i]);
        assert_written(&out, expected);
    }
    html_unsigned(&out, UINT64_MAX);
    assert_written(&out, "18446744073709551615");
    html_out_clear(&out);
}

static void addresses_that_run_code_are_refused(void **state)
{
    static const char *const refused[] = {
        "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "\tjavascript:x",
        "data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "blob:x", "\\\\server\\share", "x y", "ftp://a",
        "httpx://a", "java\x01script:x",
    };
    static const char *const allowed[] = {
        "/people/1?q=a:b", "?page=2", "#facts", "https://example.org/a:b", "HTTP://example.org",
        "mailto:amina@northquay.example", "tel:+14195550142", "a/b:c", "", "people?x=javascript:1",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
        assert_false(html_address_is_allowed(refused[i]));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(allowed); i++) {
        assert_true(html_address_is_allowed(allowed[i]));
    }
    struct html_out out;
    html_out_init(&out, 1000);
    html_address(&out, "javascript:alert(1)");
    html_address(&out, "/a?b=1&c=\"2\"");
    html_url(&out, (struct url){ "/x&y" });
    html_address(&out, NULL);
    assert_written(&out, "#/a?b=1&amp;c=&#34;2&#34;/x&amp;y");
    html_out_clear(&out);
}

static void parts_of_addresses_are_percent_encoded(void **state)
{
    struct html_out out;
    html_out_init(&out, 1000);
    html_url_part(&out, "a-b._~Z9 &/?#=+%:\"é");
    html_url_part(&out, NULL);
    assert_written(&out, "a-b._~Z9%20%26%2F%3F%23%3D%2B%25%3A%22%C3%A9");
    html_out_clear(&out);
}

static void nothing_is_written_beyond_the_limit(void **state)
{
    struct html_out out;
    html_out_init(&out, 20);
    html_literal(&out, "0123456789");
    html_text(&out, "abcdefgh");
    assert_false(out.is_full);
    html_text(&out, "this does not fit any more");
    assert_true(out.is_full);
    size_t length = out.length;
    assert_true(length <= 20);
    html_literal(&out, "x");
    html_number(&out, 5);
    assert_int_equal(out.length, length);
    html_out_clear(&out);
    assert_null(out.text);
}

static void a_big_page_grows_piece_by_piece(void **state)
{
    struct html_out out;
    html_out_init(&out, 10 << 20);
    g_autoptr(GString) expected = g_string_new(NULL);
    for (int i = 0; i < 30000; i++) {
        html_text(&out, "some words & more ");
        g_string_append(expected, "some words &amp; more ");
    }
    assert_false(out.is_full);
    assert_int_equal(out.length, expected->len);
    assert_memory_equal(out.text, expected->str, expected->len);
    html_out_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_letters_are_escaped),
        cmocka_unit_test(escapes_are_found_at_every_place),
        cmocka_unit_test(other_scripts_stay_as_they_are),
        cmocka_unit_test(numbers_have_all_their_digits),
        cmocka_unit_test(addresses_that_run_code_are_refused),
        cmocka_unit_test(parts_of_addresses_are_percent_encoded),
        cmocka_unit_test(nothing_is_written_beyond_the_limit),
        cmocka_unit_test(a_big_page_grows_piece_by_piece),
    };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
