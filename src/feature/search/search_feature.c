/* The search feature: search.find, `ligature search TEXT`, /search. */
#include "feature/search/search.h"

#include "base/error.h"

static bool read_hits(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) hits = g_array_new(FALSE, TRUE, sizeof(struct search_hit));
    struct search search = {.typed = call_text(call, "text"),
                            .limit = (int)call_int(call, "limit", 25)};
    if (!search_people(book, &search, text, hits, error)) {
        return false;
    }
    json_t *items = json_array();
    for (guint i = 0; i < hits->len; i++) {
        const struct search_hit *hit = &g_array_index(hits, struct search_hit, i);
        json_t *json = act_person(&hit->person, book_today(book));
        json_object_set_new(json, "snippet", json_text(hit->snippet));
        json_object_set_new(json, "touch_id", json_id(hit->touch_id));
        json_array_append_new(items, json);
    }
    *result_out = json_list("people", items, search.total, NULL);
    return true;
}

bool search_do_find(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_hits, result_out, error);
}

static const struct param find_params[] = {
    {.name = "text",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .max = 300,
     .help = "words of a name in any script, a place, work, address, tag or note"},
    {.name = "limit",
     .type = PARAM_INT,
     .help = "how many",
     .min = 1,
     .max = 1000,
     .fallback = "25"},
    {0}};

static const struct field find_fields[] = {
    {"people", FIELD_LIST,
     "whole names first, then the warmest; snippet and touch_id: of the note the words stand in",
     act_person_fields, false},
    {"total", FIELD_INT, "how many in all", NULL, false},
    {"next", FIELD_TEXT, "none: ask for more", NULL, true},
    {0}};

static const struct action find_action = {.name = "search.find",
                                          .alias = "search",
                                          .summary =
                                              "Look for people by name, place, work, tag or note",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .params = find_params,
                                          .result = find_fields,
                                          .run = search_do_find};

static const struct action *const actions[] = {&find_action, NULL};
static const struct page_route pages[] = {{"/search", PAGE_CACHED, search_page}, {NULL}};

const struct feature feature_search = {.name = "search", .actions = actions, .pages = pages};
