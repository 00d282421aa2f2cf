/* Places asked for three to six months ahead, by the season of a goal; papers, names and letters. */
#include "feature/us_clinical_experience/uscex.h"

#include "model/strategy_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */
#define OCTOBER 20740 /* Wed 14 October 2026: five months before a block from 1 March 2027 */
#define APRIL 20555 /* Sun 12 April 2026 */

static struct outlook *aiming(const char *stage, int cycle, int32_t today)
{
    struct outlook *outlook = outlook_new(today);
    outlook->goal = (struct goal){.specialties = "internal_medicine",
                                  .cycle = cycle,
                                  .stage = stage,
                                  .school_country = "PK",
                                  .school = "Indus Delta Medical College",
                                  .hours_week = 360,
                                  .money_month = 8000,
                                  .n_answered = 6};
    return outlook;
}

static void a_place_is_asked_for_months_ahead_of_the_block(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming("graduate", 2028, OCTOBER);
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    look_person(outlook, 7, "Amina Hassan", CONTACT_ATTENDING | CONTACT_US_LINK);
    assert_looks(outlook, &us_clinical_experience_strategy,
                 "Ask Amina Hassan about a place where you can see their work, until Sun 2 May 2027");
    g_autofree char *why = strategy_why(outlook, &us_clinical_experience_strategy);
    assert_non_null(strstr(why, "A block between March and July is given away now"));
}

static void nobody_is_asked_too_early_or_too_late(void **state)
{
    (void)state;
    static const struct {
        int cycle;
        int32_t today;
    } cases[] = {{2028, TODAY}, {2027, TODAY}, {2028, OCTOBER + 210}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(outlook_ptr) outlook = aiming("graduate", cases[i].cycle, cases[i].today);
        g_autoptr(season_ptr) season = look_season(outlook, NULL);
        look_person(outlook, 7, "Amina Hassan", CONTACT_ATTENDING | CONTACT_US_LINK);
        assert_looks(outlook, &us_clinical_experience_strategy, "");
    }
}

static void strangers_residents_and_the_far_away_are_not_asked(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming("graduate", 2028, OCTOBER);
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    look_person(outlook, 1, "A Stranger", CONTACT_ATTENDING | CONTACT_US_LINK)->tie = 0.05F;
    look_person(outlook, 2, "A Resident", CONTACT_RESIDENT | CONTACT_US_LINK);
    look_person(outlook, 3, "A Consultant", CONTACT_ATTENDING);
    look_person(outlook, 4, "One Who Waits", CONTACT_ATTENDING | CONTACT_US_LINK)->n_unanswered = 1;
    assert_looks(outlook, &us_clinical_experience_strategy, "");
}

static void after_a_year_without_a_place_the_summer_is_asked_for(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming("unmatched", 2027, APRIL);
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    look_person(outlook, 7, "Amina Hassan", CONTACT_ATTENDING | CONTACT_US_LINK);
    assert_looks(outlook, &us_clinical_experience_strategy,
                 "Ask Amina Hassan about a place where you can see their work, until Mon 20 July");
}

static void a_letter_is_asked_of_those_who_saw_the_work(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming("graduate", 2027, TODAY - 14);
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    struct contact *seen = look_person(outlook, 7, "Amina Hassan", CONTACT_ATTENDING);
    seen->last_rotation_day = TODAY - 60;
    look_person(outlook, 8, "Long Ago", CONTACT_ATTENDING)->last_rotation_day = TODAY - 400;
    look_person(outlook, 9, "A Resident", CONTACT_RESIDENT)->last_rotation_day = TODAY - 60;
    assert_looks(outlook, &us_clinical_experience_strategy,
                 "Ask Amina Hassan for a letter, until Wed 22 July");
    struct favour asked = {.favour_id = 3,
                           .person_id = 7,
                           .direction = "asked",
                           .kind = "letter",
                           .state = "asked",
                           .asked_day = TODAY - 20};
    g_array_append_val(outlook->favours, asked);
    assert_looks(outlook, &us_clinical_experience_strategy, "");
}

static void in_the_last_week_it_is_asked_in_person(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming("graduate", 2027, TODAY - 14);
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    struct contact *seen = look_person(outlook, 7, "Amina Hassan", CONTACT_ATTENDING);
    seen->last_rotation_day = outlook->today;
    struct pursuit *stay = look_pursuit(outlook, "rotation", "running", "Toledo");
    stay->until_day = outlook->today + 3;
    look_link(outlook, stay, 7);
    assert_looks(outlook, &us_clinical_experience_strategy,
                 "Ask Amina Hassan in person whether a strong letter is possible, until Sun 12 July");
}

static void papers_and_names_come_before_the_first_day(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct pursuit *stay = look_pursuit(outlook, "rotation", "agreed", "the clinic in Toledo");
    stay->from_day = TODAY + 40;
    assert_looks(outlook, &us_clinical_experience_strategy,
                 "Gather the papers for the clinic in Toledo, until Thu 20 August");
    stay->from_day = TODAY + 9;
    assert_looks(outlook, &us_clinical_experience_strategy,
                 "Learn the names of the team of the clinic in Toledo, until Thu 30 July");
    stay->from_day = TODAY + 80;
    stay->cost_cents = 150000;
    assert_looks(outlook, &us_clinical_experience_strategy,
                 "Check the offer of the clinic in Toledo before you pay, until Fri 9 October");
}

static void ones_own_date_counts_like_a_pursuit(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    g_autoptr(GArray) own = look_date("rotation", "Toledo", TODAY + 9, TODAY + 30);
    g_autoptr(season_ptr) season = look_season(outlook, own);
    assert_looks(outlook, &us_clinical_experience_strategy,
                 "Learn the names of the team of Toledo, until Thu 30 July");
}

static void residents_ask_for_neither(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming("resident", 2028, OCTOBER);
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    look_person(outlook, 7, "Amina Hassan", CONTACT_ATTENDING | CONTACT_US_LINK)
        ->last_rotation_day = OCTOBER - 100;
    assert_looks(outlook, &us_clinical_experience_strategy, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_is_asked_for_months_ahead_of_the_block),
        cmocka_unit_test(nobody_is_asked_too_early_or_too_late),
        cmocka_unit_test(strangers_residents_and_the_far_away_are_not_asked),
        cmocka_unit_test(after_a_year_without_a_place_the_summer_is_asked_for),
        cmocka_unit_test(a_letter_is_asked_of_those_who_saw_the_work),
        cmocka_unit_test(in_the_last_week_it_is_asked_in_person),
        cmocka_unit_test(papers_and_names_come_before_the_first_day),
        cmocka_unit_test(ones_own_date_counts_like_a_pursuit),
        cmocka_unit_test(residents_ask_for_neither),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
