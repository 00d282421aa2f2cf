/* Is the table sound? What a face would trip over is refused before the program serves anybody: two
 * rows of one name, a parameter without a help line, a default that does not parse. */
#include <string.h>

#include "action/value.h"
#include "base/error.h"

static const char *const reserved[] = {"data", "database", "account", "now",
                                       "json", "help",     "version", NULL};

static bool is_word(const char *text, size_t len)
{
    if (len == 0 || !g_ascii_islower(text[0])) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (!g_ascii_islower(text[i]) && !g_ascii_isdigit(text[i]) && text[i] != '_') {
            return false;
        }
    }
    return true;
}

static bool check_param(const struct action *action, const struct param *param, GError **error)
{
    if (!is_word(param->name, strlen(param->name)) || g_strv_contains(reserved, param->name)) {
        return bug(error, "action.table", "%s: parameter name %s cannot be used.", action->name,
                   param->name);
    }
    if (param->type <= PARAM_NONE || param->type > PARAM_JSON || param->help == NULL) {
        return bug(error, "action.table", "%s: parameter %s needs a type and a help line.",
                   action->name, param->name);
    }
    if ((param->type == PARAM_CHOICE) != (param->choices != NULL)) {
        return bug(error, "action.table", "%s: parameter %s: choices and type do not agree.",
                   action->name, param->name);
    }
    if (param->fallback != NULL) {
        struct env env = {0};
        g_autofree char *sentence = NULL;
        json_t *text = json_string(param->fallback);
        json_t *value = value_parse(param, text, &env, &sentence);
        json_decref(text);
        if (value == NULL) {
            return bug(error, "action.table", "%s: the default of %s is refused: %s", action->name,
                       param->name, sentence);
        }
        json_decref(value);
    }
    return true;
}

static bool check_params(const struct action *action, GError **error)
{
    int n_files = 0;
    const struct param *open_ended = NULL;
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        if (!check_param(action, param, error)) {
            return false;
        }
        for (const struct param *other = action->params; other != param; other++) {
            if (strcmp(other->name, param->name) == 0) {
                return bug(error, "action.table", "%s: parameter %s is there twice.", action->name,
                           param->name);
            }
        }
        n_files += param->type == PARAM_FILE;
        if ((param->flags & PARAM_POSITIONAL) != 0) {
            if (open_ended != NULL) {
                return bug(error, "action.table", "%s: nothing can follow %s.", action->name,
                           open_ended->name);
            }
            open_ended = (param->flags & PARAM_REPEATED) != 0 ? param : NULL;
        }
    }
    return n_files <= 1 ||
           bug(error, "action.table", "%s: only one parameter may be files.", action->name);
}

static bool check_fields(const struct action *action, const struct field *fields, GError **error)
{
    for (const struct field *field = fields; field != NULL && field->name != NULL; field++) {
        if (field->type <= FIELD_NONE || field->type > FIELD_LIST || field->help == NULL) {
            return bug(error, "action.table", "%s: result %s needs a type and a help line.",
                       action->name, field->name);
        }
        if (field->fields != fields && !check_fields(action, field->fields, error)) {
            return false;
        }
    }
    return true;
}

static bool check_row(const struct action *action, GError **error)
{
    const char *point = action->name != NULL ? strchr(action->name, '.') : NULL;
    if (point == NULL || !is_word(action->name, (size_t)(point - action->name)) ||
        !is_word(point + 1, strlen(point + 1))) {
        return bug(error, "action.table", "The name %s is not noun.verb.",
                   action->name != NULL ? action->name : "(none)");
    }
    if (action->alias != NULL &&
        (!is_word(action->alias, strlen(action->alias)) || strcmp(action->alias, "help") == 0)) {
        return bug(error, "action.table", "%s: the alias %s cannot be used.", action->name,
                   action->alias);
    }
    if (action->who <= WHO_NONE || action->who > WHO_ADMIN || action->effect <= EFFECT_NONE ||
        action->effect > EFFECT_ADMIN || action->run == NULL) {
        return bug(error, "action.table", "%s: who, effect and run must be given.", action->name);
    }
    if (action->summary == NULL || action->summary[0] == '\0' ||
        g_str_has_suffix(action->summary, ".")) {
        return bug(error, "action.table", "%s: the summary is one line without a full stop.",
                   action->name);
    }
    return check_params(action, error) && check_fields(action, action->result, error);
}

bool action_table_check(const struct action_table *table, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) aliases = g_hash_table_new(g_str_hash, g_str_equal);
    for (int i = 0; i < table->n; i++) {
        const struct action *action = table->rows[i];
        if (!check_row(action, error)) {
            return false;
        }
        if (!g_hash_table_add(seen, (void *)action->name)) {
            return bug(error, "action.table", "Two actions are called %s.", action->name);
        }
        if (action->alias != NULL && !g_hash_table_add(aliases, (void *)action->alias)) {
            return bug(error, "action.table", "Two actions have the alias %s.", action->alias);
        }
    }
    return true;
}
