/* Days in words. A weekday or a date without its year means the nearest one on the side asked for.
 */
#include "model/touch_line_day.h"

#include <stdlib.h>
#include <string.h>

static const char *const weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};
static const char *const months[] = {"january",   "february", "march",    "april",
                                     "may",       "june",     "july",     "august",
                                     "september", "october",  "november", "december"};

/* 1 to n when the word is a name of the list or its first three letters or more; 0: none. */
static int name_number(const char *word, const char *const *names, int n)
{
    size_t len = strlen(word);
    for (int i = 0; len >= 3 && i < n; i++) {
        if (strncmp(names[i], word, len) == 0) {
            return i + 1;
        }
    }
    return strcmp(word, "sept") == 0 && n == 12 ? 9 : 0;
}

/* 1 to 31, with or without st nd rd th; 0: none. */
static int day_number(const char *word)
{
    char *end;
    long number = strtol(word, &end, 10);
    bool is_end = *end == '\0' || strcmp(end, "st") == 0 || strcmp(end, "nd") == 0 ||
                  strcmp(end, "rd") == 0 || strcmp(end, "th") == 0;
    return end != word && is_end && number >= 1 && number <= 31 ? (int)number : 0;
}

static int year_number(const char *word)
{
    int year = (int)g_ascii_strtoll(word, NULL, 10);
    return strlen(word) == 4 && year >= 1950 && year < 2100 ? year : 0;
}

static int small_number(const char *word)
{
    static const char *const names[] = {"one", "two",   "three", "four", "five",
                                        "six", "seven", "eight", "nine", "ten"};
    if (strcmp(word, "a") == 0 || strcmp(word, "an") == 0) {
        return 1;
    }
    for (int i = 0; i < 10; i++) {
        if (strcmp(names[i], word) == 0) {
            return i + 1;
        }
    }
    int number = day_number(word);
    return number;
}

static int unit_days(const char *word)
{
    static const struct {
        const char *word;
        int days;
    } units[] = {{"day", 1}, {"days", 1}, {"week", 7}, {"weeks", 7}, {"month", 30}, {"months", 30}};
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (strcmp(units[i].word, word) == 0) {
            return units[i].days;
        }
    }
    return 0;
}

static const char *at(const struct line_word *words, int n, int i)
{
    return i < n ? words[i].folded : "";
}

/* "5 July", "July 5", either with a year; sign -1: the last such, 1: the next. */
static int32_t calendar_day(const struct line_word *words, int n, int i, int32_t today, int sign,
                            int *n_out)
{
    int month = name_number(at(words, n, i), months, 12);
    int day = month > 0 ? day_number(at(words, n, i + 1)) : day_number(at(words, n, i));
    month = month > 0 ? month : name_number(at(words, n, i + 1), months, 12);
    if (day == 0 || month == 0) {
        return DAY_NONE;
    }
    int year = year_number(at(words, n, i + 2));
    *n_out = year > 0 ? 3 : 2;
    if (year > 0) {
        return day_from_ymd(year, month, day);
    }
    int this_year;
    int this_month;
    int this_day;
    day_to_ymd(today, &this_year, &this_month, &this_day);
    int32_t found = day_from_ymd(this_year, month, day);
    if (found != DAY_NONE && (sign < 0 ? found > today : found < today)) {
        found = day_from_ymd(this_year + sign, month, day);
    }
    return found;
}

/* "2026-07-05" as one word. */
static int32_t written_day(const struct line_word *words, int n, int i, int *n_out)
{
    int32_t day;
    *n_out = 1;
    return i < n && day_parse(words[i].text, &day) ? day : DAY_NONE;
}

/* Words that say a day by themselves or with the next. */
static int32_t named_past(const struct line_word *words, int n, int i, int32_t today, int *n_out)
{
    const char *word = at(words, n, i);
    const char *next = at(words, n, i + 1);
    *n_out = 1;
    if (strcmp(word, "today") == 0 || strcmp(word, "tonight") == 0 || strcmp(word, "now") == 0) {
        return today;
    }
    if (strcmp(word, "yesterday") == 0) {
        return today - 1;
    }
    *n_out = 2;
    if (strcmp(word, "this") == 0 &&
        (strcmp(next, "morning") == 0 || strcmp(next, "afternoon") == 0 ||
         strcmp(next, "evening") == 0)) {
        return today;
    }
    if (strcmp(word, "last") == 0 && strcmp(next, "night") == 0) {
        return today - 1;
    }
    if (strcmp(word, "last") == 0 && strcmp(next, "week") == 0) {
        return today - 7;
    }
    if (strcmp(word, "day") == 0 && strcmp(next, "before") == 0 &&
        strcmp(at(words, n, i + 2), "yesterday") == 0) {
        *n_out = 3;
        return today - 2;
    }
    return DAY_NONE;
}

int32_t line_day_past(const struct line_word *words, int n, int i, int32_t today, int *n_out)
{
    int32_t day = written_day(words, n, i, n_out);
    if (day == DAY_NONE) {
        day = named_past(words, n, i, today, n_out);
    }
    if (day == DAY_NONE) {
        day = calendar_day(words, n, i, today, -1, n_out);
    }
    if (day != DAY_NONE) {
        return day > today ? DAY_NONE : day; /* nothing has happened on a day ahead */
    }
    bool is_last = strcmp(at(words, n, i), "last") == 0;
    int weekday = name_number(at(words, n, i + is_last), weekdays, 7);
    if (weekday > 0) {
        int back = (day_weekday(today) - weekday + 7) % 7;
        *n_out = 1 + is_last;
        return today - (back == 0 ? 7 : back);
    }
    int number = small_number(at(words, n, i));
    int days = unit_days(at(words, n, i + 1));
    if (number > 0 && days > 0 && strcmp(at(words, n, i + 2), "ago") == 0) {
        *n_out = 3;
        return today - number * days;
    }
    return DAY_NONE;
}

int32_t line_day_ahead(const struct line_word *words, int n, int i, int32_t today, int *n_out)
{
    const char *word = at(words, n, i);
    const char *next = at(words, n, i + 1);
    int32_t day = written_day(words, n, i, n_out);
    if (day != DAY_NONE) {
        return day;
    }
    if (strcmp(word, "today") == 0 || strcmp(word, "tonight") == 0 ||
        strcmp(word, "tomorrow") == 0) {
        return today + (strcmp(word, "tomorrow") == 0);
    }
    *n_out = 2;
    if (strcmp(word, "next") == 0 && unit_days(next) > 0) {
        return today + unit_days(next);
    }
    if (strcmp(word, "in") == 0 && small_number(next) > 0 && unit_days(at(words, n, i + 2)) > 0) {
        *n_out = 3;
        return today + small_number(next) * unit_days(at(words, n, i + 2));
    }
    bool is_next = strcmp(word, "next") == 0 || strcmp(word, "this") == 0;
    int weekday = name_number(at(words, n, i + is_next), weekdays, 7);
    if (weekday > 0) {
        int ahead = (weekday - day_weekday(today) + 7) % 7;
        *n_out = 1 + is_next;
        return today + (ahead == 0 ? 7 : ahead);
    }
    return calendar_day(words, n, i, today, 1, n_out);
}
