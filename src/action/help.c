/* --help, written from the rows. The manual pages are in man.c, the completion in completion.c. */
#include "action/help.h"

#include <string.h>

#include "action/cli.h"
#include "action/help_parts.h"
#include "action/words.h"
#include "base/error.h"

const struct param help_global_options[] = {
    {"data", PARAM_TEXT, .placeholder = "DIR",
     .help = "Folder of your data (default: $XDG_DATA_HOME/ligature)"},
    {"database", PARAM_TEXT, .placeholder = "URL",
     .help = "Store: a SQLite file or postgresql://... (default: ligature.db in the folder)"},
    {"account", PARAM_TEXT, .placeholder = "NAME",
     .help = "Act for this account (default: the only one)"},
    {"now", PARAM_TEXT, .placeholder = "TIME",
     .help = "Let it be this time, such as 2026-07-21T09:00:00Z"},
    {"json", PARAM_BOOL, .help = "Print one JSON document"},
    {"help", PARAM_BOOL, .help = "Tell about a command"},
    {"version", PARAM_BOOL, .help = "Print the version"},
    {NULL},
};

char *help_command(const struct action *action)
{
    if (action->alias != NULL) {
        return g_strdelimit(g_strdup(action->alias), "_", '-');
    }
    return g_strdelimit(g_strdelimit(g_strdup(action->name), ".", ' '), "_", '-');
}

char *help_placeholder(const struct param *param)
{
    static const char *const of_type[] = {
        [PARAM_TEXT] = "TEXT", [PARAM_INT] = "N",         [PARAM_REAL] = "NUMBER",
        [PARAM_ID] = "ID",     [PARAM_DAY] = "DATE",      [PARAM_AT] = "TIME",
        [PARAM_SPAN] = "SPAN", [PARAM_MONEY] = "AMOUNT",  [PARAM_CHOICE] = "KIND",
        [PARAM_FILE] = "FILE", [PARAM_SECRET] = "SECRET", [PARAM_JSON] = "JSON",
    };
    if (param->placeholder != NULL) {
        return g_strdup(param->placeholder);
    }
    if ((param->flags & PARAM_POSITIONAL) != 0) {
        return g_ascii_strup(param->name, -1);
    }
    return g_strdup(of_type[param->type]);
}

char *help_option(const struct param *param)
{
    g_autofree char *name = g_strdelimit(g_strdup(param->name), "_", '-');
    if (param->type == PARAM_BOOL) {
        bool is_on = param->fallback != NULL && strcmp(param->fallback, "true") == 0;
        return g_strdup_printf("--%s%s", is_on ? "no-" : "", name);
    }
    if (param->type == PARAM_SECRET) {
        return g_strdup_printf("--%s-file FILE", name);
    }
    g_autofree char *placeholder = help_placeholder(param);
    return g_strdup_printf("--%s %s", name, placeholder);
}

GPtrArray *help_nouns(const struct action_table *table)
{
    GPtrArray *nouns = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < table->n; i++) {
        if (table->rows[i]->is_hidden) {
            continue;
        }
        g_autofree char *noun = g_strndup(table->rows[i]->name, strcspn(table->rows[i]->name, "."));
        if (!g_ptr_array_find_with_equal_func(nouns, noun, g_str_equal, NULL)) {
            g_ptr_array_add(nouns, g_steal_pointer(&noun));
        }
    }
    return nouns;
}

/* ---- text in columns ---- */

/* Words of text wrapped at `columns`, each further line after `indent` blanks. */
static void put_wrapped(FILE *out, const char *text, int indent, int columns)
{
    g_auto(GStrv) words = g_strsplit(text, " ", 0);
    int at = indent;
    for (char **word = words; *word != NULL; word++) {
        int width = print_width(*word);
        if (at > indent && at + 1 + width > columns) {
            fprintf(out, "\n%*s", indent, "");
            at = indent;
        }
        fprintf(out, "%s%s", at > indent ? " " : "", *word);
        at += width + (at > indent ? 1 : 0);
    }
    fputc('\n', out);
}

/* "  left        right", the right wrapped; a long left takes a line of its own. */
static void put_row(FILE *out, const char *left, const char *right, int width)
{
    int columns = print_columns(out);
    int left_width = print_width(left);
    if (left_width > width) {
        fprintf(out, "  %s\n%*s", left, width + 4, "");
    } else {
        fprintf(out, "  %s%*s", left, width + 2 - left_width, "");
    }
    put_wrapped(out, right, width + 4, columns);
}

#define LEFT_MAX 30

static void put_param(FILE *out, const struct param *param, int width)
{
    GString *right = g_string_new(param->help);
    if (param->choices != NULL) {
        g_autofree char *all = g_strjoinv(", ", (char **)param->choices);
        g_string_append_printf(right, ": %s", all);
    }
    if (param->fallback != NULL && param->type != PARAM_BOOL) {
        g_string_append_printf(right, " (default: %s)", param->fallback);
    }
    if ((param->flags & PARAM_REPEATED) != 0 && (param->flags & PARAM_POSITIONAL) == 0) {
        g_string_append(right, "; may be repeated");
    }
    if (param->type == PARAM_SECRET) {
        g_string_append(right, "; - reads standard input; without the option it is asked for");
    }
    g_autofree char *words = g_string_free(right, FALSE);
    g_autofree char *left =
        (param->flags & PARAM_POSITIONAL) != 0 ? help_placeholder(param) : help_option(param);
    put_row(out, left, words, width);
}

char *help_usage(const struct action *action)
{
    g_autofree char *command = help_command(action);
    GString *line = g_string_new(command);
    bool has_options = false;
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        bool is_required = (param->flags & PARAM_REQUIRED) != 0 && param->fallback == NULL;
        if ((param->flags & PARAM_POSITIONAL) != 0) {
            g_autofree char *name = help_placeholder(param);
            const char *more = (param->flags & PARAM_REPEATED) != 0 ? "..." : "";
            g_string_append_printf(line, is_required ? " %s%s" : " [%s%s]", name, more);
        } else if (is_required && param->type != PARAM_SECRET) {
            g_autofree char *option = help_option(param);
            g_string_append_printf(line, " %s", option);
        } else {
            has_options = true;
        }
    }
    if (has_options) {
        g_string_append(line, " [OPTION...]");
    }
    return g_string_free(line, FALSE);
}

void help_action(const struct action *action, FILE *out)
{
    g_autofree char *usage = help_usage(action);
    fprintf(out, "ligature %s\n\n%s.\n", usage, action->summary);
    if (action->detail != NULL) {
        fputc('\n', out);
        put_wrapped(out, action->detail, 0, print_columns(out));
    }
    int width = 0;
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        g_autofree char *left =
            (param->flags & PARAM_POSITIONAL) != 0 ? help_placeholder(param) : help_option(param);
        width = MAX(width, print_width(left));
    }
    width = MIN(MAX(width, 15), LEFT_MAX);
    if (action->params != NULL && action->params[0].name != NULL) {
        fputc('\n', out);
    }
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        put_param(out, param, width);
    }
    fputs("\nEvery command takes:\n", out);
    for (const struct param *param = help_global_options; param->name != NULL; param++) {
        put_param(out, param, width);
    }
}

/* ---- lists ---- */

static void list_actions(const struct action_table *table, const char *noun, FILE *out)
{
    size_t len = noun != NULL ? strlen(noun) : 0;
    int width = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < table->n; i++) {
            const struct action *action = table->rows[i];
            if (action->is_hidden || (noun != NULL && (strncmp(action->name, noun, len) != 0 ||
                                                       action->name[len] != '.'))) {
                continue;
            }
            g_autofree char *command = help_command(action);
            if (pass == 0) {
                width = MAX(width, print_width(command));
            } else {
                put_row(out, command, action->summary, width);
            }
        }
    }
}

static const struct action *find_words(const struct action_table *table, const char *noun,
                                       const char *verb)
{
    for (int i = 0; i < table->n; i++) {
        const struct action *action = table->rows[i];
        if (verb == NULL && action->alias != NULL && strcmp(action->alias, noun) == 0) {
            return action;
        }
    }
    g_autofree char *name =
        verb != NULL ? g_strdelimit(g_strdup_printf("%s.%s", noun, verb), "-", '_') : NULL;
    return name != NULL ? action_find(table, name) : NULL;
}

bool help_show(const struct action_table *table, const char *const *words, int n_words, FILE *out,
               GError **error)
{
    if (n_words == 0) {
        fputs("Ligature: the professional network that a doctor owns.\n\n"
              "  ligature COMMAND [OPTION...]        ligature help COMMAND tells more\n\n",
              out);
        list_actions(table, NULL, out);
        fputs("\nEvery command takes:\n", out);
        for (const struct param *param = help_global_options; param->name != NULL; param++) {
            put_param(out, param, 15);
        }
        fputs("\nExit: 0 done, 1 refused, 2 the command is not right, 3 failed.\n", out);
        return true;
    }
    const struct action *action = find_words(table, words[0], n_words > 1 ? words[1] : NULL);
    if (action != NULL) {
        help_action(action, out);
        return true;
    }
    g_autoptr(GPtrArray) nouns = help_nouns(table);
    if (n_words == 1 && g_ptr_array_find_with_equal_func(nouns, words[0], g_str_equal, NULL)) {
        fprintf(out, "ligature %s VERB [OPTION...]\n\n", words[0]);
        list_actions(table, words[0], out);
        return true;
    }
    g_autofree char *nearest = help_nearest(table, words[0], n_words > 1 ? words[1] : NULL);
    return refuse(error, "usage.unknown_command", "There is no command `%s%s%s`.%s%s%s", words[0],
                  n_words > 1 ? " " : "", n_words > 1 ? words[1] : "",
                  nearest != NULL ? " Did you mean `ligature " : "", nearest != NULL ? nearest : "",
                  nearest != NULL ? "`?" : "");
}

char *help_nearest(const struct action_table *table, const char *noun, const char *verb)
{
    g_autofree char *typed = g_strjoin(" ", noun, verb, NULL);
    g_autoptr(GPtrArray) commands = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < table->n; i++) {
        const struct action *action = table->rows[i];
        if (action->is_hidden) {
            continue;
        }
        g_ptr_array_add(commands,
                        g_strdelimit(g_strdelimit(g_strdup(action->name), ".", ' '), "_", '-'));
        if (action->alias != NULL && verb == NULL) {
            g_ptr_array_add(commands, g_strdup(action->alias));
        }
    }
    /* "persn": the noun alone; its verbs are told by `help NOUN` */
    g_autoptr(GPtrArray) nouns = help_nouns(table);
    for (guint i = 0; verb == NULL && i < nouns->len; i++) {
        g_ptr_array_add(commands, g_strdup(g_ptr_array_index(nouns, i)));
    }
    g_ptr_array_add(commands, NULL);
    const char *nearest = words_nearest(typed, (const char *const *)commands->pdata);
    if (nearest != NULL || verb == NULL) {
        return g_strdup(nearest);
    }
    /* the noun is right and the verb unlike any: say what the noun can do */
    bool is_noun = g_ptr_array_find_with_equal_func(nouns, noun, g_str_equal, NULL);
    return is_noun ? g_strdup_printf("help %s", noun) : NULL;
}
