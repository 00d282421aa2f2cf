/* Accounts: made, named, closed; their passwords. */
#include "feature/account/account_rows.h"

#include <string.h>

#include "base/error.h"
#include "model/account.h"
#include "model/password.h"
#include "model/session.h"

struct work {
    struct action_call *call;
    char *hash;             /* owned; NULL: none */
    const char *current;    /* what was given as the password so far */
    struct account account; /* as read before */
    GStringChunk *text;
    int64_t account_id;
    json_t *result;
};

static json_t *account_json(const struct account *account)
{
    return json_pack("{s:o, s:s, s:s, s:b, s:b, s:o, s:o}", "id", json_id(account->account_id),
                     "name", account->name, "display_name", account->display_name, "is_admin",
                     account->is_admin, "has_password", account->password != NULL, "created_at",
                     json_at(account->created_at), "closed_at", json_at(account->closed_at));
}

/* Runs fn in a write, and answers with what it left in result. */
static bool run_write(struct work *work, db_fn *fn, json_t **result_out, GError **error)
{
    bool is_done = db_write(work->call->db, work->call->action->name, fn, work, error);
    if (!is_done) {
        g_clear_pointer(&work->result, json_decref);
    }
    *result_out = work->result;
    return is_done;
}

/* ---- add, list, rename ---- */

static bool add(struct db_tx *tx, void *data, GError **error)
{
    struct work *work = data;
    const struct account_new wanted = {
        .name = call_text(work->call, "name"),
        .display_name = call_text(work->call, "display_name"),
        .password_hash = work->hash,
        .is_admin = call_bool(work->call, "admin"),
    };
    if (!account_create(tx, work->call->env, &wanted, &work->account_id, error)) {
        return false;
    }
    json_decref(work->result);
    work->result = json_pack("{s:o, s:s}", "id", json_id(work->account_id), "message",
                             "The account is there.");
    return true;
}

bool account_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    struct work work = {.call = call};
    const char *password = call_text(call, "password");
    if (password != NULL && (work.hash = password_hash(password, error)) == NULL) {
        return false;
    }
    bool is_done = run_write(&work, add, result_out, error);
    g_free(work.hash);
    return is_done;
}

static bool list(struct db_tx *tx, void *data, GError **error)
{
    struct work *work = data;
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) accounts = g_array_new(FALSE, TRUE, sizeof(struct account));
    if (!account_list(tx, text, accounts, error)) {
        return false;
    }
    json_decref(work->result);
    work->result = json_array();
    for (guint i = 0; i < accounts->len; i++) {
        json_array_append_new(work->result,
                              account_json(&g_array_index(accounts, struct account, i)));
    }
    return true;
}

bool account_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    struct work work = {.call = call};
    if (!db_read(call->db, "account.list", list, &work, error)) {
        json_decref(work.result);
        return false;
    }
    *result_out = json_list("accounts", work.result, (int64_t)json_array_size(work.result), NULL);
    return true;
}

static bool rename_own(struct db_tx *tx, void *data, GError **error)
{
    struct work *work = data;
    return account_set_display_name(tx, work->call->account_id,
                                    call_text(work->call, "display_name"), error);
}

bool account_do_rename(struct action_call *call, json_t **result_out, GError **error)
{
    struct work work = {.call = call};
    bool is_done = run_write(&work, rename_own, result_out, error);
    *result_out = is_done ? json_pack("{s:s}", "message", "Your name is changed.") : NULL;
    return is_done;
}

/* ---- password ---- */

/* Whose: one's own, or, for an administrator, the account named. */
static bool find_whose(struct db_tx *tx, void *data, GError **error)
{
    struct work *work = data;
    const char *name = call_text(work->call, "name");
    return name != NULL
               ? account_find(tx, name, work->text, &work->account, error)
               : account_load(tx, work->call->account_id, work->text, &work->account, error);
}

static bool set_password(struct db_tx *tx, void *data, GError **error)
{
    struct work *work = data;
    return account_set_password(tx, work->account.account_id, work->hash, error) &&
           session_end_all(tx, work->account.account_id, NULL, error);
}

/* On the command line the file itself is in one's hands; elsewhere the old password has to be
 * known. */
static bool may_change(const struct work *work, GError **error)
{
    bool is_own = work->account.account_id == work->call->account_id;
    if (!is_own && !work->call->is_admin) {
        return refuse(error, "account.not_found", "There is no such account.");
    }
    if (work->call->is_command || !is_own || work->account.password == NULL ||
        password_fits(work->account.password, call_text(work->call, "current") != NULL
                                                  ? call_text(work->call, "current")
                                                  : "")) {
        return true;
    }
    return refuse(error, "account.wrong_password", "The present password is another one.");
}

bool account_do_password(struct action_call *call, json_t **result_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct work work = {.call = call, .text = text};
    bool is_done = db_read(call->db, "account.password", find_whose, &work, error) &&
                   may_change(&work, error) &&
                   (work.hash = password_hash(call_text(call, "password"), error)) != NULL &&
                   run_write(&work, set_password, result_out, error);
    *result_out =
        is_done ? json_pack("{s:s}", "message", "The password is set. Every browser signs in anew.")
                : NULL;
    g_free(work.hash);
    return is_done;
}

/* ---- close and reopen ---- */

static bool close_one(struct db_tx *tx, void *data, GError **error)
{
    struct work *work = data;
    return account_find(tx, call_text(work->call, "name"), work->text, &work->account, error) &&
           (work->account.account_id != work->call->account_id ||
            refuse(error, "account.conflict",
                   "This is your own account; another administrator can close it.")) &&
           account_close(tx, work->call->env, work->account.account_id, error);
}

static bool reopen_one(struct db_tx *tx, void *data, GError **error)
{
    struct work *work = data;
    return account_find(tx, call_text(work->call, "name"), work->text, &work->account, error) &&
           account_reopen(tx, work->account.account_id, error);
}

static bool change_one(struct action_call *call, db_fn *fn, const char *message,
                       json_t **result_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct work work = {.call = call, .text = text};
    bool is_done = run_write(&work, fn, result_out, error);
    *result_out = is_done ? json_pack("{s:s}", "message", message) : NULL;
    return is_done;
}

bool account_do_close(struct action_call *call, json_t **result_out, GError **error)
{
    return change_one(call, close_one, "The account is closed. It can come back for 30 days.",
                      result_out, error);
}

bool account_do_reopen(struct action_call *call, json_t **result_out, GError **error)
{
    return change_one(call, reopen_one, "The account is open again.", result_out, error);
}
