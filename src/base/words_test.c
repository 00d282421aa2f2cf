/* Numbers and spans in words. */
#include "base/words.h"

#include <glib.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

/* Compares and frees found. */
static void check(char *found, const char *expected)
{
    assert_string_equal(found, expected);
    g_free(found);
}

static void numbers_have_commas(void **state)
{
    check(words_number(0), "0");
    check(words_number(999), "999");
    check(words_number(1250), "1,250");
    check(words_number(-1234567), "-1,234,567");
    check(words_number(INT64_MIN), "-9,223,372,036,854,775,808");
    check(words_count(1, "person", "people"), "1 person");
    check(words_count(0, "person", "people"), "0 people");
    check(words_count(1250, "person", "people"), "1,250 people");
}

static void durations(void **state)
{
    check(words_minutes(20), "20 min");
    check(words_minutes(0), "0 min");
    check(words_minutes(60), "1 h");
    check(words_minutes(105), "1 h 45");
    check(words_minutes(125), "2 h 05");
    check(words_minutes(-1), "");
}

static void spans_grow_coarser(void **state)
{
    check(words_span(1), "1 day");
    check(words_span(27), "27 days");
    check(words_span(28), "4 weeks");
    check(words_span(-45), "6 weeks");
    check(words_span(182), "26 weeks");
    check(words_span(183), "6 months");
    check(words_span(400), "13 months");
    check(words_span(730), "24 months");
    check(words_span(731), "2 years");
    check(words_late(9), "9 days late");
    check(words_late(45), "6 weeks late");
    check(words_late(0), "");
    check(words_late(-3), "");
    check(words_every(84), "every 12 weeks");
    check(words_every(90), "every 90 days");
    check(words_every(7), "every week");
    check(words_every(1), "every day");
}

static void lists_end_with_and(void **state)
{
    check(words_list((const char *const[]){ NULL }), "");
    check(words_list((const char *const[]){ "Anna", NULL }), "Anna");
    check(words_list((const char *const[]){ "Anna", "Ben", NULL }), "Anna and Ben");
    check(words_list((const char *const[]){ "Anna", "Ben", "Chi", NULL }), "Anna, Ben and Chi");
}

static void sizes_and_time_left(void **state)
{
    check(words_bytes(1), "1 byte");
    check(words_bytes(812), "812 bytes");
    check(words_bytes(1200000), "1.2 MB");
    check(words_bytes(45678), "46 kB");
    check(words_bytes(999900), "1.0 MB");
    check(words_bytes(UINT64_MAX), "18 EB");
    check(words_time_left(3), "a few seconds left");
    check(words_time_left(21), "about 20 seconds left");
    check(words_time_left(58), "about 1 minute left");
    check(words_time_left(170), "about 3 minutes left");
    check(words_time_left(7300), "about 2 h left");
    check(words_time_left(-1), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_commas),
        cmocka_unit_test(durations),
        cmocka_unit_test(spans_grow_coarser),
        cmocka_unit_test(lists_end_with_and),
        cmocka_unit_test(sizes_and_time_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
