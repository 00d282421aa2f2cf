/* The survey over hand-made outlooks: reasons, worth, what is left out, and order. */
#include "model/survey_part.h"

#include "data_suggestions.h"
#include "data_value_terms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#define TODAY 20655 /* Tue 21 July 2026 */

static const struct data_suggestions write_kind = {
    .id = "test.write", .strategy = "alumni", .act = "Write", .before = "Write to", .after = "",
    .why = "Why.", .minutes = 20, .points = 100, .is_message = true, .is_ask = true,
    .whom = "faculty", .rest_days = 30};
static const struct data_suggestions thank_kind = {
    .id = "test.thanks", .strategy = "nurture", .act = "Write", .before = "Thank", .after = "",
    .why = "Why.", .minutes = 10, .points = 150, .is_message = true, .whom = "any"};
static const struct data_suggestions look_kind = {
    .id = "test.look", .strategy = "alumni", .act = "Open", .before = "Look at", .after = "",
    .why = "Why.", .minutes = 5, .points = 50, .whom = "any"};

static struct suggestion *add(const struct outlook *outlook, const struct data_suggestions *kind,
                              const struct contact *contact, struct suggestions *out)
{
    struct suggestion *one = suggest(out, outlook, "goal.answer", contact);
    if (one != NULL) {
        one->kind = kind;
    }
    return one;
}

/* Writes to everybody, looks at everybody, thanks whom a rotation was spent with. */
static void about(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    add(outlook, &write_kind, contact, out);
    add(outlook, &look_kind, contact, out);
    if (contact->last_rotation_day != DAY_NONE) {
        add(outlook, &thank_kind, contact, out);
    }
}

static struct season *a_season;

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    struct suggestion *one = add(outlook, &look_kind, NULL, out);
    if (one != NULL) {
        one->ref = "letters";
        one->season = "lor_request";
    }
}

static const struct strategy alumni = {.id = "alumni", .about = about};
static const struct strategy letters = {.id = "plan_cv", .overall = overall};
static const struct strategy *const rows[] = {&alumni, &letters};
static const struct strategy_table both = {rows, 2};
static const struct strategy_table people_only = {rows, 1};

static const struct suggestion *find(const struct survey *survey, const char *kind,
                                     int64_t person_id)
{
    for (guint i = 0; i < survey->suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(survey->suggestions, struct suggestion, i);
        if (strcmp(one->kind->id, kind) == 0 && one->person_id == person_id) {
            return one;
        }
    }
    return NULL;
}

static const struct term *term_of(const struct suggestion *one, const char *id)
{
    for (int i = 0; i < one->n_terms; i++) {
        if (strcmp(one->terms[i].row->id, id) == 0) {
            return &one->terms[i];
        }
    }
    return NULL;
}

static void what_holds_for_all_is_added_and_counted(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *contact = outlook_add(outlook, 7, "Amina Hassan");
    contact->flags = CONTACT_US_LINK | CONTACT_SPECIALTY | CONTACT_REGION | CONTACT_PROGRAMME;
    contact->specialty = "family_medicine";
    contact->region = "OH";
    contact->tie = 0.5;
    contact->n_touches = 3;
    contact->last_day = TODAY - 20;
    g_autoptr(survey_ptr) survey = survey_of(outlook, &people_only);
    const struct suggestion *one = find(survey, "test.write", 7);
    /* 100 + tie 60 * 0.5 + US 50 + specialty 60 + state 25 + programme 40 */
    assert_int_equal(one->points, 305);
    assert_string_equal(term_of(one, "tie")->word, "steady");
    assert_string_equal(term_of(one, "region")->word, "Ohio");
    assert_null(term_of(one, "dormant"));
    assert_null(term_of(one, "weak_tie_new"));
}

static void a_strategy_tried_before_is_worth_less(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook_add(outlook, 7, "Amina Hassan");
    outlook->goal.tried = "clinical_experience alumni";
    g_autoptr(survey_ptr) tried = survey_of(outlook, &people_only);
    assert_int_equal(find(tried, "test.look", 7)->points, 40);
    outlook->goal.tried = "alumni_events";
    g_autoptr(survey_ptr) untried = survey_of(outlook, &people_only);
    assert_int_equal(find(untried, "test.look", 7)->points, 70);
}

static void refused_for_good_stays_refused(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook_add(outlook, 7, "Amina Hassan");
    outlook_add(outlook, 8, "Ben Okafor");
    outlook_refuse(outlook, "step", "test.look/0000000000007");
    g_autoptr(survey_ptr) survey = survey_of(outlook, &people_only);
    assert_null(find(survey, "test.look", 7));
    assert_non_null(find(survey, "test.look", 8));
    assert_non_null(find(survey, "test.write", 7));
}

static void what_is_open_or_rests_is_not_said_again(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook_add(outlook, 7, "Amina Hassan");
    outlook_add(outlook, 8, "Ben Okafor");
    outlook_add(outlook, 9, "Chen Wei");
    outlook_origin(outlook, "test.write/0000000000007", DAY_NONE);
    outlook_origin(outlook, "test.write/0000000000008", TODAY - 29);
    outlook_origin(outlook, "test.write/0000000000009", TODAY - 30);
    g_autoptr(survey_ptr) survey = survey_of(outlook, &people_only);
    assert_null(find(survey, "test.write", 7));
    assert_null(find(survey, "test.write", 8));
    assert_non_null(find(survey, "test.write", 9));
}

static void two_messages_without_an_answer_give_half_a_year_of_peace(void **state)
{
    static const struct {
        int n;
        int32_t ago;
        bool is_written;
    } cases[] = {{1, 10, true}, {2, 10, false}, {2, 179, false}, {2, 180, true}, {3, 1, false}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
        struct contact *contact = outlook_add(outlook, 7, "Amina Hassan");
        contact->n_unanswered = (int16_t)cases[i].n;
        contact->last_out_day = TODAY - cases[i].ago;
        g_autoptr(survey_ptr) survey = survey_of(outlook, &people_only);
        assert_int_equal(find(survey, "test.write", 7) != NULL, cases[i].is_written);
        assert_non_null(find(survey, "test.look", 7));
    }
}

static void an_ask_waits_for_the_thanks(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook_add(outlook, 7, "Amina Hassan")->last_rotation_day = TODAY - 3;
    outlook_add(outlook, 8, "Ben Okafor");
    g_autoptr(survey_ptr) survey = survey_of(outlook, &people_only);
    assert_int_equal(find(survey, "test.write", 7)->after_person, 7);
    assert_int_equal(find(survey, "test.thanks", 7)->after_person, 0);
    assert_int_equal(find(survey, "test.look", 7)->after_person, 0);
    assert_int_equal(find(survey, "test.write", 8)->after_person, 0);
}

static struct season *season_make(int32_t on_day, int32_t quiet_until)
{
    struct season *season = g_new0(struct season, 1);
    season->dates = g_array_new(FALSE, TRUE, sizeof(struct season_date));
    season->quiets = g_array_new(FALSE, TRUE, sizeof(struct season_quiet));
    season->phases = g_array_new(FALSE, TRUE, sizeof(struct season_phase));
    struct season_date date = {.id = "lor_request", .title = "Ask for letters", .lane = "letters",
                               .on_day = on_day, .until_day = on_day, .before_day = DAY_NONE};
    g_array_append_val(season->dates, date);
    struct season_quiet quiet = {.id = "q", .title = "Quiet", .from_day = TODAY - 5,
                                 .until_day = quiet_until, .whom = "programme faculty"};
    g_array_append_val(season->quiets, quiet);
    struct season_phase phase = {.id = "letters", .title = "Letters", .from_day = TODAY - 30,
                                 .until_day = TODAY + 30};
    g_array_append_val(season->phases, phase);
    return season;
}

static void season_drop(struct season *season)
{
    g_array_unref(season->dates);
    g_array_unref(season->quiets);
    g_array_unref(season->phases);
    g_free(season);
}

static void what_belongs_before_a_date_gains_as_it_comes_near(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook->season = a_season = season_make(TODAY + 10, TODAY - 1);
    g_autoptr(survey_ptr) near = survey_of(outlook, &both);
    const struct suggestion *one = find(near, "test.look", 0);
    assert_int_equal(one->points, 50 + 80 + 30);
    assert_string_equal(term_of(one, "season")->word, "Ask for letters");
    assert_int_equal(term_of(one, "season")->n, TODAY + 10);
    g_array_index(a_season->dates, struct season_date, 0).on_day = TODAY + 400;
    g_autoptr(survey_ptr) far = survey_of(outlook, &both);
    assert_int_equal(find(far, "test.look", 0)->points, 50 + 16 + 30);
    g_array_index(a_season->dates, struct season_date, 0).on_day = TODAY - 20;
    g_array_index(a_season->dates, struct season_date, 0).until_day = TODAY - 20;
    g_autoptr(survey_ptr) over = survey_of(outlook, &both);
    assert_null(find(over, "test.look", 0));
    season_drop(a_season);
}

static void a_message_waits_until_the_quiet_time_is_over(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook_add(outlook, 7, "Amina Hassan")->last_rotation_day = TODAY - 3;
    outlook->season = a_season = season_make(TODAY + 10, TODAY + 4);
    g_autoptr(survey_ptr) survey = survey_of(outlook, &people_only);
    assert_int_equal(find(survey, "test.write", 7)->from_day, TODAY + 5);
    assert_int_equal(find(survey, "test.look", 7)->from_day, DAY_NONE);
    assert_int_equal(find(survey, "test.thanks", 7)->from_day, DAY_NONE);
    season_drop(a_season);
}

static void the_best_stands_first_and_equals_by_whom(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    for (int64_t id = 1; id <= 50; id++) {
        outlook_add(outlook, 51 - id, "x")->flags = id % 3 == 0 ? CONTACT_US_LINK : 0;
    }
    outlook_finish(outlook);
    g_autoptr(survey_ptr) survey = survey_of(outlook, &people_only);
    assert_int_equal(survey->suggestions->len, 100);
    for (guint i = 1; i < survey->suggestions->len; i++) {
        const struct suggestion *a = &g_array_index(survey->suggestions, struct suggestion, i - 1);
        const struct suggestion *b = &g_array_index(survey->suggestions, struct suggestion, i);
        assert_true(a->points > b->points ||
                    (a->points == b->points &&
                     (strcmp(a->kind->id, b->kind->id) < 0 || a->person_id < b->person_id)));
    }
}

static void merging_what_changed_gives_what_anew_would_give(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    for (int64_t id = 1; id <= 40; id++) {
        outlook_add(outlook, id, "x")->flags = id % 3 == 0 ? CONTACT_US_LINK : 0;
    }
    g_autoptr(survey_ptr) before = survey_of(outlook, &both);
    g_autoptr(GHashTable) changed = g_hash_table_new(g_int64_hash, g_int64_equal);
    struct suggestions out = {.items = g_array_new(FALSE, FALSE, sizeof(struct suggestion)),
                              .text = outlook->text};
    struct survey_work work;
    survey_work_init(&work, outlook, &both);
    for (guint i = 4; i < 30; i += 5) {
        struct contact *contact = &g_array_index(outlook->contacts, struct contact, i);
        contact->flags = CONTACT_US_LINK | CONTACT_RESIDENT;
        contact->last_rotation_day = TODAY - 2;
        g_hash_table_add(changed, &contact->person_id);
        survey_about(&work, contact, &out);
    }
    survey_overall(&work, &out);
    survey_work_clear(&work);
    out.items = survey_sorted(out.items);
    g_autoptr(GArray) merged = survey_merged(before->suggestions, changed, out.items);
    g_array_unref(out.items);
    survey_order(merged);
    g_autoptr(survey_ptr) anew = survey_of(outlook, &both);
    assert_int_equal(merged->len, anew->suggestions->len);
    assert_memory_equal(merged->data, anew->suggestions->data,
                        merged->len * sizeof(struct suggestion));
}

static void what_was_asked_and_not_given_back_is_said(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook_add(outlook, 7, "Amina Hassan");
    struct favour asked = {.favour_id = 1, .person_id = 7, .direction = "asked",
                           .kind = "introduction", .state = "thanked"};
    g_array_append_val(outlook->favours, asked);
    g_array_append_val(outlook->favours, asked);
    struct favour declined = asked;
    declined.state = "declined";
    g_array_append_val(outlook->favours, declined);
    struct favour given = {.favour_id = 2, .person_id = 7, .direction = "given",
                           .kind = "advice", .state = "done"};
    g_array_append_val(outlook->favours, given);
    g_autoptr(survey_ptr) survey = survey_of(outlook, &people_only);
    const struct suggestion *look = find(survey, "test.look", 7);
    /* 10 + 10 - 5 tenths of 30: half of 25 */
    assert_int_equal(look->points, 50 + 13);
    assert_string_equal(term_of(look, "favour_owed")->word, "once");
    assert_null(term_of(find(survey, "test.write", 7), "favour_owed"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_holds_for_all_is_added_and_counted),
        cmocka_unit_test(a_strategy_tried_before_is_worth_less),
        cmocka_unit_test(refused_for_good_stays_refused),
        cmocka_unit_test(what_is_open_or_rests_is_not_said_again),
        cmocka_unit_test(two_messages_without_an_answer_give_half_a_year_of_peace),
        cmocka_unit_test(an_ask_waits_for_the_thanks),
        cmocka_unit_test(what_belongs_before_a_date_gains_as_it_comes_near),
        cmocka_unit_test(a_message_waits_until_the_quiet_time_is_over),
        cmocka_unit_test(what_was_asked_and_not_given_back_is_said),
        cmocka_unit_test(the_best_stands_first_and_equals_by_whom),
        cmocka_unit_test(merging_what_changed_gives_what_anew_would_give),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
