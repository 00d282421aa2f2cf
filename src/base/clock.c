/* Instants and days. Days are proleptic Gregorian, counted from 1970-01-01; the arithmetic between
 * days and (year, month, day) is H. Hinnant's "chrono-compatible low-level date algorithms" (2013),
 * which needs no table and no loop. Years outside 1..9999 have no text. */
#include "base/clock.h"

#include <stdio.h>
#include <string.h>

#define FIRST_DAY (-719162)     /* 0001-01-01 */
#define LAST_DAY 2932896        /* 9999-12-31 */
#define NEAR_DAYS 21            /* as far as people count in days */

static const char *const month_names[] = { "January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December" };
static const char *const weekday_names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

void clock_clear(struct clock *clock)
{
    g_clear_pointer(&clock->zone, g_time_zone_unref);
    clock->fixed_at = 0;
}

int64_t clock_now(const struct clock *clock)
{
    return clock->fixed_at != 0 ? clock->fixed_at : g_get_real_time();
}

int32_t clock_today(const struct clock *clock)
{
    return clock_day_of(clock, clock_now(clock));
}

/* a / b rounded down; b > 0. */
static int64_t divide_down(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int32_t clock_day_of(const struct clock *clock, int64_t at)
{
    if (at == AT_NONE) {
        return DAY_NONE;
    }
    g_autoptr(GTimeZone) zone =
        clock->zone != NULL ? g_time_zone_ref(clock->zone) : g_time_zone_new_local();
    int64_t second = divide_down(at, US_PER_SECOND);
    int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, second);
    int64_t offset = interval < 0 ? 0 : g_time_zone_get_offset(zone, interval);
    return (int32_t)divide_down(second + offset, 86400);
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int32_t day_from_ymd(int year, int month, int day_of_month)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day_of_month < 1
        || day_of_month > days_of_month(year, month)) {
        return DAY_NONE;
    }
    int y = year - (month <= 2); /* the year begins in March, leap day last */
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day_of_month - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void day_to_ymd(int32_t day, int *year, int *month, int *day_of_month)
{
    int64_t shifted = (int64_t)day + 719468;
    int64_t era = divide_down(shifted, 146097);
    int day_of_era = (int)(shifted - era * 146097);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    *month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *year = (int)(year_of_era + era * 400) + (*month <= 2);
}

int day_weekday(int32_t day)
{
    return (int)((((int64_t)day + 3) % 7 + 7) % 7) + 1;     /* 1970-01-01 was a Thursday */
}

/* Reads exactly n digits at *text and steps over them. */
static bool take_digits(const char **text, int n, int *value_out)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (!g_ascii_isdigit((*text)[i])) {
            return false;
        }
        value = value * 10 + ((*text)[i] - '0');
    }
    *text += n;
    *value_out = value;
    return true;
}

static bool take_char(const char **text, char c)
{
    bool is_there = **text == c;
    *text += is_there;
    return is_there;
}

static bool take_day(const char **text, int32_t *day_out)
{
    int year;
    int month;
    int day_of_month;
    if (!take_digits(text, 4, &year) || !take_char(text, '-') || !take_digits(text, 2, &month)
        || !take_char(text, '-') || !take_digits(text, 2, &day_of_month)) {
        return false;
    }
    *day_out = day_from_ymd(year, month, day_of_month);
    return *day_out != DAY_NONE;
}

bool day_parse(const char *text, int32_t *day_out)
{
    int32_t day;
    if (text == NULL || !take_day(&text, &day) || *text != '\0') {
        return false;
    }
    *day_out = day;
    return true;
}

/* Four, two and two digits; no printf, because lists of thousands of rows are written with this. */
static char *put_digits(char *out, int value, int n)
{
    for (int i = n - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return out + n;
}

char *day_format(int32_t day, char *buffer)
{
    char *out = buffer;
    if (day >= FIRST_DAY && day <= LAST_DAY) {
        int year;
        int month;
        int day_of_month;
        day_to_ymd(day, &year, &month, &day_of_month);
        out = put_digits(out, year, 4);
        *out++ = '-';
        out = put_digits(out, month, 2);
        *out++ = '-';
        out = put_digits(out, day_of_month, 2);
    }
    *out = '\0';
    return buffer;
}

/* "21 July" or "21 Jul", with the year when it is not today's; "" without a day. */
static char *date_words(int32_t day, int32_t today, bool is_short)
{
    if (day < FIRST_DAY || day > LAST_DAY) {
        return g_strdup("");
    }
    int year;
    int month;
    int day_of_month;
    int this_year;
    int unused;
    day_to_ymd(day, &year, &month, &day_of_month);
    day_to_ymd(today, &this_year, &unused, &unused);
    const char *name = month_names[month - 1];
    int name_len = is_short ? 3 : (int)strlen(name);
    return year == this_year ? g_strdup_printf("%d %.*s", day_of_month, name_len, name)
                             : g_strdup_printf("%d %.*s %d", day_of_month, name_len, name, year);
}

char *day_words(int32_t day, int32_t today)
{
    g_autofree char *date = date_words(day, today, false);
    return *date == '\0' ? g_strdup("")
                         : g_strdup_printf("%s %s", weekday_names[day_weekday(day) - 1], date);
}

char *day_relative(int32_t day, int32_t today)
{
    int64_t ahead = (int64_t)day - today;
    if (day == DAY_NONE || today == DAY_NONE || ahead < -NEAR_DAYS || ahead > NEAR_DAYS) {
        return date_words(day, today, true);
    }
    if (ahead == 0) {
        return g_strdup("today");
    }
    if (ahead == -1 || ahead == 1) {
        return g_strdup(ahead < 0 ? "yesterday" : "tomorrow");
    }
    return ahead < 0 ? g_strdup_printf("%d days ago", (int)-ahead)
                     : g_strdup_printf("in %d days", (int)ahead);
}

/* ".5", ".123456789": microseconds, what is finer is cut off. */
static bool take_fraction(const char **text, int64_t *us_out)
{
    int64_t us = 0;
    int n = 0;
    for (; g_ascii_isdigit(**text); (*text)++, n++) {
        us = n < 6 ? us * 10 + (**text - '0') : us;
    }
    for (int i = n; i < 6; i++) {
        us *= 10;
    }
    *us_out = us;
    return n > 0;
}

/* "Z" or "+05:00" (RFC 3339, 4.2): seconds east of UTC. */
static bool take_offset(const char **text, int *seconds_out)
{
    *seconds_out = 0;
    if (**text == 'Z' || **text == 'z') {
        (*text)++;
        return true;
    }
    int sign = **text == '-' ? -1 : 1;
    int hours;
    int minutes;
    if ((!take_char(text, '+') && !take_char(text, '-')) || !take_digits(text, 2, &hours)
        || !take_char(text, ':') || !take_digits(text, 2, &minutes) || hours > 23 || minutes > 59) {
        return false;
    }
    *seconds_out = sign * (hours * 3600 + minutes * 60);
    return true;
}

/* "09:42:00.5+05:00" -> microseconds after midnight UTC of the day it stands beside. A leap second
 * counts as the second after it. */
static bool take_time(const char **text, int64_t *us_out)
{
    int hour;
    int minute;
    int second;
    int64_t fraction = 0;
    int offset;
    if (!take_digits(text, 2, &hour) || !take_char(text, ':') || !take_digits(text, 2, &minute)
        || !take_char(text, ':') || !take_digits(text, 2, &second) || hour > 23 || minute > 59
        || second > 60) {
        return false;
    }
    if ((take_char(text, '.') && !take_fraction(text, &fraction)) || !take_offset(text, &offset)) {
        return false;
    }
    *us_out = (hour * 3600 + minute * 60 + second - offset) * US_PER_SECOND + fraction;
    return true;
}

bool at_parse(const char *text, int64_t *at_out)
{
    int32_t day;
    int64_t us = 0;
    if (text == NULL || !take_day(&text, &day)) {
        return false;
    }
    if (*text != '\0') {
        if (*text != 'T' && *text != 't' && *text != ' ') {
            return false;
        }
        text++;
        if (!take_time(&text, &us) || *text != '\0') {
            return false;
        }
    }
    *at_out = day * US_PER_DAY + us;
    return true;
}

char *at_format(int64_t at, char *buffer)
{
    *buffer = '\0';
    int64_t day = divide_down(at, US_PER_DAY);
    if (day < FIRST_DAY || day > LAST_DAY) {
        return buffer;
    }
    int64_t us = at - day * US_PER_DAY;
    int second = (int)(us / US_PER_SECOND);
    int fraction = (int)(us % US_PER_SECOND);
    day_format((int32_t)day, buffer);
    char *out = buffer + DAY_TEXT - 1;
    *out++ = 'T';
    out = put_digits(out, second / 3600, 2);
    *out++ = ':';
    out = put_digits(out, second / 60 % 60, 2);
    *out++ = ':';
    out = put_digits(out, second % 60, 2);
    if (fraction != 0) {
        *out++ = '.';
        out = put_digits(out, fraction, 6);
    }
    *out++ = 'Z';
    *out = '\0';
    return buffer;
}
