/* Any bytes: valid UTF-8 comes out, and the same whole or in pieces. */
#include "codec/charset.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct charset_report report;
    g_autoptr(GString) whole = charset_decode(data, size, CHARSET_NONE, 8 << 20, &report, NULL);
    if (whole == NULL) {
        return 0;
    }
    g_assert_true(g_utf8_validate(whole->str, (gssize)whole->len, NULL));
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(stream_ref) stream = charset_stream(stream_of_bytes(bytes), CHARSET_NONE, NULL);
    g_autoptr(GBytes) pieces = stream_read_all(stream, 8 << 20, NULL);
    if (size <= 64 * 1024) {
        size_t len = 0;
        const char *text = g_bytes_get_data(pieces, &len);
        g_assert_true(len == whole->len && (len == 0 || memcmp(text, whole->str, len) == 0));
    }
    return 0;
}
