/* Days, instants and how they are said. */
#include "base/clock.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static int32_t day(const char *text)
{
    int32_t value = DAY_NONE;
    assert_true(day_parse(text, &value));
    return value;
}

static int64_t instant(const char *text)
{
    int64_t value = AT_NONE;
    assert_true(at_parse(text, &value));
    return value;
}

static void days_count_from_1970(void **state)
{
    assert_int_equal(day("1970-01-01"), 0);
    assert_int_equal(day("1969-12-31"), -1);
    assert_int_equal(day("2000-03-01"), 11017);
    assert_int_equal(day("0001-01-01"), -719162);
    assert_int_equal(day("9999-12-31"), 2932896);
}

/* Walks every day of 1600 to 2400 with a plain calendar and compares. */
static void every_day_goes_both_ways(void **state)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int32_t expected = day("1600-01-01");
    char text[DAY_TEXT];
    for (int y = 1600; y < 2400; y++) {
        bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        for (int m = 1; m <= 12; m++) {
            int length = lengths[m - 1] + (m == 2 && leap);
            for (int d = 1; d <= length; d++, expected++) {
                int year, month, day_of_month;
                day_to_ymd(expected, &year, &month, &day_of_month);
                assert_true(year == y && month == m && day_of_month == d);
                assert_true(day_from_ymd(y, m, d) == expected);
                assert_true(day(day_format(expected, text)) == expected);
            }
            assert_true(day_from_ymd(y, m, length + 1) == DAY_NONE);
        }
    }
}

static void what_is_no_day_is_refused(void **state)
{
    const char *none[] = { NULL,
                           "",
                           "2026-7-21",
                           "2026-02-29",
                           "2026-13-01",
                           "2026-00-10",
                           "2026-04-31",
                           "0000-01-01",
                           "2026-07-21 ",
                           " 2026-07-21",
                           "2026/07/21",
                           "20260721",
                           "2026-07-21T00:00:00Z",
                           "12026-07-21" };
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
        int32_t value = 42;
        assert_false(day_parse(none[i], &value));
        assert_int_equal(value, 42);
    }
    char text[DAY_TEXT];
    assert_string_equal(day_format(DAY_NONE, text), "");
    assert_string_equal(day_format(2932897, text), "");
}

static void weekdays_begin_on_monday(void **state)
{
    assert_int_equal(day_weekday(day("2026-07-21")), 2);
    assert_int_equal(day_weekday(day("1970-01-01")), 4);
    assert_int_equal(day_weekday(day("1969-12-28")), 7);
    assert_int_equal(day_weekday(day("0001-01-01")), 1);
}

static void check_words(const char *text, const char *today, const char *expected)
{
    g_autofree char *words = day_words(day(text), day(today));
    assert_string_equal(words, expected);
}

static void check_relative(const char *text, const char *today, const char *expected)
{
    g_autofree char *words = day_relative(day(text), day(today));
    assert_string_equal(words, expected);
}

static void days_are_said_in_words(void **state)
{
    check_words("2026-07-21", "2026-01-02", "Tue 21 July");
    check_words("2025-07-21", "2026-01-02", "Mon 21 July 2025");
    check_relative("2026-07-21", "2026-07-21", "today");
    check_relative("2026-07-20", "2026-07-21", "yesterday");
    check_relative("2026-07-22", "2026-07-21", "tomorrow");
    check_relative("2026-07-12", "2026-07-21", "9 days ago");
    check_relative("2026-07-24", "2026-07-21", "in 3 days");
    check_relative("2026-06-30", "2026-07-21", "21 days ago");
    check_relative("2026-06-29", "2026-07-21", "29 Jun");
    check_relative("2026-09-04", "2026-07-21", "4 Sep");
    check_relative("2025-07-17", "2026-07-21", "17 Jul 2025");
    check_relative("2025-12-31", "2026-01-01", "yesterday");
    g_autofree char *none = day_relative(DAY_NONE, day("2026-01-01"));
    assert_string_equal(none, "");
    g_autofree char *no_words = day_words(DAY_NONE, day("2026-01-01"));
    assert_string_equal(no_words, "");
}

static void instants_are_rfc_3339(void **state)
{
    assert_true(instant("1970-01-01") == 0);
    assert_true(instant("2026-07-21") == INT64_C(20655) * US_PER_DAY);
    assert_true(instant("1970-01-02T00:00:01Z") == INT64_C(86401000000));
    assert_true(instant("1970-01-01T05:00:00+05:00") == 0);
    assert_true(instant("1969-12-31 19:00:00-05:00") == 0);
    assert_true(instant("1970-01-01t00:00:00.5z") == 500000);
    assert_true(instant("1970-01-01T00:00:00.123456789Z") == 123456);
    assert_true(instant("1969-12-31T23:59:59.999999Z") == -1);
    assert_true(instant("1990-12-31T23:59:60Z") == instant("1991-01-01T00:00:00Z"));
}

static void instants_are_written_as_short_as_exact(void **state)
{
    char text[AT_TEXT];
    assert_string_equal(at_format(instant("2026-07-21T09:42:00Z"), text), "2026-07-21T09:42:00Z");
    assert_string_equal(at_format(instant("2026-07-21T09:42:00.123456Z"), text),
                        "2026-07-21T09:42:00.123456Z");
    assert_string_equal(at_format(-1, text), "1969-12-31T23:59:59.999999Z");
    assert_string_equal(at_format(AT_NONE, text), "");
    assert_string_equal(at_format(INT64_MAX, text), "");
}

static void what_is_no_instant_is_refused(void **state)
{
    const char *none[] = { NULL,
                           "",
                           "2026-07-21T",
                           "2026-07-21T09:42Z",
                           "2026-07-21T09:42:00",
                           "2026-07-21T24:00:00Z",
                           "2026-07-21T09:60:00Z",
                           "2026-07-21T09:42:61Z",
                           "2026-07-21T09:42:00.Z",
                           "2026-07-21T09:42:00+5:00",
                           "2026-07-21T09:42:00+24:00",
                           "2026-07-21T09:42:00Zx",
                           "2026-07-21x",
                           "2026-02-30T00:00:00Z" };
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
        int64_t value = 42;
        assert_false(at_parse(none[i], &value));
        assert_true(value == 42);
    }
}

static void the_day_depends_on_the_zone(void **state)
{
    struct clock clock = { .fixed_at = instant("2026-07-21T02:00:00Z"),
                           .zone = g_time_zone_new_identifier("America/Chicago") };
    assert_non_null(clock.zone);
    assert_int_equal(clock_today(&clock), day("2026-07-20"));
    assert_int_equal(clock_day_of(&clock, instant("2026-07-21T05:00:00Z")), day("2026-07-21"));
    assert_int_equal(clock_day_of(&clock, instant("2026-01-21T05:30:00Z")), day("2026-01-20"));
    assert_int_equal(clock_day_of(&clock, AT_NONE), DAY_NONE);
    assert_true(clock_now(&clock) == instant("2026-07-21T02:00:00Z"));
    clock_clear(&clock);
    clock.zone = g_time_zone_new_utc();
    assert_int_equal(clock_day_of(&clock, -1), -1);
    assert_int_equal(clock_day_of(&clock, 0), 0);
    clock_clear(&clock);
    clock_clear(&clock);
}

static void the_running_clock_runs(void **state)
{
    struct clock clock = { 0 };
    int64_t before = g_get_real_time();
    int64_t now = clock_now(&clock);
    assert_true(now >= before && now - before < 60 * US_PER_SECOND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_count_from_1970),
        cmocka_unit_test(every_day_goes_both_ways),
        cmocka_unit_test(what_is_no_day_is_refused),
        cmocka_unit_test(weekdays_begin_on_monday),
        cmocka_unit_test(days_are_said_in_words),
        cmocka_unit_test(instants_are_rfc_3339),
        cmocka_unit_test(instants_are_written_as_short_as_exact),
        cmocka_unit_test(what_is_no_instant_is_refused),
        cmocka_unit_test(the_day_depends_on_the_zone),
        cmocka_unit_test(the_running_clock_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
