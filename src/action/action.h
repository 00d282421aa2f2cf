/* One action, every face. Each verb of the program is one row of a table; the command, the JSON
 * API, OpenAPI, --help, manual page, completion, the MCP tool and the validation of every form are
 * derived from the row.
 *
 * An action validates (by its parameter table, before run is called), checks permission, acts in
 * one transaction and returns a JSON value. Faces only translate. Permission is decided here: `who`
 * and `effect` against the caller, and ownership inside run: every statement names
 * call->account_id, so another account's id answers as an absent one. */
#ifndef LIGATURE_ACTION_ACTION_H
#define LIGATURE_ACTION_ACTION_H

#include "base/env.h"
#include "base/progress.h"
#include "db/db.h"
#include "model/json.h"
#include "model/strategy.h"

#include <jansson.h>

enum action_who { WHO_NONE, WHO_ANYONE, WHO_ACCOUNT, WHO_ADMIN };
enum action_effect {
    EFFECT_NONE,
    EFFECT_READ,
    EFFECT_WRITE,
    EFFECT_SEND,
    EFFECT_ADMIN
}; /* = token scope needed */

enum param_type {
    PARAM_NONE,
    PARAM_TEXT, /* min..max: length in characters (max 0: 10,000) */
    PARAM_INT,  /* min..max */
    PARAM_REAL,
    PARAM_BOOL,   /* a flag on the command line */
    PARAM_ID,     /* base-32 id; also takes the decimal number */
    PARAM_DAY,    /* 2026-07-21, today, yesterday, "last tuesday" */
    PARAM_AT,     /* RFC 3339 */
    PARAM_SPAN,   /* days: 90d, 6w, 3m, 1y */
    PARAM_MONEY,  /* "45", "$45", "1250 EUR" -> cents */
    PARAM_CHOICE, /* one of choices[] */
    PARAM_FILE, /* a path on the command line; an upload over HTTP; never a server path over HTTP */
    PARAM_SECRET, /* never echoed, logged or completed; prompted for in a terminal when absent */
    PARAM_JSON,   /* any JSON value (objects for facts, mapping, decisions) */
};
enum param_flags {
    PARAM_REQUIRED = 1,
    PARAM_REPEATED = 2,   /* several values */
    PARAM_POSITIONAL = 4, /* `import apply FILE...`, `search TEXT` */
};
struct param {
    const char *name; /* json key; command line --name with - for _ */
    enum param_type type;
    unsigned flags;
    const char *help;           /* one line */
    const char *placeholder;    /* "FILE", "ID"; NULL: from the type */
    const char *const *choices; /* NULL-terminated, for PARAM_CHOICE */
    int64_t min;
    int64_t max;
    const char *fallback; /* default as text, shown in help; NULL: none */
};

enum field_type {
    FIELD_NONE,
    FIELD_TEXT,
    FIELD_INT,
    FIELD_REAL,
    FIELD_BOOL,
    FIELD_ID,
    FIELD_DAY,
    FIELD_AT,
    FIELD_OBJECT,
    FIELD_LIST
};
struct field {
    const char *name;
    enum field_type type;
    const char *help;
    const struct field *fields; /* of the object, or of the list's objects; ends with name == NULL;
                                   NULL: list of text / any object */
    bool is_nullable;
};

struct action_call;
struct action_table;
struct attempts; /* model/attempt.h */
typedef bool action_fn(struct action_call *call, json_t **result_out, GError **error);

struct action {
    const char *name;  /* "touch.add": noun.verb */
    const char *alias; /* one word that means the same on the command line ("today"), NULL: none */
    const char *summary; /* one line, imperative, no full stop */
    const char *detail;  /* manual page text, NULL: none */
    enum action_who who;
    enum action_effect effect;
    bool is_long;      /* reports progress, may be cancelled; over HTTP it runs as a job */
    bool is_local;     /* command line only (serve, demo, mcp...): needs this machine */
    bool is_storeless; /* local, and runs before any store is opened: call->db is NULL (restore,
                          demo) */
    bool is_of_store; /* about the whole store, like all that needs an administrator: the command
                         line asks for no account */
    bool is_hidden;    /* left out of help lists, e.g. test actions */
    const struct param *params; /* ends with name == NULL; NULL: none */
    const struct field *result; /* top-level members; ends with name == NULL */
    action_fn *run;
    void (*print)(const json_t *result, FILE *out,
                  const struct env *env); /* words for a terminal; NULL: a generic table */
};

/* ---- the call, as run() sees it ---- */

/* A file given to an action: a local path the face vouches for, and the name people know it by. */
struct call_file {
    const char *path;
    const char *name;
};

struct action_call {
    const struct action *action; /* borrowed */
    struct env *env;             /* borrowed */
    struct db *db;               /* borrowed */
    void *app; /* struct app of app/app.h for is_local actions and jobs, else may be NULL */
    const struct action_table *table; /* for actions that run others (the demo); borrowed */
    const char *data_dir;             /* folder of this store's files; borrowed */
    int64_t account_id;               /* 0: nobody (WHO_ANYONE) */
    bool is_admin;
    bool is_loopback;
    bool is_command; /* typed on this machine's command line: may name paths to write to */
    unsigned scopes; /* bit (1 << enum action_effect) */
    json_t
        *args; /* validated: canonical JSON values under the parameters' names. owned by the face */
    struct attempts *attempts; /* the server's waits after wrong tries, for actions that take a secret
                                  from anyone; NULL: none. borrowed */
    const char *remote;        /* address of who asks; NULL: this machine's command line */
    struct progress *progress; /* NULL: nobody watches */
    const struct call_file *files;
    int n_files;     /* values of the PARAM_FILE parameter */
    json_t *refused; /* array of {file,line,reason}, or NULL: becomes error "details" */
};

/* Typed readers of validated arguments. Absent: NULL / fallback / DAY_NONE / AT_NONE. Borrowed
 * strings. */
bool call_has(const struct action_call *call, const char *name);
const char *call_text(const struct action_call *call, const char *name);
int64_t call_int(const struct action_call *call, const char *name,
                 int64_t fallback); /* of money: the cents */
double call_real(const struct action_call *call, const char *name, double fallback);
bool call_bool(const struct action_call *call, const char *name);
int64_t call_id(const struct action_call *call, const char *name); /* 0 when absent */
int32_t call_day(const struct action_call *call, const char *name);
int64_t call_at(const struct action_call *call, const char *name);
int call_span(const struct action_call *call, const char *name); /* days, -1 when absent */
const json_t *call_json(const struct action_call *call, const char *name);
/* False when absent. currency_out (may be NULL): ISO 4217, borrowed. */
bool call_money(const struct action_call *call, const char *name, int64_t *cents_out,
                const char **currency_out);
/* PARAM_REPEATED ids: new array of int64_t. */
GArray *call_ids(const struct action_call *call, const char *name);
/* Reports to whoever watches; returns false when cancelled (then return refuse(error,
 * "action.cancelled", ...)). */
bool call_progress(struct action_call *call, int64_t done, int64_t total, const char *words);

/* JSON helpers for results are in model/json.h. New reference. */
/* {"<plural>": items, "total": total, "next": next or null}; steals items and next. */
json_t *json_list(const char *plural, json_t *items, int64_t total, json_t *next);

/* ---- the table and running ---- */

/* What a program can do, gathered from the features: its actions, and its strategies in the order
 * of data/strategies.tsv. */
struct action_table {
    const struct action *const *rows;
    int n;
    struct strategy_table strategies;
};

/* Refuses duplicates and malformed rows; a test and the start of the program call it. */
bool action_table_check(const struct action_table *table, GError **error);
const struct action *action_find(const struct action_table *table, const char *name);

/* Validates raw arguments (object of strings, numbers, arrays as a face got them; unknown members
 * are dropped when `drops_unknown`, refused otherwise) against the table, puts canonical values
 * into call->args, checks who/effect/scopes, runs. `refusals_out` (may be NULL): object {param:
 * sentence} of what is wrong, for forms; the error is "action.invalid" then. */
bool action_run(struct action_call *call, const json_t *raw, bool drops_unknown,
                json_t **result_out, json_t **refusals_out, GError **error);

/* The first half of action_run: permission and parameters, without running. */
bool action_check(struct action_call *call, const json_t *raw, bool drops_unknown,
                  json_t **refusals_out, GError **error);

/* {"error":{"code","message","details"}} as promised. New reference. */
json_t *action_error_json(const GError *error, const json_t *details);
int action_http_status(
    const GError *error); /* 400 401 403 404 409 413 422 429 500 503, by code suffix */
int action_exit_status(const GError *error); /* 1 theirs, 3 ours */

#endif
