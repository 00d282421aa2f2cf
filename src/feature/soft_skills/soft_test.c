/* One practice a week for what is ahead; how long a story takes to say. */
#include "feature/soft_skills/soft.h"

#include "data_ahead.h"
#include "data_suggestions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TODAY 20655 /* Tue 21 July 2026 */

/* What the strategy suggests for an outlook, worded: "" when nothing. */
static struct survey *look(struct outlook *outlook)
{
    static const struct strategy *const rows[] = {&soft_skills_strategy};
    static const struct strategy_table table = {rows, 1};
    outlook_finish(outlook);
    return survey_of(outlook, &table);
}

static const struct suggestion *only(const struct survey *survey)
{
    assert_int_equal(survey->suggestions->len, 1);
    return &g_array_index(survey->suggestions, struct suggestion, 0);
}

static struct practice practice_of(const char *kind, const char *ref, int32_t day)
{
    return (struct practice){.strategy = "soft_skills",
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

static void add_story(struct outlook *outlook, const char *kind)
{
    struct story story = {.kind = kind, .body = "I come from Karachi.", .changed_at = 1};
    g_array_append_val(outlook->stories, story);
}

static void add_interviews(struct outlook *outlook, struct season *season, GArray *dates)
{
    struct season_date date = {
        .id = "interviews", .on_day = TODAY - 3, .until_day = TODAY + 90, .rule_day = DAY_NONE};
    g_array_append_val(dates, date);
    season->dates = dates;
    outlook->season = season;
}

static void words_are_counted_as_they_are_spoken(void **state)
{
    (void)state;
    assert_int_equal(story_words(NULL), 0);
    assert_int_equal(story_words(" \n "), 0);
    assert_int_equal(story_words("one"), 1);
    assert_int_equal(story_words("I come from Karachi - and stay."), 6);
    assert_int_equal(story_words("won't re-admit"), 2);
    assert_int_equal(story_words("میں ڈاکٹر ہوں"), 3);
}

static void time_follows_from_words_at_130_a_minute(void **state)
{
    (void)state;
    assert_int_equal(story_seconds(0), 0);
    assert_int_equal(story_seconds(65), 30);
    assert_int_equal(story_seconds(130), 60);
    assert_int_equal(story_seconds(260), 120);
    GString *body = g_string_new(NULL);
    for (int i = 0; i < 65; i++) {
        g_string_append(body, "word ");
    }
    g_autofree char *fits = story_length_words(data_stories_by_id("30s"), body->str);
    assert_string_equal(fits, "65 words, about 30 seconds of 30 seconds");
    g_string_append(body, body->str);
    g_autofree char *text = g_string_free(body, FALSE);
    g_autofree char *more = story_length_words(data_stories_by_id("30s"), text);
    assert_string_equal(more, "130 words, about 60 seconds of 30 seconds; it is longer than it "
                              "will be heard");
    g_autofree char *little = story_length_words(data_stories_by_id("2min"), "one");
    assert_string_equal(little, "1 word, about 0 seconds of 2 minutes; there is room for more");
    g_autofree char *none = story_length_words(data_stories_by_id("2min"), "");
    assert_string_equal(none, "nothing yet; room for 2 minutes");
}

static void the_short_story_is_written_first(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_string_equal(only(survey)->kind->id, "story.write");
    assert_string_equal(only(survey)->ref, "30s");
}

static void a_planned_talk_asks_for_the_short_story(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add_step(outlook, "Call Dr. Hassan", TODAY + 3);
    add_story(outlook, "30s");
    add_story(outlook, "2min");
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_string_equal(only(survey)->kind->id, "story.tell");
    assert_string_equal(only(survey)->ref, "30s");
    g_autofree char *why = suggestion_why(outlook, only(survey));
    assert_non_null(strstr(why, "It helps with a talk on Fri 24 July"));
}

static void the_interview_season_asks_for_the_difficulty(void **state)
{
    (void)state;
    g_autoptr(GArray) dates = g_array_new(FALSE, TRUE, sizeof(struct season_date));
    struct season season = {0};
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add_interviews(outlook, &season, dates);
    for (size_t i = 0; i < n_data_stories; i++) {
        add_story(outlook, data_stories[i].id);
    }
    struct soft_choice choice;
    g_autoptr(GArray) ahead = g_array_new(FALSE, FALSE, sizeof(struct ahead));
    ahead_of(outlook, ahead);
    choice = soft_choose(outlook, ahead);
    assert_string_equal(choice.suggestion, "story.tell");
    assert_string_equal(choice.ref, "difficulty");
    /* told not long ago: the next one that fits */
    struct practice told = practice_of("story", "difficulty", TODAY - 5);
    g_array_append_val(outlook->practices, told);
    choice = soft_choose(outlook, ahead);
    assert_string_not_equal(choice.ref, "difficulty");
}

static void one_practice_a_week_is_enough(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct practice told = practice_of("listening", data_listening[0].id, TODAY - 1);
    g_array_append_val(outlook->practices, told);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_int_equal(survey->suggestions->len, 0);
    g_autoptr(outlook_ptr) planned = outlook_new(TODAY);
    outlook_origin(planned, "story.tell/-/2min", DAY_NONE);
    g_autoptr(survey_ptr) none = look(planned);
    assert_int_equal(none->suggestions->len, 0);
}

static void a_story_told_twice_wants_another_ear(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add_story(outlook, "30s");
    for (int i = 0; i < 2; i++) {
        struct practice told = practice_of("story", "30s", TODAY - 10 - i);
        told.self_rating = 2 + i;
        g_array_append_val(outlook->practices, told);
    }
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_string_equal(only(survey)->kind->id, "story.peer");
    g_autofree char *why = suggestion_why(outlook, only(survey));
    assert_non_null(strstr(why, "You rated it 2 of 5 yourself")); /* the newest */
    g_array_index(outlook->practices, struct practice, 0).peer_rating = 4;
    g_autoptr(survey_ptr) heard = look(outlook);
    assert_string_equal(only(heard)->kind->id, "listening.try");
}

static void cards_go_round_the_longest_untried_first(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add_story(outlook, "30s");
    for (size_t i = 0; i < n_data_listening; i++) {
        struct practice tried =
            practice_of("listening", data_listening[i].id, TODAY - 20 - (i == 3 ? 60 : 0));
        g_array_append_val(outlook->practices, tried);
    }
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_string_equal(only(survey)->kind->id, "listening.try");
    assert_string_equal(only(survey)->ref, data_listening[3].id);
}

static void what_was_refused_makes_room_for_another(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook_refuse(outlook, "kind", "story.write");
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_string_equal(only(survey)->kind->id, "listening.try");
}

static void cards_and_prompts_are_whole(void **state)
{
    (void)state;
    assert_true(n_data_listening >= 16);
    for (size_t i = 0; i < n_data_listening; i++) {
        g_auto(GStrv) ids = g_strsplit(data_listening[i].ahead, "|", -1);
        for (int k = 0; ids[k] != NULL; k++) {
            assert_non_null(data_ahead_by_id(ids[k]));
        }
    }
    for (size_t i = 0; i < n_data_stories; i++) {
        const struct data_story_prompts *prompts = data_story_prompts_by_id(data_stories[i].id);
        assert_non_null(prompts);
        assert_non_null(strchr(prompts->prompts, '|'));
        g_auto(GStrv) ids = g_strsplit(prompts->ahead, "|", -1);
        for (int k = 0; ids[k] != NULL; k++) {
            assert_non_null(data_ahead_by_id(ids[k]));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_counted_as_they_are_spoken),
        cmocka_unit_test(time_follows_from_words_at_130_a_minute),
        cmocka_unit_test(the_short_story_is_written_first),
        cmocka_unit_test(a_planned_talk_asks_for_the_short_story),
        cmocka_unit_test(the_interview_season_asks_for_the_difficulty),
        cmocka_unit_test(one_practice_a_week_is_enough),
        cmocka_unit_test(a_story_told_twice_wants_another_ear),
        cmocka_unit_test(cards_go_round_the_longest_untried_first),
        cmocka_unit_test(what_was_refused_makes_room_for_another),
        cmocka_unit_test(cards_and_prompts_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
