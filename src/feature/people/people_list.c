/* person.list: who is in the address book, by filter, order and page. */
#include "feature/people/people.h"

#include "base/error.h"

#include <string.h>

/* The end of the word that begins at `at`: blanks part words, but not within quotes. */
static const char *word_end(const char *at)
{
    bool is_quoted = false;
    while (*at != '\0' && (is_quoted || *at != ' ')) {
        if (*at == '"') {
            is_quoted = !is_quoted;
        }
        at++;
    }
    return at;
}

bool people_where_parse(const char *where, GStringChunk *text, struct person_filter *filter_out,
                        GError **error)
{
    *filter_out = (struct person_filter){0};
    for (const char *at = where; at != NULL && *at != '\0';) {
        const char *end = word_end(at);
        g_autofree char *word = g_strndup(at, (gsize)(end - at));
        struct person_filter alone;
        if (!person_filter_parse(word, text, &alone, error)) {
            g_prefix_error(error, "Character %ld: ", g_utf8_pointer_to_offset(where, at) + 1);
            return false;
        }
        at = end + strspn(end, " ");
    }
    return where == NULL || person_filter_parse(where, text, filter_out, error);
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(struct person_row));
    struct person_filter filter;
    if (!people_where_parse(call_text(call, "where"), text, &filter, error)) {
        return false;
    }
    const char *query = call_text(call, "query");
    if (query != NULL) {
        g_autofree char *both =
            g_strconcat(query, filter.query != NULL ? " " : "", filter.query, NULL);
        filter.query = g_string_chunk_insert(text, both);
    }
    filter.import_id = call_id(call, "import");
    struct person_page page = {.sort = person_sort_parse(call_text(call, "sort")),
                               .limit = (int)call_int(call, "limit", 100),
                               .after = call_text(call, "after")};
    if (!person_list(book, &filter, &page, text, rows, error)) {
        return false;
    }
    json_t *items = json_array();
    for (guint i = 0; i < rows->len; i++) {
        json_array_append_new(
            items, act_person(&g_array_index(rows, struct person_row, i), book_today(book)));
    }
    *result_out =
        json_list("people", items, page.total, page.next != NULL ? json_string(page.next) : NULL);
    return true;
}

bool people_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}
