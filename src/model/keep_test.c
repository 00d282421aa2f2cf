/* Keeping in touch: touches, steps, cadences, and what today holds. */
#include "model/today.h"

#include "model/cadence.h"
#include "model/fact_source.h"
#include "model/model_scratch.h"
#include "model/relation.h"

#include <math.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define TODAY SCRATCH_DAY

static bool add_person(struct book *book, const char *name, const char *tag, int64_t *id,
                       GError **error)
{
    struct fact facts[] = {{.kind = FACT_NAME, .value = name},
                           {.kind = FACT_TAG, .value = tag == NULL ? "none" : tag}};
    return person_add(book, facts, tag == NULL ? 1 : 2, NULL, id, error);
}

static bool add_touch(struct book *book, int64_t person_id, const char *kind, const char *direction,
                      int ago, GError **error)
{
    int64_t id;
    struct touch touch = {
        .person_id = person_id, .kind = kind, .direction = direction, .on_day = TODAY - ago};
    return touch_add(book, &touch, NULL, &id, error);
}

STORY(a_touch_moves_the_row)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    int64_t touch_id;
    struct person_row row;
    DO(add_person(&book, "Dr. Kavya Rao", NULL, &id, error));
    DO(add_touch(&book, id, "meeting", NULL, 10, error));
    DO(add_touch(&book, id, "endorsement", "in", 1, error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.last_touch_day == TODAY - 10 && row.n_touches == 2 && row.tie > 0.1 &&
          row.tie_day == TODAY);
    CLAIM_TEXT(row.last_touch_kind, "meeting");
    struct touch bad = {.person_id = id, .kind = "meeting", .on_day = TODAY + 1};
    REFUSES(touch_add(&book, &bad, NULL, &touch_id, error), "touch.day_ahead");
    bad.on_day = TODAY;
    bad.kind = "séance";
    REFUSES(touch_add(&book, &bad, NULL, &touch_id, error), "touch.kind_unknown");
    bad.kind = "mail";
    bad.direction = "sideways";
    REFUSES(touch_add(&book, &bad, NULL, &touch_id, error), "touch.direction_unknown");
    bad.person_id = 5;
    REFUSES(touch_add(&book, &bad, NULL, &touch_id, error), "person.not_found");
    return true;
}

STORY(touches_are_edited_deleted_and_come_back)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    int64_t touch_id;
    int64_t total;
    struct person_row row;
    g_autoptr(GArray) touches = g_array_new(FALSE, FALSE, sizeof(struct touch));
    DO(add_person(&book, "Dr. Kavya Rao", NULL, &id, error));
    auto_change_log add = CHANGE_LOG(&book);
    struct touch touch = {.person_id = id,
                          .kind = "call",
                          .on_day = TODAY - 3,
                          .minutes = 20,
                          .note = "liver clinic"};
    DO(touch_add(&book, &touch, &add, &touch_id, error));
    DO(change_finish(&book, &add, "Call noted", error));
    auto_change_log edit = CHANGE_LOG(&book);
    touch.touch_id = touch_id;
    touch.kind = "coffee";
    touch.direction = NULL;
    touch.on_day = TODAY - 5;
    DO(touch_edit(&book, &touch, &edit, error));
    DO(change_finish(&book, &edit, "Interaction edited", error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.last_touch_day == TODAY - 5);
    DO(change_undo(&book, edit.change_id, error));
    DO(touch_load(&book, touch_id, text, &touch, error));
    CLAIM(touch.on_day == TODAY - 3 && touch.minutes == 20 && touch.at == AT_NONE);
    CLAIM_TEXT(touch.kind, "call");
    CLAIM_TEXT(touch.direction, "both");
    auto_change_log del = CHANGE_LOG(&book);
    DO(touch_delete(&book, touch_id, &del, error));
    DO(change_finish(&book, &del, "Interaction deleted", error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.n_touches == 0 && row.last_touch_day == DAY_NONE && row.tie == 0);
    DO(change_undo(&book, del.change_id, error));
    struct touch_filter filter = {.person_id = id};
    DO(touch_list(&book, &filter, text, touches, &total, error));
    CLAIM(total == 1 && touches->len == 1);
    DO(change_undo(&book, add.change_id, error));
    g_array_set_size(touches, 0);
    DO(touch_list(&book, &filter, text, touches, &total, error));
    CLAIM(total == 0);
    REFUSES(touch_load(&book, 77, text, &touch, error), "touch.not_found");
    return true;
}

STORY(touch_lists_page_by_day)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t a;
    int64_t b;
    int64_t total;
    DO(add_person(&book, "A", NULL, &a, error));
    DO(add_person(&book, "B", NULL, &b, error));
    for (int i = 0; i < 9; i++) {
        DO(add_touch(&book, i % 3 == 0 ? a : b, "mail", i % 2 == 0 ? "in" : "out", i / 2, error));
    }
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct touch));
    g_autoptr(GArray) paged = g_array_new(FALSE, FALSE, sizeof(struct touch));
    struct touch_filter everything = {0};
    DO(touch_list(&book, &everything, text, all, &total, error));
    CLAIM(all->len == 9 && total == 9);
    struct touch_filter page = {.limit = 2};
    for (int i = 0; i < 5; i++) {
        DO(touch_list(&book, &page, text, paged, NULL, error));
        page.before_touch_id = g_array_index(paged, struct touch, paged->len - 1).touch_id;
    }
    CLAIM(paged->len == 9);
    for (guint i = 0; i < 9; i++) {
        CLAIM(g_array_index(all, struct touch, i).touch_id ==
              g_array_index(paged, struct touch, i).touch_id);
    }
    struct touch_filter some = {.person_id = a, .direction = "in", .from_day = TODAY - 3};
    g_array_set_size(all, 0);
    DO(touch_list(&book, &some, text, all, &total, error));
    CLAIM(total == 2 && all->len == 2); /* i = 0 and 6 */
    return true;
}

STORY(the_tie_is_explained_and_fades)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    struct person_row before;
    struct person_row after;
    struct tie tie;
    int n;
    DO(add_person(&book, "Dr. Amina Hassan", NULL, &id, error));
    for (int i = 0; i < 6; i++) {
        DO(add_touch(&book, id, "meeting", NULL, i * 7, error));
    }
    DO(person_row_load(&book, id, text, &before, error));
    DO(person_tie(&book, id, &tie, error));
    CLAIM(fabs(tie.strength - before.tie) < 1e-12 && tie.n_touches == 6);
    model_scratch_wait(scratch, 180);
    DO(person_refresh_old(&book, 100, &n, error));
    CLAIM(n == 1);
    DO(person_row_load(&book, id, text, &after, error));
    CLAIM(after.tie < before.tie * 0.7 && after.tie_day == TODAY + 180);
    DO(person_refresh_old(&book, 100, &n, error));
    CLAIM(n == 0);
    return true;
}

STORY(what_you_share_warms_a_tie)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    struct person_row before;
    struct person_row after;
    struct fact school = {.kind = FACT_SCHOOL,
                          .value = "Indus Delta Medical College",
                          .part = {"Indus Delta Medical College"}};
    DO(add_person(&book, "Dr. Amina Hassan", NULL, &id, error));
    DO(person_edit(&book, id, &school, 1, NULL, error));
    DO(add_touch(&book, id, "call", NULL, 1, error));
    DO(person_row_load(&book, id, text, &before, error));
    DO(person_edit(&book, scratch->self_person_id, &school, 1, NULL, error));
    DO(person_row_load(&book, id, text, &after, error));
    CLAIM(fabs(after.tie - before.tie - 0.1 * (1 - exp(-1 / 1.5))) < 1e-9);
    return true;
}

STORY(a_cadence_counts_from_the_last_real_touch)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    struct person_row row;
    DO(add_person(&book, "Dr. Kavya Rao", "mentor", &id, error));
    struct cadence own = {.scope = CADENCE_PERSON, .person_id = id, .every_days = 30};
    DO(cadence_set(&book, &own, NULL, error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.due_day == TODAY + 30 && row.cadence_days == 30);
    DO(add_touch(&book, id, "mail", "in", 40, error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.due_day == TODAY - 10 && row.is_slack);
    struct cadence tag = {.scope = CADENCE_TAG, .tag = "Mentor", .tier = "c"};
    DO(cadence_set(&book, &tag, NULL, error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.cadence_days == 30); /* their own comes before the tag's */
    auto_change_log log = CHANGE_LOG(&book);
    DO(cadence_clear(&book, &own, &log, error));
    DO(change_finish(&book, &log, "Cadence removed", error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.cadence_days == 180 && row.due_day == TODAY + 140);
    DO(change_undo(&book, log.change_id, error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.cadence_days == 30);
    DO(cadence_pause(&book, &own, TODAY + 60, NULL, error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.due_day == TODAY + 60);
    DO(cadence_pause(&book, &own, DAY_NONE, NULL, error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.due_day == DAY_NONE);
    DO(cadence_resume(&book, &own, NULL, error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.due_day == TODAY - 10);
    own.state = CADENCE_NEVER;
    DO(cadence_set(&book, &own, NULL, error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.due_day == DAY_NONE && row.cadence_days == -1);
    struct cadence found;
    bool is_found;
    DO(cadence_of_person(&book, id, text, &found, &is_found, error));
    CLAIM(is_found && found.state == CADENCE_NEVER && found.scope == CADENCE_PERSON);
    struct cadence bad = {.scope = CADENCE_PERSON, .person_id = id, .every_days = 0};
    REFUSES(cadence_set(&book, &bad, NULL, error), "cadence.days_invalid");
    bad.tier = "Z";
    REFUSES(cadence_set(&book, &bad, NULL, error), "cadence.tier_unknown");
    return true;
}

STORY(do_not_contact_ends_nudges)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    struct person_row row;
    DO(add_person(&book, "Dr. Kavya Rao", NULL, &id, error));
    struct cadence own = {.scope = CADENCE_PERSON, .person_id = id, .every_days = 30};
    DO(cadence_set(&book, &own, NULL, error));
    struct fact stop = {.kind = FACT_DO_NOT_CONTACT, .op = FACT_SET, .value = "asked on 2 July"};
    DO(person_edit(&book, id, &stop, 1, NULL, error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.do_not_contact && row.due_day == DAY_NONE);
    return true;
}

STORY(steps_are_due_done_snoozed_and_undone)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    int64_t step_id;
    struct person_row row;
    struct step got;
    DO(add_person(&book, "Dr. Kavya Rao", NULL, &id, error));
    struct step step = {.person_id = id,
                        .title = "Send my CV",
                        .due_day = TODAY + 2,
                        .minutes = 15,
                        .cost_cents = 0,
                        .why = "She asked"};
    auto_change_log add = CHANGE_LOG(&book);
    DO(step_add(&book, &step, &add, &step_id, error));
    DO(change_finish(&book, &add, "Step added", error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.due_day == TODAY + 2);
    DO(step_snooze(&book, step_id, TODAY + 9, NULL, error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.due_day == TODAY + 9);
    REFUSES(step_snooze(&book, step_id, TODAY, NULL, error), "step.day_past");
    auto_change_log done = CHANGE_LOG(&book);
    DO(step_done(&book, step_id, &done, error));
    DO(change_finish(&book, &done, "Step done", error));
    DO(step_load(&book, step_id, text, &got, error));
    CLAIM_TEXT(got.state, "done");
    CLAIM(got.closed_at == book_now(&book) && got.cost_cents == 0 && got.minutes == 15);
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM(row.due_day == DAY_NONE);
    DO(change_undo(&book, done.change_id, error));
    DO(step_load(&book, step_id, text, &got, error));
    CLAIM_TEXT(got.state, "open");
    CLAIM(got.snoozed_to == TODAY + 9);
    DO(change_undo(&book, add.change_id, error));
    REFUSES(step_load(&book, step_id, text, &got, error), "step.not_found");
    step.title = "";
    REFUSES(step_add(&book, &step, NULL, &step_id, error), "step.title_missing");
    return true;
}

STORY(today_names_each_person_once)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t late;
    int64_t both;
    int64_t heard;
    int64_t resting;
    int64_t step_id;
    DO(add_person(&book, "Late Cadence", NULL, &late, error));
    DO(add_person(&book, "Both Due", NULL, &both, error));
    DO(add_person(&book, "Heard From", NULL, &heard, error));
    DO(add_person(&book, "Resting", NULL, &resting, error));
    int64_t people[] = {late, both, resting};
    for (int i = 0; i < 3; i++) {
        struct cadence cadence = {
            .scope = CADENCE_PERSON, .person_id = people[i], .every_days = 30};
        DO(add_touch(&book, people[i], "call", NULL, 35, error));
        DO(cadence_set(&book, &cadence, NULL, error));
    }
    struct cadence rest = {.scope = CADENCE_PERSON, .person_id = resting};
    DO(cadence_pause(&book, &rest, TODAY + 20, NULL, error));
    struct step step = {
        .person_id = both, .title = "Thank her", .due_day = TODAY, .cost_cents = -1};
    DO(step_add(&book, &step, NULL, &step_id, error));
    struct step later = {.title = "Renew passport", .due_day = TODAY + 1, .cost_cents = -1};
    DO(step_add(&book, &later, NULL, &step_id, error));
    struct step nobody = {
        .title = "Book flight", .due_day = TODAY - 2, .cost_cents = 45000, .currency = "USD"};
    DO(step_add(&book, &nobody, NULL, &step_id, error));
    DO(add_touch(&book, heard, "mail", "in", 2, error));
    DO(add_touch(&book, heard, "mail", "in", 1, error));
    g_autoptr(today_ptr) today = today_load(&book, error);
    DO(today != NULL);
    CLAIM(today->due->len == 1 && today->overdue->len == 2 && today->heard->len == 1 &&
          today->resting->len == 1);
    const struct today_due *first = &g_array_index(today->overdue, struct today_due, 0);
    CLAIM(!first->is_step && first->person.person_id == late && first->n_late == 5);
    const struct today_due *second = &g_array_index(today->overdue, struct today_due, 1);
    CLAIM(second->is_step && second->person.person_id == 0 && second->n_late == 2);
    CLAIM(g_array_index(today->due, struct today_due, 0).person.person_id == both);
    CLAIM(g_array_index(today->heard, struct today_heard, 0).touch.on_day == TODAY - 1);
    CLAIM(g_array_index(today->resting, struct today_resting, 0).until_day == TODAY + 20);
    return true;
}

STORY(relations_go_both_ways_and_are_undone)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t a;
    int64_t b;
    int64_t first;
    int64_t again;
    DO(add_person(&book, "A", NULL, &a, error));
    DO(add_person(&book, "B", NULL, &b, error));
    struct relation knows = {.a_id = a, .b_id = b, .kind = "knows"};
    struct relation turned = {.a_id = b, .b_id = a, .kind = "knows"};
    struct relation intro = {.a_id = b, .b_id = a, .kind = "introduced", .note = "at the congress"};
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(struct relation));
    DO(relation_add(&book, &knows, NULL, &first, error));
    DO(relation_add(&book, &turned, NULL, &again, error));
    CLAIM(first == again);
    DO(relation_add(&book, &intro, NULL, &again, error));
    DO(relation_list(&book, a, text, list, error));
    CLAIM(list->len == 2);
    auto_change_log log = CHANGE_LOG(&book);
    DO(relation_remove(&book, again, &log, error));
    DO(change_finish(&book, &log, "Relation removed", error));
    DO(change_undo(&book, log.change_id, error));
    g_array_set_size(list, 0);
    DO(relation_list(&book, b, text, list, error));
    CLAIM(list->len == 2);
    CLAIM_TEXT(g_array_index(list, struct relation, 1).note, "at the congress");
    turned.b_id = b;
    REFUSES(relation_add(&book, &turned, NULL, &again, error), "relation.same");
    knows.kind = "hates";
    REFUSES(relation_add(&book, &knows, NULL, &again, error), "relation.kind_unknown");
    return true;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_touch_moves_the_row),
        cmocka_unit_test(touches_are_edited_deleted_and_come_back),
        cmocka_unit_test(touch_lists_page_by_day),
        cmocka_unit_test(the_tie_is_explained_and_fades),
        cmocka_unit_test(what_you_share_warms_a_tie),
        cmocka_unit_test(a_cadence_counts_from_the_last_real_touch),
        cmocka_unit_test(do_not_contact_ends_nudges),
        cmocka_unit_test(steps_are_due_done_snoozed_and_undone),
        cmocka_unit_test(today_names_each_person_once),
        cmocka_unit_test(relations_go_both_ways_and_are_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
