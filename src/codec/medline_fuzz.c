/* Any text as MEDLINE: reading ends, and what is handed out is whole. */
#include "codec/charset.h"
#include "codec/medline.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GString) text = charset_decode(data, size, CHARSET_NONE, 8 << 20, NULL, NULL);
    if (text == NULL) {
        return 0;
    }
    (void)medline_is_likely(text->str, text->len);
    g_autoptr(medline_reader) reader = medline_reader_new(text->str, text->len);
    struct medline_record record = { 0 };
    const char *reason = NULL;
    enum medline_step step;
    int64_t last_line = 0;
    while ((step = medline_reader_next(reader, &record, &reason)) != MEDLINE_STEP_END) {
        g_assert_true(record.line > last_line && (reason != NULL) == (step == MEDLINE_STEP_REFUSED));
        last_line = record.line;
        g_assert_true(record.month >= 0 && record.month <= 12 && record.day >= 0 && record.day <= 31);
        for (guint i = 0; i < record.authors->len; i++) {
            const struct medline_author *author = record.authors->pdata[i];
            g_assert_true(g_utf8_validate(author->family, -1, NULL) && g_utf8_validate(author->given, -1, NULL)
                          && g_utf8_validate(author->initials, -1, NULL) && author->affiliations != NULL);
        }
    }
    medline_record_clear(&record);
    return 0;
}
