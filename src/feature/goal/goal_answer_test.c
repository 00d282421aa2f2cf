/* Answers as people say and type them; and that every part of a question can be set by its name. */
#include "feature/goal/goal_parts.h"

#include "data_goal_fields.h"
#include "data_questions.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static void expect(const char *field, const char *stored, const char *said, const char *typed)
{
    g_autofree char *words = goal_answer_words(data_goal_fields_by_id(field), stored);
    g_autofree char *text = goal_answer_typed(data_goal_fields_by_id(field), stored);
    assert_string_equal(words, said);
    assert_string_equal(text, typed);
}

static void answers_are_said_in_words_and_typed_as_numbers(void **state)
{
    expect("hours_week", "360", "6 h", "6");
    expect("hours_week", "90", "1 h 30", "1.5");
    expect("money_month", "8000", "$80", "80");
    expect("money_month", "1250", "$12.5", "12.5");
    expect("money_month", "0", "$0", "0");
    expect("specialties", "internal_medicine", "Internal Medicine", "Internal Medicine");
    expect("regions", "OH MI", "Ohio, Michigan", "Ohio, Michigan");
    expect("exams", "none", "none", "none");
    expect("school", "Indus Delta", "Indus Delta", "Indus Delta");
    expect("cycle", NULL, "", "");
}

extern const struct feature feature_goal;

static void every_part_of_a_question_can_be_set(void **state)
{
    assert_in_range(n_data_questions, 1, 12);
    const struct action *set = feature_goal.actions[1];
    assert_string_equal(set->name, "goal.set");
    for (size_t i = 0; i < n_data_questions; i++) {
        g_auto(GStrv) fields = goal_question_fields(&data_questions[i]);
        assert_true(data_questions[i].why[0] != '\0');
        for (char **field = fields; *field != NULL; field++) {
            const struct param *param = set->params;
            while (param->name != NULL && strcmp(param->name, *field) != 0) {
                param++;
            }
            if (param->name == NULL) {
                fail_msg("goal.set does not take %s", *field);
            }
            bool is_many = strcmp(data_goal_fields_by_id(*field)->kind, "many") == 0;
            assert_int_equal((param->flags & PARAM_REPEATED) != 0, is_many);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_said_in_words_and_typed_as_numbers),
        cmocka_unit_test(every_part_of_a_question_can_be_set),
    };
    return cmocka_run_group_tests_name("goal_answer", tests, NULL, NULL);
}
