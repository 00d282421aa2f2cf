/* /strategies: the field's table, alive with the numbers of one account. */
#include "feature/strategies/strategies_parts.h"

#include "base/words.h"
#include "data_strategies.h"
#include "feature/strategies/strategies_view.h"
#include "page/strategy_part.h"
#include "page/usual.h"
#include "strategies.tpl.h"

#include <string.h>

#define CHART_MINUTES 300 /* five hours: below that a rate says nothing */
#define BAR_FULL 25       /* pixels of a chart of 28 */
#define BAR_BASE 27
#define BAR_STEP 12
#define BAR_UNIT 5        /* steps that fill it */

/* ---- numbers ---- */

static const char *rows_href(struct page *page, const char *strategy, enum outcome_of of)
{
    return page_printf(page, "/strategies/%s/rows?of=%s", strategy, outcome_names[of].of);
}

static struct strategies_cell count_cell(struct page *page, const struct outcomes *one,
                                         enum outcome_of of, const char *key)
{
    int64_t n = one->n[of];
    struct strategies_cell cell = {.key = key, .value = "0"};
    if (n == 0) {
        return cell;
    }
    cell.href = rows_href(page, one->strategy, of);
    cell.value = page_keep(page, of == OUTCOME_MINUTES ? outcome_hours(n)
                                 : of == OUTCOME_CENTS ? outcome_money(n)
                                                       : words_number(n));
    return cell;
}

/* "58%" of 19: never without what it stands on. */
static struct strategies_cell reply_cell(struct page *page, const struct outcomes *one)
{
    int64_t of = one->n[OUTCOME_MESSAGES];
    int64_t n = one->n[OUTCOME_REPLIES];
    struct strategies_cell cell = {.key = "replies", .value = "–"};
    if (of == 0) {
        return cell;
    }
    g_autofree char *words = words_number(of);
    cell.value = page_printf(page, "%d%%", (int)((n * 100 + of / 2) / of));
    cell.href = rows_href(page, one->strategy, n > 0 ? OUTCOME_REPLIES : OUTCOME_MESSAGES);
    cell.note = page_printf(page, "of %s", words);
    return cell;
}

static const struct strategies_cell *cells_of(struct page *page, const struct outcomes *one,
                                              size_t *n_out)
{
    static const struct {
        enum outcome_of of;
        const char *key;
    } columns[] = {{OUTCOME_STEPS, "steps"},
                   {OUTCOME_REPLIES, "replies"},
                   {OUTCOME_TALKS, "talks"},
                   {OUTCOME_INTRODUCTIONS, "intros"},
                   {OUTCOME_MENTORS, "mentors"},
                   {OUTCOME_LETTERS, "letters"},
                   {OUTCOME_MINUTES, "hours"},
                   {OUTCOME_CENTS, "dollars"}};
    struct strategies_cell *cells = page_room(page, struct strategies_cell, G_N_ELEMENTS(columns));
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        cells[i] = columns[i].of == OUTCOME_REPLIES
                       ? reply_cell(page, one)
                       : count_cell(page, one, columns[i].of, columns[i].key);
    }
    *n_out = G_N_ELEMENTS(columns);
    return cells;
}

/* ---- charts ---- */

static int bar_height(int n, int most)
{
    int full = MAX(most, BAR_UNIT);
    return n <= 0 ? 0 : MAX(n * BAR_FULL / full, 2);
}

static void fill_bars(struct page *page, const struct outcomes *one, struct strategies_row *row)
{
    struct strategies_bar *bars = page_room(page, struct strategies_bar, OUTCOME_WEEKS);
    g_autoptr(GString) words = g_string_new("Steps in each of 12 weeks: ");
    int most = 0;
    for (int i = 0; i < OUTCOME_WEEKS; i++) {
        most = MAX(most, one->steps_by_week[i]);
    }
    for (int i = 0; i < OUTCOME_WEEKS; i++) {
        int height = bar_height(one->steps_by_week[i], most);
        int got = bar_height(one->answered_by_week[i], most);
        bars[i] = (struct strategies_bar){.x = 1 + i * BAR_STEP,
                                          .y = BAR_BASE - height,
                                          .height = height,
                                          .got_y = BAR_BASE - got,
                                          .got_height = got};
        g_string_append_printf(words, "%s%d", i > 0 ? ", " : "", one->steps_by_week[i]);
    }
    row->bars = bars;
    row->n_bars = OUTCOME_WEEKS;
    row->weeks = page_printf(page, "%s", words->str);
}

static int best_rate_first(gconstpointer a, gconstpointer b)
{
    const struct strategies_dot *x = a;
    const struct strategies_dot *y = b;
    return (x->tenths < y->tenths) - (x->tenths > y->tenths);
}

static void fill_dots(struct page *page, const GArray *outcomes, struct strategies_view *view)
{
    struct strategies_dot *dots = page_room(page, struct strategies_dot, outcomes->len);
    size_t n = 0;
    for (guint i = 0; i < outcomes->len; i++) {
        const struct outcomes *one = &g_array_index(outcomes, struct outcomes, i);
        int64_t minutes = one->n[OUTCOME_MINUTES];
        if (minutes < CHART_MINUTES) {
            continue;
        }
        int64_t tenths = (one->n[OUTCOME_TALKS] * 6000 + minutes / 2) / minutes;
        g_autofree char *hours = outcome_hours(minutes);
        g_autofree char *talks = words_number(one->n[OUTCOME_TALKS]);
        dots[n++] = (struct strategies_dot){
            .name = view->rows[i].name,
            .href = view->rows[i].href,
            .tenths = tenths,
            .rate = page_printf(page, "%d.%d", (int)(tenths / 10), (int)(tenths % 10)),
            .stands_on = page_printf(page, "%s in %s", talks, hours)};
    }
    qsort(dots, n, sizeof dots[0], best_rate_first);
    view->dots = dots;
    view->n_dots = n;
    view->dots_full = n > 0 ? (dots[0].tenths + 9) / 10 * 10 + 10 : 10;
}

/* ---- the page ---- */

static const char *sentence(struct page *page, const char *words)
{
    size_t len = strlen(words);
    return len == 0 || words[len - 1] == '.' ? words : page_printf(page, "%s.", words);
}

static void fill_rows(struct page *page, const GArray *outcomes, struct strategies_view *view)
{
    struct strategies_row *rows = page_room(page, struct strategies_row, outcomes->len);
    for (guint i = 0; i < outcomes->len; i++) {
        const struct outcomes *one = &g_array_index(outcomes, struct outcomes, i);
        const struct data_strategies *data = data_strategies_by_id(one->strategy);
        const struct strategy *strategy =
            strategy_find(&page->actions->strategies, one->strategy);
        rows[i] = (struct strategies_row){.name = data->name,
                                          .href = strategy != NULL ? strategy->href : NULL,
                                          .about = data->about,
                                          .activities = sentence(page, data->activities),
                                          .benefits = sentence(page, data->benefits),
                                          .challenges = sentence(page, data->challenges)};
        fill_bars(page, one, &rows[i]);
        rows[i].cells = cells_of(page, one, &rows[i].n_cells);
    }
    view->rows = rows;
    view->n_rows = outcomes->len;
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) outcomes = g_array_new(false, true, sizeof(struct outcomes));
    struct strategies_view view = {0};
    if (!outcomes_load(&book, page_strategy_since(book_today(&book)), text, outcomes, NULL,
                       error)) {
        return false;
    }
    struct outcomes sum = outcomes_sum(outcomes);
    g_autofree char *number = number_in_words((int)outcomes->len);
    fill_rows(page, outcomes, &view);
    fill_dots(page, outcomes, &view);
    view.sums = cells_of(page, &sum, &view.n_sums);
    view.all = page_printf(page, "All %s", number);
    number[0] = g_ascii_toupper(number[0]);
    view.lead = sum.n[OUTCOME_STEPS] > 0
                    ? page_printf(page,
                                  "%s ways to build a network, and what each has brought you since "
                                  "January. Small numbers say little: every rate carries how many "
                                  "it stands on.",
                                  number)
                    : page_printf(page,
                                  "%s ways to build a network. Nothing is counted yet: what you "
                                  "tick off and log shows up here.",
                                  number);
    page_frame(page, NAV_STRATEGIES, "Strategies", &view.frame);
    strategies_render(page->out, &view);
    return true;
}

bool strategies_page(struct page *page, GError **error)
{
    return db_read(page->db, "page strategies", show, page, error);
}
