/* export.write and export.load: everything as JSON and back, people as vCards or a table. */
#include "feature/store/store_parts.h"

#include "base/error.h"
#include "model/export.h"
#include "model/verify.h"

#include <string.h>

/* The whole account as text. */
static bool account_text(struct book *book, GString *out, GError **error)
{
    char *text = NULL;
    size_t len = 0;
    FILE *to = open_memstream(&text, &len);
    if (to == NULL) {
        return bug(error, "export.memory", "There is not enough memory for the export.");
    }
    bool is_well = export_account(book, to, error);
    fclose(to);
    if (is_well) {
        g_string_append_len(out, text, (gssize)len);
    }
    free(text);
    return is_well;
}

bool store_export_text(struct book *book, const char *format, const GArray *ids, GString *out,
                       int64_t *n_out, GError **error)
{
    int n = 0;
    if (strcmp(format, "json") == 0) {
        return account_text(book, out, error) && person_count(book, n_out, error);
    }
    bool is_well = store_people(book, format, ids, out, &n, error);
    *n_out = n;
    return is_well;
}

/* Beside the target first, then in its place: a file of that name is never half written. */
static bool write_file(const char *path, const GString *text, GError **error)
{
    g_autoptr(GError) bad = NULL;
    if (!g_file_set_contents_full(path, text->str, (gssize)text->len,
                                  G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                  0600, &bad)) {
        return refuse(error, "export.not_written", "%s could not be written: %s.", path,
                      bad->message);
    }
    return true;
}

static bool read_export(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    const char *format = call_text(call, "format");
    const char *to = call_text(call, "to");
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) ids = call_has(call, "id") ? call_ids(call, "id") : NULL;
    int64_t people = 0;
    if (!store_export_text(book, format, ids, text, &people, error)) {
        return false;
    }
    if (to != NULL && !write_file(to, text, error)) {
        return false;
    }
    *result_out = json_pack("{s:s, s:I, s:I, s:o}", "format", format, "people", (json_int_t)people,
                            "bytes", (json_int_t)text->len, "to", json_text(to));
    if (to == NULL) {
        json_object_set_new(*result_out, "text", json_stringn(text->str, text->len));
    }
    return true;
}

bool store_export(struct action_call *call, json_t **result_out, GError **error)
{
    if (call_has(call, "to") && !call->is_command) {
        return refuse(
            error, "export.to_refused",
            "A file can be named on the command line only. Here the text itself is given.");
    }
    return act_read(call, read_export, result_out, error);
}

void store_print_text(const json_t *result, FILE *out, const struct env *env)
{
    const json_t *text = json_object_get(result, "text");
    if (text != NULL) {
        fwrite(json_string_value(text), 1, json_string_length(text), out);
    } else {
        fprintf(out, "%" JSON_INTEGER_FORMAT " people are in %s.\n",
                json_integer_value(json_object_get(result, "people")),
                json_string_value(json_object_get(result, "to")));
    }
}

/* Derived rows carry no digest of their own: made again from the facts, they have to come out the
 * same. */
static bool check_derived(struct book *book, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) findings = g_array_new(false, true, sizeof(struct finding));
    struct verify verify = {.text = text, .findings = findings};
    if (!verify_account(book, &verify, error)) {
        return false;
    }
    return findings->len == 0 ||
           refuse(error, "export.damaged", "The export is damaged: %s Nothing was changed.",
                  g_array_index(findings, struct finding, 0).words);
}

static bool write_load(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(GError) bad = NULL;
    g_autoptr(GMappedFile) file =
        call->n_files == 1 ? g_mapped_file_new(call->files[0].path, false, &bad) : NULL;
    if (file == NULL) {
        return refuse(error, "file.unreadable", "The file cannot be read%s%s.",
                      bad != NULL ? ": " : "", bad != NULL ? bad->message : "");
    }
    int64_t people = 0;
    if (!export_read(book, g_mapped_file_get_contents(file), g_mapped_file_get_length(file),
                     error) ||
        !check_derived(book, error) || !person_count(book, &people, error)) {
        return false;
    }
    *result_out = json_pack("{s:I}", "people", (json_int_t)people);
    return true;
}

bool store_load(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_load, result_out, error);
}
