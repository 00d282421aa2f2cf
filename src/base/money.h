/* Sums of money as people write them: cents and a currency, never a floating number. */
#ifndef LIGATURE_BASE_MONEY_H
#define LIGATURE_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

struct money {
    int64_t cents;              /* hundredths also of currencies that have none in use (yen) */
    char currency[4];           /* ISO 4217, "USD" */
};

#define MONEY_MAX_CENTS INT64_C(100000000000000)        /* a million millions; more is a slip of the pen */

/* "$1,250", "1250 USD", "USD 1,250.50", "€ 1.250,50", "1 250,50 €", "C$300", "₹1,00,000". A single separator
 * before three digits parts thousands. Without a currency, default_currency (ISO 4217) is taken. False,
 * money_out untouched, for
 * anything else: no digits, a sign, a range, words. */
bool money_parse(const char *text, const char *default_currency, struct money *money_out);

/* "$1,250", "$1,250.50", "€80", "1,250 SEK". Returns a new string. */
char *money_format(const struct money *money);

#endif
