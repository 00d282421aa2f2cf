/* The goal first; then the CV before the application opens, days of one's own, a look back. */
#include "feature/plan_cv/plan.h"

#include "model/strategy_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */
#define APRIL 20555 /* Sun 12 April 2026: the application opens on Wed 3 June */

static void without_a_goal_only_the_questions_are_asked(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook->goal.hours_week = -1;
    assert_looks(outlook, &plan_cv_strategy, "Answer the questions about your goal");
}

static struct outlook *aiming(const char *exams, int32_t today)
{
    struct outlook *outlook = outlook_new(today);
    outlook->goal = (struct goal){.specialties = "internal_medicine",
                                  .cycle = 2027,
                                  .stage = "graduate",
                                  .school_country = "PK",
                                  .exams = exams,
                                  .hours_week = 360,
                                  .n_answered = 6};
    return outlook;
}

static void the_cv_is_ready_before_the_application_opens(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming("step1 step2ck oet", APRIL);
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    assert_looks(outlook, &plan_cv_strategy,
                 "Bring your CV up to date, until Wed 3 June\nLook back on the month");
    g_autoptr(outlook_ptr) later = aiming("step1 step2ck oet", TODAY);
    g_autoptr(season_ptr) same = look_season(later, NULL);
    assert_looks(later, &plan_cv_strategy, "Bring your CV up to date\nLook back on the month");
}

static void an_exam_ahead_gets_a_day_of_its_own(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming("step1 oet", APRIL);
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    g_autofree char *found = strategy_look(outlook, &plan_cv_strategy);
    assert_non_null(strstr(found, "Enter your own day of Step 2 CK result in hand"));
    g_autoptr(outlook_ptr) known = aiming("step1 oet", APRIL);
    g_autoptr(GArray) own = look_date("rule", "Step 2 CK", APRIL + 60, DAY_NONE);
    g_array_index(own, struct own_date, 0).rule = "usmle_step2ck";
    g_autoptr(season_ptr) moved = look_season(known, own);
    g_autofree char *quiet = strategy_look(known, &plan_cv_strategy);
    assert_null(strstr(quiet, "Enter your own day"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_goal_only_the_questions_are_asked),
        cmocka_unit_test(the_cv_is_ready_before_the_application_opens),
        cmocka_unit_test(an_exam_ahead_gets_a_day_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
