/* /people/:id/with?for=merge|relate&q=: choosing the other person. Nobody is chosen for you, not
 * even on an equal name. */
#include "feature/people/edit_view.h"
#include "feature/people/person_parts.h"

#include "page/html.h"
#include "page/usual.h"
#include "people_with.tpl.h"

#include <string.h>

#define SHOWN 12

struct asked {
    struct page *page;
    int64_t person_id;
    const char *query;
    GStringChunk *text;
    struct person_row person;
    GArray *rows; /* struct person_row */
};

static bool load(struct db_tx *tx, void *data, GError **error)
{
    struct asked *asked = data;
    struct book book = BOOK(tx, asked->page->env, asked->page->account_id);
    struct person_filter filter = {.query = asked->query};
    struct person_page list = {.sort = PERSON_BY_TIE, .limit = SHOWN + 1};
    g_array_set_size(asked->rows, 0);
    return person_row_load(&book, asked->person_id, asked->text, &asked->person, error) &&
           (asked->query[0] == '\0' ||
            person_list(&book, &filter, &list, asked->text, asked->rows, error));
}

static const char *words_of(struct page *page, const struct person_row *row)
{
    const char *headline = row->headline != NULL ? row->headline : "";
    const char *org = row->org != NULL && strstr(headline, row->org) == NULL ? row->org : "";
    return page_printf(page, "%s%s%s", headline, *headline != '\0' && *org != '\0' ? ", " : "",
                       org);
}

static void render(struct asked *asked)
{
    static const struct part_option kinds[] = {
        {"knows", "know each other", true},    {"introduced", "introduced them", false},
        {"married", "are married", false},     {"coauthor", "wrote a paper together", false},
        {"colleague", "work together", false}, {"teacher", "taught them", false},
    };
    struct page *page = asked->page;
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(struct with_row));
    for (guint i = 0; i < asked->rows->len && rows->len < SHOWN; i++) {
        const struct person_row *other = &g_array_index(asked->rows, struct person_row, i);
        if (other->person_id != asked->person.person_id) {
            struct with_row row = {.id = other->person_id,
                                   .name = page_name(page, other),
                                   .words = words_of(page, other),
                                   .tie = page_tie(other, true)};
            g_array_append_val(rows, row);
        }
    }
    const char *purpose = page_query(page, "for");
    struct part_name name = page_name(page, &asked->person);
    struct people_with_view view = {
        .id = asked->person.person_id,
        .name = name,
        .back = name.href,
        .query = asked->query,
        .refusal = page->refusal,
        .is_merge = purpose == NULL || strcmp(purpose, "relate") != 0,
        .kinds = kinds,
        .n_kinds = G_N_ELEMENTS(kinds),
        .rows = (const struct with_row *)(void *)rows->data,
        .n_rows = rows->len,
    };
    view.lead =
        view.is_merge
            ? "Two entries become one page. Nothing is lost, and it can be taken back at any time."
            : "Who knows whom is how introductions are found.";
    view.nobody = rows->len > 0 ? NULL
                  : asked->query[0] == '\0'
                      ? "Type the beginning of the name, in any script."
                      : page_printf(page, "Nobody else matches “%s”.", asked->query);
    page_frame(page, NAV_PEOPLE, view.is_merge ? "Same person" : "Related people", &view.frame);
    people_with_render(page->out, &view);
}

bool people_page_with(struct page *page, GError **error)
{
    const char *query = page_query(page, "q");
    struct asked asked = {.page = page,
                          .person_id = page_var_id(page, "id"),
                          .query = query != NULL ? query : "",
                          .text = g_string_chunk_new(2048),
                          .rows = g_array_new(FALSE, TRUE, sizeof(struct person_row))};
    bool is_read = db_read(page->db, "people.with", load, &asked, error);
    if (is_read) {
        render(&asked);
    }
    g_string_chunk_free(asked.text);
    g_array_unref(asked.rows);
    return is_read;
}
