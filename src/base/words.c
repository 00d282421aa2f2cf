/* Wording. Kept in one place so that a page, a mail and the command line say the same thing alike.
 */
#include "base/words.h"

#include <glib.h>
#include <stdbool.h>

#define DAYS_AS_WEEKS 28
#define DAYS_AS_MONTHS 183
#define DAYS_AS_YEARS 731

char *words_number(int64_t number)
{
    char digits[32];
    int n = g_snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT,
                       number < 0 ? -(uint64_t)number : (uint64_t)number);
    GString *out = g_string_new(number < 0 ? "-" : "");
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0) {
            g_string_append_c(out, ',');
        }
        g_string_append_c(out, digits[i]);
    }
    return g_string_free(out, FALSE);
}

char *words_count(int64_t n, const char *one, const char *many)
{
    g_autofree char *number = words_number(n);
    return g_strdup_printf("%s %s", number, n == 1 ? one : many);
}

char *words_minutes(int minutes)
{
    if (minutes < 0) {
        return g_strdup("");
    }
    if (minutes < 60) {
        return g_strdup_printf("%d min", minutes);
    }
    return minutes % 60 == 0 ? g_strdup_printf("%d h", minutes / 60)
                             : g_strdup_printf("%d h %02d", minutes / 60, minutes % 60);
}

char *words_span(int days)
{
    int64_t n = days < 0 ? -(int64_t)days : days;
    if (n < DAYS_AS_WEEKS) {
        return words_count(n, "day", "days");
    }
    if (n < DAYS_AS_MONTHS) {
        return words_count(n / 7, "week", "weeks");
    }
    if (n < DAYS_AS_YEARS) {
        return words_count(n * 12 / 365, "month", "months");
    }
    return words_count(n * 4 / 1461, "year", "years");
}

char *words_late(int days)
{
    g_autofree char *span = words_span(days);
    return days > 0 ? g_strconcat(span, " late", NULL) : g_strdup("");
}

char *words_every(int days)
{
    if (days == 1 || days == 7) {
        return g_strdup(days == 1 ? "every day" : "every week");
    }
    bool is_weeks = days > 0 && days % 7 == 0;
    return g_strdup_printf("every %d %s", is_weeks ? days / 7 : days, is_weeks ? "weeks" : "days");
}

char *words_list(const char *const *words)
{
    GString *out = g_string_new(NULL);
    for (int i = 0; words[i] != NULL; i++) {
        g_string_append(out, i == 0 ? "" : words[i + 1] == NULL ? " and " : ", ");
        g_string_append(out, words[i]);
    }
    return g_string_free(out, FALSE);
}

char *words_bytes(uint64_t bytes)
{
    static const char *const units[] = { "kB", "MB", "GB", "TB", "PB", "EB" };
    if (bytes < 1000) {
        return words_count((int64_t)bytes, "byte", "bytes");
    }
    double value = (double)bytes / 1000;
    size_t unit = 0;
    while (value >= 999.5 && unit + 1 < G_N_ELEMENTS(units)) {
        value /= 1000;
        unit++;
    }
    char number[32];
    g_ascii_formatd(number, sizeof number, value < 9.95 ? "%.1f" : "%.0f", value);
    return g_strdup_printf("%s %s", number, units[unit]);
}

char *words_time_left(double seconds)
{
    if (!(seconds >= 0)) {
        return g_strdup("");
    }
    if (seconds < 8) {
        return g_strdup("a few seconds left");
    }
    if (seconds < 55) {
        return g_strdup_printf("about %d seconds left", (int)(seconds + 5) / 10 * 10);
    }
    if (seconds < 90 * 60) {
        g_autofree char *minutes = words_count((int)(seconds + 30) / 60, "minute", "minutes");
        return g_strdup_printf("about %s left", minutes);
    }
    return g_strdup_printf("about %.0f h left", seconds / 3600);
}
