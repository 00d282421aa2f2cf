/* What the program opens: clock and ids, the table of actions, the folder, the store, the account
 * of the command line. */
#include "app/app.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/jobs.h"
#include "base/error.h"
#include "data_strategies.h"
#include "model/account.h"
#include "model/store.h"

#define ALL_SCOPES (1u << EFFECT_READ | 1u << EFFECT_WRITE | 1u << EFFECT_SEND | 1u << EFFECT_ADMIN)

/* ---- before the store ---- */

static bool gather_actions(struct app *app, GError **error)
{
    GPtrArray *rows = g_ptr_array_new();
    for (int i = 0; i < app->n_features; i++) {
        for (const struct action *const *row = app->features[i]->actions;
             row != NULL && *row != NULL; row++) {
            g_ptr_array_add(rows, (void *)*row);
        }
    }
    app->actions.n = (int)rows->len;
    app->actions.rows = (const struct action *const *)g_ptr_array_free(rows, FALSE);
    return action_table_check(&app->actions, error);
}

static gint compare_strategies(gconstpointer a, gconstpointer b)
{
    const struct strategy *const *x = a;
    const struct strategy *const *y = b;
    const struct data_strategies *first = data_strategies_by_id((*x)->id);
    const struct data_strategies *second = data_strategies_by_id((*y)->id);
    return first < second ? -1 : first > second;
}

/* Each strategy once, and each a row of data: its words are there. */
static bool gather_strategies(struct app *app, GError **error)
{
    GPtrArray *rows = g_ptr_array_new();
    for (int i = 0; i < app->n_features; i++) {
        const struct strategy *strategy = app->features[i]->strategy;
        if (strategy != NULL) {
            g_ptr_array_add(rows, (void *)strategy);
        }
    }
    for (guint i = 0; i < rows->len; i++) {
        const struct strategy *strategy = g_ptr_array_index(rows, i);
        if (data_strategies_by_id(strategy->id) == NULL) {
            const char *id = strategy->id;
            g_ptr_array_free(rows, TRUE);
            return bug(error, "strategy.unknown", "The strategy %s is no row of strategies.tsv.", id);
        }
    }
    g_ptr_array_sort(rows, compare_strategies);
    app->actions.strategies.n = (int)rows->len;
    app->actions.strategies.rows = (const struct strategy *const *)g_ptr_array_free(rows, FALSE);
    return true;
}

bool app_init(struct app *app, const struct app_options *options, GError **error)
{
    *app = (struct app){.features = options->features, .n_features = options->n_features};
    app->env.ids.clock = &app->id_clock;
    return gather_actions(app, error) && gather_strategies(app, error);
}

void app_clear(struct app *app)
{
    jobs_free(app->jobs);
    db_close(app->db);
    g_free((void *)app->actions.rows);
    g_free((void *)app->actions.strategies.rows);
    g_free(app->data_dir);
    g_free(app->database);
    clock_clear(&app->env.clock);
    *app = (struct app){0};
}

/* ---- the store ---- */

/* The folder holds what doctors say of each other: nobody else of this machine may look in. */
static bool open_folder(struct app *app, const char *data, GError **error)
{
    g_autofree char *dir =
        data != NULL ? g_strdup(data) : g_build_filename(g_get_user_data_dir(), "ligature", NULL);
    app->data_dir = g_canonicalize_filename(dir, NULL);
    if (g_mkdir_with_parents(app->data_dir, 0700) != 0) {
        return refuse(error, "data.folder",
                      "The folder %s cannot be made: %s. Name another with --data.", app->data_dir,
                      g_strerror(errno));
    }
    if (!g_file_test(app->data_dir, G_FILE_TEST_IS_DIR)) {
        return refuse(error, "data.folder",
                      "%s is a file, not a folder. Name a folder with --data.", app->data_dir);
    }
    return true;
}

bool app_open(struct app *app, const struct app_options *options, GError **error)
{
    if (!open_folder(app, options->data, error)) {
        return false;
    }
    app->database = options->database != NULL
                        ? g_strdup(options->database)
                        : g_build_filename(app->data_dir, "ligature.db", NULL);
    app->db = store_open(app->database, options->readers > 0 ? options->readers : 2, error);
    return app->db != NULL;
}

/* ---- the account of the command line ---- */

struct choice {
    struct app *app;
    const char *name;
    bool is_for_store;
    struct account account;
    GStringChunk *text;
    int n_open;
};

static bool find_account(struct db_tx *tx, void *data, GError **error)
{
    struct choice *choice = data;
    choice->n_open = 0;
    if (choice->name != NULL) {
        g_autoptr(GError) trouble = NULL;
        if (account_find(tx, choice->name, choice->text, &choice->account, &trouble)) {
            choice->n_open = choice->account.closed_at == AT_NONE ? 1 : 0;
            return true;
        }
        if (error_has_code(trouble, "account.not_found")) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&trouble));
        return false;
    }
    g_autoptr(GArray) accounts = g_array_new(FALSE, TRUE, sizeof(struct account));
    if (!account_list(tx, choice->text, accounts, error)) {
        return false;
    }
    for (guint i = 0; i < accounts->len; i++) {
        const struct account *account = &g_array_index(accounts, struct account, i);
        if (account->closed_at == AT_NONE) {
            bool is_kept = choice->is_for_store && choice->n_open > 0 && choice->account.is_admin;
            choice->account = is_kept ? choice->account : *account;
            choice->n_open++;
        }
    }
    return true;
}

/* Looks again inside the write, so that two first commands at once make one account. */
static bool make_first(struct db_tx *tx, void *data, GError **error)
{
    struct choice *choice = data;
    if (!find_account(tx, choice, error)) {
        return false;
    }
    if (choice->n_open > 0) {
        return true;
    }
    const struct account_new first = {.name = "me", .is_admin = true};
    int64_t account_id;
    return account_create(tx, &choice->app->env, &first, &account_id, error) &&
           account_load(tx, account_id, choice->text, &choice->account, error);
}

bool app_choose_account(struct app *app, const char *name, bool is_for_store, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct choice choice = {
        .app = app, .name = name, .is_for_store = is_for_store, .text = text};
    if (!db_read(app->db, "account choose", find_account, &choice, error)) {
        return false;
    }
    if (choice.n_open == 0 && name != NULL) {
        return refuse(error, "account.not_found", "There is no account %s.", name);
    }
    if (choice.n_open > 1 && !(is_for_store && choice.account.is_admin)) {
        return refuse(error, "account.choose",
                      "There are %d accounts here. Say whose with --account NAME.", choice.n_open);
    }
    if (choice.n_open == 0 && !db_write(app->db, "account first", make_first, &choice, error)) {
        return false;
    }
    app->account_id = choice.account.account_id;
    app->is_admin = choice.account.is_admin;
    return true;
}

/* ---- running ---- */

bool app_run(struct app *app, const struct app_request *request, struct app_output *output,
             GError **error)
{
    struct action_call call = {
        .action = request->action,
        .env = &app->env,
        .db = app->db,
        .app = app,
        .table = &app->actions,
        .data_dir = app->data_dir,
        .account_id = app->account_id,
        .is_admin = app->is_admin,
        .is_loopback = true,
        .is_command = !request->is_assistant,
        .scopes = ALL_SCOPES,
        .progress = request->progress,
        .files = request->files,
        .n_files = request->n_files,
    };
    *output = (struct app_output){0};
    bool is_done = action_run(&call, request->raw, false, &output->result, &output->details, error);
    if (!is_done && output->details == NULL) {
        output->details = json_incref(call.refused);
    }
    json_decref(call.args);
    json_decref(call.refused);
    return is_done;
}

void app_output_clear(struct app_output *output)
{
    g_clear_pointer(&output->result, json_decref);
    g_clear_pointer(&output->details, json_decref);
}
