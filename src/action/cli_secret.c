/* Secrets are typed on the terminal with echo off; they are never words of the command. */
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "action/cli.h"
#include "base/error.h"

#define SECRET_MAX 1024

static char *read_hidden(const struct param *param)
{
    FILE *terminal = fopen("/dev/tty", "r+");
    if (terminal == NULL) {
        return NULL;
    }
    struct termios before;
    if (tcgetattr(fileno(terminal), &before) != 0) {
        fclose(terminal);
        return NULL;
    }
    struct termios hidden = before;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    hidden.c_lflag |= ECHONL;
    fprintf(terminal, "%s: ", param->help);
    fflush(terminal);
    tcsetattr(fileno(terminal), TCSAFLUSH, &hidden);
    char line[SECRET_MAX];
    char *read = fgets(line, sizeof line, terminal);
    tcsetattr(fileno(terminal), TCSAFLUSH, &before);
    fclose(terminal);
    if (read == NULL) {
        return NULL;
    }
    line[strcspn(line, "\r\n")] = '\0';
    char *secret = g_strdup(line);
    explicit_bzero(line, sizeof line);
    return secret;
}

bool cli_ask_secrets(struct cli_command *command, GError **error)
{
    const struct action *action = command->action;
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        json_t *given = json_object_get(command->raw, param->name);
        bool is_asked = json_is_true(given);
        bool is_missing = given == NULL && (param->flags & PARAM_REQUIRED) != 0;
        if (param->type != PARAM_SECRET || (!is_asked && !is_missing)) {
            continue;
        }
        char *secret = read_hidden(param);
        if (secret == NULL) {
            return refuse(error, "usage.secret",
                          "There is no terminal to ask for the %s on; use --%s-file FILE, or - for "
                          "standard input.",
                          param->name, param->name);
        }
        json_object_set_new(command->raw, param->name, json_string(secret));
        explicit_bzero(secret, strlen(secret));
        g_free(secret);
    }
    return true;
}
