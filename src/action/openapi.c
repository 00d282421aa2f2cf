/* The table as an OpenAPI 3.1 document: one path for each action, the same error for all. */
#include <string.h>

#include "action/schema.h"

static json_t *response(const char *words, json_t *schema)
{
    return json_pack("{s:s, s:{s:{s:o}}}", "description", words, "content", "application/json",
                     "schema", schema);
}

static json_t *error_response(const char *words)
{
    return response(words, json_pack("{s:s}", "$ref", "#/components/schemas/Error"));
}

static json_t *responses_of(const struct action *action)
{
    json_t *all = json_object();
    json_object_set_new(all, "200", response("Done", schema_of_result(action)));
    if (action->is_long) {
        json_t *schema = json_pack("{s:s, s:{s:{s:s}}, s:[s]}", "type", "object", "properties",
                                   "job_id", "type", "string", "required", "job_id");
        json_object_set_new(all, "202", response("Started as a job (wait=no)", schema));
    }
    static const struct {
        const char *status;
        const char *words;
    } errors[] = {
        {"400", "The request is not right"},
        {"401", "No valid token or session"},
        {"403", "The token may not do this"},
        {"404", "There is no such thing in this account"},
        {"409", "It does not fit what is there"},
        {"422", "A parameter is refused; details name it"},
        {"429", "Too many tries"},
        {"500", "Failed on our side"},
        {"503", "Too busy, or not ready"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(errors); i++) {
        json_object_set_new(all, errors[i].status, error_response(errors[i].words));
    }
    return all;
}

static const struct param *file_param(const struct action *action)
{
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        if (param->type == PARAM_FILE) {
            return param;
        }
    }
    return NULL;
}

static json_t *body_of(const struct action *action)
{
    json_t *schema = schema_of_params(action, false);
    bool is_required = json_object_get(schema, "required") != NULL;
    json_t *content = json_object();
    const struct param *file = file_param(action);
    if (file != NULL) {
        json_t *form = json_deep_copy(schema);
        json_t *part = json_pack("{s:s, s:s}", "type", "string", "contentMediaType",
                                 "application/octet-stream");
        if ((file->flags & PARAM_REPEATED) != 0) {
            part = json_pack("{s:s, s:o}", "type", "array", "items", part);
        }
        json_object_set_new(part, "description", json_string(file->help));
        json_object_set_new(json_object_get(form, "properties"), file->name, part);
        json_object_set_new(content, "multipart/form-data", json_pack("{s:o}", "schema", form));
    }
    json_object_set_new(content, "application/json", json_pack("{s:o}", "schema", schema));
    return json_pack("{s:b, s:o}", "required", is_required, "content", content);
}

static const char *effect_text(enum action_effect effect)
{
    static const char *const words[] = {"none", "read", "write", "send", "admin"};
    return words[effect];
}

static json_t *operation(const struct action *action)
{
    const char *point = strchr(action->name, '.');
    g_autofree char *noun = g_strndup(action->name, (gsize)(point - action->name));
    json_t *op =
        json_pack("{s:s, s:s, s:[s], s:o, s:o, s:s}", "operationId", action->name, "summary",
                  action->summary, "tags", noun, "requestBody", body_of(action), "responses",
                  responses_of(action), "x-effect", effect_text(action->effect));
    if (action->detail != NULL) {
        json_object_set_new(op, "description", json_string(action->detail));
    }
    static const char *const who[] = {"none", "anyone", "account", "admin"};
    json_object_set_new(op, "x-who", json_string(who[action->who]));
    if (action->who == WHO_ANYONE) {
        json_object_set_new(op, "security", json_pack("[{}]"));
    }
    if (action->is_long) {
        json_t *wait = json_pack("{s:s, s:s, s:s, s:{s:s, s:[s, s], s:s}}", "name", "wait", "in",
                                 "query", "description", "no: start a job and answer at once",
                                 "schema", "type", "string", "enum", "yes", "no", "default", "yes");
        json_object_set_new(op, "parameters", json_pack("[o]", wait));
    }
    return op;
}

static json_t *components(void)
{
    json_t *detail = json_pack("{s:s, s:{s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}}}", "type", "object",
                               "properties", "param", "type", "string", "file", "type", "string",
                               "line", "type", "integer", "reason", "type", "string");
    json_t *error =
        json_pack("{s:s, s:[s, s, s], s:{s:{s:s}, s:{s:s}, s:{s:s, s:o}}}", "type", "object",
                  "required", "code", "message", "details", "properties", "code", "type", "string",
                  "message", "type", "string", "details", "type", "array", "items", detail);
    json_t *document = json_pack("{s:s, s:[s], s:{s:o}}", "type", "object", "required", "error",
                                 "properties", "error", error);
    return json_pack("{s:{s:o}, s:{s:{s:s, s:s, s:s}, s:{s:s, s:s, s:s, s:s}}}", "schemas", "Error",
                     document, "securitySchemes", "token", "type", "http", "scheme", "bearer",
                     "description", "A token made in Settings, or with `ligature token add`",
                     "session", "type", "apiKey", "in", "cookie", "name", "ligature", "description",
                     "The session of a page; send its form token as X-CSRF-Token too");
}

json_t *openapi_document(const struct action_table *table, const char *server_url)
{
    json_t *paths = json_object();
    for (int i = 0; i < table->n; i++) {
        const struct action *action = table->rows[i];
        if (action->is_hidden || action->is_local) {
            continue;
        }
        g_autofree char *path = g_strdup_printf("/api/v1/%s", action->name);
        json_object_set_new(paths, path, json_pack("{s:o}", "post", operation(action)));
    }
    return json_pack(
        "{s:s, s:{s:s, s:s, s:s, s:{s:s, s:s}}, s:[{s:s}], s:[{s:[]}, {s:[]}], s:o, s:o}",
        "openapi", "3.1.0", "info", "title", "Ligature", "version", LIGATURE_VERSION, "summary",
        "Every action of the program, as the command line has them", "license", "name",
        "AGPL-3.0-or-later", "identifier", "AGPL-3.0-or-later", "servers", "url",
        server_url != NULL ? server_url : "/", "security", "token", "session", "paths", paths,
        "components", components());
}
