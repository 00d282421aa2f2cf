/* What the cells of a column look like, counted. Only the shape is judged; whether an address or a number is
 * good is for base/ident.h to say when it is taken. */
#include "codec/columns.h"

#include "codec/when.h"

#include <string.h>

static bool looks_like_email(const char *cell)
{
    const char *at = strchr(cell, '@');
    return at != NULL && at > cell && strpbrk(cell, " \t,;/") == NULL && strchr(at + 1, '@') == NULL
        && strchr(at + 1, '.') != NULL;
}

static bool looks_like_url(const char *cell)
{
    if (strchr(cell, ' ') != NULL || strchr(cell, '@') != NULL) {
        return false;
    }
    bool has_scheme = g_ascii_strncasecmp(cell, "http://", 7) == 0 || g_ascii_strncasecmp(cell, "https://", 8) == 0;
    return has_scheme || g_ascii_strncasecmp(cell, "www.", 4) == 0
        || (strstr(cell, "linkedin.com/") != NULL && g_ascii_isalpha(*cell));
}

/* 7 to 15 digits (E.164) with the signs that people put between them. */
static bool looks_like_phone(const char *cell)
{
    int n_digits = 0;
    const char *extension = strpbrk(cell, "xXe");
    size_t len = extension != NULL && extension > cell ? (size_t)(extension - cell) : strlen(cell);
    for (size_t i = 0; i < len; i++) {
        if (g_ascii_isdigit(cell[i])) {
            n_digits++;
        } else if (strchr("+()-./ \xC2\xA0", cell[i]) == NULL) {
            return false;
        }
    }
    return n_digits >= 7 && n_digits <= 15;
}

/* Luhn over 80840 and the ten digits (CMS, NPI check digit); 80840 adds 24. */
static bool looks_like_npi(const char *cell)
{
    if (strlen(cell) != 10 || strspn(cell, "0123456789") != 10 || (*cell != '1' && *cell != '2')) {
        return false;
    }
    int total = 24;
    for (int i = 0; i < 10; i++) {
        int digit = cell[i] - '0';
        int doubled = i % 2 == 0 ? digit * 2 : digit;
        total += doubled > 9 ? doubled - 9 : doubled;
    }
    return total % 10 == 0;
}

/* Two to five words, each with a capital or of a script without capitals, no digits. */
static bool looks_like_name(const char *cell)
{
    int n_words = 0;
    int n_capital = 0;
    bool is_start = true;
    for (const char *c = cell; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        if (g_unichar_isdigit(letter) || (letter < 0x80 && strchr("@/:;_|<>=+!?&", (int)letter) != NULL)) {
            return false;
        }
        if (is_start && g_unichar_isalpha(letter)) {
            n_words++;
            n_capital += !g_unichar_islower(letter);
        }
        is_start = letter == ' ';
    }
    return n_words >= 2 && n_words <= 5 && n_capital * 2 > n_words;
}

void column_sample_add(struct column_sample *sample, const char *cell)
{
    sample->cells++;
    size_t len = strlen(cell);
    if (len == 0) {
        sample->empty++;
        return;
    }
    sample->longest = MAX(sample->longest, (int)MIN(g_utf8_strlen(cell, (gssize)len), 1000000));
    if (len > 200) {
        return;
    }
    sample->email += looks_like_email(cell);
    sample->url += looks_like_url(cell);
    sample->npi += looks_like_npi(cell);
    sample->name += looks_like_name(cell);
    struct when when;
    bool is_date = when_parse(cell, WHEN_ORDER_UNKNOWN, &when, NULL) && !when_is_none(&when);
    bool is_year = is_date && when.month == 0;
    sample->year += is_year;
    sample->date += is_date && !is_year;
    sample->phone += !is_date && looks_like_phone(cell);
}
