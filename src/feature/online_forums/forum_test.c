/* One block a week inside its limit; rumours and old answers are checked. */
#include "feature/online_forums/forum.h"

#include "model/survey_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static struct survey *look(struct outlook *outlook)
{
    return look_at(outlook, &online_forums_strategy);
}

static struct outlook *doctor(const char *stage)
{
    struct outlook *outlook = outlook_new(TODAY);
    outlook->goal.stage = stage;
    outlook->goal.n_answered = 3;
    return outlook;
}

static struct saved *add(struct outlook *outlook, const char *question, int32_t on_day)
{
    struct saved one = {.saved_id = 7 + outlook->saved->len,
                        .question = question,
                        .body = "Yes.",
                        .source = "a list",
                        .on_day = on_day,
                        .minutes = -1,
                        .deleted_at = AT_NONE};
    g_array_append_val(outlook->saved, one);
    return &g_array_index(outlook->saved, struct saved, outlook->saved->len - 1);
}

static void one_block_a_week(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor("graduate");
    g_autoptr(survey_ptr) survey = look(outlook);
    const struct suggestion *block = look_find(survey, "forums.block", NULL);
    assert_says(survey, block, "Read your lists for 1 h, with a clock", "One block a week");
    assert_int_equal(block->minutes, 60);
}

static void minutes_noted_this_week_are_taken_off(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor("graduate");
    add(outlook, "A", TODAY)->minutes = 22;     /* Tuesday */
    add(outlook, "B", TODAY - 2)->minutes = 50; /* Sunday: last week */
    g_autoptr(survey_ptr) survey = look(outlook);
    const struct suggestion *block = look_find(survey, "forums.block", NULL);
    assert_says(survey, block, "Read your lists for 35 min, with a clock",
                "22 minutes noted this week so far");
    assert_int_equal(block->minutes, 35);
    add(outlook, "C", TODAY)->minutes = 25;
    g_autoptr(survey_ptr) full = look(outlook);
    assert_null(look_find(full, "forums.block", NULL)); /* 13 minutes are no block */
    assert_int_equal(forum_spent(outlook->saved, outlook->monday), 47);
}

static void the_limit_is_yours(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor("graduate");
    assert_int_equal(forum_limit(outlook->pursuits), 60);
    struct pursuit limit = {.pursuit_id = 1,
                            .kind = "other",
                            .title = "Minutes a week",
                            .ref = FORUM_LIMIT,
                            .stage = "running",
                            .strategy = "online_forums",
                            .minutes = 30,
                            .created_at = 5,
                            .deleted_at = AT_NONE};
    g_array_append_val(outlook->pursuits, limit);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(look_find(survey, "forums.block", NULL)->minutes, 30);
    g_array_index(outlook->pursuits, struct pursuit, 0).minutes = 0; /* none at all */
    g_autoptr(survey_ptr) none = look(outlook);
    assert_null(look_find(none, "forums.block", NULL));
}

static void a_rumour_is_checked(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor("graduate");
    struct saved *one = add(outlook, "Do they sponsor H-1B?", TODAY - 2);
    one->is_rumour = true;
    g_autoptr(survey_ptr) survey = look(outlook);
    const struct suggestion *verify = look_find(survey, "forums.verify", NULL);
    assert_says(survey, verify, "Check a rumour: “Do they sponsor H-1B?”",
                "It was written down 2 days ago, and not checked yet");
    assert_int_equal(verify->about_id, one->saved_id);
    one->is_rumour = false;
    g_autoptr(survey_ptr) checked = look(outlook);
    assert_null(look_find(checked, "forums.verify", NULL));
}

static void an_answer_ages(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor("graduate");
    struct saved *one = add(outlook, "How many signals?", TODAY - 30);
    one->year = 2024;
    g_autoptr(survey_ptr) young = look(outlook);
    assert_null(look_find(young, "forums.recheck", NULL)); /* two years are not older than two */
    one->year = 2023;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_says(survey, look_find(survey, "forums.recheck", NULL),
                "Check again: “How many signals?”", "It speaks of 2023");
    one->year = 0;
    assert_false(forum_is_old(one, TODAY));
    one->on_day = TODAY - 731;
    g_autoptr(survey_ptr) undated = look(outlook);
    assert_says(undated, look_find(undated, "forums.recheck", NULL),
                "Check again: “How many signals?”", "It was written down 2 years ago");
}

static void who_is_through_answers_instead_of_reading(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor("resident");
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(look_find(survey, "forums.block", NULL));
    assert_says(survey, look_find(survey, "forums.answer", NULL),
                "Answer one question that you once had", "ten opinions");
}

static void nothing_is_said_to_somebody_new(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_block_a_week),
        cmocka_unit_test(minutes_noted_this_week_are_taken_off),
        cmocka_unit_test(the_limit_is_yours),
        cmocka_unit_test(a_rumour_is_checked),
        cmocka_unit_test(an_answer_ages),
        cmocka_unit_test(who_is_through_answers_instead_of_reading),
        cmocka_unit_test(nothing_is_said_to_somebody_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
