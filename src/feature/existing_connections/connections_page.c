/* The page of existing connections: introductions under way, who could introduce you to whom, who near
 * to you has a US link, and the circle. */
#include "feature/existing_connections/connections_parts.h"

#include "base/words.h"
#include "existing_connections.tpl.h"
#include "model/since.h"
#include "net/http.h"
#include "page/usual.h"

#include <limits.h>
#include <string.h>

#define LINKS_MOST 12
#define PAIRS_SHOWN 8
#define FAVOURS_MOST 40
#define NEAR_TIE 0.35F

static int warmest_first(gconstpointer a_, gconstpointer b_)
{
    const struct contact *a = *(const struct contact *const *)a_;
    const struct contact *b = *(const struct contact *const *)b_;
    if (a->tie != b->tie) {
        return a->tie > b->tie ? -1 : 1;
    }
    return a->person_id < b->person_id ? -1 : a->person_id > b->person_id;
}

static const char *place_words(struct page *page, const struct contact *contact)
{
    const char *what = contact->headline != NULL ? contact->headline : contact->org;
    bool has_both = what != NULL && contact->place != NULL;
    return has_both ? page_printf(page, "%s, %s", what, contact->place)
                    : page_printf(page, "%s", what != NULL             ? what
                                              : contact->place != NULL ? contact->place
                                                                       : "");
}

static void fill_links(struct page *page, const struct outlook *outlook,
                       struct connections_view *view)
{
    g_autoptr(GPtrArray) near = g_ptr_array_new();
    for (guint i = 0; i < outlook->contacts->len; i++) {
        const struct contact *one = &g_array_index(outlook->contacts, struct contact, i);
        if (contact_is(one, CONTACT_US_LINK) &&
            (circle_has(one) || (one->n_touches > 0 && one->tie >= NEAR_TIE))) {
            g_ptr_array_add(near, (gpointer)one);
        }
    }
    g_ptr_array_sort(near, warmest_first);
    struct link_row *rows = page_room(page, struct link_row, LINKS_MOST);
    for (guint i = 0; i < near->len && i < LINKS_MOST; i++) {
        const struct contact *one = near->pdata[i];
        rows[view->n_links++] = (struct link_row){.name = page_contact_name(page, one),
                                                  .tie = page_contact_tie(one),
                                                  .words = place_words(page, one)};
    }
    view->links = rows;
    view->links_count = near->len > LINKS_MOST
                            ? page_printf(page, "the warmest %d of %u", LINKS_MOST, near->len)
                            : "";
}

static void fill_pairs(struct page *page, const struct outlook *outlook,
                       struct connections_view *view)
{
    g_autoptr(GArray) pairs = g_array_new(false, true, sizeof(struct intro_pair));
    intro_pairs(outlook, pairs);
    struct pair_row *rows = page_room(page, struct pair_row, PAIRS_SHOWN);
    for (guint i = 0; i < pairs->len && i < PAIRS_SHOWN; i++) {
        const struct intro_pair *pair = &g_array_index(pairs, struct intro_pair, i);
        rows[view->n_pairs++] =
            (struct pair_row){.by = page_contact_name(page, pair->by),
                              .target = page_contact_name(page, pair->target),
                              .tie = page_contact_tie(pair->by),
                              .words = page_printf(page, "both at %s", pair->target->org),
                              .by_id = pair->by->person_id,
                              .target_id = pair->target->person_id};
    }
    view->pairs = rows;
}

static bool is_over(const struct favour *favour)
{
    return strcmp(favour->state, "told") == 0 || strcmp(favour->state, "declined") == 0;
}

/* Open ones first, both parts newest first. */
static void fill_favours(struct page *page, const struct outlook *outlook,
                         struct connections_view *view)
{
    struct favour_row *rows = page_room(page, struct favour_row, FAVOURS_MOST);
    int n_open = 0;
    int n = 0;
    for (int round = 0; round < 2; round++) {
        for (guint i = 0; i < outlook->favours->len; i++) {
            const struct favour *favour = &g_array_index(outlook->favours, struct favour, i);
            const struct contact *by = favour_is_intro(favour) && is_over(favour) == (round == 1)
                                           ? outlook_contact(outlook, favour->person_id)
                                           : NULL;
            if (by == NULL) {
                continue;
            }
            n++;
            n_open += round == 0;
            if (view->n_favours < FAVOURS_MOST) {
                struct favour_row *row = &rows[view->n_favours++];
                bool has_about = favour->about_person_id != 0 || favour->about != NULL;
                const char *about =
                    has_about ? page_printf(page, "%s", intro_about(outlook, favour)) : NULL;
                favour_words(page, favour, about, outlook->today, row);
                row->title = about != NULL ? page_printf(page, "to %s", about) : "to somebody";
                row->name = page_contact_name(page, by);
            }
        }
    }
    view->favours = rows;
    view->favours_count = n > 0 ? page_printf(page, "%d open, %d in all", n_open, n) : "";
}

static void fill_circle(struct page *page, const struct outlook *outlook,
                        struct connections_view *view)
{
    int n = circle_count(outlook, INT_MAX);
    g_autofree char *people =
        words_count(n, "person of your circle is", "people of your circle are");
    const struct data_circle *next = circle_next(outlook->practices, NULL);
    view->prompts = circle_rows(page, outlook, NULL, &view->circle_count);
    view->n_prompts = n_data_circle;
    view->circle_words =
        n == 0 ? "Family, friends, teachers, colleagues, seniors: most of them are in no export. "
                 "Fourteen short prompts help you remember."
               : page_printf(page, "%s in the book. Whoever is missing can be added prompt by "
                                   "prompt; a name is enough.",
                             people);
    view->next_href =
        next != NULL ? page_printf(page, "/strategies/existing_connections/circle?prompt=%s",
                                   next->id)
                     : NULL;
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(survey_ptr) survey = NULL;
    struct connections_view view = {.refusal = page->refusal};
    if (!survey_take(&book, &page->actions->strategies, &survey, error) ||
        !page_strategy(page, &book, survey, CONNECTIONS_ID, &view.about, error)) {
        return false;
    }
    fill_favours(page, survey->outlook, &view);
    fill_pairs(page, survey->outlook, &view);
    fill_links(page, survey->outlook, &view);
    fill_circle(page, survey->outlook, &view);
    page_frame(page, NAV_STRATEGIES, "Existing connections", &view.frame);
    existing_connections_render(page->out, &view);
    return true;
}

bool connections_page(struct page *page, GError **error)
{
    return db_read(page->db, "page existing connections", show, page, error);
}
