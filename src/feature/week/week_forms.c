/* Pages beside the week: its limits, all that was not chosen, and one step or suggestion with what
 * can be decided about it. */
#include "feature/week/week_parts.h"

#include "base/words.h"
#include "data_refusal_reasons.h"
#include "data_strategies.h"
#include "data_suggestions.h"
#include "model/refusal.h"
#include "model/step.h"
#include "page/usual.h"
#include "week_left.tpl.h"
#include "week_limits.tpl.h"
#include "week_step.tpl.h"

#include <string.h>

#define LEFT_ROWS 40

struct part_field week_field(struct page *page, const char *name, const char *label,
                             const char *type, const char *value)
{
    return (struct part_field){.name = name,
                               .label = label,
                               .type = type,
                               .value = page_typed(page, name, value),
                               .error = page_refused(page, name)};
}

void week_fill_limits(struct page *page, const struct week *week, struct part_field *hours,
                      struct part_field *money, struct part_field *messages)
{
    bool is_whole = week->minutes % 60 == 0;
    *hours = week_field(page, "hours", "Hours to spend", "text",
                        is_whole ? page_printf(page, "%d", week->minutes / 60)
                                 : page_printf(page, "%.2f", week->minutes / 60.0));
    hours->inputmode = "decimal";
    hours->hint = "Half hours as 4.5.";
    *money = week_field(page, "money", "Dollars to spend", "text",
                        page_printf(page, "%" G_GINT64_FORMAT, week->cents / 100));
    money->inputmode = "decimal";
    money->hint = "Never more than what is left of the month.";
    *messages = week_field(page, "messages", "Messages at most", "number",
                           page_printf(page, "%d", week->messages));
    messages->hint = "Two to one department at most, thanks beside, whatever stands here.";
}

/* ---- limits ---- */

static bool show_limits(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    int32_t today = book_today(&book);
    int32_t monday = week_asked(page, today);
    struct goal goal;
    struct week week;
    char iso[DAY_TEXT];
    if (!goal_load(&book, text, &goal, error) ||
        !week_load(&book, &goal, monday, text, &week, error)) {
        return false;
    }
    struct week_limits_view view = {.title = "Hours, money and messages",
                                    .here = week_href(page, monday, today),
                                    .monday = page_printf(page, "%s", day_format(monday, iso)),
                                    .refusal = page->refusal};
    view.stands = page_printf(page, "/week/limits?week=%s", view.monday);
    g_autofree char *days = week_days_words(monday, today);
    view.lead = page_printf(page, "What the week of %s may take. It is planned inside this.", days);
    page_frame(page, NAV_WEEK, view.title, &view.frame);
    week_fill_limits(page, &week, &view.hours, &view.money, &view.messages);
    week_limits_render(page->out, &view);
    return true;
}

bool week_page_limits(struct page *page, GError **error)
{
    return db_read(page->db, "page week limits", show_limits, page, error);
}

/* ---- not chosen ---- */

/* What was refused, in words. */
static const char *refusal_words(struct page *page, const struct week_plan *plan,
                                 const struct refusal *refusal)
{
    int64_t id;
    if (strcmp(refusal->scope, "person") == 0 && id_parse(refusal->target, &id)) {
        const struct contact *contact = outlook_contact(plan->survey->outlook, id);
        return contact == NULL ? "Somebody who is no longer in the book"
                               : page_printf(page, "%s", contact->name);
    }
    if (strcmp(refusal->scope, "strategy") == 0) {
        const struct data_strategies *row = data_strategies_by_id(refusal->target);
        return row == NULL ? refusal->target : row->name;
    }
    g_auto(GStrv) parts = g_strsplit(refusal->target, "/", 3);
    const struct data_suggestions *kind = data_suggestions_by_id(parts[0]);
    if (kind == NULL) {
        return page_printf(page, "%s", refusal->target);
    }
    bool is_step = strcmp(refusal->scope, "step") == 0;
    bool has_person = parts[1] != NULL && id_parse(parts[1], &id);
    const struct contact *contact =
        is_step && has_person ? outlook_contact(plan->survey->outlook, id) : NULL;
    g_auto(GStrv) bare = g_strsplit(kind->before, "{detail}", -1);
    g_autofree char *before = g_strjoinv("…", bare);
    return contact != NULL ? page_printf(page, "%s %s", before, contact->name)
           : is_step       ? page_printf(page, "%s", before)
                           : page_printf(page, "Every step of the kind “%s”", before);
}

static bool fill_refused(struct page *page, struct book *book, const struct week_plan *plan,
                         struct week_left_view *view, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    g_autoptr(GArray) refusals = g_array_new(FALSE, TRUE, sizeof(struct refusal));
    if (!refusal_list(book, plan->today, text, refusals, error)) {
        return false;
    }
    struct week_words *rows = page_room(page, struct week_words, refusals->len);
    for (guint i = 0; i < refusals->len; i++) {
        const struct refusal *one = &g_array_index(refusals, struct refusal, i);
        g_autofree char *until =
            one->until_day == DAY_NONE ? NULL : day_words(one->until_day, plan->today);
        const struct data_refusal_reasons *reason =
            one->reason == NULL ? NULL : data_refusal_reasons_by_id(one->reason);
        const char *why = reason != NULL ? reason->words : one->reason;
        const char *when = until == NULL ? "for good" : page_printf(page, "until %s", until);
        rows[i] =
            (struct week_words){.text = refusal_words(page, plan, one),
                                .meta = why == NULL ? when : page_printf(page, "%s: %s", when, why),
                                .href = page_printf(page, "%s", one->scope),
                                .target = page_printf(page, "%s", one->target)};
    }
    view->refused = rows;
    view->n_refused = refusals->len;
    return true;
}

static bool show_left(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(week_plan_ptr) plan = NULL;
    int32_t today = book_today(&book);
    int32_t monday = week_asked(page, today);
    char iso[DAY_TEXT];
    struct week_left_view view = {.title = "Not chosen this week",
                                  .back = week_href(page, monday, today)};
    if (!week_plan(&book, &page->actions->strategies, monday, &plan, error) ||
        !fill_refused(page, &book, plan, &view, error)) {
        return false;
    }
    view.here = page_printf(page, "/week/left?week=%s", day_format(monday, iso));
    g_autofree char *count =
        words_count(plan->n_left, "other suggestion was", "other suggestions were");
    view.lead = page_printf(page, "%s weighed, best first, each with why it stays out.", count);
    struct part_step *rows = page_room(page, struct part_step, LEFT_ROWS);
    for (guint i = 0; i < plan->left->len && view.n_steps < LEFT_ROWS; i++) {
        const struct week_left *left = &g_array_index(plan->left, struct week_left, i);
        struct week_choice choice = {.suggestion = left->suggestion,
                                     .on_day = today,
                                     .minutes = left->suggestion->minutes,
                                     .cents = left->suggestion->cents};
        struct part_step *row = &rows[view.n_steps++];
        const char **more = page_room(page, const char *, 1);
        if (!week_fill_row(page, &book, plan, &choice, row, error)) {
            return false;
        }
        more[0] = page_printf(page, "%s", left->why_not);
        row->back = view.here;
        row->more = more;
        row->n_more = 1;
    }
    view.steps = rows;
    if (plan->n_left > (int)view.n_steps) {
        g_autofree char *more =
            words_count(plan->n_left - (int)view.n_steps, "more is", "more are");
        view.more = page_printf(page, "%s worth less.", more);
    }
    page_frame(page, NAV_WEEK, view.title, &view.frame);
    week_left_render(page->out, &view);
    return true;
}

bool week_page_left(struct page *page, GError **error)
{
    return db_read(page->db, "page week left", show_left, page, error);
}

/* ---- one step ---- */

static bool find_suggestion(const struct survey *survey, const char *key,
                            struct week_choice *choice_out)
{
    for (guint i = 0; key != NULL && i < survey->suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(survey->suggestions, struct suggestion, i);
        g_autofree char *own = g_str_has_prefix(key, one->kind->id) ? suggestion_key(one) : NULL;
        if (g_strcmp0(own, key) == 0) {
            *choice_out = (struct week_choice){.suggestion = one,
                                               .minutes = one->minutes,
                                               .cents = one->cents,
                                               .points = one->points,
                                               .on_day = survey->outlook->today};
            return true;
        }
    }
    return false;
}

static bool find_step(const struct week_plan *plan, int64_t step_id, struct week_choice *choice_out)
{
    for (guint i = 0; step_id != 0 && i < plan->steps->len; i++) {
        const struct step *step = &g_array_index(plan->steps, struct step, i);
        if (step->step_id != step_id) {
            continue;
        }
        *choice_out = (struct week_choice){.step = step,
                                           .minutes = MAX(step->minutes, 0),
                                           .cents = MAX(step->cost_cents, 0),
                                           .on_day = plan->today,
                                           .is_done = strcmp(step->state, "open") != 0};
        for (guint p = 0; p < plan->planneds->len; p++) {
            const struct planned *planned = &g_array_index(plan->planneds, struct planned, p);
            if (planned->step_id == step_id) {
                choice_out->planned = planned;
            }
        }
        return true;
    }
    return false;
}

static void fill_terms(struct page *page, const struct week_plan *plan,
                       const struct week_choice *choice, struct week_step_view *view)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    if (choice->suggestion != NULL) {
        g_ptr_array_add(words, g_strdup_printf("a step of this kind (+%d)",
                                               MAX(choice->suggestion->kind->points, 0)));
        suggestion_terms(plan->survey->outlook, choice->suggestion, words);
    } else if (choice->planned != NULL) {
        json_t *list = json_loads(choice->planned->terms, 0, NULL);
        size_t i;
        json_t *one;
        json_array_foreach(list, i, one)
        {
            g_ptr_array_add(words, g_strdup(json_string_value(one)));
        }
        json_decref(list);
    }
    const char **terms = page_room(page, const char *, words->len);
    for (guint i = 0; i < words->len; i++) {
        terms[i] = page_printf(page, "%s", (const char *)g_ptr_array_index(words, i));
    }
    view->terms = terms;
    view->n_terms = words->len;
}

static void add_option(struct part_field *field, struct part_option *options, const char *value,
                       const char *label)
{
    options[field->n_options++] = (struct part_option){
        .value = value, .label = label, .is_chosen = g_strcmp0(field->value, value) == 0};
    field->options = options;
}

static void fill_leave(struct page *page, const struct week_plan *plan,
                       const struct week_choice *choice, struct week_step_view *view)
{
    const struct suggestion *one = choice->suggestion;
    const struct data_suggestions *kind = one != NULL ? one->kind
                                          : choice->planned != NULL && choice->planned->kind != NULL
                                              ? data_suggestions_by_id(choice->planned->kind)
                                              : NULL;
    int64_t person_id = one != NULL ? one->person_id : choice->step->person_id;
    const char *strategy = kind != NULL ? kind->strategy : choice->step->strategy;
    const struct data_strategies *row = strategy == NULL ? NULL : data_strategies_by_id(strategy);
    const struct contact *contact =
        person_id == 0 ? NULL : outlook_contact(plan->survey->outlook, person_id);
    struct part_option *options = page_room(page, struct part_option, 4);
    char id[ID_TEXT];
    view->what = week_field(page, "what", "What to leave out", "select", NULL);
    if (kind != NULL) {
        add_option(
            &view->what, options,
            page_printf(page, "step:%s", view->key != NULL ? view->key : choice->planned->origin),
            "This step");
    }
    if (contact != NULL) {
        add_option(&view->what, options, page_printf(page, "person:%s", id_format(person_id, id)),
                   page_printf(page, "Everything with %s", contact->name));
    }
    if (kind != NULL) {
        add_option(&view->what, options, page_printf(page, "kind:%s", kind->id),
                   "Every step of this kind");
    }
    if (row != NULL) {
        add_option(&view->what, options, page_printf(page, "strategy:%s", row->id),
                   page_printf(page, "All of “%s”", row->name));
    }
}

static void fill_until(struct page *page, int32_t today, struct week_step_view *view)
{
    static const struct {
        int days;
        const char *label;
    } spans[] = {{0, "Until next Monday"}, {28, "For four weeks"}, {91, "For three months"}};
    struct part_option *options = page_room(page, struct part_option, G_N_ELEMENTS(spans) + 1);
    struct part_option *reasons = page_room(page, struct part_option, n_data_refusal_reasons + 1);
    char iso[DAY_TEXT];
    view->until = week_field(page, "until", "How long", "select", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(spans); i++) {
        int32_t day = spans[i].days == 0 ? week_monday(today) + 7 : today + spans[i].days;
        add_option(&view->until, options, page_printf(page, "%s", day_format(day, iso)),
                   spans[i].label);
    }
    add_option(&view->until, options, "", "For good");
    view->reason = week_field(page, "reason", "Why", "select", NULL);
    view->reason.hint = "For yourself; nobody else learns of it.";
    add_option(&view->reason, reasons, "", "I would rather not say");
    for (size_t i = 0; i < n_data_refusal_reasons; i++) {
        add_option(&view->reason, reasons, data_refusal_reasons[i].id,
                   data_refusal_reasons[i].words);
    }
}

static bool show_step(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(week_plan_ptr) plan = NULL;
    const char *asked = page_query(page, "id");
    const char *key = page_query(page, "key");
    int32_t today = book_today(&book);
    int64_t step_id = 0;
    struct week_choice choice = {0};
    struct week_step_view view = {.back = "/week", .refusal = page->refusal};
    char iso[DAY_TEXT];
    if (asked != NULL && !id_parse(asked, &step_id)) {
        step_id = 0;
    }
    if (!week_plan(&book, &page->actions->strategies, week_monday(today), &plan, error)) {
        return false;
    }
    bool is_found = step_id != 0 ? find_step(plan, step_id, &choice)
                                 : find_suggestion(plan->survey, key, &choice);
    if (!is_found) {
        return refuse(error, "suggestion.not_found",
                      "This is not suggested any more: it is a step already, or its time is over.");
    }
    if (!week_fill_row(page, &book, plan, &choice, &view.step, error)) {
        return false;
    }
    view.id = step_id != 0 ? page_printf(page, "%s", asked) : NULL;
    view.key = step_id != 0 ? NULL : page_printf(page, "%s", key);
    g_autofree char *part = key == NULL ? NULL : g_uri_escape_string(key, NULL, false);
    view.stands = page_printf(page, "/week/step?%s=%s", step_id != 0 ? "id" : "key",
                              step_id != 0 ? asked : part);
    view.can_pin = step_id != 0 && !choice.is_done;
    view.is_pinned = choice.planned != NULL && choice.planned->is_pinned;
    int32_t day = choice.step != NULL && choice.step->due_day != DAY_NONE
                      ? MAX(choice.step->due_day, today)
                      : today;
    view.day = week_field(page, step_id != 0 ? "to" : "on", "Day", "date",
                          page_printf(page, "%s", day_format(day, iso)));
    view.day.is_required = true;
    fill_terms(page, plan, &choice, &view);
    fill_leave(page, plan, &choice, &view);
    fill_until(page, today, &view);
    page_frame(page, NAV_WEEK, "One step", &view.frame);
    week_step_render(page->out, &view);
    return true;
}

bool week_page_step(struct page *page, GError **error)
{
    return db_read(page->db, "page week step", show_step, page, error);
}
