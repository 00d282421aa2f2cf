/* Any bytes may come as a name, an address, a number or a sum: nothing may break, keys stay keys,
 * and what was made canonical stays as it is. */
#include "base/clock.h"
#include "base/fold.h"
#include "base/ident.h"
#include "base/money.h"
#include "base/name.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool is_true)
{
    if (!is_true) {
        abort();
    }
}

static void try_fold(const char *text)
{
    g_autofree char *key = fold_text(text);
    g_autofree char *again = fold_text(key);
    need(strcmp(key, again) == 0);
    need(strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789 ") == strlen(key));
    need(*key != ' ' && strstr(key, "  ") == NULL && !g_str_has_suffix(key, " "));
    g_autofree char *reading = latin_reading(text);
    need(reading == NULL || g_utf8_validate(reading, -1, NULL));
    g_autofree char *clean = text_clean(text);
    g_autofree char *cleaner = text_clean(clean);
    need(g_utf8_validate(clean, -1, NULL) && strcmp(clean, cleaner) == 0);
    script_language(text);
    script_is_rtl(text);
}

static void try_name(const char *text)
{
    struct name name;
    name_parse(text, &name);
    need(name.full != NULL && g_utf8_validate(name.full, -1, NULL));
    name_clear(&name);
    const char *middle = strchr(text, '|');
    g_autofree char *given =
        middle != NULL ? g_strndup(text, (gsize)(middle - text)) : g_strdup(text);
    name_from_parts(given, given, middle, middle, text, &name);
    need(name.full != NULL && g_utf8_validate(name.full, -1, NULL));
    need(name_is_compatible(name.full, name.full) || strlen(name.full) > 0);
    name_clear(&name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    try_fold(text);
    try_name(text);
    for (int kind = IDENT_NONE; kind < N_IDENT; kind++) {
        g_autofree char *normal = ident_normal((enum ident_kind)kind, text);
        if (normal != NULL && kind != IDENT_PHONE) {
            g_autofree char *again = ident_normal((enum ident_kind)kind, normal);
            need(again != NULL && strcmp(normal, again) == 0);
        }
    }
    struct money money;
    if (money_parse(text, "USD", &money)) {
        g_autofree char *written = money_format(&money);
        struct money back;
        need(money_parse(written, "USD", &back) && back.cents == money.cents);
    }
    int32_t day;
    int64_t at;
    char buffer[AT_TEXT];
    if (day_parse(text, &day)) {
        need(strcmp(day_format(day, buffer), text) == 0);
    }
    if (at_parse(text, &at)) {
        int64_t back;
        at_format(at, buffer);
        need(*buffer == '\0' || (at_parse(buffer, &back) && back == at));
    }
    return 0;
}
