/* Dates (RFC 6350 4.3, RFC 2426 "date" and "date-time"): basic and extended, whole and truncated.
 *
 *     19880615  1988-06-15  1988-06  1988  --0615  --06-15  --06  ---15
 *     each whole day, and nothing, before a time: T102200Z  T10:22  T10-0800  T10:22:00.5+01:00
 *
 * Fractions of a second are read and dropped. */
#include "codec/vcard_private.h"

/* Reads exactly n digits. */
static bool take_digits(const char **at, const char *end, unsigned n, int *number_out)
{
    if (end - *at < (ptrdiff_t)n) {
        return false;
    }
    int number = 0;
    for (unsigned i = 0; i < n; i++) {
        char c = (*at)[i];
        if (c < '0' || c > '9') {
            return false;
        }
        number = 10 * number + (c - '0');
    }
    *at += n;
    *number_out = number;
    return true;
}

static bool take_char(const char **at, const char *end, char wanted)
{
    if (*at < end && **at == wanted) {
        ++*at;
        return true;
    }
    return false;
}

/* "--" and "---" forms, behind their first two dashes. */
static bool parse_truncated(const char **at, const char *end, int *month, int *day)
{
    if (take_char(at, end, '-')) {
        return take_digits(at, end, 2, day);
    }
    if (!take_digits(at, end, 2, month)) {
        return false;
    }
    bool has_dash = take_char(at, end, '-');
    return take_digits(at, end, 2, day) || !has_dash;
}

static bool is_day(int year, int month, int day)
{
    static const int days[13] = { 31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (month < 0 || month > 12 || day < 0 || day > days[month]) {
        return false;
    }
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);       /* no year: 0 */
    return month != 2 || day != 29 || is_leap;
}

static bool parse_day(const char **at, const char *end, struct vcard_date *date)
{
    int year = 0;
    int month = 0;
    int day = 0;
    if (end - *at >= 2 && (*at)[0] == '-' && (*at)[1] == '-') {
        *at += 2;
        if (!parse_truncated(at, end, &month, &day)) {
            return false;
        }
    } else {
        if (!take_digits(at, end, 4, &year)) {
            return false;
        }
        if (take_char(at, end, '-')) {
            if (!take_digits(at, end, 2, &month)
                || (take_char(at, end, '-') && !take_digits(at, end, 2, &day))) {
                return false;
            }
        } else if (take_digits(at, end, 2, &month) && !take_digits(at, end, 2, &day)) {
            return false;       /* YYYYMM is no date: it could be YYMMDD */
        }
        if (month == 0 && day != 0) {
            return false;
        }
    }
    if (!is_day(year, month, day)) {
        return false;
    }
    date->year = (int16_t)year;
    date->month = (int8_t)month;
    date->day = (int8_t)day;
    return year != 0 || month != 0 || day != 0;
}

/* Z, +HH, +HHMM, +HH:MM; nothing is local time. */
static bool parse_zone(const char **at, const char *end, struct vcard_date *date)
{
    if (*at == end) {
        return true;
    }
    date->has_zone = true;
    if (take_char(at, end, 'Z') || take_char(at, end, 'z')) {
        return true;
    }
    bool is_west = **at == '-';
    if (!take_char(at, end, '+') && !take_char(at, end, '-')) {
        return false;
    }
    int hours;
    int minutes = 0;
    if (!take_digits(at, end, 2, &hours)) {
        return false;
    }
    bool has_colon = take_char(at, end, ':');
    if (!take_digits(at, end, 2, &minutes) && (has_colon || *at < end)) {
        return false;
    }
    if (hours > 23 || minutes > 59) {
        return false;
    }
    date->zone_minutes = (int16_t)((is_west ? -1 : 1) * (60 * hours + minutes));
    return true;
}

/* HH, HHMM, HHMMSS, with or without colons; a fraction is dropped. */
static bool parse_time(const char **at, const char *end, struct vcard_date *date)
{
    int hour;
    int minute = 0;
    int second = 0;
    if (!take_digits(at, end, 2, &hour)) {
        return false;
    }
    bool has_colon = take_char(at, end, ':');
    bool has_minute = take_digits(at, end, 2, &minute);
    if (has_colon && !has_minute) {
        return false;
    }
    if (has_minute && (!has_colon || take_char(at, end, ':'))) {
        if (!take_digits(at, end, 2, &second) && has_colon) {
            return false;
        }
    }
    if (take_char(at, end, '.') || take_char(at, end, ',')) {
        int digit;
        while (take_digits(at, end, 1, &digit)) {
        }
    }
    if (hour > 23 || minute > 59 || second > 60) {
        return false;
    }
    date->has_time = true;
    date->hour = (int8_t)hour;
    date->minute = (int8_t)minute;
    date->second = (int8_t)second;
    return parse_zone(at, end, date);
}

bool vcard_date_parse(struct vcard_span text, struct vcard_date *date_out)
{
    const char *at = text.at;
    const char *end = text.at + text.len;
    *date_out = (struct vcard_date){ 0 };
    while (at < end && *at == ' ') {
        at++;
    }
    while (end > at && end[-1] == ' ') {
        end--;
    }
    bool is_time_only = at < end && (*at == 'T' || *at == 't');
    if (!is_time_only && !parse_day(&at, end, date_out)) {
        return false;
    }
    if (at == end) {
        return true;
    }
    bool is_whole = is_time_only || date_out->day != 0;
    return is_whole
           && (take_char(&at, end, 'T') || take_char(&at, end, 't') || take_char(&at, end, ' '))
           && parse_time(&at, end, date_out) && at == end;
}

bool vcard_date(struct vcard *card, const struct vcard_property *property,
                struct vcard_date *date_out)
{
    if (property->n_params > 0 && vcard_span_is(vcard_value_kind(card, property), "text")) {
        return false;
    }
    if (!vcard_date_parse(vcard_text(card, property), date_out)) {
        return false;
    }
    const struct vcard_param *omit = property->n_params > 0
                                         ? vcard_param_first(card, property, VCARD_PARAM_OMIT_YEAR)
                                         : NULL;
    if (omit != NULL
        && date_out->month != 0) { /* Apple: 1604-06-15 with X-APPLE-OMIT-YEAR=1604 is 15 June */
        char year[8];
        g_snprintf(year, sizeof year, "%04d", date_out->year);
        if (vcard_span_is(vcard_param_values(card, omit).values[0], year)) {
            date_out->year = 0;
        }
    }
    return true;
}
