/* Words of the numbers, and their sum. */
#include "feature/strategies/strategies_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void numbers_are_said_in_words_up_to_ninety_nine(void **state)
{
    (void)state;
    static const struct {
        int n;
        const char *words;
    } cases[] = {{0, "no"},        {1, "one"},         {19, "nineteen"}, {20, "twenty"},
                 {21, "twenty-one"}, {99, "ninety-nine"}, {100, "100"},    {1250, "1,250"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *words = number_in_words(cases[i].n);
        assert_string_equal(words, cases[i].words);
    }
}

static void hours_are_exact_while_they_are_few(void **state)
{
    (void)state;
    static const struct {
        int minutes;
        const char *words;
    } cases[] = {{45, "45 min"}, {105, "1 h 45"}, {299, "4 h 59"}, {300, "5 h"},
                 {329, "5 h"},   {330, "6 h"},    {11640, "194 h"}, {90000, "1,500 h"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *words = outcome_hours(cases[i].minutes);
        assert_string_equal(words, cases[i].words);
    }
    g_autofree char *money = outcome_money(237500);
    assert_string_equal(money, "$2,375");
}

static void every_number_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (int of = 0; of < N_OUTCOME; of++) {
        assert_int_equal(outcome_named(outcome_names[of].of), of);
    }
    assert_int_equal(outcome_named("luck"), N_OUTCOME);
    assert_int_equal(outcome_named(NULL), N_OUTCOME);
}

static void a_sum_adds_numbers_and_weeks(void **state)
{
    (void)state;
    g_autoptr(GArray) outcomes = g_array_new(FALSE, TRUE, sizeof(struct outcomes));
    struct outcomes one = {.strategy = "alumni"};
    one.n[OUTCOME_TALKS] = 2;
    one.steps_by_week[11] = 3;
    one.answered_by_week[11] = 1;
    g_array_append_val(outcomes, one);
    one.n[OUTCOME_TALKS] = 5;
    g_array_append_val(outcomes, one);
    struct outcomes sum = outcomes_sum(outcomes);
    assert_string_equal(sum.strategy, "all");
    assert_int_equal(sum.n[OUTCOME_TALKS], 7);
    assert_int_equal(sum.n[OUTCOME_STEPS], 0);
    assert_int_equal(sum.steps_by_week[11], 6);
    assert_int_equal(sum.answered_by_week[11], 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_said_in_words_up_to_ninety_nine),
        cmocka_unit_test(hours_are_exact_while_they_are_few),
        cmocka_unit_test(every_number_has_a_name_of_its_own),
        cmocka_unit_test(a_sum_adds_numbers_and_weeks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
