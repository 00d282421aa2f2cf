/* Ids, days, instants and text as JSON. */
#include "model/json.h"

#include "base/clock.h"
#include "base/id.h"

#include <glib.h>

json_t *json_id(int64_t id)
{
    char text[ID_TEXT];
    return id == 0 ? json_null() : json_string_nocheck(id_format(id, text));
}

json_t *json_day(int32_t day)
{
    char text[DAY_TEXT];
    return day == DAY_NONE ? json_null() : json_string_nocheck(day_format(day, text));
}

json_t *json_at(int64_t at)
{
    char text[AT_TEXT];
    return at == AT_NONE ? json_null() : json_string_nocheck(at_format(at, text));
}

json_t *json_text(const char *text)
{
    if (text == NULL) {
        return json_null();
    }
    json_t *value = json_string(text);
    if (value == NULL) {
        g_autofree char *valid = g_utf8_make_valid(text, -1);
        value = json_string(valid);
    }
    return value;
}
