/* A small table for the tests of this folder: a verb of each kind, about knots. Included by one
 * test file at a time. */
#ifndef LIGATURE_ACTION_TEST_ACTIONS_H
#define LIGATURE_ACTION_TEST_ACTIONS_H

#include "action/action.h"
#include "base/error.h"

#include <string.h>

/* Gives back what it was called with. */
static inline bool knot_echo(struct action_call *call, json_t **result_out, GError **error)
{
    (void)error;
    *result_out = json_pack("{s:O, s:I}", "args", call->args, "n_files", (json_int_t)call->n_files);
    return true;
}

static inline bool knot_refuse(struct action_call *call, json_t **result_out, GError **error)
{
    (void)result_out;
    call->refused =
        json_pack("[{s:s, s:i, s:s}]", "file", "a.csv", "line", 3, "reason", "No name.");
    return refuse(error, "knot.not_found", "There is no such knot.");
}

static inline bool knot_break(struct action_call *call, json_t **result_out, GError **error)
{
    (void)call;
    (void)result_out;
    return bug(error, "knot.broken", "The thread broke.");
}

static inline bool knot_list(struct action_call *call, json_t **result_out, GError **error)
{
    (void)call;
    (void)error;
    json_t *items = json_array();
    json_array_append_new(items, json_pack("{s:s, s:s, s:i, s:b}", "id", "0000000000001", "name",
                                           "Amina Hassan", "turns", 3, "firm", 1));
    json_array_append_new(items, json_pack("{s:s, s:s, s:i, s:b}", "id", "0000000000002", "name",
                                           "김민수", "turns", 12, "firm", 0));
    *result_out = json_list("knots", items, 5, json_string("c2"));
    return true;
}

static inline bool knot_long(struct action_call *call, json_t **result_out, GError **error)
{
    for (int i = 1; i <= 3; i++) {
        if (!call_progress(call, i, 3, "tying")) {
            return refuse(error, "action.cancelled", "Stopped.");
        }
    }
    *result_out = json_pack("{s:i}", "tied", 3);
    return true;
}

static const char *const knot_kinds[] = {"square", "granny", "surgeon", NULL};
static const struct param knot_add_params[] = {
    {"person", PARAM_ID, PARAM_REQUIRED, .help = "Whose it is"},
    {"kind", PARAM_CHOICE, PARAM_REQUIRED, .help = "Kind of knot", .choices = knot_kinds},
    {"on", PARAM_DAY, .help = "The day", .fallback = "today"},
    {"note", PARAM_TEXT, .help = "Your words", .max = 20},
    {"turns", PARAM_INT, .help = "How many turns", .min = 1, .max = 9},
    {"tag", PARAM_TEXT, PARAM_REPEATED, .help = "A tag"},
    {"firm", PARAM_BOOL, .help = "Pull it tight"},
    {"weight", PARAM_REAL, .help = "Weight it holds"},
    {"every", PARAM_SPAN, .help = "How often"},
    {"cost", PARAM_MONEY, .help = "What it costs"},
    {"at", PARAM_AT, .help = "The instant"},
    {"facts", PARAM_JSON, .help = "Facts"},
    {NULL},
};
static const struct param knot_find_params[] = {
    {"text", PARAM_TEXT, PARAM_REQUIRED | PARAM_POSITIONAL, .help = "What to look for"},
    {"limit", PARAM_INT, .help = "The most", .fallback = "50", .min = 1, .max = 500},
    {NULL},
};
static const struct param knot_import_params[] = {
    {"files", PARAM_FILE, PARAM_REQUIRED | PARAM_POSITIONAL | PARAM_REPEATED,
     .help = "What to read", .placeholder = "FILE"},
    {NULL},
};
static const struct param knot_show_params[] = {
    {"id", PARAM_ID, PARAM_REQUIRED | PARAM_POSITIONAL, .help = "The knot"},
    {NULL},
};
static const struct param knot_lock_params[] = {
    {"password", PARAM_SECRET, PARAM_REQUIRED, .help = "Password"},
    {NULL},
};
static const struct field knot_fields[] = {
    {"id", FIELD_ID, "Which"},
    {"name", FIELD_TEXT, "Whose"},
    {"turns", FIELD_INT, "How many"},
    {"firm", FIELD_BOOL, "Pulled tight"},
    {NULL},
};
static const struct field knot_list_result[] = {
    {"knots", FIELD_LIST, "The knots", knot_fields},
    {"total", FIELD_INT, "How many in all"},
    {"next", FIELD_TEXT, "Where the next page begins", .is_nullable = true},
    {NULL},
};

static const struct action knot_rows[] = {
    {.name = "knot.add",
     .summary = "Tie a knot",
     .detail = "A knot holds. It's 'yours' until undone. Use \\ with care.",
     .who = WHO_ACCOUNT,
     .effect = EFFECT_WRITE,
     .params = knot_add_params,
     .run = knot_echo},
    {.name = "knot.find",
     .alias = "seek",
     .summary = "Find a knot",
     .who = WHO_ACCOUNT,
     .effect = EFFECT_READ,
     .params = knot_find_params,
     .run = knot_echo},
    {.name = "knot.list",
     .alias = "knots",
     .summary = "List knots",
     .who = WHO_ACCOUNT,
     .effect = EFFECT_READ,
     .result = knot_list_result,
     .run = knot_list},
    {.name = "knot.show",
     .summary = "Show a knot",
     .who = WHO_ACCOUNT,
     .effect = EFFECT_READ,
     .params = knot_show_params,
     .run = knot_refuse},
    {.name = "knot.break",
     .summary = "Break a knot",
     .who = WHO_ACCOUNT,
     .effect = EFFECT_WRITE,
     .run = knot_break},
    {.name = "knot.import",
     .summary = "Bring knots in",
     .who = WHO_ACCOUNT,
     .effect = EFFECT_WRITE,
     .is_long = true,
     .params = knot_import_params,
     .run = knot_echo},
    {.name = "knot.tie_all",
     .summary = "Tie all",
     .who = WHO_ACCOUNT,
     .effect = EFFECT_WRITE,
     .is_long = true,
     .run = knot_long},
    {.name = "knot.remove",
     .summary = "Undo a knot",
     .who = WHO_ACCOUNT,
     .effect = EFFECT_WRITE,
     .params = knot_show_params,
     .run = knot_echo},
    {.name = "knot.mail",
     .summary = "Send a knot",
     .who = WHO_ACCOUNT,
     .effect = EFFECT_SEND,
     .run = knot_echo},
    {.name = "knot.rule",
     .summary = "Rule all knots",
     .who = WHO_ADMIN,
     .effect = EFFECT_ADMIN,
     .run = knot_echo},
    {.name = "sign.in",
     .summary = "Sign in",
     .who = WHO_ANYONE,
     .effect = EFFECT_WRITE,
     .params = knot_lock_params,
     .run = knot_echo},
    {.name = "serve.run",
     .alias = "serve",
     .summary = "Serve",
     .who = WHO_ANYONE,
     .effect = EFFECT_READ,
     .is_local = true,
     .run = knot_echo},
};

static const struct action *knot_pointers[G_N_ELEMENTS(knot_rows)];

static inline struct action_table knot_table(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(knot_rows); i++) {
        knot_pointers[i] = &knot_rows[i];
    }
    return (struct action_table){.rows = knot_pointers, .n = (int)G_N_ELEMENTS(knot_rows)};
}

#endif
