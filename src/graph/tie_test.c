/* Tie strength: numbers worked out by hand from the formula and the table's numbers. */
#include "graph/tie.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define DAY 20000

static void assert_near(double got, double wanted)
{
    if (fabs(got - wanted) > 1e-6) {
        fail_msg("got %.7f, wanted %.7f", got, wanted);
    }
}

static void nobody_is_tied_without_a_touch(void **state)
{
    struct tie tie;
    tie_compute(NULL, 0, 5, DAY, &tie);
    assert_near(tie.strength, 0);
    assert_int_equal(tie.n_terms, 0);
    assert_int_equal(tie.last_day, INT32_MIN);
    assert_string_equal(tie_word(tie.strength, tie.n_touches), "untied");
}

static void one_meeting_today(void **state)
{
    /* recency .3(1-e^-1) frequency .25(1-e^-1/4) depth .2(1-e^-1/3) reciprocity .15(1-e^-1/1.5) */
    struct tie_touch touch = {.on_day = DAY, .direction = 0, .is_two_way = true, .weight = 1.0f};
    struct tie tie;
    tie_compute(&touch, 1, 0, DAY, &tie);
    assert_near(tie.strength, 0.1896362 + 0.0552998 + 0.0566937 + 0.0729874);
    assert_int_equal(tie.terms[0].kind, TIE_RECENCY);
    assert_int_equal(tie.terms[1].kind, TIE_RECIPROCITY);
    assert_int_equal(tie.n_terms, 4);
    assert_string_equal(tie_word(tie.strength, tie.n_touches), "steady");
}

static void a_touch_halves_with_its_half_life(void **state)
{
    /* 90 days: recency worth 1/2; 180 days would halve frequency, 90 days leave 2^-.5 */
    struct tie_touch touch = {.on_day = DAY - 90, .direction = 1, .weight = 1.0f};
    struct tie tie;
    tie_compute(&touch, 1, 0, DAY, &tie);
    assert_near(tie.terms[0].points, 0.3 * (1 - exp(-0.5)));
    assert_near(tie.terms[1].points, 0.25 * (1 - exp(-0.7071067811865476 / 4)));
    assert_int_equal(tie.n_terms, 2);
}

static void one_way_mail_has_no_reciprocity_and_an_answer_gives_it(void **state)
{
    struct tie_touch touches[] = {{.on_day = DAY, .direction = 1, .weight = 0.4f},
                                  {.on_day = DAY, .direction = -1, .weight = 0.4f}};
    struct tie one;
    struct tie both;
    tie_compute(touches, 1, 0, DAY, &one);
    tie_compute(touches, 2, 0, DAY, &both);
    for (int i = 0; i < one.n_terms; i++) {
        assert_int_not_equal(one.terms[i].kind, TIE_RECIPROCITY);
    }
    bool has_reciprocity = false;
    for (int i = 0; i < both.n_terms; i++) {
        if (both.terms[i].kind == TIE_RECIPROCITY) {
            has_reciprocity = true;
            assert_near(both.terms[i].points, 0.15 * (1 - exp(-(double)0.4f / 1.5)));
            assert_int_equal(both.terms[i].n_in, 1);
            assert_int_equal(both.terms[i].n_out, 1);
        }
    }
    assert_true(has_reciprocity);
    assert_true(both.strength > one.strength);
}

static void strength_stays_below_one_and_terms_sum_to_it(void **state)
{
    struct tie_touch touches[500];
    for (int i = 0; i < 500; i++) {
        touches[i] = (struct tie_touch){.on_day = DAY - i / 5,
                                        .direction = (int8_t)(i % 3 - 1),
                                        .is_two_way = true,
                                        .weight = 1.5f};
    }
    struct tie tie;
    tie_compute(touches, 500, 10, DAY, &tie);
    double sum = 0;
    for (int i = 0; i < tie.n_terms; i++) {
        sum += tie.terms[i].points;
        assert_true(i == 0 || tie.terms[i].points <= tie.terms[i - 1].points);
    }
    assert_near(sum, tie.strength);
    assert_true(tie.strength > 0.85 && tie.strength <= 1);
    assert_string_equal(tie_word(tie.strength, 500), "tied");
}

static void days_ahead_and_worthless_touches_do_not_count(void **state)
{
    struct tie_touch touches[] = {{.on_day = DAY + 1, .direction = 0, .weight = 1.0f},
                                  {.on_day = DAY, .direction = 0, .weight = 0}};
    struct tie tie;
    tie_compute(touches, 2, 3, DAY, &tie);
    assert_int_equal(tie.n_touches, 0);
    assert_near(tie.strength, 0);
}

static void words_and_slack(void **state)
{
    double from;
    double below;
    assert_string_equal(tie_word(0.0, 1), "faint");
    assert_string_equal(tie_word(0.15, 1), "thin");
    assert_string_equal(tie_word(0.6, 1), "warm");
    assert_string_equal(tie_word(0.95, 0), "untied");
    assert_true(tie_word_range("warm", &from, &below));
    assert_near(from, 0.6);
    assert_near(below, 0.85);
    assert_false(tie_word_range("hot", &from, &below));
    assert_false(tie_is_slack(DAY - 30, 30, DAY));
    assert_true(tie_is_slack(DAY - 31, 30, DAY));
    assert_false(tie_is_slack(INT32_MIN, 30, DAY));
    assert_false(tie_is_slack(DAY - 31, -1, DAY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_tied_without_a_touch),
        cmocka_unit_test(one_meeting_today),
        cmocka_unit_test(a_touch_halves_with_its_half_life),
        cmocka_unit_test(one_way_mail_has_no_reciprocity_and_an_answer_gives_it),
        cmocka_unit_test(strength_stays_below_one_and_terms_sum_to_it),
        cmocka_unit_test(days_ahead_and_worthless_touches_do_not_count),
        cmocka_unit_test(words_and_slack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
