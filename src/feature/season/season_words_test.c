/* Days, spans and the calendar of the season, as people and other programs read them. */
#include "feature/season/season_parts.h"

#include "base/clock.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static int32_t day(const char *text)
{
    int32_t found;
    assert_true(day_parse(text, &found));
    return found;
}

static void expect_when(const char *on, const char *until, const char *expected)
{
    const struct season_date date = {.on_day = day(on), .until_day = day(until), .minute = -1};
    g_autofree char *words = season_when(&date);
    assert_string_equal(words, expected);
}

static void days_are_said_as_short_as_they_can_be(void **state)
{
    expect_when("2026-09-02", "2026-09-02", "Wed 2 September 2026");
    expect_when("2026-09-01", "2026-09-24", "1 to 24 September 2026");
    expect_when("2026-09-01", "2026-09-30", "September 2026");
    expect_when("2026-10-01", "2027-01-31", "October 2026 to January 2027");
    expect_when("2027-04-01", "2027-06-30", "April to June 2027");
    expect_when("2027-03-20", "2027-05-31", "20 March to 31 May 2027");
    expect_when("2026-12-20", "2027-01-03", "20 December 2026 to 3 January 2027");
    expect_when("2028-02-01", "2028-02-29", "February 2028");
    expect_when("2028-02-01", "2028-02-28", "1 to 28 February 2028");
    const struct season_date hour = {.on_day = day("2027-03-03"),
                                     .until_day = day("2027-03-03"),
                                     .minute = 21 * 60,
                                     .zone = "America/New_York"};
    g_autofree char *words = season_when(&hour);
    assert_string_equal(words, "Wed 3 March 2027, 21:00 New York");
}

static void spans_are_told_in_weeks_and_days(void **state)
{
    static const struct {
        int days;
        const char *expected;
    } cases[] = {{1, "one day"},
                 {13, "13 days"},
                 {14, "two weeks"},
                 {43, "six weeks and one day"},
                 {51, "seven weeks and two days"},
                 {241, "34 weeks"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *words = season_span(cases[i].days);
        assert_string_equal(words, cases[i].expected);
    }
}

static int count_of(const char *text, const char *what)
{
    int n = 0;
    for (const char *at = strstr(text, what); at != NULL; at = strstr(at + 1, what)) {
        n++;
    }
    return n;
}

static void an_event_keeps_its_name_when_it_moves(void **state)
{
    const struct goal goal = {
        .cycle = 2027, .specialties = "internal_medicine", .stage = "applying"};
    const struct own_date own[] = {{.date_id = 5,
                                    .kind = "rule",
                                    .title = "x",
                                    .rule = "eras_submit",
                                    .minute = -1,
                                    .on_day = day("2026-09-09"),
                                    .until_day = DAY_NONE},
                                   {.date_id = 6,
                                    .kind = "exam",
                                    .title = "OET, Karachi",
                                    .minute = 570,
                                    .zone = "Asia/Karachi",
                                    .on_day = day("2026-08-08"),
                                    .until_day = DAY_NONE}};
    g_autoptr(GArray) dates = g_array_new(FALSE, TRUE, sizeof(struct own_date));
    g_array_append_vals(dates, own, 2);
    g_autoptr(season_ptr) plain = season_new(&goal, NULL, day("2026-07-21"));
    g_autoptr(season_ptr) moved = season_new(&goal, dates, day("2026-07-21"));
    int n_plain = 0;
    int n_moved = 0;
    g_autofree char *before = season_calendar(plain, 7, INT64_C(1784624400000000), &n_plain);
    g_autofree char *after = season_calendar(moved, 7, INT64_C(1784624400000000), &n_moved);
    assert_int_equal(count_of(before, "BEGIN:VEVENT"), n_plain);
    assert_int_equal(n_moved, n_plain + 1);
    assert_non_null(strstr(before, "UID:0000000000007-2027-eras_submit@ligature"));
    assert_non_null(strstr(after, "UID:0000000000007-2027-eras_submit@ligature"));
    assert_non_null(strstr(before, "DTSTART;VALUE=DATE:20260902"));
    assert_null(strstr(after, "DTSTART;VALUE=DATE:20260902"));
    assert_non_null(strstr(after, "DTSTART;VALUE=DATE:20260909"));
    assert_non_null(strstr(after, "DTSTART;TZID=Asia/Karachi:20260808T093000"));
    assert_int_equal(count_of(after, "BEGIN:VTIMEZONE"), 2); /* New York's too: the rank list */
    assert_non_null(strstr(after, "SUMMARY:OET\\, Karachi"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_said_as_short_as_they_can_be),
        cmocka_unit_test(spans_are_told_in_weeks_and_days),
        cmocka_unit_test(an_event_keeps_its_name_when_it_moves),
    };
    return cmocka_run_group_tests_name("season_words", tests, NULL, NULL);
}
