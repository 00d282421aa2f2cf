/* Suggestions by hand: filled in, refused, keyed, worded. */
#include "base/clock.h"
#include "model/outlook.h"

#include "data_suggestions.h"
#include "data_value_terms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TODAY 20655 /* Tue 21 July 2026 */

static struct suggestions *list_new(void)
{
    struct suggestions *out = g_new0(struct suggestions, 1);
    out->items = g_array_new(FALSE, TRUE, sizeof(struct suggestion));
    out->text = g_string_chunk_new(256);
    return out;
}

static void list_free(struct suggestions *out)
{
    g_array_unref(out->items);
    g_string_chunk_free(out->text);
    g_free(out);
}

static void a_suggestion_has_what_its_kind_says(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct suggestions *out = list_new();
    struct suggestion *one = suggest(out, outlook, "goal.answer", NULL);
    assert_non_null(one);
    assert_int_equal(one->minutes, one->kind->minutes);
    assert_int_equal(one->until_day, DAY_NONE);
    g_autofree char *key = suggestion_key(one);
    assert_string_equal(key, "goal.answer");
    one->ref = "lesson_3";
    g_autofree char *with_ref = suggestion_key(one);
    assert_string_equal(with_ref, "goal.answer/-/lesson_3");
    one->person_id = 7;
    g_autofree char *with_person = suggestion_key(one);
    assert_string_equal(with_person, "goal.answer/0000000000007/lesson_3");
    list_free(out);
}

static void nothing_is_suggested_that_was_refused(void **state)
{
    static const char *const keys[][2] = {
        {"kind", "goal.answer"}, {"strategy", "plan_cv"}, {"person", "0000000000007"}};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
        struct contact *contact = outlook_add(outlook, 7, "Amina Hassan");
        struct suggestions *out = list_new();
        assert_non_null(suggest(out, outlook, "goal.answer", contact));
        outlook_refuse(outlook, keys[i][0], keys[i][1]);
        assert_null(suggest(out, outlook, "goal.answer", contact));
        assert_int_equal(out->items->len, 1);
        list_free(out);
    }
}

static void nobody_is_written_to_who_asked_for_peace(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *contact = outlook_add(outlook, 7, "Amina Hassan");
    contact->flags |= CONTACT_DO_NOT;
    struct suggestions *out = list_new();
    assert_null(suggest(out, outlook, "goal.answer", contact));
    list_free(out);
}

static void the_least_of_nine_reasons_is_dropped(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct suggestions *out = list_new();
    struct suggestion *one = suggest(out, outlook, "goal.answer", NULL);
    for (int i = 0; i < TERMS_MAX; i++) {
        suggestion_term(one, "us_link", i == 3 ? 0.1 : 1, 0, NULL);
    }
    suggestion_term(one, "tie", 0.5, 0, "warm");
    assert_int_equal(one->n_terms, TERMS_MAX);
    assert_string_equal(one->terms[3].row->id, "tie");
    suggestion_term(one, "region", 0.1, 0, "Ohio");
    assert_string_equal(one->terms[3].row->id, "tie");
    list_free(out);
}

static void words_name_people_days_and_spans(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    struct contact *contact = outlook_add(outlook, 7, "Olena Kovalchuk");
    contact->own_name = "Олена Ковальчук";
    struct suggestions *out = list_new();
    struct suggestion *one = suggest(out, outlook, "goal.answer", contact);
    suggestion_term(one, "dormant", 0.5, 400, NULL);
    suggestion_term(one, "urgent", 1, TODAY + 2, NULL);
    suggestion_term(one, "unanswered", 0.5, 1, NULL);
    suggestion_term(one, "specialty", 1, 0, "Семейная медицина");
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    suggestion_terms(outlook, one, words);
    assert_int_equal(words->len, 4);
    assert_string_equal(words->pdata[0], "of use until Thu 23 July (+120)");
    assert_string_equal(words->pdata[1], "is in Семейная медицина (+60)");
    assert_string_equal(words->pdata[2], "1 of yours without an answer (\xe2\x88\x92" "20)");
    assert_string_equal(words->pdata[3], "you were last in touch 13 months ago (+15)");
    g_autofree char *why = suggestion_why(outlook, one);
    g_autofree char *wanted =
        g_strconcat(one->kind->why, " Olena Kovalchuk is in Семейная медицина. You were last in "
                                    "touch 13 months ago.", NULL);
    assert_string_equal(why, wanted);
    list_free(out);
}

static void slots_of_the_kind_are_filled(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    outlook_add(outlook, 7, "أمينة حسن");
    const struct data_suggestions kind = {.id = "test",
                                          .before = "Ask {name} before {date}",
                                          .after = "about {detail}",
                                          .why = "{detail} first"};
    struct suggestion one = {.kind = &kind, .person_id = 7, .detail = "letters"};
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    suggestion_title(outlook, &one, &before, &after);
    assert_string_equal(before, "Ask أمينة حسن before");
    assert_string_equal(after, "about letters");
    g_autofree char *why = suggestion_why(outlook, &one);
    assert_string_equal(why, "Letters first.");
}

static void contacts_are_found_whatever_their_order(void **state)
{
    g_autoptr(outlook_ptr) outlook = outlook_new(TODAY);
    static const int64_t ids[] = {9, 2, 40, 5};
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        outlook_add(outlook, ids[i], "x");
    }
    outlook_finish(outlook);
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        assert_int_equal(outlook_contact(outlook, ids[i])->person_id, ids[i]);
    }
    assert_null(outlook_contact(outlook, 3));
    assert_null(outlook_contact(outlook, 41));
    assert_int_equal(outlook->monday, TODAY - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_suggestion_has_what_its_kind_says),
        cmocka_unit_test(nothing_is_suggested_that_was_refused),
        cmocka_unit_test(nobody_is_written_to_who_asked_for_peace),
        cmocka_unit_test(the_least_of_nine_reasons_is_dropped),
        cmocka_unit_test(words_name_people_days_and_spans),
        cmocka_unit_test(slots_of_the_kind_are_filled),
        cmocka_unit_test(contacts_are_found_whatever_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
