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

static char *one_day(int32_t day, bool has_year)
{
    int year, month, of_month;
    day_to_ymd(day, &year, &month, &of_month);
    return has_year
               ? g_strdup_printf("%s %d %s %d", weekdays[day_weekday(day)], of_month, months[month],
                                 year)
               : g_strdup_printf("%s %d %s", weekdays[day_weekday(day)], of_month, months[month]);
}

char *season_when(const struct season_date *date)
{
    int year, month, day, last_year, last_month, last_day;
    day_to_ymd(date->on_day, &year, &month, &day);
    day_to_ymd(date->until_day, &last_year, &last_month, &last_day);
    if (date->until_day > date->on_day) {
        if (day == 1 && last_day == month_end(last_year, last_month) &&
            (month != last_month || year != last_year)) {
            return year == last_year
                       ? g_strdup_printf("%s to %s %d", months[month], months[last_month], year)
                       : g_strdup_printf("%s %d to %s %d", months[month], year, months[last_month],
                                         last_year);
        }
        g_autofree char *from = one_day(date->on_day, year != last_year);
        g_autofree char *until = one_day(date->until_day, true);
        return g_strdup_printf("%s to %s", from, until);
    }
    g_autofree char *words = one_day(date->on_day, true);
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
