/* After a rotation: thanked within two days, told after a month, then each quarter. */
#include "feature/post_rotation/rotation.h"

#include "model/strategy_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static struct contact *worked(struct outlook *outlook, int days_ago)
{
    struct contact *contact = look_person(outlook, 7, "Amina Hassan", CONTACT_ATTENDING);
    contact->last_rotation_day = TODAY - days_ago;
    contact->last_in_day = TODAY - days_ago;
    contact->last_day = TODAY - days_ago;
    return contact;
}

static void thanks_are_due_the_day_after(void **state)
{
    (void)state;
    static const struct {
        int days_ago;
        const char *expected;
    } cases[] = {
        {0, ""},
        {1, "Thank Amina Hassan for the rotation, until Wed 22 July"},
        {2, "Thank Amina Hassan for the rotation, until Tue 21 July"},
        {3, "Thank Amina Hassan for the rotation, until Sat 8 August"},
        {21, "Thank Amina Hassan for the rotation, until Tue 21 July"},
        {22, ""},
        {30, "Tell Amina Hassan how you are getting on, until Thu 20 August"},
        {60, "Tell Amina Hassan how you are getting on, until Tue 21 July"},
        {61, ""},
        {90, "Send Amina Hassan a few lines of news"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
        worked(outlook, cases[i].days_ago);
        assert_looks(outlook, &post_rotation_strategy, cases[i].expected);
    }
}

static void who_was_thanked_is_not_thanked_again(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    worked(outlook, 2)->last_thanks_day = TODAY - 1;
    assert_looks(outlook, &post_rotation_strategy, "");
}

static void a_stay_that_goes_on_is_not_over(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) dated = outlook_new(TODAY);
    g_autoptr(GArray) own = look_date("rotation", "Toledo", TODAY - 20, TODAY + 3);
    g_autoptr(season_ptr) season = look_season(dated, own);
    worked(dated, 1);
    assert_looks(dated, &post_rotation_strategy, "");
    g_autoptr(outlook_ptr) pursued = outlook_new(TODAY);
    struct pursuit *stay = look_pursuit(pursued, "rotation", "running", "Toledo");
    stay->until_day = TODAY;
    look_link(pursued, stay, 7);
    worked(pursued, 1);
    assert_looks(pursued, &post_rotation_strategy, "");
    stay->until_day = TODAY - 1;
    assert_looks(pursued, &post_rotation_strategy,
                 "Thank Amina Hassan for the rotation, until Wed 22 July");
}

static void news_that_was_sent_is_not_sent_again(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *contact = worked(outlook, 40);
    contact->last_out_day = TODAY - 5;
    assert_looks(outlook, &post_rotation_strategy, "");
}

static void a_rhythm_of_its_own_goes_before_the_quarter(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    worked(outlook, 120)->cadence_days = 90;
    assert_looks(outlook, &post_rotation_strategy, "");
}

/* Programme staff and faculty are left in peace from 20 June to 15 July, but not by thanks. */
static void thanks_do_not_wait_for_a_quiet_time(void **state)
{
    (void)state;
    int32_t day = TODAY - 15; /* Mon 6 July */
    g_autoptr(outlook_ptr) outlook = outlook_new(day);
    g_autoptr(season_ptr) season = look_season(outlook, NULL);
    struct contact *contact = look_person(outlook, 7, "Amina Hassan", CONTACT_ATTENDING);
    contact->last_rotation_day = day - 1;
    assert_looks(outlook, &post_rotation_strategy,
                 "Thank Amina Hassan for the rotation, until Tue 7 July");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thanks_are_due_the_day_after),
        cmocka_unit_test(who_was_thanked_is_not_thanked_again),
        cmocka_unit_test(a_stay_that_goes_on_is_not_over),
        cmocka_unit_test(news_that_was_sent_is_not_sent_again),
        cmocka_unit_test(a_rhythm_of_its_own_goes_before_the_quarter),
        cmocka_unit_test(thanks_do_not_wait_for_a_quiet_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
