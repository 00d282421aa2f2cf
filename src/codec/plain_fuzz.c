/* Any text as a message cell: valid UTF-8 comes out, never longer than what went in. */
#include "codec/plain.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *bytes = g_strndup((const char *)data, size);
    g_autofree char *text = g_utf8_make_valid(bytes, -1);
    g_autofree char *plain = plain_text(text);
    g_assert_true(g_utf8_validate(plain, -1, NULL) && strlen(plain) <= strlen(text) + 2);
    (void)plain_is_sponsored(text);
    return 0;
}
