/* What came of each strategy, counted from steps, touches, favours, pursuits and practice. The rules
 * stand in docs/VALUE.md ("What came of it"); each number is the count, or the sum, of its rows. */
#include "model/outcome.h"

#include "data_strategies.h"
#include "data_suggestions.h"
#include "data_touch_kinds.h"
#include "model/favour.h"
#include "model/practice.h"
#include "model/pursuit.h"
#include "model/saved.h"

#include <string.h>

#define REPLY_DAYS 21
#define TALK_DAYS 30

struct done { /* a step that was done */
    int64_t step_id;
    int64_t person_id; /* as it stands after merges; 0 */
    const char *title;
    int strategy;
    int minutes;
    int64_t cents;
    int32_t day;
    bool wrote; /* it wrote to them */
    bool has_reply;
    bool has_talk;
};
struct met { /* a touch */
    int64_t person_id;
    int64_t touch_id;
    const struct data_touch_kinds *kind;
    char direction;
    int32_t day;
};
struct count {
    struct book *book;
    int32_t from_day;
    int32_t today;
    GStringChunk *text;
    struct outcomes *of; /* n_data_strategies */
    GArray *rows;        /* struct outcome_row; NULL: not wanted */
    GArray *steps;       /* struct done, by person, day, id */
    GArray *touches;     /* struct met, likewise */
};

static int strategy_at(const char *id)
{
    const struct data_strategies *row = data_strategies_by_id(id);
    return row == NULL ? -1 : (int)(row - data_strategies);
}

static void add_row(struct count *count, enum outcome_of of, int strategy, int64_t amount,
                    struct outcome_row row)
{
    count->of[strategy].n[of] += amount;
    if (count->rows != NULL && amount != 0) {
        row.of = of;
        row.strategy = data_strategies[strategy].id;
        row.amount = amount;
        g_array_append_val(count->rows, row);
    }
}

/* ---- reading ---- */

DB_QUERY(outcome_steps,
         "SELECT s.step_id, p.root_id, s.title, s.strategy, s.minutes, s.cost_cents, s.currency, "
         "s.closed_at, l.kind FROM step s "
         "LEFT JOIN person p ON p.account_id = s.account_id AND p.person_id = s.person_id "
         "LEFT JOIN planned l ON l.account_id = s.account_id AND l.step_id = s.step_id "
         "WHERE s.account_id = $1 AND s.state = 'done' AND s.closed_at >= $2 AND "
         "s.strategy IS NOT NULL");

static int by_person_and_day(int64_t a_person, int64_t b_person, int32_t a_day, int32_t b_day,
                             int64_t a_id, int64_t b_id)
{
    int order = (a_person > b_person) - (a_person < b_person);
    order = order != 0 ? order : (a_day > b_day) - (a_day < b_day);
    return order != 0 ? order : (a_id > b_id) - (a_id < b_id);
}

static int by_step(gconstpointer a, gconstpointer b)
{
    const struct done *x = a;
    const struct done *y = b;
    return by_person_and_day(x->person_id, y->person_id, x->day, y->day, x->step_id, y->step_id);
}

static int by_touch(gconstpointer a, gconstpointer b)
{
    const struct met *x = a;
    const struct met *y = b;
    return by_person_and_day(x->person_id, y->person_id, x->day, y->day, x->touch_id, y->touch_id);
}

static bool is_dollars(const char *currency)
{
    return currency == NULL || strcmp(currency, "USD") == 0;
}

static bool steps_load(struct count *count, GError **error)
{
    struct book *book = count->book;
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &outcome_steps, error, DB_INT(book->account_id),
                  DB_INT((count->from_day - 1) * US_PER_DAY));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        const struct data_suggestions *kind = data_suggestions_by_id(db_text(rows, "kind"));
        struct done done = {
            .step_id = db_int(rows, "step_id"),
            .person_id = db_int(rows, "root_id"),
            .title = keep_text(count->text, db_text(rows, "title")),
            .strategy = strategy_at(db_text(rows, "strategy")),
            .minutes = (int)MAX(db_int(rows, "minutes"), 0),
            .cents = is_dollars(db_text(rows, "currency")) ? MAX(db_int(rows, "cost_cents"), 0) : 0,
            .day = clock_day_of(&book->env->clock, db_int(rows, "closed_at")),
            .wrote = kind != NULL && kind->is_message,
        };
        if (done.strategy >= 0 && done.day >= count->from_day) {
            g_array_append_val(count->steps, done);
        }
    }
    g_array_sort(count->steps, by_step);
    return state == 0;
}

DB_QUERY(outcome_touches,
         "SELECT p.root_id, t.touch_id, t.kind, t.direction, t.on_day FROM touch t "
         "JOIN person p ON p.account_id = t.account_id AND p.person_id = t.person_id "
         "WHERE t.account_id = $1 AND t.on_day >= $2 AND t.deleted_at IS NULL AND "
         "p.deleted_at IS NULL");

static bool touches_load(struct count *count, GError **error)
{
    struct book *book = count->book;
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &outcome_touches, error,
                                        DB_INT(book->account_id), DB_INT(count->from_day));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        struct met met = {
            .person_id = db_int(rows, "root_id"),
            .touch_id = db_int(rows, "touch_id"),
            .kind = data_touch_kinds_by_id(db_text(rows, "kind")),
            .direction = db_text(rows, "direction")[0],
            .day = (int32_t)db_int(rows, "on_day"),
        };
        if (met.kind != NULL) {
            g_array_append_val(count->touches, met);
        }
    }
    g_array_sort(count->touches, by_touch);
    return state == 0;
}

/* ---- steps, replies, talks ---- */

/* The newest step with a person up to a day, and within so many days before it; only those that
 * wrote when wrote. NULL: none. */
static struct done *last_step(struct count *count, int64_t person_id, int32_t day, int days,
                              bool wrote)
{
    guint low = 0;
    guint high = count->steps->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const struct done *one = &g_array_index(count->steps, struct done, middle);
        if (by_person_and_day(one->person_id, person_id, one->day, day, 0, 0) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while (low > 0) {
        struct done *one = &g_array_index(count->steps, struct done, --low);
        if (one->person_id != person_id || one->day < day - days) {
            return NULL;
        }
        if (!wrote || one->wrote) {
            return one;
        }
    }
    return NULL;
}

static bool is_message(const struct met *met)
{
    static const char *const kinds[] = {"mail", "message", "letter", "thanks"};
    for (size_t i = 0; met->direction == 'o' && i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(met->kind->id, kinds[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* A step of your own wrote to them when a message to them was logged that day. */
static void own_steps_wrote(struct count *count)
{
    for (guint i = 0; i < count->touches->len; i++) {
        const struct met *met = &g_array_index(count->touches, struct met, i);
        struct done *step =
            is_message(met) ? last_step(count, met->person_id, met->day, 0, false) : NULL;
        if (step != NULL) {
            step->wrote = true;
        }
    }
}

static void touches_count(struct count *count)
{
    for (guint i = 0; i < count->touches->len; i++) {
        const struct met *met = &g_array_index(count->touches, struct met, i);
        bool is_talk = met->direction == 'b' && met->kind->is_two_way && met->kind->is_real &&
                       strcmp(met->kind->id, "introduction") != 0;
        bool is_theirs = (met->direction == 'i' && met->kind->is_real) || is_talk;
        struct outcome_row row = {
            .person_id = met->person_id, .on_day = met->day, .words = met->kind->name};
        struct done *wrote =
            is_theirs ? last_step(count, met->person_id, met->day, REPLY_DAYS, true) : NULL;
        if (wrote != NULL && !wrote->has_reply) {
            wrote->has_reply = true;
            row.step_id = wrote->step_id;
            add_row(count, OUTCOME_REPLIES, wrote->strategy, 1, row);
        }
        struct done *before =
            is_talk ? last_step(count, met->person_id, met->day, TALK_DAYS, false) : NULL;
        if (before != NULL && !before->has_talk) {
            before->has_talk = true;
            row.step_id = before->step_id;
            add_row(count, OUTCOME_TALKS, before->strategy, 1, row);
        }
    }
}

static void steps_count(struct count *count)
{
    int32_t monday = count->today - (day_weekday(count->today) - 1);
    for (guint i = 0; i < count->steps->len; i++) {
        const struct done *done = &g_array_index(count->steps, struct done, i);
        struct outcome_row row = {.step_id = done->step_id,
                                  .person_id = done->person_id,
                                  .on_day = done->day,
                                  .words = done->title};
        add_row(count, OUTCOME_STEPS, done->strategy, 1, row);
        add_row(count, OUTCOME_MESSAGES, done->strategy, done->wrote && done->person_id != 0, row);
        add_row(count, OUTCOME_MINUTES, done->strategy, done->minutes, row);
        add_row(count, OUTCOME_CENTS, done->strategy, done->cents, row);
        int32_t week_of = done->day - (day_weekday(done->day) - 1);
        int week = OUTCOME_WEEKS - 1 - (monday - week_of) / 7;
        if (week >= 0 && week < OUTCOME_WEEKS) {
            struct outcomes *of = &count->of[done->strategy];
            of->steps_by_week[week]++;
            of->answered_by_week[week] += done->has_reply || done->has_talk;
        }
    }
}

/* ---- what stands in rows of its own ---- */

static bool is_granted(const struct favour *favour)
{
    return g_strcmp0(favour->direction, "asked") == 0 &&
           (g_strcmp0(favour->state, "granted") == 0 || g_strcmp0(favour->state, "thanked") == 0 ||
            g_strcmp0(favour->state, "told") == 0);
}

/* Favours that were granted: introductions, letters, mentoring. */
static bool favours_count(struct count *count, GError **error)
{
    static const struct {
        const char *kind;
        enum outcome_of of;
    } kinds[] = {{"introduction", OUTCOME_INTRODUCTIONS},
                 {"letter", OUTCOME_LETTERS},
                 {"mentoring", OUTCOME_MENTORS}};
    g_autoptr(GArray) favours = g_array_new(FALSE, FALSE, sizeof(struct favour));
    if (!favour_list(count->book, 0, count->text, favours, error)) {
        return false;
    }
    for (guint i = 0; i < favours->len; i++) {
        const struct favour *favour = &g_array_index(favours, struct favour, i);
        int strategy = strategy_at(favour->strategy);
        int32_t day = favour->settled_day != DAY_NONE ? favour->settled_day : favour->asked_day;
        if (!is_granted(favour) || strategy < 0 || day < count->from_day) {
            continue;
        }
        for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
            struct outcome_row row = {
                .person_id = favour->person_id, .on_day = day, .words = favour->about};
            add_row(count, kinds[k].of, strategy, g_strcmp0(favour->kind, kinds[k].kind) == 0, row);
        }
    }
    return true;
}

/* A step that cost the same on the way there is the same money. */
static bool is_paid_by_step(const struct count *count, int strategy, int64_t cents)
{
    for (guint i = 0; i < count->steps->len; i++) {
        const struct done *done = &g_array_index(count->steps, struct done, i);
        if (done->strategy == strategy && done->cents == cents) {
            return true;
        }
    }
    return false;
}

/* Stages in which nothing is spent or reached yet. */
static bool is_only_meant(const struct pursuit *pursuit)
{
    static const char *const stages[] = {"idea",    "considered", "planned", "asked",
                                         "applied", "dropped",    "declined"};
    for (size_t i = 0; i < G_N_ELEMENTS(stages); i++) {
        if (g_strcmp0(pursuit->stage, stages[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Pursuits that came to something: mentors paired, letters uploaded, money and time spent. */
static bool pursuits_count(struct count *count, GError **error)
{
    g_autoptr(GArray) pursuits = g_array_new(FALSE, FALSE, sizeof(struct pursuit));
    if (!pursuit_list(count->book, NULL, count->text, pursuits, error)) {
        return false;
    }
    for (guint i = 0; i < pursuits->len; i++) {
        const struct pursuit *pursuit = &g_array_index(pursuits, struct pursuit, i);
        int strategy = strategy_at(pursuit->strategy);
        int32_t day = pursuit->from_day != DAY_NONE
                          ? pursuit->from_day
                          : clock_day_of(&count->book->env->clock, pursuit->created_at);
        if (strategy < 0 || day < count->from_day || day > count->today || is_only_meant(pursuit)) {
            continue;
        }
        struct outcome_row row = {.on_day = day, .words = pursuit->title};
        bool is_letter = strcmp(pursuit->kind, "letter") == 0 &&
                         strcmp(pursuit->stage, "uploaded") == 0;
        add_row(count, OUTCOME_LETTERS, strategy, is_letter, row);
        add_row(count, OUTCOME_MENTORS, strategy, strcmp(pursuit->kind, "mentorship") == 0, row);
        bool is_spent = pursuit->cost_cents > 0 && is_dollars(pursuit->currency) &&
                        !is_paid_by_step(count, strategy, pursuit->cost_cents);
        add_row(count, OUTCOME_CENTS, strategy, is_spent ? pursuit->cost_cents : 0, row);
    }
    return true;
}

/* Time logged on a day without a done step of the strategy: else the step has counted it. */
static void time_count(struct count *count, const char *strategy_id, int32_t day, int minutes,
                       const char *words)
{
    int strategy = strategy_at(strategy_id);
    if (strategy < 0 || day < count->from_day || minutes <= 0) {
        return;
    }
    for (guint i = 0; i < count->steps->len; i++) {
        const struct done *done = &g_array_index(count->steps, struct done, i);
        if (done->strategy == strategy && done->day == day) {
            return;
        }
    }
    add_row(count, OUTCOME_MINUTES, strategy, minutes,
            (struct outcome_row){.on_day = day, .words = words});
}

static bool practice_count(struct count *count, GError **error)
{
    g_autoptr(GArray) practices = g_array_new(FALSE, FALSE, sizeof(struct practice));
    g_autoptr(GArray) saved = g_array_new(FALSE, FALSE, sizeof(struct saved));
    if (!practice_list(count->book, NULL, count->text, practices, error) ||
        !saved_list(count->book, count->text, saved, error)) {
        return false;
    }
    for (guint i = 0; i < practices->len; i++) {
        const struct practice *one = &g_array_index(practices, struct practice, i);
        time_count(count, one->strategy, one->on_day, one->minutes, one->kind);
    }
    for (guint i = 0; i < saved->len; i++) {
        const struct saved *one = &g_array_index(saved, struct saved, i);
        time_count(count, "online_forums", one->on_day, one->minutes, one->question);
    }
    return true;
}

/* ---- all of it ---- */

static int by_number(gconstpointer a, gconstpointer b)
{
    const struct outcome_row *x = a;
    const struct outcome_row *y = b;
    int order = (x->of > y->of) - (x->of < y->of);
    order = order != 0 ? order : (x->on_day < y->on_day) - (x->on_day > y->on_day);
    return order != 0 ? order : (x->step_id < y->step_id) - (x->step_id > y->step_id);
}

static bool count_all(struct count *count, GError **error)
{
    if (!steps_load(count, error) || !touches_load(count, error)) {
        return false;
    }
    own_steps_wrote(count);
    touches_count(count);
    steps_count(count);
    return favours_count(count, error) && pursuits_count(count, error) &&
           practice_count(count, error);
}

bool outcomes_load(struct book *book, int32_t from_day, GStringChunk *text, GArray *outcomes_out,
                   GArray *rows_out, GError **error)
{
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(struct done));
    g_autoptr(GArray) touches = g_array_new(FALSE, FALSE, sizeof(struct met));
    guint first = outcomes_out->len;
    for (size_t i = 0; i < n_data_strategies; i++) {
        struct outcomes of = {.strategy = data_strategies[i].id};
        g_array_append_val(outcomes_out, of);
    }
    struct count count = {
        .book = book,
        .from_day = from_day,
        .today = book_today(book),
        .text = text,
        .of = &g_array_index(outcomes_out, struct outcomes, first),
        .rows = rows_out,
        .steps = steps,
        .touches = touches,
    };
    bool is_ok = count_all(&count, error);
    if (rows_out != NULL) {
        g_array_sort(rows_out, by_number);
    }
    return is_ok;
}
