/* The Model Context Protocol on standard input and output. One thread reads; tools run on a small
 * pool, so that a cancellation is heard while a tool works; every message is written whole under
 * one lock. */
#include "action/mcp.h"

#include <string.h>

#include "action/schema.h"
#include "base/error.h"

#define LINE_MAX_BYTES (8 * 1024 * 1024)
#define POOL 4
#define REPORT_US 100000

enum rpc_code {
    RPC_PARSE = -32700,
    RPC_REQUEST = -32600,
    RPC_METHOD = -32601,
    RPC_PARAMS = -32602,
    RPC_INTERNAL = -32603
};

struct server {
    const struct mcp_host *host;
    FILE *out;
    GMutex lock;      /* out, tasks */
    GPtrArray *tasks; /* struct task *, borrowed: what runs */
    GThreadPool *pool;
    bool is_broken; /* out cannot be written */
};

/* One tools/call. */
struct task {
    struct progress progress; /* first: the action's handle */
    struct server *server;
    const struct action *action;
    json_t *id;        /* owned */
    json_t *arguments; /* owned */
    json_t *token;     /* owned, NULL: no progress asked for */
    bool is_cancelled; /* under server->lock */
    int64_t reported_us;
    double reported;
};

/* ---- writing ---- */

/* Takes message. */
static void send_message(struct server *server, json_t *message)
{
    char *line = json_dumps(message, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(message);
    g_mutex_lock(&server->lock);
    if (line == NULL || fputs(line, server->out) == EOF || fputc('\n', server->out) == EOF ||
        fflush(server->out) != 0) {
        server->is_broken = true;
    }
    g_mutex_unlock(&server->lock);
    free(line);
}

/* Takes result. */
static void send_result(struct server *server, const json_t *id, json_t *result)
{
    send_message(server,
                 json_pack("{s:s, s:O, s:o}", "jsonrpc", "2.0", "id", id, "result", result));
}

static void send_error(struct server *server, const json_t *id, enum rpc_code code,
                       const char *words)
{
    json_t *message = json_pack("{s:s, s:o, s:{s:i, s:s}}", "jsonrpc", "2.0", "id",
                                id != NULL ? json_incref((json_t *)id) : json_null(), "error",
                                "code", (int)code, "message", words);
    send_message(server, message);
}

/* ---- tools ---- */

static bool is_tool(const struct action *action)
{
    if (action->is_local || action->is_hidden || action->effect == EFFECT_SEND ||
        action->effect == EFFECT_ADMIN || action->who == WHO_ADMIN) {
        return false;
    }
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        if (param->type == PARAM_SECRET && (param->flags & PARAM_REQUIRED) != 0) {
            return false;
        }
    }
    return true;
}

static char *tool_name(const struct action *action)
{
    return g_strdelimit(g_strdup(action->name), ".", '_');
}

static const struct action *find_tool(const struct server *server, const char *name)
{
    const struct action_table *table = server->host->actions;
    for (int i = 0; name != NULL && i < table->n; i++) {
        g_autofree char *tool = tool_name(table->rows[i]);
        if (is_tool(table->rows[i]) &&
            (strcmp(tool, name) == 0 || strcmp(table->rows[i]->name, name) == 0)) {
            return table->rows[i];
        }
    }
    return NULL;
}

/* What takes something away; all of it can come back, but an assistant should ask first. */
static bool is_destructive(const struct action *action)
{
    static const char *const verbs[] = {"remove",  "delete", "erase", "undo",  "merge",
                                        "unmerge", "revoke", "close", "clear", NULL};
    return g_strv_contains(verbs, strchr(action->name, '.') + 1);
}

static json_t *tool_list(const struct server *server)
{
    json_t *tools = json_array();
    for (int i = 0; i < server->host->actions->n; i++) {
        const struct action *action = server->host->actions->rows[i];
        if (!is_tool(action)) {
            continue;
        }
        g_autofree char *name = tool_name(action);
        g_autofree char *words =
            g_strdup_printf("%s.%s%s", action->summary, action->detail != NULL ? " " : "",
                            action->detail != NULL ? action->detail : "");
        bool is_read = action->effect == EFFECT_READ;
        json_t *hints =
            json_pack("{s:s, s:b, s:b, s:b}", "title", action->summary, "readOnlyHint", is_read,
                      "destructiveHint", !is_read && is_destructive(action), "openWorldHint", 0);
        json_array_append_new(tools,
                              json_pack("{s:s, s:s, s:s, s:o, s:o}", "name", name, "title",
                                        action->summary, "description", words, "inputSchema",
                                        schema_of_params(action, true), "annotations", hints));
    }
    return json_pack("{s:o}", "tools", tools);
}

/* ---- running ---- */

static void report(struct progress *progress, int64_t done, int64_t total, const char *words)
{
    struct task *task = (struct task *)progress;
    int64_t now = g_get_monotonic_time();
    if (task->token == NULL || (double)done <= task->reported ||
        now - task->reported_us < REPORT_US) {
        return; /* the protocol wants it to grow with every message */
    }
    task->reported = (double)done;
    task->reported_us = now;
    json_t *params =
        json_pack("{s:O, s:I}", "progressToken", task->token, "progress", (json_int_t)done);
    if (total > 0) {
        json_object_set_new(params, "total", json_integer(total));
    }
    if (words != NULL) {
        json_object_set_new(params, "message", json_text(words));
    }
    send_message(task->server, json_pack("{s:s, s:s, s:o}", "jsonrpc", "2.0", "method",
                                         "notifications/progress", "params", params));
}

static bool task_is_cancelled(struct progress *progress)
{
    struct task *task = (struct task *)progress;
    g_mutex_lock(&task->server->lock);
    bool is_cancelled = task->is_cancelled;
    g_mutex_unlock(&task->server->lock);
    return is_cancelled;
}

/* Paths of the file parameter, as an array that borrows from arguments. */
static GArray *files_of(const struct task *task)
{
    GArray *files = g_array_new(FALSE, FALSE, sizeof(struct call_file));
    for (const struct param *param = task->action->params; param != NULL && param->name != NULL;
         param++) {
        const json_t *value =
            param->type == PARAM_FILE ? json_object_get(task->arguments, param->name) : NULL;
        size_t n = json_is_array(value) ? json_array_size(value) : json_is_string(value);
        for (size_t i = 0; i < n; i++) {
            const char *path =
                json_string_value(json_is_array(value) ? json_array_get(value, i) : value);
            if (path != NULL) {
                const char *slash = strrchr(path, '/');
                struct call_file file = {.path = path, .name = slash != NULL ? slash + 1 : path};
                g_array_append_val(files, file);
            }
        }
    }
    return files;
}

/* Takes content. */
static json_t *tool_result(json_t *content, bool is_error)
{
    char *text = json_dumps(content, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    json_t *result = json_pack("{s:[{s:s, s:s}], s:o, s:b}", "content", "type", "text", "text",
                               text, "structuredContent", content, "isError", is_error);
    free(text);
    return result;
}

static void run_task(void *data, void *user_data)
{
    struct task *task = data;
    struct server *server = task->server;
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) files = files_of(task);
    struct mcp_run run = {
        .action = task->action,
        .raw = task->arguments,
        .files = (const struct call_file *)(void *)files->data,
        .n_files = (int)files->len,
        .progress = &task->progress,
    };
    bool is_done =
        !task_is_cancelled(&task->progress) && server->host->run(server->host->data, &run, &error);
    if (!task_is_cancelled(&task->progress)) { /* a cancelled request gets no answer */
        json_t *content = is_done ? json_incref(run.result) : action_error_json(error, run.details);
        send_result(server, task->id, tool_result(content, !is_done));
    }
    json_decref(run.result);
    json_decref(run.details);
    g_mutex_lock(&server->lock);
    g_ptr_array_remove_fast(server->tasks, task);
    g_mutex_unlock(&server->lock);
    json_decref(task->id);
    json_decref(task->arguments);
    json_decref(task->token);
    g_free(task);
}

static void call_tool(struct server *server, const json_t *id, const json_t *params)
{
    const struct action *action =
        find_tool(server, json_string_value(json_object_get(params, "name")));
    json_t *arguments = json_object_get(params, "arguments");
    if (action == NULL) {
        send_error(server, id, RPC_PARAMS, "There is no such tool. tools/list names them.");
        return;
    }
    if (arguments != NULL && !json_is_object(arguments)) {
        send_error(server, id, RPC_PARAMS, "The arguments are an object.");
        return;
    }
    struct task *task = g_new0(struct task, 1);
    task->progress.report = report;
    task->progress.is_cancelled = task_is_cancelled;
    task->server = server;
    task->action = action;
    task->id = json_incref((json_t *)id);
    task->arguments = arguments != NULL ? json_incref(arguments) : json_object();
    task->token = json_incref(json_object_get(json_object_get(params, "_meta"), "progressToken"));
    task->reported = -1;
    g_mutex_lock(&server->lock);
    g_ptr_array_add(server->tasks, task);
    g_mutex_unlock(&server->lock);
    g_thread_pool_push(server->pool, task, NULL);
}

/* ---- methods ---- */

static void initialize(struct server *server, const json_t *id, const json_t *params)
{
    static const char *const versions[] = {"2025-06-18", "2025-03-26", "2024-11-05", NULL};
    const char *wanted = json_string_value(json_object_get(params, "protocolVersion"));
    const char *version =
        wanted != NULL && g_strv_contains(versions, wanted) ? wanted : versions[0];
    json_t *result = json_pack(
        "{s:s, s:{s:{s:b}}, s:{s:s, s:s, s:s}, s:s}", "protocolVersion", version, "capabilities",
        "tools", "listChanged", 0, "serverInfo", "name", "ligature", "title", "Ligature", "version",
        LIGATURE_VERSION, "instructions",
        "The address book of a doctor: people, what happened between them, and what is due. Ids "
        "are 13 letters; "
        "find a person with person_list before you log a touch. Never store details of patients.");
    send_result(server, id, result);
}

static void cancel(struct server *server, const json_t *params)
{
    const json_t *id = json_object_get(params, "requestId");
    g_mutex_lock(&server->lock);
    for (guint i = 0; id != NULL && i < server->tasks->len; i++) {
        struct task *task = g_ptr_array_index(server->tasks, i);
        if (json_equal(task->id, (json_t *)id)) {
            task->is_cancelled = true;
        }
    }
    g_mutex_unlock(&server->lock);
}

static void handle(struct server *server, const json_t *message)
{
    const json_t *id = json_object_get(message, "id");
    const char *method = json_string_value(json_object_get(message, "method"));
    const json_t *params = json_object_get(message, "params");
    bool has_id = json_is_string(id) || json_is_integer(id);
    if (!json_is_object(message) ||
        g_strcmp0(json_string_value(json_object_get(message, "jsonrpc")), "2.0") != 0 ||
        (method != NULL && id != NULL && !has_id)) {
        send_error(server, has_id ? id : NULL, RPC_REQUEST, "This is no JSON-RPC 2.0 request.");
    } else if (method == NULL) {
        /* an answer to a question we never asked: nothing to do */
        if (json_object_get(message, "result") == NULL &&
            json_object_get(message, "error") == NULL) {
            send_error(server, has_id ? id : NULL, RPC_REQUEST, "This is no JSON-RPC 2.0 request.");
        }
    } else if (!has_id) {
        if (strcmp(method, "notifications/cancelled") == 0) {
            cancel(server, params);
        }
    } else if (strcmp(method, "initialize") == 0) {
        initialize(server, id, params);
    } else if (strcmp(method, "ping") == 0) {
        send_result(server, id, json_object());
    } else if (strcmp(method, "tools/list") == 0) {
        send_result(server, id, tool_list(server));
    } else if (strcmp(method, "tools/call") == 0) {
        call_tool(server, id, params);
    } else {
        send_error(server, id, RPC_METHOD, "This server has tools only.");
    }
}

/* ---- reading ---- */

/* The next line without its end; -1 at the end of input, 0 with *is_long_out when it was too long.
 */
static int read_line(FILE *in, GString *line, bool *is_long_out)
{
    g_string_truncate(line, 0);
    *is_long_out = false;
    int letter;
    while ((letter = getc(in)) != EOF && letter != '\n') {
        if (line->len >= LINE_MAX_BYTES) {
            *is_long_out = true;
        } else {
            g_string_append_c(line, (char)letter);
        }
    }
    return letter == EOF && line->len == 0 ? -1 : 0;
}

static void take_line(struct server *server, const GString *line)
{
    json_t *message = json_loadb(line->str, line->len, JSON_REJECT_DUPLICATES, NULL);
    if (message == NULL) {
        send_error(server, NULL, RPC_PARSE, "This line is not JSON.");
        return;
    }
    if (json_is_array(message) &&
        json_array_size(message) > 0) { /* revision 2025-03-26 allows batches */
        size_t i;
        json_t *item;
        json_array_foreach(message, i, item)
        {
            handle(server, item);
        }
    } else {
        handle(server, message);
    }
    json_decref(message);
}

bool mcp_serve(const struct mcp_host *host, FILE *in, FILE *out, GError **error)
{
    struct server server = {.host = host, .out = out, .tasks = g_ptr_array_new()};
    g_mutex_init(&server.lock);
    server.pool = g_thread_pool_new(run_task, NULL, POOL, FALSE, NULL);
    g_autoptr(GString) line = g_string_new(NULL);
    bool is_long;
    while (!server.is_broken && read_line(in, line, &is_long) == 0) {
        if (is_long) {
            send_error(&server, NULL, RPC_REQUEST, "A message may have 8 MiB.");
        } else if (line->len > 0 && strspn(line->str, " \t\r") < line->len) {
            take_line(&server, line);
        }
    }
    g_thread_pool_free(server.pool, FALSE, TRUE);
    g_ptr_array_unref(server.tasks);
    g_mutex_clear(&server.lock);
    return !server.is_broken || bug(error, "mcp.output", "Standard output cannot be written.");
}
