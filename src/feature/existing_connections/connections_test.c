/* The circle and introductions: who is asked, thanked and told, and when. */
#include "feature/existing_connections/connections.h"

#include "model/survey_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static struct survey *look(struct outlook *outlook)
{
    return look_at(outlook, &existing_connections_strategy);
}

static struct outlook *aiming(void)
{
    struct outlook *outlook = outlook_new(TODAY);
    outlook->goal.specialties = "internal_medicine";
    outlook->goal.stage = "graduate";
    return outlook;
}

static struct favour intro_of(int64_t person_id, int64_t about_id, const char *state, int32_t day)
{
    return (struct favour){.favour_id = 900 + person_id,
                           .person_id = person_id,
                           .direction = "asked",
                           .kind = "introduction",
                           .about_person_id = about_id,
                           .state = state,
                           .asked_day = day,
                           .settled_day = strcmp(state, "asked") == 0 ? DAY_NONE : day,
                           .thanked_day = strcmp(state, "thanked") == 0 ? day : DAY_NONE,
                           .told_day = DAY_NONE,
                           .deleted_at = AT_NONE};
}

/* A warm colleague and a stranger of the same hospital. */
static void add_pair(struct outlook *outlook)
{
    struct contact *by = outlook_add(outlook, 1, "Ana Silva");
    by->tie = 0.6F;
    by->n_touches = 9;
    by->department = "northquay general";
    by->org = "Northquay General";
    struct contact *target = outlook_add(outlook, 2, "Dr. Ben Ode");
    target->flags = CONTACT_SPECIALTY | CONTACT_ATTENDING | CONTACT_US_LINK;
    target->specialty = "internal_medicine";
    target->department = "northquay general";
    target->org = "Northquay General";
}

static void the_first_prompt_is_family_and_one_at_a_time(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 1);
    assert_string_equal(of_kind(survey, "connections.circle")->ref, "family");
    assert_title(survey, "connections.circle", "Write down names: family|-|");
}

static void a_prompt_gone_through_leads_to_the_next_but_not_the_same_day(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    struct practice done = {.strategy = CONNECTIONS_ID,
                            .kind = "circle",
                            .ref = "family",
                            .on_day = TODAY,
                            .deleted_at = AT_NONE};
    g_array_append_val(outlook->practices, done);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 0);
    g_array_index(outlook->practices, struct practice, 0).on_day = TODAY - 1;
    g_autoptr(survey_ptr) next = look(outlook);
    assert_string_equal(of_kind(next, "connections.circle")->ref, "abroad");
}

static void a_refused_prompt_makes_room_and_an_open_one_does_not(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    outlook_refuse(outlook, "step", "connections.circle/-/family");
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_string_equal(of_kind(survey, "connections.circle")->ref, "abroad");
    outlook_origin(outlook, "connections.circle/-/abroad", DAY_NONE);
    g_autoptr(survey_ptr) open = look(outlook);
    assert_int_equal(open->suggestions->len, 0);
}

static void a_circle_is_known_by_roles_and_by_tags_of_its_prompts(void **state)
{
    (void)state;
    struct contact contact = {.tags = "neighbour chess"};
    assert_true(circle_has(&contact));
    contact.tags = "own-doctor";
    assert_true(circle_has(&contact));
    contact.tags = "chess";
    assert_false(circle_has(&contact));
    contact.flags = CONTACT_TEACHER;
    assert_true(circle_has(&contact));
}

static void the_circle_is_told_what_you_aim_for_once(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    outlook_add(outlook, 5, "Prof. Amina Diallo")->flags = CONTACT_TEACHER;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "connections.tell", "Tell|Prof. Amina Diallo|what you aim for");
    assert_why(survey, "connections.tell",
               "They cannot help with what they do not know. Prof. Amina Diallo is one of those "
               "who taught "
               "you.");
    g_array_index(outlook->contacts, struct contact, 0).last_out_day = TODAY - 200;
    g_autoptr(survey_ptr) told = look(outlook);
    assert_null(of_kind(told, "connections.tell"));
}

static void nobody_is_told_of_an_aim_that_is_not_set(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook_add(outlook, 5, "Prof. Amina Diallo")->flags = CONTACT_TEACHER;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(of_kind(survey, "connections.tell"));
}

static void somebody_near_in_the_united_states_is_asked_whom_they_know(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    struct contact *cousin = outlook_add(outlook, 6, "Omar Haddad");
    cousin->flags = CONTACT_FAMILY | CONTACT_US_LINK;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "connections.ask_who",
                 "Ask|Omar Haddad|whom they know in Internal Medicine");
    assert_null(of_kind(survey, "connections.tell"));
    struct favour asked = intro_of(6, 0, "asked", TODAY - 20);
    g_array_append_val(outlook->favours, asked);
    g_autoptr(survey_ptr) again = look(outlook);
    assert_null(of_kind(again, "connections.ask_who"));
}

static void a_warm_tie_is_asked_for_an_introduction_where_they_work(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_pair(outlook);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "connections.ask_intro", "Ask|Ana Silva|to introduce you to Dr. Ben Ode");
    assert_why(survey, "connections.ask_intro", "both are at Northquay General");
    assert_int_equal(of_kind(survey, "connections.ask_intro")->about_id, 2);
}

static void nobody_is_asked_who_is_not_warm_or_was_asked_lately(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) thin = aiming();
    add_pair(thin);
    g_array_index(thin->contacts, struct contact, 0).tie = 0.44F;
    g_autoptr(survey_ptr) none = look(thin);
    assert_null(of_kind(none, "connections.ask_intro"));

    g_autoptr(outlook_ptr) busy = aiming();
    add_pair(busy);
    struct favour asked = intro_of(1, 0, "told", TODAY - 30);
    g_array_append_val(busy->favours, asked);
    g_autoptr(survey_ptr) lately = look(busy);
    assert_null(of_kind(lately, "connections.ask_intro"));

    g_autoptr(outlook_ptr) rested = aiming();
    add_pair(rested);
    asked.asked_day = TODAY - 61;
    g_array_append_val(rested->favours, asked);
    g_autoptr(survey_ptr) again = look(rested);
    assert_non_null(of_kind(again, "connections.ask_intro"));
}

static void somebody_you_know_needs_no_introduction(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_pair(outlook);
    struct contact *target = &g_array_index(outlook->contacts, struct contact, 1);
    target->n_touches = 3;
    target->last_day = TODAY - 700;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(of_kind(survey, "connections.ask_intro"));
}

static void of_several_the_warmest_is_asked_and_only_once_a_place(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_pair(outlook);
    struct contact *warmer = outlook_add(outlook, 3, "Chi Wen");
    warmer->tie = 0.8F;
    warmer->n_touches = 4;
    warmer->department = "northquay general";
    struct contact *director = outlook_add(outlook, 4, "Dr. Eva Dahl");
    director->flags = CONTACT_SPECIALTY | CONTACT_PROGRAMME;
    director->specialty = "internal_medicine";
    director->department = "northquay general";
    director->org = "Northquay General";
    outlook_finish(outlook);
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(struct intro_pair));
    intro_pairs(outlook, pairs);
    assert_int_equal(pairs->len, 1);
    assert_string_equal(g_array_index(pairs, struct intro_pair, 0).by->name, "Chi Wen");
    assert_string_equal(g_array_index(pairs, struct intro_pair, 0).target->name, "Dr. Eva Dahl");
}

static void an_introduction_is_thanked_for_within_two_days(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_pair(outlook);
    struct favour made = intro_of(1, 2, "granted", TODAY - 1);
    g_array_append_val(outlook->favours, made);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "connections.thank_intro",
                 "Thank|Ana Silva|for the introduction to Dr. Ben Ode");
    assert_int_equal(of_kind(survey, "connections.thank_intro")->until_day, TODAY + 1);
    assert_title(survey, "connections.write_new", "Write to|Dr. Ben Ode|after the introduction");
    assert_why(survey, "connections.write_new", "Ana Silva introduced you");
    assert_null(of_kind(survey, "connections.tell_intro"));
    assert_null(of_kind(survey, "connections.ask_intro"));
}

static void late_thanks_are_still_due_until_three_weeks(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_pair(outlook);
    struct favour made = intro_of(1, 0, "granted", TODAY - 10);
    g_array_append_val(outlook->favours, made);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "connections.thank_intro", "Thank|Ana Silva|for the introduction");
    assert_int_equal(of_kind(survey, "connections.thank_intro")->until_day, TODAY + 11);
    g_array_index(outlook->favours, struct favour, 0).settled_day = TODAY - 22;
    g_autoptr(survey_ptr) over = look(outlook);
    assert_null(of_kind(over, "connections.thank_intro"));
}

static void after_a_week_the_introducer_is_told_how_it_went(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_pair(outlook);
    struct favour made = intro_of(1, 2, "thanked", TODAY - 6);
    g_array_append_val(outlook->favours, made);
    g_autoptr(survey_ptr) early = look(outlook);
    assert_null(of_kind(early, "connections.tell_intro"));
    g_array_index(outlook->favours, struct favour, 0).settled_day = TODAY - 7;
    g_array_index(outlook->contacts, struct contact, 1).last_talk_day = TODAY - 3;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "connections.tell_intro", "Tell|Ana Silva|how it went with Dr. Ben Ode");
    assert_int_equal(of_kind(survey, "connections.tell_intro")->until_day, TODAY + 7);
    assert_why(survey, "connections.tell_intro", "you were in touch with Dr. Ben Ode since");
    assert_null(of_kind(survey, "connections.write_new"));
}

static void a_request_of_two_weeks_is_settled(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_pair(outlook);
    struct favour asked = intro_of(1, 2, "asked", TODAY - 13);
    g_array_append_val(outlook->favours, asked);
    g_autoptr(survey_ptr) early = look(outlook);
    assert_null(of_kind(early, "connections.settle"));
    g_array_index(outlook->favours, struct favour, 0).asked_day = TODAY - 14;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "connections.settle",
                 "Write down what came of your request to|Ana Silva|");
    assert_why(survey, "connections.settle", "Asked 14 days ago");
}

static void an_introduction_only_logged_is_thanked_for_too(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_pair(outlook);
    g_array_index(outlook->contacts, struct contact, 0).last_intro_day = TODAY - 1;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "connections.thank_intro", "Thank|Ana Silva|for the introduction");
    g_array_index(outlook->contacts, struct contact, 0).last_thanks_day = TODAY;
    g_autoptr(survey_ptr) thanked = look(outlook);
    assert_null(of_kind(thanked, "connections.thank_intro"));
}

static void who_asked_not_to_be_written_to_is_left_alone(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_pair(outlook);
    g_array_index(outlook->contacts, struct contact, 0).flags |= CONTACT_DO_NOT;
    outlook_add(outlook, 5, "Prof. Amina Diallo")->flags = CONTACT_TEACHER | CONTACT_DO_NOT;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 1);
    assert_non_null(of_kind(survey, "connections.circle"));
}

static void prompts_are_questions_with_a_tag_each(void **state)
{
    (void)state;
    assert_true(n_data_circle >= 10);
    for (size_t i = 0; i < n_data_circle; i++) {
        const struct data_circle *row = &data_circle[i];
        assert_true(g_str_has_suffix(row->ask, "?"));
        assert_true(row->tag[0] != '\0' && row->met[0] != '\0');
        assert_null(strchr(row->for_whom, '!'));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_prompt_is_family_and_one_at_a_time),
        cmocka_unit_test(a_prompt_gone_through_leads_to_the_next_but_not_the_same_day),
        cmocka_unit_test(a_refused_prompt_makes_room_and_an_open_one_does_not),
        cmocka_unit_test(a_circle_is_known_by_roles_and_by_tags_of_its_prompts),
        cmocka_unit_test(the_circle_is_told_what_you_aim_for_once),
        cmocka_unit_test(nobody_is_told_of_an_aim_that_is_not_set),
        cmocka_unit_test(somebody_near_in_the_united_states_is_asked_whom_they_know),
        cmocka_unit_test(a_warm_tie_is_asked_for_an_introduction_where_they_work),
        cmocka_unit_test(nobody_is_asked_who_is_not_warm_or_was_asked_lately),
        cmocka_unit_test(somebody_you_know_needs_no_introduction),
        cmocka_unit_test(of_several_the_warmest_is_asked_and_only_once_a_place),
        cmocka_unit_test(an_introduction_is_thanked_for_within_two_days),
        cmocka_unit_test(late_thanks_are_still_due_until_three_weeks),
        cmocka_unit_test(after_a_week_the_introducer_is_told_how_it_went),
        cmocka_unit_test(a_request_of_two_weeks_is_settled),
        cmocka_unit_test(an_introduction_only_logged_is_thanked_for_too),
        cmocka_unit_test(who_asked_not_to_be_written_to_is_left_alone),
        cmocka_unit_test(prompts_are_questions_with_a_tag_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
