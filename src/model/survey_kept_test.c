/* The kept survey is always what reading everything anew would give: after each kind of change, by
 * this connection or another, on both engines. */
#include "model/survey_part.h"

#include "data_suggestions.h"
#include "data_value_terms.h"
#include "model/cadence.h"
#include "model/merge.h"
#include "model/model_scratch.h"
#include "model/person.h"
#include "model/refusal.h"
#include "model/store.h"
#include "model/touch.h"
#include "model/week.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#define N_PEOPLE 12

static const struct data_suggestions write_kind = {.id = "test.write", .strategy = "alumni",
                                                   .why = "Why.", .points = 100, .minutes = 20,
                                                   .is_message = true, .is_ask = true,
                                                   .whom = "any", .rest_days = 30};
static const struct data_suggestions thank_kind = {.id = "test.thanks", .strategy = "nurture",
                                                   .why = "Why.", .points = 150, .minutes = 10,
                                                   .is_message = true, .whom = "any"};
static const struct data_suggestions all_kind = {
    .id = "test.all", .strategy = "nurture", .why = "Why.", .points = 30, .whom = "any"};

static int n_about; /* how often a strategy looked at a person */

static void about(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    n_about++;
    struct suggestion *one = suggest(out, outlook, "goal.answer", contact);
    if (one != NULL) {
        one->kind = &write_kind;
        one->detail = contact->school;
    }
    if (contact->last_talk_day != DAY_NONE && contact->last_thanks_day < contact->last_talk_day) {
        one = suggest(out, outlook, "goal.answer", contact);
        if (one != NULL) {
            one->kind = &thank_kind;
        }
    }
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    struct suggestion *one = suggest(out, outlook, "goal.answer", NULL);
    if (one != NULL) {
        one->kind = &all_kind;
        one->minutes = (int32_t)outlook->contacts->len;
        one->cents = outlook->n_messages_week;
    }
}

static const struct strategy strategy = {.id = "alumni", .about = about, .overall = overall};
static const struct strategy *const rows[] = {&strategy};
static const struct strategy_table strategies = {rows, 1};

/* ---- what a survey says, as text ---- */

static void say_contact(GString *out, const struct contact *c)
{
    char id[ID_TEXT];
    const int32_t days[] = {c->due_day,        c->last_day,          c->last_out_day,
                            c->last_in_day,    c->last_talk_day,     c->last_rotation_day,
                            c->last_event_day, c->last_intro_day,    c->last_thanks_day,
                            c->connected_day,  c->invited_day};
    g_string_append_printf(out, "%s %s|%s|%s|%s|%s|%s|%s|%d|%s|%x|%.6f|%d|%d|%d|%d|%s|",
                           id_format(c->person_id, id), c->name, c->own_name, c->headline, c->org,
                           c->department, c->specialty, c->school, c->class_year, c->tags,
                           c->flags, (double)c->tie, c->cadence_days, c->n_touches,
                           c->n_unanswered, c->n_out_year, c->last_kind);
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
        g_string_append_printf(out, "%d ", days[i] == DAY_NONE ? 0 : days[i]);
    }
    g_string_append_c(out, '\n');
}

static char *say(const struct survey *survey)
{
    GString *out = g_string_new(NULL);
    const struct outlook *outlook = survey->outlook;
    g_string_append_printf(out, "%d %d %d %u\n", outlook->today, outlook->n_messages_week,
                           (int)outlook->revision, g_hash_table_size(outlook->refused));
    for (guint i = 0; i < outlook->contacts->len; i++) {
        say_contact(out, &g_array_index(outlook->contacts, struct contact, i));
    }
    for (guint i = 0; i < survey->suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(survey->suggestions, struct suggestion, i);
        g_autofree char *key = suggestion_key(one);
        g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
        suggestion_terms(outlook, one, words);
        g_string_append_printf(out, "%s %d %d %d %d %s", key, one->points, one->minutes, one->cents,
                               one->after_person != 0, one->detail);
        for (guint k = 0; k < words->len; k++) {
            g_string_append_printf(out, "; %s", (char *)words->pdata[k]);
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

/* ---- a store, and another program on it ---- */

struct bench {
    struct model_scratch scratch;
    struct db *other; /* the same store as another program sees it */
    int64_t ids[N_PEOPLE];
    struct survey *taken;
    int64_t note; /* between steps of a test */
};

static bool take(struct db_tx *tx, void *data, GError **error)
{
    struct bench *bench = data;
    struct book book = BOOK(tx, &bench->scratch.env, bench->scratch.account_id);
    survey_release(g_steal_pointer(&bench->taken));
    return survey_take(&book, &strategies, &bench->taken, error);
}

static void must(bool is_done, GError *error)
{
    if (!is_done) {
        g_error("%s", error->message);
    }
}

static void change_by(struct bench *bench, struct db *db, db_fn *fn)
{
    GError *error = NULL;
    must(db_write(db, "change", fn, bench, &error), error);
}

/* The kept survey and one read anew by a program that never saw this store say the same. */
static char *check_same(struct bench *bench)
{
    GError *error = NULL;
    must(db_read(bench->scratch.db, "take", take, bench, &error), error);
    char *kept = say(bench->taken);
    struct db *fresh = store_open(bench->scratch.scratch.url, 1, &error);
    must(fresh != NULL, error);
    must(db_read(fresh, "take", take, bench, &error), error);
    g_autofree char *anew = say(bench->taken);
    survey_release(g_steal_pointer(&bench->taken));
    db_close(fresh);
    assert_string_equal(kept, anew);
    return kept;
}

#define BENCH_BOOK(name)            \
    struct bench *bench = data;     \
    struct book name = BOOK(tx, &bench->scratch.env, bench->scratch.account_id)

static bool add_people(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    static const char *const names[] = {"Dr. Amina Hassan", "Олена Ковальчук", "김민수"};
    DO(goal_set(&book, "school", "University of Lakemont", NULL, error));
    for (int i = 0; i < N_PEOPLE; i++) {
        char mail[32];
        g_snprintf(mail, sizeof mail, "p%d@mail.example", i);
        struct fact facts[] = {
            {.kind = FACT_NAME, .value = names[i % 3]},
            {.kind = FACT_EMAIL, .value = mail},
            {.kind = FACT_WORK, .value = "Chief resident, Northquay General",
             .part = {"Northquay General", NULL, "Chief resident"}},
            {.kind = FACT_SCHOOL, .value = "Lakemont University", .ends = "2019",
             .part = {i % 2 == 0 ? "Lakemont University" : "Fernwood College", "MBBS"}},
        };
        DO(person_add(&book, facts, 4, NULL, &bench->ids[i], error));
    }
    return true;
}

static void with_both_engines(void (*test)(struct bench *bench))
{
    static const enum db_engine engines[] = {DB_SQLITE, DB_PGSQL};
    for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
        if (!db_scratch_has(engines[i])) {
            continue;
        }
        struct bench bench = {.taken = NULL};
        GError *error = NULL;
        model_scratch_new(&bench.scratch, engines[i]);
        bench.other = store_open(bench.scratch.scratch.url, 1, &error);
        must(bench.other != NULL, error);
        change_by(&bench, bench.scratch.db, add_people);
        g_free(check_same(&bench));
        test(&bench);
        survey_release(bench.taken);
        db_close(bench.other);
        model_scratch_clear(&bench.scratch);
    }
}
#define KEPT_TEST(name)                              \
    static void name##_on(struct bench *bench);      \
    static void name(void **state)                   \
    {                                                \
        with_both_engines(name##_on);                \
    }                                                \
    static void name##_on(struct bench *bench)

/* ---- changes ---- */

static bool log_touch(struct book *book, int64_t person_id, const char *kind, int32_t day,
                      GError **error)
{
    int64_t id;
    struct touch touch = {.person_id = person_id, .kind = kind, .on_day = day};
    return touch_add(book, &touch, NULL, &id, error);
}

static bool talk_with_four(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    return log_touch(&book, bench->ids[4], "talk", SCRATCH_DAY - 1, error);
}

static bool write_to_five(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    return log_touch(&book, bench->ids[5], "mail", SCRATCH_DAY - 1, error) &&
           log_touch(&book, bench->ids[5], "mail", SCRATCH_DAY, error);
}

KEPT_TEST(people_read_with_school_role_and_department)
{
    g_autofree char *text = check_same(bench);
    assert_non_null(strstr(text, "|northquay general|(null)|Lakemont University|2019|"));
    assert_non_null(strstr(text, "|Fernwood College|0|"));
    assert_non_null(strstr(text, "Олена Ковальчук"));
    GError *error = NULL;
    must(db_read(bench->scratch.db, "take", take, bench, &error), error);
    const struct contact *one = outlook_contact(bench->taken->outlook, bench->ids[0]);
    assert_int_equal(one->flags, CONTACT_SCHOOL | CONTACT_RESIDENT);
    assert_int_equal(outlook_contact(bench->taken->outlook, bench->ids[1])->flags,
                     CONTACT_RESIDENT);
}

KEPT_TEST(one_touch_reads_one_person)
{
    GError *error = NULL;
    must(db_read(bench->scratch.db, "take", take, bench, &error), error);
    change_by(bench, bench->scratch.db, talk_with_four);
    n_about = 0;
    must(db_read(bench->scratch.db, "take", take, bench, &error), error);
    assert_int_equal(n_about, 1);
    g_autofree char *text = check_same(bench);
    assert_non_null(strstr(text, "test.thanks/"));
    n_about = 0;
    must(db_read(bench->scratch.db, "take", take, bench, &error), error);
    assert_int_equal(n_about, 0);
}

KEPT_TEST(two_messages_give_peace)
{
    char id[ID_TEXT];
    g_autofree char *key =
        g_strdup_printf("test.write/%s", id_format(bench->ids[5], id));
    g_autofree char *before = check_same(bench);
    assert_non_null(strstr(before, key));
    change_by(bench, bench->scratch.db, write_to_five);
    g_autofree char *after = check_same(bench);
    assert_null(strstr(after, key));
}

KEPT_TEST(what_another_program_wrote_is_seen)
{
    change_by(bench, bench->other, talk_with_four);
    g_autofree char *text = check_same(bench);
    assert_non_null(strstr(text, "test.thanks/"));
    change_by(bench, bench->scratch.db, write_to_five);
    change_by(bench, bench->other, talk_with_four);
    change_by(bench, bench->scratch.db, write_to_five);
    g_free(check_same(bench));
}

static bool delete_three(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    auto_change_log log = CHANGE_LOG(&book);
    bench->note = log.change_id;
    return person_delete(&book, bench->ids[3], &log, error) &&
           change_finish(&book, &log, "1 person deleted", error);
}
static bool undo_noted(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    return change_undo(&book, bench->note, error);
}

KEPT_TEST(deleted_people_go_and_come_back)
{
    char id[ID_TEXT];
    id_format(bench->ids[3], id);
    change_by(bench, bench->scratch.db, delete_three);
    g_autofree char *gone = check_same(bench);
    assert_null(strstr(gone, id));
    change_by(bench, bench->scratch.db, undo_noted);
    g_autofree char *back = check_same(bench);
    assert_non_null(strstr(back, id));
}

static bool merge_seven_into_six(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    DO(log_touch(&book, bench->ids[7], "talk", SCRATCH_DAY - 2, error));
    return merge_add(&book, bench->ids[6], bench->ids[7], "test", &bench->note, error);
}
static bool unmerge(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    return merge_undo(&book, bench->note, error);
}

static bool touch_the_merged(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    return log_touch(&book, bench->ids[7], "call", SCRATCH_DAY, error);
}

KEPT_TEST(merged_people_are_one_until_taken_apart)
{
    GError *error = NULL;
    change_by(bench, bench->scratch.db, merge_seven_into_six);
    g_free(check_same(bench));
    must(db_read(bench->scratch.db, "take", take, bench, &error), error);
    assert_null(outlook_contact(bench->taken->outlook, bench->ids[7]));
    assert_int_equal(outlook_contact(bench->taken->outlook, bench->ids[6])->last_talk_day,
                     SCRATCH_DAY - 2);
    change_by(bench, bench->scratch.db, touch_the_merged);
    g_free(check_same(bench));
    change_by(bench, bench->scratch.db, unmerge);
    g_free(check_same(bench));
    must(db_read(bench->scratch.db, "take", take, bench, &error), error);
    /* what was logged while they were one stays with the one in front */
    assert_int_equal(outlook_contact(bench->taken->outlook, bench->ids[6])->last_talk_day,
                     SCRATCH_DAY);
    assert_int_equal(outlook_contact(bench->taken->outlook, bench->ids[7])->last_talk_day,
                     SCRATCH_DAY - 2);
}

static bool refuse_two(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    char id[ID_TEXT];
    struct refusal refusal = {
        .scope = "person", .target = id_format(bench->ids[2], id), .until_day = DAY_NONE};
    return refusal_set(&book, &refusal, NULL, error);
}

KEPT_TEST(a_person_refused_for_good_is_not_suggested)
{
    char id[ID_TEXT];
    g_autofree char *key = g_strdup_printf("test.write/%s", id_format(bench->ids[2], id));
    change_by(bench, bench->scratch.db, refuse_two);
    g_autofree char *text = check_same(bench);
    assert_null(strstr(text, key));
    model_scratch_wait(&bench->scratch, 400);
    g_autofree char *later = check_same(bench);
    assert_null(strstr(later, key));
}

static bool change_school(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    return goal_set(&book, "school", "Fernwood College", NULL, error);
}

static bool pause_one(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    struct cadence cadence = {.scope = CADENCE_PERSON, .person_id = bench->ids[1],
                              .every_days = 30, .state = CADENCE_ACTIVE};
    return cadence_set(&book, &cadence, NULL, error) &&
           cadence_pause(&book, &cadence, SCRATCH_DAY + 9, NULL, error);
}

static bool rename_nine(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    struct fact edits[] = {{.kind = FACT_HEADLINE, .op = FACT_SET, .value = "Program director"},
                           {.kind = FACT_TAG, .value = "mentor"}};
    return person_edit(&book, bench->ids[9], edits, 2, NULL, error);
}

KEPT_TEST(goal_cadence_edits_and_days_are_seen)
{
    GError *error = NULL;
    change_by(bench, bench->scratch.db, rename_nine);
    change_by(bench, bench->scratch.db, pause_one);
    g_free(check_same(bench));
    must(db_read(bench->scratch.db, "take", take, bench, &error), error);
    const struct outlook *outlook = bench->taken->outlook;
    assert_true((outlook_contact(outlook, bench->ids[1])->flags & CONTACT_PAUSED) != 0);
    assert_true((outlook_contact(outlook, bench->ids[9])->flags & CONTACT_PROGRAMME) != 0);
    assert_true((outlook_contact(outlook, bench->ids[9])->flags & CONTACT_MENTOR) != 0);
    change_by(bench, bench->scratch.db, change_school);
    g_autofree char *moved = check_same(bench);
    assert_non_null(strstr(moved, "|Fernwood College|2019|"));
    model_scratch_wait(&bench->scratch, 1);
    g_free(check_same(bench));
}

/* Inside a writing transaction what it wrote is seen; when it is rolled back, nothing is kept. */
static bool write_take_and_fail(struct db_tx *tx, void *data, GError **error)
{
    struct bench *bench = data;
    DO(talk_with_four(tx, data, error));
    DO(take(tx, data, error));
    g_autofree char *text = say(bench->taken);
    CLAIM(strstr(text, "test.thanks/") != NULL);
    return refuse(error, "test.back", "Back.");
}

KEPT_TEST(what_was_rolled_back_was_never_there)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *before = check_same(bench);
    assert_false(db_write(bench->scratch.db, "change", write_take_and_fail, bench, &error));
    assert_true(error_has_code(error, "test.back"));
    g_autofree char *after = check_same(bench);
    assert_string_equal(after, before);
    change_by(bench, bench->other, write_to_five); /* the revision that was rolled back */
    g_free(check_same(bench));
}

static bool accept_a_step(struct db_tx *tx, void *data, GError **error)
{
    BENCH_BOOK(book);
    char id[ID_TEXT];
    g_autofree char *key = g_strdup_printf("test.write/%s", id_format(bench->ids[8], id));
    struct step step = {.person_id = bench->ids[8], .title = "Write", .due_day = SCRATCH_DAY,
                        .minutes = 20};
    DO(step_add(&book, &step, NULL, &bench->note, error));
    struct planned planned = {.step_id = bench->note, .monday = SCRATCH_DAY - 1,
                              .on_day = SCRATCH_DAY, .until_day = DAY_NONE, .origin = key,
                              .kind = "goal.answer", .terms = "[]"};
    return planned_save(&book, &planned, NULL, error);
}

KEPT_TEST(an_accepted_step_is_not_suggested_again)
{
    char id[ID_TEXT];
    g_autofree char *key = g_strdup_printf("test.write/%s", id_format(bench->ids[8], id));
    change_by(bench, bench->scratch.db, accept_a_step);
    g_autofree char *text = check_same(bench);
    assert_null(strstr(text, key));
}

/* Many threads take while one writes; run under the sanitizers too. */
static gpointer take_often(gpointer data)
{
    struct bench mine = {.taken = NULL};
    memcpy(&mine.scratch, &((struct bench *)data)->scratch, sizeof mine.scratch);
    for (int i = 0; i < 20; i++) {
        GError *error = NULL;
        must(db_read(mine.scratch.db, "take", take, &mine, &error), error);
        g_free(say(mine.taken));
    }
    survey_release(mine.taken);
    return NULL;
}

KEPT_TEST(threads_take_while_one_writes)
{
    GThread *threads[3];
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        threads[i] = g_thread_new("take", take_often, bench);
    }
    for (int i = 0; i < 10; i++) {
        change_by(bench, bench->scratch.db, talk_with_four);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        g_thread_join(threads[i]);
    }
    g_free(check_same(bench));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_read_with_school_role_and_department),
        cmocka_unit_test(one_touch_reads_one_person),
        cmocka_unit_test(two_messages_give_peace),
        cmocka_unit_test(what_another_program_wrote_is_seen),
        cmocka_unit_test(deleted_people_go_and_come_back),
        cmocka_unit_test(merged_people_are_one_until_taken_apart),
        cmocka_unit_test(a_person_refused_for_good_is_not_suggested),
        cmocka_unit_test(goal_cadence_edits_and_days_are_seen),
        cmocka_unit_test(what_was_rolled_back_was_never_there),
        cmocka_unit_test(an_accepted_step_is_not_suggested_again),
        cmocka_unit_test(threads_take_while_one_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
