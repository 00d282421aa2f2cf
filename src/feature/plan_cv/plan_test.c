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
                 "Bring your CV up to date, until Wed 3 June");
    g_autoptr(outlook_ptr) later = aiming("step1 step2ck oet", TODAY);
    g_autoptr(season_ptr) same = look_season(later, NULL);
    assert_looks(later, &plan_cv_strategy, "Bring your CV up to date");
}

static void an_exam_ahead_gets_a_day_of_its_own(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming("step1 oet", APRIL);
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    g_autofree char *found = strategy_look(outlook, &plan_cv_strategy);
    assert_non_null(strstr(found, "Enter your own day for “Step 2 CK result in hand”"));
    g_autoptr(outlook_ptr) known = aiming("step1 oet", APRIL);
    g_autoptr(GArray) own = look_date("rule", "Step 2 CK", APRIL + 60, DAY_NONE);
    g_array_index(own, struct own_date, 0).rule = "usmle_step2ck";
    g_autoptr(season_ptr) moved = look_season(known, own);
    g_autofree char *quiet = strategy_look(known, &plan_cv_strategy);
    assert_null(strstr(quiet, "Enter your own day"));
}

/* With fewer than three steps there is nothing to compare. */
static void a_month_with_steps_is_looked_back_on(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming("step1 step2ck oet", TODAY);
    for (int i = 0; i < 3; i++) {
        struct step step = {.step_id = i + 1,
                            .title = "Write",
                            .state = "done",
                            .closed_at = (int64_t)(TODAY - 10 - i) * US_PER_DAY};
        g_array_append_val(outlook->steps, step);
    }
    assert_looks(outlook, &plan_cv_strategy, "Bring your CV up to date\nLook back on the month");
    g_array_index(outlook->steps, struct step, 2).closed_at = (int64_t)(TODAY - 40) * US_PER_DAY;
    assert_looks(outlook, &plan_cv_strategy, "Bring your CV up to date");
}

/* Match Day is Fri 19 March 2027: SOAP from Mon 15 to Thu 18. */
static void soap_is_made_ready_a_week_before(void **state)
{
    (void)state;
    static const struct {
        int days_before_match;
        bool is_time;
    } cases[] = {{12, false}, {11, true}, {1, true}, {0, false}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int32_t match = day_from_ymd(2027, 3, 19);
        g_autoptr(outlook_ptr) outlook =
            aiming("step1 step2ck oet", match - cases[i].days_before_match);
        outlook->goal.stage = "applying";
        g_autoptr(season_ptr) season = look_season(outlook, NULL);
        g_autofree char *found = strategy_look(outlook, &plan_cv_strategy);
        assert_int_equal(strstr(found, "Make ready for SOAP") != NULL, cases[i].is_time);
    }
}

static void who_cannot_book_step_1_begins_with_the_account(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming("", APRIL);
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    g_autofree char *found = strategy_look(outlook, &plan_cv_strategy);
    assert_non_null(strstr(found, "Begin the confirmation of your identity"));
    g_autoptr(outlook_ptr) passed = aiming("step1", APRIL);
    g_autoptr(season_ptr) same = look_season(passed, NULL);
    g_autofree char *later = strategy_look(passed, &plan_cv_strategy);
    assert_null(strstr(later, "Begin the confirmation of your identity"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_goal_only_the_questions_are_asked),
        cmocka_unit_test(the_cv_is_ready_before_the_application_opens),
        cmocka_unit_test(an_exam_ahead_gets_a_day_of_its_own),
        cmocka_unit_test(a_month_with_steps_is_looked_back_on),
        cmocka_unit_test(soap_is_made_ready_a_week_before),
        cmocka_unit_test(who_cannot_book_step_1_begins_with_the_account),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
