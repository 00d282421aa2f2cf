/* The command line as a face: words to an action and raw arguments, result to text. Knows nothing
 * of stores or servers: the program (app/main.c) hands in how to run an action. */
#ifndef LIGATURE_ACTION_CLI_H
#define LIGATURE_ACTION_CLI_H

#include "action/action.h"

/* What every command takes. Borrowed from argv; NULL: not given. */
struct cli_options {
    const char *data;
    const char *database;
    const char *account;
    const char *now;
    bool is_json;
    bool wants_help;
    bool wants_version;
};

/* argv taken apart. */
struct cli_command {
    struct cli_options options;
    const struct action *action; /* NULL: help, version, or an error */
    bool is_help;                /* `ligature help ...`: the words that follow are in help_words */
    GPtrArray *help_words;       /* borrowed strings. owned array */
    const char *man_dir;         /* `help --man DIR` */
    const char *completion;      /* `help --completion bash|zsh` */
    json_t *raw;                 /* owned: arguments for action_run */
    GPtrArray *files; /* struct call_file *, owned (g_free): values of the PARAM_FILE parameter */
};

void cli_command_clear(struct cli_command *command);

/* Reads argv (argv[0] is the program). False with a "usage...." code when it makes no command. The
 * options that were read until then are set, so that the error can be told in the form asked for.
 */
bool cli_parse(const struct action_table *table, int argc, char **argv, struct cli_command *command,
               GError **error);

/* Asks for absent secrets on the terminal (echo off), or reads the file of --<name>-file (`-`:
 * standard input). */
bool cli_ask_secrets(struct cli_command *command, GError **error);

/* 0 done, 1 refused, 2 usage, 3 failed. */
int cli_exit_status(const GError *error);

/* Result on `out`: one JSON document, or words for people by action->print or the generic table. */
void cli_print_result(const struct cli_command *command, const json_t *result,
                      const struct env *env, FILE *out);
/* Error: JSON document on `out` with --json, else a sentence on `words`. */
void cli_print_error(const struct cli_command *command, const GError *error, const json_t *details,
                     FILE *out, FILE *words);

/* Progress on `words`: one line redrawn on a terminal, plain lines otherwise, nothing when it is
 * over quickly. Stops with Ctrl-C (SIGINT), which makes is_cancelled true. */
struct cli_progress;
struct cli_progress *cli_progress_new(FILE *words, bool is_json);
struct progress *cli_progress_of(struct cli_progress *progress);
void cli_progress_free(struct cli_progress *progress);

/* ---- tables for a terminal (print.c) ---- */

/* Members as lines, lists as tables: aligned by display width, numbers to the right, wrapped to the
 * terminal. */
void print_generic(const json_t *result, const struct field *fields, FILE *out,
                   const struct env *env);
/* How many columns text takes on a terminal; invalid UTF-8 counts a column per byte. */
int print_width(const char *text);
/* Columns of the terminal behind out, 100 when it is none. */
int print_columns(FILE *out);

#endif
