/* Conferences planned eight weeks ahead, written about within 72 hours. */
#include "feature/conferences/conferences.h"

#include "model/strategy_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static void who_was_met_is_written_to_within_three_days(void **state)
{
    (void)state;
    static const struct {
        int days_ago;
        const char *expected;
    } cases[] = {
        {0, "Write to Amina Hassan about what you spoke of, until Fri 24 July"},
        {3, "Write to Amina Hassan about what you spoke of, until Tue 21 July"},
        {4, "Write to Amina Hassan about what you spoke of, until Mon 27 July"},
        {11, ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
        look_person(outlook, 7, "Amina Hassan", 0)->last_event_day = TODAY - cases[i].days_ago;
        assert_looks(outlook, &conferences_strategy, cases[i].expected);
    }
}

static void who_was_written_to_or_talked_with_is_done(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *written = look_person(outlook, 7, "Amina Hassan", 0);
    written->last_event_day = TODAY - 2;
    written->last_out_day = TODAY - 1;
    struct contact *talked = look_person(outlook, 8, "Bilal Qazi", 0);
    talked->last_event_day = TODAY - 2;
    talked->last_talk_day = TODAY - 1;
    assert_looks(outlook, &conferences_strategy, "");
}

static void the_meeting_of_a_body_one_belongs_to_is_planned(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct pursuit *one = look_pursuit(outlook, "membership", "active", "ACP");
    one->ref = "acp"; /* meets in April */
    assert_looks(outlook, &conferences_strategy, "");
    one->ref = "aap"; /* meets in October: 15 October is 86 days ahead */
    assert_looks(outlook, &conferences_strategy, "");
    outlook->today = TODAY + 30;
    assert_looks(outlook, &conferences_strategy, "Plan your days at AAP, National Conference & Exhibition");
    one->stage = "considered";
    assert_looks(outlook, &conferences_strategy, "");
}

static void ones_own_dates_and_pursuits_are_planned(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    g_autoptr(GArray) own =
        look_date("conference", "the chapter meeting", TODAY + 56, TODAY + 57);
    g_autoptr(season_ptr) season = look_season(outlook, own);
    assert_looks(outlook, &conferences_strategy, "Plan your days at the chapter meeting, until Mon 14 September");
    g_autoptr(outlook_ptr) early = outlook_new(TODAY - 1);
    g_autoptr(season_ptr) same = look_season(early, own);
    assert_looks(early, &conferences_strategy, "");
    g_autoptr(outlook_ptr) pursued = outlook_new(TODAY);
    struct pursuit *one = look_pursuit(pursued, "conference", "idea", "CHEST");
    one->from_day = TODAY + 50;
    one->due_day = TODAY + 20;
    assert_looks(pursued, &conferences_strategy,
                 "Plan your days at CHEST, until Tue 8 September\n"
                 "Send the abstract for CHEST, until Mon 10 August");
    one->stage = "submitted";
    one->from_day = TODAY + 100;
    assert_looks(pursued, &conferences_strategy, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_was_met_is_written_to_within_three_days),
        cmocka_unit_test(who_was_written_to_or_talked_with_is_done),
        cmocka_unit_test(the_meeting_of_a_body_one_belongs_to_is_planned),
        cmocka_unit_test(ones_own_dates_and_pursuits_are_planned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
