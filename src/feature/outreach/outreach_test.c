/* Few first messages, one reminder, then rest. */
#include "feature/outreach/outreach.h"

#include "model/strategy_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static struct contact *stranger(struct outlook *outlook, int64_t id, const char *name,
                                unsigned flags)
{
    struct contact *contact =
        look_person(outlook, id, name, CONTACT_SPECIALTY | CONTACT_US_LINK | flags);
    contact->n_touches = 0;
    contact->tie = 0;
    return contact;
}

static void strangers_of_the_specialty_get_a_first_message(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    stranger(outlook, 7, "Amina Hassan", CONTACT_ATTENDING);
    stranger(outlook, 1, "From Your School", CONTACT_SCHOOL); /* of alumni */
    stranger(outlook, 2, "Connected", CONTACT_CONNECTED);     /* of digital platforms */
    stranger(outlook, 3, "A Resident", CONTACT_RESIDENT);     /* no help desk */
    stranger(outlook, 4, "Invited", 0)->invited_day = TODAY - 3;
    stranger(outlook, 5, "Elsewhere", 0)->flags = CONTACT_SPECIALTY;
    assert_looks(outlook, &outreach_strategy, "Write a short first message to Amina Hassan");
}

static struct contact *written(struct outlook *outlook, int days_ago)
{
    struct contact *contact = look_person(outlook, 7, "Amina Hassan", 0);
    contact->tie = 0.1F;
    contact->n_touches = 1;
    contact->n_unanswered = 1;
    contact->last_out_day = TODAY - days_ago;
    return contact;
}

static void one_reminder_after_a_week_and_none_after_two(void **state)
{
    (void)state;
    static const struct {
        int days_ago;
        const char *expected;
    } cases[] = {
        {6, ""},
        {7, "Remind Amina Hassan once, until Tue 28 July"},
        {14, "Remind Amina Hassan once, until Tue 21 July"},
        {15, ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
        written(outlook, cases[i].days_ago);
        assert_looks(outlook, &outreach_strategy, cases[i].expected);
    }
}

static void a_second_silence_rests(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    written(outlook, 9)->n_unanswered = 2;
    assert_looks(outlook, &outreach_strategy, "");
}

static void thanks_and_known_people_wait_for_no_answer(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) thanked = outlook_new(TODAY);
    written(thanked, 9)->last_thanks_day = TODAY - 9;
    assert_looks(thanked, &outreach_strategy, "");
    g_autoptr(outlook_ptr) known = outlook_new(TODAY);
    written(known, 9)->last_in_day = TODAY - 200;
    assert_looks(known, &outreach_strategy, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strangers_of_the_specialty_get_a_first_message),
        cmocka_unit_test(one_reminder_after_a_week_and_none_after_two),
        cmocka_unit_test(a_second_silence_rests),
        cmocka_unit_test(thanks_and_known_people_wait_for_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
