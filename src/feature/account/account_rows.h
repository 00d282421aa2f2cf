/* The functions behind the rows of account_feature.c; each is an action_fn. */
#ifndef LIGATURE_FEATURE_ACCOUNT_ROWS_H
#define LIGATURE_FEATURE_ACCOUNT_ROWS_H

#include "action/action.h"

action_fn account_do_add;
action_fn account_do_list;
action_fn account_do_rename;
action_fn account_do_password;
action_fn account_do_close;
action_fn account_do_reopen;
action_fn token_do_add;
action_fn token_do_list;
action_fn token_do_revoke;
action_fn session_do_list;
action_fn session_do_end;

#endif
