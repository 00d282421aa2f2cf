/* person.list: who is in the address book, by filter, order and page. */
#include "feature/people/people.h"

#include "action/cli.h"
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

/* ---- for a terminal ---- */

static const struct field line_fields[] = {
    {"name", FIELD_TEXT, NULL, NULL, false},     {"where", FIELD_TEXT, NULL, NULL, false},
    {"last_touch", FIELD_DAY, NULL, NULL, true}, {"next_due", FIELD_DAY, NULL, NULL, true},
    {"id", FIELD_ID, NULL, NULL, false},         {0}};
static const struct field lines_fields[] = {{"people", FIELD_LIST, NULL, line_fields, false},
                                            {"total", FIELD_INT, NULL, NULL, false},
                                            {"next", FIELD_TEXT, NULL, NULL, true},
                                            {0}};

static const char *text_of(const json_t *person, const char *member)
{
    const char *text = json_string_value(json_object_get(person, member));
    return text != NULL ? text : "";
}

/* Two texts that belong together, either of which may be missing. New reference. */
static json_t *joined(const char *first, const char *between, const char *second,
                      const char *behind)
{
    if (*first == '\0' || *second == '\0' || strcmp(first, second) == 0) {
        return json_string(*first != '\0' ? first : second);
    }
    g_autofree char *both = g_strconcat(first, between, second, behind, NULL);
    return json_string(both);
}

void people_print_list(const json_t *result, FILE *out, const struct env *env)
{
    json_t *lines = json_array();
    size_t index;
    json_t *person;
    json_array_foreach(json_object_get(result, "people"), index, person)
    {
        json_array_append_new(
            lines,
            json_pack("{s:o, s:o, s:O, s:O, s:O}", "name",
                      joined(text_of(person, "name"), " (", text_of(person, "own_name"), ")"),
                      "where", joined(text_of(person, "org"), ", ", text_of(person, "place"), ""),
                      "last_touch", json_object_get(person, "last_touch"), "next_due",
                      json_object_get(person, "due"), "id", json_object_get(person, "id")));
    }
    json_t *list =
        json_pack("{s:o, s:O, s:O}", "people", lines, "total", json_object_get(result, "total"),
                  "next", json_object_get(result, "next"));
    print_generic(list, lines_fields, out, env);
    json_decref(list);
}
