/* Files of every charset come out as the same text. */
#include "codec/charset.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Decodes a literal (its closing NUL left out) and compares, whole and in a stream. */
#define expect(bytes, hint, text, report) expect_bytes(bytes, sizeof bytes - 1, hint, text, report)

static void expect_bytes(const char *bytes, size_t len, enum charset hint, const char *text,
                         struct charset_report *report)
{
    g_autoptr(GError) error = NULL;
    GString *whole = charset_decode(bytes, len, hint, 1 << 20, report, &error);
    assert_null(error);
    assert_string_equal(whole->str, text);
    assert_int_equal(whole->len, strlen(text));
    g_string_free(whole, TRUE);

    g_autoptr(GBytes) held = g_bytes_new(bytes, len);
    g_autoptr(stream_ref) stream = charset_stream(stream_of_bytes(held), hint, NULL);
    g_autoptr(GBytes) streamed = stream_read_all(stream, 1 << 20, &error);
    assert_null(error);
    assert_int_equal(g_bytes_get_size(streamed), strlen(text));
    if (*text != '\0') {
        assert_memory_equal(g_bytes_get_data(streamed, NULL), text, strlen(text));
    }
}

static void utf8_stays_as_it_is_and_loses_its_bom(void **state)
{
    struct charset_report report;
    expect("J\xC3\xBCrgen \xF0\x9F\x98\x80", CHARSET_NONE, "Jürgen 😀", &report);
    assert_int_equal(report.charset, CHARSET_UTF8);
    assert_false(report.has_bom || report.is_guess);
    expect("\xEF\xBB\xBF" "a", CHARSET_NONE, "a", &report);
    assert_true(report.has_bom);
    expect("", CHARSET_NONE, "", &report);
    expect("\xEF\xBB\xBF", CHARSET_NONE, "", &report);
}

static void utf16_is_read_with_and_without_a_byte_order_mark(void **state)
{
    struct charset_report report;
    expect("\xFF\xFE" "a\0\xFC\0=\xD8\0\xDE", CHARSET_NONE, "aü😀", &report);
    assert_int_equal(report.charset, CHARSET_UTF16LE);
    assert_true(report.has_bom);
    expect("\xFE\xFF" "\0a\0\xFC\xD8=\xDE\0", CHARSET_NONE, "aü😀", &report);
    assert_int_equal(report.charset, CHARSET_UTF16BE);
    expect("N\0a\0m\0e\0,\0", CHARSET_NONE, "Name,", &report);
    assert_int_equal(report.charset, CHARSET_UTF16LE);
    assert_true(report.is_guess);
    expect("\0N\0a\0m\0e", CHARSET_NONE, "Name", &report);
    assert_int_equal(report.charset, CHARSET_UTF16BE);
}

static void a_surrogate_without_its_half_is_counted_not_passed_on(void **state)
{
    struct charset_report report;
    expect("\xFF\xFE" "a\0=\xD8" "b\0", CHARSET_NONE, "a\xEF\xBF\xBD" "b", &report);
    assert_int_equal(report.n_repaired, 1);
    expect("\xFF\xFE" "a\0=\xD8", CHARSET_NONE, "a\xEF\xBF\xBD", &report);
    expect("\xFF\xFE" "a\0x", CHARSET_NONE, "a", &report);
    assert_int_equal(report.n_repaired, 1);
}

static void what_is_not_utf8_is_windows_1252(void **state)
{
    struct charset_report report;
    expect("Caf\xE9 \x80 \x93q\x94", CHARSET_NONE, "Café € “q”", &report);
    assert_int_equal(report.charset, CHARSET_WINDOWS_1252);
    assert_true(report.is_guess);
    assert_string_equal(charset_text(report.charset), "windows-1252");
}

static void a_stray_byte_in_utf8_is_repaired_alone(void **state)
{
    struct charset_report report;
    expect("\xC3\xA9\xC3\xBC\xC3\xA4 \xE9.", CHARSET_NONE, "éüä é.", &report);
    assert_int_equal(report.charset, CHARSET_UTF8);
    assert_int_equal(report.n_repaired, 1);
    expect("\xC3\xA9\xC3\xBC\xC3", CHARSET_NONE, "éüÃ", &report);       /* cut off at the end */
    expect("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xED\xA0\x80", CHARSET_NONE, "éééé\xC3\xAD\xC2\xA0\xE2\x82\xAC",
           &report); /* a UTF-8 surrogate is no UTF-8 */
}

static void nul_bytes_are_left_out_and_counted(void **state)
{
    struct charset_report report;
    expect("abcdefgh\0ij\0", CHARSET_NONE, "abcdefghij", &report);
    assert_int_equal(report.n_nul, 2);
}

static void sequences_cut_by_a_piece_come_together_again(void **state)
{
    /* pieces are 64 KiB: an odd start puts two-byte letters across every border */
    g_autoptr(GString) text = g_string_new("x");
    while (text->len < 400000) {
        g_string_append(text, "ü€");
    }
    g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
    struct charset_report report;
    g_autoptr(stream_ref) stream = charset_stream(stream_of_bytes(bytes), CHARSET_NONE, &report);
    g_autoptr(GBytes) out = stream_read_all(stream, 1 << 20, NULL);
    assert_true(g_bytes_equal(out, bytes));
    assert_int_equal(report.n_repaired, 0);
    struct charset_report whole_report;
    GString *whole = charset_decode(text->str, text->len, CHARSET_NONE, 1 << 20, &whole_report, NULL);
    assert_true(g_string_equal(whole, text));
    assert_int_equal(whole_report.n_repaired, 0);
    g_string_free(whole, TRUE);
}

static void more_than_the_limit_is_refused(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_null(charset_decode("abcdef", 6, CHARSET_NONE, 5, NULL, &error));
    assert_string_equal(error_code(error), "file.too_large");
}

static void charset_names_are_read_as_files_write_them(void **state)
{
    assert_int_equal(charset_parse("UTF-8"), CHARSET_UTF8);
    assert_int_equal(charset_parse("ISO-8859-1"), CHARSET_WINDOWS_1252);
    assert_int_equal(charset_parse("Windows-1252"), CHARSET_WINDOWS_1252);
    assert_int_equal(charset_parse("x-no-such-thing-at-all"), CHARSET_NONE);
    assert_int_equal(charset_parse(NULL), CHARSET_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_stays_as_it_is_and_loses_its_bom),
        cmocka_unit_test(utf16_is_read_with_and_without_a_byte_order_mark),
        cmocka_unit_test(a_surrogate_without_its_half_is_counted_not_passed_on),
        cmocka_unit_test(what_is_not_utf8_is_windows_1252),
        cmocka_unit_test(a_stray_byte_in_utf8_is_repaired_alone),
        cmocka_unit_test(nul_bytes_are_left_out_and_counted),
        cmocka_unit_test(sequences_cut_by_a_piece_come_together_again),
        cmocka_unit_test(more_than_the_limit_is_refused),
        cmocka_unit_test(charset_names_are_read_as_files_write_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
