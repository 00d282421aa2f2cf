/* What lies ahead: found in steps, dates, pursuits and what people did. */
#include "model/ahead.h"

#include "data_ahead.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TODAY 20655 /* Tue 21 July 2026 */

static struct step step_of(const char *title, int32_t due_day)
{
    return (struct step){.step_id = 1,
                         .title = title,
                         .state = "open",
                         .due_day = due_day,
                         .snoozed_to = DAY_NONE,
                         .closed_at = AT_NONE};
}

/* The nearest occasion's id, and what else there is to say of it. */
static const char *nearest(const struct outlook *outlook, struct ahead *first_out)
{
    g_autoptr(GArray) ahead = g_array_new(FALSE, FALSE, sizeof(struct ahead));
    ahead_of(outlook, ahead);
    *first_out = ahead->len > 0 ? g_array_index(ahead, struct ahead, 0) : (struct ahead){0};
    return first_out->row != NULL ? first_out->row->id : NULL;
}

static void nothing_is_ahead_of_an_empty_outlook(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct ahead first;
    assert_null(nearest(outlook, &first));
}

static void an_open_step_says_what_is_ahead_by_its_title(void **state)
{
    (void)state;
    static const struct {
        const char *title;
        const char *id;
    } known[] = {
        {"Write to Dr. Hassan", "first_message"},
        {"Thank Dr. Hassan for the rotation", "thanks"},
        {"Book the ACP conference", "conference"},
        {"Mock interview with Dr. Rao", "interview"},
        {"Hold an informational interview", "talk"},
        {"Ask Dr. Rao for a letter", "letter"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
        struct step step = step_of(known[i].title, TODAY + 2);
        g_array_append_val(outlook->steps, step);
        g_autoptr(GArray) ahead = g_array_new(FALSE, FALSE, sizeof(struct ahead));
        ahead_of(outlook, ahead);
        const struct ahead *found = ahead_nearest(ahead, known[i].id);
        assert_non_null(found);
        assert_int_equal(found->day, TODAY + 2);
    }
}

static void a_done_step_is_not_ahead(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct step step = step_of("Call Dr. Hassan", TODAY + 1);
    step.state = "done";
    g_array_append_val(outlook->steps, step);
    struct ahead first;
    assert_null(nearest(outlook, &first));
}

static void the_nearer_day_comes_first(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct step call = step_of("Call Dr. Hassan", TODAY + 9);
    struct step poster = step_of("Print the poster", TODAY + 1);
    g_array_append_val(outlook->steps, call);
    g_array_append_val(outlook->steps, poster);
    struct ahead first;
    assert_string_equal(nearest(outlook, &first), "conference");
    assert_true(first.near > 0.9);
}

static void a_season_date_counts_from_its_days_and_while_it_lasts(void **state)
{
    (void)state;
    g_autoptr(GArray) dates = g_array_new(FALSE, TRUE, sizeof(struct season_date));
    struct season_date interviews = {
        .id = "interviews", .on_day = TODAY + 40, .until_day = TODAY + 100, .rule_day = DAY_NONE};
    g_array_append_val(dates, interviews);
    struct season season = {.dates = dates};
    struct ahead first;
    g_autoptr(outlook_ptr) far = outlook_new(TODAY);
    far->season = &season;
    assert_null(nearest(far, &first)); /* 28 days are the most */
    g_autoptr(outlook_ptr) near = outlook_new(TODAY + 20);
    near->season = &season;
    assert_string_equal(nearest(near, &first), "interview");
    assert_int_equal(first.day, TODAY + 40);
    g_autoptr(outlook_ptr) during = outlook_new(TODAY + 60);
    during->season = &season;
    assert_string_equal(nearest(during, &first), "interview");
    assert_int_equal(first.day, DAY_NONE);
    g_autoptr(outlook_ptr) after = outlook_new(TODAY + 101);
    after->season = &season;
    assert_null(nearest(after, &first));
}

static void a_rotation_of_ones_own_and_a_pursuit_are_ahead(void **state)
{
    (void)state;
    g_autoptr(GArray) dates = g_array_new(FALSE, TRUE, sizeof(struct season_date));
    struct season_date own = {.id = "own_7",
                              .title = "Toledo",
                              .lane = "uscex",
                              .on_day = TODAY + 10,
                              .until_day = TODAY + 40,
                              .date_id = 7,
                              .rule_day = DAY_NONE};
    g_array_append_val(dates, own);
    struct season season = {.dates = dates};
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook->season = &season;
    struct ahead first;
    assert_string_equal(nearest(outlook, &first), "rotation");
    struct pursuit congress = {.pursuit_id = 1,
                               .kind = "conference",
                               .title = "ACP",
                               .from_day = TODAY + 3,
                               .until_day = TODAY + 5,
                               .due_day = DAY_NONE,
                               .closed_at = AT_NONE,
                               .deleted_at = AT_NONE};
    g_array_append_val(outlook->pursuits, congress);
    assert_string_equal(nearest(outlook, &first), "conference");
}

static void what_people_did_is_ahead_too(void **state)
{
    (void)state;
    struct ahead first;
    g_autoptr(outlook_ptr) waits = outlook_new(TODAY);
    struct contact *contact = outlook_add(waits, 1, "Amina Hassan");
    contact->last_out_day = TODAY - 9;
    contact->last_in_day = TODAY - 2;
    assert_string_equal(nearest(waits, &first), "reply");
    contact->last_out_day = TODAY - 1; /* answered */
    assert_null(nearest(waits, &first));
    contact->last_talk_day = TODAY - 2; /* met, and not thanked */
    contact->last_in_day = TODAY - 2;
    assert_string_equal(nearest(waits, &first), "thanks");
    contact->last_thanks_day = TODAY - 1;
    assert_null(nearest(waits, &first));
    contact->n_unanswered = 1;
    assert_string_equal(nearest(waits, &first), "waiting");
    contact->flags = CONTACT_DO_NOT;
    assert_null(nearest(waits, &first));
}

static void what_something_is_made_for_first_counts_most(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct step call = step_of("Call Dr. Hassan", TODAY);
    g_array_append_val(outlook->steps, call);
    g_autoptr(GArray) ahead = g_array_new(FALSE, FALSE, sizeof(struct ahead));
    ahead_of(outlook, ahead);
    const struct ahead *why;
    double first = ahead_fit(ahead, "talk|mentor", &why);
    assert_string_equal(why->row->id, "talk");
    assert_true(first > ahead_fit(ahead, "mentor|talk", &why));
    assert_string_equal(why->row->id, "talk");
    assert_true(ahead_fit(ahead, "mentor", &why) <= 0);
    assert_null(why);
}

static void words_of_a_list_are_whole(void **state)
{
    (void)state;
    assert_true(ahead_lists("talk|mentor", "mentor"));
    assert_true(ahead_lists("talk", "talk"));
    assert_false(ahead_lists("talk|mentor", "ment"));
    assert_false(ahead_lists("", ""));
    assert_false(ahead_lists("talk", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_ahead_of_an_empty_outlook),
        cmocka_unit_test(an_open_step_says_what_is_ahead_by_its_title),
        cmocka_unit_test(a_done_step_is_not_ahead),
        cmocka_unit_test(the_nearer_day_comes_first),
        cmocka_unit_test(a_season_date_counts_from_its_days_and_while_it_lasts),
        cmocka_unit_test(a_rotation_of_ones_own_and_a_pursuit_are_ahead),
        cmocka_unit_test(what_people_did_is_ahead_too),
        cmocka_unit_test(what_something_is_made_for_first_counts_most),
        cmocka_unit_test(words_of_a_list_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
