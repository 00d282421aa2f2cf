/* /search?q=: people, then notes. */
#include "feature/search/search.h"

#include "base/words.h"
#include "feature/search/search_view.h"
#include "page/html.h"
#include "page/usual.h"
#include "search.tpl.h"

#define SHOWN 30

struct asked {
    struct page *page;
    const char *query;
    GStringChunk *text;
    GArray *hits; /* struct search_hit */
    struct search search;
};

static bool load(struct db_tx *tx, void *data, GError **error)
{
    struct asked *asked = data;
    struct book book = BOOK(tx, asked->page->env, asked->page->account_id);
    g_array_set_size(asked->hits, 0);
    asked->search = (struct search){.typed = asked->query, .limit = SHOWN};
    return asked->query[0] == '\0' ||
           search_people(&book, &asked->search, asked->text, asked->hits, error);
}

static struct search_row row_of(struct page *page, const struct search_hit *hit)
{
    const struct person_row *person = &hit->person;
    char id[ID_TEXT];
    id_format(person->person_id, id);
    return (struct search_row){
        .name = page_name(page, person),
        .tie = page_tie(person, true),
        .headline = person->headline,
        .org = person->org,
        .snippet = hit->snippet,
        .note_href = hit->touch_id == 0 ? NULL : page_printf(page, "/people/%s#line", id),
    };
}

static void say_empty(const struct asked *asked, struct search_view *view)
{
    bool is_asked = asked->query[0] != '\0';
    view->has_empty = !is_asked || asked->hits->len == 0;
    view->empty =
        is_asked ? (struct part_empty){.lead = page_printf(asked->page, "Nothing holds “%s”.",
                                                           asked->query),
                                       .text = "Fewer letters find more: the beginning of a name "
                                               "is enough, in any script.",
                                       .act = {.label = "All people", .href = "/people"}}
                 : (struct part_empty){
                       .lead = "Type the beginning of a name, a place, a school, a tag, or a word "
                               "of a note.",
                       .text = "Names are found in any script: amina finds أمينة too."};
}

bool search_page(struct page *page, GError **error)
{
    const char *query = page_query(page, "q");
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) hits = g_array_new(FALSE, TRUE, sizeof(struct search_hit));
    g_autoptr(GArray) people = g_array_new(FALSE, TRUE, sizeof(struct search_row));
    g_autoptr(GArray) notes = g_array_new(FALSE, TRUE, sizeof(struct search_row));
    struct asked asked = {
        .page = page, .query = query != NULL ? query : "", .text = text, .hits = hits};
    if (!db_read(page->db, "search.page", load, &asked, error)) {
        return false;
    }
    for (guint i = 0; i < hits->len; i++) {
        const struct search_hit *hit = &g_array_index(hits, struct search_hit, i);
        struct search_row row = row_of(page, hit);
        g_array_append_val(hit->snippet != NULL ? notes : people, row);
    }
    struct search_view view = {.query = asked.query,
                               .people = (const struct search_row *)(void *)people->data,
                               .n_people = people->len,
                               .notes = (const struct search_row *)(void *)notes->data,
                               .n_notes = notes->len};
    page_frame(page, NAV_PEOPLE, "Search", &view.frame);
    view.frame.query = asked.query;
    view.people_meta = page_keep(page, words_count(people->len, "person", "people"));
    view.notes_meta = page_keep(page, words_count(notes->len, "note", "notes"));
    say_empty(&asked, &view);
    if (hits->len > 0) {
        g_autofree char *found = words_count(asked.search.total, "person", "people");
        view.lead = page_printf(page, "%s with “%s”.", found, asked.query);
    }
    if (asked.search.total > SHOWN) {
        g_autofree char *coded = g_uri_escape_string(asked.query, NULL, FALSE);
        g_autofree char *count = words_number(asked.search.total);
        view.all_href = page_printf(page, "/people?q=%s&sort=tie", coded);
        view.all_words = page_printf(page, "All %s", count);
    }
    if (page->is_fragment && g_strcmp0(page->hx_target, "found") == 0) {
        search_block_found(page->out, &view);
    } else {
        search_render(page->out, &view);
    }
    return true;
}
