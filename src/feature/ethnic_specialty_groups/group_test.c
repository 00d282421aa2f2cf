/* Groups of heritage only when chosen; groups for graduates from abroad; one gathering a month. */
#include "feature/ethnic_specialty_groups/group.h"

#include "model/survey_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static struct survey *look(struct outlook *outlook)
{
    return look_at(outlook, &ethnic_specialty_groups_strategy);
}

static struct outlook *doctor(void)
{
    struct outlook *outlook = outlook_new(TODAY);
    outlook->goal.specialties = "internal_medicine";
    outlook->goal.stage = "graduate";
    outlook->goal.school = "Lakemont Medical University";
    outlook->goal.school_country = "PK";
    outlook->goal.citizenship = "PK";
    outlook->goal.languages = "ur";
    outlook->goal.n_answered = 8;
    return outlook;
}

static struct pursuit *add(struct outlook *outlook, const char *ref, const char *title,
                           const char *kind, const char *stage)
{
    struct pursuit one = {.pursuit_id = 100 + outlook->pursuits->len,
                          .kind = kind,
                          .title = title,
                          .ref = ref,
                          .stage = stage,
                          .strategy = "ethnic_specialty_groups",
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

static void nothing_is_guessed_from_a_country_or_a_language(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 0);
    outlook->goal.heritage = ""; /* answered: none */
    g_autoptr(survey_ptr) none = look(outlook);
    assert_int_equal(none->suggestions->len, 0);
}

static void what_was_chosen_is_suggested_one_at_a_time(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    outlook->goal.heritage = "appna imana";
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 1);
    assert_says(survey, look_find(survey, "groups.join", "appna"),
                "Look into joining the Association of Physicians of Pakistani Descent of North "
                "America (APPNA)",
                "You chose it in your goal");
    outlook_refuse(outlook, "step", "groups.join/-/appna");
    g_autoptr(survey_ptr) next = look(outlook);
    assert_non_null(look_find(next, "groups.join", "imana"));
    add(outlook, "imana", "IMANA", "membership", "active");
    g_autoptr(survey_ptr) joined = look(outlook);
    assert_null(look_find(joined, "groups.join", NULL));
}

static void a_society_joined_leads_to_its_group(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    add(outlook, "ama", "AMA", "membership", "active");
    add(outlook, "acp", "ACP", "membership", "active"); /* nobody knows of a group there */
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_says(
        survey, look_find(survey, "groups.section", "ama"),
        "Find the group for graduates from abroad in the American Medical Association (AMA)",
        "Its name: IMG Section");
    assert_null(look_find(survey, "groups.section", "acp"));
    outlook->goal.school_country = "US"; /* not a graduate from abroad */
    g_autoptr(survey_ptr) other = look(outlook);
    assert_null(look_find(other, "groups.section", NULL));
}

static void one_gathering_a_month(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    outlook->goal.heritage = "appna";
    add(outlook, "appna", "APPNA", "membership", "active");
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_says(survey, look_find(survey, "groups.gathering", NULL),
                "Go to a gathering of APPNA, in a room or online", "whose face they know");
    struct pursuit *evening = add(outlook, NULL, "An evening", "meeting", "attended");
    evening->from_day = TODAY - 29;
    g_autoptr(survey_ptr) rested = look(outlook);
    assert_null(look_find(rested, "groups.gathering", NULL));
    evening->from_day = TODAY - 30;
    g_autoptr(survey_ptr) again = look(outlook);
    assert_non_null(look_find(again, "groups.gathering", NULL));
    evening->from_day = TODAY + 20; /* planned */
    evening->stage = "planned";
    g_autoptr(survey_ptr) planned = look(outlook);
    assert_null(look_find(planned, "groups.gathering", NULL));
}

static void somebody_met_this_month_is_a_gathering(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    struct pursuit *one = add(outlook, "appna", "APPNA", "membership", "active");
    struct pursuit_person link = {one->pursuit_id, 10, "met", TODAY - 5};
    g_array_append_val(outlook->pursuit_people, link);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(look_find(survey, "groups.gathering", NULL));
}

static void who_is_through_helps_those_who_come_after(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    add(outlook, "appna", "APPNA", "membership", "active");
    g_autoptr(survey_ptr) before = look(outlook);
    assert_null(look_find(before, "groups.help", NULL));
    outlook->goal.stage = "resident";
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_says(survey, look_find(survey, "groups.help", NULL),
                "Offer an hour to those who come after you, in APPNA", "plain answers");
}

static void its_memberships_are_renewed_here(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    struct pursuit *one = add(outlook, "appna", "APPNA", "membership", "active");
    one->due_day = TODAY + 10;
    struct pursuit *own = add(outlook, NULL, "Doctors of Lakemont", "membership", "active");
    own->due_day = TODAY + 11; /* an own entry of this strategy */
    struct pursuit *society = add(outlook, "acp", "ACP", "membership", "active");
    society->due_day = TODAY + 12;
    g_autoptr(survey_ptr) survey = look(outlook);
    int n = 0;
    for (guint i = 0; i < survey->suggestions->len; i++) {
        const struct suggestion *row = &g_array_index(survey->suggestions, struct suggestion, i);
        n += strcmp(row->kind->id, "groups.renew") == 0;
    }
    assert_int_equal(n, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_guessed_from_a_country_or_a_language),
        cmocka_unit_test(what_was_chosen_is_suggested_one_at_a_time),
        cmocka_unit_test(a_society_joined_leads_to_its_group),
        cmocka_unit_test(one_gathering_a_month),
        cmocka_unit_test(somebody_met_this_month_is_a_gathering),
        cmocka_unit_test(who_is_through_helps_those_who_come_after),
        cmocka_unit_test(its_memberships_are_renewed_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
