/* Every date form that formats.md quotes, and those that spreadsheets make of them. */
#include "codec/when.h"

#include "base/clock.h"
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* "2024-03-15 09:30:00 +0 ?" : date, time, offset in minutes, '?' when ambiguous. */
static void expect(const char *text, enum when_order order, const char *wanted)
{
    g_autoptr(GError) error = NULL;
    struct when when;
    char date[WHEN_TEXT];
    g_autoptr(GString) got = g_string_new(NULL);
    if (!when_parse(text, order, &when, &error)) {
        assert_true(when_is_none(&when));
        g_string_append(got, error_code(error));
    } else {
        g_string_append(got, when_format(&when, date));
        if (when.hour >= 0) {
            g_string_append_printf(got, " %02d:%02d", when.hour, when.minute);
        }
        if (when.second >= 0) {
            g_string_append_printf(got, ":%02d", when.second);
        }
        if (when.has_zone) {
            g_string_append_printf(got, " %+d", when.zone_offset_s / 60);
        }
        g_string_append(got, when.is_ambiguous ? " ?" : "");
    }
    if (strcmp(got->str, wanted) != 0) {
        print_error("%s\n", text);
    }
    assert_string_equal(got->str, wanted);
}

#define is(text, wanted) expect(text, WHEN_ORDER_UNKNOWN, wanted)
#define us(text, wanted) expect(text, WHEN_MONTH_FIRST, wanted)

static void linkedin_dates_are_read(void **state)
{
    is("15 Mar 2024", "2024-03-15");
    is(" 01 Oct 2022 ", "2022-10-01");
    is("15-Mar-24", "2024-03-15");
    is("5-May-25", "2025-05-05");
    us("9/16/18, 3:04 AM", "2018-09-16 03:04");
    us("9/20/26, 4:10 PM", "2026-09-20 16:10");
    us("01/19/13, 12:10 AM", "2013-01-19 00:10");
    us("01/19/13, 12:10 PM", "2013-01-19 12:10");
    is("2024-03-15 09:30:00 UTC", "2024-03-15 09:30:00 +0");
    is("2023/06/18 14:24:54 UTC", "2023-06-18 14:24:54 +0");
    is("Fri Mar 15 09:30:00 UTC 2024", "2024-03-15 09:30:00 +0");
    is("Mar 2020", "2020-03");
    is("2020", "2020");
    is("Sep 2008", "2008-09");
    is("Jun 15", "--06-15");
    is("Jun 15, 1988", "1988-06-15");
    is("Mar 5, 2020", "2020-03-05");
    is("Mar 05, 2025 01:00 PM - Mar 05, 2025 03:00 PM", "2025-03-05 13:00");
    is("Mar 05, 2025 01:00 PM - 3 PM at the hall", "2025-03-05 13:00");
    is("2026-09-04", "2026-09-04");
    us("9/7/21, 3:04\xE2\x80\xAFPM", "2021-09-07 15:04");       /* newer programs put a narrow no-break space there */
}

static void spreadsheets_shorten_months_and_years(void **state)
{
    is("Sep-08", "2008-09");
    is("Jun-88", "1988-06");
    is("15-Jun", "--06-15");
    is("Mar '20", "2020-03");
    is("15-Mrz-24", "2024-03-15");
    is("45366", "when.serial_number");
    is("45366.3958", "when.serial_number");
    is("1.23E+10", "when.not_a_date");
}

static void address_book_birthdays_are_read(void **state)
{
    is("1988-06-15", "1988-06-15");
    is("--06-15", "--06-15");
    is("--0615", "--06-15");
    is("--02-29", "--02-29");
    is("19880615", "1988-06-15");
    is("0/0/00", "");
    is("00/00/0000", "");
    is("0000-00-00", "");
    is("", "");
    is("   ", "");
}

static void an_order_that_nothing_settles_is_reported(void **state)
{
    is("03/04/1980", "1980-03-04 ?");
    us("03/04/1980", "1980-03-04");
    expect("03/04/1980", WHEN_DAY_FIRST, "1980-04-03");
    is("13/04/1980", "1980-04-13");
    is("04/13/1980", "1980-04-13");
    us("13/04/1980", "1980-04-13");
    is("04/04/1980", "1980-04-04");
    is("15.3.2024", "2024-03-15");
    is("3.4.1980", "1980-04-03");
    is("03/2020", "2020-03");
    is("2020-03", "2020-03");
    struct when when;
    assert_true(when_parse("6/15/45", WHEN_MONTH_FIRST, &when, NULL));
    assert_true(when.is_short_year);
    assert_int_equal(when.year, 2045);
    assert_true(when_parse("6/15/69", WHEN_MONTH_FIRST, &when, NULL));
    assert_int_equal(when.year, 1969);
}

static void a_column_settles_its_own_order(void **state)
{
    struct when_votes votes = { 0 };
    when_vote(&votes, "03/04/1980");
    assert_int_equal(when_settled(&votes), WHEN_ORDER_UNKNOWN);
    when_vote(&votes, "25/12/1975");
    when_vote(&votes, "0/0/00");
    when_vote(&votes, "1980-05-04");
    assert_int_equal(when_settled(&votes), WHEN_DAY_FIRST);
    when_vote(&votes, "12/25/1975");
    assert_int_equal(when_settled(&votes), WHEN_ORDER_UNKNOWN);
    votes = (struct when_votes){ 0 };
    when_vote(&votes, "9/16/18, 3:04 AM");
    assert_int_equal(when_settled(&votes), WHEN_MONTH_FIRST);
}

static void iso_8601_is_read_with_zones(void **state)
{
    is("2024-03-15T09:30:00Z", "2024-03-15 09:30:00 +0");
    is("2024-03-15T09:30:00.123+05:30", "2024-03-15 09:30:00 +330");
    is("2024-03-15T09:30-0500", "2024-03-15 09:30 -300");
    is("20240315T093000Z", "2024-03-15 09:30:00 +0");
    is("2024-03-15 9:30 PM EST", "2024-03-15 21:30 -300");
    is("Fri, 15 Mar 2024 09:30:00 +0100", "2024-03-15 09:30:00 +60");
    is("Fri Mar 15 2024 09:30:00 GMT+0100 (Central European Standard Time)", "2024-03-15 09:30:00 +60");
    is("2017/06/09 00:00 [accepted]", "2017-06-09 00:00");
}

static void months_of_many_languages_are_read(void **state)
{
    is("15. März 2024", "2024-03-15");
    is("1er août 2023", "2023-08-01");
    is("15 de março de 2024", "2024-03-15");
    is("3 de diciembre de 2021", "2021-12-03");
    is("lunes, 4 de marzo de 2024", "2024-03-04");
    is("mar. 5 mars 2024", "2024-03-05");
    is("2 gennaio 1999", "1999-01-02");
    is("7 mei 2010", "2010-05-07");
    is("12 sierpnia 2015", "2015-08-12");
    is("5 Mayıs 2020", "2020-05-05");
    is("9 мая 1985", "1985-05-09");
    is("15 يناير 2020", "2020-01-15");
    is("2024年3月15日", "2024-03-15");
    assert_int_equal(when_month("Février"), 2);
    assert_int_equal(when_month("SEPT"), 9);
    assert_int_equal(when_month("ember"), 0);
    assert_int_equal(when_month(""), 0);
}

static void days_that_do_not_exist_are_refused(void **state)
{
    is("32 Jun 2026", "when.no_such_day");
    is("30 Feb 2026", "when.no_such_day");
    is("29 Feb 2023", "when.no_such_day");
    is("29 Feb 2024", "2024-02-29");
    is("2026-13-01", "when.no_such_day");
    is("2026-06-31", "when.no_such_day");
    us("13/13/2020", "when.no_such_day");
    is("--13-01", "when.no_such_day");
    g_autoptr(GError) error = NULL;
    struct when when;
    assert_false(when_parse("32 Jun 2026", WHEN_ORDER_UNKNOWN, &when, &error));
    assert_string_equal(error->message, "There is no such day as 32 Jun 2026.");
}

static void what_is_no_date_is_refused(void **state)
{
    static const char *const texts[] = {
        "hello", "N/A", "=2+5", "1234567", "12", "2024-03-15 25:00", "9/16/18, 13:04 AM", "15 Foo 2024",
        "1,2,3,4", "-", "--", "2024-00-10",
        "http://example.com/2024/03/15", "12:30", "\xFF\xFE",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        is(texts[i], "when.not_a_date");
    }
}

static void instants_take_the_zone_they_have_or_are_given(void **state)
{
    struct when when;
    char text[AT_TEXT];
    assert_true(when_parse("2024-03-15 09:30:00 UTC", WHEN_ORDER_UNKNOWN, &when, NULL));
    assert_string_equal(at_format(when_at(&when, NULL), text), "2024-03-15T09:30:00Z");
    assert_true(when_parse("7/15/24, 3:04 PM", WHEN_MONTH_FIRST, &when, NULL));
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("+02:00");
    assert_string_equal(at_format(when_at(&when, zone), text), "2024-07-15T13:04:00Z");
    assert_true(when_parse("15 Mar 2024", WHEN_ORDER_UNKNOWN, &when, NULL));
    assert_string_equal(at_format(when_at(&when, NULL), text), "2024-03-15T12:00:00Z");
    assert_int_equal(when_day(&when), day_from_ymd(2024, 3, 15));
    assert_true(when_parse("Mar 2020", WHEN_ORDER_UNKNOWN, &when, NULL));
    assert_int_equal(when_day(&when), DAY_NONE);
    assert_true(when_at(&when, NULL) == AT_NONE);
    assert_int_equal(when_first_day(&when), day_from_ymd(2020, 3, 1));
    assert_true(when_parse("Jun 15", WHEN_ORDER_UNKNOWN, &when, NULL));
    assert_int_equal(when_first_day(&when), DAY_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linkedin_dates_are_read),
        cmocka_unit_test(spreadsheets_shorten_months_and_years),
        cmocka_unit_test(address_book_birthdays_are_read),
        cmocka_unit_test(an_order_that_nothing_settles_is_reported),
        cmocka_unit_test(a_column_settles_its_own_order),
        cmocka_unit_test(iso_8601_is_read_with_zones),
        cmocka_unit_test(months_of_many_languages_are_read),
        cmocka_unit_test(days_that_do_not_exist_are_refused),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(instants_take_the_zone_they_have_or_are_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
