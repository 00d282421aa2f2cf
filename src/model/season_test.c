/* The dated year: rules against days taken from calendars and from the organisers' own pages, dates
 * that move and what hangs on them, other services, and the way backwards. */
#include "model/season.h"

#include "base/clock.h"
#include "data_phases.h"
#include "data_quiet.h"
#include "data_season.h"
#include "data_season_needs.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static int32_t day(const char *text)
{
    int32_t found;
    assert_true(day_parse(text, &found));
    return found;
}

#define assert_day(actual, expected)                                                               \
    do {                                                                                           \
        char text_[DAY_TEXT];                                                                      \
        assert_string_equal(day_format(actual, text_), expected);                                  \
    } while (0)

static int32_t fixed_lookup(const char *id, void *data)
{
    return strcmp(id, "match_day") == 0 ? *(int32_t *)data : DAY_NONE;
}

static void rules_are_reckoned_as_a_calendar_has_them(void **state)
{
    int32_t match_day = day("2026-03-20");
    static const struct {
        const char *rule;
        int cycle;
        const char *expected;
    } cases[] = {
        {"nth fri 3 mar 0", 2024, "2024-03-15"},
        {"nth fri 3 mar 0", 2025, "2025-03-21"},
        {"nth fri 3 mar 0", 2026, "2026-03-20"},
        {"nth fri 3 mar 0", 2027, "2027-03-19"},
        {"nth wed 1 jun -1", 2026, "2025-06-04"},
        {"nth wed 1 jun -1", 2027, "2026-06-03"},
        {"nth wed 1 sep -1", 2025, "2024-09-04"},
        {"nth wed 1 sep -1", 2026, "2025-09-03"},
        {"nth mon last feb 0", 2028, "2028-02-28"},
        {"nth tue last feb 0", 2028, "2028-02-29"},
        {"nth sun 5 aug 0", 2026, "2026-08-30"},
        {"nth sun 5 feb 0", 2026, ""}, /* no fifth Sunday */
        {"day 15 sep -1", 2026, "2025-09-15"},
        {"day 29 feb 0", 2028, "2028-02-29"},
        {"day 29 feb 0", 2027, "2027-02-28"},
        {"day 31 dec -1", 2027, "2026-12-31"},
        {"match_day - 16d", 2026, "2026-03-04"},
        {"match_day - 4d", 2026, "2026-03-16"},
        {"match_day + 3w", 2026, "2026-04-10"},
        {"match_day - 20m", 2026, "2024-07-20"},
        {"match_day + 10m", 2026, "2027-01-20"},
        {"day 31 jan 0 + 1m", 2028, "2028-02-29"},
        {"day 31 jan 0 + 1m", 2026, "2026-02-28"},
        {"nth fri last jul -1 + 2d", 2026, "2025-07-27"},
        {"unknown + 1d", 2026, ""},
        {"nth fri 3 march 0", 2026, ""},
        {"nth fri 0 mar 0", 2026, ""},
        {"day 0 mar 0", 2026, ""},
        {"day 32 mar 0", 2026, ""},
        {"match_day * 3d", 2026, ""},
        {"match_day + 3", 2026, ""},
        {"match_day + d", 2026, ""},
        {"match_day +", 2026, ""},
        {"match_day + 3dd", 2026, ""},
        {"match_day + -3d", 2026, ""},
        {"", 2026, ""},
        {"match_day - 16d", 0, ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_day(season_rule_day(cases[i].rule, cases[i].cycle, fixed_lookup, &match_day),
                   cases[i].expected);
    }
    assert_day(season_rule_day(NULL, 2026, NULL, NULL), "");
    assert_day(season_rule_day("match_day", 2026, NULL, NULL), "");
}

static struct season *season_of(struct goal goal, const GArray *own, const char *today)
{
    return season_new(&goal, own, day(today));
}

static void assert_dates(const struct season *season, const char *const (*expected)[2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct season_date *date = season_date(season, expected[i][0]);
        if (date == NULL) {
            fail_msg("%s is missing", expected[i][0]);
        }
        assert_day(date->on_day, expected[i][1]);
    }
}

/* Days as AAMC, NRMP and ECFMG told them for the years that are over. */
static void past_and_coming_years_have_the_days_that_were_told(void **state)
{
    struct goal goal = {.specialties = "internal_medicine",
                        .stage = "applying",
                        .school = "Indus Delta",
                        .visa = "j1"};
    goal.cycle = 2025;
    g_autoptr(season_ptr) before = season_of(goal, NULL, "2024-08-01");
    assert_dates(before,
                 (const char *const[][2]){{"eras_submit", "2024-09-04"},
                                          {"eras_review", "2024-09-25"},
                                          {"ecfmg_docs", "2024-09-17"},
                                          {"match_day", "2025-03-21"},
                                          {"rank_deadline", "2025-03-05"}},
                 5);
    goal.cycle = 2026;
    g_autoptr(season_ptr) this = season_of(goal, NULL, "2025-08-01");
    assert_dates(this,
                 (const char *const[][2]){{"eras_opens", "2025-06-04"},
                                          {"eras_submit", "2025-09-03"},
                                          {"nrmp_register", "2025-09-15"},
                                          {"eras_review", "2025-09-24"},
                                          {"nrmp_late", "2026-01-31"},
                                          {"rank_deadline", "2026-03-04"},
                                          {"match_week", "2026-03-16"},
                                          {"match_day", "2026-03-20"},
                                          {"residency_start", "2026-07-01"}},
                 9);
    goal.cycle = 2027;
    g_autoptr(season_ptr) next = season_of(goal, NULL, "2026-07-21");
    assert_dates(next,
                 (const char *const[][2]){{"eras_opens", "2026-06-03"},
                                          {"eras_submit", "2026-09-02"},
                                          {"eras_review", "2026-09-23"},
                                          {"rank_deadline", "2027-03-03"},
                                          {"match_day", "2027-03-19"}},
                 5);
    assert_day(next->from_day, "2026-03-01");
    assert_day(next->until_day, "2027-07-31");
    assert_day(next->match_day, "2027-03-19");
    assert_int_equal(season_date(next, "rank_deadline")->minute, 21 * 60);
    assert_string_equal(season_date(next, "rank_deadline")->zone, "America/New_York");
    assert_string_equal(season_date(next, "match_day")->source,
                        "derived: third Friday of March; held 2024 to 2026; MedSchoolCoach 2025; "
                        "NRMP newsletter January 2026");
    assert_day(season_date(next, "soap")->until_day, "2027-03-18");
}

static void a_year_that_was_not_said_is_the_next_that_can_be_reached(void **state)
{
    g_autoptr(season_ptr) open = season_of((struct goal){0}, NULL, "2026-03-20");
    assert_int_equal(open->cycle, 2026);
    assert_true(open->is_guessed);
    g_autoptr(season_ptr) after = season_of((struct goal){0}, NULL, "2026-03-21");
    assert_int_equal(after->cycle, 2027);
    g_autoptr(season_ptr) late = season_of((struct goal){.stage = "student"}, NULL, "2026-11-22");
    assert_int_equal(late->cycle, 2028);
    g_autoptr(season_ptr) applying =
        season_of((struct goal){.stage = "applying"}, NULL, "2026-11-22");
    assert_int_equal(applying->cycle, 2027);
    g_autoptr(season_ptr) said =
        season_of((struct goal){.stage = "student", .cycle = 2029}, NULL, "2026-11-22");
    assert_int_equal(said->cycle, 2029);
    assert_false(said->is_guessed);
    assert_day(said->from_day, "2026-11-01");
}

static void other_services_have_their_own_days(void **state)
{
    struct goal goal = {.cycle = 2026, .stage = "applying", .specialties = "emergency_medicine"};
    g_autoptr(season_ptr) emergency = season_of(goal, NULL, "2025-07-01");
    assert_null(season_date(emergency, "eras_submit"));
    assert_null(season_date(emergency, "sf_match"));
    assert_dates(emergency,
                 (const char *const[][2]){{"rescas_opens", "2025-06-04"},
                                          {"rescas_submit", "2025-09-03"},
                                          {"rescas_review", "2025-10-01"},
                                          {"match_day", "2026-03-20"}},
                 4);
    goal.specialties = "obstetrics_gynecology internal_medicine";
    g_autoptr(season_ptr) both = season_of(goal, NULL, "2025-07-01");
    assert_non_null(season_date(both, "eras_submit"));
    assert_non_null(season_date(both, "rescas_submit"));
    assert_null(season_date(both, "rescas_review"));
    goal.specialties = "ophthalmology";
    g_autoptr(season_ptr) eyes = season_of(goal, NULL, "2025-07-01");
    assert_null(season_date(eyes, "eras_submit"));
    assert_null(season_date(eyes, "aua_match"));
    assert_dates(eyes,
                 (const char *const[][2]){{"sf_target", "2025-09-01"},
                                          {"sf_rank", "2026-01-25"},
                                          {"sf_match", "2026-02-01"}},
                 3);
    goal.specialties = "urology";
    g_autoptr(season_ptr) urology = season_of(goal, NULL, "2025-07-01");
    assert_non_null(season_date(urology, "aua_match"));
    assert_non_null(season_date(urology, "eras_submit"));
    goal.specialties = "family_medicine";
    g_autoptr(season_ptr) family = season_of(goal, NULL, "2025-07-01");
    assert_non_null(season_date(family, "conference_fm"));
}

static void stage_and_papers_decide_what_is_there(void **state)
{
    struct goal goal = {.cycle = 2027,
                        .stage = "unmatched",
                        .specialties = "internal_medicine",
                        .school = "Indus Delta",
                        .visa = "none"};
    g_autoptr(season_ptr) unmatched = season_of(goal, NULL, "2026-03-21");
    assert_dates(unmatched,
                 (const char *const[][2]){{"unmatched_plan", "2026-03-20"},
                                          {"recovery_uscex", "2026-05-01"}},
                 2);
    assert_null(season_date(unmatched, "j1_sponsorship"));
    assert_null(season_date(unmatched, "vslo_apply"));
    goal.stage = "student";
    goal.visa = "j1";
    g_autoptr(season_ptr) student = season_of(goal, NULL, "2026-03-21");
    assert_null(season_date(student, "unmatched_plan"));
    assert_non_null(season_date(student, "vslo_apply"));
    assert_non_null(season_date(student, "j1_sponsorship"));
    assert_null(season_date(student, "h1b_petition"));
    goal.stage = "resident";
    g_autoptr(season_ptr) resident = season_of(goal, NULL, "2026-03-21");
    assert_null(season_date(resident, "eras_submit"));
    assert_null(season_date(resident, "match_day"));
    assert_non_null(season_date(resident, "give_match"));
    assert_string_equal(season_phase_on(resident, day("2026-06-01"))->id, "giving");
}

static GArray *own_dates(const struct own_date *dates, guint n)
{
    GArray *own = g_array_new(FALSE, TRUE, sizeof(struct own_date));
    return g_array_append_vals(own, dates, n);
}

static void a_moved_date_takes_along_what_hangs_on_it(void **state)
{
    struct goal goal = {.cycle = 2027,
                        .stage = "graduate",
                        .specialties = "internal_medicine",
                        .school = "Indus Delta"};
    const struct own_date moved[] = {
        {.date_id = 7,
         .kind = "rule",
         .title = "x",
         .rule = "eras_submit",
         .minute = -1,
         .on_day = day("2026-09-09"),
         .until_day = DAY_NONE,
         .created_at = day("2026-07-02") * US_PER_DAY},
        {.date_id = 8,
         .kind = "rotation",
         .title = "Observership, Northquay",
         .minute = -1,
         .on_day = day("2026-08-03"),
         .until_day = day("2026-08-28")},
        {.date_id = 9,
         .kind = "rule",
         .title = "y",
         .rule = "match_day",
         .minute = -1,
         .on_day = day("2025-03-21"),
         .until_day = DAY_NONE}, /* of another year */
        {.date_id = 10,
         .kind = "rule",
         .title = "z",
         .rule = "rank_deadline",
         .minute = 720,
         .zone = "America/Chicago",
         .on_day = day("2027-03-03"),
         .until_day = DAY_NONE},
    };
    g_autoptr(GArray) own = own_dates(moved, 4);
    g_autoptr(season_ptr) season = season_of(goal, own, "2026-07-21");
    assert_dates(season,
                 (const char *const[][2]){{"eras_submit", "2026-09-09"},
                                          {"eras_review", "2026-09-30"},
                                          {"ecfmg_docs", "2026-09-22"},
                                          {"match_day", "2027-03-19"},
                                          {"own_8", "2026-08-03"}},
                 5);
    assert_day(season_date(season, "eras_submit")->rule_day, "2026-09-02");
    assert_int_equal(season_date(season, "eras_submit")->date_id, 7);
    assert_day(season_date(season, "eras_review")->rule_day, "");
    assert_string_equal(season_date(season, "eras_submit")->source,
                        "yours, written down 2026-07-02");
    assert_day(season_date(season, "lor_request")->until_day, "2026-07-29");
    assert_day(season_date(season, "own_8")->until_day, "2026-08-28");
    assert_string_equal(season_date(season, "own_8")->lane, "uscex");
    /* the day is as the rule has it, the hour is not */
    assert_day(season_date(season, "rank_deadline")->rule_day, "");
    assert_int_equal(season_date(season, "rank_deadline")->minute, 720);
    assert_string_equal(season_date(season, "rank_deadline")->zone, "America/Chicago");
    assert_non_null(season_quiet_on(season, day("2026-10-20"), "programme"));
    /* a window that moves keeps its length, unless its end is said */
    const struct own_date window[] = {
        {.date_id = 1,
         .kind = "rule",
         .title = "x",
         .rule = "interviews",
         .minute = -1,
         .on_day = day("2026-10-15"),
         .until_day = DAY_NONE},
        {.date_id = 2,
         .kind = "rule",
         .title = "x",
         .rule = "lor_request",
         .minute = -1,
         .on_day = day("2026-06-01"),
         .until_day = day("2026-06-20")},
    };
    g_autoptr(GArray) windows = own_dates(window, 2);
    g_autoptr(season_ptr) wide = season_of(goal, windows, "2026-07-21");
    assert_day(season_date(wide, "interviews")->until_day, "2027-02-14");
    assert_day(season_date(wide, "lor_request")->until_day, "2026-06-20");
}

static void quiet_times_are_for_those_they_name(void **state)
{
    g_autoptr(season_ptr) season = season_of(
        (struct goal){.cycle = 2027, .specialties = "internal_medicine"}, NULL, "2026-07-21");
    assert_string_equal(season_quiet_on(season, day("2026-06-20"), "faculty")->id, "turnover");
    assert_non_null(season_quiet_on(season, day("2026-07-15"), "programme"));
    assert_null(season_quiet_on(season, day("2026-07-16"), "programme"));
    assert_null(season_quiet_on(season, day("2026-07-01"), "peer"));
    assert_null(season_quiet_on(season, day("2026-09-22"), "programme"));
    assert_string_equal(season_quiet_on(season, day("2026-09-23"), "programme")->id, "review");
    assert_non_null(season_quiet_on(season, day("2026-10-14"), "programme"));
    assert_null(season_quiet_on(season, day("2026-10-15"), "programme"));
    assert_null(season_quiet_on(season, day("2026-09-23"), "faculty"));
    assert_string_equal(season_quiet_on(season, day("2027-03-15"), "programme")->id, "match_week");
    assert_null(season_quiet_on(season, day("2027-03-20"), "programme"));
    assert_null(season_quiet_on(season, day("2026-07-01"), NULL));
}

static void today_lies_in_a_phase_before_a_date(void **state)
{
    struct goal goal = {.cycle = 2027,
                        .stage = "graduate",
                        .specialties = "internal_medicine",
                        .school = "Indus Delta"};
    g_autoptr(season_ptr) season = season_of(goal, NULL, "2026-07-21");
    assert_string_equal(season_phase_on(season, day("2026-07-21"))->id, "application");
    assert_string_equal(season_phase_on(season, day("2026-11-01"))->id, "interviews");
    assert_string_equal(season_phase_on(season, day("2027-03-19"))->id, "rank");
    assert_string_equal(season_phase_on(season, day("2027-03-20"))->id, "visa");
    assert_null(season_phase_on(season, day("2027-12-01")));
    assert_string_equal(season_next(season, day("2026-08-06"))->id, "eras_submit");
    assert_string_equal(season_next(season, day("2026-09-02"))->id, "eras_review");
    assert_null(season_next(season, day("2027-07-01")));
}

static bool has_date(const GPtrArray *dates, const char *id)
{
    for (guint i = 0; i < dates->len; i++) {
        const struct season_date *date = g_ptr_array_index(dates, i);
        if (strcmp(date->id, id) == 0) {
            return true;
        }
    }
    return false;
}

static void the_year_is_planned_backwards(void **state)
{
    struct goal goal = {.cycle = 2027,
                        .stage = "graduate",
                        .specialties = "internal_medicine",
                        .school = "Indus Delta"};
    g_autoptr(season_ptr) season = season_of(goal, NULL, "2026-07-21");
    assert_day(season_date(season, "eras_submit")->before_day, "2026-09-02");
    assert_day(season_date(season, "lor_request")->before_day, "2026-07-22"); /* six weeks before */
    assert_day(season_date(season, "uscex_block")->before_day, "2026-07-22");
    assert_day(season_date(season, "uscex_ask")->before_day, "2026-04-23"); /* 90 days more */
    assert_day(season_date(season, "eras_token")->before_day, "2026-06-24");
    assert_day(season_date(season, "rank_deadline")->before_day, "2027-03-03");
    assert_day(season_date(season, "interview_prep")->before_day, "2026-09-24");
    g_autoptr(GPtrArray) dates = g_ptr_array_new();
    season_endangered(season, "lor_request", day("2026-07-22"), dates);
    assert_int_equal(dates->len, 0);
    season_endangered(season, "lor_request", day("2026-07-30"), dates);
    assert_true(has_date(dates, "eras_submit"));
    assert_false(has_date(dates, "match_day"));
    g_ptr_array_set_size(dates, 0);
    season_endangered(season, "no_such_date", day("2026-07-30"), dates);
    assert_int_equal(dates->len, 0);
}

static void rows_of_data_lean_on_rows_that_exist(void **state)
{
    for (size_t i = 0; i < n_data_season_needs; i++) {
        assert_non_null(data_season_by_id(data_season_needs[i].before));
        assert_non_null(data_season_by_id(data_season_needs[i].after));
    }
    for (size_t i = 0; i < n_data_season; i++) {
        const struct data_season *row = &data_season[i];
        assert_non_null(data_phases_by_id(row->lane));
        assert_true(goal_condition_is_known(row->condition));
        assert_true(*row->hold == '\0' || strcmp(row->hold, "start") == 0 ||
                    strcmp(row->hold, "end") == 0);
        assert_true((row->minute == DATA_NONE) == (*row->zone == '\0'));
        assert_true(*row->why != '\0' && *row->rule_words != '\0');
    }
    for (size_t i = 0; i < n_data_phases; i++) {
        assert_true(goal_condition_is_known(data_phases[i].condition));
    }
    /* every rule has a day in every year, leap years too, and ends after it begins */
    static const char *const everything[] = {"internal_medicine family_medicine",
                                             "emergency_medicine ophthalmology", "urology"};
    for (int cycle = 2024; cycle <= 2032; cycle++) {
        for (size_t i = 0; i < G_N_ELEMENTS(everything); i++) {
            struct goal goal = {.cycle = cycle,
                                .stage = i == 1 ? "unmatched" : "student",
                                .specialties = everything[i],
                                .school = "Indus Delta",
                                .visa = "either"};
            g_autoptr(season_ptr) season = season_of(goal, NULL, "2026-07-21");
            assert_true(season->dates->len > 15);
            for (guint k = 0; k < season->dates->len; k++) {
                const struct season_date *date =
                    &g_array_index(season->dates, struct season_date, k);
                assert_true(date->on_day != DAY_NONE && date->until_day >= date->on_day);
                assert_true(k == 0 || date[-1].on_day <= date->on_day);
            }
            assert_int_equal(season->quiets->len, n_data_quiet);
            assert_true(season->phases->len >= 6);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_reckoned_as_a_calendar_has_them),
        cmocka_unit_test(past_and_coming_years_have_the_days_that_were_told),
        cmocka_unit_test(a_year_that_was_not_said_is_the_next_that_can_be_reached),
        cmocka_unit_test(other_services_have_their_own_days),
        cmocka_unit_test(stage_and_papers_decide_what_is_there),
        cmocka_unit_test(a_moved_date_takes_along_what_hangs_on_it),
        cmocka_unit_test(quiet_times_are_for_those_they_name),
        cmocka_unit_test(today_lies_in_a_phase_before_a_date),
        cmocka_unit_test(the_year_is_planned_backwards),
        cmocka_unit_test(rows_of_data_lean_on_rows_that_exist),
    };
    return cmocka_run_group_tests_name("season", tests, NULL, NULL);
}
