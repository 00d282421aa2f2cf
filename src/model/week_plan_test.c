/* Weeks out of hand-made outlooks: what is chosen, on which day, and why the rest is not. */
#include "model/week.h"

#include "base/random.h"
#include "data_suggestions.h"
#include "model/step.h"
#include "model/survey_part.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#define TODAY 20655 /* Tue 21 July 2026 */
#define MONDAY (TODAY - 1)
#define NOON(day) ((int64_t)(day)*US_PER_DAY + 12 * 3600 * US_PER_SECOND)

static const struct data_suggestions write_kind = {.id = "test.write",
                                                   .strategy = "alumni",
                                                   .before = "Write to",
                                                   .after = "",
                                                   .minutes = 20,
                                                   .is_message = true,
                                                   .is_ask = true,
                                                   .whom = "faculty"};
static const struct data_suggestions thank_kind = {.id = "test.thank",
                                                   .strategy = "nurture",
                                                   .before = "Thank",
                                                   .after = "",
                                                   .minutes = 15,
                                                   .is_message = true,
                                                   .whom = "any"};
static const struct data_suggestions read_kind = {.id = "test.read",
                                                  .strategy = "cross_cultural",
                                                  .before = "Read",
                                                  .after = "",
                                                  .minutes = 10,
                                                  .whom = "any",
                                                  .per_week = 1};
static const struct data_suggestions meet_kind = {.id = "test.meet",
                                                  .strategy = "associations",
                                                  .before = "Go",
                                                  .after = "",
                                                  .minutes = 60,
                                                  .cents = 3500,
                                                  .whom = "any"};

struct set { /* what a test begins with */
    struct outlook *outlook;
    struct survey *survey;
    GArray *planned;
    struct clock clock;
    struct week week;
};

static void set_new(struct set *set)
{
    memset(set, 0, sizeof *set);
    set->outlook = outlook_new(TODAY);
    set->survey = g_new0(struct survey, 1);
    set->survey->outlook = set->outlook;
    set->survey->suggestions = g_array_new(FALSE, TRUE, sizeof(struct suggestion));
    set->survey->text = g_string_chunk_new(256);
    set->survey->ref_count = 1;
    set->planned = g_array_new(FALSE, TRUE, sizeof(struct planned));
    set->clock.fixed_at = NOON(TODAY);
    set->clock.zone = g_time_zone_new_utc();
    set->outlook->goal.money_month = -1;
    set->week = (struct week){.monday = MONDAY,
                              .minutes = 360,
                              .cents = 0,
                              .messages = 8,
                              .accepted_at = AT_NONE,
                              .reviewed_at = AT_NONE};
}

static void set_clear(struct set *set)
{
    survey_release(set->survey);
    outlook_free(set->outlook);
    g_array_unref(set->planned);
    clock_clear(&set->clock);
}

static int64_t person(struct set *set, int64_t id, const char *name, const char *department)
{
    struct contact *contact = outlook_add(set->outlook, id, name);
    contact->department = department;
    return id;
}

/* Suggestions come best first: the caller adds them so. */
static struct suggestion *suggest_one(struct set *set, const struct data_suggestions *kind,
                                      int64_t person_id, int points)
{
    struct suggestion one = {.kind = kind,
                             .person_id = person_id,
                             .from_day = DAY_NONE,
                             .until_day = DAY_NONE,
                             .minutes = kind->minutes,
                             .cents = MAX(kind->cents, 0),
                             .points = points};
    g_array_append_val(set->survey->suggestions, one);
    return &g_array_index(set->survey->suggestions, struct suggestion,
                          set->survey->suggestions->len - 1);
}

static struct step *step_one(struct set *set, int64_t step_id, int32_t due, int minutes)
{
    struct step step = {.step_id = step_id,
                        .title = "Own",
                        .due_day = due,
                        .minutes = minutes,
                        .cost_cents = 0,
                        .state = "open",
                        .snoozed_to = DAY_NONE,
                        .closed_at = AT_NONE,
                        .created_at = NOON(MONDAY - 7)};
    g_array_append_val(set->outlook->steps, step);
    return &g_array_index(set->outlook->steps, struct step, set->outlook->steps->len - 1);
}

static struct planned *plan_one(struct set *set, int64_t step_id, int32_t day, const char *origin)
{
    struct planned planned = {.step_id = step_id,
                              .monday = MONDAY,
                              .on_day = day,
                              .until_day = DAY_NONE,
                              .origin = origin,
                              .points = 100,
                              .terms = "[]"};
    g_array_append_val(set->planned, planned);
    return &g_array_index(set->planned, struct planned, set->planned->len - 1);
}

static struct week_plan *plan_of(struct set *set, bool is_again)
{
    outlook_finish(set->outlook);
    struct week_request request = {set->survey, set->week, set->planned, &set->clock, is_again};
    return week_plan_of(&request);
}

/* "Tue Thank 1; Wed Write to 2" of what was proposed; new string. */
static char *proposed(const struct week_plan *plan)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        g_autofree char *day = day_words(choice->on_day, TODAY);
        day[3] = '\0';
        g_string_append_printf(out, "%s%s ", out->len > 0 ? "; " : "", day);
        if (choice->suggestion != NULL) {
            g_string_append_printf(out, "%s %d", choice->suggestion->kind->before,
                                   (int)choice->suggestion->person_id);
        } else {
            g_string_append_printf(out, "step %d", (int)choice->step->step_id);
        }
    }
    return g_string_free(out, FALSE);
}

static const char *why_not(const struct week_plan *plan, int64_t person_id)
{
    for (guint i = 0; i < plan->left->len; i++) {
        const struct week_left *left = &g_array_index(plan->left, struct week_left, i);
        if (left->suggestion->person_id == person_id) {
            return left->why_not;
        }
    }
    return NULL;
}

static void thanks_come_before_what_is_asked(void **state)
{
    struct set set;
    set_new(&set);
    person(&set, 1, "Amina Hassan", NULL);
    suggest_one(&set, &write_kind, 1, 300)->after_person = 1;
    suggest_one(&set, &thank_kind, 1, 50)->from_day = TODAY + 2;
    g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
    g_autofree char *words = proposed(plan);
    assert_string_equal(words, "Thu Thank 1; Fri Write to 1");
    assert_true(plan->is_proven);
    assert_int_equal(plan->minutes_planned, 35);
    assert_int_equal(plan->n_messages, 2);
    set_clear(&set);
}

static void what_is_asked_waits_when_its_days_are_over_before_the_thanks(void **state)
{
    struct set set;
    set_new(&set);
    person(&set, 1, "Amina Hassan", NULL);
    struct suggestion *ask = suggest_one(&set, &write_kind, 1, 300);
    ask->after_person = 1;
    ask->until_day = TODAY + 1;
    suggest_one(&set, &thank_kind, 1, 50)->from_day = TODAY + 2;
    g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
    g_autofree char *words = proposed(plan);
    assert_string_equal(words, "Thu Thank 1");
    assert_string_equal(why_not(plan, 1), "thanks come first");
    set_clear(&set);
}

static void two_messages_to_a_department_are_enough_and_sent_ones_count(void **state)
{
    struct set set;
    set_new(&set);
    person(&set, 9, "Sent Already", "cedar valley");
    set.outlook->n_messages_week = 1;
    g_array_index(set.outlook->contacts, struct contact, 0).last_out_day = MONDAY;
    for (int i = 1; i <= 3; i++) {
        person(&set, i, "Somebody", i < 3 ? "cedar valley" : "elsewhere");
        suggest_one(&set, &write_kind, i, 400 - i);
    }
    g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
    g_autofree char *words = proposed(plan);
    assert_string_equal(words, "Tue Write to 1; Tue Write to 3");
    assert_string_equal(why_not(plan, 2), "two messages to one department are enough");
    assert_int_equal(plan->n_department_most, 2);
    assert_int_equal(plan->n_messages, 3);
    set_clear(&set);
}

static void days_kept_free_stay_free_and_hours_are_spread(void **state)
{
    struct set set;
    set_new(&set);
    set.outlook->goal.free_days = "wed fri sun";
    set.week.minutes = 60;
    for (int i = 1; i <= 4; i++) {
        person(&set, i, "Somebody", NULL);
        suggest_one(&set, &write_kind, i, 400 - i);
    }
    g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
    g_autofree char *words = proposed(plan);
    assert_string_equal(words, "Tue Write to 1; Thu Write to 2; Sat Write to 3");
    assert_string_equal(why_not(plan, 4), "no time left");
    assert_int_equal(plan->n_left, 1);
    set_clear(&set);
}

static void money_of_the_month_less_what_was_spent(void **state)
{
    struct set set;
    set_new(&set);
    set.week.cents = 8000;
    set.outlook->goal.money_month = 8000;
    struct step *paid = step_one(&set, 50, DAY_NONE, 30);
    paid->cost_cents = 5000;
    paid->state = "done";
    paid->closed_at = NOON(MONDAY - 10); /* 10 July */
    suggest_one(&set, &meet_kind, 0, 300);
    g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
    assert_int_equal(plan->choices->len, 0);
    assert_int_equal(plan->cents_max, 3000);
    assert_string_equal(why_not(plan, 0), "more than the money left");
    g_array_index(set.outlook->steps, struct step, 0).closed_at = NOON(MONDAY - 30); /* in June */
    g_autoptr(week_plan_ptr) later = plan_of(&set, false);
    assert_int_equal(later->choices->len, 1);
    assert_int_equal(later->cents_planned, 3500);
    set_clear(&set);
}

static void own_steps_with_a_day_are_always_in(void **state)
{
    struct set set;
    set_new(&set);
    set.week.minutes = 100;
    step_one(&set, 50, TODAY - 9, 10); /* late: today */
    step_one(&set, 51, TODAY + 2, 80);
    step_one(&set, 52, TODAY + 9, 80); /* next week */
    step_one(&set, 53, DAY_NONE, 80);  /* without a day */
    person(&set, 1, "Somebody", NULL);
    suggest_one(&set, &write_kind, 1, 400);
    suggest_one(&set, &read_kind, 0, 30);
    suggest_one(&set, &read_kind, 0, 20)->ref = "other";
    g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
    g_autofree char *words = proposed(plan);
    assert_string_equal(words, "Tue step 50; Wed Read 0; Thu step 51");
    assert_false(plan->is_over);
    assert_string_equal(why_not(plan, 1), "no time left");
    assert_string_equal(why_not(plan, 0), "one of this kind is enough for a week");
    set.week.minutes = 60;
    g_autoptr(week_plan_ptr) tight = plan_of(&set, false);
    assert_true(tight->is_over);
    assert_int_equal(tight->choices->len, 2);
    set_clear(&set);
}

static void quiet_times_are_kept_and_named(void **state)
{
    struct set set;
    set_new(&set);
    struct season season = {.dates = g_array_new(FALSE, TRUE, sizeof(struct season_date)),
                            .quiets = g_array_new(FALSE, TRUE, sizeof(struct season_quiet)),
                            .phases = g_array_new(FALSE, TRUE, sizeof(struct season_phase))};
    struct season_quiet quiet = {.id = "q",
                                 .title = "New interns start",
                                 .from_day = TODAY + 1,
                                 .until_day = TODAY + 30,
                                 .whom = "faculty"};
    g_array_append_val(season.quiets, quiet);
    set.outlook->season = &season;
    person(&set, 1, "Somebody", NULL);
    person(&set, 2, "Somebody", NULL);
    suggest_one(&set, &write_kind, 1, 400);
    suggest_one(&set, &write_kind, 2, 300)->from_day = TODAY + 31;
    g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
    g_autofree char *words = proposed(plan);
    assert_string_equal(words, "Tue Write to 1");
    assert_string_equal(why_not(plan, 2), "quiet time: New interns start");
    set.outlook->season = NULL;
    g_array_unref(season.dates);
    g_array_unref(season.quiets);
    g_array_unref(season.phases);
    set_clear(&set);
}

static void one_message_to_somebody_is_enough(void **state)
{
    struct set set;
    set_new(&set);
    person(&set, 1, "Somebody", NULL);
    suggest_one(&set, &write_kind, 1, 400);
    suggest_one(&set, &write_kind, 1, 300)->ref = "again";
    g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
    assert_int_equal(plan->choices->len, 1);
    assert_string_equal(why_not(plan, 1), "one message to somebody is enough for a week");
    set_clear(&set);
}

static void what_you_wrote_down_yourself_is_not_suggested_beside(void **state)
{
    struct set set;
    set_new(&set);
    person(&set, 1, "Amina Hassan", NULL);
    struct step *own = step_one(&set, 50, TODAY, 15);
    own->title = "Thank Dr. Hassan";
    own->person_id = 1;
    suggest_one(&set, &thank_kind, 1, 400);
    suggest_one(&set, &write_kind, 1, 300);
    suggest_one(&set, &meet_kind, 1, 200)->cents = 0;
    g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
    g_autofree char *words = proposed(plan);
    assert_string_equal(words, "Tue step 50; Wed Go 1");
    assert_int_equal(plan->left->len, 2);
    assert_string_equal(g_array_index(plan->left, struct week_left, 0).why_not,
                        "a step of your own with them is there already");
    assert_string_equal(g_array_index(plan->left, struct week_left, 1).why_not,
                        "a step with them is enough for a week");
    set_clear(&set);
}

static void an_agreed_week_takes_nothing_in_until_it_is_planned_again(void **state)
{
    struct set set;
    set_new(&set);
    set.week.accepted_at = NOON(MONDAY);
    step_one(&set, 50, TODAY, 20);
    plan_one(&set, 50, TODAY, "a/b");
    person(&set, 1, "Somebody", NULL);
    suggest_one(&set, &write_kind, 1, 400);
    g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
    g_autofree char *words = proposed(plan);
    assert_string_equal(words, "Tue step 50");
    assert_string_equal(why_not(plan, 1), "it came up after you agreed to the week");
    g_autoptr(week_plan_ptr) again = plan_of(&set, true);
    g_autofree char *more = proposed(again);
    assert_string_equal(more, "Tue Write to 1; Tue step 50");
    set_clear(&set);
}

static void planning_again_moves_only_what_is_loose(void **state)
{
    struct set set;
    set_new(&set);
    set.week.accepted_at = NOON(MONDAY);
    set.week.minutes = 60;
    for (int i = 0; i < 4; i++) {
        step_one(&set, 50 + i, TODAY + i, 20);
        plan_one(&set, 50 + i, TODAY + i, "a/b");
    }
    /* 50 is loose, 51 pinned, 52 begun, 53 loose and worth less than what comes up. */
    g_array_index(set.planned, struct planned, 1).is_pinned = true;
    g_array_index(set.planned, struct planned, 3).points = 10;
    person(&set, 7, "Begun", NULL);
    g_array_index(set.outlook->contacts, struct contact, 0).last_in_day = TODAY;
    g_array_index(set.outlook->steps, struct step, 2).person_id = 7;
    person(&set, 1, "Somebody", NULL);
    suggest_one(&set, &write_kind, 1, 90);
    g_autoptr(week_plan_ptr) plan = plan_of(&set, true);
    g_autofree char *words = proposed(plan);
    /* 100 + 35 for being agreed to beat 90: nothing is shuffled for a little more. */
    assert_string_equal(words, "Tue step 50; Wed step 51; Thu step 52");
    assert_int_equal(plan->back->len, 1);
    const struct week_choice *back = &g_array_index(plan->back, struct week_choice, 0);
    assert_int_equal(back->step->step_id, 53);
    assert_string_equal(back->why_not, "no time left on Friday");
    set_clear(&set);
}

static void a_missed_day_finds_another_when_planned_again(void **state)
{
    struct set set;
    set_new(&set);
    set.week.accepted_at = NOON(MONDAY);
    step_one(&set, 50, MONDAY, 20);
    plan_one(&set, 50, MONDAY, "a/b");
    g_autoptr(week_plan_ptr) plan = plan_of(&set, true);
    g_autofree char *words = proposed(plan);
    assert_string_equal(words, "Tue step 50");
    assert_int_equal(plan->back->len, 0);
    set_clear(&set);
}

static void done_steps_stand_on_the_day_they_were_done(void **state)
{
    struct set set;
    set_new(&set);
    set.week.cents = 8000;
    struct step *done = step_one(&set, 50, TODAY + 3, 45);
    done->state = "done";
    done->closed_at = NOON(MONDAY);
    done->cost_cents = 3500;
    suggest_one(&set, &meet_kind, 0, 300);
    g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
    g_autofree char *words = proposed(plan);
    assert_string_equal(words, "Mon step 50; Tue Go 0");
    assert_int_equal(plan->minutes_used, 45);
    assert_int_equal(plan->minutes_planned, 60);
    assert_int_equal(plan->cents_used, 3500);
    assert_int_equal(plan->cents_planned, 3500);
    set_clear(&set);
}

static void a_week_that_is_over_proposes_nothing(void **state)
{
    struct set set;
    set_new(&set);
    set.week.monday = MONDAY - 7;
    person(&set, 1, "Somebody", NULL);
    suggest_one(&set, &write_kind, 1, 400);
    step_one(&set, 50, MONDAY - 3, 20);
    plan_one(&set, 50, MONDAY - 3, "a/b")->monday = MONDAY - 7;
    g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
    g_autofree char *words = proposed(plan);
    assert_string_equal(words, "Fri step 50");
    assert_int_equal(plan->left->len, 0);
    set_clear(&set);
}

/* ---- whatever comes ---- */

static void random_set(struct set *set, struct prng *prng)
{
    static const struct data_suggestions *const kinds[] = {&write_kind, &thank_kind, &read_kind,
                                                           &meet_kind};
    static const char *const departments[] = {NULL, "cedar valley", "elsewhere", "northquay"};
    set_new(set);
    set->outlook->goal.free_days = prng_below(prng, 2) == 0 ? "fri sun" : NULL;
    set->week.minutes = (int)prng_below(prng, 60) * 5;
    set->week.cents = (int64_t)prng_below(prng, 3) * 4000;
    set->week.messages = (int)prng_below(prng, 9);
    for (int i = 1; i <= 12; i++) {
        person(set, i, "Somebody", departments[prng_below(prng, 4)]);
    }
    for (int i = 0; i < 40; i++) {
        const struct data_suggestions *kind = kinds[prng_below(prng, 4)];
        int64_t id = kind->is_message ? 1 + (int64_t)prng_below(prng, 12) : 0;
        struct suggestion *one = suggest_one(set, kind, id, 1000 - i);
        one->about_id = i + 1;
        if (prng_below(prng, 3) == 0) {
            one->from_day = TODAY + (int32_t)prng_below(prng, 8);
            one->until_day = one->from_day + (int32_t)prng_below(prng, 5);
        }
    }
    for (int i = 0; i < (int)prng_below(prng, 4); i++) {
        step_one(set, 50 + i, TODAY - 2 + (int32_t)prng_below(prng, 9), 15);
    }
}

static const struct week_choice *thanks_to(const struct week_plan *plan, int64_t person_id)
{
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        if (choice->suggestion != NULL && choice->suggestion->kind == &thank_kind &&
            choice->suggestion->person_id == person_id) {
            return choice;
        }
    }
    return NULL;
}

static void check_choice(const struct set *set, const struct week_plan *plan,
                         const struct week_choice *choice)
{
    const struct suggestion *one = choice->suggestion;
    int n_alike = 0;
    assert_true(choice->on_day >= TODAY && choice->on_day <= MONDAY + 6);
    assert_true(one->from_day == DAY_NONE || choice->on_day >= one->from_day);
    assert_true(one->until_day == DAY_NONE || choice->on_day <= one->until_day);
    if (set->outlook->goal.free_days != NULL && one->from_day != one->until_day) {
        assert_int_not_equal(day_weekday(choice->on_day), 5);
    }
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *other = &g_array_index(plan->choices, struct week_choice, i);
        n_alike += other->suggestion != NULL && other->suggestion->kind == one->kind &&
                   (one->kind == &read_kind || other->suggestion->person_id == one->person_id);
    }
    if (one->kind == &read_kind || one->kind == &write_kind) {
        assert_int_equal(n_alike, 1);
    }
    const struct week_choice *thanks =
        one->kind == &write_kind ? thanks_to(plan, one->person_id) : NULL;
    assert_true(thanks == NULL || thanks->on_day <= choice->on_day);
}

static void whatever_is_suggested_the_limits_hold(void **state)
{
    struct prng prng;
    prng_init(&prng, 20260721);
    int n_chosen = 0;
    for (int round = 0; round < 2000; round++) {
        struct set set;
        random_set(&set, &prng);
        g_autoptr(week_plan_ptr) plan = plan_of(&set, false);
        assert_true(plan->is_proven);
        assert_true(plan->is_over || plan->minutes_planned <= set.week.minutes);
        assert_true(plan->cents_planned <= set.week.cents);
        assert_true(plan->n_messages <= set.week.messages);
        assert_true(plan->n_department_most <= 2);
        for (guint i = 0; i < plan->choices->len; i++) {
            const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
            if (choice->suggestion != NULL) {
                check_choice(&set, plan, choice);
                n_chosen++;
            }
        }
        set_clear(&set);
    }
    assert_true(n_chosen > 4000); /* the test is about something */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thanks_come_before_what_is_asked),
        cmocka_unit_test(what_is_asked_waits_when_its_days_are_over_before_the_thanks),
        cmocka_unit_test(two_messages_to_a_department_are_enough_and_sent_ones_count),
        cmocka_unit_test(days_kept_free_stay_free_and_hours_are_spread),
        cmocka_unit_test(money_of_the_month_less_what_was_spent),
        cmocka_unit_test(own_steps_with_a_day_are_always_in),
        cmocka_unit_test(quiet_times_are_kept_and_named),
        cmocka_unit_test(one_message_to_somebody_is_enough),
        cmocka_unit_test(what_you_wrote_down_yourself_is_not_suggested_beside),
        cmocka_unit_test(an_agreed_week_takes_nothing_in_until_it_is_planned_again),
        cmocka_unit_test(planning_again_moves_only_what_is_loose),
        cmocka_unit_test(a_missed_day_finds_another_when_planned_again),
        cmocka_unit_test(done_steps_stand_on_the_day_they_were_done),
        cmocka_unit_test(a_week_that_is_over_proposes_nothing),
        cmocka_unit_test(whatever_is_suggested_the_limits_hold),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
