/* One item a month, from what happened; what a draft is looked at for. */
#include "feature/online_presence/presence.h"

#include "base/fold.h"
#include "data_presence_checks.h"
#include "data_suggestions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TODAY 20655 /* Tue 21 July 2026 */

/* What the strategy suggests for an outlook, worded: "" when nothing. */
static struct survey *look(struct outlook *outlook)
{
    static const struct strategy *const rows[] = {&online_presence_strategy};
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

static void add(struct outlook *outlook, const char *kind, const char *stage, const char *title,
                int32_t due_day, int32_t until_day)
{
    struct pursuit pursuit = {.pursuit_id = 100 + outlook->pursuits->len,
                              .kind = kind,
                              .title = title,
                              .ref = "post",
                              .stage = stage,
                              .from_day = DAY_NONE,
                              .due_day = due_day,
                              .until_day = until_day,
                              .minutes = -1,
                              .cost_cents = -1,
                              .closed_at = AT_NONE,
                              .deleted_at = AT_NONE};
    g_array_append_val(outlook->pursuits, pursuit);
}

/* Titles of the signs in a draft, parted by commas. New string. */
static char *signs_of(const char *draft)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GArray) signs = g_array_new(FALSE, FALSE, sizeof(struct presence_sign));
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    presence_look(draft, text, signs);
    for (guint i = 0; i < signs->len; i++) {
        const struct presence_sign *sign = &g_array_index(signs, struct presence_sign, i);
        assert_true(*sign->found != '\0' && *sign->why != '\0');
        g_ptr_array_add(titles, (gpointer)sign->title);
    }
    g_ptr_array_add(titles, NULL);
    return g_strjoinv(", ", (char **)titles->pdata);
}

static void a_paper_read_is_a_beginning(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_title(survey, "Write three lines about a paper you have read");
}

static void what_just_happened_is_told_about(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add(outlook, "rotation", "done", "Cardiology in Toledo", DAY_NONE, TODAY - 20);
    g_autoptr(survey_ptr) rotation = look(outlook);
    assert_title(rotation, "Write one thing that “Cardiology in Toledo” taught you");
    g_autofree char *why = suggestion_why(outlook, only(rotation));
    assert_non_null(strstr(why, "It was 20 days ago"));
    add(outlook, "research", "published", "Sepsis triage", DAY_NONE, TODAY - 3);
    g_autoptr(survey_ptr) paper = look(outlook); /* the newer one */
    assert_title(paper, "Write a few lines about “Sepsis triage”");
    add(outlook, "conference", "attended", "the ACP meeting", DAY_NONE, TODAY - 1);
    g_autoptr(survey_ptr) event = look(outlook);
    assert_title(event, "Write what you took home from the ACP meeting");
}

static void what_is_long_ago_or_under_way_is_not_told_about(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add(outlook, "rotation", "done", "Cardiology in Toledo", DAY_NONE, TODAY - 90);
    add(outlook, "rotation", "running", "Clinic in Lima", DAY_NONE, TODAY - 1);
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_string_equal(only(survey)->kind->id, "presence.read");
}

static void one_item_a_month_is_enough(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add(outlook, "presence", PRESENCE_OUT, "On triage", DAY_NONE, TODAY - 29);
    g_autoptr(survey_ptr) early = look(outlook);
    assert_int_equal(early->suggestions->len, 0);
    g_array_index(outlook->pursuits, struct pursuit, 0).until_day = TODAY - 40;
    g_autoptr(survey_ptr) late = look(outlook);
    g_autofree char *why = suggestion_why(outlook, only(late));
    assert_non_null(strstr(why, "Nothing of yours came out for 5 weeks"));
}

static void a_planned_item_is_brought_up_before_its_day(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add(outlook, "presence", "draft", "On triage", TODAY + 20, DAY_NONE);
    g_autoptr(survey_ptr) early = look(outlook);
    assert_int_equal(early->suggestions->len, 0);
    g_array_index(outlook->pursuits, struct pursuit, 0).due_day = TODAY + 5;
    g_autoptr(survey_ptr) near = look(outlook);
    assert_title(near, "Bring out “On triage”");
    assert_int_equal(only(near)->until_day, TODAY + 5);
    g_array_index(outlook->pursuits, struct pursuit, 0).stage = PRESENCE_DROPPED;
    g_autoptr(survey_ptr) dropped = look(outlook);
    assert_string_equal(only(dropped)->kind->id, "presence.read");
}

static void a_refused_subject_makes_room_for_another(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    add(outlook, "conference", "attended", "the ACP meeting", DAY_NONE, TODAY - 1);
    g_autoptr(survey_ptr) event = look(outlook);
    g_autofree char *key = suggestion_key(only(event));
    outlook_refuse(outlook, "step", key);
    g_autoptr(survey_ptr) other = look(outlook);
    assert_string_equal(only(other)->kind->id, "presence.read");
}

static void a_calm_draft_has_no_signs(void **state)
{
    (void)state;
    static const char *const calm[] = {
        "Three things I learned about sepsis triage, with the guideline behind each.",
        "Grateful to have spoken at our school's journal club on hypertension.",
        "Our paper on door-to-needle times is out; the link is below.",
        "I start residency in July and would love to meet others in internal medicine.",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(calm); i++) {
        g_autofree char *signs = signs_of(calm[i]);
        assert_string_equal(signs, "");
    }
}

static void each_check_sees_what_it_is_for(void **state)
{
    (void)state;
    static const char *const drafts[][2] = {
        {"hospital_day", "At Northquay Hospital we had a storm on 14 July"},
        {"day_hospital", "Last night in the ICU I understood patience"},
        {"photo", "See the picture from my first week"},
        {"rare_case", "the first reported complication of its kind"},
        {"exact_age", "a runner aged 93 taught me"},
        {"consent", "The patient gave me consent to tell this"},
        {"colleague_blame", "what an incompetent team"},
        {"programme_secret", "My interviewer asked whether I have children"},
        {"exam_content", "Step 2 had a question on aortic stenosis"},
        {"not_out_yet", "our manuscript under review shows"},
        {"own_numbers", "call me on +1 415 555 0137"},
        {"medical_advice", "You should stop taking your medication"},
    };
    assert_int_equal(G_N_ELEMENTS(drafts), n_data_presence_checks);
    for (size_t i = 0; i < G_N_ELEMENTS(drafts); i++) {
        g_autofree char *signs = signs_of(drafts[i][1]);
        assert_non_null(strstr(signs, data_presence_checks_by_id(drafts[i][0])->title));
    }
}

static void patients_come_first(void **state)
{
    (void)state;
    g_autofree char *signs = signs_of("The patient in room 12, a photo of the chart");
    assert_true(g_str_has_prefix(signs, "This looks like a patient"));
    assert_non_null(strstr(signs, "A photo"));
}

static void a_name_is_found_in_either_order_or_with_a_title(void **state)
{
    (void)state;
    static const struct {
        const char *draft;
        bool is_named;
    } drafts[] = {
        {"Thanks to Amina Hassan for the hours", true},
        {"Thanks to Hassan, Amina for the hours", true},
        {"Dr. Hassan taught me patience", true},
        {"Hassan taught me patience", false},
        {"Amina is my sister, and Dr. Khan my chief", false},
        {"the Aminas of Hassania", false},
        {"AMINA HASSAN", true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(drafts); i++) {
        g_autofree char *folded = fold_text(drafts[i].draft);
        assert_int_equal(presence_names(folded, "hassan amina"), drafts[i].is_named);
    }
    assert_false(presence_names("plato", "plato")); /* one word is too little */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_paper_read_is_a_beginning),
        cmocka_unit_test(what_just_happened_is_told_about),
        cmocka_unit_test(what_is_long_ago_or_under_way_is_not_told_about),
        cmocka_unit_test(one_item_a_month_is_enough),
        cmocka_unit_test(a_planned_item_is_brought_up_before_its_day),
        cmocka_unit_test(a_refused_subject_makes_room_for_another),
        cmocka_unit_test(a_calm_draft_has_no_signs),
        cmocka_unit_test(each_check_sees_what_it_is_for),
        cmocka_unit_test(patients_come_first),
        cmocka_unit_test(a_name_is_found_in_either_order_or_with_a_title),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
