/* Words for days and spans of the season. */
#include "feature/season/season_parts.h"

#include "base/clock.h"

#include <string.h>

static const char *const months[] = {"",        "January",  "February", "March",  "April",
                                     "May",     "June",     "July",     "August", "September",
                                     "October", "November", "December"};
static const char *const weekdays[] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

static char *number_word(int n)
{
    static const char *const words[] = {"no",    "one",   "two",  "three", "four",   "five",  "six",
                                        "seven", "eight", "nine", "ten",   "eleven", "twelve"};
    return n < (int)G_N_ELEMENTS(words) ? g_strdup(words[n]) : g_strdup_printf("%d", n);
}

char *season_span(int days)
{
    g_autofree char *whole = number_word(days < 14 ? days : days / 7);
    if (days < 14) {
        return g_strdup_printf("%s %s", whole, days == 1 ? "day" : "days");
    }
    int rest = days % 7;
    if (rest == 0 || days > 26 * 7) {
        return g_strdup_printf("%s weeks", whole);
    }
    g_autofree char *part = number_word(rest);
    return g_strdup_printf("%s weeks and %s %s", whole, part, rest == 1 ? "day" : "days");
}

/* "America/New_York" -> "New York" */
static char *zone_words(const char *zone)
{
    const char *slash = strrchr(zone, '/');
    char *words = g_strdup(slash != NULL ? slash + 1 : zone);
    return g_strdelimit(words, "_", ' ');
}

static int month_end(int year, int month)
{
    int of_month;
    int32_t next = month == 12 ? day_from_ymd(year + 1, 1, 1) : day_from_ymd(year, month + 1, 1);
    day_to_ymd(next - 1, &year, &month, &of_month);
    return of_month;
}

static char *one_day(int32_t day)
{
    int year, month, of_month;
    day_to_ymd(day, &year, &month, &of_month);
    return g_strdup_printf("%s %d %s %d", weekdays[day_weekday(day)], of_month, months[month],
                           year);
}

/* "October 2026 to January 2027" for whole months, else "1 to 24 September 2026". */
static char *several_days(int32_t from, int32_t until)
{
    int year, month, day, last_year, last_month, last_day;
    day_to_ymd(from, &year, &month, &day);
    day_to_ymd(until, &last_year, &last_month, &last_day);
    g_autofree char *years = year == last_year ? g_strdup("") : g_strdup_printf(" %d", year);
    bool is_one_month = month == last_month && year == last_year;
    if (day == 1 && last_day == month_end(last_year, last_month)) {
        return is_one_month ? g_strdup_printf("%s %d", months[month], year)
                            : g_strdup_printf("%s%s to %s %d", months[month], years,
                                              months[last_month], last_year);
    }
    return is_one_month ? g_strdup_printf("%d to %d %s %d", day, last_day, months[month], year)
                        : g_strdup_printf("%d %s%s to %d %s %d", day, months[month], years,
                                          last_day, months[last_month], last_year);
}

char *season_when(const struct season_date *date)
{
    if (date->until_day > date->on_day) {
        return several_days(date->on_day, date->until_day);
    }
    g_autofree char *words = one_day(date->on_day);
    if (date->minute < 0) {
        return g_steal_pointer(&words);
    }
    g_autofree char *zone = zone_words(date->zone);
    return g_strdup_printf("%s, %02d:%02d %s", words, date->minute / 60, date->minute % 60, zone);
}

bool season_is_shown(const struct season *season, const struct season_date *date)
{
    return date->rule == NULL ||
           (date->until_day >= season->from_day && date->on_day <= season->until_day);
}
