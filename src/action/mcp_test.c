/* The assistants' face speaks its protocol: messages in, messages out, in memory. And the schemas
 * that it shares with OpenAPI. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "action/mcp.h"
#include "action/schema.h"
#include "action/test_actions.h"

static struct action_table table;
static struct env env;

static int set_up(void **state)
{
    (void)state;
    table = knot_table();
    env.clock.fixed_at = INT64_C(1784624400000000);
    return 0;
}

static bool run(void *data, struct mcp_run *run, GError **error)
{
    struct action_call call = {
        .action = run->action,
        .env = &env,
        .account_id = 7,
        .scopes = ~0u,
        .progress = run->progress,
        .files = run->files,
        .n_files = run->n_files,
    };
    bool is_done = action_run(&call, run->raw, false, &run->result, &run->details, error);
    json_decref(call.args);
    json_decref(call.refused);
    return is_done;
}

/* Array of the answers to the lines, each an object. */
static json_t *talk(const char *lines)
{
    const struct mcp_host host = {.actions = &table, .run = run};
    char *text = NULL;
    size_t length;
    FILE *in = fmemopen((void *)lines, strlen(lines), "r");
    FILE *out = open_memstream(&text, &length);
    assert_true(mcp_serve(&host, in, out, NULL));
    fclose(in);
    fclose(out);
    json_t *answers = json_array();
    g_auto(GStrv) split = g_strsplit(text, "\n", 0);
    for (char **line = split; *line != NULL && **line != '\0'; line++) {
        json_t *answer = json_loads(*line, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(answer);
        assert_string_equal(json_string_value(json_object_get(answer, "jsonrpc")), "2.0");
        json_array_append_new(answers, answer);
    }
    free(text);
    return answers;
}

/* The answer with that id. Borrowed. */
static json_t *answer_to(const json_t *answers, int id)
{
    size_t i;
    json_t *answer;
    json_array_foreach((json_t *)answers, i, answer)
    {
        if (json_integer_value(json_object_get(answer, "id")) == id) {
            return answer;
        }
    }
    fail_msg("no answer to %d", id);
    return NULL;
}

static const char *text_at(const json_t *json, const char *a, const char *b)
{
    json_t *inner = json_object_get(json, a);
    return json_string_value(b != NULL ? json_object_get(inner, b) : inner);
}

static void test_version_is_agreed(void **state)
{
    (void)state;
    json_t *answers = talk("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
                           "\"protocolVersion\":\"2025-06-18\"}}\n"
                           "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n"
                           "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"initialize\",\"params\":{"
                           "\"protocolVersion\":\"2024-11-05\"}}\n"
                           "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"initialize\",\"params\":{"
                           "\"protocolVersion\":\"1999-01-01\"}}\n"
                           "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"ping\"}\n");
    assert_int_equal(json_array_size(answers), 4);
    assert_string_equal(text_at(answer_to(answers, 1), "result", "protocolVersion"), "2025-06-18");
    assert_string_equal(text_at(answer_to(answers, 2), "result", "protocolVersion"), "2024-11-05");
    assert_string_equal(text_at(answer_to(answers, 3), "result", "protocolVersion"), "2025-06-18");
    assert_int_equal(json_object_size(json_object_get(answer_to(answers, 4), "result")), 0);
    json_decref(answers);
}

static void test_tools_leave_out_what_is_not_an_assistants(void **state)
{
    (void)state;
    json_t *answers = talk("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}\n");
    json_t *tools = json_object_get(json_object_get(answer_to(answers, 1), "result"), "tools");
    g_autoptr(GString) names = g_string_new(NULL);
    size_t i;
    json_t *tool;
    json_array_foreach(tools, i, tool)
    {
        const json_t *hints = json_object_get(tool, "annotations");
        g_string_append_printf(names, "%s%s%s ", text_at(tool, "name", NULL),
                               json_is_true(json_object_get(hints, "readOnlyHint")) ? ":read" : "",
                               json_is_true(json_object_get(hints, "destructiveHint")) ? ":takes"
                                                                                       : "");
        assert_string_equal(text_at(tool, "inputSchema", "type"), "object");
    }
    assert_string_equal(
        names->str,
        "knot_add knot_find:read knot_list:read knot_show:read knot_break knot_import knot_tie_all "
        "knot_remove:takes ");
    json_decref(answers);
}

static void test_calls_answer_with_text_and_structure(void **state)
{
    (void)state;
    json_t *answers = talk(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/"
        "call\",\"params\":{\"name\":\"knot_find\",\"arguments\":{\"text\":\"rao\"}}}\n"
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/"
        "call\",\"params\":{\"name\":\"knot_show\",\"arguments\":{\"id\":\"33\"}}}\n"
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/"
        "call\",\"params\":{\"name\":\"knot_mail\"}}\n"
        "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/"
        "call\",\"params\":{\"name\":\"knot_import\",\"arguments\":{\"files\":[\"/tmp/a.vcf\"]}}}\n"
        "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/"
        "call\",\"params\":{\"name\":\"knot_add\",\"arguments\":{}}}\n");
    json_t *found = json_object_get(answer_to(answers, 1), "result");
    assert_true(json_is_false(json_object_get(found, "isError")));
    json_t *args = json_object_get(json_object_get(found, "structuredContent"), "args");
    assert_string_equal(text_at(args, "text", NULL), "rao");
    json_t *block = json_array_get(json_object_get(found, "content"), 0);
    json_t *said = json_loads(text_at(block, "text", NULL), 0, NULL);
    assert_true(json_equal(said, json_object_get(found, "structuredContent")));
    json_decref(said);
    json_t *absent = json_object_get(answer_to(answers, 2), "result");
    assert_true(json_is_true(json_object_get(absent, "isError")));
    assert_string_equal(text_at(json_object_get(absent, "structuredContent"), "error", "code"),
                        "knot.not_found");
    assert_int_equal(json_integer_value(
                         json_object_get(json_object_get(answer_to(answers, 3), "error"), "code")),
                     -32602);
    json_t *brought = json_object_get(answer_to(answers, 4), "result");
    assert_int_equal(json_integer_value(
                         json_object_get(json_object_get(brought, "structuredContent"), "n_files")),
                     1);
    json_t *refused = json_object_get(answer_to(answers, 5), "result");
    assert_int_equal(
        json_array_size(json_object_get(
            json_object_get(json_object_get(refused, "structuredContent"), "error"), "details")),
        2);
    json_decref(answers);
}

static void test_progress_grows_and_names_its_token(void **state)
{
    (void)state;
    json_t *answers = talk("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/"
                           "call\",\"params\":{\"name\":\"knot_tie_all\","
                           "\"_meta\":{\"progressToken\":\"t1\"}}}\n");
    json_t *first = json_array_get(answers, 0);
    assert_string_equal(text_at(first, "method", NULL), "notifications/progress");
    assert_string_equal(text_at(first, "params", "progressToken"), "t1");
    assert_int_equal(json_integer_value(json_object_get(json_object_get(first, "params"), "total")),
                     3);
    json_t *result = json_object_get(answer_to(answers, 9), "result");
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(result, "structuredContent"), "tied")),
        3);
    json_decref(answers);
}

static void test_what_is_no_request_is_refused(void **state)
{
    (void)state;
    json_t *answers = talk("nonsense\n"
                           "{\"id\":2,\"method\":\"ping\"}\n"
                           "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"resources/list\"}\n"
                           "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}\n"
                           "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/"
                           "cancelled\",\"params\":{\"requestId\":77}}\n"
                           "\n");
    assert_int_equal(json_array_size(answers), 4);
    assert_int_equal(json_integer_value(json_object_get(
                         json_object_get(json_array_get(answers, 0), "error"), "code")),
                     -32700);
    assert_int_equal(json_integer_value(
                         json_object_get(json_object_get(answer_to(answers, 2), "error"), "code")),
                     -32600);
    assert_int_equal(json_integer_value(
                         json_object_get(json_object_get(answer_to(answers, 3), "error"), "code")),
                     -32601);
    json_decref(answers);
}

/* ---- schemas ---- */

static void test_parameters_as_json_schema(void **state)
{
    (void)state;
    json_t *schema = schema_of_params(action_find(&table, "knot.find"), false);
    char *text = json_dumps(schema, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(
        text, "{\"additionalProperties\":false,\"properties\":{\"limit\":{\"default\":50,"
              "\"description\":\"The most\","
              "\"maximum\":500,\"minimum\":1,\"type\":\"integer\"},\"text\":{\"description\":"
              "\"What to look for\","
              "\"minLength\":1,\"type\":\"string\"}},\"required\":[\"text\"],\"type\":\"object\"}");
    free(text);
    json_decref(schema);
}

static void test_openapi_has_what_is_not_local(void **state)
{
    (void)state;
    json_t *document = openapi_document(&table, "http://127.0.0.1:8470");
    json_t *paths = json_object_get(document, "paths");
    assert_int_equal(json_object_size(paths), table.n - 1);
    assert_null(json_object_get(paths, "/api/v1/serve.run"));
    json_t *operation = json_object_get(json_object_get(paths, "/api/v1/knot.import"), "post");
    json_t *content = json_object_get(json_object_get(operation, "requestBody"), "content");
    assert_int_equal(json_object_size(content), 2);
    assert_non_null(json_object_get(json_object_get(operation, "responses"), "202"));
    const char *path = g_getenv("LIGATURE_OPENAPI_OUT"); /* for an independent validator */
    if (path != NULL) {
        assert_int_equal(json_dump_file(document, path, JSON_INDENT(1)), 0);
    }
    json_decref(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_version_is_agreed),
        cmocka_unit_test(test_tools_leave_out_what_is_not_an_assistants),
        cmocka_unit_test(test_calls_answer_with_text_and_structure),
        cmocka_unit_test(test_progress_grows_and_names_its_token),
        cmocka_unit_test(test_what_is_no_request_is_refused),
        cmocka_unit_test(test_parameters_as_json_schema),
        cmocka_unit_test(test_openapi_has_what_is_not_local),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
