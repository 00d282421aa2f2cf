/* Forms with files, whole and in pieces of every size; what is broken is refused, never guessed. */
#include "net/http_multipart.h"

#include "base/error.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static bool begin(void *data, const char *name, const char *file_name, const char *type,
                  GError **error)
{
    g_string_append_printf(data, "[%s|%s|%s]", name, file_name == NULL ? "-" : file_name, type);
    return true;
}

static bool bytes(void *data, const char *part, size_t len, GError **error)
{
    g_string_append_len(data, part, (gssize)len);
    return true;
}

static bool end(void *data, GError **error)
{
    g_string_append_c(data, ';');
    return true;
}

/* The parts as text, fed in pieces; "refused" with the code when it is. New string. */
static char *read_form(const char *type, const char *form, size_t len, size_t piece)
{
    GString *out = g_string_new(NULL);
    struct http_multipart_sink sink = {.begin = begin, .bytes = bytes, .end = end, .data = out};
    g_autoptr(GError) error = NULL;
    struct http_multipart *multipart = http_multipart_new(type, &sink, &error);
    bool ok = multipart != NULL;

    for (size_t at = 0; ok && at < len; at += piece) {
        ok = http_multipart_feed(multipart, form + at, MIN(piece, len - at), &error);
    }
    ok = ok && http_multipart_finish(multipart, &error);
    http_multipart_free(multipart);
    if (!ok) {
        g_string_printf(out, "refused %s", error_code(error));
    }
    return g_string_free(out, FALSE);
}

static void expect_form(const char *form, const char *expected)
{
    for (size_t piece = 1; piece <= strlen(form); piece++) {
        g_autofree char *got =
            read_form("multipart/form-data; boundary=XX", form, strlen(form), piece);
        assert_string_equal(got, expected);
    }
}

static void fields_and_files_arrive(void **state)
{
    expect_form(
        "--XX\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
        "--XX\r\nContent-Disposition: form-data; name=\"card\"; filename=\"rao.vcf\"\r\n"
        "Content-Type: Text/VCard; charset=utf-8\r\n"
        "\r\nBEGIN:VCARD\r\nEND:VCARD\r\n\r\n--XX--\r\n",
        "[note|-|]hello;[card|rao.vcf|text/vcard]BEGIN:VCARD\r\nEND:VCARD\r\n;");
}

static void what_looks_like_a_boundary_is_content(void **state)
{
    expect_form(
        "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n--X\r\n--X\r\n-\r\n\r\n\r--XY\r\n--XX--",
        "[a|-|]--X\r\n--X\r\n-\r\n\r\n\r--XY;");
}

static void an_empty_value_and_an_empty_form_are_fine(void **state)
{
    expect_form("--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--XX--", "[a|-|];");
    expect_form("--XX--\r\n", "");
}

static void text_before_and_after_is_dropped(void **state)
{
    expect_form(
        "preamble\r\n--XX \t\r\ncontent-disposition:form-data;name=a\r\n\r\n1\r\n--XX--epilogue\r\n--XX\r\n",
        "[a|-|]1;");
}

static void names_are_unescaped_and_paths_cut(void **state)
{
    expect_form(
        "--XX\r\nContent-Disposition: form-data; name=\"a%22b\"; "
        "filename=\"C:\\Users\\amina\\my \\\"file\\\".csv\"\r\n\r\n\r\n--XX--",
        "[a\"b|my \"file\".csv|];");
    expect_form(
        "--XX\r\nContent-Disposition: form-data; name=f; filename=\"../../etc/passwd\"\r\n\r\n\r\n--XX--",
        "[f|passwd|];");
    expect_form(
        "--XX\r\nContent-Disposition: form-data; name=f; filename=\"x\"; "
        "filename*=UTF-8''na%C3%AFve.csv\r\n\r\n\r\n--XX--",
        "[f|na\xc3\xafve.csv|];");
    expect_form("--XX\r\nContent-Disposition: form-data; name=f; filename=\"\"\r\n\r\n\r\n--XX--",
                "[f||];");
}

static void a_broken_form_is_refused(void **state)
{
    expect_form("", "refused http.bad_form");
    expect_form("--XX\r\nContent-Disposition: form-data; name=a\r\n\r\ncut off",
                "refused http.bad_form");
    expect_form("--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XX",
                "refused http.bad_form");
    expect_form("--XX\r\nContent-Type: text/plain\r\n\r\nno name\r\n--XX--",
                "refused http.bad_form");
    expect_form("--XXjunk\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XX--",
                "refused http.bad_form");
    expect_form("--XX\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--XX--",
                "refused http.bad_form");
}

static void a_bad_boundary_is_refused(void **state)
{
    static const char *const types[] = {
        "multipart/form-data",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a\r\nb\"",
        "multipart/form-data; boundary=\"ends with blank \"",
        "multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};

    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        g_autofree char *got = read_form(types[i], "--a--", 5, 5);
        assert_string_equal(got, "refused http.bad_form");
    }
}

static void a_long_part_header_is_refused(void **state)
{
    g_autoptr(GString) form = g_string_new("--XX\r\nContent-Disposition: form-data; name=\"");
    g_autofree char *got = NULL;

    for (int i = 0; i < HTTP_PART_HEADER_MAX; i++) {
        g_string_append_c(form, 'a');
    }
    got = read_form("multipart/form-data; boundary=XX", form->str, form->len, 1000);
    assert_string_equal(got, "refused http.bad_form");
}

static void too_many_parts_are_refused(void **state)
{
    g_autoptr(GString) form = g_string_new(NULL);
    g_autofree char *got = NULL;

    for (int i = 0; i <= HTTP_PARTS_MAX; i++) {
        g_string_append(form, "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n");
    }
    g_string_append(form, "--XX--");
    got = read_form("multipart/form-data; boundary=XX", form->str, form->len, 4096);
    assert_string_equal(got, "refused http.bad_form");
}

static void parameters_of_a_header_are_found(void **state)
{
    g_autofree char *a = http_header_param("form-data; NAME = \"x;y\" ; other=z", "name");
    g_autofree char *b = http_header_param("form-data; name=\"x;y\"; other=z", "other");
    g_autofree char *c = http_header_param("form-data; filename=\"name=no\"", "name");

    assert_string_equal(a, "x;y");
    assert_string_equal(b, "z");
    assert_null(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_and_files_arrive),
        cmocka_unit_test(what_looks_like_a_boundary_is_content),
        cmocka_unit_test(an_empty_value_and_an_empty_form_are_fine),
        cmocka_unit_test(text_before_and_after_is_dropped),
        cmocka_unit_test(names_are_unescaped_and_paths_cut),
        cmocka_unit_test(a_broken_form_is_refused),
        cmocka_unit_test(a_bad_boundary_is_refused),
        cmocka_unit_test(a_long_part_header_is_refused),
        cmocka_unit_test(too_many_parts_are_refused),
        cmocka_unit_test(parameters_of_a_header_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
