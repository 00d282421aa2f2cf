/* The command line: argv to an action and raw arguments. Rules, all of them:
 *   - Options that every command takes may stand anywhere. `--` ends options.
 *   - An exact `noun verb` wins; else the first word may be an alias (`today`, `search TEXT`).
 *   - `--name value` or `--name=value`; a flag is `--name` or `--no-name`; a repeated parameter is
 * repeated.
 *   - Bare words fill the positional parameters in order; a repeated last one takes the rest, a
 * last text joins the rest.
 *   - A secret never stands on the command line, where other users of the machine could read it:
 * `--name-file FILE`, or
 *     `--name` alone, which asks for it.
 *   - `@FILE` as the value of a JSON parameter reads the file. */
#include "action/cli.h"

#include <stdlib.h>
#include <string.h>

#include "action/help.h"
#include "action/words.h"
#include "base/error.h"

#define JSON_FILE_MAX (8 * 1024 * 1024)

struct reader {
    const struct action_table *table;
    struct cli_command *command;
    int argc;
    char **argv;
    int at;
    const char *noun; /* first word while no action is known */
    GPtrArray *bare;  /* positional words, borrowed */
};

void cli_command_clear(struct cli_command *command)
{
    g_clear_pointer(&command->help_words, g_ptr_array_unref);
    g_clear_pointer(&command->raw, json_decref);
    g_clear_pointer(&command->files, g_ptr_array_unref);
}

/* ---- finding the action ---- */

static const struct action *by_alias(const struct action_table *table, const char *word)
{
    for (int i = 0; i < table->n; i++) {
        if (table->rows[i]->alias != NULL && strcmp(table->rows[i]->alias, word) == 0) {
            return table->rows[i];
        }
    }
    return NULL;
}

static const struct action *by_words(const struct action_table *table, const char *noun,
                                     const char *verb)
{
    g_autofree char *name = g_strdup_printf("%s.%s", noun, verb);
    g_strdelimit(name, "-", '_');
    return action_find(table, name);
}

static bool has_noun(const struct action_table *table, const char *noun)
{
    size_t len = strlen(noun);
    for (int i = 0; i < table->n; i++) {
        if (strncmp(table->rows[i]->name, noun, len) == 0 && table->rows[i]->name[len] == '.') {
            return true;
        }
    }
    return false;
}

static bool unknown_command(const struct reader *reader, const char *noun, const char *verb,
                            GError **error)
{
    g_autofree char *nearest = help_nearest(reader->table, noun, verb);
    g_autofree char *hint = nearest != NULL
                                ? g_strdup_printf("Did you mean `ligature %s`?", nearest)
                                : g_strdup("`ligature help` lists all commands.");
    return refuse(error, "usage.unknown_command", "There is no command `%s%s%s`. %s", noun,
                  verb != NULL ? " " : "", verb != NULL ? verb : "", hint);
}

/* A bare word: part of the command's name, or a positional value. */
static bool take_word(struct reader *reader, const char *word, GError **error)
{
    struct cli_command *command = reader->command;
    if (command->is_help) {
        g_ptr_array_add(command->help_words, (char *)word);
        return true;
    }
    if (command->action != NULL) {
        g_ptr_array_add(reader->bare, (char *)word);
        return true;
    }
    if (reader->noun == NULL) {
        if (strcmp(word, "help") == 0) {
            command->is_help = true;
            return true;
        }
        const char *next = reader->at + 1 < reader->argc ? reader->argv[reader->at + 1] : NULL;
        bool is_named =
            next != NULL && next[0] != '-' && by_words(reader->table, word, next) != NULL;
        command->action = is_named ? NULL : by_alias(reader->table, word);
        if (command->action == NULL && !has_noun(reader->table, word)) {
            return unknown_command(reader, word, NULL, error);
        }
        reader->noun = word;
        return true;
    }
    command->action = by_words(reader->table, reader->noun, word);
    return command->action != NULL || unknown_command(reader, reader->noun, word, error);
}

/* ---- options ---- */

/* The value after `=`, or the next word. NULL when there is none. */
static const char *take_value(struct reader *reader, const char *inline_value)
{
    if (inline_value != NULL) {
        return inline_value;
    }
    if (reader->at + 1 >= reader->argc) {
        return NULL;
    }
    const char *next = reader->argv[reader->at + 1];
    if (g_str_has_prefix(next, "--")) {
        return NULL;
    }
    reader->at++;
    return next;
}

static bool needs_value(const char *option, GError **error)
{
    return refuse(error, "usage.missing_value", "%s needs a value after it.", option);
}

/* Options of every command. *is_global_out says whether it was one. */
static bool take_global(struct reader *reader, const char *name, const char *value,
                        bool *is_global_out, GError **error)
{
    struct cli_command *command = reader->command;
    struct cli_options *options = &command->options;
    const struct {
        const char *name;
        const char **to;
    } texts[] = {
        {"--data", &options->data},
        {"--database", &options->database},
        {"--account", &options->account},
        {"--now", &options->now},
        {command->is_help ? "--man" : "", &command->man_dir},
        {command->is_help ? "--completion" : "", &command->completion},
    };
    const struct {
        const char *name;
        bool *to;
    } flags[] = {
        {"--json", &options->is_json},
        {"--help", &options->wants_help},
        {"-h", &options->wants_help},
        {"--version", &options->wants_version},
    };
    *is_global_out = true;
    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
        if (strcmp(name, flags[i].name) == 0) {
            *flags[i].to = true;
            return true;
        }
    }
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (strcmp(name, texts[i].name) == 0) {
            *texts[i].to = take_value(reader, value);
            return *texts[i].to != NULL || needs_value(name, error);
        }
    }
    *is_global_out = false;
    return true;
}

static const struct param *find_param(const struct action *action, const char *name)
{
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        if (strcmp(param->name, name) == 0) {
            return param;
        }
    }
    return NULL;
}

static bool unknown_option(const struct reader *reader, const char *option, GError **error)
{
    const struct action *action = reader->command->action;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const struct param *param = action != NULL ? action->params : NULL;
         param != NULL && param->name != NULL; param++) {
        g_ptr_array_add(names, g_strdelimit(g_strdup(param->name), "_", '-'));
    }
    for (const struct param *param = help_global_options; param->name != NULL; param++) {
        g_ptr_array_add(names, g_strdup(param->name));
    }
    g_ptr_array_add(names, NULL);
    const char *bare = option + strspn(option, "-");
    const char *nearest = words_nearest(bare, (const char *const *)names->pdata);
    g_autofree char *hint =
        nearest != NULL ? g_strdup_printf(" Did you mean --%s?", nearest) : g_strdup("");
    g_autofree char *command = action != NULL ? help_command(action) : g_strdup("help");
    return refuse(error, "usage.unknown_option",
                  "There is no option %s here.%s `ligature %s%s` lists the options.", option, hint,
                  command, action != NULL ? " --help" : "");
}

/* Text of "@file" for JSON parameters. */
static json_t *json_argument(const char *value, GError **error)
{
    if (value[0] != '@') {
        return json_string(value);
    }
    g_autofree char *text = NULL;
    gsize length;
    g_autoptr(GError) trouble = NULL;
    if (!g_file_get_contents(value + 1, &text, &length, &trouble)) {
        refuse(error, "usage.file", "%s", trouble->message);
        return NULL;
    }
    json_t *string = length <= JSON_FILE_MAX ? json_stringn(text, length) : NULL;
    if (string == NULL) {
        refuse(error, "usage.file", "%s is no UTF-8 text, or larger than 8 MiB.", value + 1);
    }
    return string;
}

static bool set_raw(struct reader *reader, const struct param *param, json_t *value, GError **error)
{
    struct cli_command *command = reader->command;
    if (value == NULL) {
        return refuse(error, "usage.text", "The value of %s is not UTF-8 text.",
                      param->name); /* keeps an earlier error */
    }
    json_t *before = json_object_get(command->raw, param->name);
    if ((param->flags & PARAM_REPEATED) != 0) {
        if (before == NULL) {
            before = json_array();
            json_object_set_new(command->raw, param->name, before);
        }
        json_array_append_new(before, value);
        return true;
    }
    if (before != NULL) {
        json_decref(value);
        return refuse(error, "usage.twice", "--%s is given twice.", param->name);
    }
    json_object_set_new(command->raw, param->name, value);
    return true;
}

static bool add_value(struct reader *reader, const struct param *param, const char *text,
                      GError **error)
{
    if (param->type == PARAM_FILE) {
        g_autofree char *base = g_path_get_basename(text);
        size_t path_len = strlen(text) + 1;
        struct call_file *file = g_malloc(sizeof *file + path_len + strlen(base) + 1);
        char *copy = (char *)(file + 1);
        file->path = memcpy(copy, text, path_len);
        file->name = memcpy(copy + path_len, base, strlen(base) + 1);
        g_ptr_array_add(reader->command->files, file);
    }
    json_t *value = param->type == PARAM_JSON ? json_argument(text, error) : json_string(text);
    return set_raw(reader, param, value, error);
}

/* `--password-file FILE`, or `--password` alone: asked for later, marked by JSON true. */
static bool take_secret(struct reader *reader, const struct param *param, const char *value,
                        bool is_file, GError **error)
{
    if (!is_file) {
        if (value != NULL) {
            return refuse(
                error, "usage.secret",
                "A secret on the command line can be read by others of this machine. Leave "
                "the value out and it is asked for, or use --%s-file.",
                param->name);
        }
        return set_raw(reader, param, json_true(), error);
    }
    const char *path = take_value(reader, value);
    if (path == NULL) {
        return needs_value("--…-file", error);
    }
    g_autofree char *text = NULL;
    g_autoptr(GError) trouble = NULL;
    if (!g_file_get_contents(strcmp(path, "-") == 0 ? "/dev/stdin" : path, &text, NULL, &trouble)) {
        return refuse(error, "usage.file", "%s", trouble->message);
    }
    text[strcspn(text, "\r\n")] = '\0';
    return set_raw(reader, param, json_string(text), error);
}

static bool take_option(struct reader *reader, const char *word, GError **error)
{
    const char *equals = strchr(word, '=');
    g_autofree char *option =
        equals != NULL ? g_strndup(word, (gsize)(equals - word)) : g_strdup(word);
    const char *value = equals != NULL ? equals + 1 : NULL;
    bool is_global;
    bool is_sound = take_global(reader, option, value, &is_global, error);
    if (!is_sound || is_global) {
        return is_sound;
    }
    const struct action *action = reader->command->action;
    if (action == NULL || !g_str_has_prefix(option, "--")) {
        return unknown_option(reader, option, error);
    }
    g_autofree char *name = g_strdelimit(g_strdup(option + 2), "-", '_');
    const struct param *param = find_param(action, name);
    if (param == NULL && g_str_has_suffix(name, "_file")) {
        g_autofree char *secret = g_strndup(name, strlen(name) - strlen("_file"));
        param = find_param(action, secret);
        if (param != NULL && param->type == PARAM_SECRET) {
            return take_secret(reader, param, value, true, error);
        }
        param = NULL;
    }
    if (param == NULL && g_str_has_prefix(name, "no_") && value == NULL) {
        param = find_param(action, name + 3);
        if (param != NULL && param->type == PARAM_BOOL) {
            return set_raw(reader, param, json_false(), error);
        }
        param = NULL;
    }
    if (param == NULL) {
        return unknown_option(reader, option, error);
    }
    if (param->type == PARAM_SECRET) {
        return take_secret(reader, param, value, false, error);
    }
    if (param->type == PARAM_BOOL && value == NULL) {
        return set_raw(reader, param, json_true(), error);
    }
    value = take_value(reader, value);
    return value != NULL ? add_value(reader, param, value, error) : needs_value(option, error);
}

/* ---- putting it together ---- */

static bool place_words(struct reader *reader, GError **error)
{
    const struct action *action = reader->command->action;
    guint at = 0;
    for (const struct param *param = action->params;
         param != NULL && param->name != NULL && at < reader->bare->len; param++) {
        if ((param->flags & PARAM_POSITIONAL) == 0 ||
            json_object_get(reader->command->raw, param->name) != NULL) {
            continue;
        }
        const struct param *later = param + 1;
        while (later->name != NULL && (later->flags & PARAM_POSITIONAL) == 0) {
            later++;
        }
        bool is_last = later->name == NULL;
        if (is_last && param->type == PARAM_TEXT && (param->flags & PARAM_REPEATED) == 0) {
            GString *joined = g_string_new(g_ptr_array_index(reader->bare, at++));
            for (; at < reader->bare->len; at++) {
                g_string_append_printf(joined, " %s",
                                       (const char *)g_ptr_array_index(reader->bare, at));
            }
            g_autofree char *text = g_string_free(joined, FALSE);
            return add_value(reader, param, text, error);
        }
        do {
            if (!add_value(reader, param, g_ptr_array_index(reader->bare, at++), error)) {
                return false;
            }
        } while ((param->flags & PARAM_REPEATED) != 0 && at < reader->bare->len);
    }
    if (at < reader->bare->len) {
        g_autofree char *command = help_command(action);
        return refuse(error, "usage.too_many_words",
                      "`ligature %s` does not know what to do with `%s`.", command,
                      (const char *)g_ptr_array_index(reader->bare, at));
    }
    return true;
}

static bool check_required(const struct reader *reader, GError **error)
{
    const struct action *action = reader->command->action;
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        if ((param->flags & PARAM_REQUIRED) == 0 || param->type == PARAM_SECRET ||
            param->fallback != NULL || json_object_get(reader->command->raw, param->name) != NULL) {
            continue;
        }
        g_autofree char *command = help_command(action);
        g_autofree char *name = g_strdelimit(g_strdup(param->name), "_", '-');
        bool is_positional = (param->flags & PARAM_POSITIONAL) != 0;
        return refuse(error, "usage.missing",
                      "`ligature %s` needs %s%s: %s. `ligature %s --help` tells more.", command,
                      is_positional ? "" : "--", name, param->help, command);
    }
    return true;
}

static bool read_all(struct reader *reader, GError **error)
{
    bool only_words = false;
    for (reader->at = 1; reader->at < reader->argc; reader->at++) {
        const char *word = reader->argv[reader->at];
        if (!g_utf8_validate(word, -1, NULL)) {
            return refuse(error, "usage.text", "Word %d of the command is not UTF-8 text.",
                          reader->at);
        }
        if (!only_words && strcmp(word, "--") == 0) {
            only_words = true;
        } else if (!only_words && word[0] == '-' && word[1] != '\0') {
            if (!take_option(reader, word, error)) {
                return false;
            }
        } else if (!take_word(reader, word, error)) {
            return false;
        }
    }
    struct cli_command *command = reader->command;
    if (command->options.wants_version || command->is_help) {
        return true;
    }
    if (command->options.wants_help) {
        if (command->action == NULL && reader->noun != NULL) {
            g_ptr_array_add(command->help_words, (char *)reader->noun);
        }
        command->is_help = command->action == NULL;
        return true;
    }
    if (command->action == NULL) {
        return reader->noun != NULL
                   ? refuse(error, "usage.incomplete",
                            "`ligature %s` needs a verb. `ligature help %s` lists them.",
                            reader->noun, reader->noun)
                   : refuse(error, "usage.incomplete",
                            "Say what to do. `ligature help` lists all commands.");
    }
    return place_words(reader, error) && check_required(reader, error);
}

bool cli_parse(const struct action_table *table, int argc, char **argv, struct cli_command *command,
               GError **error)
{
    *command = (struct cli_command){
        .help_words = g_ptr_array_new(),
        .files = g_ptr_array_new_with_free_func(g_free),
        .raw = json_object(),
    };
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        command->options.is_json = command->options.is_json || strcmp(argv[i], "--json") == 0;
    }
    g_autoptr(GPtrArray) bare = g_ptr_array_new();
    struct reader reader = {
        .table = table, .command = command, .argc = argc, .argv = argv, .bare = bare};
    return read_all(&reader, error);
}

int cli_exit_status(const GError *error)
{
    return g_str_has_prefix(error_code(error), "usage.") ? 2 : action_exit_status(error);
}
