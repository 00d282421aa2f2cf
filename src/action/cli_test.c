/* The command line is read as its rules say, and told as the table says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <glib/gstdio.h>
#include <locale.h>

#include "action/cli.h"
#include "action/help.h"
#include "action/test_actions.h"

static struct action_table table;

static int set_up(void **state)
{
    (void)state;
    setlocale(LC_CTYPE, "C.UTF-8");
    table = knot_table();
    return 0;
}

/* "action raw-json", or "code: message". */
static char *read_line(const char *line)
{
    g_auto(GStrv) argv = NULL;
    int argc;
    assert_true(g_shell_parse_argv(line, &argc, &argv, NULL));
    struct cli_command command;
    g_autoptr(GError) error = NULL;
    char *text;
    if (cli_parse(&table, argc, argv, &command, &error)) {
        char *raw = json_dumps(command.raw, JSON_COMPACT | JSON_SORT_KEYS);
        text = g_strdup_printf("%s %s", command.action != NULL ? command.action->name : "-", raw);
        free(raw);
    } else {
        assert_int_equal(cli_exit_status(error), 2);
        text = g_strdup_printf("%s: %s", error_code(error), error->message);
    }
    cli_command_clear(&command);
    return text;
}

#define assert_reads(line, expected)                                                               \
    do {                                                                                           \
        g_autofree char *text_ = read_line(line);                                                  \
        assert_string_equal(text_, expected);                                                      \
    } while (0)

static void test_options_words_and_flags(void **state)
{
    (void)state;
    assert_reads("ligature knot add --person 33 --kind square --firm",
                 "knot.add {\"firm\":true,\"kind\":\"square\",\"person\":\"33\"}");
    assert_reads("ligature knot add --person=33 --kind=square --no-firm",
                 "knot.add {\"firm\":false,\"kind\":\"square\",\"person\":\"33\"}");
    assert_reads(
        "ligature --json knot --now 2026-07-21 add --person 1 --kind granny --tag a --tag 'b c'",
        "knot.add {\"kind\":\"granny\",\"person\":\"1\",\"tag\":[\"a\",\"b c\"]}");
    assert_reads("ligature knot tie-all", "knot.tie_all {}");
    assert_reads("ligature knot show 0000000000011", "knot.show {\"id\":\"0000000000011\"}");
    assert_reads("ligature knot import a.vcf dir/b.csv",
                 "knot.import {\"files\":[\"a.vcf\",\"dir/b.csv\"]}");
    assert_reads("ligature knot import -- --odd.vcf", "knot.import {\"files\":[\"--odd.vcf\"]}");
}

static void test_one_word_commands(void **state)
{
    (void)state;
    assert_reads("ligature serve", "serve.run {}");
    assert_reads("ligature seek amina hassan --limit 3",
                 "knot.find {\"limit\":\"3\",\"text\":\"amina hassan\"}");
    assert_reads("ligature knots", "knot.list {}");
    assert_reads("ligature knot find rao", "knot.find {\"text\":\"rao\"}");
    assert_reads("ligature --json",
                 "usage.incomplete: Say what to do. `ligature help` lists all commands.");
}

static void test_mistakes_suggest_the_nearest(void **state)
{
    (void)state;
    assert_reads(
        "ligature knto add",
        "usage.unknown_command: There is no command `knto`. Did you mean `ligature knot`?");
    assert_reads(
        "ligature knot ad",
        "usage.unknown_command: There is no command `knot ad`. Did you mean `ligature knot add`?");
    assert_reads("ligature knot frobnicate",
                 "usage.unknown_command: There is no command `knot frobnicate`. Did you mean "
                 "`ligature help knot`?");
    assert_reads(
        "ligature zzz",
        "usage.unknown_command: There is no command `zzz`. `ligature help` lists all commands.");
    assert_reads("ligature knot add --persn 3",
                 "usage.unknown_option: There is no option --persn here. Did you mean --person? "
                 "`ligature knot add --help` lists the options.");
    assert_reads(
        "ligature knot",
        "usage.incomplete: `ligature knot` needs a verb. `ligature help knot` lists them.");
    assert_reads("ligature knot add --kind", "usage.missing_value: --kind needs a value after it.");
    assert_reads("ligature knot add --kind square",
                 "usage.missing: `ligature knot add` needs --person: Whose it is. "
                 "`ligature knot add --help` tells more.");
    assert_reads("ligature knot show", "usage.missing: `ligature knot show` needs id: The knot. "
                                       "`ligature knot show --help` tells more.");
    assert_reads("ligature knot show 1 2",
                 "usage.too_many_words: `ligature knot show` does not know what to do with `2`.");
    assert_reads("ligature knot add --kind square --kind granny",
                 "usage.twice: --kind is given twice.");
}

static void test_secrets_are_no_words_of_the_command(void **state)
{
    (void)state;
    g_autofree char *text = read_line("ligature sign in --password=hunter2");
    assert_non_null(strstr(text, "usage.secret"));
    assert_null(strstr(text, "hunter2"));
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("secret-XXXXXX", &path, NULL);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "hunter 2\r\nx\n", 12), 12);
    close(fd);
    g_autofree char *line = g_strdup_printf("ligature sign in --password-file %s", path);
    assert_reads(line, "sign.in {\"password\":\"hunter 2\"}");
    g_autofree char *json =
        g_strdup_printf("ligature knot add --person 1 --kind granny --facts @%s", path);
    assert_reads(
        json, "knot.add {\"facts\":\"hunter 2\\r\\nx\\n\",\"kind\":\"granny\",\"person\":\"1\"}");
    g_unlink(path);
}

/* ---- printing ---- */

/* What fn writes to its FILE. */
static char *written(void (*fn)(FILE *out, void *data), void *data)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    fn(out, data);
    fclose(out);
    char *copy = g_strdup(text);
    free(text);
    return copy;
}

static void put_list(FILE *out, void *data)
{
    json_t *result = NULL;
    knot_list(NULL, &result, NULL);
    print_generic(result, knot_list_result, out, NULL);
    json_decref(result);
}

static void put_object(FILE *out, void *data)
{
    json_t *result = json_pack("{s:s, s:n, s:[s, s], s:i}", "name", "Amina", "org", "tags", "ohio",
                               "mentor", "n_touches", 4);
    print_generic(result, NULL, out, NULL);
    json_decref(result);
}

static void test_lists_are_aligned_by_display_width(void **state)
{
    (void)state;
    assert_int_equal(print_width("김민수"), 6);
    assert_int_equal(print_width("e\xcc\x81"), 1);
    assert_int_equal(print_width("\xff\xfe"), 2);
    g_autofree char *text = written(put_list, NULL);
    assert_string_equal(text, "id             name          turns  firm\n"
                              "0000000000001  Amina Hassan      3  yes\n"
                              "0000000000002  김민수           12\n"
                              "\n2 of 5 knots. More: --after c2\n");
    g_autofree char *object = written(put_object, NULL);
    assert_string_equal(object, "name       Amina\ntags       ohio, mentor\nn touches  4\n");
}

static void put_long(FILE *out, void *data)
{
    json_t *rows = json_array();
    json_array_append_new(rows,
                          json_pack("{s:s, s:s, s:i}", "id", "1", "note",
                                    "one two three four five six seven eight nine ten eleven "
                                    "twelve thirteen fourteen fifteen sixteen seventeen eighteen",
                                    "n", 7));
    json_t *result = json_list("notes", rows, 1, NULL);
    print_generic(result, NULL, out, NULL);
    json_decref(result);
}

static void test_long_cells_wrap_and_nothing_is_cut(void **state)
{
    (void)state;
    g_autofree char *text = written(put_long, NULL);
    assert_string_equal(text, "id  note                                                            "
                              "                               n\n"
                              "1   one two three four five six seven eight nine ten eleven twelve "
                              "thirteen fourteen fifteen       7\n"
                              "    sixteen seventeen eighteen\n");
}

static void put_wide(FILE *out, void *data)
{
    json_t *row = json_object();
    for (int i = 0; i < 9; i++) {
        char name[8];
        g_snprintf(name, sizeof name, "c%d", i);
        json_object_set_new(row, name, json_string("fourteen-cols."));
    }
    json_t *result = json_list("rows", json_pack("[o]", row), 1, NULL);
    print_generic(result, NULL, out, NULL);
    json_decref(result);
}

static void test_columns_without_a_place_are_named(void **state)
{
    (void)state;
    g_autofree char *text = written(put_wide, NULL);
    assert_string_equal(
        text, "c0              c1              c2              c3              c4              c5\n"
              "fourteen-cols.  fourteen-cols.  fourteen-cols.  fourteen-cols.  fourteen-cols.  "
              "fourteen-cols.\n"
              "\nToo narrow to show: c6, c7, c8. --json shows all.\n");
}

static void put_help(FILE *out, void *data)
{
    help_action(action_find(&table, data), out);
}

static void put_all(FILE *out, void *data)
{
    assert_true(help_show(&table, NULL, 0, out, NULL));
}

static void test_help_is_written_from_the_row(void **state)
{
    (void)state;
    g_autofree char *text = written(put_help, (void *)"knot.find");
    assert_true(g_str_has_prefix(text, "ligature seek TEXT [OPTION...]\n\nFind a knot.\n\n"
                                       "  TEXT             What to look for\n"
                                       "  --limit N        The most (default: 50)\n"));
    g_autofree char *all = written(put_all, NULL);
    assert_non_null(strstr(all, "knot add      Tie a knot\n"));
    assert_non_null(strstr(all, "serve         Serve\n"));
    g_autoptr(GError) error = NULL;
    const char *const words[] = {"knot", "ad"};
    assert_false(help_show(&table, words, 2, stdout, &error));
    assert_string_equal(error->message,
                        "There is no command `knot ad`. Did you mean `ligature knot add`?");
}

static void put_bash(FILE *out, void *data)
{
    assert_true(help_write_completion(&table, data, out, NULL));
}

static void test_completion_knows_every_option(void **state)
{
    (void)state;
    g_autofree char *bash = written(put_bash, (void *)"bash");
    assert_non_null(strstr(
        bash, "'knot add') verbs=; options+=( [--person]=':any' [--kind]='square granny surgeon'"));
    assert_non_null(strstr(bash, "knot) verbs=' add find list"));
    g_autofree char *zsh = written(put_bash, (void *)"zsh");
    assert_non_null(strstr(zsh, "'*--kind[Kind of knot]:value:(square granny surgeon)'"));
    g_autoptr(GError) error = NULL;
    assert_false(help_write_completion(&table, "fish", stdout, &error));
    assert_string_equal(error_code(error), "usage.unknown_shell");
}

static void test_manual_has_a_page_for_each_action(void **state)
{
    (void)state;
    g_autofree char *dir = g_dir_make_tmp("man-XXXXXX", NULL);
    g_autoptr(GError) error = NULL;
    assert_true(help_write_man(&table, dir, &error));
    for (int i = -1; i < table.n; i++) {
        g_autofree char *dashed =
            i < 0 ? NULL : g_strdelimit(g_strdup(table.rows[i]->name), "._", '-');
        g_autofree char *path = i < 0 ? g_strdup_printf("%s/ligature.1", dir)
                                      : g_strdup_printf("%s/ligature-%s.1", dir, dashed);
        g_autofree char *text = NULL;
        assert_true(g_file_get_contents(path, &text, NULL, NULL));
        assert_non_null(strstr(text, ".Sh SYNOPSIS"));
        g_unlink(path);
    }
    g_rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_words_and_flags),
        cmocka_unit_test(test_one_word_commands),
        cmocka_unit_test(test_mistakes_suggest_the_nearest),
        cmocka_unit_test(test_secrets_are_no_words_of_the_command),
        cmocka_unit_test(test_lists_are_aligned_by_display_width),
        cmocka_unit_test(test_long_cells_wrap_and_nothing_is_cut),
        cmocka_unit_test(test_columns_without_a_place_are_named),
        cmocka_unit_test(test_help_is_written_from_the_row),
        cmocka_unit_test(test_completion_knows_every_option),
        cmocka_unit_test(test_manual_has_a_page_for_each_action),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
