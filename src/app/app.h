/* The program: what main opens and hands down. The registry is the only code that sees every
 * feature. */
#ifndef LIGATURE_APP_APP_H
#define LIGATURE_APP_APP_H

#include "action/action.h"
#include "page/feature.h"

struct jobs; /* jobs.h */

/* Written by the build from the <name>_feature.c files of src/feature/ and src/app/
 * (tools/registry); part of the program, of no library, and handed in by main. */
extern const struct feature *const registry_features[];
extern const int n_registry_features;

struct app {
    struct env env;
    struct clock id_clock; /* ids follow the real time even when --now stands still, so that they
                              never meet */
    struct db *db;         /* owned */
    char *data_dir;        /* owned; the folder of this store's files */
    char *database;        /* owned; as opened: path or postgresql://... */
    const struct feature *const *features;
    int n_features;
    struct action_table actions; /* rows owned */
    struct jobs *jobs;           /* owned; NULL outside `serve` */
    struct site *site;  /* borrowed; NULL outside `serve`: kept pages are forgotten when something
                           was written */
    int64_t account_id; /* whom the command line acts for; 0 until app_choose_account */
    bool is_admin;
};

/* How to open. Texts may be NULL. */
struct app_options {
    const struct feature *const *features;
    int n_features;
    const char *data;     /* --data; NULL: $XDG_DATA_HOME/ligature */
    const char *database; /* --database; NULL: ligature.db in the data folder */
    int readers;          /* reader connections; 0: 2 */
};

/* The whole command line: what main returns. */
int app_main(int argc, char **argv, const struct feature *const *features, int n_features);

/* Clock, ids, the checked table of actions; no store yet. */
bool app_init(struct app *app, const struct app_options *options, GError **error);
/* Folder (0700), store, migrations. */
bool app_open(struct app *app, const struct app_options *options, GError **error);
/* Finds the account by name, or the only one, or makes the first one, "me", with its person. Several
 * accounts and no name: "account.choose"; for what is about the whole store, an administrator's. */
bool app_choose_account(struct app *app, const char *name, bool is_for_store, GError **error);
void app_clear(struct app *app);

struct app_request {
    const struct action *action;
    const json_t *raw;             /* arguments */
    struct progress *progress;     /* NULL: nobody watches */
    const struct call_file *files; /* borrowed */
    int n_files;
    bool is_assistant; /* asked by a program, not typed: may not name paths to write to */
};
struct app_output {
    json_t *result;  /* owned; NULL when it failed */
    json_t *details; /* owned; what was refused, or NULL */
};
/* Runs an action of the command line or MCP for the chosen account, with all scopes. */
bool app_run(struct app *app, const struct app_request *request, struct app_output *output,
             GError **error);
void app_output_clear(struct app_output *output);

/* Serves until SIGTERM or SIGINT. `listen`: ADDRESS:PORT. */
struct serve_options {
    const char *listen;
    const char *const
        *hosts; /* public names for the Host check, NULL-terminated; NULL: the address alone */
    bool is_behind_tls; /* a proxy on this machine speaks TLS and tells of the reader's address */
    bool has_open_metrics; /* /metrics answers others than this machine */
    int workers;           /* 0: 4 */
};
bool serve_run(struct app *app, const struct serve_options *options, GError **error);

/* Actions of the program itself: serve, mcp, jobs. */
extern const struct feature feature_app;

#endif
