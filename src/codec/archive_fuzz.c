/* Any bytes as a bundle: listing and reading end within the limits. */
#include "codec/archive.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bundle_limits limits = { .max_members = 100, .max_member = 1 << 20, .max_total = 4 << 20 };
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(bundle_ref) bundle = bundle_open_bytes(bytes, "fuzz", &limits, NULL);
    if (bundle == NULL) {
        return 0;
    }
    size_t n = bundle_count(bundle);
    g_assert_true(n <= 100);
    for (size_t i = 0; i < n; i++) {
        const struct bundle_member *member = bundle_member(bundle, i);
        g_assert_true(g_utf8_validate(member->name, -1, NULL) && *member->base != '\0' && *member->name != '/');
        g_assert_true(strstr(member->name, "/../") == NULL && !g_str_has_prefix(member->name, "../"));
        bool is_whole = false;
        g_autoptr(GBytes) head = bundle_head(bundle, i, 100, &is_whole, NULL);
        g_autoptr(GBytes) all = bundle_read(bundle, i, 2 << 20, NULL);
        g_assert_true(all == NULL || g_bytes_get_size(all) == member->size);
    }
    return 0;
}
