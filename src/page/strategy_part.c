/* The shared head of the pages of strategies. Numbers come from model/outcome.h only, so that the
 * table of all strategies and the page of each say the same. */
#include "page/strategy_part.h"

#include "base/money.h"
#include "base/words.h"
#include "data_strategies.h"
#include "data_suggestions.h"
#include "model/outcome.h"
#include "page/suggested.h"
#include "page/usual.h"
#include "strategy_plain.tpl.h"

#include <string.h>

#define N_NUMBERS 4

int32_t page_strategy_since(int32_t today)
{
    int year;
    int month;
    int of_month;
    day_to_ymd(today, &year, &month, &of_month);
    return day_from_ymd(year, 1, 1);
}

static const char *sentence(struct page *page, const char *words)
{
    size_t len = strlen(words);
    return len == 0 || words[len - 1] == '.' ? words : page_printf(page, "%s.", words);
}

static const char *rows_href(struct page *page, const char *id, const char *of, int64_t n)
{
    return n == 0 ? NULL : page_printf(page, "/strategies/%s/rows?of=%s", id, of);
}

static struct strategy_number replies(struct page *page, const struct outcomes *one)
{
    int64_t n = one->n[OUTCOME_REPLIES];
    int64_t of = one->n[OUTCOME_MESSAGES];
    if (of == 0) {
        return (struct strategy_number){.label = "Replies", .value = "–", .note = "no message yet"};
    }
    g_autofree char *words = words_count(of, "message", "messages");
    return (struct strategy_number){
        .label = "Replies",
        .value = page_printf(page, "%d%%", (int)((n * 100 + of / 2) / of)),
        .href = rows_href(page, one->strategy, n > 0 ? "replies" : "messages", of),
        .note = page_printf(page, "of %s", words)};
}

static void fill_numbers(struct page *page, const struct outcomes *one, struct strategy_part *part)
{
    struct strategy_number *numbers = page_room(page, struct strategy_number, N_NUMBERS);
    struct money spent = {.cents = one->n[OUTCOME_CENTS], .currency = "USD"};
    g_autofree char *minutes = words_minutes((int)one->n[OUTCOME_MINUTES]);
    g_autofree char *intros =
        words_count(one->n[OUTCOME_INTRODUCTIONS], "introduction", "introductions");
    g_autofree char *money = money_format(&spent);
    int64_t n = 0;
    for (int of = 0; of < N_OUTCOME; of++) {
        n += one->n[of];
    }
    if (n == 0) {
        return;
    }
    numbers[0] = (struct strategy_number){
        .label = "Steps done",
        .value = page_keep(page, words_number(one->n[OUTCOME_STEPS])),
        .href = rows_href(page, one->strategy, "steps", one->n[OUTCOME_STEPS]),
        .note = "since 1 January"};
    numbers[1] = replies(page, one);
    numbers[2] = (struct strategy_number){
        .label = "Talks",
        .value = page_keep(page, words_number(one->n[OUTCOME_TALKS])),
        .href = rows_href(page, one->strategy, "talks", one->n[OUTCOME_TALKS]),
        .note = one->n[OUTCOME_INTRODUCTIONS] > 0 ? page_printf(page, "%s", intros) : NULL,
        .note_href =
            rows_href(page, one->strategy, "introductions", one->n[OUTCOME_INTRODUCTIONS])};
    numbers[3] = (struct strategy_number){
        .label = "Time",
        .value = one->n[OUTCOME_MINUTES] > 0 ? page_printf(page, "%s", minutes) : "–",
        .href = rows_href(page, one->strategy, "hours", one->n[OUTCOME_MINUTES]),
        .note = spent.cents > 0 ? page_printf(page, "and %s", money) : "nothing paid",
        .note_href = rows_href(page, one->strategy, "dollars", spent.cents)};
    part->numbers = numbers;
    part->n_numbers = N_NUMBERS;
}

/* How many suggestions of the survey are of a strategy. */
static size_t n_of(const struct survey *survey, const char *id)
{
    size_t n = 0;
    for (guint i = 0; i < survey->suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(survey->suggestions, struct suggestion, i);
        n += strcmp(one->kind->strategy, id) == 0;
    }
    return n;
}

static void fill_week(struct page *page, const struct survey *survey, struct strategy_part *part)
{
    size_t all = n_of(survey, part->id);
    part->n_rows = page_suggested(page, survey, part->id, STRATEGY_ROWS, &part->rows);
    if (all > part->n_rows) {
        part->count = page_printf(page, "%zu of %zu, best first", part->n_rows, all);
    } else if (all > 1) {
        part->count = "best first";
    }
    part->needs_goal = survey->outlook->goal.n_answered == 0;
    part->quiet = part->needs_goal
                      ? "Nothing is suggested yet: the questions about your goal come first."
                      : "Nothing of this kind is due now.";
}

static bool fill_outcomes(struct page *page, struct book *book, struct strategy_part *part,
                          GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) all = g_array_new(false, true, sizeof(struct outcomes));
    if (!outcomes_load(book, page_strategy_since(book_today(book)), text, all, NULL, error)) {
        return false;
    }
    for (guint i = 0; i < all->len; i++) {
        const struct outcomes *one = &g_array_index(all, struct outcomes, i);
        if (strcmp(one->strategy, part->id) == 0) {
            fill_numbers(page, one, part);
        }
    }
    return true;
}

bool page_strategy(struct page *page, struct book *book, const struct survey *survey,
                   const char *id, struct strategy_part *part_out, GError **error)
{
    const struct data_strategies *row = data_strategies_by_id(id);
    g_autoptr(survey_ptr) own = NULL;
    if (row == NULL) {
        g_error("no row \"%s\" in strategies.tsv", id);
    }
    if (survey == NULL) {
        if (!survey_take(book, &page->actions->strategies, &own, error)) {
            return false;
        }
        survey = own;
    }
    *part_out = (struct strategy_part){
        .id = row->id,
        .name = row->name,
        .lead = sentence(page, row->benefits),
        .activities = sentence(page, row->activities),
        .benefits = sentence(page, row->benefits),
        .challenges = sentence(page, row->challenges),
        .target = sentence(page, row->target),
        .cadence = sentence(page, row->cadence),
        .source = page_printf(page, "%s: %s", row->evidence, row->source)};
    fill_week(page, survey, part_out);
    return fill_outcomes(page, book, part_out, error);
}

struct plain {
    struct page *page;
    const char *id;
    const char *lead;
};

static bool show_plain(struct db_tx *tx, void *data, GError **error)
{
    const struct plain *plain = data;
    struct page *page = plain->page;
    struct book book = BOOK(tx, page->env, page->account_id);
    struct strategy_plain_view view = {0};
    if (!page_strategy(page, &book, NULL, plain->id, &view.part, error)) {
        return false;
    }
    view.part.lead = plain->lead;
    page_frame(page, NAV_STRATEGIES, view.part.name, &view.frame);
    strategy_plain_render(page->out, &view);
    return true;
}

bool page_strategy_plain(struct page *page, const char *id, const char *lead, GError **error)
{
    struct plain plain = {page, id, lead};
    return db_read(page->db, "page strategy", show_plain, &plain, error);
}
