/* Pages of steps: all of them, one of them, and what is next with one person. */
#include "feature/step/step_parts.h"

#include "base/money.h"
#include "base/words.h"
#include "data_strategies.h"
#include "model/person.h"
#include "page/usual.h"
#include "step_form.tpl.h"
#include "step_list.tpl.h"
#include "step_next.tpl.h"

#include <string.h>

static const char *strategy_words(const char *id)
{
    const struct data_strategies *row = id != NULL ? data_strategies_by_id(id) : NULL;
    return row != NULL ? row->name : NULL;
}

/* "due today", "9 days late", "by Thu 23 July", "asleep until ..." */
static void fill_due(struct page *page, const struct step *step, int32_t today,
                     struct part_step *row)
{
    if (step->snoozed_to != DAY_NONE && step->snoozed_to > today) {
        g_autofree char *words = day_words(step->snoozed_to, today);
        row->due = page_printf(page, "put off until %s", words);
    } else if (step->due_day != DAY_NONE && step->due_day < today) {
        row->due = page_keep(page, words_late(today - step->due_day));
        row->is_late = true;
    } else if (step->due_day == today) {
        row->due = "due today";
    } else if (step->due_day != DAY_NONE) {
        g_autofree char *words = day_words(step->due_day, today);
        row->due = page_printf(page, "by %s", words);
    }
}

static void fill_acts(struct page *page, const struct step *step, struct part_step *row)
{
    struct part_act *acts = page_room(page, struct part_act, 2);
    char id[ID_TEXT];
    if (strcmp(step->state, "open") == 0) {
        acts[0] = (struct part_act){.label = "Done",
                                    .about = row->before,
                                    .href = "/do/step.done",
                                    .is_post = true,
                                    .key = "e"};
        acts[1] =
            (struct part_act){.label = "Change",
                              .about = row->before,
                              .is_quiet = true,
                              .href = page_printf(page, "/steps/%s", id_format(step->step_id, id))};
        row->n_acts = 2;
    } else {
        acts[0] = (struct part_act){.label = "Open again",
                                    .about = row->before,
                                    .href = "/do/step.reopen",
                                    .is_post = true,
                                    .is_quiet = true};
        row->n_acts = 1;
        row->is_done = true;
    }
    row->acts = acts;
}

static bool fill_steps(struct page *page, struct book *book, const GArray *steps, const char *back,
                       const struct part_step **rows_out, GError **error)
{
    struct part_step *rows = page_room(page, struct part_step, steps->len);
    int32_t today = book_today(book);
    for (guint i = 0; i < steps->len; i++) {
        const struct step *step = &g_array_index(steps, struct step, i);
        g_autoptr(GStringChunk) text = g_string_chunk_new(512);
        struct part_step *row = &rows[i];
        struct person_row person;
        if (step->person_id != 0) {
            if (!person_row_load(book, step->person_id, text, &person, error)) {
                return false;
            }
            struct part_name name = page_name(page, &person);
            row->name = (struct part_name){
                .own = name.own, .lang = name.lang, .is_rtl = name.is_rtl, .href = name.href};
            row->tie = page_tie(&person, false);
        }
        row->before = page_keep(page, g_strdup(step->title));
        row->why = page_keep(page, g_strdup(step->why));
        row->minutes = step->minutes > 0 ? step->minutes : 0;
        row->cents = step->cost_cents >= 0 ? step->cost_cents : -1;
        row->strategy = strategy_words(step->strategy);
        row->id = step->step_id;
        row->back = back;
        fill_due(page, step, today, row);
        fill_acts(page, step, row);
    }
    *rows_out = rows;
    return true;
}

struct step_rows {
    const struct part_step *rows;
    size_t n;
};

static bool list_of(struct page *page, struct book *book, const struct step_filter *filter,
                    const char *back, struct step_rows *rows_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) steps = g_array_new(false, true, sizeof(struct step));
    if (!step_list(book, filter, text, steps, error)) {
        return false;
    }
    rows_out->n = steps->len;
    return fill_steps(page, book, steps, back, &rows_out->rows, error);
}

static bool show_list(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    struct step_list_view view = {0};
    struct step_filter open = {.due_until = DAY_NONE, .limit = 200};
    struct step_filter asleep = {.due_until = DAY_NONE, .is_snoozed = true, .limit = 100};
    struct step_filter done = {.due_until = DAY_NONE, .state = "done", .limit = 25};
    struct step_rows to_do;
    struct step_rows put_off;
    struct step_rows over;
    if (!list_of(page, &book, &open, "/steps", &to_do, error) ||
        !list_of(page, &book, &asleep, "/steps", &put_off, error) ||
        !list_of(page, &book, &done, "/steps", &over, error)) {
        return false;
    }
    view.open = to_do.rows;
    view.n_open = to_do.n;
    view.asleep = put_off.rows;
    view.n_asleep = put_off.n;
    view.done = over.rows;
    view.n_done = over.n;
    page_frame(page, NAV_TODAY, "Steps", &view.frame);
    view.lead = view.n_open == 0 ? "Nothing is written down."
                                 : page_keep(page, words_count((int64_t)view.n_open,
                                                               "step is open.", "steps are open."));
    step_list_render(page->out, &view);
    return true;
}

bool step_page_list(struct page *page, GError **error)
{
    return db_read(page->db, "page steps", show_list, page, error);
}

static struct part_field field(const struct page *page, const char *name, const char *label,
                               const char *value)
{
    return (struct part_field){.name = name,
                               .label = label,
                               .value = page_typed(page, name, value),
                               .error = page_refused(page, name)};
}

/* The form's fields from a step (all empty for a new one). */
static void fill_form(struct page *page, const struct step *step, int32_t today,
                      struct step_form_view *view)
{
    char day[DAY_TEXT];
    view->what = field(page, "title", "What", page_keep(page, g_strdup(step->title)));
    view->what.hint = "Verb first: thank, ask, send, tell.";
    view->what.is_required = true;
    view->why = field(page, "why", "Why", page_keep(page, g_strdup(step->why)));
    view->why.type = "textarea";
    view->due =
        field(page, "due", "Until", page_printf(page, "%s", day_format(step->due_day, day)));
    view->due.type = "date";
    view->minutes = field(page, "minutes", "Minutes",
                          step->minutes > 0 ? page_printf(page, "%d", step->minutes) : NULL);
    view->minutes.inputmode = "numeric";
    view->cost = field(
        page, "cost", "Cost in dollars",
        step->cost_cents > 0 ? page_printf(page, "%.2f", (double)step->cost_cents / 100) : NULL);
    view->cost.inputmode = "decimal";
    view->until =
        field(page, "until", "Until", page_printf(page, "%s", day_format(today + 7, day)));
    view->until.type = "date";
    view->refusal = page->refusal;
}

static bool fill_person(struct page *page, struct book *book, int64_t person_id,
                        struct step_form_view *view, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct person_row row;
    char id[ID_TEXT];
    if (person_id == 0) {
        return true;
    }
    if (!person_row_load(book, person_id, text, &row, error)) {
        return false;
    }
    view->person = page_printf(page, "%s", id_format(row.person_id, id));
    view->name = page_name(page, &row);
    view->back = page_printf(page, "/people/%s#next", view->person);
    return true;
}

static bool show_new(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    struct step_form_view view = {
        .title = "A next step", .action = "/do/step.add", .back = "/steps"};
    struct step none = {.due_day = DAY_NONE, .minutes = -1, .cost_cents = -1};
    int64_t person_id = 0;
    const char *person = page_query(page, "person");
    id_parse(person != NULL ? person : "", &person_id);
    if (!fill_person(page, &book, person_id, &view, error)) {
        return false;
    }
    page_frame(page, NAV_TODAY, "A next step", &view.frame);
    fill_form(page, &none, book_today(&book), &view);
    step_form_render(page->out, &view);
    return true;
}

bool step_page_new(struct page *page, GError **error)
{
    return db_read(page->db, "page step new", show_new, page, error);
}

static bool show_one(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct step_form_view view = {
        .title = "Change a step", .action = "/do/step.edit", .back = "/steps"};
    struct step step;
    char id[ID_TEXT];
    if (!step_load(&book, page_var_id(page, "id"), text, &step, error) ||
        !fill_person(page, &book, step.person_id, &view, error)) {
        return false;
    }
    view.person = NULL; /* stays whose it is */
    view.id = page_printf(page, "%s", id_format(step.step_id, id));
    view.is_open = strcmp(step.state, "open") == 0;
    page_frame(page, NAV_TODAY, "Change a step", &view.frame);
    fill_form(page, &step, book_today(&book), &view);
    step_form_render(page->out, &view);
    return true;
}

bool step_page_one(struct page *page, GError **error)
{
    return db_read(page->db, "page step", show_one, page, error);
}

struct showing {
    struct page *page;
    int64_t person_id;
    struct html_out *out;
};

static bool show_next(struct db_tx *tx, void *data, GError **error)
{
    struct showing *showing = data;
    struct page *page = showing->page;
    struct book book = BOOK(tx, page->env, page->account_id);
    char id[ID_TEXT];
    const char *person = page_printf(page, "%s", id_format(showing->person_id, id));
    struct step_filter filter = {
        .person_id = showing->person_id, .due_until = DAY_NONE, .limit = 20};
    struct step_next_view view = {.csrf = page->csrf,
                                  .new_href = page_printf(page, "/steps/new?person=%s", person)};
    struct step_rows next;
    if (!list_of(page, &book, &filter, page_printf(page, "/people/%s#next", person), &next,
                 error)) {
        return false;
    }
    view.steps = next.rows;
    view.n_steps = next.n;
    step_next_render(showing->out, &view);
    return true;
}

bool step_on_person(struct page *page, int64_t person_id, struct html_out *out, GError **error)
{
    struct showing showing = {.page = page, .person_id = person_id, .out = out};
    return db_read(page->db, "next steps", show_next, &showing, error);
}
