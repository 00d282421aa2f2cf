/* Any bytes are something; what is called CSV has the header it was called for. */
#include "codec/sniff.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sniff sniff;
    sniff_bytes("fuzz.csv", data, size, true, &sniff);
    g_assert_true(sniff.kind > FILE_NONE && sniff.kind < N_FILE);
    if (file_kind_is_csv(sniff.kind) && sniff.header_line > 0) {
        g_autoptr(csv_reader) reader = csv_reader_of_text(data, size, NULL);
        g_assert_true(csv_reader_header(reader, file_kind_is_header, &sniff.kind, NULL));
        g_assert_true(csv_reader_names(reader)->line == sniff.header_line);
    }
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    struct bundle_limits limits = { .max_members = 20, .max_member = 1 << 20, .max_total = 4 << 20 };
    g_autoptr(bundle_ref) bundle = bundle_open_bytes(bytes, "fuzz.zip", &limits, NULL);
    enum bundle_content content;
    enum file_kind refused;
    g_autofree struct sniff *sniffs = NULL;
    if (bundle != NULL) {
        (void)sniff_bundle(bundle, &content, &refused, &sniffs, NULL);
    }
    return 0;
}
