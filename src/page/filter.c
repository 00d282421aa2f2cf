/* How pages write days, money, lengths of time and counts (LOOK 7: "Tue 21 July", "1 h 45", "20 min"). */
#include "page/filter.h"

#include "base/id.h"

#include <glib.h>
#include <stdio.h>

void filter_url(struct html_out *out, const char *text)
{
    html_url_part(out, text);
}

void filter_id(struct html_out *out, int64_t id)
{
    char buffer[ID_TEXT];
    html_text(out, id_format(id, buffer));
}

void filter_iso(struct html_out *out, int32_t day)
{
    char buffer[DAY_TEXT];
    html_text(out, day_format(day, buffer));
}

void filter_day(struct html_out *out, int32_t day, int32_t today)
{
    if (day != DAY_NONE) {
        g_autofree char *words = day_words(day, today);
        html_text(out, words);
    }
}

void filter_ago(struct html_out *out, int32_t day, int32_t today)
{
    if (day != DAY_NONE) {
        g_autofree char *words = day_relative(day, today);
        html_text(out, words);
    }
}

void filter_minutes(struct html_out *out, int64_t minutes)
{
    if (minutes < 60) {
        html_number(out, minutes);
        html_literal(out, " min");
        return;
    }
    html_number(out, minutes / 60);
    html_literal(out, " h");
    if (minutes % 60 > 0) {
        html_raw(out, minutes % 60 < 10 ? " 0" : " ", minutes % 60 < 10 ? 2 : 1);
        html_number(out, minutes % 60);
    }
}

void filter_count(struct html_out *out, int64_t number)
{
    if (number < 0) {
        html_literal(out, "-");
    }
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    uint64_t unit = 1;
    while (rest / unit >= 1000) {
        unit *= 1000;
    }
    html_unsigned(out, rest / unit);
    while (unit > 1) {
        rest %= unit;
        unit /= 1000;
        char group[4] = { ',', (char)('0' + rest / unit / 100), (char)('0' + rest / unit / 10 % 10),
                          (char)('0' + rest / unit % 10) };
        html_raw(out, group, sizeof group);
    }
}

void filter_cents(struct html_out *out, int64_t cents)
{
    if (cents == 0) {
        html_literal(out, "free");
        return;
    }
    html_literal(out, "$");
    filter_count(out, cents / 100);
    int64_t rest = cents < 0 ? -(cents % 100) : cents % 100;
    if (rest > 0) {
        char part[3] = { '.', (char)('0' + rest / 10), (char)('0' + rest % 10) };
        html_raw(out, part, sizeof part);
    }
}

void filter_plural(struct html_out *out, int64_t number, const char *one, const char *many)
{
    filter_count(out, number);
    html_literal(out, " ");
    html_text(out, number == 1 ? one : many);
}

void filter_percent(struct html_out *out, int64_t part, int64_t whole)
{
    int64_t tenths = whole <= 0 ? 0 : (int64_t)((double)part * 1000.0 / (double)whole + 0.5);
    html_number(out, tenths / 10);
    if (tenths % 10 > 0) {
        html_literal(out, ".");
        html_number(out, tenths % 10);
    }
    html_literal(out, "%");
}

void filter_size(struct html_out *out, int64_t bytes)
{
    static const char *const units[] = { "kB", "MB", "GB", "TB" };
    if (bytes < 1000) {
        html_number(out, bytes);
        html_literal(out, " bytes");
        return;
    }
    double size = (double)bytes / 1000.0;
    size_t unit = 0;
    while (size >= 999.5 && unit + 1 < G_N_ELEMENTS(units)) {
        size /= 1000.0;
        unit++;
    }
    char buffer[32];
    snprintf(buffer, sizeof buffer, size < 9.95 ? "%.1f %s" : "%.0f %s", size, units[unit]);
    html_text(out, buffer);
}

void filter_lines(struct html_out *out, const char *text)
{
    while (text != NULL && *text != '\0') {
        size_t length = strcspn(text, "\n");
        html_text_n(out, text, length);
        text += length;
        if (*text == '\n') {
            html_literal(out, "<br>");
            text++;
        }
    }
}

/* The first letter of the word, as a capital. */
static void put_initial(struct html_out *out, const char *word)
{
    char letter[8] = { 0 };
    g_unichar_to_utf8(g_unichar_toupper(g_utf8_get_char(word)), letter);
    html_text(out, letter);
}

void filter_initials(struct html_out *out, const char *name)
{
    g_auto(GStrv) words = g_strsplit_set(name == NULL ? "" : name, " \t", -1);
    const char *first = NULL;
    const char *last = NULL;
    for (size_t i = 0; words[i] != NULL; i++) {
        bool is_title = g_str_has_suffix(words[i], ".") && strlen(words[i]) > 2;
        if (words[i][0] == ',' || g_str_has_suffix(words[i], ",")) {
            last = words[i][0] == ',' ? last : words[i];
            break;                  /* degrees follow */
        }
        if (words[i][0] == '\0' || is_title || !g_unichar_isalpha(g_utf8_get_char(words[i]))) {
            continue;
        }
        if (first == NULL) {
            first = words[i];
        } else {
            last = words[i];
        }
    }
    if (first != NULL) {
        put_initial(out, first);
    }
    if (last != NULL) {
        put_initial(out, last);
    }
}
