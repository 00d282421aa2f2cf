/* Running one action: who may, are the arguments sound, then the function. Everything a face may
 * not decide for itself is decided here, so that no face can forget it. Values one by one: value.c.
 * What run() sees: call.c. */
#include "action/action.h"

#include <string.h>

#include "action/value.h"
#include "base/error.h"

static const struct param no_params[] = {{NULL}};

const struct action *action_find(const struct action_table *table, const char *name)
{
    for (int i = 0; i < table->n; i++) {
        if (strcmp(table->rows[i]->name, name) == 0) {
            return table->rows[i];
        }
    }
    return NULL;
}

/* ---- validation ---- */

/* The names of the files a face vouches for stand for whatever raw says: a path never comes in as
 * text over HTTP. */
static json_t *file_names(const struct action_call *call, const struct param *param)
{
    json_t *names = json_array();
    for (int i = 0; i < call->n_files; i++) {
        json_array_append_new(names, json_string_nocheck(call->files[i].name));
    }
    if ((param->flags & PARAM_REPEATED) == 0 && call->n_files == 1) {
        json_t *only = json_incref(json_array_get(names, 0));
        json_decref(names);
        return only;
    }
    return names;
}

static bool is_blank(const json_t *raw)
{
    return raw == NULL || json_is_null(raw) ||
           (json_is_string(raw) && json_string_length(raw) == 0) ||
           (json_is_array(raw) && json_array_size(raw) == 0);
}

/* An array of values, each parsed; a single value counts as an array of one. */
static json_t *parse_repeated(const struct param *param, const json_t *raw, const struct env *env,
                              char **sentence_out)
{
    json_t *values = json_array();
    size_t n = json_is_array(raw) ? json_array_size(raw) : 1;
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_is_array(raw) ? json_array_get(raw, i) : raw;
        if (is_blank(item)) {
            continue;
        }
        json_t *value = value_parse(param, item, env, sentence_out);
        if (value == NULL && *sentence_out != NULL) {
            json_decref(values);
            return NULL;
        }
        if (value != NULL) {
            json_array_append_new(values, value);
        }
    }
    if (json_array_size(values) == 0) {
        json_decref(values);
        return NULL;
    }
    return values;
}

/* The canonical value of one parameter; NULL without a sentence when it is absent. */
static json_t *parse_param(struct action_call *call, const struct param *param, const json_t *raw,
                           char **sentence_out)
{
    if (param->type == PARAM_FILE) {
        if (call->n_files > 1 && (param->flags & PARAM_REPEATED) == 0) {
            *sentence_out = g_strdup("Give one file.");
            return NULL;
        }
        if (call->n_files > 0) {
            return file_names(call, param);
        }
        if (!is_blank(raw)) {
            *sentence_out = g_strdup("Give the file itself, not its name.");
        }
        return NULL;
    }
    if (is_blank(raw)) {
        if (param->fallback == NULL) {
            return NULL;
        }
        g_autofree char *sentence = NULL;
        json_t *text = json_string(param->fallback);
        json_t *value = (param->flags & PARAM_REPEATED) != 0
                            ? parse_repeated(param, text, call->env, &sentence)
                            : value_parse(param, text, call->env, &sentence);
        json_decref(text);
        return value;
    }
    if ((param->flags & PARAM_REPEATED) != 0) {
        return parse_repeated(param, raw, call->env, sentence_out);
    }
    if (json_is_array(raw) && param->type != PARAM_JSON) {
        *sentence_out = g_strdup("Give one value.");
        return NULL;
    }
    return value_parse(param, raw, call->env, sentence_out);
}

static bool has_param(const struct param *params, const char *name)
{
    for (const struct param *param = params; param->name != NULL; param++) {
        if (strcmp(param->name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Fills call->args; gives {param: sentence} of what is wrong, empty when all is sound. */
static json_t *validate(struct action_call *call, const json_t *raw, bool drops_unknown)
{
    const struct param *params = call->action->params != NULL ? call->action->params : no_params;
    json_t *refusals = json_object();
    for (const struct param *param = params; param->name != NULL; param++) {
        g_autofree char *sentence = NULL;
        json_t *value = parse_param(call, param, json_object_get(raw, param->name), &sentence);
        if (value != NULL) {
            json_object_set_new_nocheck(call->args, param->name, value);
        } else if (sentence != NULL) {
            json_object_set_new_nocheck(refusals, param->name, json_string(sentence));
        } else if ((param->flags & PARAM_REQUIRED) != 0) {
            json_object_set_new_nocheck(refusals, param->name, json_string("This is needed."));
        }
    }
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)raw, name, value)
    {
        if (!drops_unknown && !has_param(params, name)) {
            json_object_set_new_nocheck(refusals, name,
                                        json_string("There is no such parameter here."));
        }
    }
    return refusals;
}

/* ---- running ---- */

static bool may_call(const struct action_call *call, GError **error)
{
    const struct action *action = call->action;
    if (action->who == WHO_ANYONE) {
        return true;
    }
    if (call->account_id == 0) {
        return refuse(error, "auth.required", "Sign in, or give a token.");
    }
    if (action->who == WHO_ADMIN && !call->is_admin) {
        return refuse(error, "auth.admin", "Only an administrator of this store may do this.");
    }
    if ((call->scopes & (1u << action->effect)) == 0) {
        return refuse(error, "auth.scope",
                      "This token may not do that. Make one with the scope it needs in Settings.");
    }
    return true;
}

bool action_check(struct action_call *call, const json_t *raw, bool drops_unknown,
                  json_t **refusals_out, GError **error)
{
    if (refusals_out != NULL) {
        *refusals_out = NULL;
    }
    if (!may_call(call, error)) {
        return false;
    }
    if (call->args == NULL) {
        call->args = json_object();
    }
    json_t *refusals = validate(call, raw, drops_unknown);
    bool is_sound = json_object_size(refusals) == 0;
    if (!is_sound) {
        void *first = json_object_iter(refusals);
        refuse(error, "action.invalid", "%s: %s", json_object_iter_key(first),
               json_string_value(json_object_iter_value(first)));
        if (refusals_out != NULL) {
            *refusals_out = json_incref(refusals);
        }
    }
    json_decref(refusals);
    return is_sound;
}

bool action_run(struct action_call *call, const json_t *raw, bool drops_unknown,
                json_t **result_out, json_t **refusals_out, GError **error)
{
    *result_out = NULL;
    if (!action_check(call, raw, drops_unknown, refusals_out, error)) {
        return false;
    }
    g_autoptr(GError) failure = NULL;
    if (!call->action->run(call, result_out, &failure)) {
        g_clear_pointer(result_out, json_decref);
        if (failure == NULL) {
            return bug(error, "action.silent", "%s failed without saying why.", call->action->name);
        }
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    if (*result_out == NULL) {
        *result_out = json_object();
    }
    return true;
}

/* ---- errors ---- */

/* {param: sentence} as the promised array. */
static json_t *details_array(const json_t *details)
{
    if (details == NULL) {
        return json_array();
    }
    if (json_is_array(details)) {
        return json_incref((json_t *)details);
    }
    json_t *array = json_array();
    const char *name;
    json_t *sentence;
    json_object_foreach((json_t *)details, name, sentence)
    {
        json_array_append_new(array, json_pack("{s:s, s:O}", "param", name, "reason", sentence));
    }
    return array;
}

json_t *action_error_json(const GError *error, const json_t *details)
{
    g_autofree char *message = g_utf8_make_valid(error->message, -1);
    return json_pack("{s:{s:s, s:s, s:o}}", "error", "code", error_code(error), "message", message,
                     "details", details_array(details));
}

int action_http_status(const GError *error)
{
    static const struct {
        const char *code; /* whole, or the part after the point */
        int status;
    } rows[] = {
        {"auth.required", 401}, {"auth.token", 401},     {"auth.failed", 401}, {"auth.admin", 403},
        {"auth.scope", 403},    {"auth.csrf", 403},      {"forbidden", 403},   {"not_allowed", 403},
        {"not_found", 404},     {"unknown_action", 404}, {"method", 405},      {"exists", 409},
        {"conflict", 409},      {"busy", 409},           {"running", 409},     {"cancelled", 409},
        {"too_large", 413},     {"too_many", 413},       {"media_type", 415},  {"invalid", 422},
        {"limited", 429},       {"overloaded", 503},     {"unavailable", 503},
    };
    const char *code = error_code(error);
    const char *point = strchr(code, '.');
    if (strcmp(code, "store.overloaded") != 0 && !error_is_theirs(error)) {
        return 500;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (strcmp(code, rows[i].code) == 0 ||
            (point != NULL && strcmp(point + 1, rows[i].code) == 0)) {
            return rows[i].status;
        }
    }
    return 400;
}

int action_exit_status(const GError *error)
{
    return error_is_theirs(error) ? 1 : 3;
}
