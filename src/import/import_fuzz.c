/* Any bytes through the sources, without a store: every record has a key and sound facts, every
 * failure says why. The first byte chooses the name, because a few kinds are told by it. */
#include "import/source_sample.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {
        "a.csv",        "a.vcf",      "a.zip",  "Connections.csv",
        "messages.csv", "Skills.csv", "a.nbib", "Endorsement_Received_Info.csv"};
    if (size < 1) {
        return 0;
    }
    struct source_options options = {.owner_name = "Farah Siddiqui",
                                     .owner_url = "linkedin.com/in/farah-s"};
    struct sample sample = {.told = g_string_new(NULL)};
    sample_read(names[data[0] % G_N_ELEMENTS(names)], data + 1, size - 1, &options, &sample);
    g_string_free(sample.told, true);
    return 0;
}
