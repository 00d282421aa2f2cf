/* How long until all strategies have said what could be done. Fills a store with N made-up people
 * and five touches each within the last year, then takes the survey from cold (a store just opened)
 * and after one logged touch. One JSON line. outlook [N [STAND_INS [pgsql]]]
 *
 * STAND_INS: so many made-up strategies beside those of the program, each with one suggestion for
 * every sixteenth person: what the figure becomes as strategies are added.
 * pgsql: on the PostgreSQL that LIGATURE_TEST_PG names. */
#include "app/app.h"
#include "db/db_scratch.h"
#include "model/account.h"
#include "model/fact_source.h"
#include "model/outlook.h"
#include "model/person_bulk.h"
#include "model/store.h"
#include "model/touch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define COLD_ROUNDS 9
#define CHANGE_ROUNDS 41
#define TOUCHES_EACH 5
#define NOON INT64_C(1784624400000000) /* 2026-07-21 09:00 UTC */
#define STRATEGIES_MAX 64

struct run {
    struct env env;
    int64_t account_id;
    int64_t *ids;
    int n;
    int round;
    struct strategy_table strategies;
    struct survey *survey;
    int64_t took_us;
    int64_t cpu_us; /* of the same, this thread's */
};

/* ---- made-up people ---- */

static bool add_one(struct book *book, struct person_bulk *bulk, struct run *run, int i,
                    GError **error)
{
    static const char *const given[] = {"Amina", "Rajesh", "Wei",    "Olena", "Carlos",
                                        "Grace", "Haruka", "Tigist", "Bilal", "Sofia"};
    static const char *const titles[] = {"Resident, internal medicine", "Attending, family medicine",
                                         "Program director, pediatrics", "Hospitalist",
                                         "Medical student", "Fellow, cardiology"};
    static const char *const schools[] = {"Lakemont University", "Fernwood College of Medicine",
                                          "University of Northquay", "Three Rivers Medical College"};
    static const char *const states[] = {"OH", "PA", "NY", "MA", "TX", "CA"};
    char name[64];
    char mail[64];
    char org[64];
    char place[64];
    char year[8];
    g_snprintf(name, sizeof name, "Dr. %s Family%d", given[i % 10], i / 10);
    g_snprintf(mail, sizeof mail, "p%d@mail.example", i);
    g_snprintf(org, sizeof org, "Hospital %d", i % 700);
    g_snprintf(place, sizeof place, "Town %d, %s", i % 300, states[i % 6]);
    g_snprintf(year, sizeof year, "%d", 2000 + i % 25);
    const char *school = schools[i % 4];
    struct fact facts[] = {
        {.kind = FACT_NAME, .value = name},
        {.kind = FACT_EMAIL, .value = mail},
        {.kind = FACT_WORK, .value = titles[i % 6], .part = {org, NULL, titles[i % 6]}},
        {.kind = FACT_PLACE, .value = place},
        {.kind = FACT_SCHOOL, .value = school, .part = {school, "MBBS"}, .ends = year},
        {.kind = FACT_LANGUAGE, .value = i % 3 == 0 ? "Urdu" : "English"},
        {.kind = FACT_TAG, .value = i % 100 == 0 ? "mentor" : "peer"},
    };
    return person_bulk_add(bulk, mail, facts, 7, &run->ids[i], error);
}

static bool add_touches(struct book *book, const struct run *run, GError **error)
{
    static const char *const kinds[] = {"mail", "message", "call", "meeting", "thanks",
                                        "conference", "invitation_accepted", "talk"};
    uint32_t state = 12345;
    for (int i = 0; i < run->n * TOUCHES_EACH; i++) {
        state = state * 1664525u + 1013904223u;
        int64_t id;
        struct touch touch = {.person_id = run->ids[i % run->n],
                              .kind = kinds[(state >> 8) % G_N_ELEMENTS(kinds)],
                              .on_day = book_today(book) - (int32_t)((state >> 12) % 400)};
        touch.direction = (state >> 28) % 3 == 0 ? "in" : NULL;
        if (!touch_insert(book, &touch, &id, error)) {
            return false;
        }
    }
    return true;
}

static bool set_goal(struct book *book, GError **error)
{
    static const char *const answers[][2] = {
        {"specialties", "internal_medicine family_medicine"}, {"stage", "graduate"},
        {"school", "University of Lakemont"}, {"cycle", "2027"}, {"regions", "OH PA"},
        {"languages", "en ur"}};
    for (size_t i = 0; i < G_N_ELEMENTS(answers); i++) {
        g_autoptr(GError) problem = NULL;
        if (!goal_set(book, answers[i][0], answers[i][1], NULL, &problem)) {
            if (!error_is_theirs(problem)) {
                g_propagate_error(error, g_steal_pointer(&problem));
                return false;
            }
            fprintf(stderr, "goal %s: %s\n", answers[i][0], problem->message);
        }
    }
    return true;
}

static bool fill(struct db_tx *tx, void *data, GError **error)
{
    struct run *run = data;
    struct account_new wanted = {.name = "me", .display_name = "Dr. Farah Siddiqui"};
    if (!account_create(tx, &run->env, &wanted, &run->account_id, error)) {
        return false;
    }
    struct book book = BOOK(tx, &run->env, run->account_id);
    struct fact_source source = {
        .family = "vcard", .label = "cards.vcf", .seen_at = book_now(&book)};
    int64_t source_id;
    if (!set_goal(&book, error) || !fact_source_add(&book, &source, &source_id, error)) {
        return false;
    }
    struct person_bulk *bulk = person_bulk_new(&book, "vcard", source_id, book_now(&book));
    bool is_ok = true;
    for (int i = 0; i < run->n && is_ok; i++) {
        is_ok = add_one(&book, bulk, run, i, error);
    }
    is_ok = is_ok && person_bulk_finish(bulk, error) && add_touches(&book, run, error);
    person_bulk_free(bulk);
    for (int i = 0; i < run->n && is_ok; i++) {
        is_ok = person_refresh(&book, run->ids[i], error);
    }
    return is_ok;
}

/* ---- strategies ---- */

static void stand_in(const struct outlook *outlook, const struct contact *contact,
                     struct suggestions *out)
{
    if ((uint64_t)contact->person_id * UINT64_C(11400714819323198485) >> 60 == 0) {
        struct suggestion *one = suggest(out, outlook, "goal.answer", contact);
        if (one != NULL) {
            one->until_day = outlook->today + 20;
        }
    }
}

static const struct strategy stand_in_strategy = {.id = "alumni", .about = stand_in};

static void gather(struct run *run, int n_stand_ins)
{
    static const struct strategy *rows[STRATEGIES_MAX];
    for (int i = 0; i < n_registry_features && run->strategies.n < STRATEGIES_MAX; i++) {
        if (registry_features[i]->strategy != NULL) {
            rows[run->strategies.n++] = registry_features[i]->strategy;
        }
    }
    for (int i = 0; i < n_stand_ins && run->strategies.n < STRATEGIES_MAX; i++) {
        rows[run->strategies.n++] = &stand_in_strategy;
    }
    run->strategies.rows = rows;
}

/* ---- measuring ---- */

static int64_t cpu_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static bool take(struct db_tx *tx, void *data, GError **error)
{
    struct run *run = data;
    struct book book = BOOK(tx, &run->env, run->account_id);
    survey_release(g_steal_pointer(&run->survey));
    int64_t began = g_get_monotonic_time();
    int64_t cpu = cpu_now();
    bool is_ok = survey_take(&book, &run->strategies, &run->survey, error);
    run->cpu_us = cpu_now() - cpu;
    run->took_us = g_get_monotonic_time() - began;
    return is_ok;
}

static bool touch_one(struct db_tx *tx, void *data, GError **error)
{
    struct run *run = data;
    struct book book = BOOK(tx, &run->env, run->account_id);
    int64_t id;
    struct touch touch = {.person_id = run->ids[run->round * 37 % run->n],
                          .kind = "call",
                          .on_day = book_today(&book)};
    return touch_add(&book, &touch, NULL, &id, error);
}

static void must(bool is_ok, GError *error)
{
    if (!is_ok) {
        fprintf(stderr, "outlook: %s\n", error->message);
        exit(1);
    }
}

static int compare_times(const void *a_, const void *b_)
{
    int64_t a = *(const int64_t *)a_;
    int64_t b = *(const int64_t *)b_;
    return a < b ? -1 : a > b;
}

static double median_ms(int64_t *times, int n)
{
    qsort(times, (size_t)n, sizeof *times, compare_times);
    return (double)times[n / 2] / 1000;
}

int main(int argc, char **argv)
{
    struct run run = {.n = argc > 1 ? MAX((int)g_ascii_strtoll(argv[1], NULL, 10), 1) : 10000};
    run.env.clock = (struct clock){.fixed_at = NOON, .zone = g_time_zone_new_utc()};
    run.env.ids = (struct id_source){.clock = &run.env.clock, .seed = 7};
    run.ids = g_new0(int64_t, run.n);
    gather(&run, argc > 2 ? (int)g_ascii_strtoll(argv[2], NULL, 10) : 0);
    struct db_scratch scratch;
    db_scratch_new(&scratch, argc > 3 && db_scratch_has(DB_PGSQL) ? DB_PGSQL : DB_SQLITE);
    GError *error = NULL;
    struct db *db = store_open(scratch.url, 1, &error);
    must(db != NULL && db_write(db, "fill", fill, &run, &error), error);
    db_close(db);
    int64_t cold[COLD_ROUNDS];
    int64_t cold_cpu[COLD_ROUNDS];
    for (int i = 0; i < COLD_ROUNDS; i++) {
        db = store_open(scratch.url, 1, &error);
        must(db != NULL && db_read(db, "take", take, &run, &error), error);
        cold[i] = run.took_us;
        cold_cpu[i] = run.cpu_us;
        survey_release(g_steal_pointer(&run.survey));
        db_close(db);
    }
    db = store_open(scratch.url, 1, &error);
    must(db != NULL && db_read(db, "take", take, &run, &error), error);
    int64_t changed[CHANGE_ROUNDS];
    int64_t changed_cpu[CHANGE_ROUNDS];
    for (run.round = 0; run.round < CHANGE_ROUNDS; run.round++) {
        must(db_write(db, "touch", touch_one, &run, &error) &&
                 db_read(db, "take", take, &run, &error),
             error);
        changed[run.round] = run.took_us;
        changed_cpu[run.round] = run.cpu_us;
    }
    printf("{\"people\": %d, \"touches\": %d, \"strategies\": %d, \"suggestions\": %u, "
           "\"cold_ms\": %.1f, \"cold_cpu_ms\": %.1f, \"change_ms\": %.2f, "
           "\"change_cpu_ms\": %.2f}\n",
           run.n, run.n * TOUCHES_EACH, run.strategies.n, run.survey->suggestions->len,
           median_ms(cold, COLD_ROUNDS), median_ms(cold_cpu, COLD_ROUNDS),
           median_ms(changed, CHANGE_ROUNDS), median_ms(changed_cpu, CHANGE_ROUNDS));
    survey_release(run.survey);
    db_close(db);
    db_scratch_clear(&scratch);
    clock_clear(&run.env.clock);
    g_free(run.ids);
    return 0;
}
