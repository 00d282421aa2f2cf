/* Pieces of words about a row that --help, the manual and the completion share. */
#ifndef LIGATURE_ACTION_HELP_PARTS_H
#define LIGATURE_ACTION_HELP_PARTS_H

#include "action/action.h"

char *help_placeholder(const struct param *param); /* "ID", "FILE". New string */
char *help_option(const struct param *param);      /* "--person ID", "--no-photo". New string */
char *help_usage(
    const struct action *action); /* "touch add --person ID ... [OPTION...]". New string */
GPtrArray *help_nouns(const struct action_table
                          *table); /* owned strings, in order of the table, hidden rows left out */

#endif
