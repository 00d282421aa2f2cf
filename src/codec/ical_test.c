/* Calendars as bytes, against RFC 5545; test/protocol/test_ical_peers.py has another parser read
 * them. */
#include "codec/ical.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static char *one(const struct ical_event *event)
{
    const struct ical_calendar calendar = {
        .name = "Season 2027", .at = INT64_C(1784624400000000), .events = event, .n_events = 1};
    return ical_write(&calendar);
}

/* Lines unfolded (RFC 5545 3.1). */
static char *unfolded(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "\r\n ", -1);
    return g_strjoinv("", parts);
}

#define assert_line(text, line)                                                                    \
    do {                                                                                           \
        g_autofree char *flat_ = unfolded(text);                                                   \
        if (strstr(flat_, "\r\n" line "\r\n") == NULL) {                                           \
            fail_msg("no line %s in\n%s", line, flat_);                                            \
        }                                                                                          \
    } while (0)

static void whole_days_end_the_day_after_the_last(void **state)
{
    g_autofree char *text = one(&(struct ical_event){
        .uid = "a-1", .title = "Match Day", .on_day = 20532, .until_day = 20532, .minute = -1});
    assert_true(g_str_has_prefix(text, "BEGIN:VCALENDAR\r\n"));
    assert_true(g_str_has_suffix(text, "END:VCALENDAR\r\n"));
    assert_line(text, "DTSTART;VALUE=DATE:20260320");
    assert_line(text, "DTEND;VALUE=DATE:20260321");
    assert_line(text, "DTSTAMP:20260721T090000Z");
    assert_line(text, "UID:a-1");
    assert_line(text, "TRANSP:TRANSPARENT");
    assert_null(strstr(text, "VTIMEZONE"));
    assert_null(strstr(text, "VALARM"));
    g_autofree char *leap = one(&(struct ical_event){
        .uid = "a", .title = "x", .on_day = 21243, .until_day = 21243, .minute = -1});
    assert_line(leap, "DTSTART;VALUE=DATE:20280229");
    assert_line(leap, "DTEND;VALUE=DATE:20280301");
}

static void an_hour_has_its_zone_and_the_zone_its_rules(void **state)
{
    g_autofree char *text = one(&(struct ical_event){.uid = "a",
                                                     .title = "Rank list due",
                                                     .on_day = 20516,
                                                     .until_day = 20516,
                                                     .minute = 21 * 60,
                                                     .zone = "America/New_York"});
    assert_line(text, "DTSTART;TZID=America/New_York:20260304T210000");
    assert_line(text, "TZID:America/New_York");
    assert_line(text, "BEGIN:DAYLIGHT");
    assert_line(text, "DTSTART:20260308T020000");
    assert_line(text, "TZOFFSETTO:-0400");
    assert_null(strstr(text, "18831118"));
    assert_null(strstr(text, "DTEND"));
    g_autofree char *unknown = one(&(struct ical_event){.uid = "a",
                                                        .title = "x",
                                                        .on_day = 20516,
                                                        .until_day = 20516,
                                                        .minute = 60,
                                                        .zone = "Mars/Olympus"});
    assert_line(unknown, "DTSTART;VALUE=DATE:20260304");
    assert_true(ical_zone_is_known("Asia/Karachi"));
    assert_false(ical_zone_is_known("Mars/Olympus"));
    assert_false(ical_zone_is_known("../../etc/passwd"));
    assert_false(ical_zone_is_known(""));
    assert_false(ical_zone_is_known(NULL));
}

static void text_is_escaped_folded_and_cleaned(void **state)
{
    g_autofree char *text =
        one(&(struct ical_event){.uid = "a\r\nX-EVIL:1",
                                 .on_day = 1,
                                 .until_day = 1,
                                 .minute = -1,
                                 .title = "Visa; papers, \"soon\" \\ امینہ",
                                 .description = "Zwei\nZeilen\x01 und eine lange Zeile, die über "
                                                "fünfundsiebzig Oktette geht und gefaltet wird.",
                                 .category = "Rank and match"});
    assert_null(strstr(text, "\nX-EVIL"));
    assert_line(text, "SUMMARY:Visa\\; papers\\, \"soon\" \\\\ امینہ");
    assert_non_null(strstr(text, "DESCRIPTION:Zwei\\nZeilen und"));
    assert_line(text, "CATEGORIES:Rank and match");
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        assert_true(strlen(*line) <= 75);
        assert_true(g_utf8_validate(*line, -1, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_days_end_the_day_after_the_last),
        cmocka_unit_test(an_hour_has_its_zone_and_the_zone_its_rules),
        cmocka_unit_test(text_is_escaped_folded_and_cleaned),
    };
    return cmocka_run_group_tests_name("ical", tests, NULL, NULL);
}
