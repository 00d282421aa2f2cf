/* Dates as foreign programs and people write them. The text becomes a few tokens; the time and its zone are taken out
 * of them; what is left is told by how many numbers there are, how many digits they have and what stands between them.
 *
 * Invariant: a part that the text does not say stays unknown. Only years of two digits are completed (POSIX rule). */
#include "codec/when.h"

#include "base/clock.h"
#include "base/error.h"
#include "codec/when_part.h"

#include <stdio.h>
#include <string.h>

#define MAX_TEXT 100            /* no date is longer */
#define MAX_TOKENS 32

struct token {
    char kind;                  /* 'n' number, 'w' word, else the sign itself */
    bool has_space;             /* blanks before it */
    int value;
    int n_digits;
    char word[40];
};

struct tokens {
    struct token list[MAX_TOKENS];
    int n;
};

static const struct when nothing = { .hour = -1, .minute = -1, .second = -1 };

/* --- tokens --------------------------------------------------------------------------------------------- */

/* Text without marks and case, any digits as ASCII, the signs of Chinese dates as hyphens. New string. */
static char *fold(const char *text)
{
    g_autofree char *apart = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);
    g_autofree char *lower = g_utf8_casefold(apart != NULL ? apart : "", -1);
    GString *out = g_string_sized_new(strlen(lower));
    for (const char *c = lower; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        if (g_unichar_combining_class(letter) != 0 || g_unichar_ismark(letter)) {
            continue;
        }
        if (g_unichar_isdigit(letter)) {
            g_string_append_c(out, (char)('0' + g_unichar_digit_value(letter)));
        /* year, month: zh, ja, ko */
        } else if (letter == 0x5E74 || letter == 0x6708 || letter == 0xB144 || letter == 0xC6D4) {
            g_string_append_c(out, '-');
        } else if (letter == 0x65E5 || letter == 0xC77C) {      /* day */
            g_string_append_c(out, ' ');
        } else if (letter == 0x2013 || letter == 0x2212 || letter == 0x2010) {
            g_string_append_c(out, '-');
        } else if (g_unichar_isspace(letter)) {
            g_string_append_c(out, ' ');
        } else {
            g_string_append_unichar(out, letter);
        }
    }
    return g_string_free(out, FALSE);
}

static const char *take_number(const char *c, struct token *token)
{
    token->kind = 'n';
    for (; g_ascii_isdigit(*c); c++) {
        token->n_digits++;
        token->value = token->n_digits <= 8 ? token->value * 10 + (*c - '0') : token->value;
    }
    return c;
}

static const char *take_word(const char *c, struct token *token)
{
    size_t len = 0;
    token->kind = 'w';
    while (g_unichar_isalpha(g_utf8_get_char(c))) {
        const char *next = g_utf8_next_char(c);
        if (len + (size_t)(next - c) < sizeof token->word) {
            memcpy(token->word + len, c, (size_t)(next - c));
            len += (size_t)(next - c);
        }
        c = next;
    }
    return c;
}

/* false: too many. What stands in brackets is left out. */
static bool tokenize(const char *c, struct tokens *tokens)
{
    bool has_space = false;
    tokens->n = 0;
    while (*c != '\0' && *c != '[' && *c != '(') {
        if (*c == ' ') {
            has_space = true;
            c++;
            continue;
        }
        if (tokens->n == MAX_TOKENS) {
            return false;
        }
        struct token *token = &tokens->list[tokens->n++];
        *token = (struct token){ .has_space = has_space };
        has_space = false;
        if (g_ascii_isdigit(*c)) {
            c = take_number(c, token);
        } else if (g_unichar_isalpha(g_utf8_get_char(c))) {
            c = take_word(c, token);
        } else {
            token->kind = (guint8)*c < 0x80 ? *c : '?';
            c = g_utf8_next_char(c);
        }
    }
    return true;
}

/* Kind of token i; 0 beyond the end. */
static char kind_at(const struct tokens *tokens, int i)
{
    return i < tokens->n ? tokens->list[i].kind : '\0';
}

static bool is_word(const struct tokens *tokens, int i, const char *word)
{
    return kind_at(tokens, i) == 'w' && strcmp(tokens->list[i].word, word) == 0;
}

static void remove_tokens(struct tokens *tokens, int from, int to)
{
    memmove(&tokens->list[from], &tokens->list[to], (size_t)(tokens->n - to) * sizeof tokens->list[0]);
    tokens->n -= to - from;
}

/* --- time and zone -------------------------------------------------------------------------------------- */

/* "am", "pm", "a.m." at i: which ('a', 'p', 0), and how many tokens it takes. */
static char half_day(const struct tokens *tokens, int i, int *n_out)
{
    *n_out = 1;
    if (is_word(tokens, i, "am") || is_word(tokens, i, "pm")) {
        return tokens->list[i].word[0];
    }
    if ((is_word(tokens, i, "a") || is_word(tokens, i, "p")) && kind_at(tokens, i + 1) == '.'
        && is_word(tokens, i + 2, "m")) {
        *n_out = kind_at(tokens, i + 3) == '.' ? 4 : 3;
        return tokens->list[i].word[0];
    }
    *n_out = 0;
    return 0;
}

/* Offset at i ("+05:30", "-0500", "+01") into *when. Returns the index after it. */
static int take_offset(const struct tokens *tokens, int i, struct when *when)
{
    char sign = kind_at(tokens, i);
    if ((sign != '+' && sign != '-') || kind_at(tokens, i + 1) != 'n' || tokens->list[i + 1].has_space) {
        return i;
    }
    const struct token *number = &tokens->list[i + 1];
    int hours = number->value;
    int minutes = 0;
    int end = i + 2;
    if (number->n_digits == 4) {
        hours = number->value / 100;
        minutes = number->value % 100;
    } else if (number->n_digits > 2) {
        return i;
    } else if (kind_at(tokens, i + 2) == ':' && kind_at(tokens, i + 3) == 'n') {
        minutes = tokens->list[i + 3].value;
        end = i + 4;
    }
    if (hours > 14 || minutes > 59) {
        return i;
    }
    when->has_zone = true;
    when->zone_offset_s += (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    return end;
}

/* Zone at i, if there is one. Returns the index after it. */
static int take_zone(const struct tokens *tokens, int i, struct when *when)
{
    int offset_s = 0;
    if (kind_at(tokens, i) == 'w' && when_word_zone(tokens->list[i].word, &offset_s)) {
        when->has_zone = true;
        when->zone_offset_s = offset_s;
        i++;
        if (offset_s != 0 || is_word(tokens, i - 1, "z")) {
            return i;
        }
    }
    return take_offset(tokens, i, when);
}

/* Takes the first time of day out of the tokens. false: there is one that cannot be. */
static bool take_time(struct tokens *tokens, struct when *when)
{
    for (int i = 0; i + 2 < tokens->n; i++) {
        if (kind_at(tokens, i) != 'n' || kind_at(tokens, i + 1) != ':' || kind_at(tokens, i + 2) != 'n') {
            continue;
        }
        int end = i + 3;
        when->hour = tokens->list[i].value;
        when->minute = tokens->list[i + 2].value;
        if (kind_at(tokens, end) == ':' && kind_at(tokens, end + 1) == 'n') {
            when->second = tokens->list[end + 1].value == 60 ? 59 : tokens->list[end + 1].value;    /* a leap second */
            end += 2;
            if ((kind_at(tokens, end) == '.' || kind_at(tokens, end) == ',') && kind_at(tokens, end + 1) == 'n'
                && !tokens->list[end + 1].has_space) {
                end += 2;
            }
        }
        int n_half = 0;
        char half = half_day(tokens, end, &n_half);
        end += n_half;
        if (half != 0 && (when->hour < 1 || when->hour > 12)) {
            return false;
        }
        when->hour = half == 'p' ? when->hour % 12 + 12 : half == 'a' ? when->hour % 12 : when->hour;
        end = take_zone(tokens, end, when);
        bool is_after_t = i > 0 && is_word(tokens, i - 1, "t");
        remove_tokens(tokens, is_after_t ? i - 1 : i, end);
        return when->hour <= 23 && when->minute <= 59 && when->second <= 59;
    }
    return true;
}

/* --- the date ------------------------------------------------------------------------------------------- */

static int full_year(const struct token *number, struct when *when)
{
    if (number->n_digits > 2) {
        return number->value;
    }
    when->is_short_year = true;
    return number->value + (number->value < 69 ? 2000 : 1900);
}

static int days_in(int year, int month)
{
    static const guint8 lengths[13] = { 0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = year == 0 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    return month == 2 && !is_leap ? 28 : lengths[month];
}

static bool is_year_number(const struct token *number)
{
    return number->n_digits == 4 || (number->n_digits <= 2 && number->value > 31);
}

/* "Mar 2020", "15-Mar-24", "Jun 15, 1988", "Jun 15": numbers around the word of a month. */
static bool read_with_month(const struct token *const *numbers, int n, bool is_glued, struct when *when)
{
    if (n == 0 || n > 2) {
        return false;
    }
    if (n == 1) {
        /* a spreadsheet makes "Sep-08" of Sep 2008, but "15-Jun" of Jun 15 */
        if (is_year_number(numbers[0]) || (is_glued && numbers[0]->n_digits == 2)) {
            when->year = full_year(numbers[0], when);
        } else {
            when->day = numbers[0]->value;
            return numbers[0]->n_digits <= 2 && when->day > 0;
        }
        return true;
    }
    bool is_year_first = is_year_number(numbers[0]) && !is_year_number(numbers[1]);
    const struct token *year = numbers[is_year_first ? 0 : 1];
    const struct token *day = numbers[is_year_first ? 1 : 0];
    when->year = full_year(year, when);
    when->day = day->value;
    return day->n_digits <= 2 && when->day > 0 && (year->n_digits == 2 || year->n_digits == 4);
}

/* Day and month out of two numbers whose order the separator, the order or their size tells. */
static void settle(int first, int second, char separator, enum when_order order, struct when *when)
{
    if (order == WHEN_ORDER_UNKNOWN && separator == '.') {
        order = WHEN_DAY_FIRST;         /* points are written by those who put the day first */
    }
    bool is_day_first = order == WHEN_DAY_FIRST;
    if (first > 12 && second <= 12) {
        is_day_first = true;
    } else if (second > 12 && first <= 12) {
        is_day_first = false;
    } else if (order == WHEN_ORDER_UNKNOWN && first != second) {
        when->is_ambiguous = true;
    }
    when->day = is_day_first ? first : second;
    when->month = is_day_first ? second : first;
}

/* "9/16/18", "2024-03-15", "15.3.2024", "03/2020", "6/15": numbers alone. */
static bool read_numbers(const struct token *const *numbers, int n, char separator, enum when_order order,
                         struct when *when)
{
    if (n == 1) {
        when->year = numbers[0]->value;
        return numbers[0]->n_digits == 4 && when->year >= 1000;
    }
    bool is_year_first = numbers[0]->n_digits == 4;
    if (is_year_first) {
        when->year = numbers[0]->value;
        when->month = numbers[1]->value;
        when->day = n == 3 ? numbers[2]->value : 0;
        return when->month > 0 && (n == 2 || when->day > 0);
    }
    const struct token *last = numbers[n - 1];
    if (n == 2 && last->n_digits == 4) {
        when->month = numbers[0]->value;
        when->year = last->value;
        return when->month > 0;
    }
    if (numbers[0]->value == 0 || numbers[1]->value == 0) {
        return false;
    }
    settle(numbers[0]->value, numbers[1]->value, separator, order, when);
    if (n == 2) {
        return separator == '/' || separator == '.';
    }
    when->year = full_year(last, when);
    return last->n_digits == 2 || last->n_digits == 4;
}

/* Sorts what is left after the time: numbers, the month's word, and the sign between the first two parts. */
static bool read_date(const struct tokens *tokens, enum when_order order, struct when *when)
{
    const struct token *numbers[3];
    int n = 0;
    bool is_glued = false;
    char separator = '\0';
    for (int i = 0; i < tokens->n; i++) {
        const struct token *token = &tokens->list[i];
        if (token->kind == 'n') {
            if (n == 3 || token->n_digits > 4) {
                return false;
            }
            numbers[n++] = token;
        } else if (token->kind == 'w') {
            int month = when_word_month(token->word);
            /* "mar" is also Tuesday in three languages */
            if (month > 0 && (when->month == 0 || when->month == 3)) {
                when->month = month;
                char next = kind_at(tokens, i + 1);
                is_glued = next == '-' || next == '\'';
            } else if (month == 0 && !when_word_is_day(token->word) && !when_word_is_filler(token->word)) {
                return false;
            }
        } else if (strchr("-/.,'", token->kind) != NULL) {
            separator = separator == '\0' && n == 1 ? token->kind : separator;
        } else {
            return false;
        }
    }
    if (when->month > 0) {
        return read_with_month(numbers, n, is_glued, when);
    }
    return n > 0 && (n == 1 || separator != '\0') && read_numbers(numbers, n, separator, order, when);
}

/* --- the forms that are no tokens ----------------------------------------------------------------------- */

/* Two digits as a number; the caller knows that they are there. */
static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

/* "--06-15", "--0615", "--06" (vCard, ISO 8601:2000). */
static bool read_yearless(const char *text, struct when *when)
{
    size_t n_digits = strspn(text + 2, "0123456789");
    const char *rest = text + 2 + n_digits;
    if (n_digits < 2) {
        return false;
    }
    when->month = two_digits(text + 2);
    if (n_digits == 2 && *rest == '\0') {
        return when->month > 0;
    }
    if (n_digits == 4 && *rest == '\0') {
        when->day = two_digits(text + 4);
    } else if (n_digits == 2 && *rest == '-' && strspn(rest + 1, "0123456789") == 2 && rest[3] == '\0') {
        when->day = two_digits(rest + 1);
    }
    return when->month > 0 && when->day > 0;
}

/* "19880615", "20240315T093000Z" (ISO 8601 basic). */
static bool read_basic(const struct tokens *tokens, struct when *when)
{
    const struct token *date = &tokens->list[0];
    if (kind_at(tokens, 0) != 'n' || date->n_digits != 8) {
        return false;
    }
    when->year = date->value / 10000;
    when->month = date->value / 100 % 100;
    when->day = date->value % 100;
    int end = 1;
    if (is_word(tokens, 1, "t") && kind_at(tokens, 2) == 'n'
        && (tokens->list[2].n_digits == 6 || tokens->list[2].n_digits == 4)) {
        int time = tokens->list[2].n_digits == 4 ? tokens->list[2].value * 100 : tokens->list[2].value;
        when->hour = time / 10000;
        when->minute = time / 100 % 100;
        when->second = tokens->list[2].n_digits == 4 ? -1 : MIN(time % 100, 59);
        end = take_zone(tokens, 3, when);
        if (when->hour > 23 || when->minute > 59) {
            return false;
        }
    }
    return end == tokens->n && when->year >= 1000 && when->month > 0 && when->day > 0;
}

/* "0/0/00", "0000-00-00": how programs write that there is no date. */
static bool is_zero_date(const char *text)
{
    return strspn(text, "0/-. :") == strlen(text) && strchr(text, '0') != NULL && strpbrk(text, "/-.") != NULL;
}

/* A day number since 1900: five digits, perhaps with the part of the day. */
static bool is_serial(const char *text)
{
    size_t n = strspn(text, "0123456789");
    const char *rest = text + n;
    if ((*rest == '.' || *rest == ',') && g_ascii_isdigit(rest[1])) {
        rest += 1 + strspn(rest + 1, "0123456789");
    }
    return n == 5 && *rest == '\0';
}

/* --- all together --------------------------------------------------------------------------------------- */

static bool exists(const struct when *when)
{
    return when->month <= 12 && when->day <= (when->month > 0 ? days_in(when->year, when->month) : 0)
        && when->year <= 9999;
}

/* Reads folded text. */
static bool read_folded(const char *folded, enum when_order order, struct when *when)
{
    struct tokens tokens;
    *when = nothing;
    if (strncmp(folded, "--", 2) == 0) {
        return read_yearless(folded, when);
    }
    if (!tokenize(folded, &tokens) || tokens.n == 0) {
        return false;
    }
    if (read_basic(&tokens, when)) {
        return true;
    }
    *when = nothing;
    return take_time(&tokens, when) && read_date(&tokens, order, when);
}

bool when_parse(const char *text, enum when_order order, struct when *out, GError **error)
{
    *out = nothing;
    if (strlen(text) > 4 * MAX_TEXT || !g_utf8_validate(text, -1, NULL)) {
        return refuse(error, "when.not_a_date", "This is not a date.");
    }
    g_autofree char *folded = g_strstrip(fold(text));
    if (*folded == '\0' || is_zero_date(folded)) {
        return true;
    }
    if (is_serial(folded)) {
        return refuse(error, "when.serial_number", "%s is a spreadsheet's number for a day. "
                      "Give the column the format Date there, and save again.", folded);
    }
    struct when when;
    bool is_read = read_folded(folded, order, &when);
    char *range = is_read ? NULL : strstr(folded, " - ");
    if (range != NULL) {                /* "Mar 5, 2025 1:00 PM - 2:00 PM": the beginning counts */
        *range = '\0';
        is_read = read_folded(folded, order, &when);
    }
    if (!is_read) {
        return refuse(error, "when.not_a_date", "\"%.60s\" is not a date that Ligature can read.", folded);
    }
    if (!exists(&when)) {
        return refuse(error, "when.no_such_day", "There is no such day as %.60s.", text);
    }
    *out = when;
    return true;
}

bool when_is_none(const struct when *when)
{
    return when->year == 0 && when->month == 0 && when->day == 0;
}

int when_month(const char *word)
{
    if (!g_utf8_validate(word, -1, NULL) || strlen(word) > MAX_TEXT) {
        return 0;
    }
    g_autofree char *folded = g_strstrip(fold(word));
    return when_word_month(folded);
}

/* --- what it means -------------------------------------------------------------------------------------- */

int32_t when_day(const struct when *when)
{
    return when->year > 0 && when->month > 0
        && when->day > 0 ? day_from_ymd(when->year, when->month, when->day) : DAY_NONE;
}

int32_t when_first_day(const struct when *when)
{
    return when->year > 0 ? day_from_ymd(when->year, MAX(when->month, 1), MAX(when->day, 1)) : DAY_NONE;
}

int64_t when_at(const struct when *when, GTimeZone *zone)
{
    int32_t day = when_day(when);
    if (day == DAY_NONE) {
        return AT_NONE;
    }
    int64_t seconds = when->hour < 0 ? 12 * 3600
        : when->hour * 3600 + MAX(when->minute, 0) * 60 + MAX(when->second, 0);
    int64_t local_s = (int64_t)day * 86400 + seconds;
    int64_t offset_s = when->zone_offset_s;
    if (!when->has_zone && zone != NULL) {
        int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_STANDARD, local_s);
        if (interval < 0) {             /* an hour that the clock leaps over: as if it had not */
            interval = g_time_zone_find_interval(zone, G_TIME_TYPE_STANDARD, local_s - 3600);
        }
        offset_s = interval >= 0 ? g_time_zone_get_offset(zone, interval) : 0;
    }
    return (local_s - offset_s) * US_PER_SECOND;
}

char *when_format(const struct when *when, char *buffer)
{
    *buffer = '\0';
    if (when->year > 0 && when->month > 0 && when->day > 0) {
        g_snprintf(buffer, WHEN_TEXT, "%04d-%02d-%02d", when->year % 10000, when->month % 100, when->day % 100);
    } else if (when->year > 0 && when->month > 0) {
        g_snprintf(buffer, WHEN_TEXT, "%04d-%02d", when->year % 10000, when->month % 100);
    } else if (when->year > 0) {
        g_snprintf(buffer, WHEN_TEXT, "%04d", when->year % 10000);
    } else if (when->month > 0 && when->day > 0) {
        g_snprintf(buffer, WHEN_TEXT, "--%02d-%02d", when->month % 100, when->day % 100);
    } else if (when->month > 0) {
        g_snprintf(buffer, WHEN_TEXT, "--%02d", when->month % 100);
    }
    return buffer;
}

/* --- settling a column ---------------------------------------------------------------------------------- */

void when_vote(struct when_votes *votes, const char *text)
{
    int first = 0;
    int second = 0;
    int n = 0;
    while (*text == ' ') {
        text++;
    }
    if (sscanf(text, "%2d%*1[/-]%2d%n", &first, &second, &n) != 2 || n == 0) {
        return;
    }
    if (first > 12 && first <= 31 && second >= 1 && second <= 12) {
        votes->day_first++;
    } else if (second > 12 && second <= 31 && first >= 1 && first <= 12) {
        votes->month_first++;
    } else if (first >= 1 && second >= 1) {
        votes->either++;
    }
}

enum when_order when_settled(const struct when_votes *votes)
{
    if (votes->month_first > 0 && votes->day_first == 0) {
        return WHEN_MONTH_FIRST;
    }
    if (votes->day_first > 0 && votes->month_first == 0) {
        return WHEN_DAY_FIRST;
    }
    return WHEN_ORDER_UNKNOWN;
}
