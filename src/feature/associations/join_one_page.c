/* The page of one membership: what it costs, whom one met, what is known of the body. */
#include "feature/associations/join.h"

#include "associations_one.tpl.h"
#include "base/money.h"
#include "base/words.h"
#include "feature/associations/join_view.h"
#include "model/person_list.h"
#include "page/usual.h"

#include <string.h>

#define FOUND_MOST 8

static void fill_met(struct page *page, const struct outlook *outlook, const struct pursuit *one,
                     struct join_one_view *view)
{
    const GArray *links = outlook->pursuit_people;
    struct join_met_row *rows = page_room(page, struct join_met_row, MAX(links->len, 1U));
    char id[ID_TEXT];
    for (guint i = 0; i < links->len; i++) {
        const struct pursuit_person *link = &g_array_index(links, struct pursuit_person, i);
        const struct contact *contact =
            link->pursuit_id != one->pursuit_id ? NULL : outlook_contact(outlook, link->person_id);
        if (contact == NULL) {
            continue;
        }
        g_autofree char *day =
            link->on_day != DAY_NONE ? day_words(link->on_day, outlook->today) : NULL;
        const char *latin = page_printf(page, "%s", contact->name);
        const char *own =
            contact->own_name != NULL ? page_printf(page, "%s", contact->own_name) : latin;
        rows[view->n_met++] = (struct join_met_row){
            .person_id = contact->person_id,
            .name = part_name_of(
                own, latin, page_printf(page, "/people/%s", id_format(contact->person_id, id))),
            .day = day != NULL ? page_printf(page, "met %s", day) : "no day noted"};
    }
    view->met = rows;
}

static bool is_met(const struct join_one_view *view, int64_t person_id)
{
    for (size_t i = 0; i < view->n_met; i++) {
        if (view->met[i].person_id == person_id) {
            return true;
        }
    }
    return false;
}

static bool fill_found(struct page *page, struct book *book, struct join_one_view *view,
                       GError **error)
{
    const char *query = page_query(page, "who");
    if (query == NULL || *query == '\0') {
        return true;
    }
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) people = g_array_new(false, true, sizeof(struct person_row));
    struct person_filter filter = {.query = query};
    struct person_page list = {.sort = PERSON_BY_TIE, .limit = FOUND_MOST};
    if (!person_list(book, &filter, &list, text, people, error)) {
        return false;
    }
    struct join_met_row *rows = page_room(page, struct join_met_row, MAX(people->len, 1U));
    for (guint i = 0; i < people->len; i++) {
        const struct person_row *person = &g_array_index(people, struct person_row, i);
        if (!is_met(view, person->person_id)) {
            rows[view->n_found++] = (struct join_met_row){
                .person_id = person->person_id,
                .name = page_name(page, person),
                .words = person->headline != NULL ? page_printf(page, "%s", person->headline) : ""};
        }
    }
    view->query = page_printf(page, "%s", query);
    view->found = rows;
    view->nobody =
        view->n_found > 0 ? NULL : page_printf(page, "Nobody else matches “%s”.", view->query);
    return true;
}

static const char *price_of(struct page *page, int64_t cents, const char *currency)
{
    struct money money = {.cents = cents};
    g_strlcpy(money.currency, currency != NULL ? currency : "USD", sizeof money.currency);
    return page_keep(page, money_format(&money));
}

static void fill_ledger(struct page *page, const struct pursuit *one, int32_t today,
                        struct join_one_view *view)
{
    int32_t day = membership_renewal(one);
    view->is_active = membership_is_active(one);
    view->is_lapsed = one->closed_at != AT_NONE;
    view->state = view->is_active                       ? "Member"
                  : strcmp(one->stage, "declined") == 0 ? "Not joined"
                  : view->is_lapsed                     ? "Let go"
                                                        : "To decide";
    view->price_year = MAX(one->price_year, 0);
    view->price = one->cost_cents < 0    ? NULL
                  : one->cost_cents == 0 ? "free"
                                         : price_of(page, one->cost_cents, one->currency);
    view->renewal =
        view->is_active && day != DAY_NONE ? page_keep(page, day_words(day, today)) : NULL;
    if (view->n_met > 0 && one->cost_cents > 0) {
        view->each = page_printf(
            page, "%s each", price_of(page, one->cost_cents / (int64_t)view->n_met, one->currency));
    }
}

static void fill_body(struct page *page, const struct outlook *outlook, const struct pursuit *one,
                      struct join_one_view *view)
{
    const struct data_associations *row = data_associations_by_id(one->ref);
    bool is_own = membership_shelf(one) == SHELF_OWN;
    view->back = is_own ? "/strategies/ethnic_specialty_groups" : "/strategies/associations";
    view->back_name = is_own ? "Ethnic and specialty groups" : "Professional associations";
    view->lead = "A fee pays only if you take part.";
    if (row != NULL) {
        struct association_fit fit;
        struct body_row *body = page_room(page, struct body_row, 1);
        association_fit(row, &outlook->goal, outlook->today, &fit);
        *body = page_body(page, &fit, outlook);
        view->body = body;
        view->n_body = 1;
        view->lead = body->why != NULL ? body->why : view->lead;
    }
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(survey_ptr) survey = NULL;
    struct pursuit one;
    struct join_one_view view = {0};
    char id[ID_TEXT];
    if (!join_load(&book, page_var_id(page, "id"), text, &one, error) ||
        !survey_take(&book, &page->actions->strategies, &survey, error)) {
        return false;
    }
    const struct outlook *outlook = survey->outlook;
    view.it = page_membership(page, &one, outlook);
    view.here = page_printf(page, "/memberships/%s", id_format(one.pursuit_id, id));
    fill_met(page, outlook, &one, &view);
    fill_ledger(page, &one, outlook->today, &view);
    fill_body(page, outlook, &one, &view);
    if (!fill_found(page, &book, &view, error)) {
        return false;
    }
    view.form.n_fields = page_membership_fields(page, &one, &view.form.fields);
    view.form.refusal = page->refusal;
    view.form.looks_like_patient = page->refusal != NULL && page->typed != NULL;
    page_frame(page, NAV_STRATEGIES, view.it.title, &view.frame);
    associations_one_render(page->out, &view);
    return true;
}

bool join_page_one(struct page *page, GError **error)
{
    return db_read(page->db, "page membership", show, page, error);
}
