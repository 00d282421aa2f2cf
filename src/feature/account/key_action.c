/* What lets a program or a browser in: tokens and sessions. */
#include "feature/account/account_rows.h"

#include "action/act.h"
#include "base/error.h"
#include "model/session.h"
#include "model/token.h"

/* ---- tokens ---- */

static bool add_token(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GString) scopes = g_string_new(NULL);
    const json_t *list = call_json(call, "scope");
    for (size_t i = 0; i < json_array_size(list); i++) {
        g_string_append_printf(scopes, "%s%s", i > 0 ? " " : "",
                               json_string_value(json_array_get(list, i)));
    }
    int days = call_span(call, "expires");
    const struct token_new wanted = {
        .name = call_text(call, "name"),
        .scopes = scopes->str,
        .expires_at = days < 0 ? AT_NONE : book_now(book) + days * US_PER_DAY,
    };
    int64_t token_id;
    char secret[TOKEN_TEXT];
    if (!token_create(book, &wanted, &token_id, secret, error)) {
        return false;
    }
    *result_out = json_pack("{s:o, s:s, s:s}", "id", json_id(token_id), "token", secret, "message",
                            "Copy the token now; it is shown only once.");
    return true;
}

bool token_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, add_token, result_out, error);
}

static bool list_tokens(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) tokens = g_array_new(FALSE, TRUE, sizeof(struct token));
    (void)call;
    if (!token_list(book, text, tokens, error)) {
        return false;
    }
    json_t *list = json_array();
    for (guint i = 0; i < tokens->len; i++) {
        const struct token *token = &g_array_index(tokens, struct token, i);
        json_array_append_new(
            list,
            json_pack("{s:o, s:s, s:s, s:o, s:o, s:o, s:o}", "id", json_id(token->token_id), "name",
                      token->name, "scopes", token->scopes, "created_at",
                      json_at(token->created_at), "used_at", json_at(token->used_at), "expires_at",
                      json_at(token->expires_at), "revoked_at", json_at(token->revoked_at)));
    }
    *result_out = json_list("tokens", list, (int64_t)tokens->len, NULL);
    return true;
}

bool token_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, list_tokens, result_out, error);
}

static bool revoke_token(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    if (!token_revoke(book, call_id(call, "id"), error)) {
        return false;
    }
    *result_out = json_pack("{s:o, s:s}", "id", json_id(call_id(call, "id")), "message",
                            "The token opens nothing any more.");
    return true;
}

bool token_do_revoke(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, revoke_token, result_out, error);
}

/* ---- sessions ---- */

static bool list_sessions(struct action_call *call, struct book *book, json_t **result_out,
                          GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) sessions = g_array_new(FALSE, TRUE, sizeof(struct session));
    if (!session_list(book->tx, call->env, call->account_id, text, sessions, error)) {
        return false;
    }
    json_t *list = json_array();
    for (guint i = 0; i < sessions->len; i++) {
        const struct session *session = &g_array_index(sessions, struct session, i);
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:o, s:o, s:o}", "session", session->token_hash, "agent",
                            session->agent, "created_at", json_at(session->created_at), "seen_at",
                            json_at(session->seen_at), "expires_at", json_at(session->expires_at)));
    }
    *result_out = json_list("sessions", list, (int64_t)sessions->len, NULL);
    return true;
}

bool session_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, list_sessions, result_out, error);
}

static bool end_sessions(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    const char *one = call_text(call, "session");
    bool is_done = one != NULL ? session_end(book->tx, call->account_id, one, error)
                               : session_end_all(book->tx, call->account_id, NULL, error);
    *result_out = is_done ? json_pack("{s:s}", "message",
                                      one != NULL ? "That browser is signed out."
                                                  : "Every browser is signed out.")
                          : NULL;
    return is_done;
}

bool session_do_end(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, end_sessions, result_out, error);
}
