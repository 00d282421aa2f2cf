/* One lesson a week, chosen by what is ahead; and the table of lessons itself. */
#include "feature/cross_cultural/lesson.h"

#include "data_ahead.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TODAY 20655 /* Tue 21 July 2026 */

/* What the strategy suggests for an outlook, worded: "" when nothing. */
static struct survey *look(struct outlook *outlook)
{
    static const struct strategy *const rows[] = {&cross_cultural_strategy};
    static const struct strategy_table table = {rows, 1};
    outlook_finish(outlook);
    return survey_of(outlook, &table);
}

static const struct suggestion *only(const struct survey *survey)
{
    assert_int_equal(survey->suggestions->len, 1);
    return &g_array_index(survey->suggestions, struct suggestion, 0);
}

static void assert_title(const struct survey *survey, const char *expected)
{
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    suggestion_title(survey->outlook, only(survey), &before, &after);
    assert_string_equal(before, expected);
}

static struct practice practice_of(const char *kind, const char *ref, int32_t day)
{
    return (struct practice){.strategy = "cross_cultural",
                             .kind = kind,
                             .ref = ref,
                             .on_day = day,
                             .minutes = -1,
                             .self_rating = -1,
                             .peer_rating = -1,
                             .deleted_at = AT_NONE};
}

static void add_step(struct outlook *outlook, const char *title, int32_t due_day)
{
    struct step step = {.step_id = 1,
                        .title = title,
                        .state = "open",
                        .due_day = due_day,
                        .snoozed_to = DAY_NONE,
                        .closed_at = AT_NONE};
    g_array_append_val(outlook->steps, step);
}

static void the_first_lesson_comes_when_nothing_is_ahead(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_string_equal(only(survey)->ref, data_lessons[0].id);
    assert_int_equal(only(survey)->minutes, data_lessons[0].minutes);
    assert_title(survey, "Read “A title and a family name”");
}

static void a_lesson_is_chosen_by_what_is_ahead(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add_step(outlook, "Go to the residency fair", TODAY + 1);
    g_autoptr(survey_ptr) survey = look(outlook);
    const struct data_lessons *lesson = data_lessons_by_id(only(survey)->ref);
    assert_true(ahead_lists(lesson->ahead, "conference"));
    g_autofree char *why = suggestion_why(outlook, only(survey));
    assert_non_null(strstr(why, "It is of use before a conference, Wed 22 July"));
}

static void one_lesson_a_week_is_enough(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct practice read = practice_of("lesson", data_lessons[0].id, TODAY - 1); /* Monday */
    g_array_append_val(outlook->practices, read);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 0);
    g_array_index(outlook->practices, struct practice, 0).on_day = TODAY - 2; /* Sunday */
    g_autoptr(survey_ptr) next = look(outlook);
    assert_string_equal(only(next)->ref, data_lessons[1].id);
}

static void a_lesson_that_was_refused_makes_room_for_another(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    g_autofree char *key = g_strdup_printf("lesson.read/-/%s", data_lessons[0].id);
    outlook_refuse(outlook, "step", key);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_string_equal(only(survey)->ref, data_lessons[1].id);
}

static void a_lesson_that_is_a_step_is_not_doubled(void **state)
{
    (void)state;
    g_autofree char *key = g_strdup_printf("lesson.read/-/%s", data_lessons[5].id);
    g_autoptr(outlook_ptr) open = outlook_new(TODAY);
    outlook_origin(open, key, DAY_NONE);
    g_autoptr(survey_ptr) survey = look(open);
    assert_int_equal(survey->suggestions->len, 0);
    g_autoptr(outlook_ptr) done = outlook_new(TODAY);
    outlook_origin(done, key, TODAY - 10);
    g_autoptr(survey_ptr) later = look(done);
    assert_string_equal(only(later)->ref, data_lessons[0].id);
}

static void nothing_is_left_when_all_are_read(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    for (size_t i = 0; i < n_data_lessons; i++) {
        struct practice read = practice_of("lesson", data_lessons[i].id, TODAY - 30);
        g_array_append_val(outlook->practices, read);
    }
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 0);
    assert_int_equal(lesson_n_read(outlook->practices), (int)n_data_lessons);
}

static void a_lesson_taken_back_is_unread(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct practice read = practice_of("lesson", data_lessons[0].id, TODAY);
    read.deleted_at = 1;
    g_array_append_val(outlook->practices, read);
    assert_int_equal(lesson_n_read(outlook->practices), 0);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_string_equal(only(survey)->ref, data_lessons[0].id);
}

/* Every lesson: habit there, habit here, why; short; for occasions that exist. */
static void lessons_are_cards_of_one_shape(void **state)
{
    (void)state;
    assert_true(n_data_lessons >= 40);
    for (size_t i = 0; i < n_data_lessons; i++) {
        const struct data_lessons *lesson = &data_lessons[i];
        assert_true(g_str_has_prefix(lesson->home, "In many places"));
        assert_true(g_str_has_prefix(lesson->here, "Here"));
        assert_true(g_str_has_prefix(lesson->why, "Because"));
        assert_true(strlen(lesson->home) < 200 && strlen(lesson->here) < 220);
        assert_true(lesson->minutes >= 1 && lesson->minutes <= 10);
        assert_null(strchr(lesson->here, '!'));
        g_auto(GStrv) ids = g_strsplit(lesson->ahead, "|", -1);
        for (int k = 0; ids[k] != NULL; k++) {
            assert_non_null(data_ahead_by_id(ids[k]));
        }
    }
    for (size_t i = 0; i < n_data_ahead; i++) { /* and none is left without a lesson */
        bool has_lesson = false;
        for (size_t k = 0; k < n_data_lessons; k++) {
            has_lesson = has_lesson || ahead_lists(data_lessons[k].ahead, data_ahead[i].id);
        }
        assert_true(has_lesson);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_lesson_comes_when_nothing_is_ahead),
        cmocka_unit_test(a_lesson_is_chosen_by_what_is_ahead),
        cmocka_unit_test(one_lesson_a_week_is_enough),
        cmocka_unit_test(a_lesson_that_was_refused_makes_room_for_another),
        cmocka_unit_test(a_lesson_that_is_a_step_is_not_doubled),
        cmocka_unit_test(nothing_is_left_when_all_are_read),
        cmocka_unit_test(a_lesson_taken_back_is_unread),
        cmocka_unit_test(lessons_are_cards_of_one_shape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
