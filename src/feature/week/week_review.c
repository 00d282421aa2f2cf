/* GET /week/review: ten minutes, five screens, the last of which agrees to the next week. */
#include "feature/week/week_parts.h"

#include "base/words.h"
#include "data_strategies.h"
#include "data_suggestions.h"
#include "model/step.h"
#include "page/usual.h"
#include "week_review.tpl.h"

#include <string.h>

#define SCREENS 5
#define ROWS_MAX 20

struct review {
    struct page *page;
    struct book *book;
    struct week_plan *plan; /* the week looked back on */
    struct week_plan *next;
    struct week_review_view view;
    struct part_step *rows;
};

/* From Friday on this week is looked back on; before that the last one. */
static int32_t monday_of(const struct page *page, int32_t today)
{
    int32_t monday = week_monday(today);
    return page_query(page, "week") != NULL ? week_asked(page, today)
           : day_weekday(today) >= 5        ? monday
                                            : monday - 7;
}

static const char *screen_href(struct review *review, int screen)
{
    return page_printf(review->page, "/week/review?week=%s&screen=%d", review->view.monday, screen);
}

/* ---- 1: what was done ---- */

static bool show_done(struct review *review, GError **error)
{
    struct week_result result;
    struct week_review_view *view = &review->view;
    if (!week_result_load(review->book, review->plan, &result, error)) {
        return false;
    }
    view->title = "What was done, and what came of it";
    view->lead = "Look at what led to an answer. More of that, less of the rest.";
    view->numbers = page_keep(review->page, week_result_words(&result));
    view->empty = "No step was planned or done in this week.";
    for (guint i = 0; i < review->plan->choices->len && view->n_steps < ROWS_MAX; i++) {
        const struct week_choice *choice =
            &g_array_index(review->plan->choices, struct week_choice, i);
        if (choice->step == NULL) {
            continue;
        }
        struct part_step *row = &review->rows[view->n_steps++];
        if (!week_fill_row(review->page, review->book, review->plan, choice, row, error)) {
            return false;
        }
        row->back = view->here;
    }
    view->note = week_field(review->page, "note", "What do you take from it?", "textarea",
                            review->plan->week.note == NULL
                                ? ""
                                : page_printf(review->page, "%s", review->plan->week.note));
    view->note.hint = "A line for yourself. No patient details, please.";
    return true;
}

/* ---- 2: what waits for an answer ---- */

static bool person_step(struct review *review, const struct contact *contact, struct part_step *row,
                        GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct person_row person;
    if (!person_row_load(review->book, contact->person_id, text, &person, error)) {
        return false;
    }
    row->name = page_name(review->page, &person);
    row->tie = page_tie(&person, false);
    row->cents = -1;
    row->back = review->view.here;
    return true;
}

static bool show_waiting(struct review *review, GError **error)
{
    struct week_review_view *view = &review->view;
    const struct outlook *outlook = review->plan->survey->outlook;
    view->title = "What waits for an answer";
    view->lead = "Who wrote back by telephone or in the corridor can be logged here; the others "
                 "are reminded once, after a week, and then left in peace.";
    view->empty = "Nobody owes you an answer.";
    view->next_words = "Go on";
    g_autoptr(GPtrArray) waiting = week_waiting(outlook);
    for (guint i = 0; i < waiting->len && view->n_steps < ROWS_MAX; i++) {
        const struct contact *contact = g_ptr_array_index(waiting, i);
        int32_t ago = outlook->today - contact->last_out_day;
        struct part_step *row = &review->rows[view->n_steps++];
        struct part_act *act = page_room(review->page, struct part_act, 1);
        g_autofree char *span = words_span(ago);
        g_autofree char *name = g_uri_escape_string(contact->name, NULL, false);
        if (!person_step(review, contact, row, error)) {
            return false;
        }
        row->why =
            contact->n_unanswered == 1
                ? page_printf(review->page, "You wrote %s ago.", span)
                : page_printf(review->page,
                              "You wrote %s, the last time %s ago: half a year of peace now.",
                              contact->n_unanswered == 2
                                  ? "twice"
                                  : page_printf(review->page, "%d times", contact->n_unanswered),
                              span);
        *act = (struct part_act){
            .label = "Log the answer",
            .about = page_printf(review->page, "%s", contact->name),
            .href = page_printf(review->page, "/?line=%s%%20answered%%20today#log", name)};
        row->acts = act;
        row->n_acts = 1;
    }
    return true;
}

/* ---- 3: people to thank ---- */

static bool show_thanks(struct review *review, GError **error)
{
    struct week_review_view *view = &review->view;
    const GArray *suggestions = review->next->survey->suggestions;
    view->title = "People to thank";
    view->lead = "Thanks come before what is asked next. Two lines that name one thing are enough.";
    view->empty = "No thanks are due.";
    view->next_words = "Go on";
    for (guint i = 0; i < suggestions->len && view->n_steps < ROWS_MAX; i++) {
        const struct suggestion *one = &g_array_index(suggestions, struct suggestion, i);
        struct week_choice choice = {.suggestion = one,
                                     .on_day = review->next->today,
                                     .minutes = one->minutes,
                                     .cents = one->cents};
        if (!suggestion_is_thanks(one->kind)) {
            continue;
        }
        struct part_step *row = &review->rows[view->n_steps++];
        if (!week_fill_row(review->page, review->book, review->next, &choice, row, error)) {
            return false;
        }
        row->back = view->here;
    }
    return true;
}

/* ---- 4: what changes ---- */

static void show_changes(struct review *review)
{
    struct week_review_view *view = &review->view;
    struct part_option *options = page_room(review->page, struct part_option, n_data_strategies);
    char iso[DAY_TEXT];
    view->title = "What changes next week";
    view->lead = "A week on call takes fewer hours; a week after an exam may take more.";
    week_fill_limits(review->page, &review->next->week, &view->hours, &view->money,
                     &view->messages);
    view->strategy =
        week_field(review->page, "strategy", "Way of building a network", "select", NULL);
    for (size_t i = 0; i < n_data_strategies; i++) {
        options[i] =
            (struct part_option){.value = data_strategies[i].id, .label = data_strategies[i].name};
    }
    view->strategy.options = options;
    view->strategy.n_options = n_data_strategies;
    view->until = page_printf(review->page, "%s", day_format(review->next->week.monday + 7, iso));
}

/* ---- 5: the next week ---- */

static bool show_next(struct review *review, GError **error)
{
    struct week_review_view *view = &review->view;
    int n_proposed = 0;
    for (guint i = 0; i < review->next->choices->len && view->n_steps < ROWS_MAX * 2; i++) {
        const struct week_choice *choice =
            &g_array_index(review->next->choices, struct week_choice, i);
        if (choice->is_done) {
            continue;
        }
        struct part_step *row = &review->rows[view->n_steps++];
        if (!week_fill_row(review->page, review->book, review->next, choice, row, error)) {
            return false;
        }
        g_autofree char *day = day_words(choice->on_day, review->next->today);
        row->due = row->is_late ? row->due : page_printf(review->page, "%s", day);
        row->back = view->here;
        row->n_acts = 0;
        n_proposed += choice->suggestion != NULL;
    }
    g_autofree char *days = week_days_words(review->next->week.monday, review->next->today);
    view->title = page_printf(review->page, "The week of %s", days);
    view->lead = page_keep(review->page, week_lead(review->next));
    view->empty = "Nothing is planned.";
    view->is_accepted = review->next->week.accepted_at != AT_NONE;
    view->after_accept = week_href(review->page, review->next->week.monday, review->next->today);
    view->accept = n_proposed == 0 ? "Agree to it as it is"
                   : n_proposed == 1
                       ? "Agree to the step that is proposed"
                       : page_printf(review->page, "Agree to the %d steps proposed", n_proposed);
    return true;
}

static bool show_screen(struct review *review, GError **error)
{
    static const char *const about[] = {"",       "what was done", "what waits",
                                        "thanks", "what changes",  "the next week"};
    struct week_review_view *view = &review->view;
    g_autofree char *days = week_days_words(review->plan->week.monday, review->plan->today);
    view->progress = page_printf(review->page, "Review of %s. Screen %d of %d: %s", days,
                                 view->screen, SCREENS, about[view->screen]);
    view->here = screen_href(review, view->screen);
    view->next_href = screen_href(review, MIN(view->screen + 1, SCREENS));
    view->back_href = view->screen > 1 ? screen_href(review, view->screen - 1) : NULL;
    view->refusal = review->page->refusal;
    switch (view->screen) {
    case 1: return show_done(review, error);
    case 2: return show_waiting(review, error);
    case 3: return show_thanks(review, error);
    case 4: show_changes(review); return true;
    default: return show_next(review, error);
    }
}

static bool answer(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(week_plan_ptr) plan = NULL;
    g_autoptr(week_plan_ptr) next = NULL;
    int32_t today = book_today(&book);
    int32_t monday = monday_of(page, today);
    const char *asked = page_query(page, "screen");
    struct review review = {.page = page, .book = &book};
    char iso[DAY_TEXT];
    if (!week_plan(&book, &page->actions->strategies, monday, &plan, error) ||
        !week_plan(&book, &page->actions->strategies, MAX(monday + 7, week_monday(today)), &next,
                   error)) {
        return false;
    }
    review.plan = plan;
    review.next = next;
    review.rows = page_room(page, struct part_step, ROWS_MAX * 2);
    review.view.screen =
        asked == NULL ? 1 : (int)CLAMP(g_ascii_strtoll(asked, NULL, 10), 1, SCREENS);
    review.view.monday = page_printf(page, "%s", day_format(monday, iso));
    review.view.next_monday = page_printf(page, "%s", day_format(next->week.monday, iso));
    if (!show_screen(&review, error)) {
        return false;
    }
    review.view.steps = review.rows;
    page_frame(page, NAV_WEEK, "Review", &review.view.frame);
    week_review_render(page->out, &review.view);
    return true;
}

bool week_page_review(struct page *page, GError **error)
{
    return db_read(page->db, "page week review", answer, page, error);
}
