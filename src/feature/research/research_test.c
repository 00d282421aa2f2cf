/* Co-authors who have gone quiet, help offered where the work is known, projects that move. */
#include "feature/research/research.h"

#include "model/strategy_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static void a_co_author_who_has_gone_quiet_is_written_to(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *contact = look_person(outlook, 7, "Amina Hassan", CONTACT_CO_AUTHOR);
    contact->last_day = TODAY - 119;
    assert_looks(outlook, &research_strategy, "");
    contact->last_day = TODAY - 120;
    assert_looks(outlook, &research_strategy, "Write to Amina Hassan about what came after your paper");
    contact->last_day = DAY_NONE;
    assert_looks(outlook, &research_strategy, "Write to Amina Hassan about what came after your paper");
    contact->last_out_day = TODAY - 5;
    assert_looks(outlook, &research_strategy, "");
}

static void help_is_offered_where_the_work_is_known(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    unsigned flags = CONTACT_ATTENDING | CONTACT_SPECIALTY;
    look_person(outlook, 7, "Amina Hassan", flags);
    look_person(outlook, 8, "Hardly Known", flags)->tie = 0.1F;
    look_person(outlook, 9, "Of Another Field", CONTACT_ATTENDING);
    assert_looks(outlook, &research_strategy, "Offer Amina Hassan help with a case report or a review");
    look_pursuit(outlook, "research", "running", "the case report")->role = "second author";
    assert_looks(outlook, &research_strategy, "Do the next part of the case report");
}

static void the_order_of_authors_is_settled_early(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct pursuit *one = look_pursuit(outlook, "research", "agreed", "the review");
    one->due_day = TODAY + 6;
    assert_looks(outlook, &research_strategy,
                 "Do the next part of the review, until Mon 27 July\n"
                 "Agree the order of authors of the review in writing");
    one->due_day = TODAY - 6; /* late is not over */
    one->role = "first author";
    assert_looks(outlook, &research_strategy, "Do the next part of the review");
    one->stage = "idea";
    assert_looks(outlook, &research_strategy, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_co_author_who_has_gone_quiet_is_written_to),
        cmocka_unit_test(help_is_offered_where_the_work_is_known),
        cmocka_unit_test(the_order_of_authors_is_settled_early),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
