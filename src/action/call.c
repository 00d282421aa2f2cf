/* What run() sees: typed readers of validated arguments, progress, and the small JSON writers
 * results are made with. */
#include "action/action.h"
#include "base/clock.h"
#include "base/id.h"

static const json_t *arg(const struct action_call *call, const char *name)
{
    return json_object_get(call->args, name);
}

bool call_has(const struct action_call *call, const char *name)
{
    return arg(call, name) != NULL;
}

const char *call_text(const struct action_call *call, const char *name)
{
    const json_t *value = arg(call, name);
    return json_string_value(json_is_array(value) ? json_array_get(value, 0) : value);
}

int64_t call_int(const struct action_call *call, const char *name, int64_t fallback)
{
    const json_t *value = arg(call, name);
    value = json_is_object(value) ? json_object_get(value, "cents") : value; /* money */
    return json_is_integer(value) ? json_integer_value(value) : fallback;
}

double call_real(const struct action_call *call, const char *name, double fallback)
{
    const json_t *value = arg(call, name);
    return json_is_number(value) ? json_number_value(value) : fallback;
}

bool call_bool(const struct action_call *call, const char *name)
{
    return json_is_true(arg(call, name));
}

int64_t call_id(const struct action_call *call, const char *name)
{
    const char *text = call_text(call, name);
    int64_t id = 0;
    return text != NULL && id_parse(text, &id) ? id : 0;
}

int32_t call_day(const struct action_call *call, const char *name)
{
    const char *text = call_text(call, name);
    int32_t day = DAY_NONE;
    return text != NULL && day_parse(text, &day) ? day : DAY_NONE;
}

int64_t call_at(const struct action_call *call, const char *name)
{
    const char *text = call_text(call, name);
    int64_t at = AT_NONE;
    return text != NULL && at_parse(text, &at) ? at : AT_NONE;
}

int call_span(const struct action_call *call, const char *name)
{
    return (int)call_int(call, name, -1);
}

bool call_money(const struct action_call *call, const char *name, int64_t *cents_out,
                const char **currency_out)
{
    const json_t *value = arg(call, name);
    if (!json_is_object(value)) {
        return false;
    }
    *cents_out = json_integer_value(json_object_get(value, "cents"));
    if (currency_out != NULL) {
        *currency_out = json_string_value(json_object_get(value, "currency"));
    }
    return true;
}

const json_t *call_json(const struct action_call *call, const char *name)
{
    return arg(call, name);
}

GArray *call_ids(const struct action_call *call, const char *name)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    const json_t *value = arg(call, name);
    size_t n = json_is_array(value) ? json_array_size(value) : value != NULL;
    for (size_t i = 0; i < n; i++) {
        const char *text =
            json_string_value(json_is_array(value) ? json_array_get(value, i) : value);
        int64_t id;
        if (text != NULL && id_parse(text, &id)) {
            g_array_append_val(ids, id);
        }
    }
    return ids;
}

bool call_progress(struct action_call *call, int64_t done, int64_t total, const char *words)
{
    struct progress *progress = call->progress;
    if (progress == NULL) {
        return true;
    }
    if (progress->report != NULL) {
        progress->report(progress, done, total, words);
    }
    return progress->is_cancelled == NULL || !progress->is_cancelled(progress);
}

json_t *json_list(const char *plural, json_t *items, int64_t total, json_t *next)
{
    json_t *list = json_object();
    json_object_set_new(list, plural, items);
    json_object_set_new(list, "total", json_integer(total));
    json_object_set_new(list, "next", next != NULL ? next : json_null());
    return list;
}
