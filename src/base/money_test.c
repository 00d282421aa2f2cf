/* Money as people write it. */
#include "base/money.h"

#include <glib.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

static void check(const char *text, int64_t cents, const char *currency)
{
    struct money money = { 0 };
    assert_true(money_parse(text, "USD", &money));
    assert_true(money.cents == cents);
    assert_string_equal(money.currency, currency);
}

static void sums_are_read(void **state)
{
    check("$1,250", 125000, "USD");
    check("1250 USD", 125000, "USD");
    check("USD 1,250.50", 125050, "USD");
    check("1250", 125000, "USD");
    check("0", 0, "USD");
    check(" 80 € ", 8000, "EUR");
    check("€ 1.250,50", 125050, "EUR");
    check("1 250,50 €", 125050, "EUR");
    check("1\xe2\x80\xaf" "250 EUR", 125000, "EUR");
    check("CHF 1'250.5", 125050, "CHF");
    check("C$300", 30000, "CAD");
    check("US$20.05", 2005, "USD");
    check("1.250", 125000, "USD");
    check("12,5", 1250, "USD");
    check("₹1,00,000", 10000000, "INR");
    check("1,234,567.89 gbp", 123456789, "GBP");
    check("$1000000000000", INT64_C(100000000000000), "USD");
}

static void what_is_no_sum_is_refused(void **state)
{
    const char *none[] = { NULL,
                           "",
                           "free",
                           "$",
                           "-5",
                           "100-200",
                           "1,2,3",
                           "1.2.3",
                           "12 dollars",
                           "5 %",
                           "1,25,0",
                           "$5 EUR",
                           "1.250,505",
                           "1000000000001",
                           "12345678901234567890",
                           "1,250.",
                           "\xff" };
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
        struct money money = { .cents = 42 };
        if (money_parse(none[i], "USD", &money)) {
            fail_msg("%s was taken for %ld cents", none[i], (long)money.cents);
        }
        assert_true(money.cents == 42);
    }
}

static void check_format(int64_t cents, const char *currency, const char *expected)
{
    struct money money = { .cents = cents };
    g_strlcpy(money.currency, currency, sizeof money.currency);
    g_autofree char *text = money_format(&money);
    assert_string_equal(text, expected);
}

static void sums_are_written_short(void **state)
{
    check_format(125000, "USD", "$1,250");
    check_format(125050, "USD", "$1,250.50");
    check_format(5, "EUR", "€0.05");
    check_format(125000, "SEK", "1,250 SEK");
    check_format(30000, "CAD", "C$300");
    check_format(0, "USD", "$0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_read),
        cmocka_unit_test(what_is_no_sum_is_refused),
        cmocka_unit_test(sums_are_written_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
