/* Shell completion, written from the rows: a table of commands and options as data, and a short
 * function that reads it. */
#include <string.h>

#include "action/help.h"
#include "action/help_parts.h"
#include "base/error.h"

/* 'text' for a shell: single quotes stand outside. */
static char *quoted(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "'", 0);
    g_autofree char *joined = g_strjoinv("'\\''", parts);
    return g_strdup_printf("'%s'", joined);
}

/* Calls put for every option name of a row, with the words that may follow it: "" nothing, ":file",
 * ":dir", ":any", or choices. */
static void each_option(const struct param *params, FILE *out,
                        void (*put)(FILE *, const char *, const char *, const char *))
{
    for (const struct param *param = params; param != NULL && param->name != NULL; param++) {
        if ((param->flags & PARAM_POSITIONAL) != 0 && param->type != PARAM_CHOICE) {
            continue;
        }
        g_autofree char *option = help_option(param);
        option[strcspn(option, " ")] = '\0';
        g_autofree char *choices =
            param->choices != NULL ? g_strjoinv(" ", (char **)param->choices) : NULL;
        const char *follows = param->type == PARAM_BOOL ? ""
                              : choices != NULL         ? choices
                              : param->type == PARAM_FILE || param->type == PARAM_SECRET ||
                                      g_strcmp0(param->placeholder, "FILE") == 0
                                  ? ":file"
                              : g_strcmp0(param->placeholder, "DIR") == 0 ? ":dir"
                                                                          : ":any";
        put(out, option, follows, param->help);
    }
}

static bool takes_files(const struct action *action)
{
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        if ((param->flags & PARAM_POSITIONAL) != 0 &&
            (param->type == PARAM_FILE || g_strcmp0(param->placeholder, "FILE") == 0)) {
            return true;
        }
    }
    return false;
}

/* ---- bash ---- */

static void bash_option(FILE *out, const char *option, const char *follows, const char *help)
{
    g_autofree char *value = quoted(follows);
    fprintf(out, " [%s]=%s", option, value);
}

static void write_bash(const struct action_table *table, FILE *out)
{
    g_autoptr(GPtrArray) nouns = help_nouns(table);
    fputs("# bash completion of ligature, written by: ligature help --completion "
          "bash\n_ligature()\n{\n"
          "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=() i\n   "
          " COMPREPLY=()\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n        case ${COMP_WORDS[i]} in\n"
          "            --data|--database|--account|--now) ((i++)) ;;\n            -*) ;;\n"
          "            *) words+=(\"${COMP_WORDS[i]}\") ;;\n        esac\n    done\n    local -A "
          "options=(",
          out);
    each_option(help_global_options, out, bash_option);
    fputs(")\n    local verbs='help", out);
    for (guint i = 0; i < nouns->len; i++) {
        fprintf(out, " %s", (const char *)g_ptr_array_index(nouns, i));
    }
    for (int i = 0; i < table->n; i++) {
        if (table->rows[i]->alias != NULL && !table->rows[i]->is_hidden &&
            !g_ptr_array_find_with_equal_func(nouns, table->rows[i]->alias, g_str_equal, NULL)) {
            fprintf(out, " %s", table->rows[i]->alias);
        }
    }
    fputs("' files=\n    [ \"${words[0]}\" = help ] && words=(\"${words[@]:1}\") && options=()\n   "
          " case ${words[0]} in\n",
          out);
    for (guint i = 0; i < nouns->len; i++) {
        const char *noun = g_ptr_array_index(nouns, i);
        fprintf(out, "        %s) verbs='", noun);
        size_t len = strlen(noun);
        for (int k = 0; k < table->n; k++) {
            const char *name = table->rows[k]->name;
            if (!table->rows[k]->is_hidden && strncmp(name, noun, len) == 0 && name[len] == '.') {
                g_autofree char *verb = g_strdelimit(g_strdup(name + len + 1), "_", '-');
                fprintf(out, " %s", verb);
            }
        }
        fputs("' ;;\n", out);
    }
    fputs("    esac\n    case \"${words[0]} ${words[1]}\" in\n", out);
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < table->n; i++) {
            const struct action *action = table->rows[i];
            if (action->is_hidden || (pass == 1 && action->alias == NULL)) {
                continue;
            }
            g_autofree char *name =
                g_strdelimit(g_strdelimit(g_strdup(action->name), ".", ' '), "_", '-');
            g_autofree char *pattern = pass == 0 ? g_strdup_printf("'%s'", name)
                                                 : g_strdup_printf("'%s '*", action->alias);
            bool is_noun = pass == 1 && g_ptr_array_find_with_equal_func(nouns, action->alias,
                                                                         g_str_equal, NULL);
            fprintf(out, "        %s) %sverbs=; options+=(", pattern,
                    is_noun ? "[[ ${#words[@]} -gt 1 ]] && " : "");
            each_option(action->params, out, bash_option);
            fprintf(out, ");%s ;;\n", takes_files(action) ? " files=1" : "");
        }
    }
    fputs(
        "    esac\n    local after=${options[$prev]-}\n    if [[ $prev == -* && -n $after ]]; "
        "then\n        case $after in\n"
        "            :file) compopt -o default 2>/dev/null; COMPREPLY=($(compgen -f -- \"$cur\")) "
        ";;\n"
        "            :dir) compopt -o dirnames 2>/dev/null; COMPREPLY=($(compgen -d -- \"$cur\")) "
        ";;\n            :any) ;;\n"
        "            *) COMPREPLY=($(compgen -W \"$after\" -- \"$cur\")) ;;\n        esac\n"
        "    elif [[ $cur == -* ]]; then\n        COMPREPLY=($(compgen -W \"${!options[*]}\" -- "
        "\"$cur\"))\n"
        "    elif [[ -n $verbs ]]; then\n        COMPREPLY=($(compgen -W \"$verbs\" -- \"$cur\"))\n"
        "    elif [[ -n $files ]]; then\n        compopt -o default 2>/dev/null; "
        "COMPREPLY=($(compgen -f -- \"$cur\"))\n"
        "    fi\n}\ncomplete -F _ligature ligature\n",
        out);
}

/* ---- zsh ---- */

/* Text inside an option's [explanation] of _arguments. */
static char *zsh_words(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *at = text; *at != '\0'; at++) {
        if (strchr("[]:\\", *at) != NULL) {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *at);
    }
    return g_string_free(out, FALSE);
}

static void zsh_option(FILE *out, const char *option, const char *follows, const char *help)
{
    g_autofree char *words = zsh_words(help);
    GString *spec = g_string_new(NULL);
    g_string_append_printf(spec, "*%s[%s]", option, words);
    if (strcmp(follows, ":file") == 0) {
        g_string_append(spec, ":file:_files");
    } else if (strcmp(follows, ":dir") == 0) {
        g_string_append(spec, ":folder:_files -/");
    } else if (strcmp(follows, ":any") == 0) {
        g_string_append(spec, ":value:");
    } else if (follows[0] != '\0') {
        g_string_append_printf(spec, ":value:(%s)", follows);
    }
    g_autofree char *argument = quoted(spec->str);
    g_string_free(spec, TRUE);
    fprintf(out, " %s", argument);
}

static void zsh_describe(const struct action_table *table, const char *noun, FILE *out)
{
    size_t len = noun != NULL ? strlen(noun) : 0;
    for (int i = 0; i < table->n; i++) {
        const struct action *action = table->rows[i];
        bool is_of = noun != NULL
                         ? strncmp(action->name, noun, len) == 0 && action->name[len] == '.'
                         : action->alias != NULL;
        if (action->is_hidden || !is_of) {
            continue;
        }
        g_autofree char *verb =
            g_strdelimit(g_strdup(noun != NULL ? action->name + len + 1 : action->alias), "_", '-');
        g_autofree char *entry = g_strdup_printf("%s:%s", verb, action->summary);
        g_autofree char *argument = quoted(entry);
        fprintf(out, " %s", argument);
    }
}

static void write_zsh(const struct action_table *table, FILE *out)
{
    g_autoptr(GPtrArray) nouns = help_nouns(table);
    fputs("#compdef ligature\n# zsh completion of ligature, written by: ligature help --completion "
          "zsh\n"
          "local -a words_of common verbs\nlocal word\ninteger i\nfor ((i = 2; i < CURRENT; i++)); "
          "do\n"
          "    word=${words[i]}\n    case $word in\n        --data|--database|--account|--now) "
          "((i++)) ;;\n        -*) ;;\n"
          "        *) words_of+=($word) ;;\n    esac\ndone\ncommon=(",
          out);
    each_option(help_global_options, out, zsh_option);
    fputs(")\n[[ ${words_of[1]} == help ]] && words_of=(${words_of[2,-1]})\ncase \"${words_of[1]} "
          "${words_of[2]}\" in\n",
          out);
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < table->n; i++) {
            const struct action *action = table->rows[i];
            if (action->is_hidden || (pass == 1 && action->alias == NULL)) {
                continue;
            }
            g_autofree char *name =
                g_strdelimit(g_strdelimit(g_strdup(action->name), ".", ' '), "_", '-');
            if (pass == 0) {
                fprintf(out, "    '%s') _arguments $common", name);
            } else {
                fprintf(out, "    '%s '*) _arguments $common", action->alias);
            }
            each_option(action->params, out, zsh_option);
            fprintf(out, " '*:%s' ;;\n", takes_files(action) ? "file:_files" : "word:");
        }
    }
    for (guint i = 0; i < nouns->len; i++) {
        fprintf(out, "    '%s '*) verbs=(", (const char *)g_ptr_array_index(nouns, i));
        zsh_describe(table, g_ptr_array_index(nouns, i), out);
        fputs("); _describe verb verbs ;;\n", out);
    }
    fputs("    *) verbs=('help:Tell about a command'", out);
    zsh_describe(table, NULL, out);
    for (guint i = 0; i < nouns->len; i++) {
        fprintf(out, " %s", (const char *)g_ptr_array_index(nouns, i));
    }
    fputs("); _describe command verbs; _arguments $common ;;\nesac\n", out);
}

bool help_write_completion(const struct action_table *table, const char *shell, FILE *out,
                           GError **error)
{
    if (strcmp(shell, "bash") == 0) {
        write_bash(table, out);
        return true;
    }
    if (strcmp(shell, "zsh") == 0) {
        write_zsh(table, out);
        return true;
    }
    return refuse(error, "usage.unknown_shell", "There is completion for bash and zsh, not for %s.",
                  shell);
}
