/* import.decide and import.discard: answers to what a preview asked, and leaving a preview. Answers
 * wait in the import's report until it is saved. */
#include "feature/import/import.h"

#include "action/act.h"
#include "base/error.h"
#include "model/imports.h"

#include <string.h>

/* The waiting import and its report (new reference). */
static bool load_waiting(struct book *book, int64_t import_id, GStringChunk *text,
                         struct import_row *row_out, json_t **report_out, GError **error)
{
    if (!imports_load(book, import_id, text, row_out, error)) {
        return false;
    }
    if (strcmp(row_out->state, "previewed") != 0) {
        return refuse(error, "import.not_waiting",
                      "This import does not wait any more, so there is nothing to decide in it.");
    }
    *report_out = json_loads(row_out->report, 0, NULL);
    return *report_out != NULL ||
           bug(error, "import.report", "The report of this import cannot be read.");
}

/* Whom that record may be; NULL when it was never asked about. */
static const json_t *question_of(const json_t *report, const char *key)
{
    size_t index;
    json_t *one;
    json_array_foreach(json_object_get(report, "decide"), index, one)
    {
        if (g_strcmp0(json_string_value(json_object_get(one, "key")), key) == 0) {
            return one;
        }
    }
    return NULL;
}

static bool note_answer(struct action_call *call, json_t *report, GError **error)
{
    const char *key = call_text(call, "key");
    const char *answer = call_text(call, "answer");
    const json_t *question = question_of(report, key);
    const char *person_id = json_string_value(json_object_get(question, "person_id"));
    if (question == NULL) {
        return refuse(error, "import.no_question", "Nothing was asked about that record.");
    }
    if (strcmp(answer, "same") == 0 && person_id == NULL) {
        return refuse(
            error, "import.same_file",
            "Both are in this file. Save it first; then say on the page of duplicates that they "
            "are one.");
    }
    json_t *decisions = json_object_get(report, "decisions");
    if (decisions == NULL) {
        decisions = json_object();
        json_object_set_new(report, "decisions", decisions);
    }
    if (strcmp(answer, "later") == 0) {
        json_object_del(decisions, key);
    } else {
        json_object_set_new(decisions, key,
                            json_string(strcmp(answer, "two") == 0 ? "two" : person_id));
    }
    return true;
}

static bool write_decide(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    struct import_row row;
    json_t *report = NULL;
    int64_t import_id = call_id(call, "id");
    bool is_well = load_waiting(book, import_id, text, &row, &report, error) &&
                   note_answer(call, report, error);
    if (is_well) {
        char *dump = json_dumps(report, JSON_COMPACT);
        row.report = dump;
        is_well = imports_save(book, &row, error);
        free(dump);
    }
    if (is_well) {
        *result_out = json_pack("{s:o, s:s}", "import_id", json_id(import_id), "answer",
                                call_text(call, "answer"));
    }
    json_decref(report);
    return is_well;
}

bool import_decide(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_decide, result_out, error);
}

static bool write_discard(struct action_call *call, struct book *book, json_t **result_out,
                          GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    struct import_row row;
    json_t *report = NULL;
    int64_t import_id = call_id(call, "id");
    bool is_well = load_waiting(book, import_id, text, &row, &report, error);
    if (is_well) {
        row.state = "cancelled";
        is_well = imports_save(book, &row, error);
    }
    if (is_well) {
        *result_out = json_pack("{s:o, s:s}", "import_id", json_id(import_id), "message",
                                "Left. Nothing of the file was kept.");
    }
    json_decref(report);
    return is_well;
}

bool import_discard(struct action_call *call, json_t **result_out, GError **error)
{
    if (!act_write(call, write_discard, result_out, error)) {
        return false;
    }
    import_drop_file(call->data_dir, call_id(call, "id"));
    return true;
}
