/* import.preview, apply, list, show, undo: the engine's results in the promised form. Several files
 * are several imports, one after the other; what was saved before a refusal stays, and running the
 * same command again goes on from there. */
#include "feature/import/import.h"

#include "base/error.h"
#include "model/imports.h"

#include <string.h>

/* {"import_id","source","file","read","added","updated","unchanged","refused":[...]} and what else
 * a page wants. */
static json_t *result_json(const struct plan_result *result)
{
    json_t *json = json_pack(
        "{s:o, s:s, s:s, s:I, s:I, s:I, s:I, s:O}", "import_id", json_id(result->import_id),
        "source", result->source, "file", result->label, "read", (json_int_t)result->counts.read,
        "added", (json_int_t)result->counts.added, "updated", (json_int_t)result->counts.updated,
        "unchanged", (json_int_t)result->counts.unchanged, "refused",
        json_object_get(result->report, "refused"));
    static const char *const more[] = {"n_refused", "new_people", "new_touches", "n_changes",
                                       "changes",   "decide",     "new",         "files"};
    for (size_t i = 0; i < G_N_ELEMENTS(more); i++) {
        json_object_set(json, more[i], json_object_get(result->report, more[i]));
    }
    return json;
}

static void add_up(json_t *sum, const json_t *one, const char *member)
{
    json_int_t total = json_integer_value(json_object_get(sum, member)) +
                       json_integer_value(json_object_get(one, member));
    json_object_set_new(sum, member, json_integer(total));
}

/* One import: its own result. Several: the sums of all, and each under "imports". */
static json_t *join_results(json_t *imports)
{
    json_t *joined = json_copy(json_array_get(imports, 0));
    static const char *const counts[] = {"read",      "added",      "updated",     "unchanged",
                                         "n_refused", "new_people", "new_touches", "n_changes"};
    json_t *refused = json_copy(json_object_get(joined, "refused"));
    for (size_t i = 1; i < json_array_size(imports); i++) {
        const json_t *one = json_array_get(imports, i);
        for (size_t c = 0; c < G_N_ELEMENTS(counts); c++) {
            add_up(joined, one, counts[c]);
        }
        json_array_extend(refused, json_object_get(one, "refused"));
        json_object_set_new(joined, "source", json_string("files"));
    }
    json_object_set_new(joined, "refused", refused);
    json_object_set_new(joined, "imports", imports);
    return joined;
}

typedef bool plan_fn(const struct plan_options *options, const char *path, const char *name,
                     struct plan_result *result_out, GError **error);

/* What a call says beside its files. Both JSON values are owned. */
struct said {
    json_t *mapping; /* NULL: as proposed */
    json_t *decisions;
};

static void said_clear(struct said *said)
{
    json_decref(said->mapping);
    json_decref(said->decisions);
}

/* A form sends each column as "field:column name". */
static json_t *mapping_of(const struct action_call *call)
{
    const json_t *given = call_json(call, "mapping");
    const json_t *lines = call_json(call, "map");
    if (given != NULL || json_array_size(lines) == 0) {
        return json_incref((json_t *)given);
    }
    json_t *mapping = json_object();
    size_t index;
    json_t *line;
    json_array_foreach(lines, index, line)
    {
        const char *text = json_string_value(line);
        const char *colon = text == NULL ? NULL : strchr(text, ':');
        if (colon != NULL) {
            json_object_set_new(mapping, colon + 1, json_stringn(text, (size_t)(colon - text)));
        }
    }
    return mapping;
}

static struct plan_options options_of(struct action_call *call, const struct said *said)
{
    return (struct plan_options){.env = call->env,
                                 .db = call->db,
                                 .account_id = call->account_id,
                                 .progress = call->progress,
                                 .mapping = said->mapping,
                                 .decisions = said->decisions};
}

/* The name a file goes by: the last part of what was given. */
static bool run_file(struct action_call *call, plan_fn *fn, const struct plan_options *options,
                     const struct call_file *file, json_t *imports, GError **error)
{
    g_autofree char *name = g_path_get_basename(file->name);
    struct plan_result result = {0};
    char *named = NULL;
    bool is_well = import_name_file(call->data_dir, file, &named, error) &&
                   fn(options, named != NULL ? named : file->path, name, &result, error);
    import_unname_file(named);
    if (is_well && fn == plan_preview && call_bool(call, "keep") && options->import_id == 0) {
        is_well = import_keep_file(call->data_dir, result.import_id, file, error);
    }
    if (is_well) {
        json_array_append_new(imports, result_json(&result));
    } else if (error != NULL && *error != NULL && !g_str_has_prefix((*error)->message, name)) {
        g_prefix_error(error, "%s: ", name);
    }
    plan_result_clear(&result);
    return is_well;
}

static bool run_files(struct action_call *call, plan_fn *fn, const struct plan_options *options,
                      json_t **result_out, GError **error)
{
    json_t *imports = json_array();
    for (int i = 0; i < call->n_files; i++) {
        if (!run_file(call, fn, options, &call->files[i], imports, error)) {
            if (i > 0 && error != NULL) {
                g_prefix_error(error, "%d of %d files are in. ", i, call->n_files);
            }
            json_decref(imports);
            return false;
        }
    }
    *result_out = join_results(imports);
    return true;
}

/* ---- a file that waits ---- */

struct waiting {
    struct action_call *call;
    json_t *report;
};

static bool read_waiting(struct db_tx *tx, void *data, GError **error)
{
    struct waiting *waiting = data;
    struct book book = BOOK(tx, waiting->call->env, waiting->call->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    struct import_row row;
    json_decref(waiting->report);
    waiting->report = NULL;
    if (!imports_load(&book, call_id(waiting->call, "import_id"), text, &row, error)) {
        return false;
    }
    waiting->report = json_loads(row.report, 0, NULL);
    return true;
}

/* What was said before counts where this call says nothing. */
static void remember(struct said *said, const json_t *report)
{
    if (said->mapping == NULL) {
        said->mapping = json_incref(json_object_get(report, "mapping"));
    }
    const json_t *before = json_object_get(report, "decisions");
    if (before != NULL) {
        json_t *all = json_copy((json_t *)before);
        json_object_update(all, said->decisions);
        json_decref(said->decisions);
        said->decisions = all;
    }
}

static bool run_waiting(struct action_call *call, plan_fn *fn, struct said *said,
                        json_t **result_out, GError **error)
{
    int64_t import_id = call_id(call, "import_id");
    struct waiting waiting = {.call = call};
    if (!db_read(call->db, "import waiting", read_waiting, &waiting, error)) {
        json_decref(waiting.report);
        return false;
    }
    remember(said, waiting.report);
    json_decref(waiting.report);
    g_autofree char *path = import_kept_file(call->data_dir, import_id);
    if (path == NULL) {
        return refuse(error, "import.not_found", "That file is not here any more. Bring it again.");
    }
    struct plan_options options = options_of(call, said);
    options.import_id = import_id;
    struct call_file file = {.path = path, .name = path};
    json_t *imports = json_array();
    if (!run_file(call, fn, &options, &file, imports, error)) {
        json_decref(imports);
        return false;
    }
    if (fn == plan_apply) {
        import_drop_file(call->data_dir, import_id);
    }
    *result_out = join_results(imports);
    return true;
}

static bool run_either(struct action_call *call, plan_fn *fn, const char *missing,
                       json_t **result_out, GError **error)
{
    struct said said = {.mapping = mapping_of(call),
                        .decisions = json_incref((json_t *)call_json(call, "decisions"))};
    bool is_well;
    if (call_id(call, "import_id") != 0) {
        is_well = run_waiting(call, fn, &said, result_out, error);
    } else if (call->n_files > 0) {
        struct plan_options options = options_of(call, &said);
        is_well = run_files(call, fn, &options, result_out, error);
    } else {
        is_well = refuse(error, "import.no_file", "%s", missing);
    }
    said_clear(&said);
    return is_well;
}

bool import_preview(struct action_call *call, json_t **result_out, GError **error)
{
    return run_either(call, plan_preview, "Name at least one file to look at.", result_out, error);
}

bool import_apply(struct action_call *call, json_t **result_out, GError **error)
{
    return run_either(call, plan_apply, "Name at least one file, or the import that was looked at.",
                      result_out, error);
}

static json_t *row_json(const struct import_row *row, bool with_report)
{
    json_t *json =
        json_pack("{s:o, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "import_id",
                  json_id(row->import_id), "source", row->kind, "file", row->label, "state",
                  row->state, "read", (json_int_t)row->n_read, "added", (json_int_t)row->n_added,
                  "updated", (json_int_t)row->n_updated, "unchanged", (json_int_t)row->n_unchanged,
                  "n_refused", (json_int_t)row->n_refused, "created_at", json_at(row->created_at),
                  "applied_at", json_at(row->applied_at), "undone_at", json_at(row->undone_at));
    if (with_report) {
        json_t *report = json_loads(row->report, 0, NULL);
        json_object_update_missing(json, report);
        json_decref(report);
    }
    return json;
}

struct look {
    struct action_call *call;
    json_t *result;
};

static bool read_list(struct db_tx *tx, void *data, GError **error)
{
    struct look *look = data;
    struct book book = BOOK(tx, look->call->env, look->call->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) rows = g_array_new(false, true, sizeof(struct import_row));
    if (!imports_list(&book, (int)call_int(look->call, "limit", 0), text, rows, error)) {
        return false;
    }
    json_t *items = json_array();
    for (guint i = 0; i < rows->len; i++) {
        json_array_append_new(items, row_json(&g_array_index(rows, struct import_row, i), false));
    }
    json_decref(look->result);
    look->result = json_list("imports", items, rows->len, NULL);
    return true;
}

bool import_list(struct action_call *call, json_t **result_out, GError **error)
{
    struct look look = {.call = call};
    if (!db_read(call->db, "import.list", read_list, &look, error)) {
        json_decref(look.result);
        return false;
    }
    *result_out = look.result;
    return true;
}

static bool read_one(struct db_tx *tx, void *data, GError **error)
{
    struct look *look = data;
    struct book book = BOOK(tx, look->call->env, look->call->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    struct import_row row;
    if (!imports_load(&book, call_id(look->call, "id"), text, &row, error)) {
        return false;
    }
    json_decref(look->result);
    look->result = row_json(&row, true);
    return true;
}

bool import_show(struct action_call *call, json_t **result_out, GError **error)
{
    struct look look = {.call = call};
    if (!db_read(call->db, "import.show", read_one, &look, error)) {
        json_decref(look.result);
        return false;
    }
    *result_out = look.result;
    return true;
}

struct undo {
    struct action_call *call;
    struct import_undone undone;
};

static bool write_undo(struct db_tx *tx, void *data, GError **error)
{
    struct undo *undo = data;
    struct book book = BOOK(tx, undo->call->env, undo->call->account_id);
    return imports_undo(&book, call_id(undo->call, "id"), &undo->undone, error);
}

bool import_undo(struct action_call *call, json_t **result_out, GError **error)
{
    struct undo undo = {.call = call};
    if (!db_write(call->db, "import.undo", write_undo, &undo, error)) {
        return false;
    }
    *result_out =
        json_pack("{s:o, s:I, s:I, s:I}", "import_id", json_id(call_id(call, "id")), "removed",
                  (json_int_t)undo.undone.n_removed, "changed", (json_int_t)undo.undone.n_changed,
                  "touches", (json_int_t)undo.undone.n_touches);
    return true;
}

void import_print(const json_t *result, FILE *out, const struct env *env)
{
    const json_t *imports = json_object_get(result, "imports");
    size_t index;
    json_t *one;
    json_array_foreach(imports, index, one)
    {
        fprintf(out,
                "%s: %" JSON_INTEGER_FORMAT " read = %" JSON_INTEGER_FORMAT
                " new + %" JSON_INTEGER_FORMAT " changed + %" JSON_INTEGER_FORMAT
                " the same + %" JSON_INTEGER_FORMAT " refused\n",
                json_string_value(json_object_get(one, "file")),
                json_integer_value(json_object_get(one, "read")),
                json_integer_value(json_object_get(one, "added")),
                json_integer_value(json_object_get(one, "updated")),
                json_integer_value(json_object_get(one, "unchanged")),
                json_integer_value(json_object_get(one, "n_refused")));
        size_t r;
        json_t *row;
        json_array_foreach(json_object_get(one, "refused"), r, row)
        {
            fprintf(out, "  %s, line %" JSON_INTEGER_FORMAT ": %s\n",
                    json_string_value(json_object_get(row, "file")),
                    json_integer_value(json_object_get(row, "line")),
                    json_string_value(json_object_get(row, "reason")));
            if (r == 19 && json_array_size(json_object_get(one, "refused")) > 20) {
                fputs("  ... all of them: ligature import show ID --json\n", out);
                break;
            }
        }
        if (json_array_size(json_object_get(one, "decide")) > 0) {
            fprintf(out, "  %zu may be people you have: ligature person duplicates\n",
                    json_array_size(json_object_get(one, "decide")));
        }
        fprintf(out, "  Import %s. To take it back: ligature import undo %s\n",
                json_string_value(json_object_get(one, "import_id")),
                json_string_value(json_object_get(one, "import_id")));
    }
}
