/* The table over HTTP. What went wrong on our side is logged here, once, and told without its
 * inside. */
#include "action/api.h"

#include <string.h>

#include "action/input.h"
#include "base/error.h"
#include "model/account.h"
#include "model/token.h"
#include "net/http.h"

/* ---- bearer tokens ---- */

struct lookup {
    const struct env *env;
    const char *secret;
    GStringChunk *text;
    struct token token;
    struct account account;
};

static bool find_token(struct db_tx *tx, void *data, GError **error)
{
    struct lookup *lookup = data;
    return token_find(tx, lookup->env, lookup->secret, lookup->text, &lookup->token, error) &&
           account_load(tx, lookup->token.account_id, lookup->text, &lookup->account, error);
}

static bool note_use(struct db_tx *tx, void *data, GError **error)
{
    struct lookup *lookup = data;
    return token_used(tx, lookup->env, &lookup->token, error);
}

static unsigned scopes_of(const char *words)
{
    static const struct {
        const char *word;
        enum action_effect effect;
    } known[] = {
        {"read", EFFECT_READ},
        {"write", EFFECT_WRITE},
        {"send", EFFECT_SEND},
        {"admin", EFFECT_ADMIN},
    };
    g_auto(GStrv) parts = g_strsplit(words, " ", 0);
    unsigned scopes = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (g_strv_contains((const char *const *)parts, known[i].word)) {
            scopes |= 1u << known[i].effect;
        }
    }
    return scopes;
}

bool api_bearer(const struct http_request *request, struct db *db, struct env *env,
                struct api_caller *caller, GError **error)
{
    const char *header = http_request_header(request, "Authorization");
    if (header == NULL) {
        return true;
    }
    if (g_ascii_strncasecmp(header, "Bearer ", 7) != 0) {
        return refuse(error, "auth.token", "Send the token as: Authorization: Bearer lig_...");
    }
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct lookup lookup = {
        .env = env, .secret = header + 7 + strspn(header + 7, " "), .text = text};
    g_autoptr(GError) trouble = NULL;
    if (!db_read(db, "token find", find_token, &lookup, &trouble)) {
        if (error_is_theirs(trouble)) {
            return refuse(error, "auth.token",
                          "This token is not valid: it is unknown, expired or revoked.");
        }
        g_propagate_error(error, g_steal_pointer(&trouble));
        return false;
    }
    bool is_noted = lookup.token.used_at != AT_NONE &&
                    clock_now(&env->clock) - lookup.token.used_at < 60 * US_PER_SECOND;
    if (!is_noted && !db_write(db, "token used", note_use, &lookup, error)) {
        return false;
    }
    caller->account_id = lookup.token.account_id;
    caller->is_admin = lookup.account.is_admin;
    caller->is_token = true;
    caller->scopes = scopes_of(lookup.token.scopes);
    return true;
}

/* ---- answers ---- */

static void answer_error(struct api_answer *answer, const GError *error, const json_t *details,
                         const char *name)
{
    answer->status = action_http_status(error);
    answer->body = action_error_json(error, details);
    if (!error_is_theirs(error)) {
        g_warning("%s: %s: %s", name, error_code(error), error->message);
        json_object_set_new(
            json_object_get(answer->body, "error"), "message",
            json_string(
                "This failed on our side. Your data is safe; the log of the server says more."));
    }
}

/* A long action that nobody waits for. */
static bool start_job(const struct api *api, const struct api_caller *caller,
                      const struct action *action, const struct input *input,
                      struct api_answer *answer, GError **error)
{
    /* what the table refuses is told now, not by the job: permission and parameters are checked by
     * the starter */
    int64_t job_id;
    if (!api->start_job(api->app,
                        &(struct api_job){caller, action, input->raw,
                                          (const struct call_file *)(void *)input->files->data,
                                          (int)input->files->len},
                        &job_id, error)) {
        return false;
    }
    answer->status = 202;
    answer->body = json_pack("{s:o}", "job_id", json_id(job_id));
    return true;
}

static bool run(const struct api *api, const struct api_caller *caller, const struct action *action,
                const struct input *input, struct api_answer *answer, GError **error)
{
    struct action_call call = {
        .action = action,
        .env = api->env,
        .db = api->db,
        .app = api->app,
        .table = api->actions,
        .data_dir = api->data_dir,
        .account_id = caller->account_id,
        .is_admin = caller->is_admin,
        .is_loopback = caller->is_loopback,
        .scopes = caller->scopes,
        .files = (const struct call_file *)(void *)input->files->data,
        .n_files = (int)input->files->len,
        .attempts = api->attempts,
        .remote = caller->remote,
    };
    json_t *refusals = NULL;
    bool is_done = action_run(&call, input->raw, false, &answer->body, &refusals, error);
    answer->status = 200;
    if (!is_done && error != NULL && *error != NULL) {
        answer_error(answer, *error, refusals != NULL ? refusals : call.refused, action->name);
    }
    json_decref(refusals);
    json_decref(call.refused);
    json_decref(call.args);
    return is_done;
}

void api_answer(const struct api *api, const struct api_caller *caller,
                const struct http_request *request, const char *name, struct api_answer *answer)
{
    *answer = (struct api_answer){0};
    g_autoptr(GError) error = NULL;
    struct input input = {0};
    const struct action *action = action_find(api->actions, name);
    bool is_done = false;
    if (action == NULL || action->is_local) {
        refuse(&error, "api.unknown_action",
               "There is no action %s. /api/v1/openapi.json lists them.", name);
    } else if (!http_request_is(request, "POST")) {
        refuse(&error, "api.method", "Send POST.");
    } else if (caller->account_id == 0 && action->who != WHO_ANYONE) {
        refuse(&error, "auth.required", "Send a token: Authorization: Bearer lig_...");
    } else if (input_read(&input, request, action, &error)) {
        bool is_job = action->is_long && api->start_job != NULL &&
                      g_strcmp0(http_request_query(request, "wait"), "no") == 0;
        struct api_caller known = *caller;
        known.remote = http_request_remote(request);
        is_done = (is_job ? start_job : run)(api, &known, action, &input, answer, &error);
    }
    if (!is_done && answer->body == NULL) {
        answer_error(answer, error, NULL, name);
    }
    input_clear(&input);
}
