/* Any line is read within its limits; what is read is valid text and a kind we know. */
#include "model/touch_line.h"

#include "data_touch_kinds.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *given = g_strndup((const char *)data, size);
    g_autofree char *line = g_utf8_make_valid(given, -1);
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GPtrArray) sentences = g_ptr_array_new();
    struct touch_line got;
    touch_line_parse(line, 20655, text, &got);
    patient_signs(line, text, sentences);
    bool is_valid = data_touch_kinds_by_id(got.kind) != NULL && got.on_day <= 20655 &&
                    (got.who == NULL || g_utf8_validate(got.who, -1, NULL)) &&
                    (got.step == NULL || g_utf8_validate(got.step, -1, NULL));
    if (!is_valid) {
        abort();
    }
    return 0;
}
