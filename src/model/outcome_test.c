/* What is counted as a reply, a talk, an introduction, and for which strategy. */
#include "model/outcome.h"

#include "data_strategies.h"
#include "model/favour.h"
#include "model/merge.h"
#include "model/model_scratch.h"
#include "model/person.h"
#include "model/practice.h"
#include "model/pursuit.h"
#include "model/step.h"
#include "model/touch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static bool add_person(struct book *book, const char *name, int64_t *id, GError **error)
{
    struct fact facts[] = {{.kind = FACT_NAME, .value = name}};
    return person_add(book, facts, 1, NULL, id, error);
}

static bool touched(struct book *book, int64_t person_id, const char *kind, const char *direction,
                    GError **error)
{
    int64_t id;
    struct touch touch = {.person_id = person_id, .kind = kind, .direction = direction,
                          .on_day = book_today(book)};
    return touch_add(book, &touch, NULL, &id, error);
}

/* A step done today; wrote: with a message logged beside it. */
static bool stepped(struct book *book, int64_t person_id, const char *strategy, bool wrote,
                    GError **error)
{
    int64_t id;
    struct step step = {.person_id = person_id, .title = "Write", .strategy = strategy,
                        .minutes = 20, .cost_cents = -1, .due_day = DAY_NONE};
    return step_add(book, &step, NULL, &id, error) && step_done(book, id, NULL, error) &&
           (!wrote || touched(book, person_id, "mail", "out", error));
}

static void pass(struct model_scratch *scratch, int days)
{
    scratch->env.clock.fixed_at += days * US_PER_DAY;
}

static const struct outcomes *of(const GArray *all, const char *strategy)
{
    for (guint i = 0; i < all->len; i++) {
        const struct outcomes *one = &g_array_index(all, struct outcomes, i);
        if (strcmp(one->strategy, strategy) == 0) {
            return one;
        }
    }
    return NULL;
}

/* Every number is what its rows say. */
static bool rows_agree(const GArray *all, const GArray *rows)
{
    for (guint i = 0; i < all->len; i++) {
        const struct outcomes *one = &g_array_index(all, struct outcomes, i);
        for (int k = 0; k < N_OUTCOME; k++) {
            int64_t n = 0;
            for (guint r = 0; r < rows->len; r++) {
                const struct outcome_row *row = &g_array_index(rows, struct outcome_row, r);
                bool is_its = (int)row->of == k && strcmp(row->strategy, one->strategy) == 0;
                n += is_its ? row->amount : 0;
            }
            if (n != one->n[k]) {
                return false;
            }
        }
    }
    return true;
}

#define COUNTED(from_day)                                                                  \
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct outcomes));            \
    g_autoptr(GArray) counted = g_array_new(FALSE, FALSE, sizeof(struct outcome_row));     \
    DO(outcomes_load(&book, from_day, text, all, counted, error));                         \
    CLAIM(all->len == n_data_strategies);                                                  \
    CLAIM(rows_agree(all, counted))
#define IS(strategy, what, wanted) CLAIM(of(all, strategy)->n[what] == (wanted))

STORY(a_reply_within_three_weeks_counts_once)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t soon;
    int64_t late;
    int64_t never;
    DO(add_person(&book, "Amina Hassan", &soon, error));
    DO(add_person(&book, "Ben Okafor", &late, error));
    DO(add_person(&book, "Chen Wei", &never, error));
    DO(stepped(&book, soon, "alumni", true, error));
    DO(stepped(&book, late, "alumni", true, error));
    DO(stepped(&book, never, "alumni", false, error));
    pass(scratch, 21);
    DO(touched(&book, soon, "mail", "in", error));
    DO(touched(&book, soon, "mail", "in", error));
    pass(scratch, 1);
    DO(touched(&book, late, "mail", "in", error));
    DO(touched(&book, never, "mail", "in", error));
    COUNTED(SCRATCH_DAY);
    IS("alumni", OUTCOME_STEPS, 3);
    IS("alumni", OUTCOME_MESSAGES, 2);
    IS("alumni", OUTCOME_REPLIES, 1);
    IS("alumni", OUTCOME_TALKS, 0);
    IS("alumni", OUTCOME_MINUTES, 60);
    CLAIM(of(all, "alumni")->steps_by_week[OUTCOME_WEEKS - 4] == 3);
    CLAIM(of(all, "alumni")->answered_by_week[OUTCOME_WEEKS - 4] == 1);
    return true;
}

STORY(a_talk_belongs_to_the_last_step_before_it)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    DO(add_person(&book, "Олена Ковальчук", &id, error));
    DO(stepped(&book, id, "alumni", true, error));
    pass(scratch, 5);
    DO(stepped(&book, id, "nurture", false, error));
    pass(scratch, 5);
    DO(touched(&book, id, "call", NULL, error));
    DO(touched(&book, id, "coffee", NULL, error));
    COUNTED(SCRATCH_DAY);
    IS("alumni", OUTCOME_TALKS, 0);
    IS("nurture", OUTCOME_TALKS, 1);
    IS("alumni", OUTCOME_REPLIES, 1);
    IS("nurture", OUTCOME_REPLIES, 0);
    return true;
}

STORY(only_what_was_done_since_then_counts)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    DO(add_person(&book, "Amina Hassan", &id, error));
    DO(stepped(&book, id, "alumni", true, error));
    pass(scratch, 5);
    DO(stepped(&book, id, "nurture", true, error));
    DO(touched(&book, id, "call", NULL, error));
    COUNTED(SCRATCH_DAY + 5);
    IS("alumni", OUTCOME_STEPS, 0);
    IS("nurture", OUTCOME_STEPS, 1);
    IS("nurture", OUTCOME_TALKS, 1);
    return true;
}

STORY(what_happened_before_a_step_is_not_its_doing)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    DO(add_person(&book, "Amina Hassan", &id, error));
    DO(touched(&book, id, "call", NULL, error));
    pass(scratch, 1);
    DO(stepped(&book, id, "alumni", true, error));
    pass(scratch, 31);
    DO(touched(&book, id, "call", NULL, error));
    COUNTED(SCRATCH_DAY);
    IS("alumni", OUTCOME_TALKS, 0);
    IS("alumni", OUTCOME_REPLIES, 0);
    return true;
}

STORY(merged_people_answer_for_one_another)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    int64_t same;
    int64_t merge_id;
    DO(add_person(&book, "Amina Hassan", &id, error));
    DO(add_person(&book, "A. Hassan", &same, error));
    DO(stepped(&book, same, "alumni", true, error));
    pass(scratch, 1);
    DO(touched(&book, id, "mail", "in", error));
    DO(merge_add(&book, id, same, "test", &merge_id, error));
    COUNTED(SCRATCH_DAY);
    IS("alumni", OUTCOME_REPLIES, 1);
    return true;
}

STORY(favours_pursuits_and_practice_count_for_their_strategy)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    int64_t pursuit_id;
    DO(add_person(&book, "Amina Hassan", &id, error));
    struct favour granted = {.person_id = id, .direction = "asked", .kind = "introduction",
                             .state = "granted", .strategy = "existing_connections",
                             .asked_day = SCRATCH_DAY - 5, .settled_day = SCRATCH_DAY - 1,
                             .thanked_day = DAY_NONE, .told_day = DAY_NONE};
    struct favour asked = granted;
    asked.state = "asked";
    asked.settled_day = DAY_NONE;
    DO(favour_save(&book, &granted, NULL, NULL, error));
    DO(favour_save(&book, &asked, NULL, NULL, error));
    struct pursuit member = {.kind = "membership", .title = "Association of Lakes",
                             .stage = "active", .strategy = "associations",
                             .from_day = SCRATCH_DAY - 3, .until_day = DAY_NONE,
                             .due_day = DAY_NONE, .minutes = -1, .cost_cents = 4500,
                             .currency = "USD"};
    struct pursuit considered = member;
    considered.stage = "considered";
    DO(pursuit_save(&book, &member, NULL, &pursuit_id, error));
    DO(pursuit_save(&book, &considered, NULL, &pursuit_id, error));
    struct practice told = {.strategy = "soft_skills", .kind = "story", .ref = "30s",
                            .on_day = SCRATCH_DAY - 2, .minutes = 15, .self_rating = 3,
                            .peer_rating = -1};
    DO(practice_save(&book, &told, NULL, NULL, error));
    COUNTED(SCRATCH_DAY - 30);
    IS("existing_connections", OUTCOME_INTRODUCTIONS, 1);
    IS("associations", OUTCOME_CENTS, 4500);
    IS("soft_skills", OUTCOME_MINUTES, 15);
    return true;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_within_three_weeks_counts_once),
        cmocka_unit_test(a_talk_belongs_to_the_last_step_before_it),
        cmocka_unit_test(only_what_was_done_since_then_counts),
        cmocka_unit_test(what_happened_before_a_step_is_not_its_doing),
        cmocka_unit_test(merged_people_answer_for_one_another),
        cmocka_unit_test(favours_pursuits_and_practice_count_for_their_strategy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
