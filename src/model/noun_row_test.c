/* The small lists: what is written can be read, refused, taken back and undone, and belongs to one
 * account. */
#include "model/noun_row.h"

#include "model/account.h"
#include "model/merge.h"
#include "model/model_scratch.h"
#include "model/own_date.h"
#include "model/person.h"
#include "model/refusal.h"
#include "model/week.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define TODAY SCRATCH_DAY
#define MONDAY (SCRATCH_DAY - 1)
#define LIST(type) g_array_new(FALSE, FALSE, sizeof(struct type))

static bool add_person(struct book *book, const char *name, int64_t *id, GError **error)
{
    struct fact facts[] = {{.kind = FACT_NAME, .value = name}};
    return person_add(book, facts, 1, NULL, id, error);
}

static bool other_account(struct book *book, const char *name, struct book *other, GError **error)
{
    int64_t other_id;
    bool is_made =
        account_create(book->tx, book->env, &(struct account_new){.name = name}, &other_id, error);
    *other = BOOK(book->tx, book->env, other_id);
    return is_made;
}

/* ---- dates ---- */

STORY(a_date_is_kept_edited_deleted_and_comes_back)
{
    SCRATCH_BOOK(book, tx, data);
    struct own_date got;
    int64_t id;
    g_autoptr(GArray) dates = LIST(own_date);
    struct own_date date = {.kind = "exam",
                            .title = "Step 2 CK",
                            .on_day = TODAY + 30,
                            .until_day = DAY_NONE,
                            .minute = 9 * 60,
                            .zone = "America/New_York",
                            .note = "Bring the permit"};
    auto_change_log add = CHANGE_LOG(&book);
    DO(own_date_save(&book, &date, &add, &id, error));
    DO(change_finish(&book, &add, "Date added", error));
    DO(own_date_load(&book, id, text, &got, error));
    CLAIM_TEXT(got.title, "Step 2 CK");
    CLAIM_TEXT(got.zone, "America/New_York");
    CLAIM(got.on_day == TODAY + 30 && got.until_day == DAY_NONE && got.minute == 540);
    CLAIM(got.rule == NULL && got.created_at == book_now(&book) && got.deleted_at == AT_NONE);
    auto_change_log edit = CHANGE_LOG(&book);
    date.date_id = id;
    date.on_day = TODAY + 60;
    date.until_day = TODAY + 61;
    date.minute = -1;
    DO(own_date_save(&book, &date, &edit, NULL, error));
    DO(change_finish(&book, &edit, "Date changed", error));
    auto_change_log gone = CHANGE_LOG(&book);
    DO(own_date_delete(&book, id, &gone, error));
    DO(change_finish(&book, &gone, "Date deleted", error));
    DO(own_date_list(&book, text, dates, error));
    CLAIM(dates->len == 0);
    REFUSES(own_date_delete(&book, id, NULL, error), "date.not_found");
    DO(change_undo(&book, gone.change_id, error));
    DO(own_date_list(&book, text, dates, error));
    CLAIM(dates->len == 1);
    got = g_array_index(dates, struct own_date, 0);
    CLAIM(got.on_day == TODAY + 60 && got.until_day == TODAY + 61 && got.minute == -1);
    CLAIM(got.zone == NULL);
    DO(change_undo(&book, edit.change_id, error));
    DO(own_date_load(&book, id, text, &got, error));
    CLAIM(got.on_day == TODAY + 30 && got.minute == 540);
    DO(change_undo(&book, add.change_id, error));
    REFUSES(own_date_load(&book, id, text, &got, error), "date.not_found");
    return true;
}

STORY(a_date_that_cannot_be_is_refused)
{
    SCRATCH_BOOK(book, tx, data);
    const struct own_date good = {.kind = "exam", .title = "OET", .on_day = TODAY, .minute = -1};
    struct own_date bad = good;
    bad.title = "";
    REFUSES(own_date_save(&book, &bad, NULL, NULL, error), "date.title_missing");
    bad = good;
    bad.on_day = DAY_NONE;
    REFUSES(own_date_save(&book, &bad, NULL, NULL, error), "date.day_missing");
    bad = good;
    bad.until_day = TODAY - 1;
    REFUSES(own_date_save(&book, &bad, NULL, NULL, error), "date.order");
    bad = good;
    bad.minute = 600;
    REFUSES(own_date_save(&book, &bad, NULL, NULL, error), "date.zone");
    bad.zone = "Nowhere/Land";
    REFUSES(own_date_save(&book, &bad, NULL, NULL, error), "date.zone");
    bad = good;
    bad.kind = "rule";
    REFUSES(own_date_save(&book, &bad, NULL, NULL, error), "date.unknown_rule");
    bad.rule = "midsummer";
    REFUSES(own_date_save(&book, &bad, NULL, NULL, error), "date.unknown_rule");
    bad.rule = "oet";
    DO(own_date_save(&book, &bad, NULL, NULL, error));
    bad.kind = "exam"; /* only a rule stands for a rule */
    REFUSES(own_date_save(&book, &bad, NULL, NULL, error), "date.unknown_rule");
    bad.kind = "birthday";
    REFUSES(own_date_save(&book, &bad, NULL, NULL, error), "date.unknown_kind");
    bad = good;
    bad.date_id = 5;
    REFUSES(own_date_save(&book, &bad, NULL, NULL, error), "date.not_found");
    return true;
}

STORY(dates_of_another_account_are_not_there)
{
    SCRATCH_BOOK(book, tx, data);
    struct book other;
    struct own_date got;
    int64_t id;
    g_autoptr(GArray) dates = LIST(own_date);
    struct own_date date = {.kind = "other", .title = "Flight", .on_day = TODAY, .minute = -1};
    DO(other_account(&book, "other", &other, error));
    DO(own_date_save(&book, &date, NULL, &id, error));
    REFUSES(own_date_load(&other, id, text, &got, error), "date.not_found");
    REFUSES(own_date_delete(&other, id, NULL, error), "date.not_found");
    date.date_id = id;
    REFUSES(own_date_save(&other, &date, NULL, NULL, error), "date.not_found");
    DO(own_date_list(&other, text, dates, error));
    CLAIM(dates->len == 0);
    return true;
}

/* ---- refusals ---- */

STORY(a_refusal_holds_until_its_day_or_for_good)
{
    SCRATCH_BOOK(book, tx, data);
    g_autoptr(GArray) refusals = LIST(refusal);
    struct refusal later = {.scope = "step",
                            .target = "alumni.first/0abc/",
                            .until_day = TODAY + 14,
                            .reason = "no_time"};
    struct refusal never = {.scope = "strategy", .target = "research", .until_day = DAY_NONE};
    DO(refusal_set(&book, &later, NULL, error));
    DO(refusal_set(&book, &never, NULL, error));
    DO(refusal_list(&book, TODAY + 13, text, refusals, error));
    CLAIM(refusals->len == 2);
    g_array_set_size(refusals, 0);
    DO(refusal_list(&book, TODAY + 14, text, refusals, error));
    CLAIM(refusals->len == 1);
    CLAIM_TEXT(g_array_index(refusals, struct refusal, 0).target, "research");
    g_array_set_size(refusals, 0);
    DO(refusal_list(&book, DAY_NONE, text, refusals, error));
    CLAIM(refusals->len == 2);
    auto_change_log log = CHANGE_LOG(&book);
    later.until_day = DAY_NONE;
    DO(refusal_set(&book, &later, &log, error));
    DO(refusal_clear(&book, "strategy", "research", &log, error));
    DO(change_finish(&book, &log, "Left out for good", error));
    g_array_set_size(refusals, 0);
    DO(refusal_list(&book, TODAY + 1000, text, refusals, error));
    CLAIM(refusals->len == 1);
    CLAIM_TEXT(g_array_index(refusals, struct refusal, 0).target, "alumni.first/0abc/");
    DO(change_undo(&book, log.change_id, error));
    g_array_set_size(refusals, 0);
    DO(refusal_list(&book, TODAY + 1000, text, refusals, error));
    CLAIM(refusals->len == 1);
    CLAIM_TEXT(g_array_index(refusals, struct refusal, 0).target, "research");
    return true;
}

STORY(what_is_refused_must_exist)
{
    SCRATCH_BOOK(book, tx, data);
    struct refusal bad = {.scope = "programme", .target = "x"};
    REFUSES(refusal_set(&book, &bad, NULL, error), "refusal.scope");
    bad = (struct refusal){.scope = "strategy", .target = "bribery"};
    REFUSES(refusal_set(&book, &bad, NULL, error), "refusal.target");
    bad = (struct refusal){.scope = "kind", .target = "alumni.never"};
    REFUSES(refusal_set(&book, &bad, NULL, error), "refusal.target");
    bad = (struct refusal){.scope = "step", .target = ""};
    REFUSES(refusal_set(&book, &bad, NULL, error), "refusal.target");
    bad = (struct refusal){.scope = "person", .target = "Kavya"};
    REFUSES(refusal_set(&book, &bad, NULL, error), "refusal.target");
    bad = (struct refusal){.scope = "person", .target = "0000000000005"};
    REFUSES(refusal_set(&book, &bad, NULL, error), "person.not_found");
    return true;
}

STORY(a_refused_person_stays_refused_when_merged)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t kept;
    int64_t gone;
    int64_t merge_id;
    char target[ID_TEXT];
    g_autoptr(GArray) refusals = LIST(refusal);
    DO(add_person(&book, "Dr. Kavya Rao", &kept, error));
    DO(add_person(&book, "K. Rao", &gone, error));
    struct refusal refusal = {.scope = "person", .target = id_format(gone, target)};
    DO(refusal_set(&book, &refusal, NULL, error));
    DO(merge_add(&book, kept, gone, NULL, &merge_id, error));
    DO(refusal_list(&book, TODAY, text, refusals, error));
    CLAIM(refusals->len == 1);
    CLAIM_TEXT(g_array_index(refusals, struct refusal, 0).target, id_format(kept, target));
    return true;
}

/* ---- weeks ---- */

STORY(a_week_comes_from_the_goal_until_it_is_changed)
{
    SCRATCH_BOOK(book, tx, data);
    struct week week;
    struct goal goal = {.hours_week = 360, .money_month = 8000};
    DO(week_load(&book, &goal, MONDAY, text, &week, error));
    CLAIM(week.minutes == 360 && week.cents == 8000 && week.messages == 8);
    CLAIM(week.accepted_at == AT_NONE && week.reviewed_at == AT_NONE && week.monday == MONDAY);
    goal = (struct goal){.hours_week = -1, .money_month = -1};
    DO(week_load(&book, &goal, MONDAY, text, &week, error));
    CLAIM(week.minutes == 240 && week.cents == 0);
    auto_change_log log = CHANGE_LOG(&book);
    week.minutes = 90;
    week.messages = 2;
    week.accepted_at = book_now(&book);
    week.note = "Exam on Friday";
    DO(week_save(&book, &week, &log, error));
    DO(change_finish(&book, &log, "Week accepted", error));
    DO(week_load(&book, &goal, MONDAY, text, &week, error));
    CLAIM(week.minutes == 90 && week.messages == 2 && week.accepted_at == book_now(&book));
    CLAIM_TEXT(week.note, "Exam on Friday");
    DO(change_undo(&book, log.change_id, error));
    DO(week_load(&book, &goal, MONDAY, text, &week, error));
    CLAIM(week.minutes == 240 && week.accepted_at == AT_NONE);
    week.monday = TODAY;
    REFUSES(week_save(&book, &week, NULL, error), "week.monday");
    week.monday = MONDAY;
    week.minutes = -1;
    REFUSES(week_save(&book, &week, NULL, error), "week.limits");
    return true;
}

STORY(planned_steps_are_listed_by_day_and_moved)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t ids[2];
    g_autoptr(GArray) list = LIST(planned);
    for (int i = 0; i < 2; i++) {
        struct step step = {.title = "Write to a senior", .cost_cents = -1};
        struct planned planned = {.monday = MONDAY,
                                  .on_day = MONDAY + 4 - i,
                                  .origin = i == 0 ? "alumni.first/0abc/" : NULL,
                                  .points = 120,
                                  .is_pinned = i == 1,
                                  .terms = "[\"went to your school\"]"};
        DO(step_add(&book, &step, NULL, &ids[i], error));
        planned.step_id = ids[i];
        DO(planned_save(&book, &planned, NULL, error));
    }
    DO(planned_list(&book, MONDAY, text, list, error));
    CLAIM(list->len == 2);
    struct planned first = g_array_index(list, struct planned, 0);
    CLAIM(first.step_id == ids[1] && first.is_pinned && first.origin == NULL);
    CLAIM(first.on_day == MONDAY + 3 && first.until_day == DAY_NONE && first.points == 120);
    CLAIM_TEXT(first.terms, "[\"went to your school\"]");
    auto_change_log log = CHANGE_LOG(&book);
    first.monday = MONDAY + 7;
    first.on_day = MONDAY + 8;
    DO(planned_save(&book, &first, &log, error));
    DO(planned_remove(&book, ids[0], &log, error));
    DO(change_finish(&book, &log, "Week changed", error));
    g_array_set_size(list, 0);
    DO(planned_list(&book, MONDAY, text, list, error));
    CLAIM(list->len == 0);
    DO(planned_list(&book, DAY_NONE, text, list, error));
    CLAIM(list->len == 1);
    DO(change_undo(&book, log.change_id, error));
    g_array_set_size(list, 0);
    DO(planned_list(&book, MONDAY, text, list, error));
    CLAIM(list->len == 2);
    auto_change_log add = CHANGE_LOG(&book);
    struct step step = {.title = "Read about the clinic", .cost_cents = -1};
    DO(step_add(&book, &step, &add, &ids[0], error));
    DO(change_finish(&book, &add, "Step added", error));
    struct planned own = {.step_id = ids[0], .monday = MONDAY, .on_day = MONDAY};
    DO(planned_save(&book, &own, NULL, error));
    DO(change_undo(&book, add.change_id, error)); /* the step goes, and its place in the week */
    g_array_set_size(list, 0);
    DO(planned_list(&book, MONDAY, text, list, error));
    CLAIM(list->len == 2);
    first.on_day = MONDAY + 2;
    REFUSES(planned_save(&book, &first, NULL, error), "week.day");
    return true;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_is_kept_edited_deleted_and_comes_back),
        cmocka_unit_test(a_date_that_cannot_be_is_refused),
        cmocka_unit_test(dates_of_another_account_are_not_there),
        cmocka_unit_test(a_refusal_holds_until_its_day_or_for_good),
        cmocka_unit_test(what_is_refused_must_exist),
        cmocka_unit_test(a_refused_person_stays_refused_when_merged),
        cmocka_unit_test(a_week_comes_from_the_goal_until_it_is_changed),
        cmocka_unit_test(planned_steps_are_listed_by_day_and_moved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
