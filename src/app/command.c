/* The command line from argv to the exit status: read, open, run, print. */
#include "app/app.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>

#include "action/cli.h"
#include "action/help.h"
#include "base/error.h"

/* Told in the form that was asked for; our own faults say so. */
static int fail(const struct cli_command *command, const GError *error, const json_t *details)
{
    cli_print_error(command, error, details, stdout, stderr);
    return cli_exit_status(error);
}

static int help(const struct app *app, const struct cli_command *command)
{
    g_autoptr(GError) error = NULL;
    bool is_done;
    if (command->man_dir != NULL) {
        is_done = help_write_man(&app->actions, command->man_dir, &error);
    } else if (command->completion != NULL) {
        is_done = help_write_completion(&app->actions, command->completion, stdout, &error);
    } else {
        is_done = help_show(&app->actions, (const char *const *)command->help_words->pdata,
                            (int)command->help_words->len, stdout, &error);
    }
    return is_done ? 0 : fail(command, error, NULL);
}

static bool open_for(struct app *app, const struct cli_command *command,
                     const struct app_options *options, GError **error)
{
    if (command->action->is_storeless) {
        if (options->data != NULL) {
            app->data_dir = g_canonicalize_filename(options->data, NULL);
        } else {
            app->data_dir = g_build_filename(g_get_user_data_dir(), "ligature", NULL);
        }
        app->database = g_strdup(options->database);
        return true;
    }
    return app_open(app, options, error) &&
           (command->action->who == WHO_ANYONE ||
            app_choose_account(app, command->options.account,
                               command->action->who == WHO_ADMIN || command->action->is_of_store,
                               error));
}

static int run(struct app *app, struct cli_command *command, const struct app_options *options)
{
    g_autoptr(GError) error = NULL;
    if (!cli_ask_secrets(command, &error)) {
        return fail(command, error, NULL);
    }
    /* before any thread is there, so that all of them leave Ctrl-C to the bar */
    struct cli_progress *bar =
        command->action->is_long ? cli_progress_new(stderr, command->options.is_json) : NULL;
    struct app_output output = {0};
    g_autofree struct call_file *files = g_new0(struct call_file, command->files->len + 1);
    for (guint i = 0; i < command->files->len; i++) {
        files[i] = *(struct call_file *)g_ptr_array_index(command->files, i);
    }
    const struct app_request request = {
        .action = command->action,
        .raw = command->raw,
        .progress = cli_progress_of(bar),
        .files = files,
        .n_files = (int)command->files->len,
    };
    bool is_done =
        open_for(app, command, options, &error) && app_run(app, &request, &output, &error);
    cli_progress_free(bar);
    int status = 0;
    if (is_done) {
        cli_print_result(command, output.result, &app->env, stdout);
    } else {
        status = fail(command, error, output.details);
    }
    app_output_clear(&output);
    return status;
}

static int act(struct app *app, struct cli_command *command, const struct app_options *options,
               GError *usage)
{
    if (usage != NULL) {
        return fail(command, usage, NULL);
    }
    if (command->options.wants_version) {
        if (command->options.is_json) {
            printf("{\"version\": \"%s\"}\n", LIGATURE_VERSION);
        } else {
            printf("ligature %s\n", LIGATURE_VERSION);
        }
        return 0;
    }
    if (command->is_help) {
        return help(app, command);
    }
    if (command->options.wants_help) {
        help_action(command->action, stdout);
        return 0;
    }
    return run(app, command, options);
}

int app_main(int argc, char **argv, const struct feature *const *features, int n_features)
{
    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
    if (sodium_init() < 0) {
        fputs("This machine gives no randomness.\n", stderr);
        return 3;
    }
    struct app app;
    struct app_options options = {.features = features, .n_features = n_features};
    struct cli_command command = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) usage = NULL;
    int status;
    if (!app_init(&app, &options, &error)) {
        fprintf(stderr, "%s\n", error->message);
        app_clear(&app);
        return 3;
    }
    bool is_read = cli_parse(&app.actions, argc, argv, &command, &usage);
    options.data = command.options.data;
    options.database = command.options.database;
    if (is_read && command.options.now != NULL &&
        !at_parse(command.options.now, &app.env.clock.fixed_at)) {
        refuse(&usage, "usage.now", "--now is written as 2026-07-21T09:00:00Z or 2026-07-21.");
    }
    status = act(&app, &command, &options, usage);
    cli_command_clear(&command);
    app_clear(&app);
    if (fflush(stdout) != 0 && errno != EPIPE) { /* `| head` has read enough */
        fprintf(stderr, "Standard output cannot be written: %s.\n", g_strerror(errno));
        return 3;
    }
    return status;
}
