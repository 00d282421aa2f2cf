/* The table for AI assistants: a Model Context Protocol server, JSON-RPC 2.0, one message a line on
 * standard input and output (revision 2025-06-18; 2025-03-26 and 2024-11-05 are spoken too). A tool
 * is an action, named touch_add for touch.add. Left out are local and hidden actions, those that
 * need a secret, those that send (only a person presses send), and administration. */
#ifndef LIGATURE_ACTION_MCP_H
#define LIGATURE_ACTION_MCP_H

#include "action/action.h"

struct mcp_run {
    const struct action *action;
    const json_t *raw;             /* arguments */
    const struct call_file *files; /* of the PARAM_FILE parameter: paths the assistant named */
    int n_files;
    struct progress *progress;
    json_t *result;  /* to be set, owned by the caller of run */
    json_t *details; /* may be set when it fails */
};

/* run is called from several threads at once. */
struct mcp_host {
    const struct action_table *actions;
    void *data;
    bool (*run)(void *data, struct mcp_run *run, GError **error);
};

/* Serves until `in` ends. Lines longer than 8 MiB are refused. False when `out` cannot be written.
 */
bool mcp_serve(const struct mcp_host *host, FILE *in, FILE *out, GError **error);

#endif
