/* Rows of the table as JSON Schema 2020-12. */
#include "action/schema.h"

#include <string.h>

#define ID_PATTERN "^[0-9a-hjkmnp-tv-z]{13}$"

static json_t *typed(const char *type)
{
    return json_pack("{s:s}", "type", type);
}

static void bound(json_t *schema, const char *name, int64_t value)
{
    json_object_set_new(schema, name, json_integer(value));
}

static json_t *text_schema(const struct param *param)
{
    json_t *schema = typed("string");
    if (param->min > 0 || (param->flags & PARAM_REQUIRED) != 0) {
        bound(schema, "minLength", MAX(param->min, 1));
    }
    if (param->max > 0) {
        bound(schema, "maxLength", param->max);
    }
    return schema;
}

static json_t *number_schema(const struct param *param, const char *type)
{
    json_t *schema = typed(type);
    if (param->min != 0 || param->max != 0) {
        bound(schema, "minimum", param->min);
        bound(schema, "maximum", param->max);
    }
    return schema;
}

static json_t *choice_schema(const struct param *param)
{
    json_t *all = json_array();
    for (const char *const *choice = param->choices; *choice != NULL; choice++) {
        json_array_append_new(all, json_string(*choice));
    }
    return json_pack("{s:s, s:o}", "type", "string", "enum", all);
}

static json_t *value_schema(const struct param *param, bool for_mcp)
{
    switch (param->type) {
    case PARAM_TEXT: return text_schema(param);
    case PARAM_SECRET: return json_pack("{s:s, s:s}", "type", "string", "format", "password");
    case PARAM_INT: return number_schema(param, "integer");
    case PARAM_REAL: return number_schema(param, "number");
    case PARAM_BOOL: return typed("boolean");
    case PARAM_ID: return json_pack("{s:s, s:s}", "type", "string", "pattern", ID_PATTERN);
    case PARAM_DAY:
        return json_pack("{s:s, s:[s, s, s, s]}", "type", "string", "examples", "2026-07-21",
                         "today", "yesterday", "last tuesday");
    case PARAM_AT: return json_pack("{s:s, s:s}", "type", "string", "format", "date-time");
    case PARAM_SPAN:
        return json_pack("{s:[s, s], s:[s, s, s, s]}", "type", "string", "integer", "examples",
                         "90d", "6w", "3m", "1y");
    case PARAM_MONEY:
        return json_pack("{s:[s, s, s], s:[s, s, s]}", "type", "string", "number", "object",
                         "examples", "45", "$45", "1250 EUR");
    case PARAM_CHOICE: return choice_schema(param);
    case PARAM_FILE:
        return for_mcp
                   ? json_pack("{s:s}", "type", "string")
                   : json_pack("{s:s, s:{s:{s:s}, s:{s:s, s:s}}, s:[s, s]}", "type", "object",
                               "properties", "name", "type", "string", "base64", "type", "string",
                               "contentEncoding", "base64", "required", "name", "base64");
    case PARAM_JSON:
    case PARAM_NONE: break;
    }
    return json_object();
}

/* The default in the type the schema says; text where a face would give text ("today"). */
static void set_default(json_t *schema, const struct param *param)
{
    if (param->fallback == NULL) {
        return;
    }
    json_t *value = NULL;
    if (param->type == PARAM_INT || param->type == PARAM_REAL || param->type == PARAM_BOOL ||
        param->type == PARAM_JSON) {
        value = json_loads(param->fallback, JSON_DECODE_ANY, NULL);
    }
    json_object_set_new(schema, "default", value != NULL ? value : json_string(param->fallback));
}

json_t *schema_of_params(const struct action *action, bool for_mcp)
{
    json_t *properties = json_object();
    json_t *required = json_array();
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        if (for_mcp && param->type == PARAM_SECRET) {
            continue;
        }
        json_t *schema = value_schema(param, for_mcp);
        if ((param->flags & PARAM_REPEATED) != 0) {
            schema = json_pack("{s:s, s:o}", "type", "array", "items", schema);
        }
        bool is_path = for_mcp && param->type == PARAM_FILE;
        g_autofree char *words =
            g_strdup_printf("%s%s", param->help, is_path ? " (a path on this machine)" : "");
        json_object_set_new(schema, "description", json_string(words));
        set_default(schema, param);
        json_object_set_new(properties, param->name, schema);
        if ((param->flags & PARAM_REQUIRED) != 0 && param->fallback == NULL) {
            json_array_append_new(required, json_string(param->name));
        }
    }
    json_t *schema = json_pack("{s:s, s:o, s:b}", "type", "object", "properties", properties,
                               "additionalProperties", 0);
    if (json_array_size(required) > 0) {
        json_object_set(schema, "required", required);
    }
    json_decref(required);
    return schema;
}

/* ---- results ---- */

static json_t *fields_schema(const struct field *fields)
{
    json_t *properties = json_object();
    for (const struct field *field = fields; field != NULL && field->name != NULL; field++) {
        static const char *const types[] = {
            [FIELD_TEXT] = "string",  [FIELD_INT] = "integer",   [FIELD_REAL] = "number",
            [FIELD_BOOL] = "boolean", [FIELD_ID] = "string",     [FIELD_DAY] = "string",
            [FIELD_AT] = "string",    [FIELD_OBJECT] = "object", [FIELD_LIST] = "array",
        };
        json_t *schema = field->type == FIELD_OBJECT && field->fields != NULL
                             ? fields_schema(field->fields)
                             : typed(types[field->type]);
        if (field->type == FIELD_LIST && field->fields != NULL) {
            json_object_set_new(schema, "items", fields_schema(field->fields));
        }
        if (field->type == FIELD_ID) {
            json_object_set_new(schema, "pattern", json_string(ID_PATTERN));
        } else if (field->type == FIELD_DAY || field->type == FIELD_AT) {
            json_object_set_new(schema, "format",
                                json_string(field->type == FIELD_DAY ? "date" : "date-time"));
        }
        if (field->is_nullable) {
            json_object_set_new(schema, "type", json_pack("[s, s]", types[field->type], "null"));
        }
        json_object_set_new(schema, "description", json_string(field->help));
        json_object_set_new(properties, field->name, schema);
    }
    return json_pack("{s:s, s:o}", "type", "object", "properties", properties);
}

json_t *schema_of_result(const struct action *action)
{
    return action->result != NULL ? fields_schema(action->result) : typed("object");
}
