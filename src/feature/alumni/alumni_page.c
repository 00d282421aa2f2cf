/* The page of your school: who was there, by place, specialty, house and year; its events; and how to
 * bring in a list. Filters are links: ?near=yes&region=OH&specialty=...&org=...&from=50 */
#include "feature/alumni/alumni.h"

#include "alumni.tpl.h"
#include "base/words.h"
#include "data_school_columns.h"
#include "feature/alumni/alumni_view.h"
#include "model/recognise.h"
#include "model/since.h"
#include "page/usual.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_SHOWN 50
#define NEAR_YEARS 5
#define CHIPS_MOST 8
#define EVENTS_MOST 20

enum by { BY_NONE, BY_SPECIALTY, BY_REGION, BY_ORG, N_BY };

struct filter {
    const char *of[N_BY]; /* NULL: not asked */
    bool is_near;
};
static const char *const params[N_BY] = {NULL, "specialty", "region", "org"};
static const char *const labels[N_BY] = {NULL, "Specialty", "State", "House"};

static const char *value_of(const struct contact *contact, enum by by)
{
    switch (by) {
    case BY_SPECIALTY: return contact->specialty;
    case BY_REGION: return contact->region;
    case BY_ORG: return contact->department;
    case BY_NONE:
    case N_BY: break;
    }
    return NULL;
}

static const char *label_of(const struct contact *contact, enum by by)
{
    const char *name = by == BY_SPECIALTY ? specialty_name(contact->specialty)
                       : by == BY_REGION  ? region_name(contact->region, true)
                                          : contact->org;
    return name != NULL ? name : value_of(contact, by);
}

static bool is_shown(const struct outlook *outlook, const struct contact *contact,
                     const struct filter *filter)
{
    int years = 0;
    for (enum by by = BY_SPECIALTY; by < N_BY; by++) {
        if (filter->of[by] != NULL && g_strcmp0(filter->of[by], value_of(contact, by)) != 0) {
            return false;
        }
    }
    return !filter->is_near ||
           (alumni_distance(outlook, contact, &years) && abs(years) <= NEAR_YEARS);
}

/* The page with one filter changed; value NULL: taken away. */
static const char *href_of(struct page *page, const struct filter *filter, enum by changed,
                           const char *value, bool is_near, int from)
{
    g_autoptr(GString) out = g_string_new("/strategies/alumni");
    char mark = '?';
    for (enum by by = BY_SPECIALTY; by < N_BY; by++) {
        const char *now = by == changed ? value : filter->of[by];
        if (now != NULL) {
            g_string_append_printf(out, "%c%s=", mark, params[by]);
            g_string_append_uri_escaped(out, now, NULL, false);
            mark = '&';
        }
    }
    if (is_near) {
        g_string_append_printf(out, "%cnear=yes", mark);
        mark = '&';
    }
    if (from > 0) {
        g_string_append_printf(out, "%cfrom=%d", mark, from);
    }
    g_string_append(out, "#people");
    return page_printf(page, "%s", out->str);
}

/* ---- filters ---- */

struct choice {
    const struct contact *example;
    int n;
};

static int most_first(gconstpointer a_, gconstpointer b_)
{
    const struct choice *a = *(const struct choice *const *)a_;
    const struct choice *b = *(const struct choice *const *)b_;
    return a->n != b->n ? b->n - a->n
                        : (a->example->person_id > b->example->person_id) -
                              (a->example->person_id < b->example->person_id);
}

static struct alumni_menu menu_of(struct page *page, const GPtrArray *people,
                                  const struct filter *filter, enum by by)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    for (guint i = 0; i < people->len; i++) {
        const struct contact *one = people->pdata[i];
        const char *value = value_of(one, by);
        struct choice *choice = value != NULL ? g_hash_table_lookup(known, value) : NULL;
        if (value != NULL && choice == NULL) {
            choice = g_new0(struct choice, 1);
            choice->example = one;
            g_hash_table_insert(known, (gpointer)value, choice);
            g_ptr_array_add(order, choice);
        }
        if (choice != NULL) {
            choice->n++;
        }
    }
    g_ptr_array_sort(order, most_first);
    size_t n = MIN(order->len, CHIPS_MOST);
    struct part_chip *chips = page_room(page, struct part_chip, n);
    for (size_t i = 0; i < n; i++) {
        const struct choice *choice = order->pdata[i];
        const char *value = value_of(choice->example, by);
        bool is_on = g_strcmp0(filter->of[by], value) == 0;
        chips[i] = (struct part_chip){
            .label = page_printf(page, "%s, %d", label_of(choice->example, by), choice->n),
            .href = href_of(page, filter, by, is_on ? NULL : value, filter->is_near, 0),
            .is_on = is_on};
    }
    return (struct alumni_menu){.label = labels[by], .chips = chips, .n_chips = n};
}

/* "Near years" first, then what there is of each. */
static void fill_filters(struct page *page, const struct outlook *outlook, const GPtrArray *people,
                         const struct filter *filter, struct alumni_view *view)
{
    struct alumni_menu *menus = page_room(page, struct alumni_menu, N_BY);
    struct part_chip *chips = page_room(page, struct part_chip, N_BY);
    if (outlook->goal.graduated > 0) {
        struct part_chip *near = page_room(page, struct part_chip, 1);
        *near = (struct part_chip){
            .label = "within five years of yours",
            .href = href_of(page, filter, BY_NONE, NULL, !filter->is_near, 0),
            .is_on = filter->is_near};
        menus[view->n_menus++] =
            (struct alumni_menu){.label = "Years", .chips = near, .n_chips = 1};
        if (filter->is_near) {
            chips[view->n_chips++] = *near;
        }
    }
    for (enum by by = BY_SPECIALTY; by < N_BY; by++) {
        struct alumni_menu menu = menu_of(page, people, filter, by);
        if (menu.n_chips > 0) {
            menus[view->n_menus++] = menu;
        }
        for (guint i = 0; filter->of[by] != NULL && i < people->len; i++) {
            if (g_strcmp0(value_of(people->pdata[i], by), filter->of[by]) == 0) {
                chips[view->n_chips++] = (struct part_chip){
                    .label = page_printf(page, "%s", label_of(people->pdata[i], by)),
                    .href = href_of(page, filter, by, NULL, filter->is_near, 0),
                    .is_on = true};
                break;
            }
        }
    }
    view->menus = menus;
    view->chips = chips;
}

/* ---- people ---- */

/* Near years first, unknown ones last; then the warmer. */
static gint nearest_first(gconstpointer a_, gconstpointer b_, gpointer data)
{
    const struct outlook *outlook = data;
    const struct contact *a = *(const struct contact *const *)a_;
    const struct contact *b = *(const struct contact *const *)b_;
    int of_a = 0;
    int of_b = 0;
    of_a = alumni_distance(outlook, a, &of_a) ? abs(of_a) : 1000;
    of_b = alumni_distance(outlook, b, &of_b) ? abs(of_b) : 1000;
    if (of_a != of_b) {
        return of_a - of_b;
    }
    if (a->tie != b->tie) {
        return a->tie > b->tie ? -1 : 1;
    }
    return a->person_id < b->person_id ? -1 : a->person_id > b->person_id;
}

static struct alumni_row row_of(struct page *page, const struct outlook *outlook,
                                const struct contact *contact)
{
    int years;
    g_autoptr(GStringChunk) text = g_string_chunk_new(64);
    const char *org = contact->org != NULL ? contact->org : "";
    const char *place = contact->place != NULL ? contact->place : "";
    const char *between = *org != '\0' && *place != '\0' ? ", " : "";
    const char *specialty = specialty_name(contact->specialty);
    struct alumni_row row = {
        .name = page_contact_name(page, contact),
        .where = page_printf(page, "%s%s%s", org, between, place),
        .specialty = specialty != NULL ? specialty : "",
        .year = contact->class_year > 0 ? page_printf(page, "%d", contact->class_year) : "",
        .tie = page_contact_tie(contact)};
    if (alumni_distance(outlook, contact, &years)) {
        row.distance = page_printf(page, "%s", alumni_distance_words(years, text));
    }
    if (contact->last_day != DAY_NONE) {
        g_autofree char *last = day_relative(contact->last_day, outlook->today);
        row.last = page_printf(page, "%s", last);
    }
    return row;
}

static void fill_people(struct page *page, const struct outlook *outlook,
                        const struct filter *filter, struct alumni_view *view)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    g_autoptr(GPtrArray) shown = g_ptr_array_new();
    int n_us = 0;
    for (guint i = 0; i < outlook->contacts->len; i++) {
        const struct contact *one = &g_array_index(outlook->contacts, struct contact, i);
        if (!contact_is(one, CONTACT_SCHOOL)) {
            continue;
        }
        g_ptr_array_add(all, (gpointer)one);
        n_us += contact_is(one, CONTACT_US_LINK);
        if (is_shown(outlook, one, filter)) {
            g_ptr_array_add(shown, (gpointer)one);
        }
    }
    g_ptr_array_sort_with_data(shown, nearest_first, (gpointer)outlook);
    const char *typed = page_query(page, "from");
    guint from = typed != NULL ? (guint)CLAMP(g_ascii_strtoll(typed, NULL, 10), 0, 1000000) : 0;
    from = from >= shown->len ? 0 : from;
    guint n = MIN(shown->len - from, ROWS_SHOWN);
    struct alumni_row *rows = page_room(page, struct alumni_row, n);
    for (guint i = 0; i < n; i++) {
        rows[i] = row_of(page, outlook, shown->pdata[from + i]);
    }
    view->rows = rows;
    view->n_rows = n;
    view->found = all->len > 0 ? page_printf(page, "%u in the book, %d with a US link", all->len,
                                             n_us)
                               : "";
    view->range = page_printf(page, "%u to %u of %u", from + 1, from + n, shown->len);
    view->previous_href = from > 0 ? href_of(page, filter, BY_NONE, NULL, filter->is_near,
                                             (int)from - MIN((int)from, ROWS_SHOWN))
                                   : NULL;
    view->next_href = from + n < shown->len ? href_of(page, filter, BY_NONE, NULL,
                                                      filter->is_near, (int)(from + n))
                                            : NULL;
    if (all->len > 0) {
        fill_filters(page, outlook, all, filter, view);
    }
}

/* ---- events ---- */

static struct alumni_event event_of(struct page *page, const struct outlook *outlook,
                                    const struct pursuit *one)
{
    struct alumni_event event = {.id = one->pursuit_id,
                                 .title = page_printf(page, "%s", one->title),
                                 .note = one->note != NULL ? page_printf(page, "%s", one->note)
                                                           : NULL,
                                 .is_open = one->closed_at == AT_NONE};
    if (one->from_day != DAY_NONE) {
        g_autofree char *day = day_words(one->from_day, outlook->today);
        g_autofree char *near = day_relative(one->from_day, outlook->today);
        event.is_past = one->from_day <= outlook->today;
        event.when = abs(one->from_day - outlook->today) <= 21
                         ? page_printf(page, "%s, %s", day, near)
                         : page_printf(page, "%s", day);
    } else {
        event.when = "no day yet";
    }
    struct part_name *met = page_room(page, struct part_name, outlook->pursuit_people->len);
    for (guint i = 0; i < outlook->pursuit_people->len; i++) {
        const struct pursuit_person *link =
            &g_array_index(outlook->pursuit_people, struct pursuit_person, i);
        const struct contact *contact = link->pursuit_id == one->pursuit_id
                                            ? outlook_contact(outlook, link->person_id)
                                            : NULL;
        if (contact != NULL) {
            met[event.n_met++] = page_contact_name(page, contact);
        }
    }
    event.met = met;
    event.who = (struct part_field){.name = "who",
                                    .id = page_printf(page, "who-%" G_GINT64_FORMAT,
                                                      one->pursuit_id),
                                    .label = "Name, as in your address book",
                                    .is_required = true,
                                    .autocomplete = "off"};
    return event;
}

static void fill_events(struct page *page, const struct outlook *outlook, struct alumni_view *view)
{
    struct alumni_event *events = page_room(page, struct alumni_event, EVENTS_MOST);
    for (guint i = 0; i < outlook->pursuits->len && view->n_events < EVENTS_MOST; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (alumni_is_event(one)) {
            events[view->n_events++] = event_of(page, outlook, one);
        }
    }
    view->events = events;
    view->title = (struct part_field){.name = "title",
                                      .label = "What it is",
                                      .is_required = true,
                                      .value = page_typed(page, "title", NULL),
                                      .error = page_refused(page, "title"),
                                      .hint = "Reunion of 2022, dinner of the association."};
    view->day = (struct part_field){.name = "on",
                                    .label = "Day",
                                    .type = "date",
                                    .is_required = true,
                                    .value = page_typed(page, "on", NULL),
                                    .error = page_refused(page, "on")};
    view->note = (struct part_field){.name = "note",
                                     .label = "Where, or the link",
                                     .value = page_typed(page, "note", NULL),
                                     .error = page_refused(page, "note")};
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(survey_ptr) survey = NULL;
    struct alumni_view view = {.refusal = page->refusal};
    if (!survey_take(&book, &page->actions->strategies, &survey, error) ||
        !page_strategy(page, &book, survey, ALUMNI_ID, &view.about, error)) {
        return false;
    }
    const struct outlook *outlook = survey->outlook;
    struct filter filter = {.is_near = g_strcmp0(page_query(page, "near"), "yes") == 0};
    for (enum by by = BY_SPECIALTY; by < N_BY; by++) {
        const char *asked = page_query(page, params[by]);
        filter.of[by] = asked != NULL && asked[0] != '\0' ? asked : NULL;
    }
    view.school = outlook->goal.school != NULL && outlook->goal.school[0] != '\0'
                      ? page_printf(page, "%s", outlook->goal.school)
                      : NULL;
    fill_people(page, outlook, &filter, &view);
    fill_events(page, outlook, &view);
    struct alumni_column *columns = page_room(page, struct alumni_column, n_data_school_columns);
    for (size_t i = 0; i < n_data_school_columns; i++) {
        columns[i] =
            (struct alumni_column){data_school_columns[i].name, data_school_columns[i].words};
    }
    view.columns = columns;
    view.n_columns = n_data_school_columns;
    page_frame(page, NAV_STRATEGIES, "Alumni networks", &view.frame);
    alumni_render(page->out, &view);
    return true;
}

bool alumni_page(struct page *page, GError **error)
{
    return db_read(page->db, "page alumni", show, page, error);
}
