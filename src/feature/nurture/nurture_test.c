/* Who is due, what is told to whom, what slept and what is owed. */
#include "feature/nurture/nurture.h"

#include "model/survey_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static struct survey *look(struct outlook *outlook)
{
    return look_at(outlook, &nurture_strategy);
}

static struct contact *add_known(struct outlook *outlook, int64_t id, const char *name)
{
    struct contact *one = outlook_add(outlook, id, name);
    one->n_touches = 6;
    one->tie = 0.5F;
    one->last_day = TODAY - 100;
    return one;
}

static struct favour favour_of(int64_t person_id, const char *kind, const char *state, int32_t day)
{
    bool is_given = strcmp(state, "done") == 0;
    return (struct favour){.favour_id = 900 + person_id,
                           .person_id = person_id,
                           .direction = is_given ? "given" : "asked",
                           .kind = kind,
                           .state = state,
                           .asked_day = day,
                           .settled_day = strcmp(state, "asked") == 0 ? DAY_NONE : day,
                           .thanked_day = strcmp(state, "thanked") == 0 ? day : DAY_NONE,
                           .told_day = DAY_NONE,
                           .deleted_at = AT_NONE};
}

static void add_exam(struct outlook *outlook, const char *title, int32_t day)
{
    struct season_date date = {.id = "x1",
                               .title = title,
                               .lane = "exams",
                               .on_day = day,
                               .until_day = day,
                               .minute = -1,
                               .before_day = DAY_NONE,
                               .date_id = 31,
                               .kind = "exam",
                               .rule_day = DAY_NONE};
    g_array_append_val(outlook->season->dates, date);
}

static void who_is_due_is_suggested_from_that_day(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *one = add_known(outlook, 1, "Dr. Late");
    one->cadence_days = 90;
    one->due_day = TODAY - 9;
    struct contact *two = add_known(outlook, 2, "Dr. Soon");
    two->cadence_days = 35;
    two->due_day = TODAY + 3;
    struct contact *three = add_known(outlook, 3, "Dr. Later");
    three->cadence_days = 90;
    three->due_day = TODAY + 7;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 2);
    assert_title(survey, "nurture.due", "Be in touch with|Dr. Soon|");
    assert_int_equal(of_kind(survey, "nurture.due")->from_day, TODAY + 3);
    assert_why(survey, "nurture.due", "due on Fri 24 July");
    assert_why(survey, "nurture.due", "one of those you are closest to");
}

static void who_is_paused_rests(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *one = add_known(outlook, 1, "Dr. Late");
    one->cadence_days = 90;
    one->due_day = TODAY - 9;
    one->flags = CONTACT_PAUSED;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 0);
}

static void tiers_go_by_the_days_of_the_cadence(void **state)
{
    (void)state;
    assert_null(nurture_tier(-1));
    assert_string_equal(nurture_tier(35), "A");
    assert_string_equal(nurture_tier(62), "A");
    assert_string_equal(nurture_tier(63), "B");
    assert_string_equal(nurture_tier(90), "B");
    assert_string_equal(nurture_tier(134), "B");
    assert_string_equal(nurture_tier(135), "C");
    assert_string_equal(nurture_tier(365), "C");
}

static void an_exam_passed_is_told_to_those_who_helped(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook->goal.exams = "step1 step2ck";
    g_autoptr(season_ptr) season = season_new(&outlook->goal, NULL, TODAY);
    outlook->season = season;
    add_exam(outlook, "USMLE Step 2 CK", TODAY - 28);
    add_known(outlook, 1, "Dr. Mentor")->flags = CONTACT_MENTOR;
    add_known(outlook, 2, "Dr. Reader");
    add_known(outlook, 3, "Dr. Stranger");
    struct favour read = favour_of(2, "review", "told", TODAY - 200);
    g_array_append_val(outlook->favours, read);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "nurture.tell", "Tell|Dr. Mentor|that you passed USMLE Step 2 CK");
    int n = 0;
    for (guint i = 0; i < survey->suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(survey->suggestions, struct suggestion, i);
        bool is_tell = strcmp(one->kind->id, "nurture.tell") == 0;
        n += is_tell;
        if (is_tell && one->person_id == 2) {
            g_autofree char *why = suggestion_why(outlook, one);
            assert_non_null(strcasestr(why, "you asked to read a draft, and they did it"));
        }
        assert_true(!is_tell || one->person_id != 3);
    }
    assert_int_equal(n, 2);
    outlook->season = NULL;
}

static void who_has_heard_is_not_told_again(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook->goal.exams = "step2ck";
    g_autoptr(season_ptr) season = season_new(&outlook->goal, NULL, TODAY);
    outlook->season = season;
    add_exam(outlook, "Step 2 CK", TODAY - 28);
    struct contact *one = add_known(outlook, 1, "Dr. Mentor");
    one->flags = CONTACT_MENTOR;
    one->last_out_day = TODAY - 14; /* the first day it could be told */
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(of_kind(survey, "nurture.tell"));
    outlook->season = NULL;
}

static void an_exam_without_a_result_is_not_called_passed(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook->goal.exams = "step1";
    g_autoptr(season_ptr) season = season_new(&outlook->goal, NULL, TODAY);
    outlook->season = season;
    add_exam(outlook, "Step 2 CK", TODAY - 28);
    add_known(outlook, 1, "Dr. Mentor")->flags = CONTACT_MENTOR;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(of_kind(survey, "nurture.tell"));
    assert_title(survey, "nurture.result", "Enter the result of Step 2 CK|-|");
    outlook->season = NULL;
}

static void the_match_is_told_to_every_helper_within_a_week(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook->goal.cycle = 2026;
    struct season *season = season_new(&outlook->goal, NULL, TODAY);
    outlook->season = season;
    outlook->today = season->match_day + 3;
    struct contact *one = add_known(outlook, 1, "Dr. Mentor");
    one->flags = CONTACT_MENTOR;
    one->last_day = season->match_day - 50;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "nurture.tell_match", "Tell|Dr. Mentor|how the Match went");
    assert_int_equal(of_kind(survey, "nurture.tell_match")->until_day, season->match_day + 7);
    g_array_index(outlook->contacts, struct contact, 0).last_out_day = season->match_day;
    g_autoptr(survey_ptr) told = look(outlook);
    assert_null(of_kind(told, "nurture.tell_match"));
    outlook->season = NULL;
    season_free(season);
}

static void a_favour_is_thanked_for_then_told_of(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add_known(outlook, 1, "Dr. Reader");
    struct favour read = favour_of(1, "review", "granted", TODAY - 1);
    g_array_append_val(outlook->favours, read);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "nurture.thank", "Thank|Dr. Reader|for reading your draft");
    assert_int_equal(of_kind(survey, "nurture.thank")->until_day, TODAY + 2);
    struct favour *favour = &g_array_index(outlook->favours, struct favour, 0);
    *favour = favour_of(1, "review", "thanked", TODAY - 20);
    g_autoptr(survey_ptr) early = look(outlook);
    assert_null(of_kind(early, "nurture.came"));
    *favour = favour_of(1, "review", "thanked", TODAY - 21);
    g_autoptr(survey_ptr) later = look(outlook);
    assert_title(later, "nurture.came", "Tell|Dr. Reader|what came of the draft they read");
}

static void introductions_are_left_to_existing_connections(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add_known(outlook, 1, "Ana Silva");
    struct favour made = favour_of(1, "introduction", "granted", TODAY - 1);
    g_array_append_val(outlook->favours, made);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(of_kind(survey, "nurture.thank"));
}

static void a_tie_that_slept_a_year_is_woken_without_a_request(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add_known(outlook, 1, "Dr. Asleep")->last_day = TODAY - 400;
    add_known(outlook, 2, "Dr. Awake")->last_day = TODAY - 364;
    struct contact *once = add_known(outlook, 3, "Dr. Once");
    once->last_day = TODAY - 400;
    once->n_touches = 1;
    add_known(outlook, 4, "Dr. Long Ago")->last_day = TODAY - 2000;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 2); /* with the rhythm that four warm ties lack */
    assert_title(survey, "nurture.reopen", "Say hello again to|Dr. Asleep|");
    assert_false(of_kind(survey, "nurture.reopen")->kind->is_ask);
    assert_non_null(of_kind(survey, "nurture.tier"));
}

static void who_was_asked_more_than_given_gets_something(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add_known(outlook, 1, "Dr. Giving");
    struct favour asked = favour_of(1, "letter", "told", TODAY - 150);
    g_array_append_val(outlook->favours, asked);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "nurture.give", "Send|Dr. Giving|something of use to them");
    assert_why(survey, "nurture.give", "you asked of them once and gave nothing");
    struct favour given = favour_of(1, "information", "done", TODAY - 30);
    g_array_append_val(outlook->favours, given);
    g_autoptr(survey_ptr) lately = look(outlook);
    assert_null(of_kind(lately, "nurture.give"));
    struct nurture_balance balance = nurture_balance_of(outlook, 1);
    assert_int_equal(balance.owed, 27);
    assert_int_equal(balance.n_asked, 1);
    assert_int_equal(balance.n_given, 1);
}

static void who_wrote_last_is_answered_within_a_week(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *one = add_known(outlook, 1, "Dr. Waiting");
    one->last_kind = "mail";
    one->last_day = TODAY - 2;
    one->last_in_day = TODAY - 2;
    one->last_out_day = TODAY - 5;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "nurture.answer", "Answer|Dr. Waiting|");
    assert_int_equal(of_kind(survey, "nurture.answer")->until_day, TODAY + 5);
    g_array_index(outlook->contacts, struct contact, 0).last_out_day = TODAY - 1;
    g_autoptr(survey_ptr) answered = look(outlook);
    assert_null(of_kind(answered, "nurture.answer"));
}

static void one_reason_at_a_time(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *one = add_known(outlook, 1, "Dr. Giving");
    one->cadence_days = 90;
    one->due_day = TODAY - 1;
    struct favour asked = favour_of(1, "letter", "told", TODAY - 150);
    g_array_append_val(outlook->favours, asked);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 1);
    assert_non_null(of_kind(survey, "nurture.due"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_due_is_suggested_from_that_day),
        cmocka_unit_test(who_is_paused_rests),
        cmocka_unit_test(tiers_go_by_the_days_of_the_cadence),
        cmocka_unit_test(an_exam_passed_is_told_to_those_who_helped),
        cmocka_unit_test(who_has_heard_is_not_told_again),
        cmocka_unit_test(an_exam_without_a_result_is_not_called_passed),
        cmocka_unit_test(the_match_is_told_to_every_helper_within_a_week),
        cmocka_unit_test(a_favour_is_thanked_for_then_told_of),
        cmocka_unit_test(introductions_are_left_to_existing_connections),
        cmocka_unit_test(a_tie_that_slept_a_year_is_woken_without_a_request),
        cmocka_unit_test(who_was_asked_more_than_given_gets_something),
        cmocka_unit_test(who_wrote_last_is_answered_within_a_week),
        cmocka_unit_test(one_reason_at_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
