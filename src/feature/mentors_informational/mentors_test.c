/* Talks: asked for, thanked for, told about; mentors each month; a frank look back. */
#include "feature/mentors_informational/mentors.h"

#include "model/strategy_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */
#define APRIL 20555 /* Sun 12 April 2026 */
#define OF_FIELD (CONTACT_ATTENDING | CONTACT_SPECIALTY | CONTACT_US_LINK)

static void a_talk_is_asked_of_those_who_know_the_name(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    look_person(outlook, 7, "Amina Hassan", OF_FIELD);
    look_person(outlook, 1, "A Stranger", OF_FIELD)->n_touches = 0;
    look_person(outlook, 2, "Of Another Field", CONTACT_ATTENDING | CONTACT_US_LINK);
    look_person(outlook, 9, "Of A Programme", OF_FIELD | CONTACT_PROGRAMME);
    look_person(outlook, 3, "A Cousin", OF_FIELD | CONTACT_FAMILY);
    look_person(outlook, 4, "One Who Waits", OF_FIELD)->n_unanswered = 1;
    look_person(outlook, 5, "Just Talked", OF_FIELD)->last_talk_day = TODAY - 40;
    look_person(outlook, 6, "Just Written", OF_FIELD)->last_out_day = TODAY - 4;
    assert_looks(outlook, &mentors_informational_strategy,
                 "Ask Amina Hassan for a talk of 15 to 20 minutes");
}

static void residents_are_no_help_desk(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    unsigned flags = CONTACT_RESIDENT | CONTACT_SPECIALTY | CONTACT_US_LINK;
    look_person(outlook, 7, "Hardly Known", flags)->tie = 0.2F;
    assert_looks(outlook, &mentors_informational_strategy, "");
    struct contact *fellow = look_person(outlook, 8, "From Your School", flags | CONTACT_SCHOOL);
    fellow->tie = 0;
    fellow->n_touches = 0;
    fellow->school = "Indus Delta Medical College";
    assert_looks(outlook, &mentors_informational_strategy, "");
    fellow->last_in_day = TODAY - 200; /* they have spoken once */
    assert_looks(outlook, &mentors_informational_strategy,
                 "Ask From Your School for a talk of 15 to 20 minutes");
}

static void thanks_follow_within_three_days_and_news_after(void **state)
{
    (void)state;
    static const struct {
        int days_ago;
        const char *expected;
    } cases[] = {
        {0, "Thank Amina Hassan for the talk, until Fri 24 July"},
        {3, "Thank Amina Hassan for the talk, until Tue 21 July"},
        {4, ""},
        {10, "Tell Amina Hassan what came of your talk, until Mon 10 August"},
        {30, "Tell Amina Hassan what came of your talk, until Tue 21 July"},
        {31, ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
        look_person(outlook, 7, "Amina Hassan", OF_FIELD)->last_talk_day =
            TODAY - cases[i].days_ago;
        assert_looks(outlook, &mentors_informational_strategy, cases[i].expected);
    }
}

static void what_was_written_after_the_talk_counts(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *contact = look_person(outlook, 7, "Amina Hassan", OF_FIELD);
    contact->last_talk_day = TODAY - 2;
    contact->last_out_day = TODAY - 1;
    assert_looks(outlook, &mentors_informational_strategy, "");
    contact = &g_array_index(outlook->contacts, struct contact, 0);
    contact->last_talk_day = TODAY - 25;
    contact->last_out_day = TODAY - 24;
    assert_looks(outlook, &mentors_informational_strategy,
                 "Tell Amina Hassan what came of your talk, until Sun 26 July");
    contact->last_out_day = TODAY - 3;
    assert_looks(outlook, &mentors_informational_strategy, "");
}

static void thanks_name_what_was_logged(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *contact = look_person(outlook, 7, "Amina Hassan", OF_FIELD);
    contact->last_talk_day = TODAY - 1;
    contact->last_day = TODAY - 1;
    contact->last_kind = "coffee";
    assert_looks(outlook, &mentors_informational_strategy,
                 "Thank Amina Hassan for the coffee, until Thu 23 July");
}

/* From October to Match Day the policy of a programme says whether it wants thanks. */
static void who_interviews_is_not_thanked_by_rule(void **state)
{
    (void)state;
    int32_t day = TODAY + 100; /* Thu 29 October */
    g_autoptr(outlook_ptr) outlook = outlook_new(day);
    outlook->goal = (struct goal){
        .specialties = "internal_medicine", .stage = "applying", .cycle = 2027, .n_answered = 3};
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    look_person(outlook, 7, "Rachel Ellison", OF_FIELD | CONTACT_PROGRAMME)->last_talk_day = day - 1;
    look_person(outlook, 8, "Amina Hassan", OF_FIELD)->last_talk_day = day - 1;
    look_person(outlook, 9, "Bilal Qazi", OF_FIELD)->last_talk_day = day - 80;
    assert_looks(outlook, &mentors_informational_strategy,
                 "Thank Amina Hassan for the talk, until Sat 31 October");
}

static void a_mentor_is_met_each_month(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *mentor = look_person(outlook, 7, "Amina Hassan", CONTACT_MENTOR);
    mentor->last_talk_day = TODAY - 29;
    mentor->last_out_day = TODAY - 15;
    assert_looks(outlook, &mentors_informational_strategy, "");
    mentor->last_talk_day = TODAY - 35;
    assert_looks(outlook, &mentors_informational_strategy, "Agree the next talk with Amina Hassan");
}

static void after_a_year_without_a_place_mentors_look_back(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(APRIL);
    outlook->goal = (struct goal){.stage = "unmatched", .cycle = 2027, .n_answered = 2};
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    look_person(outlook, 7, "Amina Hassan", CONTACT_ATTENDING)->last_rotation_day = APRIL - 200;
    look_person(outlook, 8, "Never Saw It", CONTACT_ATTENDING);
    assert_looks(outlook, &mentors_informational_strategy,
                 "Ask Amina Hassan for a frank look back at the application, until Tue 30 June");
}

static void without_names_names_come_first(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook->goal = (struct goal){.specialties = "internal_medicine", .n_answered = 1};
    assert_looks(outlook, &mentors_informational_strategy,
                 "Write down three doctors of your specialty whom you could ask");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_talk_is_asked_of_those_who_know_the_name),
        cmocka_unit_test(residents_are_no_help_desk),
        cmocka_unit_test(thanks_follow_within_three_days_and_news_after),
        cmocka_unit_test(what_was_written_after_the_talk_counts),
        cmocka_unit_test(thanks_name_what_was_logged),
        cmocka_unit_test(who_interviews_is_not_thanked_by_rule),
        cmocka_unit_test(a_mentor_is_met_each_month),
        cmocka_unit_test(after_a_year_without_a_place_mentors_look_back),
        cmocka_unit_test(without_names_names_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
