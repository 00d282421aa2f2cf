/* Rules of data/season.tsv, each a small sentence: a base (a weekday of a month, a day of a month,
 * or the day of another rule), then any number of "+ 21d", "- 3w", "- 20m". Read next: season.c. */
#include "model/season.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

/* 1 for the first name; 0: none of them. */
static int name_of(const char *const *names, int n, const char *word)
{
    for (int i = 0; i < n; i++) {
        if (g_strcmp0(names[i], word) == 0) {
            return i + 1;
        }
    }
    return 0;
}

static bool number_of(const char *word, long *number_out)
{
    char *end = NULL;
    if (word == NULL || *word == '\0') {
        return false;
    }
    *number_out = strtol(word, &end, 10);
    return *end == '\0' && *number_out > -1000 && *number_out < 10000;
}

static int month_length(int year, int month)
{
    return (int)(day_from_ymd(month == 12 ? year + 1 : year, month % 12 + 1, 1) -
                 day_from_ymd(year, month, 1));
}

/* nth: 1 to 5, or 0 for the last. DAY_NONE: that month has no such day. */
static int32_t weekday_of(int year, int month, int weekday, int nth)
{
    int32_t first = day_from_ymd(year, month, 1);
    int32_t day = first + (weekday - day_weekday(first) + 7) % 7;
    if (nth > 0) {
        day += (nth - 1) * 7;
        return day < first + month_length(year, month) ? day : DAY_NONE;
    }
    while (day + 7 < first + month_length(year, month)) {
        day += 7;
    }
    return day;
}

/* So many months on; the end of the month where the day does not exist there. */
static int32_t months_on(int32_t day, int n)
{
    int year, month, of_month;
    day_to_ymd(day, &year, &month, &of_month);
    int count = year * 12 + month - 1 + n;
    year = count / 12;
    month = count % 12 + 1;
    return day_from_ymd(year, month, MIN(of_month, month_length(year, month)));
}

/* The base at the head of words[]; *used_out: how many words it took. */
static int32_t base_of(char **words, guint n, int cycle, season_lookup_fn *lookup, void *data,
                       guint *used_out)
{
    long offset, number;
    *used_out = 1;
    if (n > 4 && strcmp(words[0], "nth") == 0) {
        int weekday = name_of(weekdays, G_N_ELEMENTS(weekdays), words[1]);
        int month = name_of(months, G_N_ELEMENTS(months), words[3]);
        bool is_last = strcmp(words[2], "last") == 0;
        number = 0;
        *used_out = 5;
        if (weekday == 0 || month == 0 || !number_of(words[4], &offset) ||
            (!is_last && (!number_of(words[2], &number) || number < 1 || number > 5))) {
            return DAY_NONE;
        }
        return weekday_of(cycle + (int)offset, month, weekday, (int)number);
    }
    if (n > 3 && strcmp(words[0], "day") == 0) {
        int month = name_of(months, G_N_ELEMENTS(months), words[2]);
        *used_out = 4;
        if (month == 0 || !number_of(words[1], &number) || number < 1 ||
            !number_of(words[3], &offset)) {
            return DAY_NONE;
        }
        /* 29 February is the 28th where there is none */
        int last = month_length(cycle + (int)offset, month);
        return number > 31 ? DAY_NONE
                           : day_from_ymd(cycle + (int)offset, month, MIN((int)number, last));
    }
    return n > 0 && lookup != NULL ? lookup(words[0], data) : DAY_NONE;
}

int32_t season_rule_day(const char *rule, int cycle, season_lookup_fn *lookup, void *data)
{
    g_auto(GStrv) words = g_strsplit(rule == NULL ? "" : rule, " ", -1);
    guint n = g_strv_length(words);
    guint at;
    if (cycle < 1900 || cycle > 2200) {
        return DAY_NONE;
    }
    int32_t day = base_of(words, n, cycle, lookup, data, &at);
    for (; day != DAY_NONE && at < n; at += 2) {
        char *end = NULL;
        long by = at + 1 < n ? strtol(words[at + 1], &end, 10) : -1;
        int sign = strcmp(words[at], "+") == 0 ? 1 : strcmp(words[at], "-") == 0 ? -1 : 0;
        if (sign == 0 || by < 0 || by > 4000 || end == words[at + 1] || strlen(end) != 1) {
            return DAY_NONE;
        }
        switch (*end) {
        case 'd': day += sign * (int32_t)by; break;
        case 'w': day += sign * (int32_t)by * 7; break;
        case 'm': day = months_on(day, sign * (int)by); break;
        default: return DAY_NONE;
        }
    }
    return day;
}
