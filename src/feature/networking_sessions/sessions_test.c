/* Questions before, names after, open houses in their season. */
#include "feature/networking_sessions/sessions.h"

#include "model/strategy_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static void questions_come_before_and_names_after(void **state)
{
    (void)state;
    static const struct {
        int from;
        int until;
        const char *expected;
    } cases[] = {
        {11, 12, ""},
        {10, 12, "Prepare two questions for the fair, until Fri 31 July"},
        {0, 1, "Prepare two questions for the fair, until Tue 21 July"},
        {0, 0, "Write down whom you met at the fair, until Sun 26 July"},
        {-4, -3, "Write down whom you met at the fair, until Thu 23 July"},
        {-8, -6, ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
        struct pursuit *one = look_pursuit(outlook, "session", "registered", "the fair");
        one->from_day = TODAY + cases[i].from;
        one->until_day = TODAY + cases[i].until;
        assert_looks(outlook, &networking_sessions_strategy, cases[i].expected);
    }
}

static void names_that_are_there_are_not_asked_for(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct pursuit *one = look_pursuit(outlook, "session", "attended", "the fair");
    one->from_day = TODAY - 2;
    assert_looks(outlook, &networking_sessions_strategy,
                 "Write down whom you met at the fair, until Fri 24 July");
    look_link(outlook, one, 7);
    assert_looks(outlook, &networking_sessions_strategy, "");
    outlook->pursuit_people->len = 0;
    one->stage = "missed";
    assert_looks(outlook, &networking_sessions_strategy, "");
}

static void open_houses_are_looked_up_around_the_first_day_to_submit(void **state)
{
    (void)state;
    static const struct {
        int days; /* from TODAY; the first day to submit is Wed 2 September, 43 days ahead */
        bool is_time;
    } cases[] = {{-3, false}, {-2, true}, {0, true}, {60, true}, {72, false}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(outlook_ptr) outlook = outlook_new(TODAY + cases[i].days);
        outlook->goal = (struct goal){.specialties = "internal_medicine",
                                      .cycle = 2027,
                                      .stage = "graduate",
                                      .n_answered = 3};
        g_autoptr(season_ptr) season = look_season(outlook, NULL);
        assert_looks(outlook, &networking_sessions_strategy,
                     cases[i].is_time
                         ? "Look up the open houses of two programmes you think of, until Thu 1 October"
                         : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_come_before_and_names_after),
        cmocka_unit_test(names_that_are_there_are_not_asked_for),
        cmocka_unit_test(open_houses_are_looked_up_around_the_first_day_to_submit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
