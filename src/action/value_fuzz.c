/* Every reader of one parameter over any text: no crash, and either a value or a sentence. */
#include "action/value.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const choices[] = {"one", "two", "three", NULL};
    struct env env = {.clock.fixed_at = INT64_C(1784624400000000)};
    json_t *raw = json_stringn((const char *)bytes, len);
    if (raw == NULL) {
        return 0;
    }
    for (enum param_type type = PARAM_TEXT; type <= PARAM_JSON; type++) {
        const struct param param = {.name = "x", .type = type, .choices = choices, .min = 0};
        char *sentence = NULL;
        json_t *value = value_parse(&param, raw, &env, &sentence);
        if (value != NULL && sentence != NULL) {
            abort();
        }
        json_decref(value);
        g_free(sentence);
    }
    json_decref(raw);
    return 0;
}
