/* What today holds, gathered from steps, cadences, touches and newer exports. */
#include "model/today.h"

#include "base/fold.h"
#include "model/fact_source.h"
#include "model/person_part.h"

#include <string.h>

#define HEARD_DAYS 7
#define CHANGED_DAYS 30
#define MAX_DUE 500
#define MAX_HEARD 20
#define MAX_CHANGED 20

void today_free(struct today *today)
{
    if (today == NULL) {
        return;
    }
    g_array_unref(today->overdue);
    g_array_unref(today->due);
    g_array_unref(today->heard);
    g_array_unref(today->changed);
    g_array_unref(today->resting);
    g_string_chunk_free(today->text);
    g_free(today);
}

static struct today *today_new(void)
{
    struct today *today = g_new0(struct today, 1);
    today->overdue = g_array_new(FALSE, TRUE, sizeof(struct today_due));
    today->due = g_array_new(FALSE, TRUE, sizeof(struct today_due));
    today->heard = g_array_new(FALSE, TRUE, sizeof(struct today_heard));
    today->changed = g_array_new(FALSE, TRUE, sizeof(struct today_changed));
    today->resting = g_array_new(FALSE, TRUE, sizeof(struct today_resting));
    today->text = g_string_chunk_new(4096);
    return today;
}

/* ---- due and overdue ---- */

static void put_due(struct today *today, struct today_due *due, int32_t day)
{
    due->n_late = day - due->due_day;
    g_array_append_vals(due->n_late > 0 ? today->overdue : today->due, due, 1);
}

/* Steps; remembers whose, so that a person is not named twice. */
static bool due_steps(struct book *book, struct today *today, GHashTable *named, GError **error)
{
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(struct step));
    int32_t day = book_today(book);
    struct step_filter filter = {.due_until = day, .limit = MAX_DUE};
    if (!step_list(book, &filter, today->text, steps, error)) {
        return false;
    }
    for (guint i = 0; i < steps->len; i++) {
        struct today_due due = {.is_step = true, .step = g_array_index(steps, struct step, i)};
        due.due_day = MAX(due.step.due_day, due.step.snoozed_to);
        if (due.step.person_id != 0) {
            if (!person_row_load(book, due.step.person_id, today->text, &due.person, error)) {
                return false;
            }
            g_hash_table_add(named, g_memdup2(&due.person.person_id, sizeof(int64_t)));
        }
        put_due(today, &due, day);
    }
    return true;
}

DB_QUERY(due_persons,
         "SELECT " PERSON_COLUMNS
         " FROM person WHERE account_id = $1 AND due_day IS NOT NULL AND due_day <= $2 "
         "AND deleted_at IS NULL AND root_id = person_id ORDER BY due_day, person_id LIMIT $3");

/* Cadences that ran out, of people without a step that is due. */
static bool due_cadences(struct book *book, struct today *today, GHashTable *named, GError **error)
{
    int32_t day = book_today(book);
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &due_persons, error, DB_INT(book->account_id),
                                        DB_INT(day), DB_INT(MAX_DUE));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct today_due due = {.step = {.due_day = DAY_NONE}};
        int64_t id = db_int(rows, "person_id");
        if (g_hash_table_contains(named, &id)) {
            continue;
        }
        person_row_read(rows, book, today->text, &due.person);
        due.due_day = due.person.due_day;
        put_due(today, &due, day);
    }
    return state == 0;
}

static int compare_due(gconstpointer a_, gconstpointer b_)
{
    const struct today_due *a = a_;
    const struct today_due *b = b_;
    if (a->due_day != b->due_day) {
        return a->due_day < b->due_day ? -1 : 1;
    }
    if (a->person.tie != b->person.tie) {
        return a->person.tie > b->person.tie ? -1 : 1;
    }
    return a->person.person_id < b->person.person_id ? -1
                                                     : a->person.person_id > b->person.person_id;
}

static bool load_due(struct book *book, struct today *today, GError **error)
{
    g_autoptr(GHashTable) named = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    if (!due_steps(book, today, named, error) || !due_cadences(book, today, named, error)) {
        return false;
    }
    g_array_sort(today->overdue, compare_due);
    g_array_sort(today->due, compare_due);
    return true;
}

/* ---- heard from ---- */

/* The newest touch from each person, newest first. */
static bool load_heard(struct book *book, struct today *today, GError **error)
{
    g_autoptr(GArray) touches = g_array_new(FALSE, FALSE, sizeof(struct touch));
    g_autoptr(GHashTable) named = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    struct touch_filter filter = {
        .from_day = book_today(book) - HEARD_DAYS, .direction = "in", .limit = 200};
    if (!touch_list(book, &filter, today->text, touches, NULL, error)) {
        return false;
    }
    for (guint i = 0; i < touches->len && today->heard->len < MAX_HEARD; i++) {
        struct today_heard heard = {.touch = g_array_index(touches, struct touch, i)};
        if (!person_row_load(book, heard.touch.person_id, today->text, &heard.person, error)) {
            return false;
        }
        if (!heard.person.is_self &&
            g_hash_table_add(named, g_memdup2(&heard.person.person_id, sizeof(int64_t)))) {
            g_array_append_val(today->heard, heard);
        }
    }
    return true;
}

/* ---- changed ---- */

DB_QUERY(
    newer_sets,
    "SELECT n.person_id, n.fact_set_id, n.facts, o.facts AS older, s.import_id FROM fact_set n "
    "JOIN fact_set o ON o.account_id = n.account_id AND o.person_id = n.person_id AND "
    "o.fact_set_id = n.replaces_id "
    "JOIN source s ON s.account_id = n.account_id AND s.source_id = n.source_id "
    "WHERE n.account_id = $1 AND n.fact_set_id >= $2 AND n.replaces_id IS NOT NULL ORDER BY "
    "n.fact_set_id DESC");

/* The first fact of a kind in a set as people read it; NULL: none. */
static const char *said(const GArray *facts, enum fact_kind kind)
{
    for (guint i = 0; i < facts->len; i++) {
        const struct fact *fact = &g_array_index(facts, struct fact, i);
        bool is_current = fact->ends == NULL || fact->ends[0] == '\0';
        if (fact->kind == kind && is_current) {
            return fact->value;
        }
    }
    return NULL;
}

static bool is_other_words(const char *a, const char *b)
{
    g_autofree char *folded_a = fold_text(a);
    g_autofree char *folded_b = fold_text(b);
    return strcmp(folded_a, folded_b) != 0;
}

/* What differs first, in the order that matters: work, place, headline. */
static bool compare_sets(struct today *today, const char *newer, const char *older,
                         struct today_changed *changed, GError **error)
{
    static const struct {
        enum fact_kind kind;
        const char *what;
    } kinds[] = {{FACT_WORK, "work"}, {FACT_PLACE, "place"}, {FACT_HEADLINE, "headline"}};
    g_autoptr(GArray) now = g_array_new(FALSE, FALSE, sizeof(struct fact));
    g_autoptr(GArray) then = g_array_new(FALSE, FALSE, sizeof(struct fact));
    if (!facts_decode(newer, today->text, now, error) ||
        !facts_decode(older, today->text, then, error)) {
        return false;
    }
    changed->what = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds) && changed->what == NULL; i++) {
        const char *after = said(now, kinds[i].kind);
        const char *before = said(then, kinds[i].kind);
        if (after != NULL && before != NULL && is_other_words(after, before)) {
            changed->what = kinds[i].what;
            changed->before = before;
            changed->after = after;
        }
    }
    return true;
}

/* The smallest id made on or after a day: base/id.h. */
static int64_t first_id_of(int32_t day)
{
    const int64_t first_day = 18262; /* 2020-01-01 */
    return (day - first_day) * INT64_C(86400000) << 21;
}

static int32_t day_of_id(const struct book *book, int64_t id)
{
    const int64_t first_ms = INT64_C(1577836800000);
    return clock_day_of(&book->env->clock, ((id >> 21) + first_ms) * 1000);
}

static bool load_changed(struct book *book, struct today *today, GError **error)
{
    g_autoptr(GHashTable) named = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &newer_sets, error, DB_INT(book->account_id),
                                        DB_INT(first_id_of(book_today(book) - CHANGED_DAYS)));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct today_changed changed = {.import_id = db_int(rows, "import_id"),
                                        .on_day = day_of_id(book, db_int(rows, "fact_set_id"))};
        int64_t id = db_int(rows, "person_id");
        if (!compare_sets(today, db_text(rows, "facts"), db_text(rows, "older"), &changed, error)) {
            return false;
        }
        if (changed.what == NULL || !g_hash_table_add(named, g_memdup2(&id, sizeof id))) {
            continue;
        }
        if (!person_row_load(book, id, today->text, &changed.person, error)) {
            return false;
        }
        if (changed.person.deleted_at != AT_NONE || changed.person.is_self) {
            continue;
        }
        today->n_changed++;
        if (today->changed->len < MAX_CHANGED) {
            g_array_append_val(today->changed, changed);
        }
    }
    return state == 0;
}

/* ---- resting ---- */

DB_QUERY(paused_persons, "SELECT target, until_day FROM cadence WHERE account_id = $1 AND scope = "
                         "'person' AND state = 'paused' "
                         "AND (until_day IS NULL OR until_day > $2)");

static bool put_resting(struct book *book, struct today *today, int64_t person_id,
                        int32_t until_day, const char *why, GError **error)
{
    struct today_resting resting = {.until_day = until_day, .why = why};
    if (!person_row_load(book, person_id, today->text, &resting.person, error)) {
        return false;
    }
    if (resting.person.deleted_at == AT_NONE) {
        g_array_append_val(today->resting, resting);
    }
    return true;
}

static int compare_resting(gconstpointer a_, gconstpointer b_)
{
    const struct today_resting *a = a_;
    const struct today_resting *b = b_;
    int64_t a_day = a->until_day == DAY_NONE ? INT64_MAX : a->until_day;
    int64_t b_day = b->until_day == DAY_NONE ? INT64_MAX : b->until_day;
    return a_day < b_day ? -1 : a_day > b_day;
}

static bool rest_paused(struct book *book, struct today *today, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &paused_persons, error, DB_INT(book->account_id),
                                        DB_INT(book_today(book)));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        int64_t id;
        if (id_parse(db_text(rows, "target"), &id) &&
            !put_resting(book, today, id, db_day(rows, "until_day"), "paused", error)) {
            return false;
        }
    }
    return state == 0;
}

static bool load_resting(struct book *book, struct today *today, GError **error)
{
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(struct step));
    struct step_filter filter = {.is_snoozed = true, .due_until = DAY_NONE, .limit = MAX_DUE};
    if (!rest_paused(book, today, error) || !step_list(book, &filter, today->text, steps, error)) {
        return false;
    }
    for (guint i = 0; i < steps->len; i++) {
        const struct step *step = &g_array_index(steps, struct step, i);
        if (step->person_id != 0 &&
            !put_resting(book, today, step->person_id, step->snoozed_to, "snoozed", error)) {
            return false;
        }
    }
    g_array_sort(today->resting, compare_resting);
    return true;
}

struct today *today_load(struct book *book, GError **error)
{
    g_autoptr(today_ptr) today = today_new();
    if (!load_due(book, today, error) || !load_heard(book, today, error) ||
        !load_changed(book, today, error) || !load_resting(book, today, error)) {
        return NULL;
    }
    return g_steal_pointer(&today);
}
