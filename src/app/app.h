/* The program: what main opens and hands down. The generated registry (registry.h) is the only code that sees every feature. */
#ifndef LIGATURE_APP_APP_H
#define LIGATURE_APP_APP_H

#include "action/action.h"
#include "page/feature.h"

struct jobs;                        /* jobs.h */

struct app {
    struct env env;
    struct db *db;                  /* owned */
    char *data_dir;                 /* owned; the folder of this store's files */
    char *database;                 /* owned; as opened: path or postgresql://... */
    const struct feature *const *features;
    int n_features;
    struct action_table actions;
    struct jobs *jobs;              /* owned; NULL outside `serve` */
    int64_t account_id;             /* whom the command line acts for; 0 until app_choose_account */
    bool is_admin;
};

/* How to open. All may be NULL. */
struct app_options {
    const char *data;               /* --data; NULL: $XDG_DATA_HOME/ligature */
    const char *database;           /* --database; NULL: ligature.db in the data folder */
    const char *account;            /* --account; NULL: the only one, made on first use */
    const char *now;                /* --now: RFC 3339 or a day */
    int readers;                    /* reader connections; 0: 2 */
};

/* Clock, ids, registry; no store yet. */
bool app_init(struct app *app, const struct app_options *options, GError **error);
/* Folder (0700), store, migrations. */
bool app_open(struct app *app, const struct app_options *options, GError **error);
/* Finds the account by name, or the only one, or makes the first one, "me", with its person. */
bool app_choose_account(struct app *app, const char *name, GError **error);
void app_clear(struct app *app);

/* Runs an action of the command line or MCP for the chosen account, with all scopes. details_out: refusals, may be NULL. */
bool app_run(struct app *app, const struct action *action, const json_t *raw, struct progress *progress,
             const struct call_file *files, int n_files, json_t **result_out, json_t **details_out, GError **error);

/* Serves until SIGTERM or SIGINT. `listen`: ADDRESS:PORT. */
struct serve_options {
    const char *listen;
    const char *host;               /* the public name, for the Host check and cookies; NULL: the address */
    bool is_behind_tls;
    bool has_open_metrics;
};
bool serve_run(struct app *app, const struct serve_options *options, GError **error);

/* Actions of the program itself: serve, mcp, jobs. */
extern const struct feature feature_app;

#endif
