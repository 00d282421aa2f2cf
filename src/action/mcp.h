/* The table for AI assistants: a Model Context Protocol server, JSON-RPC 2.0, one message a line on standard input and
 * output (revision 2025-06-18; 2025-03-26 and 2024-11-05 are spoken too). Local actions and those that take a secret are left out. */
#ifndef LIGATURE_ACTION_MCP_H
#define LIGATURE_ACTION_MCP_H

#include "action/action.h"

/* Runs one action for the caller of the session. */
struct mcp_host {
    const struct action_table *actions;
    void *data;
    bool (*run)(void *data, const struct action *action, const json_t *raw, struct progress *progress,
                json_t **result_out, json_t **details_out, GError **error);
};

/* Serves until `in` ends. Lines longer than 8 MiB are refused. False when `out` cannot be written. */
bool mcp_serve(const struct mcp_host *host, FILE *in, FILE *out, GError **error);

#endif
