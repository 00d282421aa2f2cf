/* What associations suggest: the two places of a year, renewals, taking part, a look each quarter.
 */
#include "feature/associations/join.h"

#include "model/survey_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static struct survey *look(struct outlook *outlook)
{
    return look_at(outlook, &associations_strategy);
}

static struct outlook *doctor(void)
{
    struct outlook *outlook = outlook_new(TODAY);
    outlook->goal.specialties = "internal_medicine";
    outlook->goal.stage = "student";
    outlook->goal.money_month = 8000;
    outlook->goal.n_answered = 5;
    return outlook;
}

static struct pursuit *add(struct outlook *outlook, const char *ref, const char *title,
                           const char *stage)
{
    struct pursuit one = {.pursuit_id = 100 + outlook->pursuits->len,
                          .kind = "membership",
                          .title = title,
                          .ref = ref,
                          .stage = stage,
                          .strategy = "associations",
                          .from_day = DAY_NONE,
                          .until_day = DAY_NONE,
                          .due_day = DAY_NONE,
                          .minutes = -1,
                          .cost_cents = -1,
                          .created_at = 1,
                          .closed_at = AT_NONE,
                          .deleted_at = AT_NONE};
    g_array_append_val(outlook->pursuits, one);
    return &g_array_index(outlook->pursuits, struct pursuit, outlook->pursuits->len - 1);
}

static void meet(struct outlook *outlook, int64_t pursuit_id, int64_t person_id)
{
    struct pursuit_person link = {pursuit_id, person_id, "met", TODAY - 10};
    g_array_append_val(outlook->pursuit_people, link);
}

static void one_national_and_one_of_the_specialty(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 2);
    assert_says(survey, look_find(survey, "associations.join", "acp"),
                "Look into joining the American College of Physicians (ACP)",
                "It is the society of Internal Medicine");
    assert_says(survey, look_find(survey, "associations.join", "ama"),
                "Look into joining the American Medical Association (AMA)",
                "has a group for graduates from abroad");
}

static void nothing_is_joined_before_the_goal_is_known(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 0);
}

static void a_place_that_is_taken_stays_so(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    add(outlook, "sgim", "SGIM", "active");
    outlook_origin(outlook, "associations.join/-/ama", DAY_NONE);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(look_find(survey, "associations.join", NULL));
}

static void what_was_refused_makes_room_for_the_next(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    outlook_refuse(outlook, "step", "associations.join/-/acp");
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(look_find(survey, "associations.join", "acp"));
    assert_non_null(look_find(survey, "associations.join", "sgim"));
}

static void a_considered_one_is_priced_then_decided(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    struct pursuit *one = add(outlook, "acp", "ACP", "considered");
    g_autoptr(survey_ptr) first = look(outlook);
    assert_says(first, look_find(first, "associations.fee", NULL),
                "Look up what ACP costs at your stage", "a small part of the full one");
    one->cost_cents = 12000;
    g_autoptr(survey_ptr) next = look(outlook);
    const struct suggestion *decide = look_find(next, "associations.decide", NULL);
    assert_says(next, decide, "Decide about joining ACP",
                "It is the society of Internal Medicine and names a tier for students");
    assert_int_equal(decide->cents, 12000);
    assert_null(look_find(next, "associations.fee", NULL));
    bool is_dear = false;
    for (int i = 0; i < decide->n_terms; i++) { /* 120 dollars are more than the 80 of a month */
        is_dear = is_dear || decide->terms[i].amount * 60 > 0.5F;
    }
    assert_true(is_dear);
}

static void a_renewal_is_said_in_time(void **state)
{
    (void)state;
    static const struct {
        int32_t day;
        bool is_said;
        int32_t until;
    } cases[] = {
        {TODAY + 46, false, 0},      {TODAY + 45, true, TODAY + 45}, {TODAY, true, TODAY},
        {TODAY - 3, true, DAY_NONE}, {TODAY - 31, false, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(outlook_ptr) outlook = doctor();
        struct pursuit *one = add(outlook, "acp", "ACP", "active");
        one->due_day = cases[i].day;
        one->cost_cents = 11900;
        g_autoptr(survey_ptr) survey = look(outlook);
        const struct suggestion *renew = look_find(survey, "associations.renew", NULL);
        assert_int_equal(renew != NULL, cases[i].is_said);
        if (renew != NULL) {
            assert_int_equal(renew->until_day, cases[i].until);
            assert_int_equal(renew->cents, 11900);
            assert_says(survey, renew, "Renew ACP, or let it go",
                        "ou have met nobody through it yet");
        }
    }
}

static void what_it_cost_for_each_person_is_said(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    struct pursuit *one = add(outlook, "acp", "ACP", "active");
    one->due_day = TODAY + 20;
    one->cost_cents = 12000;
    for (int i = 0; i < 4; i++) {
        meet(outlook, one->pursuit_id, 10 + i);
    }
    g_autoptr(survey_ptr) survey = look(outlook);
    const struct suggestion *renew = look_find(survey, "associations.renew", NULL);
    assert_says(survey, renew, "Renew ACP, or let it go", "You met 4 people through it");
    assert_says(survey, renew, "Renew ACP, or let it go", "$30 for each person met");
}

static void an_unused_membership_is_to_be_used(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    struct pursuit *one = add(outlook, "acp", "ACP", "active");
    one->from_day = TODAY - 59;
    g_autoptr(survey_ptr) early = look(outlook);
    assert_null(look_find(early, "associations.use", NULL));
    one->from_day = TODAY - 60;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_says(survey, look_find(survey, "associations.use", NULL), "Take part in ACP once",
                "A fee pays only if you take part");
    one->role = "Students' council";
    g_autoptr(survey_ptr) seated = look(outlook);
    assert_null(look_find(seated, "associations.use", NULL));
}

static void a_used_membership_leads_to_a_seat(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    struct pursuit *one = add(outlook, "acp", "ACP", "active");
    one->from_day = TODAY - 200;
    meet(outlook, one->pursuit_id, 10);
    g_autoptr(survey_ptr) early = look(outlook);
    assert_null(look_find(early, "associations.role", NULL));
    meet(outlook, one->pursuit_id, 11);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_says(survey, look_find(survey, "associations.role", NULL), "Look for a seat in ACP",
                "work");
}

static void a_look_each_quarter_is_enough(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    struct pursuit *one = add(outlook, "acp", "ACP", "active");
    one->from_day = TODAY - 89;
    g_autoptr(survey_ptr) early = look(outlook);
    assert_null(look_find(early, "associations.review", NULL));
    one->from_day = TODAY - 300;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_non_null(look_find(survey, "associations.review", NULL));
    struct pursuit *seen = add(outlook, JOIN_REVIEW, "Looked", "done");
    seen->kind = "other";
    seen->from_day = TODAY - 40;
    g_autoptr(survey_ptr) rested = look(outlook);
    assert_null(look_find(rested, "associations.review", NULL));
    assert_int_equal(join_review_day(outlook->pursuits), TODAY - 40);
}

static void heritage_is_not_this_strategys_matter(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    outlook->goal.heritage = "appna";
    struct pursuit *one = add(outlook, "appna", "APPNA", "active");
    one->due_day = TODAY + 5;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(look_find(survey, "associations.renew", NULL));
    assert_null(look_find(survey, "associations.join", "appna"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_national_and_one_of_the_specialty),
        cmocka_unit_test(nothing_is_joined_before_the_goal_is_known),
        cmocka_unit_test(a_place_that_is_taken_stays_so),
        cmocka_unit_test(what_was_refused_makes_room_for_the_next),
        cmocka_unit_test(a_considered_one_is_priced_then_decided),
        cmocka_unit_test(a_renewal_is_said_in_time),
        cmocka_unit_test(what_it_cost_for_each_person_is_said),
        cmocka_unit_test(an_unused_membership_is_to_be_used),
        cmocka_unit_test(a_used_membership_leads_to_a_seat),
        cmocka_unit_test(a_look_each_quarter_is_enough),
        cmocka_unit_test(heritage_is_not_this_strategys_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
