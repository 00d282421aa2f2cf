/* Pursuits, favours, practice and the notebook: written, moved on, taken back, folded by merges,
 * forgotten with a person. */
#include "model/pursuit.h"

#include "model/account.h"
#include "model/favour.h"
#include "model/merge.h"
#include "model/model_scratch.h"
#include "model/person.h"
#include "model/practice.h"
#include "model/refusal.h"
#include "model/saved.h"
#include "model/verify.h"
#include "model/week.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define TODAY SCRATCH_DAY
#define MONDAY (SCRATCH_DAY - 1)
#define LIST(type) g_array_new(FALSE, FALSE, sizeof(struct type))
#define AT(list, type, i) g_array_index(list, struct type, i)

static const struct pursuit membership = {.kind = "membership",
                                          .title = "AAFP",
                                          .ref = "aafp",
                                          .strategy = "associations",
                                          .until_day = TODAY + 200,
                                          .due_day = TODAY + 170,
                                          .minutes = -1,
                                          .cost_cents = 12500,
                                          .price_year = 2026};

static bool add_person(struct book *book, const char *name, int64_t *id, GError **error)
{
    struct fact facts[] = {{.kind = FACT_NAME, .value = name}};
    return person_add(book, facts, 1, NULL, id, error);
}

/* ---- pursuits ---- */

STORY(a_pursuit_goes_through_its_stages)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    struct pursuit got;
    auto_change_log add = CHANGE_LOG(&book);
    DO(pursuit_save(&book, &membership, &add, &id, error));
    DO(change_finish(&book, &add, "Membership added", error));
    DO(pursuit_load(&book, id, text, &got, error));
    CLAIM_TEXT(got.stage, "active"); /* where a membership begins */
    CLAIM_TEXT(got.currency, "USD");
    CLAIM(got.cost_cents == 12500 && got.minutes == -1 && got.price_year == 2026);
    CLAIM(got.closed_at == AT_NONE && got.from_day == DAY_NONE && got.until_day == TODAY + 200);
    auto_change_log end = CHANGE_LOG(&book);
    got.stage = "lapsed";
    DO(pursuit_save(&book, &got, &end, NULL, error));
    DO(change_finish(&book, &end, "Membership lapsed", error));
    DO(pursuit_load(&book, id, text, &got, error));
    CLAIM(got.closed_at == book_now(&book));
    DO(change_undo(&book, end.change_id, error));
    DO(pursuit_load(&book, id, text, &got, error));
    CLAIM(got.closed_at == AT_NONE);
    DO(change_undo(&book, add.change_id, error));
    REFUSES(pursuit_load(&book, id, text, &got, error), "pursuit.not_found");
    return true;
}

STORY(a_pursuit_that_cannot_be_is_refused)
{
    SCRATCH_BOOK(book, tx, data);
    struct pursuit bad = membership;
    bad.title = "";
    REFUSES(pursuit_save(&book, &bad, NULL, NULL, error), "pursuit.title_missing");
    bad = membership;
    bad.kind = "quest";
    REFUSES(pursuit_save(&book, &bad, NULL, NULL, error), "pursuit.unknown_kind");
    bad = membership;
    bad.stage = "published"; /* of another kind */
    REFUSES(pursuit_save(&book, &bad, NULL, NULL, error), "pursuit.unknown_stage");
    bad = membership;
    bad.strategy = "luck";
    REFUSES(pursuit_save(&book, &bad, NULL, NULL, error), "pursuit.unknown_strategy");
    bad = membership;
    bad.from_day = TODAY + 201;
    REFUSES(pursuit_save(&book, &bad, NULL, NULL, error), "pursuit.order");
    bad = membership;
    bad.url = "javascript:alert(1)";
    REFUSES(pursuit_save(&book, &bad, NULL, NULL, error), "pursuit.url");
    bad = membership;
    bad.pursuit_id = 7;
    REFUSES(pursuit_save(&book, &bad, NULL, NULL, error), "pursuit.not_found");
    return true;
}

STORY(open_pursuits_come_first_by_what_is_due)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t ids[4];
    g_autoptr(GArray) list = LIST(pursuit);
    static const int32_t due[] = {DAY_NONE, TODAY + 9, TODAY + 2, TODAY + 1};
    for (int i = 0; i < 4; i++) {
        struct pursuit one = membership;
        one.due_day = due[i];
        one.stage = i == 3 ? "lapsed" : NULL;
        DO(pursuit_save(&book, &one, NULL, &ids[i], error));
    }
    DO(pursuit_list(&book, "membership", text, list, error));
    CLAIM(list->len == 4);
    CLAIM(AT(list, pursuit, 0).pursuit_id == ids[2] && AT(list, pursuit, 1).pursuit_id == ids[1]);
    CLAIM(AT(list, pursuit, 2).pursuit_id == ids[0] && AT(list, pursuit, 3).pursuit_id == ids[3]);
    DO(pursuit_delete(&book, ids[2], NULL, error));
    g_array_set_size(list, 0);
    DO(pursuit_list(&book, NULL, text, list, error));
    CLAIM(list->len == 3);
    g_array_set_size(list, 0);
    DO(pursuit_list(&book, "rotation", text, list, error));
    CLAIM(list->len == 0);
    return true;
}

STORY(people_met_are_folded_by_a_merge_and_unfolded)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    int64_t kept;
    int64_t gone;
    int64_t merge_id;
    g_autoptr(GArray) links = LIST(pursuit_person);
    DO(pursuit_save(&book, &membership, NULL, &id, error));
    DO(add_person(&book, "Dr. Kavya Rao", &kept, error));
    DO(add_person(&book, "K. Rao", &gone, error));
    struct pursuit_person link = {.pursuit_id = id, .person_id = kept, .on_day = TODAY};
    DO(pursuit_person_add(&book, &link, NULL, error));
    link.person_id = gone;
    link.on_day = TODAY - 5;
    link.role = "supervisor";
    DO(pursuit_person_add(&book, &link, NULL, error));
    DO(pursuit_person_list(&book, 0, text, links, error));
    CLAIM(links->len == 2);
    CLAIM_TEXT(AT(links, pursuit_person, 0).role, "met");
    DO(merge_add(&book, kept, gone, NULL, &merge_id, error));
    g_array_set_size(links, 0);
    DO(pursuit_person_list(&book, id, text, links, error));
    CLAIM(links->len == 1 && AT(links, pursuit_person, 0).person_id == kept);
    CLAIM(AT(links, pursuit_person, 0).on_day == TODAY - 5);
    auto_change_log log = CHANGE_LOG(&book);
    DO(pursuit_person_remove(&book, id, gone, &log, error));
    DO(change_finish(&book, &log, "Removed", error));
    g_array_set_size(links, 0);
    DO(pursuit_person_list(&book, id, text, links, error));
    CLAIM(links->len == 0);
    DO(change_undo(&book, log.change_id, error));
    DO(merge_undo(&book, merge_id, error));
    DO(pursuit_person_list(&book, id, text, links, error));
    CLAIM(links->len == 2);
    link.pursuit_id = 5;
    REFUSES(pursuit_person_add(&book, &link, NULL, error), "pursuit.not_found");
    link.pursuit_id = id;
    link.person_id = 5;
    REFUSES(pursuit_person_add(&book, &link, NULL, error), "person.not_found");
    return true;
}

/* ---- favours ---- */

STORY(an_introduction_is_asked_granted_thanked_and_told)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t person;
    int64_t id;
    struct favour got;
    DO(add_person(&book, "Dr. Kavya Rao", &person, error));
    struct favour favour = {.person_id = person,
                            .direction = "asked",
                            .kind = "introduction",
                            .about = "the clinic in Toledo",
                            .asked_day = TODAY - 9};
    DO(favour_save(&book, &favour, NULL, &id, error));
    DO(favour_load(&book, id, text, &got, error));
    CLAIM_TEXT(got.state, "asked");
    CLAIM(got.asked_day == TODAY - 9 && got.settled_day == DAY_NONE && got.about_person_id == 0);
    REFUSES(favour_move(&book, id, "thanked", TODAY, NULL, error), "favour.state");
    REFUSES(favour_move(&book, id, "asked", TODAY, NULL, error), "favour.state");
    DO(favour_move(&book, id, "granted", TODAY - 4, NULL, error));
    REFUSES(favour_move(&book, id, "declined", TODAY, NULL, error), "favour.state");
    auto_change_log log = CHANGE_LOG(&book);
    DO(favour_move(&book, id, "thanked", DAY_NONE, &log, error));
    DO(change_finish(&book, &log, "Thanked", error));
    DO(favour_move(&book, id, "told", TODAY, NULL, error));
    DO(favour_load(&book, id, text, &got, error));
    CLAIM_TEXT(got.state, "told");
    CLAIM(got.settled_day == TODAY - 4 && got.thanked_day == TODAY && got.told_day == TODAY);
    DO(change_undo(&book, log.change_id, error));
    DO(favour_load(&book, id, text, &got, error));
    CLAIM_TEXT(got.state, "granted");
    CLAIM(got.thanked_day == DAY_NONE);
    return true;
}

STORY(a_favour_that_cannot_be_is_refused)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t person;
    int64_t id;
    DO(add_person(&book, "Dr. Kavya Rao", &person, error));
    const struct favour good = {.person_id = person, .direction = "given", .kind = "review"};
    struct favour bad = good;
    bad.person_id = 5;
    REFUSES(favour_save(&book, &bad, NULL, NULL, error), "person.not_found");
    bad = good;
    bad.kind = "bribe";
    REFUSES(favour_save(&book, &bad, NULL, NULL, error), "favour.unknown_kind");
    bad = good;
    bad.state = "asked"; /* of the other direction */
    REFUSES(favour_save(&book, &bad, NULL, NULL, error), "favour.state");
    bad = good;
    bad.direction = "taken";
    REFUSES(favour_save(&book, &bad, NULL, NULL, error), "favour.direction");
    bad = good;
    bad.about_person_id = 5;
    REFUSES(favour_save(&book, &bad, NULL, NULL, error), "person.not_found");
    DO(favour_save(&book, &good, NULL, &id, error));
    REFUSES(favour_move(&book, id, "thanked", TODAY, NULL, error), "favour.state");
    REFUSES(favour_move(&book, 5, "granted", TODAY, NULL, error), "favour.not_found");
    return true;
}

STORY(favours_of_merged_people_are_read_together)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t kept;
    int64_t gone;
    int64_t other;
    int64_t merge_id;
    int64_t id;
    struct favour got;
    g_autoptr(GArray) list = LIST(favour);
    DO(add_person(&book, "Dr. Kavya Rao", &kept, error));
    DO(add_person(&book, "K. Rao", &gone, error));
    DO(add_person(&book, "Samuel Okoye", &other, error));
    struct favour favour = {
        .person_id = gone, .direction = "asked", .kind = "advice", .asked_day = TODAY - 9};
    DO(favour_save(&book, &favour, NULL, &id, error));
    favour.person_id = other;
    favour.about_person_id = gone;
    favour.asked_day = TODAY;
    DO(favour_save(&book, &favour, NULL, NULL, error));
    DO(merge_add(&book, kept, gone, NULL, &merge_id, error));
    DO(favour_list(&book, gone, text, list, error));
    CLAIM(list->len == 1 && AT(list, favour, 0).person_id == kept);
    g_array_set_size(list, 0);
    DO(favour_list(&book, 0, text, list, error));
    CLAIM(list->len == 2 && AT(list, favour, 0).person_id == other); /* newest first */
    CLAIM(AT(list, favour, 0).about_person_id == kept);
    DO(favour_move(&book, id, "granted", TODAY, NULL, error));
    DO(favour_load(&book, id, text, &got, error));
    got.note = "on the telephone";
    DO(favour_save(&book, &got, NULL, NULL, error));
    DO(merge_undo(&book, merge_id, error));
    DO(favour_load(&book, id, text, &got, error));
    CLAIM(got.person_id == gone); /* theirs again */
    g_array_set_size(list, 0);
    DO(person_delete(&book, gone, NULL, error));
    DO(favour_list(&book, 0, text, list, error));
    CLAIM(list->len == 1);
    return true;
}

/* ---- practice ---- */

STORY(a_peer_rates_once_through_a_link)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    int64_t account_id;
    struct practice got;
    g_autofree char *first = NULL;
    g_autofree char *secret = NULL;
    struct practice practice = {.strategy = "soft_skills",
                                .kind = "story",
                                .ref = "2min",
                                .on_day = TODAY - 1,
                                .minutes = 10,
                                .self_rating = 3,
                                .peer_rating = 5};
    auto_change_log edit = CHANGE_LOG(&book);
    DO(practice_save(&book, &practice, NULL, &id, error));
    DO(practice_open_peer(&book, id, &first, error));
    DO(practice_open_peer(&book, id, &secret, error));
    practice.practice_id = id;
    practice.note = "slower next time";
    DO(practice_save(&book, &practice, &edit, NULL, error));
    DO(change_finish(&book, &edit, "Practice changed", error));
    REFUSES(practice_of_secret(tx, first, text, &account_id, &got, error), "practice.link_over");
    REFUSES(practice_of_secret(tx, "nothing", text, &account_id, &got, error),
            "practice.link_over");
    DO(practice_of_secret(tx, secret, text, &account_id, &got, error));
    CLAIM(account_id == book.account_id && got.practice_id == id && got.peer_rating == -1);
    REFUSES(practice_peer_rate(&book, id, 6, NULL, error), "practice.rating");
    DO(practice_peer_rate(&book, id, 4, "clear and warm", error));
    REFUSES(practice_of_secret(tx, secret, text, &account_id, &got, error), "practice.link_over");
    REFUSES(practice_peer_rate(&book, id, 1, NULL, error), "practice.link_over");
    DO(change_undo(&book, edit.change_id, error)); /* takes back the note, not the peer */
    DO(practice_load(&book, id, text, &got, error));
    CLAIM_TEXT(got.peer_words, "clear and warm");
    CLAIM(got.peer_rating == 4 && got.self_rating == 3 && got.note == NULL);
    REFUSES(practice_of_secret(tx, secret, text, &account_id, &got, error), "practice.link_over");
    return true;
}

STORY(practice_is_listed_by_strategy_and_refused_when_wrong)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    g_autoptr(GArray) list = LIST(practice);
    const struct practice good = {
        .strategy = "cross_cultural", .kind = "lesson", .minutes = -1, .self_rating = -1};
    struct practice bad = good;
    bad.strategy = "manners";
    REFUSES(practice_save(&book, &bad, NULL, NULL, error), "practice.unknown_strategy");
    bad = good;
    bad.kind = "song";
    REFUSES(practice_save(&book, &bad, NULL, NULL, error), "practice.unknown_kind");
    bad = good;
    bad.self_rating = 9;
    REFUSES(practice_save(&book, &bad, NULL, NULL, error), "practice.rating");
    bad = good;
    bad.on_day = TODAY + 1;
    REFUSES(practice_save(&book, &bad, NULL, NULL, error), "practice.day_ahead");
    DO(practice_save(&book, &good, NULL, &id, error));
    DO(practice_list(&book, "soft_skills", text, list, error));
    CLAIM(list->len == 0);
    DO(practice_list(&book, NULL, text, list, error));
    CLAIM(list->len == 1 && AT(list, practice, 0).on_day == TODAY);
    auto_change_log log = CHANGE_LOG(&book);
    DO(practice_delete(&book, id, &log, error));
    DO(change_finish(&book, &log, "Practice deleted", error));
    g_array_set_size(list, 0);
    DO(practice_list(&book, NULL, text, list, error));
    CLAIM(list->len == 0);
    DO(change_undo(&book, log.change_id, error));
    DO(practice_list(&book, NULL, text, list, error));
    CLAIM(list->len == 1);
    return true;
}

STORY(a_story_is_written_and_taken_back)
{
    SCRATCH_BOOK(book, tx, data);
    g_autoptr(GArray) list = LIST(story);
    DO(story_save(&book, "30s", "I am a doctor from Karachi.", NULL, error));
    auto_change_log log = CHANGE_LOG(&book);
    DO(story_save(&book, "30s", "I look after children.", &log, error));
    DO(story_save(&book, "2min", "It began in a village.", &log, error));
    DO(change_finish(&book, &log, "Story changed", error));
    DO(story_list(&book, text, list, error));
    CLAIM(list->len == 2);
    CLAIM_TEXT(AT(list, story, 1).body, "I look after children.");
    DO(change_undo(&book, log.change_id, error));
    g_array_set_size(list, 0);
    DO(story_list(&book, text, list, error));
    CLAIM(list->len == 1);
    CLAIM_TEXT(AT(list, story, 0).body, "I am a doctor from Karachi.");
    DO(story_save(&book, "30s", "", NULL, error));
    g_array_set_size(list, 0);
    DO(story_list(&book, text, list, error));
    CLAIM(list->len == 0);
    REFUSES(story_save(&book, "epic", "Long ago", NULL, error), "story.unknown_kind");
    return true;
}

/* ---- notebook ---- */

STORY(an_answer_in_the_notebook_says_where_it_is_from)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    struct saved got;
    g_autoptr(GArray) list = LIST(saved);
    const struct saved good = {.question = "Do they sponsor J-1?",
                               .body = "They did last year.",
                               .source = "a forum",
                               .url = "https://forum.example/t/1",
                               .year = 2025,
                               .is_rumour = true,
                               .minutes = 15};
    struct saved bad = good;
    bad.question = "";
    REFUSES(saved_save(&book, &bad, NULL, NULL, error), "saved.question_missing");
    bad = good;
    bad.body = NULL;
    REFUSES(saved_save(&book, &bad, NULL, NULL, error), "saved.body_missing");
    bad = good;
    bad.source = NULL;
    REFUSES(saved_save(&book, &bad, NULL, NULL, error), "saved.source_missing");
    bad = good;
    bad.url = "forum.example";
    REFUSES(saved_save(&book, &bad, NULL, NULL, error), "saved.url");
    bad = good;
    bad.year = 1066;
    REFUSES(saved_save(&book, &bad, NULL, NULL, error), "saved.year");
    DO(saved_save(&book, &good, NULL, &id, error));
    DO(saved_load(&book, id, text, &got, error));
    CLAIM_TEXT(got.source, "a forum");
    CLAIM(got.is_rumour && got.year == 2025 && got.on_day == TODAY && got.minutes == 15);
    auto_change_log log = CHANGE_LOG(&book);
    got.is_rumour = false;
    DO(saved_save(&book, &got, &log, NULL, error));
    DO(saved_delete(&book, id, &log, error));
    DO(change_finish(&book, &log, "Answer deleted", error));
    DO(saved_list(&book, text, list, error));
    CLAIM(list->len == 0);
    REFUSES(saved_delete(&book, id, NULL, error), "saved.not_found");
    DO(change_undo(&book, log.change_id, error));
    DO(saved_list(&book, text, list, error));
    CLAIM(list->len == 1 && AT(list, saved, 0).is_rumour);
    return true;
}

/* ---- tenants, and forgetting ---- */

STORY(another_account_sees_and_changes_nothing)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t other_id;
    int64_t person;
    int64_t pursuit_id;
    int64_t favour_id;
    int64_t practice_id;
    struct pursuit pursuit;
    struct favour favour = {.direction = "given", .kind = "advice"};
    struct practice practice = {
        .strategy = "soft_skills", .kind = "talk", .minutes = -1, .self_rating = -1};
    g_autofree char *secret = NULL;
    g_autoptr(GArray) list = LIST(favour);
    DO(account_create(tx, &scratch->env, &(struct account_new){.name = "other"}, &other_id, error));
    struct book other = BOOK(tx, &scratch->env, other_id);
    DO(add_person(&book, "Dr. Kavya Rao", &person, error));
    favour.person_id = person;
    DO(pursuit_save(&book, &membership, NULL, &pursuit_id, error));
    DO(favour_save(&book, &favour, NULL, &favour_id, error));
    DO(practice_save(&book, &practice, NULL, &practice_id, error));
    REFUSES(pursuit_load(&other, pursuit_id, text, &pursuit, error), "pursuit.not_found");
    REFUSES(pursuit_delete(&other, pursuit_id, NULL, error), "pursuit.not_found");
    REFUSES(favour_load(&other, favour_id, text, &favour, error), "favour.not_found");
    REFUSES(favour_save(&other, &favour, NULL, NULL, error), "person.not_found");
    REFUSES(practice_open_peer(&other, practice_id, &secret, error), "practice.not_found");
    REFUSES(practice_peer_rate(&other, practice_id, 3, NULL, error), "practice.not_found");
    DO(favour_list(&other, 0, text, list, error));
    CLAIM(list->len == 0);
    return true;
}

DB_QUERY(rows_about, "SELECT (SELECT count(*) FROM favour WHERE account_id = $1) AS favours, "
                     "(SELECT count(*) FROM pursuit_person WHERE account_id = $1) AS links, "
                     "(SELECT count(*) FROM planned WHERE account_id = $1) AS planned, "
                     "(SELECT count(*) FROM refusal WHERE account_id = $1) AS refusals, "
                     "(SELECT count(*) FROM change WHERE account_id = $1) AS changes");

STORY(an_erased_person_is_nowhere_in_the_lists)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t person;
    int64_t other;
    int64_t pursuit_id;
    int64_t step_id;
    int64_t about_id;
    char id[ID_TEXT];
    g_autoptr(GArray) findings = LIST(finding);
    struct verify verify = {.text = text, .findings = findings};
    DO(add_person(&book, "Dr. Kavya Rao", &person, error));
    DO(add_person(&book, "Samuel Okoye", &other, error));
    DO(pursuit_save(&book, &membership, NULL, &pursuit_id, error));
    auto_change_log log = CHANGE_LOG(&book);
    struct favour favour = {.person_id = person, .direction = "asked", .kind = "letter"};
    DO(favour_save(&book, &favour, &log, NULL, error));
    DO(change_finish(&book, &log, "Letter asked of Dr. Kavya Rao", error));
    favour = (struct favour){.person_id = other,
                             .direction = "asked",
                             .kind = "introduction",
                             .about_person_id = person,
                             .about = "Dr. Rao"};
    DO(favour_save(&book, &favour, NULL, &about_id, error));
    struct pursuit_person link = {.pursuit_id = pursuit_id, .person_id = person};
    DO(pursuit_person_add(&book, &link, NULL, error));
    struct step step = {.person_id = person, .title = "Thank her", .cost_cents = -1};
    DO(step_add(&book, &step, NULL, &step_id, error));
    struct planned planned = {.step_id = step_id, .monday = MONDAY, .on_day = MONDAY};
    DO(planned_save(&book, &planned, NULL, error));
    g_autofree char *key = g_strdup_printf("nurture.thank/%s/", id_format(person, id));
    struct refusal refusals[] = {{.scope = "person", .target = id},
                                 {.scope = "step", .target = key}};
    DO(refusal_set(&book, &refusals[0], NULL, error));
    DO(refusal_set(&book, &refusals[1], NULL, error));
    DO(person_erase(&book, person, error));
    {
        g_autoptr(db_rows) rows = DB_SELECT(tx, &rows_about, error, DB_INT(book.account_id));
        DO(rows != NULL && db_rows_next(rows, error) > 0);
        CLAIM(db_int(rows, "favours") == 1 && db_int(rows, "links") == 0);
        CLAIM(db_int(rows, "planned") == 0 && db_int(rows, "refusals") == 0);
        CLAIM(db_int(rows, "changes") == 0);
    }
    DO(favour_load(&book, about_id, text, &favour, error));
    CLAIM(favour.about_person_id == 0 && favour.about == NULL && favour.person_id == other);
    DO(verify_account(&book, &verify, error));
    CLAIM(findings->len == 0);
    return true;
}

STORY(what_was_deleted_is_erased_after_thirty_days)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    int64_t person;
    int n;
    struct pursuit got;
    auto_change_log log = CHANGE_LOG(&book);
    DO(add_person(&book, "Dr. Kavya Rao", &person, error));
    DO(pursuit_save(&book, &membership, NULL, &id, error));
    struct pursuit_person link = {.pursuit_id = id, .person_id = person};
    DO(pursuit_person_add(&book, &link, NULL, error));
    DO(pursuit_delete(&book, id, &log, error));
    DO(change_finish(&book, &log, "Membership deleted", error));
    model_scratch_wait(scratch, 29);
    DO(person_erase_due(&book, &n, error));
    DO(pursuit_load(&book, id, text, &got, error));
    CLAIM(got.deleted_at != AT_NONE);
    model_scratch_wait(scratch, 1);
    DO(person_erase_due(&book, &n, error));
    REFUSES(pursuit_load(&book, id, text, &got, error), "pursuit.not_found");
    REFUSES(change_undo(&book, log.change_id, error), "change.not_found");
    g_autoptr(db_rows) rows = DB_SELECT(tx, &rows_about, error, DB_INT(book.account_id));
    DO(rows != NULL && db_rows_next(rows, error) > 0);
    CLAIM(db_int(rows, "links") == 0);
    return true;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pursuit_goes_through_its_stages),
        cmocka_unit_test(a_pursuit_that_cannot_be_is_refused),
        cmocka_unit_test(open_pursuits_come_first_by_what_is_due),
        cmocka_unit_test(people_met_are_folded_by_a_merge_and_unfolded),
        cmocka_unit_test(an_introduction_is_asked_granted_thanked_and_told),
        cmocka_unit_test(a_favour_that_cannot_be_is_refused),
        cmocka_unit_test(favours_of_merged_people_are_read_together),
        cmocka_unit_test(a_peer_rates_once_through_a_link),
        cmocka_unit_test(practice_is_listed_by_strategy_and_refused_when_wrong),
        cmocka_unit_test(a_story_is_written_and_taken_back),
        cmocka_unit_test(an_answer_in_the_notebook_says_where_it_is_from),
        cmocka_unit_test(another_account_sees_and_changes_nothing),
        cmocka_unit_test(an_erased_person_is_nowhere_in_the_lists),
        cmocka_unit_test(what_was_deleted_is_erased_after_thirty_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
