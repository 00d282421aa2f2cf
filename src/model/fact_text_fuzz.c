/* Whatever is read as a set of facts is written back byte for byte; anything else is refused
 * without harm. */
#include "model/fact.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(GStringChunk) arena = g_string_chunk_new(256);
    g_autoptr(GArray) facts = g_array_new(FALSE, FALSE, sizeof(struct fact));
    if (facts_decode(text, arena, facts, NULL)) {
        g_autoptr(GString) once = g_string_new(NULL);
        g_autoptr(GString) twice = g_string_new(NULL);
        g_autoptr(GArray) again = g_array_new(FALSE, FALSE, sizeof(struct fact));
        facts_encode((const struct fact *)(const void *)facts->data, facts->len, once);
        if (!facts_decode(once->str, arena, again, NULL)) {
            abort();
        }
        facts_encode((const struct fact *)(const void *)again->data, again->len, twice);
        if (strcmp(once->str, twice->str) != 0) {
            abort();
        }
    }
    return 0;
}
