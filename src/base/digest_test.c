/* Digests: the right algorithm, and rows that look alike do not share one. */
#include "base/digest.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

/* Expected: python3 -c "import hashlib; print(hashlib.blake2b(b'abc', digest_size=16).hexdigest())"
 */
static void bytes_are_hashed_with_blake2b_of_16_bytes(void **state)
{
    uint8_t digest[DIGEST_LEN];
    char text[DIGEST_TEXT];
    digest_bytes("abc", 3, digest);
    assert_string_equal(digest_format(digest, text), "cf4ab791c62b8d2b2109c90275287816");
    digest_bytes(NULL, 0, digest);
    assert_string_equal(digest_format(digest, text), "cae66941d9efbd404e4d88758ea67670");
}

static void a_row_is_its_framed_columns(void **state)
{
    struct row_digest row;
    char text[DIGEST_TEXT];
    row_digest_start(&row, "t");
    row_digest_int(&row, -2);
    row_digest_text(&row, "ab");
    row_digest_text(&row, NULL);
    row_digest_blob(&row, "\0", 1);
    uint8_t framed[] = "r\1\0\0\0\0\0\0\0t" "i\10\0\0\0\0\0\0\0\xfe\xff\xff\xff\xff\xff\xff\xff"
                       "t\2\0\0\0\0\0\0\0ab" "n\0\0\0\0\0\0\0\0" "b\1\0\0\0\0\0\0\0\0";
    uint8_t digest[DIGEST_LEN];
    char expected[DIGEST_TEXT];
    digest_bytes(framed, sizeof framed - 1, digest);
    assert_string_equal(row_digest_finish(&row, text), digest_format(digest, expected));
}

static char *two_texts(const char *table, const char *a, const char *b, char *out)
{
    struct row_digest row;
    row_digest_start(&row, table);
    row_digest_text(&row, a);
    row_digest_text(&row, b);
    return row_digest_finish(&row, out);
}

static void shifted_columns_differ(void **state)
{
    char a[DIGEST_TEXT];
    char b[DIGEST_TEXT];
    assert_string_not_equal(two_texts("t", "ab", "c", a), two_texts("t", "a", "bc", b));
    assert_string_not_equal(two_texts("t", "", NULL, a), two_texts("t", NULL, "", b));
    assert_string_not_equal(two_texts("t", "a", "b", a), two_texts("u", "a", "b", b));
    assert_string_equal(two_texts("t", "a", "b", a), two_texts("t", "a", "b", b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_hashed_with_blake2b_of_16_bytes),
        cmocka_unit_test(a_row_is_its_framed_columns),
        cmocka_unit_test(shifted_columns_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
