/* How bodies fit a goal; what is private stays private; what memberships suggest. */
#include "model/association.h"

#include "model/membership.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TODAY 20655 /* Tue 21 July 2026 */

static struct association_fit fit_of(const char *id, const struct goal *goal)
{
    struct association_fit fit;
    const struct data_associations *row = data_associations_by_id(id);
    assert_non_null(row);
    association_fit(row, goal, TODAY, &fit);
    return fit;
}

static void assert_words(const char *id, const struct goal *goal, const char *expected)
{
    struct association_fit fit = fit_of(id, goal);
    g_autofree char *words = association_words(&fit, goal);
    if (expected == NULL) {
        assert_null(words);
        return;
    }
    assert_non_null(words);
    assert_string_equal(words, expected);
}

static struct goal goal_of(const char *specialties, const char *stage)
{
    return (struct goal){.specialties = specialties,
                         .stage = stage,
                         .n_answered = 2,
                         .hours_week = -1,
                         .money_month = -1,
                         .answered_day = TODAY};
}

static void the_society_of_a_specialty_fits(void **state)
{
    (void)state;
    struct goal goal = goal_of("internal_medicine", "student");
    assert_words("acp", &goal, "Of Internal Medicine; free for students.");
    assert_words(
        "sgim", &goal,
        "Of Internal Medicine; no tier for students is known here, so ask; arranges mentoring.");
    assert_words("acc", &goal, "For later: Cardiovascular Disease follows your residency.");
    assert_words("acs", &goal, NULL);
    assert_words(
        "ama", &goal,
        "For every specialty; names a tier for students; has a group for graduates from abroad.");
}

static void a_tier_is_that_of_the_stage(void **state)
{
    (void)state;
    struct goal graduate = goal_of("family_medicine", "graduate");
    assert_words("aafp", &graduate,
                 "Of Family Medicine; names a tier for graduates not yet in training.");
    struct goal student = goal_of("family_medicine", "student");
    assert_words("aafp", &student, "Of Family Medicine; free for students.");
    struct goal resident = goal_of("general_surgery", "resident");
    assert_true(fit_of("acs", &resident).has_tier);
    struct goal unsaid = goal_of("internal_medicine", NULL);
    assert_words("acp", &unsaid, "Of Internal Medicine.");
}

/* Every specialty with a society of its own in the table finds it. */
static void each_field_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *specialty;
        const char *body;
    } pairs[] = {
        {"pediatrics", "aap"},
        {"psychiatry", "apa_psych"},
        {"neurology", "aan"},
        {"diagnostic_radiology", "rsna"},
        {"pathology", "ascp"},
        {"pmr", "aapmr"},
        {"emergency_medicine", "emra"},
        {"emergency_medicine", "saem"},
        {"obstetrics_gynecology", "acog"},
        {"anesthesiology", "asa_anes"},
        {"orthopaedic_surgery", "aaos"},
        {"otolaryngology", "aaohns"},
        {"urology", "aua"},
        {"neurology", "ana_neuro"},
        {"general_surgery", "acs"},
        {"dermatology", "aad"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        struct goal goal = goal_of(pairs[i].specialty, "student");
        struct association_fit fit = fit_of(pairs[i].body, &goal);
        if (fit.grade != ASSOCIATION_FITS) {
            fail_msg("%s does not fit %s", pairs[i].body, pairs[i].specialty);
        }
    }
}

/* Neither country, citizenship nor language make a body of heritage fit: only a choice does. */
static void heritage_fits_only_when_chosen(void **state)
{
    (void)state;
    struct goal goal = goal_of("internal_medicine", "graduate");
    goal.school_country = "PK";
    goal.citizenship = "PK";
    goal.languages = "ur";
    for (size_t i = 0; i < n_data_associations; i++) {
        struct association_fit fit;
        association_fit(&data_associations[i], &goal, TODAY, &fit);
        if (association_is_private(&data_associations[i])) {
            assert_int_equal(fit.grade, ASSOCIATION_LISTED);
            assert_int_equal(fit.points, 0);
            g_autofree char *words = association_words(&fit, &goal);
            assert_null(words);
        }
    }
    goal.heritage = "appna";
    assert_words("appna", &goal,
                 "You chose it; no tier for graduates not yet in training is known here, so ask; "
                 "arranges mentoring.");
    assert_words("aapi", &goal, NULL);
    assert_true(association_is_private(data_associations_by_id("nma")));
    assert_true(association_is_private(data_associations_by_id("amwa")));
    assert_false(association_is_private(data_associations_by_id("ama")));
}

static void the_best_stand_first_and_none_is_lost(void **state)
{
    (void)state;
    struct goal goal = goal_of("pediatrics", "graduate");
    g_autoptr(GArray) professional = g_array_new(false, false, sizeof(struct association_fit));
    g_autoptr(GArray) own = g_array_new(false, false, sizeof(struct association_fit));
    association_catalogue(&goal, TODAY, SHELF_PROFESSIONAL, professional);
    association_catalogue(&goal, TODAY, SHELF_OWN, own);
    assert_int_equal(professional->len + own->len, n_data_associations);
    assert_string_equal(g_array_index(professional, struct association_fit, 0).row->id, "aap");
    assert_string_equal(g_array_index(professional, struct association_fit, 1).row->id, "ama");
    for (guint i = 1; i < own->len; i++) { /* neutral: by name alone */
        assert_true(strcmp(g_array_index(own, struct association_fit, i - 1).row->name,
                           g_array_index(own, struct association_fit, i).row->name) < 0);
    }
}

static void a_fee_is_weighed_against_the_money_of_a_month(void **state)
{
    (void)state;
    struct goal goal = goal_of("pediatrics", "graduate");
    assert_true(association_dear(&goal, 50000) <= 0); /* nothing was said */
    goal.money_month = 8000;
    assert_true(association_dear(&goal, 8000) <= 0);
    assert_true(association_dear(&goal, 12000) > 0 && association_dear(&goal, 12000) < 0.2);
    assert_true(association_dear(&goal, 100000) >= 1);
    goal.money_month = 0;
    assert_true(association_dear(&goal, 100) >= 1);
    assert_true(association_dear(&goal, -1) <= 0 && association_dear(&goal, 0) <= 0);
}

static void the_words_of_a_meeting_agree_with_its_month(void **state)
{
    (void)state;
    struct goal goal = goal_of("internal_medicine", "student");
    assert_int_equal(fit_of("acp", &goal).days_to_meeting, 268); /* 15 April 2027 */
    assert_int_equal(fit_of("apa_psych", &goal).days_to_meeting, 298);
    assert_int_equal(fit_of("aafp", &goal).days_to_meeting, 10);  /* July-August: 31 July */
    assert_int_equal(fit_of("aapi", &goal).days_to_meeting, 10);  /* June-July */
    assert_int_equal(fit_of("naama", &goal).days_to_meeting, -1); /* varies */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_society_of_a_specialty_fits),
        cmocka_unit_test(a_tier_is_that_of_the_stage),
        cmocka_unit_test(each_field_is_known),
        cmocka_unit_test(heritage_fits_only_when_chosen),
        cmocka_unit_test(the_best_stand_first_and_none_is_lost),
        cmocka_unit_test(a_fee_is_weighed_against_the_money_of_a_month),
        cmocka_unit_test(the_words_of_a_meeting_agree_with_its_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
