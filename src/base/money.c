/* Reading money is mostly telling which of comma, point and blank parts thousands: a separator is
 * the decimal one when one or two digits follow it at the very end and it is not the same as
 * another before it. */
#include "base/money.h"

#include "base/words.h"

#include <glib.h>
#include <string.h>

/* Signs before or behind a sum; longer ones stand before those they end with. */
static const struct {
    const char *sign;
    const char *currency;
    bool is_written;
} signs[] = {
    { "US$", "USD", false }, { "CA$", "CAD", false }, { "C$", "CAD", true },
    { "AU$", "AUD", false }, { "A$", "AUD", true },   { "NZ$", "NZD", true },
    { "HK$", "HKD", true },  { "S$", "SGD", true },   { "R$", "BRL", true },
    { "$", "USD", true },    { "€", "EUR", true },    { "£", "GBP", true },
    { "¥", "JPY", true },    { "₹", "INR", true },    { "₩", "KRW", true },
    { "₦", "NGN", true },    { "₪", "ILS", true },    { "₱", "PHP", true },
    { "₫", "VND", true },    { "₴", "UAH", true },    { "₽", "RUB", true },
    { "₺", "TRY", true },    { "৳", "BDT", true },    { "₾", "GEL", true },
    { "֏", "AMD", true },
};

/* Steps over blanks, also the narrow and unbreakable ones that part thousands. */
static const char *skip_blanks(const char *at)
{
    while (*at != '\0' && g_unichar_isspace(g_utf8_get_char(at))) {
        at = g_utf8_next_char(at);
    }
    return at;
}

/* Reads a sign or three letters at *at into currency. */
static bool take_currency(const char **at, char currency[static 4])
{
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        if (g_str_has_prefix(*at, signs[i].sign)) {
            *at += strlen(signs[i].sign);
            memcpy(currency, signs[i].currency, 4);
            return true;
        }
    }
    if (!g_ascii_isalpha((*at)[0]) || !g_ascii_isalpha((*at)[1]) || !g_ascii_isalpha((*at)[2])
        || g_ascii_isalpha((*at)[3])) {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        currency[i] = g_ascii_toupper((*at)[i]);
    }
    currency[3] = '\0';
    *at += 3;
    return true;
}

/* A separator of digits: '.', ',', '\'' or ' ' (any blank); 0 when there is none at *at before a
 * digit. */
static char take_separator(const char **at)
{
    const char *next = skip_blanks(*at);
    char found = next > *at ? ' ' : strchr(".,'", **at) != NULL ? **at : '\0';
    next = next > *at ? next : *at + 1;
    if (found == '\0' || !g_ascii_isdigit(*next)) {
        return '\0';
    }
    *at = next;
    return found;
}

/* Reads the sum at *at. groups: digits since the last separator; a wrong grouping ("1,25,0") is
 * refused. */
static bool take_cents(const char **at, int64_t *cents_out)
{
    int64_t value = 0;
    int n_digits = 0;
    int n_group = 0;
    char last = '\0';
    char thousands = '\0';
    while (g_ascii_isdigit(**at)) {
        value = value * 10 + (*(*at)++ - '0');
        n_group++;
        if (++n_digits > 15) {
            return false;
        }
        char separator = g_ascii_isdigit(**at) || **at == '\0' ? '\0' : take_separator(at);
        if (separator == '\0') {
            continue;
        }
        if (last != '\0'
            && ((n_group != 2 && n_group != 3) || last != (thousands != '\0' ? thousands : last))) {
            return false; /* what stood before was no group of thousands */
        }
        thousands = last != '\0' ? last : thousands;
        last = separator;
        n_group = 0;
    }
    bool is_decimal =
        last != '\0' && last != ' ' && last != '\'' && last != thousands && n_group <= 2;
    if (n_digits == 0
        || (last != '\0' && !is_decimal
            && (n_group != 3 || (thousands != '\0' && last != thousands)))) {
        return false;
    }
    value *= is_decimal ? (n_group == 1 ? 10 : 1) : 100;
    *cents_out = value;
    return value <= MONEY_MAX_CENTS;
}

bool money_parse(const char *text, const char *default_currency, struct money *money_out)
{
    struct money money = { 0 };
    if (text == NULL || !g_utf8_validate(text, -1, NULL)) {
        return false;
    }
    const char *at = skip_blanks(text);
    bool has_currency = !g_ascii_isdigit(*at) && take_currency(&at, money.currency);
    at = skip_blanks(at);
    if (!take_cents(&at, &money.cents)) {
        return false;
    }
    at = skip_blanks(at);
    if (!has_currency && *at != '\0') {
        has_currency = take_currency(&at, money.currency);
    }
    at = skip_blanks(at);
    if (*at != '\0') {
        return false;
    }
    if (!has_currency) {
        g_strlcpy(money.currency, default_currency, sizeof money.currency);
    }
    *money_out = money;
    return true;
}

char *money_format(const struct money *money)
{
    g_autofree char *whole = words_number(money->cents / 100);
    int rest = (int)(money->cents % 100);
    g_autofree char *sum =
        rest != 0 ? g_strdup_printf("%s.%02d", whole, rest < 0 ? -rest : rest) : g_strdup(whole);
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        if (signs[i].is_written && strcmp(signs[i].currency, money->currency) == 0) {
            return g_strconcat(signs[i].sign, sum, NULL);
        }
    }
    return g_strdup_printf("%s %s", sum, money->currency);
}
