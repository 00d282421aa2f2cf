/* Whom of your own school to write to, and when. */
#include "feature/alumni/alumni.h"

#include "model/survey_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static struct survey *look(struct outlook *outlook)
{
    return look_at(outlook, &alumni_strategy);
}

static struct outlook *aiming(void)
{
    struct outlook *outlook = outlook_new(TODAY);
    outlook->goal.specialties = "internal_medicine";
    outlook->goal.stage = "graduate";
    outlook->goal.school = "University of Lakemont";
    outlook->goal.graduated = 2022;
    return outlook;
}

static struct contact *add_alumna(struct outlook *outlook, int64_t id, const char *name, int year)
{
    struct contact *one = outlook_add(outlook, id, name);
    one->flags = CONTACT_SCHOOL | CONTACT_US_LINK;
    one->school = "University of Lakemont";
    one->class_year = year;
    return one;
}

static void a_resident_of_a_near_year_comes_first(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_alumna(outlook, 1, "Dr. Far Away", 1990)->flags |= CONTACT_SPECIALTY;
    add_alumna(outlook, 2, "Dr. Near By", 2020)->flags |= CONTACT_SPECIALTY | CONTACT_RESIDENT;
    g_array_index(outlook->contacts, struct contact, 0).specialty = "internal_medicine";
    g_array_index(outlook->contacts, struct contact, 1).specialty = "internal_medicine";
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "alumni.first", "Write a first message to|Dr. Near By|");
    const struct suggestion *one = of_kind(survey, "alumni.first");
    g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
    suggestion_terms(outlook, one, terms);
    g_ptr_array_add(terms, NULL);
    g_autofree char *all = g_strjoinv(", ", (char **)terms->pdata);
    assert_string_equal(all, "is in Internal Medicine (+60), works or lives in the United States "
                             "(+50), goes the way you want to go (+40), went to "
                             "University of Lakemont as you did (+35), finished two years before "
                             "you (+32), is in training there now (+20)");
}

static void a_year_that_is_not_known_is_not_spoken_of(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_alumna(outlook, 1, "Dr. No Year", 0);
    g_autoptr(survey_ptr) survey = look(outlook);
    const struct suggestion *one = of_kind(survey, "alumni.first");
    assert_non_null(one);
    g_autofree char *why = suggestion_why(outlook, one);
    assert_null(strstr(why, "inished"));
}

static void distances_are_said_in_words(void **state)
{
    (void)state;
    g_autoptr(GStringChunk) text = g_string_chunk_new(64);
    assert_string_equal(alumni_distance_words(0, text), "in your year");
    assert_string_equal(alumni_distance_words(-1, text), "one year before you");
    assert_string_equal(alumni_distance_words(3, text), "three years after you");
    assert_string_equal(alumni_distance_words(-30, text), "30 years before you");
}

static void who_could_not_help_is_not_written_to(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_alumna(outlook, 1, "Somebody Elsewhere", 2020)->flags = CONTACT_SCHOOL;
    outlook_add(outlook, 2, "Dr. Other School")->flags = CONTACT_US_LINK | CONTACT_SPECIALTY;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(of_kind(survey, "alumni.first"));
}

static void a_second_first_message_is_never_suggested(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_alumna(outlook, 1, "Dr. Near By", 2020)->last_out_day = TODAY - 40;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(of_kind(survey, "alumni.first"));
    assert_null(of_kind(survey, "alumni.second"));
}

static void somebody_you_wrote_to_years_ago_is_no_stranger(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    add_alumna(outlook, 1, "Dr. Near By", 2020)->last_day = TODAY - 700;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(of_kind(survey, "alumni.first"));
}

static void an_answer_is_answered_within_a_week(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    struct contact *one = add_alumna(outlook, 1, "Dr. Near By", 2020);
    one->last_out_day = TODAY - 5;
    one->last_in_day = TODAY - 2;
    one->n_touches = 2;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "alumni.second", "Answer|Dr. Near By|and ask for 15 minutes");
    assert_int_equal(of_kind(survey, "alumni.second")->until_day, TODAY + 5);
    assert_why(survey, "alumni.second", "answered on Sun 19 July");
    g_array_index(outlook->contacts, struct contact, 0).last_out_day = TODAY - 1;
    g_autoptr(survey_ptr) written = look(outlook);
    assert_null(of_kind(written, "alumni.second"));
}

static void after_a_talk_others_take_over(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    struct contact *one = add_alumna(outlook, 1, "Dr. Near By", 2020);
    one->last_out_day = TODAY - 5;
    one->last_in_day = TODAY - 2;
    one->last_talk_day = TODAY - 2;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(of_kind(survey, "alumni.second"));
}

static void a_resident_offers_to_those_behind(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    outlook->goal.stage = "resident";
    add_alumna(outlook, 1, "Dr. Before", 2019);
    add_alumna(outlook, 2, "Behind", 2025)->flags = CONTACT_SCHOOL;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(of_kind(survey, "alumni.first"));
    assert_title(survey, "alumni.offer", "Offer|Behind|half an hour of honest advice");
    assert_why(survey, "alumni.offer", "finished three years after you");
    assert_null(of_kind(survey, "alumni.list"));
}

static void a_school_with_few_people_asks_for_its_list(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "alumni.list", "Ask your school or class group for its list|-|");
    for (int i = 0; i < 10; i++) {
        add_alumna(outlook, 10 + i, "Somebody", 2010);
    }
    g_autoptr(survey_ptr) many = look(outlook);
    assert_null(of_kind(many, "alumni.list"));
}

static void without_a_school_nothing_is_suggested(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 0);
}

static struct pursuit event_of(int32_t day)
{
    return (struct pursuit){.pursuit_id = 77,
                            .kind = "meeting",
                            .title = "Lakemont reunion",
                            .stage = "planned",
                            .strategy = "alumni",
                            .from_day = day,
                            .until_day = DAY_NONE,
                            .due_day = DAY_NONE,
                            .closed_at = AT_NONE,
                            .deleted_at = AT_NONE};
}

static void an_event_is_prepared_then_written_up(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = aiming();
    struct pursuit event = event_of(TODAY + 10);
    g_array_append_val(outlook->pursuits, event);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "alumni.prepare", "Choose whom to look for at Lakemont reunion|-|");
    assert_int_equal(of_kind(survey, "alumni.prepare")->until_day, TODAY + 10);
    assert_null(of_kind(survey, "alumni.event"));
    g_array_index(outlook->pursuits, struct pursuit, 0).from_day = TODAY - 2;
    g_autoptr(survey_ptr) past = look(outlook);
    assert_title(past, "alumni.met", "Write down whom you met at Lakemont reunion|-|");
    struct pursuit_person met = {
        .pursuit_id = 77, .person_id = 1, .role = "met", .on_day = TODAY - 2};
    g_array_append_val(outlook->pursuit_people, met);
    g_autoptr(survey_ptr) written = look(outlook);
    assert_null(of_kind(written, "alumni.met"));
    assert_title(written, "alumni.event", "Look up when University of Lakemont meets next|-|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_resident_of_a_near_year_comes_first),
        cmocka_unit_test(a_year_that_is_not_known_is_not_spoken_of),
        cmocka_unit_test(distances_are_said_in_words),
        cmocka_unit_test(who_could_not_help_is_not_written_to),
        cmocka_unit_test(a_second_first_message_is_never_suggested),
        cmocka_unit_test(somebody_you_wrote_to_years_ago_is_no_stranger),
        cmocka_unit_test(an_answer_is_answered_within_a_week),
        cmocka_unit_test(after_a_talk_others_take_over),
        cmocka_unit_test(a_resident_offers_to_those_behind),
        cmocka_unit_test(a_school_with_few_people_asks_for_its_list),
        cmocka_unit_test(without_a_school_nothing_is_suggested),
        cmocka_unit_test(an_event_is_prepared_then_written_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
