/* Any bytes are read without harm, and what was read survives being kept, written in 3.0 and 4.0,
 * and read again. */
#include "codec/vcard_roundtrip.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *exact = g_memdup2(data, size);        /* so that reading one byte too far is seen */
    struct vcard_reader *reader = vcard_reader_new(exact, size);
    struct vcard card;
    vcard_init(&card);
    for (enum vcard_read read; (read = vcard_next(reader, &card)) != VCARD_READ_END;) {
        if (read == VCARD_READ_REFUSED) {
            if (card.refusal == NULL || card.n_properties != 0) {
                abort();
            }
            continue;
        }
        vcard_touch_all(&card);
        char *wrong = vcard_check_card(&card);
        if (wrong != NULL) {
            fprintf(stderr, "line %u: %s\n", card.line, wrong);
            abort();
        }
    }
    vcard_clear(&card);
    vcard_reader_free(reader);
    g_free(exact);
    return 0;
}
