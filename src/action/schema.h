/* Parameters and results as JSON Schema 2020-12, for OpenAPI and MCP. New references. */
#ifndef LIGATURE_ACTION_SCHEMA_H
#define LIGATURE_ACTION_SCHEMA_H

#include "action/action.h"

/* An object schema with every parameter as property. for_mcp leaves out what an assistant cannot
 * give (files, secrets). */
json_t *schema_of_params(const struct action *action, bool for_mcp);
json_t *schema_of_result(const struct action *action);

/* The OpenAPI 3.1 document of the table. server_url: "http://127.0.0.1:8470", NULL: relative.
 * Hidden and local actions are left out. */
json_t *openapi_document(const struct action_table *table, const char *server_url);

#endif
