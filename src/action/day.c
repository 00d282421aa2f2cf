/* Days as people say them, counted from today. Written dates are 2026-07-21 only: 7/6 means two
 * things. */
#include <stdlib.h>
#include <string.h>

#include "action/value.h"
#include "base/clock.h"

/* 1..n for a word that begins with one of the three-letter stems, 0 for none. */
static int stem_number(const char *word, const char *const *stems)
{
    for (int i = 0; stems[i] != NULL; i++) {
        if (strlen(word) >= 3 && strncmp(word, stems[i], 3) == 0) {
            return i + 1;
        }
    }
    return 0;
}

static int weekday_of(const char *word)
{
    static const char *const full[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday",    NULL};
    int number = stem_number(word, full);
    return number > 0 && g_str_has_prefix(full[number - 1], word) ? number : 0;
}

static int month_of(const char *word)
{
    static const char *const full[] = {"january",  "february", "march",  "april",     "may",
                                       "june",     "july",     "august", "september", "october",
                                       "november", "december", NULL};
    int number = stem_number(word, full);
    return number > 0 && g_str_has_prefix(full[number - 1], word) ? number : 0;
}

/* A number up to four digits, alone or with st, nd, rd, th; 0 for none. */
static int number_of(const char *word)
{
    char *end;
    long number = strtol(word, &end, 10);
    if (end == word || number < 0 || number > 9999) {
        return strcmp(word, "a") == 0 || strcmp(word, "one") == 0 ? 1 : 0;
    }
    static const char *const ends[] = {"", "st", "nd", "rd", "th", NULL};
    return g_strv_contains(ends, end) ? (int)number : 0;
}

static int unit_days(const char *word)
{
    static const struct {
        const char *word;
        int days;
    } units[] = {
        {"day", 1},    {"days", 1},    {"week", 7},   {"weeks", 7},
        {"month", 30}, {"months", 30}, {"year", 365}, {"years", 365},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (strcmp(word, units[i].word) == 0) {
            return units[i].days;
        }
    }
    return 0;
}

/* The last such weekday before today; today itself does not count. */
static int32_t last_weekday(int32_t today, int weekday)
{
    int back = (day_weekday(today) - weekday + 7) % 7;
    return today - (back == 0 ? 7 : back);
}

static int32_t next_weekday(int32_t today, int weekday)
{
    int ahead = (weekday - day_weekday(today) + 7) % 7;
    return today + (ahead == 0 ? 7 : ahead);
}

/* "5 july", "july 5", either with a year; without one the nearest such day, not more than half a
 * year ahead. */
static bool month_day(char **words, int n, int32_t today, int32_t *day_out)
{
    int month = month_of(words[0]) != 0 ? month_of(words[0]) : month_of(words[1]);
    int day_of_month = month_of(words[0]) != 0 ? number_of(words[1]) : number_of(words[0]);
    if (month == 0 || day_of_month == 0) {
        return false;
    }
    int year;
    int this_month;
    int this_day;
    day_to_ymd(today, &year, &this_month, &this_day);
    if (n == 3) {
        year = number_of(words[2]);
        *day_out = year >= 1900 ? day_from_ymd(year, month, day_of_month) : DAY_NONE;
        return *day_out != DAY_NONE;
    }
    int32_t day = day_from_ymd(year, month, day_of_month);
    if (day != DAY_NONE && day > today + 183) {
        day = day_from_ymd(year - 1, month, day_of_month);
    } else if (day != DAY_NONE && day < today - 183) {
        day = day_from_ymd(year + 1, month, day_of_month);
    }
    *day_out = day;
    return day != DAY_NONE;
}

static bool two_or_three(char **words, int n, int32_t today, int32_t *day_out)
{
    int weekday = n == 2 ? weekday_of(words[1]) : 0;
    if (weekday != 0 && (strcmp(words[0], "last") == 0 || strcmp(words[0], "on") == 0)) {
        *day_out = last_weekday(today, weekday);
        return true;
    }
    if (weekday != 0 && strcmp(words[0], "next") == 0) {
        *day_out = next_weekday(today, weekday);
        return true;
    }
    if (n == 2 && strcmp(words[0], "last") == 0 && unit_days(words[1]) != 0) {
        *day_out = today - unit_days(words[1]);
        return true;
    }
    if (n == 3 && strcmp(words[2], "ago") == 0 && number_of(words[0]) != 0 &&
        unit_days(words[1]) != 0) {
        *day_out = today - number_of(words[0]) * unit_days(words[1]);
        return true;
    }
    if (n == 3 && strcmp(words[0], "in") == 0 && number_of(words[1]) != 0 &&
        unit_days(words[2]) != 0) {
        *day_out = today + number_of(words[1]) * unit_days(words[2]);
        return true;
    }
    return month_day(words, n, today, day_out);
}

bool value_day(const char *text, int32_t today, int32_t *day_out)
{
    g_autofree char *lower = g_ascii_strdown(text, -1);
    if (strlen(lower) > 40) {
        return false;
    }
    g_strdelimit(g_strstrip(lower), ",\t", ' ');
    if (day_parse(lower, day_out)) {
        return true;
    }
    g_auto(GStrv) parts = g_strsplit(lower, " ", 0);
    char *words[4];
    int n = 0;
    for (char **part = parts; *part != NULL; part++) {
        if (**part != '\0' && n < 4) {
            words[n++] = *part;
        }
    }
    if (n == 1) {
        static const struct {
            const char *word;
            int days;
        } near[] = {{"today", 0}, {"yesterday", -1}, {"tomorrow", 1}};
        for (size_t i = 0; i < G_N_ELEMENTS(near); i++) {
            if (strcmp(words[0], near[i].word) == 0) {
                *day_out = today + near[i].days;
                return true;
            }
        }
        int weekday = weekday_of(words[0]);
        *day_out = weekday != 0 ? last_weekday(today, weekday) : DAY_NONE;
        return weekday != 0;
    }
    return (n == 2 || n == 3) && two_or_three(words, n, today, day_out);
}
