/* Values become canonical or are refused with a sentence; permission is decided before anything
 * runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "action/test_actions.h"
#include "action/value.h"
#include "action/words.h"

#define TUESDAY_21_JULY INT64_C(1784624400000000) /* 2026-07-21T09:00:00Z */

static struct env env;
static struct action_table table;

static int set_up(void **state)
{
    (void)state;
    env.clock.fixed_at = TUESDAY_21_JULY;
    env.clock.zone = g_time_zone_new_utc();
    table = knot_table();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    clock_clear(&env.clock);
    return 0;
}

/* The canonical value as JSON text, or the sentence after '!'. */
static char *parsed(enum param_type type, const char *raw_json)
{
    struct param param = {
        .name = "x", .type = type, .choices = type == PARAM_CHOICE ? knot_kinds : NULL};
    json_t *raw = json_loads(raw_json, JSON_DECODE_ANY, NULL);
    g_autofree char *sentence = NULL;
    json_t *value = value_parse(&param, raw, &env, &sentence);
    char *dumped =
        value != NULL ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    char *text = value != NULL ? g_strdup(dumped) : g_strconcat("!", sentence, NULL);
    free(dumped);
    json_decref(value);
    json_decref(raw);
    return text;
}

#define assert_parsed(type, raw, expected)                                                         \
    do {                                                                                           \
        g_autofree char *text_ = parsed(type, raw);                                                \
        assert_string_equal(text_, expected);                                                      \
    } while (0)

static void test_values_become_canonical(void **state)
{
    (void)state;
    assert_parsed(PARAM_TEXT, "\"  two\\r\\nlines\\u0007 \"", "\"two\\nlines\"");
    assert_parsed(PARAM_INT, "\"-12\"", "-12");
    assert_parsed(PARAM_INT, "12", "12");
    assert_parsed(PARAM_REAL, "\"0.5\"", "0.5");
    assert_parsed(PARAM_BOOL, "\"on\"", "true");
    assert_parsed(PARAM_BOOL, "false", "false");
    assert_parsed(PARAM_ID, "\"0000000000ABC\"", "\"0000000000abc\"");
    assert_parsed(PARAM_ID, "33", "\"0000000000011\"");
    assert_parsed(PARAM_ID, "\"33\"", "\"0000000000011\"");
    assert_parsed(PARAM_AT, "\"2026-07-21T09:42:00+02:00\"", "\"2026-07-21T07:42:00Z\"");
    assert_parsed(PARAM_SPAN, "\"6w\"", "42");
    assert_parsed(PARAM_SPAN, "\"3m\"", "90");
    assert_parsed(PARAM_SPAN, "\"1y\"", "365");
    assert_parsed(PARAM_SPAN, "90", "90");
    assert_parsed(PARAM_MONEY, "\"45\"", "{\"cents\":4500,\"currency\":\"USD\"}");
    assert_parsed(PARAM_MONEY, "\"$45\"", "{\"cents\":4500,\"currency\":\"USD\"}");
    assert_parsed(PARAM_MONEY, "\"1,250.5 EUR\"", "{\"cents\":125050,\"currency\":\"EUR\"}");
    assert_parsed(PARAM_MONEY, "\"EUR 20\"", "{\"cents\":2000,\"currency\":\"EUR\"}");
    assert_parsed(PARAM_MONEY, "12.25", "{\"cents\":1225,\"currency\":\"USD\"}");
    assert_parsed(PARAM_CHOICE, "\"granny\"", "\"granny\"");
    assert_parsed(PARAM_JSON, "\"[1, {\\\"a\\\": null}]\"", "[1,{\"a\":null}]");
    assert_parsed(PARAM_JSON, "{\"a\": [1]}", "{\"a\":[1]}");
}

static void test_values_are_refused_with_a_sentence(void **state)
{
    (void)state;
    assert_parsed(PARAM_TEXT, "5", "!Give text here.");
    assert_parsed(PARAM_INT, "\"12x\"", "!This is not a whole number.");
    assert_parsed(PARAM_INT, "\"99999999999999999999\"", "!This is not a whole number.");
    assert_parsed(PARAM_INT, "1.5", "!This is not a whole number.");
    assert_parsed(PARAM_REAL, "\"nan\"", "!This is not a number.");
    assert_parsed(PARAM_BOOL, "\"maybe\"", "!Say true or false.");
    assert_parsed(PARAM_ID, "\"-3\"",
                  "!This is not an id. Ids have 13 letters, as a list shows them.");
    assert_parsed(PARAM_ID, "0", "!This is not an id. Ids have 13 letters, as a list shows them.");
    assert_parsed(PARAM_DAY, "\"2026-02-30\"",
                  "!This is not a day. Write it as 2026-07-21, or today, yesterday, last tuesday, "
                  "3 days ago.");
    assert_parsed(PARAM_AT, "\"soon\"",
                  "!This is not an instant. Write it as 2026-07-21T09:42:00Z.");
    assert_parsed(PARAM_SPAN, "\"-3d\"",
                  "!This is not a length of time. Write it as 90d, 6w, 3m or 1y.");
    assert_parsed(PARAM_MONEY, "\"45 or so\"",
                  "!This is not an amount. Write it as 45, $45 or 1250 EUR.");
    assert_parsed(
        PARAM_CHOICE, "\"surgon\"",
        "!There is no such choice; did you mean surgeon? There are: square, granny, surgeon.");
    assert_parsed(PARAM_CHOICE, "\"zzz\"", "!Choose one of: square, granny, surgeon.");
}

static void test_days_as_people_say_them(void **state)
{
    (void)state;
    static const struct {
        const char *said;
        const char *day;
    } rows[] = {
        {"2026-07-21", "2026-07-21"},     {"today", "2026-07-21"},
        {"Yesterday", "2026-07-20"},      {"tomorrow", "2026-07-22"},
        {"last tuesday", "2026-07-14"},   {"tuesday", "2026-07-14"},
        {"monday", "2026-07-20"},         {"next tuesday", "2026-07-28"},
        {"on fri", "2026-07-17"},         {"3 days ago", "2026-07-18"},
        {"a week ago", "2026-07-14"},     {"in 2 weeks", "2026-08-04"},
        {"last week", "2026-07-14"},      {"5 july", "2026-07-05"},
        {"July 5th, 2025", "2025-07-05"}, {"1 december", "2026-12-01"},
        {"20 jan", "2026-01-20"},         {"10 jan", "2027-01-10"},
        {"29 feb 2024", "2024-02-29"},
    };
    int32_t today = clock_today(&env.clock);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        int32_t day;
        char text[DAY_TEXT] = "none";
        if (value_day(rows[i].said, today, &day)) {
            day_format(day, text);
        }
        if (strcmp(text, rows[i].day) != 0) {
            fail_msg("%s is %s, not %s", rows[i].said, text, rows[i].day);
        }
    }
    static const char *const wrong[] = {"",         "soon", "7/6/2026",   "31 june",   "5 july 26",
                                        "2026-7-1", "next", "ago 3 days", "0 days ago"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        int32_t day;
        if (value_day(wrong[i], today, &day)) {
            fail_msg("%s is taken for a day", wrong[i]);
        }
    }
}

/* ---- running ---- */

static struct action_call call_of(const char *name)
{
    return (struct action_call){
        .action = action_find(&table, name),
        .env = &env,
        .account_id = 7,
        .scopes = 1u << EFFECT_READ | 1u << EFFECT_WRITE,
    };
}

/* Runs with raw JSON text; gives result, or the error's code. */
static char *ran(struct action_call *call, const char *raw_text, bool drops_unknown,
                 json_t **refusals_out)
{
    json_t *raw = json_loads(raw_text, 0, NULL);
    json_t *result = NULL;
    g_autoptr(GError) error = NULL;
    bool is_done = action_run(call, raw, drops_unknown, &result, refusals_out, &error);
    assert_true(is_done == (error == NULL));
    char *dumped = is_done ? json_dumps(result, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    char *text = g_strdup(is_done ? dumped : error_code(error));
    free(dumped);
    json_decref(result);
    json_decref(raw);
    g_clear_pointer(&call->args, json_decref);
    g_clear_pointer(&call->refused, json_decref);
    return text;
}

static void test_defaults_are_filled_in_and_blanks_are_absent(void **state)
{
    (void)state;
    struct action_call call = call_of("knot.add");
    g_autofree char *text =
        ran(&call, "{\"person\":33,\"kind\":\"square\",\"note\":\"\",\"tag\":\"ohio\",\"at\":null}",
            false, NULL);
    assert_string_equal(text, "{\"args\":{\"kind\":\"square\",\"on\":\"2026-07-21\",\"person\":"
                              "\"0000000000011\",\"tag\":[\"ohio\"]},"
                              "\"n_files\":0}");
}

static void test_every_refusal_is_told_beside_its_parameter(void **state)
{
    (void)state;
    struct action_call call = call_of("knot.add");
    json_t *refusals = NULL;
    g_autofree char *code =
        ran(&call,
            "{\"kind\":\"square\",\"note\":\"this is longer than twenty\",\"turns\":10,\"odd\":1}",
            false, &refusals);
    assert_string_equal(code, "action.invalid");
    assert_string_equal(json_string_value(json_object_get(refusals, "person")), "This is needed.");
    assert_string_equal(json_string_value(json_object_get(refusals, "note")),
                        "This has 26 letters; 20 are the most.");
    assert_string_equal(json_string_value(json_object_get(refusals, "turns")),
                        "Give a number from 1 to 9.");
    assert_string_equal(json_string_value(json_object_get(refusals, "odd")),
                        "There is no such parameter here.");
    assert_int_equal(json_object_size(refusals), 4);
    json_decref(refusals);
}

static void test_forms_may_carry_more_than_the_parameters(void **state)
{
    (void)state;
    struct action_call call = call_of("knot.find");
    g_autofree char *text = ran(&call, "{\"text\":\"rao\",\"csrf\":\"x\"}", true, NULL);
    assert_string_equal(text, "{\"args\":{\"limit\":50,\"text\":\"rao\"},\"n_files\":0}");
}

static void test_a_path_as_text_is_no_file(void **state)
{
    (void)state;
    struct action_call call = call_of("knot.import");
    json_t *refusals = NULL;
    g_autofree char *code = ran(&call, "{\"files\":[\"/etc/passwd\"]}", false, &refusals);
    assert_string_equal(code, "action.invalid");
    assert_string_equal(json_string_value(json_object_get(refusals, "files")),
                        "Give the file itself, not its name.");
    json_decref(refusals);
    const struct call_file file = {"/tmp/u1", "a.vcf"};
    call.files = &file;
    call.n_files = 1;
    g_autofree char *text = ran(&call, "{\"files\":[\"/etc/passwd\"]}", false, NULL);
    assert_string_equal(text, "{\"args\":{\"files\":[\"a.vcf\"]},\"n_files\":1}");
}

static void test_permission_comes_first(void **state)
{
    (void)state;
    struct action_call nobody = call_of("knot.add");
    nobody.account_id = 0;
    g_autofree char *none = ran(&nobody, "{\"odd\":1}", false, NULL);
    assert_string_equal(none, "auth.required");
    struct action_call reader = call_of("knot.add");
    reader.scopes = 1u << EFFECT_READ;
    g_autofree char *scope = ran(&reader, "{\"odd\":1}", false, NULL);
    assert_string_equal(scope, "auth.scope");
    struct action_call member = call_of("knot.rule");
    member.scopes = ~0u;
    g_autofree char *admin = ran(&member, "{}", false, NULL);
    assert_string_equal(admin, "auth.admin");
    member.is_admin = true;
    g_autofree char *ruled = ran(&member, "{}", false, NULL);
    assert_string_equal(ruled, "{\"args\":{},\"n_files\":0}");
    struct action_call anyone = call_of("sign.in");
    anyone.account_id = 0;
    anyone.scopes = 0;
    g_autofree char *in = ran(&anyone, "{\"password\":\" keep blanks \"}", false, NULL);
    assert_string_equal(in, "{\"args\":{\"password\":\" keep blanks \"},\"n_files\":0}");
}

static void test_readers_of_validated_arguments(void **state)
{
    (void)state;
    struct action_call call = call_of("knot.add");
    call.args =
        json_pack("{s:s, s:s, s:i, s:[s, s], s:b, s:{s:i, s:s}, s:s}", "person", "0000000000011",
                  "on", "2026-07-21", "every", 90, "tag", "a", "b", "firm", 1, "cost", "cents",
                  4500, "currency", "EUR", "at", "2026-07-21T09:00:00Z");
    assert_int_equal(call_id(&call, "person"), 33);
    assert_int_equal(call_day(&call, "on"), clock_today(&env.clock));
    assert_int_equal(call_span(&call, "every"), 90);
    assert_int_equal(call_span(&call, "none"), -1);
    assert_true(call_bool(&call, "firm"));
    assert_false(call_bool(&call, "none"));
    assert_true(call_at(&call, "at") == TUESDAY_21_JULY);
    assert_true(call_at(&call, "none") == AT_NONE);
    assert_int_equal(call_day(&call, "none"), DAY_NONE);
    int64_t cents;
    const char *currency;
    assert_true(call_money(&call, "cost", &cents, &currency));
    assert_int_equal(cents, 4500);
    assert_string_equal(currency, "EUR");
    assert_false(call_money(&call, "none", &cents, &currency));
    assert_int_equal(call_int(&call, "none", -4), -4);
    assert_int_equal(call_int(&call, "cost", -4), 4500);
    assert_null(call_text(&call, "none"));
    json_decref(call.args);
}

static void test_errors_keep_their_code_on_the_wire(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        int status;
    } rows[] = {
        {"auth.required", 401},
        {"auth.token", 401},
        {"auth.scope", 403},
        {"auth.csrf", 403},
        {"person.not_found", 404},
        {"api.method", 405},
        {"account.exists", 409},
        {"action.invalid", 422},
        {"import.too_large", 413},
        {"sign.limited", 429},
        {"import.unknown_format", 400},
        {"job.overloaded", 503},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        refuse(&error, rows[i].code, "No.");
        assert_int_equal(action_http_status(error), rows[i].status);
        assert_int_equal(action_exit_status(error), 1);
    }
    g_autoptr(GError) ours = NULL;
    bug(&ours, "store.not_found", "Lost.");
    assert_int_equal(action_http_status(ours), 500);
    assert_int_equal(action_exit_status(ours), 3);
    json_t *details = json_pack("{s:s}", "on", "This is not a day.");
    json_t *document = action_error_json(ours, details);
    char *text = json_dumps(document, JSON_COMPACT);
    assert_string_equal(text, "{\"error\":{\"code\":\"store.not_found\",\"message\":\"Lost.\","
                              "\"details\":[{\"param\":\"on\","
                              "\"reason\":\"This is not a day.\"}]}}");
    free(text);
    json_decref(document);
    json_decref(details);
}

/* ---- the table itself ---- */

static void refused_table(const struct action *one, const struct action *two, const char *word)
{
    const struct action *rows[] = {one, two};
    struct action_table bad = {.rows = rows, .n = two != NULL ? 2 : 1};
    g_autoptr(GError) error = NULL;
    assert_false(action_table_check(&bad, &error));
    if (strstr(error->message, word) == NULL) {
        fail_msg("%s does not say %s", error->message, word);
    }
}

static void test_a_malformed_table_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_true(action_table_check(&table, &error));
    struct action row = knot_rows[0];
    refused_table(&row, &knot_rows[0], "Two actions are called knot.add");
    row.name = "knotadd";
    refused_table(&row, NULL, "noun.verb");
    row = knot_rows[0];
    row.summary = "Tie a knot.";
    refused_table(&row, NULL, "full stop");
    row = knot_rows[0];
    row.run = NULL;
    refused_table(&row, NULL, "run must be given");
    static const struct param reserved[] = {{"json", PARAM_BOOL, .help = "x"}, {NULL}};
    row = knot_rows[0];
    row.params = reserved;
    refused_table(&row, NULL, "cannot be used");
    static const struct param bad_default[] = {
        {"on", PARAM_DAY, .help = "x", .fallback = "soonish"}, {NULL}};
    row.params = bad_default;
    refused_table(&row, NULL, "default of on is refused");
    static const struct param twice[] = {
        {"on", PARAM_DAY, .help = "x"}, {"on", PARAM_DAY, .help = "x"}, {NULL}};
    row.params = twice;
    refused_table(&row, NULL, "there twice");
    row = knot_rows[1];
    row.name = "knot.seek";
    refused_table(&row, &knot_rows[1], "alias seek");
}

static void test_nearest_words(void **state)
{
    (void)state;
    static const char *const words[] = {"person", "touch", "import", NULL};
    assert_string_equal(words_nearest("persno", words), "person");
    assert_string_equal(words_nearest("tuoch", words), "touch");
    assert_string_equal(words_nearest("imp", words), "import");
    assert_null(words_nearest("zzzzzz", words));
    assert_int_equal(words_distance("kitten", "sitting"), 3);
    assert_int_equal(words_distance("ab", "ba"), 1);
    assert_int_equal(words_distance("", "abc"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_become_canonical),
        cmocka_unit_test(test_values_are_refused_with_a_sentence),
        cmocka_unit_test(test_days_as_people_say_them),
        cmocka_unit_test(test_defaults_are_filled_in_and_blanks_are_absent),
        cmocka_unit_test(test_every_refusal_is_told_beside_its_parameter),
        cmocka_unit_test(test_forms_may_carry_more_than_the_parameters),
        cmocka_unit_test(test_a_path_as_text_is_no_file),
        cmocka_unit_test(test_permission_comes_first),
        cmocka_unit_test(test_readers_of_validated_arguments),
        cmocka_unit_test(test_errors_keep_their_code_on_the_wire),
        cmocka_unit_test(test_a_malformed_table_is_refused),
        cmocka_unit_test(test_nearest_words),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
