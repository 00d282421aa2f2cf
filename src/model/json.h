/* Our own kinds of value as JSON, the same on every face. New references; NULL-safe. */
#ifndef LIGATURE_MODEL_JSON_H
#define LIGATURE_MODEL_JSON_H

#include <jansson.h>
#include <stdint.h>

json_t *json_id(int64_t id);         /* base-32 text; 0 gives JSON null */
json_t *json_day(int32_t day);       /* "2026-07-21"; DAY_NONE gives null */
json_t *json_at(int64_t at);         /* RFC 3339; AT_NONE gives null */
json_t *json_text(const char *text); /* NULL gives null; what is no UTF-8 is made so */

#endif
