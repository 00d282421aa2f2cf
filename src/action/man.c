/* The manual in mdoc: one page for the program, one for each command. `mandoc -T lint` finds
 * nothing in them. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "action/help.h"
#include "action/help_parts.h"
#include "base/error.h"

#define MAN_DATE "July 21, 2026"

/* Text where roff would read commands: a backslash, and a point or an apostrophe that begins a
 * line. */
static void put_text(FILE *out, const char *text)
{
    bool is_start = true;
    for (const char *at = text; *at != '\0'; at++) {
        if (is_start && (*at == '.' || *at == '\'')) {
            fputs("\\&", out);
        }
        if (*at == '\\') {
            fputs("\\e", out);
        } else {
            fputc(*at, out);
        }
        /* a sentence ends its line, as mdoc wants it */
        if (*at == '.' && at[1] == ' ' &&
            (g_ascii_isupper(at[2]) || at[2] == '`' || at[2] == '-')) {
            fputc('\n', out);
            at++;
            is_start = true;
            continue;
        }
        is_start = *at == '\n';
    }
    fputc('\n', out);
}

/* An argument of a macro: words of two letters could be macros, blanks must stay. */
static void put_argument(FILE *out, const char *text)
{
    fputc('"', out);
    for (const char *at = text; *at != '\0'; at++) {
        fputs(*at == '"' ? "\"\"" : *at == '\\' ? "\\e" : "", out);
        if (*at != '"' && *at != '\\') {
            fputc(*at, out);
        }
    }
    fputc('"', out);
}

static void put_head(FILE *out, const char *title, const char *name, const char *summary)
{
    g_autofree char *upper = g_ascii_strup(title, -1);
    fprintf(out, ".\\\" Written by the program from its action table: ligature help --man DIR\n");
    fprintf(out, ".Dd %s\n.Dt %s 1\n.Os\n.Sh NAME\n.Nm %s\n.Nd ", MAN_DATE, upper, name);
    g_autofree char *first = g_strdup(summary);
    first[0] = g_ascii_tolower(first[0]);
    put_text(out, first);
}

static void put_flag(FILE *out, const struct param *param, const char *item)
{
    g_autofree char *name = g_strdelimit(g_strdup(param->name), "_", '-');
    g_autofree char *placeholder = help_placeholder(param);
    if ((param->flags & PARAM_POSITIONAL) != 0) {
        fprintf(out, ".%sAr ", item);
        put_argument(out, placeholder);
        if ((param->flags & PARAM_REPEATED) != 0) {
            fputs(" ...", out);
        }
        fputc('\n', out);
        return;
    }
    bool is_on = param->type == PARAM_BOOL && param->fallback != NULL &&
                 strcmp(param->fallback, "true") == 0;
    fprintf(out, ".%sFl -%s%s%s", item, is_on ? "no-" : "", name,
            param->type == PARAM_SECRET ? "-file" : "");
    if (param->type != PARAM_BOOL) {
        fputs(" Ar ", out);
        put_argument(out, param->type == PARAM_SECRET ? "FILE" : placeholder);
    }
    fputc('\n', out);
}

static bool is_open(const struct param *param)
{
    return (param->flags & PARAM_REQUIRED) == 0 || param->fallback != NULL ||
           param->type == PARAM_SECRET;
}

static void put_params(FILE *out, const struct param *params)
{
    if (params == NULL || params[0].name == NULL) {
        return;
    }
    fputs(".Bl -tag -width Ds\n", out);
    for (const struct param *param = params; param->name != NULL; param++) {
        put_flag(out, param, "It ");
        g_autofree char *sentence = g_strdup_printf("%s.", param->help);
        put_text(out, sentence);
        if (param->choices != NULL) {
            g_autofree char *all = g_strjoinv(", ", (char **)param->choices);
            fprintf(out, "One of: %s.\n", all);
        }
        if (param->fallback != NULL && param->type != PARAM_BOOL) {
            fprintf(out, "The default is\n.Cm ");
            put_argument(out, param->fallback);
            fputs(" .\n", out);
        }
        if ((param->flags & PARAM_REPEATED) != 0 && (param->flags & PARAM_POSITIONAL) == 0) {
            fputs("May be repeated.\n", out);
        }
        if (param->type == PARAM_SECRET) {
            fputs("A hyphen reads standard input; without the option it is asked for on the "
                  "terminal.\n",
                  out);
        }
    }
    fputs(".El\n", out);
}

static void put_exit(FILE *out)
{
    fputs(".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n.It 0\nDone.\n.It 1\nRefused: what was "
          "asked cannot be done.\n"
          ".It 2\nThe command is not right.\n.It 3\nFailed.\n.El\n",
          out);
}

static void put_synopsis(FILE *out, const struct action *action)
{
    g_autofree char *command = help_command(action);
    fprintf(out, ".Sh SYNOPSIS\n.Nm ligature\n.Cm ");
    fprintf(out, "%s\n", command);
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        put_flag(out, param, is_open(param) ? "Op " : "");
    }
}

static void write_action(FILE *out, const struct action *action)
{
    g_autofree char *dashed = g_strdelimit(g_strdup(action->name), "._", '-');
    g_autofree char *name = g_strdup_printf("ligature-%s", dashed);
    put_head(out, name, name, action->summary);
    put_synopsis(out, action);
    fputs(".Sh DESCRIPTION\n", out);
    g_autofree char *sentence = g_strdup_printf("%s.", action->summary);
    put_text(out, sentence);
    if (action->detail != NULL) {
        fputs(".Pp\n", out);
        put_text(out, action->detail);
    }
    if (action->params != NULL && action->params[0].name != NULL) {
        fputs(".Sh OPTIONS\n", out);
        put_params(out, action->params);
    }
    if (action->result != NULL && action->result[0].name != NULL) {
        fputs(".Sh RESULT\nWith\n.Fl -json\nstandard output is one object with these members:\n.Bl "
              "-tag -width Ds\n",
              out);
        for (const struct field *field = action->result; field->name != NULL; field++) {
            fprintf(out, ".It Cm ");
            put_argument(out, field->name);
            fputc('\n', out);
            g_autofree char *help = g_strdup_printf("%s.", field->help);
            put_text(out, help);
        }
        fputs(".El\n", out);
    }
    put_exit(out);
    fputs(".Sh SEE ALSO\n.Xr ligature 1\n", out);
}

static void write_program(FILE *out, const struct action_table *table)
{
    put_head(out, "ligature", "ligature", "the professional network that a doctor owns");
    fputs(
        ".Sh SYNOPSIS\n.Nm\n.Op Ar option ...\n.Ar command\n.Op Ar argument ...\n.Sh DESCRIPTION\n",
        out);
    fputs("Keeps the people of an international medical graduate: who they are, what happened "
          "between you, and who is due "
          "today.\nEvery command has a page of its own.\n.Sh OPTIONS\nEvery command takes:\n",
          out);
    put_params(out, help_global_options);
    fputs(".Sh COMMANDS\n.Bl -tag -width Ds\n", out);
    for (int i = 0; i < table->n; i++) {
        const struct action *action = table->rows[i];
        if (action->is_hidden) {
            continue;
        }
        g_autofree char *command = help_command(action);
        g_autofree char *dashed = g_strdelimit(g_strdup(action->name), "._", '-');
        fprintf(out, ".It Cm %s\n", command);
        g_autofree char *summary = g_strdup_printf("%s.", action->summary);
        put_text(out, summary);
        fprintf(out, "See\n.Xr ligature-%s 1 .\n", dashed);
    }
    fputs(".El\n.Sh ENVIRONMENT\n.Bl -tag -width Ds\n.It Ev XDG_DATA_HOME\nWhere the folder\n.Pa "
          "ligature\n"
          "of your data lies when\n.Fl -data\nis not given.\n.El\n.Sh FILES\n.Bl -tag -width "
          "Ds\n.It Pa ligature.db\n"
          "The store, in the data folder.\n.El\n",
          out);
    put_exit(out);
}

static bool write_page(const char *dir, const char *name, const struct action *action,
                       const struct action_table *table, GError **error)
{
    g_autofree char *path = g_strdup_printf("%s/%s.1", dir, name);
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        return refuse(error, "help.write", "%s cannot be written: %s.", path, g_strerror(errno));
    }
    if (action != NULL) {
        write_action(out, action);
    } else {
        write_program(out, table);
    }
    bool is_written = ferror(out) == 0;
    is_written = fclose(out) == 0 && is_written;
    return is_written ||
           refuse(error, "help.write", "%s cannot be written: %s.", path, g_strerror(errno));
}

bool help_write_man(const struct action_table *table, const char *dir, GError **error)
{
    if (g_mkdir_with_parents(dir, 0755) != 0) {
        return refuse(error, "help.write", "The folder %s cannot be made: %s.", dir,
                      g_strerror(errno));
    }
    if (!write_page(dir, "ligature", NULL, table, error)) {
        return false;
    }
    for (int i = 0; i < table->n; i++) {
        if (table->rows[i]->is_hidden) {
            continue;
        }
        g_autofree char *dashed = g_strdelimit(g_strdup(table->rows[i]->name), "._", '-');
        g_autofree char *name = g_strdup_printf("ligature-%s", dashed);
        if (!write_page(dir, name, table->rows[i], table, error)) {
            return false;
        }
    }
    return true;
}
