/* The goal: each question is stored as it is meant, refused when it cannot be, taken back, and
 * asked by conditions. */
#include "model/goal.h"

#include "data_goal_fields.h"
#include "data_questions.h"
#include "data_specialties.h"
#include "model/account.h"
#include "model/model_scratch.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static bool answer(struct book *book, const char *question, const char *value, GError **error)
{
    return goal_set(book, question, value, NULL, error);
}

STORY(each_answer_is_stored_as_it_is_meant)
{
    SCRATCH_BOOK(book, tx, data);
    struct goal goal;
    DO(goal_load(&book, text, &goal, error));
    CLAIM(goal.n_answered == 0 && goal.hours_week == -1 && goal.money_month == -1);
    CLAIM(goal.specialties == NULL && goal.answered_day == DAY_NONE && goal.cycle == 0);
    static const char *const answers[][2] = {
        {"specialties", "Family Medicine, internal_medicine"},
        {"cycle", "2028"},
        {"stage", "graduate"},
        {"school", "  Indus  Delta Medical College "},
        {"school_country", "Pakistan"},
        {"graduated", "2024"},
        {"citizenship", "pk de"},
        {"visa", "either"},
        {"work_permit", "None"},
        {"exams", "step1 oet"},
        {"place_now", "Karachi"},
        {"country_now", "PK"},
        {"zone", "Asia/Karachi"},
        {"languages", "en, ur, Punjabi"},
        {"heritage", "appna"},
        {"hours_week", "6.5"},
        {"money_month", "$80"},
        {"tried", "none"},
        {"free_days", "fri sun"},
        {"regions", "Ohio, mi"},
    };
    CLAIM(G_N_ELEMENTS(answers) == n_data_goal_fields);
    for (size_t i = 0; i < G_N_ELEMENTS(answers); i++) {
        DO(answer(&book, answers[i][0], answers[i][1], error));
    }
    DO(goal_load(&book, text, &goal, error));
    CLAIM_TEXT(goal.specialties, "family_medicine internal_medicine");
    CLAIM_TEXT(goal.stage, "graduate");
    CLAIM_TEXT(goal.school, "Indus Delta Medical College");
    CLAIM_TEXT(goal.school_country, "PK");
    CLAIM_TEXT(goal.citizenship, "PK DE");
    CLAIM_TEXT(goal.visa, "either");
    CLAIM_TEXT(goal.work_permit, "none");
    CLAIM_TEXT(goal.exams, "step1 oet");
    CLAIM_TEXT(goal.regions, "OH MI");
    CLAIM_TEXT(goal.place_now, "Karachi");
    CLAIM_TEXT(goal.country_now, "PK");
    CLAIM_TEXT(goal.zone, "Asia/Karachi");
    CLAIM_TEXT(goal.languages, "en ur pa");
    CLAIM_TEXT(goal.heritage, "appna");
    CLAIM_TEXT(goal.tried, "");
    CLAIM_TEXT(goal.free_days, "fri sun");
    CLAIM(goal.cycle == 2028 && goal.graduated == 2024 && goal.hours_week == 390);
    CLAIM(goal.money_month == 8000 && goal.answered_day == SCRATCH_DAY);
    CLAIM(goal.n_answered == (int)G_N_ELEMENTS(answers));
    char buffer[64];
    CLAIM_TEXT(goal_specialty(&goal, buffer), "family_medicine");
    return true;
}

STORY(what_is_no_answer_is_refused_and_changes_nothing)
{
    SCRATCH_BOOK(book, tx, data);
    static const char *const wrong[][2] = {
        {"specialties", "plumbing"},
        {"specialties", "family_medicine pediatrics psychiatry"},
        {"cycle", "2012"},
        {"cycle", "next"},
        {"stage", "student graduate"},
        {"graduated", "1871"},
        {"citizenship", "ZZ"},
        {"zone", "Mars/Olympus"},
        {"zone", "+05:00"},
        {"hours_week", "many"},
        {"hours_week", "-2"},
        {"hours_week", "nan"},
        {"hours_week", "100"},
        {"money_month", "80 EUR"},
        {"money_month", "-5"},
        {"heritage", "ama"},
        {"work_permit", "maybe"},
        {"free_days", "mon tue wed thu fri sat sun"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        if (answer(&book, wrong[i][0], wrong[i][1], error)) {
            return bug(error, "test.claim", "%s took “%s”", wrong[i][0], wrong[i][1]);
        }
        CLAIM_TEXT(error_code(*error), "goal.invalid");
        g_clear_error(error);
    }
    REFUSES(answer(&book, "shoe_size", "42", error), "goal.unknown_question");
    struct goal goal;
    DO(goal_load(&book, text, &goal, error));
    CLAIM(goal.n_answered == 0);
    return true;
}

STORY(an_answer_is_taken_back_and_undone)
{
    SCRATCH_BOOK(book, tx, data);
    struct goal goal;
    DO(answer(&book, "stage", "student", error));
    auto_change_log edit = CHANGE_LOG(&book);
    DO(goal_set(&book, "stage", "graduate", &edit, error));
    DO(goal_set(&book, "cycle", "2028", &edit, error));
    DO(change_finish(&book, &edit, "Goal changed", error));
    auto_change_log clear = CHANGE_LOG(&book);
    DO(goal_set(&book, "stage", " ", &clear, error));
    DO(change_finish(&book, &clear, "Answer taken back", error));
    DO(goal_load(&book, text, &goal, error));
    CLAIM(goal.stage == NULL && goal.cycle == 2028);
    DO(change_undo(&book, clear.change_id, error));
    DO(goal_load(&book, text, &goal, error));
    CLAIM_TEXT(goal.stage, "graduate");
    DO(change_undo(&book, edit.change_id, error));
    DO(goal_load(&book, text, &goal, error));
    CLAIM_TEXT(goal.stage, "student");
    CLAIM(goal.cycle == 0 && goal.n_answered == 1);
    return true;
}

STORY(another_account_has_a_goal_of_its_own)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t other_id;
    struct goal goal;
    DO(account_create(tx, &scratch->env, &(struct account_new){.name = "other"}, &other_id, error));
    struct book other = BOOK(tx, &scratch->env, other_id);
    DO(answer(&book, "stage", "student", error));
    DO(answer(&other, "stage", "resident", error));
    DO(goal_load(&book, text, &goal, error));
    CLAIM_TEXT(goal.stage, "student");
    DO(answer(&other, "stage", NULL, error));
    DO(goal_load(&book, text, &goal, error));
    CLAIM_TEXT(goal.stage, "student");
    return true;
}

static void conditions_ask_the_goal(void **state)
{
    const struct goal goal = {
        .specialties = "ophthalmology family_medicine",
        .cycle = 2028,
        .stage = "graduate",
        .school = "Indus Delta Medical College",
        .citizenship = "PK",
        .visa = "either",
        .exams = "step1",
        .regions = "OH",
    };
    static const struct {
        const char *condition;
        bool fits;
    } asked[] = {
        {"", true},
        {"img", true},
        {"!img", false},
        {"visa", true},
        {"visa:h1b", true},
        {"visa:none", false},
        {"stage:student|graduate", true},
        {"stage:student", false},
        {"!stage:resident|unmatched", true},
        {"specialty:family_medicine", true},
        {"specialty:family", false},
        {"service:ERAS", true},
        {"service:SF", true},
        {"service:ResidencyCAS", false},
        {"exam_open:step1", false},
        {"exam_open:step2ck", true},
        {"exam:step1", true},
        {"img stage:graduate exam_open:oet", true},
        {"img stage:student exam_open:oet", false},
        {"region:MI|OH", true},
        {"cycle:2028", true},
        {"language:en", false}, /* not answered */
        {"!language:en", true},
        {"nonsense", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
        if (goal_fits(&goal, asked[i].condition) != asked[i].fits) {
            fail_msg("“%s” should be %d", asked[i].condition, asked[i].fits);
        }
    }
}

static void what_was_not_answered_fits_nothing(void **state)
{
    const struct goal nothing = {.hours_week = -1, .money_month = -1};
    static const char *const conditions[] = {"img",          "visa",
                                             "visa:j1",      "stage:student",
                                             "service:ERAS", "exam_open:step1",
                                             "cycle:0",      "specialty:family_medicine"};
    for (size_t i = 0; i < G_N_ELEMENTS(conditions); i++) {
        g_autofree char *turned = g_strconcat("!", conditions[i], NULL);
        assert_false(goal_fits(&nothing, conditions[i]));
        assert_true(goal_fits(&nothing, turned));
    }
    assert_true(goal_fits(&nothing, "") && goal_fits(&nothing, NULL));
}

static void a_visa_is_needed_by_those_who_need_one(void **state)
{
    struct goal goal = {.visa = "unknown"};
    assert_true(goal_fits(&goal, "visa"));
    assert_false(goal_fits(&goal, "visa:j1"));
    goal.work_permit = "green_card";
    assert_false(goal_fits(&goal, "visa"));
    goal.work_permit = "ead";
    goal.citizenship = "PK US";
    assert_false(goal_fits(&goal, "visa"));
    goal.citizenship = "PK";
    goal.visa = "none";
    assert_false(goal_fits(&goal, "visa"));
    goal.school_country = "US";
    goal.school = "Somewhere";
    assert_false(goal_fits(&goal, "img"));
}

static void misspelt_conditions_are_found(void **state)
{
    assert_true(goal_condition_is_known("img !stage:resident|unmatched exam_open:step2ck"));
    assert_true(goal_condition_is_known("service:ERAS visa:h1b"));
    assert_true(goal_condition_is_known(""));
    assert_false(goal_condition_is_known("imgs"));
    assert_false(goal_condition_is_known("stage:residents"));
    assert_false(goal_condition_is_known("exam_open:step2"));
    assert_false(goal_condition_is_known("stage:"));
}

/* Twelve questions at most, each with a reason; every field belongs to one, and has choices. */
static void the_first_conversation_is_whole(void **state)
{
    size_t n_fields = 0;
    assert_true(n_data_questions <= 12);
    for (size_t i = 0; i < n_data_questions; i++) {
        g_auto(GStrv) fields = g_strsplit(data_questions[i].fields, " ", -1);
        assert_true(strlen(data_questions[i].why) > 20);
        for (int f = 0; fields[f] != NULL; f++, n_fields++) {
            const struct data_goal_fields *field = data_goal_fields_by_id(fields[f]);
            assert_non_null(field);
            assert_string_equal(field->question, data_questions[i].id);
        }
    }
    assert_int_equal(n_fields, n_data_goal_fields);
    for (size_t i = 0; i < n_data_goal_fields; i++) {
        g_autoptr(GArray) choices = g_array_new(FALSE, FALSE, sizeof(struct goal_choice));
        goal_choices(data_goal_fields[i].id, choices);
        assert_int_equal(choices->len > 2, data_goal_fields[i].choices[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_answer_is_stored_as_it_is_meant),
        cmocka_unit_test(what_is_no_answer_is_refused_and_changes_nothing),
        cmocka_unit_test(an_answer_is_taken_back_and_undone),
        cmocka_unit_test(another_account_has_a_goal_of_its_own),
        cmocka_unit_test(conditions_ask_the_goal),
        cmocka_unit_test(what_was_not_answered_fits_nothing),
        cmocka_unit_test(a_visa_is_needed_by_those_who_need_one),
        cmocka_unit_test(misspelt_conditions_are_found),
        cmocka_unit_test(the_first_conversation_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
