/* person.duplicates, merge, unmerge, apart, together. */
#include "feature/duplicates/duplicates.h"

#include "base/error.h"

/* ---- the list ---- */

struct found {
    GStringChunk *text;
    GArray *pairs; /* struct pair */
    GArray *ids;   /* int64_t */
    GArray *rows;  /* struct person_row */
};

static const struct person_row *row_of(const struct found *found, int64_t id)
{
    for (guint i = 0; i < found->rows->len; i++) {
        const struct person_row *row = &g_array_index(found->rows, struct person_row, i);
        if (row->person_id == id) {
            return row;
        }
    }
    return NULL;
}

static json_t *pairs_json(const struct found *found, int32_t today)
{
    json_t *items = json_array();
    for (guint i = 0; i < found->pairs->len; i++) {
        const struct pair *pair = &g_array_index(found->pairs, struct pair, i);
        const struct person_row *a = row_of(found, pair->a_id);
        const struct person_row *b = row_of(found, pair->b_id);
        if (a == NULL || b == NULL) {
            continue;
        }
        json_array_append_new(items, json_pack("{s:o, s:o, s:o, s:b}", "a", act_person(a, today),
                                               "b", act_person(b, today), "why",
                                               json_text(pair->why), "is_exact", pair->is_exact));
    }
    return items;
}

static bool list_pairs(struct action_call *call, struct book *book, struct found *found,
                       json_t **result_out, GError **error)
{
    int64_t total = 0;
    if (!pair_list(book, (int)call_int(call, "limit", 100), found->text, found->pairs, &total,
                   error)) {
        return false;
    }
    for (guint i = 0; i < found->pairs->len; i++) {
        const struct pair *pair = &g_array_index(found->pairs, struct pair, i);
        g_array_append_val(found->ids, pair->a_id);
        g_array_append_val(found->ids, pair->b_id);
    }
    if (!person_rows_load(book, found->ids, found->text, found->rows, error)) {
        return false;
    }
    *result_out = json_list("duplicates", pairs_json(found, book_today(book)), total, NULL);
    return true;
}

static bool write_list(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    int n = 0;
    if (call_bool(call, "look") && !pair_propose(book, 0, 0, &n, error)) {
        return false;
    }
    struct found found = {g_string_chunk_new(4096), g_array_new(FALSE, TRUE, sizeof(struct pair)),
                          g_array_new(FALSE, FALSE, sizeof(int64_t)),
                          g_array_new(FALSE, TRUE, sizeof(struct person_row))};
    bool is_well = list_pairs(call, book, &found, result_out, error);
    g_string_chunk_free(found.text);
    g_array_unref(found.pairs);
    g_array_unref(found.ids);
    g_array_unref(found.rows);
    if (is_well) {
        json_object_set_new(*result_out, "proposed", json_integer(n));
        json_object_set_new(*result_out, "message",
                            n == 0 ? json_string("Nothing new was found.")
                                   : json_sprintf("%d more to look at.", n));
    }
    return is_well;
}

bool duplicates_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_list, result_out, error);
}

/* ---- deciding ---- */

static json_t *undo_json(const char *action, int64_t id)
{
    return json_pack("{s:s, s:o}", "action", action, "id", json_id(id));
}

static bool write_merge(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct person_row row;
    int64_t merge_id = 0;
    int64_t kept_id = call_id(call, "id");
    if (!merge_add(book, kept_id, call_id(call, "with"), call_text(call, "why"), &merge_id,
                   error) ||
        !person_row_load(book, kept_id, text, &row, error)) {
        return false;
    }
    *result_out =
        json_pack("{s:o, s:o, s:o, s:o}", "id", json_id(row.person_id), "merge_id",
                  json_id(merge_id), "message", json_sprintf("%s is one person now.", row.name),
                  "undo", undo_json("person.unmerge", merge_id));
    return true;
}

bool duplicates_do_merge(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_merge, result_out, error);
}

static bool write_unmerge(struct action_call *call, struct book *book, json_t **result_out,
                          GError **error)
{
    if (!merge_undo(book, call_id(call, "id"), error)) {
        return false;
    }
    *result_out = json_pack("{s:o, s:s}", "id", json_id(call_id(call, "id")), "message",
                            "They are two people again.");
    return true;
}

bool duplicates_do_unmerge(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_unmerge, result_out, error);
}

static bool write_apart(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    if (!pair_keep_apart(book, call_id(call, "id"), call_id(call, "with"), error)) {
        return false;
    }
    json_t *both = json_sprintf("%s.%s", call_text(call, "id"), call_text(call, "with"));
    *result_out = json_pack("{s:o, s:s, s:{s:s, s:o}}", "id", json_id(call_id(call, "id")),
                            "message", "Kept apart. You will not be asked again.", "undo", "action",
                            "person.together", "id", both);
    return true;
}

bool duplicates_do_apart(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_apart, result_out, error);
}

/* The toast's Undo has one value to send: both ids in it, parted by a point. */
static bool write_together(struct action_call *call, struct book *book, json_t **result_out,
                           GError **error)
{
    g_auto(GStrv) ids = g_strsplit(call_text(call, "id"), ".", 2);
    int64_t a_id = 0;
    int64_t b_id = call_id(call, "with");
    bool is_known =
        id_parse(ids[0], &a_id) && (ids[1] == NULL || id_parse(ids[1], &b_id)) && b_id != 0;
    if (!is_known) {
        return refuse(error, "person.not_found", "Say which two people.");
    }
    if (!pair_reopen(book, a_id, b_id, error)) {
        return false;
    }
    *result_out =
        json_pack("{s:o, s:s}", "id", json_id(a_id), "message", "The two are proposed again.");
    return true;
}

bool duplicates_do_together(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_together, result_out, error);
}
