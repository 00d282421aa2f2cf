/* /strategies/:id/rows: what stands behind a number. */
#include "feature/strategies/strategies_parts.h"

#include "base/error.h"
#include "base/words.h"
#include "data_strategies.h"
#include "feature/strategies/strategies_view.h"
#include "model/person.h"
#include "page/strategy_part.h"
#include "page/usual.h"
#include "strategies_rows.tpl.h"

#include <string.h>

#define PAGE_ROWS 50

static const char *const rules[N_OUTCOME] = {
    [OUTCOME_STEPS] = "Steps of this way that you ticked off.",
    [OUTCOME_MESSAGES] = "Steps that wrote to somebody: a message was planned, or one was logged "
                         "that day.",
    [OUTCOME_REPLIES] = "Their first sign within 21 days of a step that wrote to them, counted for "
                        "the last such step.",
    [OUTCOME_TALKS] = "Talks and meetings within 30 days of a step with them, counted for the last "
                      "such step.",
    [OUTCOME_INTRODUCTIONS] = "Introductions that were asked for and granted.",
    [OUTCOME_MENTORS] = "Mentors who said yes, and pairs of a programme.",
    [OUTCOME_LETTERS] = "Letters that were granted or uploaded.",
    [OUTCOME_MINUTES] = "Minutes of the steps you ticked off, and of practice on other days.",
    [OUTCOME_CENTS] = "What steps, memberships, meetings and rotations cost, in dollars. Other "
                      "currencies are not added up.",
};

static const char *of_words(const char *strategy, const char *fallback)
{
    const struct data_strategies *row = data_strategies_by_id(strategy);
    return row != NULL ? row->name : fallback;
}

static bool fill_line(struct page *page, struct book *book, const struct outcome_row *row,
                      struct strategies_line *line, GError **error)
{
    char id[ID_TEXT];
    g_autofree char *day = day_words(row->on_day, book_today(book));
    line->day = page_printf(page, "%s", day);
    line->words = page_printf(page, "%s", row->words != NULL ? row->words : "");
    line->strategy = of_words(row->strategy, "");
    line->amount = row->of == OUTCOME_MINUTES ? page_keep(page, words_minutes((int)row->amount))
                   : row->of == OUTCOME_CENTS ? page_keep(page, outcome_money(row->amount))
                                              : NULL;
    if (row->step_id != 0) {
        line->href = page_printf(page, "/steps/%s", id_format(row->step_id, id));
    }
    if (row->person_id == 0) {
        return true;
    }
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct person_row person;
    if (!person_row_load(book, row->person_id, text, &person, error)) {
        return false;
    }
    line->name = page_name(page, &person);
    return true;
}

/* Each number with its count, the one looked at marked. */
static void fill_chips(struct page *page, const struct outcomes *one, enum outcome_of now,
                       struct strategies_rows_view *view)
{
    struct part_chip *chips = page_room(page, struct part_chip, N_OUTCOME);
    for (int of = 0; of < N_OUTCOME; of++) {
        if (one->n[of] == 0 && of != (int)now) {
            continue;
        }
        g_autofree char *number = of == OUTCOME_MINUTES ? outcome_hours(one->n[of])
                                  : of == OUTCOME_CENTS ? outcome_money(one->n[of])
                                                        : words_number(one->n[of]);
        chips[view->n_chips++] = (struct part_chip){
            .label = page_printf(page, "%s, %s", outcome_names[of].title, number),
            .href = page_printf(page, "/strategies/%s/rows?of=%s", one->strategy,
                                outcome_names[of].of),
            .is_on = of == (int)now};
    }
    view->chips = chips;
}

/* Those of the page asked for (?from=); all are counted. */
static bool fill_lines(struct page *page, struct book *book, const GArray *rows,
                       enum outcome_of of, struct strategies_rows_view *view, GError **error)
{
    struct strategies_line *lines = page_room(page, struct strategies_line, PAGE_ROWS);
    const char *id = page_var(page, "id");
    const char *asked = page_query(page, "from");
    gint64 from = asked != NULL ? MAX(g_ascii_strtoll(asked, NULL, 10), 0) : 0;
    for (guint i = 0; i < rows->len; i++) {
        const struct outcome_row *row = &g_array_index(rows, struct outcome_row, i);
        if (row->of != of || (!view->is_all && strcmp(row->strategy, id) != 0)) {
            continue;
        }
        gint64 at = view->n_all++;
        if (at >= from && view->n_lines < PAGE_ROWS &&
            !fill_line(page, book, row, &lines[view->n_lines++], error)) {
            return false;
        }
    }
    view->lines = lines;
    const char *address = page_printf(page, "/strategies/%s/rows?of=%s", id, outcome_names[of].of);
    gint64 last = from + (gint64)view->n_lines;
    view->pager = (struct part_pager){
        .first = from + 1,
        .last = last,
        .total = view->n_all,
        .size = PAGE_ROWS,
        .about = "Pages of the rows",
        .previous_href = from > 0 ? page_printf(page, "%s&from=%d", address,
                                                (int)MAX(from - PAGE_ROWS, 0))
                                  : NULL,
        .next_href =
            last < view->n_all ? page_printf(page, "%s&from=%d", address, (int)last) : NULL};
    view->has_pager = view->n_lines > 0 && view->n_all > PAGE_ROWS;
    return true;
}

static void fill_head(struct page *page, const char *id, enum outcome_of of,
                      struct strategies_rows_view *view)
{
    const struct strategy *strategy = strategy_find(&page->actions->strategies, id);
    bool has_page = !view->is_all && strategy != NULL && strategy->href != NULL;
    g_autofree char *count =
        words_count(view->n_all, "row, since 1 January.", "rows, since 1 January.");
    view->back = has_page ? strategy->href : "/strategies";
    view->back_name = has_page ? of_words(id, "") : "Strategies";
    view->title = page_printf(page, "%s: %s", of_words(id, "All ways together"),
                              outcome_names[of].of);
    view->lead = view->n_all == 0 ? "Nothing yet since 1 January."
                                    : page_printf(page, "%s", count);
    view->rule = rules[of];
    view->column = of == OUTCOME_MINUTES ? "Time" : of == OUTCOME_CENTS ? "Dollars" : NULL;
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    const char *id = page_var(page, "id");
    const char *asked = page_query(page, "of");
    enum outcome_of of = asked == NULL ? OUTCOME_STEPS : outcome_named(asked);
    struct strategies_rows_view view = {.is_all = g_strcmp0(id, "all") == 0};
    if (of == N_OUTCOME || (!view.is_all && data_strategies_by_id(id) == NULL)) {
        return refuse(error, "strategy.not_found", "There is no such strategy, or no such number.");
    }
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) outcomes = g_array_new(false, true, sizeof(struct outcomes));
    g_autoptr(GArray) rows = g_array_new(false, true, sizeof(struct outcome_row));
    if (!outcomes_load(&book, page_strategy_since(book_today(&book)), text, outcomes, rows,
                       error) ||
        !fill_lines(page, &book, rows, of, &view, error)) {
        return false;
    }
    struct outcomes sum = outcomes_sum(outcomes);
    for (guint i = 0; i < outcomes->len && !view.is_all; i++) {
        const struct outcomes *one = &g_array_index(outcomes, struct outcomes, i);
        if (strcmp(one->strategy, id) == 0) {
            sum = *one;
        }
    }
    fill_chips(page, &sum, of, &view);
    fill_head(page, id, of, &view);
    page_frame(page, NAV_STRATEGIES, view.title, &view.frame);
    strategies_rows_render(page->out, &view);
    return true;
}

bool strategies_page_rows(struct page *page, GError **error)
{
    return db_read(page->db, "page strategy rows", show, page, error);
}
