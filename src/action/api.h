/* The table over HTTP: POST /api/v1/<noun>.<verb>, JSON in, the same JSON out as on the command
 * line.
 *
 * Who calls is settled before: by bearer token (api_bearer) or by the session of a page
 * (page/session.h). */
#ifndef LIGATURE_ACTION_API_H
#define LIGATURE_ACTION_API_H

#include "action/action.h"

struct http_request; /* net/http.h */

/* Who calls. account_id 0: nobody. */
struct api_caller {
    int64_t account_id;
    bool is_admin;
    bool is_loopback;
    bool is_token;   /* by token, so no form token is needed */
    unsigned scopes; /* bit (1 << enum action_effect) */
    const char *remote; /* filled in by api_answer */
};

/* Reads "Authorization: Bearer lig_...". No such header: *caller unchanged, true. A token that is
 * wrong, expired or revoked: false with "auth.token" (401). */
bool api_bearer(const struct http_request *request, struct db *db, struct env *env,
                struct api_caller *caller, GError **error);

/* What an answer is made of. */
struct api_answer {
    int status;
    json_t *body; /* owned */
};

/* A long action to be started; borrowed until the starter returns, which copies what it keeps and
 * moves the files. */
struct api_job {
    const struct api_caller *caller;
    const struct action *action;
    const json_t *raw;
    const struct call_file *files;
    int n_files;
};
typedef bool api_start_job_fn(void *app, const struct api_job *job, int64_t *job_id_out,
                              GError **error);

/* What the server hands in. start_job (may be NULL: long actions run at once) starts a long action
 * and gives its id. */
struct api {
    const struct action_table *actions;
    struct env *env;
    struct db *db;
    const char *data_dir;
    void *app;
    api_start_job_fn *start_job;
    struct attempts *attempts; /* borrowed; NULL: nobody has to wait */
};

/* Answers POST /api/v1/<name>; `name` is the part after the last slash. Never fails: errors are
 * answers. Unknown and local actions are "api.unknown_action" (404); another method 405; a body
 * that is no JSON object 400. The query parameter `wait=no` makes a long action a job: 202
 * {"job_id": ...}. */
void api_answer(const struct api *api, const struct api_caller *caller,
                const struct http_request *request, const char *name, struct api_answer *answer);

#endif
