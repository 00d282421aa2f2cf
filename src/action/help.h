/* Words about the table: --help, the manual pages, the completion. All are written from the rows
 * alone. */
#ifndef LIGATURE_ACTION_HELP_H
#define LIGATURE_ACTION_HELP_H

#include "action/action.h"

/* `ligature help`, `help NOUN`, `help NOUN VERB` (or an alias). False with "usage.unknown_command".
 */
bool help_show(const struct action_table *table, const char *const *words, int n_words, FILE *out,
               GError **error);
void help_action(const struct action *action, FILE *out);

/* Writes ligature.1 and ligature-<noun>-<verb>.1 into dir, which is created when absent. */
bool help_write_man(const struct action_table *table, const char *dir, GError **error);
/* shell: "bash" or "zsh". False with "usage.unknown_shell". */
bool help_write_completion(const struct action_table *table, const char *shell, FILE *out,
                           GError **error);

/* The command as typed: "touch add", or the alias. New string. */
char *help_command(const struct action *action);
/* The nearest of the commands to what was typed, NULL when none is near. New string. */
char *help_nearest(const struct action_table *table, const char *noun, const char *verb);

/* The options every command takes. Ends with name == NULL. */
extern const struct param help_global_options[];

#endif
