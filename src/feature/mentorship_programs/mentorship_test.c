/* One programme: found, asked after, kept going. */
#include "feature/mentorship_programs/mentorship.h"

#include "model/strategy_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static void societies_of_the_specialty_are_looked_into(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook->goal.specialties = "pediatrics";
    assert_looks(outlook, &mentorship_programs_strategy,
                 "Look into the mentoring of the American Academy of Pediatrics");
}

/* Heritage counts only where it was chosen, and a group is joined before its mentoring. */
static void heritage_is_never_guessed(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook->goal.school_country = "PK";
    assert_looks(outlook, &mentorship_programs_strategy, "");
    outlook->goal.heritage = "appna";
    assert_looks(outlook, &mentorship_programs_strategy, "");
    look_pursuit(outlook, "membership", "active", "APPNA")->ref = "appna";
    g_autofree char *found = strategy_look(outlook, &mentorship_programs_strategy);
    assert_true(g_str_has_prefix(found, "Look into the mentoring of the Association of Physicians"));
}

static void one_at_a_time_is_enough(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook->goal.specialties = "pediatrics";
    struct pursuit *one = look_pursuit(outlook, "mentorship", "applied", "AAP mentoring");
    one->from_day = TODAY - 10;
    assert_looks(outlook, &mentorship_programs_strategy, "");
    one->from_day = TODAY - 28;
    assert_looks(outlook, &mentorship_programs_strategy,
                 "Ask how the matching of AAP mentoring stands");
}

static void a_session_a_month_with_points_before_it(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct pursuit *one = look_pursuit(outlook, "mentorship", "paired", "AAP mentoring");
    assert_looks(outlook, &mentorship_programs_strategy, "Agree the next session of AAP mentoring");
    one->due_day = TODAY - 1;
    assert_looks(outlook, &mentorship_programs_strategy, "Agree the next session of AAP mentoring");
    one->due_day = TODAY + 3;
    assert_looks(outlook, &mentorship_programs_strategy,
                 "Write down what you want to talk about in AAP mentoring, until Fri 24 July");
    one->due_day = TODAY + 12;
    assert_looks(outlook, &mentorship_programs_strategy, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(societies_of_the_specialty_are_looked_into),
        cmocka_unit_test(heritage_is_never_guessed),
        cmocka_unit_test(one_at_a_time_is_enough),
        cmocka_unit_test(a_session_a_month_with_points_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
