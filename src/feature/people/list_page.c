/* /people: the address book as a table. The address says all: words, filter, order, page; a
 * fragment answers typing. */
#include "feature/people/list_filter.h"

#include "base/error.h"
#include "base/words.h"
#include "model/merge.h"
#include "page/html.h"
#include "page/usual.h"
#include "people.tpl.h"

#include <string.h>

#define PAGE_SIZE 25

struct asked {
    struct page *page;
    struct list_address address;
    struct person_filter filter;
    struct person_page list;
    bool is_fragment; /* only the rows are asked for */
    const char *refusal;
    GStringChunk *text;
    GArray *rows; /* struct person_row */
    struct list_offers offers;
    int64_t n_people;
    int64_t n_us_link;
    int64_t n_twins;
};

/* ---- reading ---- */

static bool count_of(struct book *book, const struct person_filter *filter, int64_t *n_out,
                     GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(struct person_row));
    struct person_page page = {.sort = PERSON_BY_NAME, .limit = 1};
    if (!person_list(book, filter, &page, text, rows, error)) {
        return false;
    }
    *n_out = page.total;
    return true;
}

/* What stands around the rows. */
static bool load_frame(struct book *book, struct asked *asked, GError **error)
{
    const struct person_filter us_link = {.has_us_link = true};
    g_autoptr(GArray) pairs = g_array_new(FALSE, TRUE, sizeof(struct pair));
    return count_of(book, &us_link, &asked->n_us_link, error) &&
           list_offers_load(book, asked->text, &asked->offers, error) &&
           pair_list(book, 1, asked->text, pairs, &asked->n_twins, error);
}

static bool load(struct db_tx *tx, void *data, GError **error)
{
    struct asked *asked = data;
    struct book book = BOOK(tx, asked->page->env, asked->page->account_id);
    GArray *const filled[] = {asked->rows,           asked->offers.tags,
                              asked->offers.schools, asked->offers.specialties,
                              asked->offers.regions, asked->offers.languages};
    for (size_t i = 0; i < G_N_ELEMENTS(filled); i++) {
        g_array_set_size(filled[i], 0);
    }
    g_autoptr(GError) trouble = NULL;
    bool is_listed =
        person_list(&book, &asked->filter, &asked->list, asked->text, asked->rows, &trouble);
    if (!is_listed && error_has_code(trouble, "person.cursor_invalid")) {
        asked->list.after = NULL;
        asked->address.after = NULL;
        asked->address.from = 0;
        is_listed =
            person_list(&book, &asked->filter, &asked->list, asked->text, asked->rows, error);
    } else if (!is_listed) {
        g_propagate_error(error, g_steal_pointer(&trouble));
    }
    return is_listed && person_count(&book, &asked->n_people, error) &&
           (asked->is_fragment || load_frame(&book, asked, error));
}

/* The address of the request. A filter that is not understood is told, and left out. */
static void read_address(struct page *page, struct asked *asked)
{
    const char *from = page_query(page, "from");
    asked->address =
        (struct list_address){.query = page_query(page, "q"),
                              .where = page_query(page, "where"),
                              .sort = page_query(page, "sort"),
                              .import = page_query(page, "import"),
                              .is_new = page_query(page, "new"),
                              .after = page_query(page, "after"),
                              .from = from != NULL ? (int)g_ascii_strtoll(from, NULL, 10) : 0};
    asked->address.from = CLAMP(asked->address.from, 0, 10000000);
    g_autoptr(GError) error = NULL;
    if (asked->address.where != NULL &&
        !people_where_parse(asked->address.where, asked->text, &asked->filter, &error)) {
        asked->refusal = page_printf(page, "%s", error->message);
        asked->filter = (struct person_filter){0};
        asked->address.where = NULL;
    }
    if (asked->address.query != NULL && asked->address.query[0] != '\0') {
        asked->filter.query =
            page_printf(page, "%s %s", asked->filter.query != NULL ? asked->filter.query : "",
                        asked->address.query);
    }
    int64_t import_id;
    if (asked->address.import != NULL && id_parse(asked->address.import, &import_id)) {
        asked->filter.import_id = import_id;
        asked->filter.is_new_of_import = asked->address.is_new != NULL;
    }
    asked->list.sort =
        asked->address.sort != NULL ? person_sort_parse(asked->address.sort) : PERSON_BY_TIE;
    asked->list.sort = asked->list.sort == PERSON_SORT_NONE ? PERSON_BY_TIE : asked->list.sort;
    asked->list.limit = PAGE_SIZE;
    asked->list.after = asked->address.after;
}

/* ---- showing ---- */

static const char *due_words(struct page *page, const struct person_row *row, int32_t today,
                             bool *is_late_out)
{
    *is_late_out = row->due_day != DAY_NONE && row->due_day < today;
    if (row->due_day == DAY_NONE) {
        return NULL;
    }
    return page_keep(page, *is_late_out ? words_late(today - row->due_day)
                                        : day_relative(row->due_day, today));
}

static struct people_row row_of(struct page *page, const struct person_row *person, int32_t today)
{
    struct people_row row = {
        .id = person->person_id,
        .name = page_name(page, person),
        .tie = page_tie(person, false),
        .headline = person->headline,
        .last = person->last_touch_day == DAY_NONE
                    ? "never"
                    : page_keep(page, day_relative(person->last_touch_day, today)),
        .is_closed = person->do_not_contact,
        .is_deleted = person->deleted_at != AT_NONE,
    };
    bool has_both =
        person->org != NULL && person->place != NULL && strstr(person->org, person->place) == NULL;
    row.where = has_both              ? page_printf(page, "%s, %s", person->org, person->place)
                : person->org != NULL ? person->org
                                      : person->place;
    row.due = due_words(page, person, today, &row.is_late);
    if (person->tags != NULL) {
        char **tags = g_strsplit(person->tags, " ", 12);
        row.n_tags = g_strv_length(tags);
        for (size_t i = 0; i < row.n_tags; i++) {
            page_keep(page, tags[i]);
        }
        row.tags = (const char *const *)(void *)page_keep(page, (char *)tags);
    }
    return row;
}

static void show_rows(struct asked *asked, GArray *rows, struct people_view *view)
{
    int32_t today = clock_today(&asked->page->env->clock);
    for (guint i = 0; i < asked->rows->len; i++) {
        struct people_row row =
            row_of(asked->page, &g_array_index(asked->rows, struct person_row, i), today);
        g_array_append_val(rows, row);
    }
    view->rows = (const struct people_row *)(void *)rows->data;
    view->n_rows = rows->len;
    g_autofree char *total = words_number(asked->list.total);
    int first = asked->address.from > 0 ? asked->address.from : 1;
    int last = first + (int)rows->len - 1;
    view->shown = asked->list.total == (int64_t)rows->len
                      ? page_keep(asked->page, words_count(asked->list.total, "person", "people"))
                      : page_printf(asked->page, "%u of %s", rows->len, total);
    view->range = page_printf(asked->page, "%d to %d of %s", first, last, total);
    struct list_address there = asked->address;
    if (asked->list.next != NULL) {
        there.after = asked->list.next;
        there.from = last + 1;
        view->next_href = list_address_write(asked->page, &there);
        view->next =
            page_printf(asked->page, "Next %d", (int)MIN(PAGE_SIZE, asked->list.total - last));
    }
    view->back = list_address_write(asked->page, &asked->address);
    there.after = NULL;
    there.from = 0;
    view->top_href = asked->address.after != NULL ? list_address_write(asked->page, &there) : NULL;
}

static void show_heads(struct asked *asked, struct people_head *heads, struct people_view *view)
{
    static const struct {
        const char *label;
        enum person_sort sort;
        const char *plain;
        const char *aria;
        const char *mark;
    } columns[] = {
        {"Person", PERSON_BY_NAME, "name", "ascending", " ↑"},
        {"Where", PERSON_SORT_NONE, NULL, NULL, NULL},
        {"Tie", PERSON_BY_TIE, "tie", "descending", " ↓"},
        {"Last touch", PERSON_BY_LAST_TOUCH, "last touch", "descending", " ↓"},
        {"Due", PERSON_BY_DUE, "due day", "ascending", " ↑"},
        {"Tags", PERSON_SORT_NONE, NULL, NULL, NULL},
    };
    view->sorted = asked->list.sort == PERSON_BY_ADDED ? "day they came in" : "name";
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        bool is_on = columns[i].sort == asked->list.sort;
        struct list_address there = asked->address;
        there.sort = person_sort_text(columns[i].sort);
        there.after = NULL;
        there.from = 0;
        bool has_order = columns[i].sort != PERSON_SORT_NONE && !asked->filter.is_deleted;
        heads[i] = (struct people_head){.label = columns[i].label,
                                        .plain = columns[i].plain,
                                        .mark = is_on ? columns[i].mark : "",
                                        .aria = is_on ? columns[i].aria : "none",
                                        .href = has_order ? list_address_write(asked->page, &there)
                                                          : NULL};
        view->sorted = is_on && columns[i].plain != NULL ? columns[i].plain : view->sorted;
    }
    view->heads = heads;
    view->n_heads = G_N_ELEMENTS(columns);
}

static void show_empty(struct asked *asked, struct people_view *view)
{
    view->has_nobody = asked->n_people == 0 && !asked->filter.is_deleted;
    view->has_none = asked->rows->len == 0;
    if (view->has_nobody) {
        view->empty = (struct part_empty){
            .lead = "No one is here yet.",
            .text = "A LinkedIn export, a phone's address book, a Gmail or Outlook file: bring one "
                    "in, or add a person by hand.",
            .act = {.label = "Bring people in", .href = "/import", .is_main = true},
            .has_thread = true};
    } else if (asked->filter.is_deleted) {
        view->empty = (struct part_empty){.lead = "Nobody is waiting to come back.",
                                          .act = {.label = "All people", .href = "/people"}};
    } else {
        bool has_words = asked->address.query != NULL && asked->address.query[0] != '\0';
        struct list_address there = {.query = asked->address.query, .sort = asked->address.sort};
        bool has_filter = asked->address.where != NULL || asked->address.import != NULL;
        view->empty = (struct part_empty){
            .lead = has_words
                        ? page_printf(asked->page, "No one matches “%s”%s.", asked->address.query,
                                      has_filter ? " with these filters" : "")
                        : "No one matches these filters.",
            .text =
                has_words
                    ? "Fewer letters find more: the beginning of a name is enough, in any script."
                    : "Take one filter away to see more people.",
            .act = {.label = has_filter ? "Remove the filters" : "Show everyone",
                    .href = has_filter && has_words ? list_address_write(asked->page, &there)
                                                    : "/people"}};
    }
}

static void render(struct asked *asked)
{
    struct page *page = asked->page;
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(struct people_row));
    g_autoptr(GArray) chips = g_array_new(FALSE, TRUE, sizeof(struct part_chip));
    g_autoptr(GArray) menus = g_array_new(FALSE, TRUE, sizeof(struct people_menu));
    struct people_head heads[6];
    struct people_view view = {.query = asked->address.query,
                               .where = asked->address.where,
                               .refusal = asked->refusal,
                               .sort = person_sort_text(asked->list.sort),
                               .is_deleted = asked->filter.is_deleted};
    show_empty(asked, &view);
    show_rows(asked, rows, &view);
    show_heads(asked, heads, &view);
    view.caption = page_printf(page, "%s by %s", view.shown, view.sorted);
    if (asked->is_fragment) {
        view.frame.csrf = page->csrf;
        people_block_list(page->out, &view);
        return;
    }
    page_frame(page, NAV_PEOPLE, "People", &view.frame);
    list_chips(page, &asked->address, &asked->offers, chips);
    list_menus(page, &asked->address, &asked->offers, menus);
    view.chips = (const struct part_chip *)(void *)chips->data;
    view.n_chips = chips->len;
    view.menus = (const struct people_menu *)(void *)menus->data;
    view.n_menus = menus->len;
    view.total = page_keep(page, words_count(asked->n_people, "person", "people"));
    view.us_link = asked->n_us_link > 0
                       ? page_printf(page, "%s %s", page_keep(page, words_number(asked->n_us_link)),
                                     asked->n_us_link == 1 ? "has" : "have")
                       : NULL;
    view.twins = asked->n_twins > 0
                     ? page_printf(page, "%s may",
                                   page_keep(page, words_count(asked->n_twins, "pair", "pairs")))
                     : NULL;
    people_render(page->out, &view);
}

bool people_page_list(struct page *page, GError **error)
{
    struct asked asked = {.page = page,
                          .text = g_string_chunk_new(8192),
                          .rows = g_array_new(FALSE, TRUE, sizeof(struct person_row)),
                          .is_fragment =
                              page->is_fragment && g_strcmp0(page->hx_target, "list") == 0};
    GArray **const offers[] = {&asked.offers.tags, &asked.offers.schools, &asked.offers.specialties,
                               &asked.offers.regions, &asked.offers.languages};
    for (size_t i = 0; i < G_N_ELEMENTS(offers); i++) {
        *offers[i] = g_array_new(FALSE, TRUE, sizeof(struct trait_count));
    }
    read_address(page, &asked);
    bool is_read = db_read(page->db, "people.page", load, &asked, error);
    if (is_read) {
        render(&asked);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(offers); i++) {
        g_array_unref(*offers[i]);
    }
    g_array_unref(asked.rows);
    g_string_chunk_free(asked.text);
    return is_read;
}
