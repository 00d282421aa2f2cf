/* The account feature: who may come in, and with what. */
#include "feature/account/account_rows.h"

#include "page/feature.h"

/* ---- accounts ---- */

static const struct param add_params[] = {
    {"name", PARAM_TEXT, PARAM_REQUIRED | PARAM_POSITIONAL, .help = "Sign-in name",
     .placeholder = "NAME", .max = 64},
    {"display_name", PARAM_TEXT, .help = "Name as shown (default: the sign-in name)", .max = 200},
    {"admin", PARAM_BOOL, .help = "May manage accounts of this store"},
    {"password", PARAM_SECRET, .help = "Password", .max = 200},
    {NULL},
};
static const struct param name_params[] = {
    {"name", PARAM_TEXT, PARAM_REQUIRED | PARAM_POSITIONAL, .help = "Sign-in name",
     .placeholder = "NAME", .max = 64},
    {NULL},
};
static const struct param rename_params[] = {
    {"display_name", PARAM_TEXT, PARAM_REQUIRED | PARAM_POSITIONAL, .help = "Name as shown",
     .placeholder = "NAME", .max = 200},
    {NULL},
};
static const struct param password_params[] = {
    {"name", PARAM_TEXT, .help = "Of this account, for administrators (default: your own)",
     .max = 64},
    {"current", PARAM_SECRET, .help = "Present password, when there is one", .max = 200},
    {"password", PARAM_SECRET, PARAM_REQUIRED, .help = "New password", .max = 200},
    {NULL},
};
static const struct field account_fields[] = {
    {"id", FIELD_ID, "The account"},
    {"name", FIELD_TEXT, "Sign-in name"},
    {"display_name", FIELD_TEXT, "Name as shown"},
    {"is_admin", FIELD_BOOL, "May manage accounts"},
    {"has_password", FIELD_BOOL, "A password is set"},
    {"created_at", FIELD_AT, "Made"},
    {"closed_at", FIELD_AT, "Closed", .is_nullable = true},
    {NULL},
};
static const struct field account_list_fields[] = {
    {"accounts", FIELD_LIST, "By name", account_fields},
    {"total", FIELD_INT, "How many"},
    {"next", FIELD_TEXT, "Always null", .is_nullable = true},
    {NULL},
};
static const struct field id_fields[] = {
    {"id", FIELD_ID, "What was made"}, {"message", FIELD_TEXT, "What was done"}, {NULL}};
static const struct field message_fields[] = {{"message", FIELD_TEXT, "What was done"}, {NULL}};

static const struct action add_action = {
    .name = "account.add",
    .summary = "Make an account",
    .who = WHO_ADMIN,
    .effect = EFFECT_ADMIN,
    .params = add_params,
    .result = id_fields,
    .run = account_do_add,
};
static const struct action list_action = {
    .name = "account.list",
    .summary = "List accounts",
    .who = WHO_ADMIN,
    .effect = EFFECT_ADMIN,
    .result = account_list_fields,
    .run = account_do_list,
};
static const struct action rename_action = {
    .name = "account.rename",
    .summary = "Change the name that is shown for you",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .params = rename_params,
    .result = message_fields,
    .run = account_do_rename,
};
static const struct action password_action = {
    .name = "account.password",
    .summary = "Set a password",
    .detail = "Ends every session of the account.",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_ADMIN,
    .params = password_params,
    .result = message_fields,
    .run = account_do_password,
};
static const struct action close_action = {
    .name = "account.close",
    .summary = "Close an account; it can come back for 30 days",
    .who = WHO_ADMIN,
    .effect = EFFECT_ADMIN,
    .params = name_params,
    .result = message_fields,
    .run = account_do_close,
};
static const struct action reopen_action = {
    .name = "account.reopen",
    .summary = "Open a closed account again",
    .who = WHO_ADMIN,
    .effect = EFFECT_ADMIN,
    .params = name_params,
    .result = message_fields,
    .run = account_do_reopen,
};

/* ---- tokens ---- */

static const char *const scopes[] = {"read", "write", "send", "admin", NULL};
static const struct param token_params[] = {
    {"name", PARAM_TEXT, PARAM_REQUIRED | PARAM_POSITIONAL, .help = "What it is for",
     .placeholder = "NAME", .max = 100},
    {"scope", PARAM_CHOICE, PARAM_REPEATED, .help = "What it may do", .choices = scopes,
     .fallback = "read"},
    {"expires", PARAM_SPAN, .help = "Ends after (default: when revoked)", .min = 1, .max = 3650},
    {NULL},
};
static const struct param token_id_params[] = {
    {"id", PARAM_ID, PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "The token's id, as the list shows it"},
    {NULL},
};
static const struct field token_new_fields[] = {
    {"id", FIELD_ID, "The token's id"},
    {"token", FIELD_TEXT, "The token itself, shown only now"},
    {"message", FIELD_TEXT, "What to do with it"},
    {NULL},
};
static const struct field token_fields[] = {
    {"id", FIELD_ID, "The token's id"},
    {"name", FIELD_TEXT, "What it is for"},
    {"scopes", FIELD_TEXT, "What it may do"},
    {"created_at", FIELD_AT, "Made"},
    {"used_at", FIELD_AT, "Last use", .is_nullable = true},
    {"expires_at", FIELD_AT, "Ends", .is_nullable = true},
    {"revoked_at", FIELD_AT, "Revoked", .is_nullable = true},
    {NULL},
};
static const struct field token_list_fields[] = {
    {"tokens", FIELD_LIST, "Tokens", token_fields},
    {"total", FIELD_INT, "How many"},
    {"next", FIELD_TEXT, "Always null", .is_nullable = true},
    {NULL},
};

static const struct action token_add_action = {
    .name = "token.add",
    .summary = "Make a token for another program",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_ADMIN,
    .params = token_params,
    .result = token_new_fields,
    .run = token_do_add,
};
static const struct action token_list_action = {
    .name = "token.list",
    .summary = "List tokens",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_ADMIN,
    .result = token_list_fields,
    .run = token_do_list,
};
static const struct action token_revoke_action = {
    .name = "token.revoke",
    .summary = "Take a token's rights away",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_ADMIN,
    .params = token_id_params,
    .result = id_fields,
    .run = token_do_revoke,
};

/* ---- sessions ---- */

static const struct param session_params[] = {
    {"session", PARAM_TEXT, PARAM_POSITIONAL,
     .help = "This one, as the list shows it (default: all)", .max = 64},
    {NULL},
};
static const struct field session_fields[] = {
    {"session", FIELD_TEXT, "Its name"},
    {"agent", FIELD_TEXT, "The browser, in its own words"},
    {"created_at", FIELD_AT, "Signed in"},
    {"seen_at", FIELD_AT, "Last use"},
    {"expires_at", FIELD_AT, "Ends by itself"},
    {NULL},
};
static const struct field session_list_fields[] = {
    {"sessions", FIELD_LIST, "Signed-in browsers", session_fields},
    {"total", FIELD_INT, "How many"},
    {"next", FIELD_TEXT, "Always null", .is_nullable = true},
    {NULL},
};

static const struct action session_list_action = {
    .name = "session.list",
    .summary = "List signed-in browsers",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_ADMIN,
    .result = session_list_fields,
    .run = session_do_list,
};
static const struct action session_end_action = {
    .name = "session.end",
    .summary = "Sign a browser out",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_ADMIN,
    .params = session_params,
    .result = message_fields,
    .run = session_do_end,
};

static const struct action *const actions[] = {
    &add_action,          &list_action,         &rename_action,      &password_action,
    &close_action,        &reopen_action,       &token_add_action,   &token_list_action,
    &token_revoke_action, &session_list_action, &session_end_action, NULL,
};

const struct feature feature_account = {.name = "account", .actions = actions};
