/* Any text as a date: what is read exists, and its written form reads back the same. */
#include "codec/when.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    struct when_votes votes = { 0 };
    when_vote(&votes, text);
    (void)when_month(text);
    for (enum when_order order = WHEN_ORDER_UNKNOWN; order <= WHEN_DAY_FIRST; order++) {
        struct when when;
        if (!when_parse(text, order, &when, NULL) || when_is_none(&when)) {
            continue;
        }
        g_assert_true(when.month >= 0 && when.month <= 12 && when.day >= 0 && when.day <= 31
                      && when.hour <= 23 && when.minute <= 59);
        g_assert_true(when.year == 0 || when.month == 0 || when.day == 0 || when_day(&when) != INT32_MIN);
        (void)when_at(&when, NULL);
        char buffer[WHEN_TEXT];
        struct when again;
        g_assert_true(when_parse(when_format(&when, buffer), WHEN_ORDER_UNKNOWN, &again, NULL));
        g_assert_true(again.year == when.year && again.month == when.month && again.day == when.day);
    }
    return 0;
}
