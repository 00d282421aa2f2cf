/* Header lines of CSV: names compared without regard to case, blanks and compatibility forms. A name may stand there
 * several times; none hides another. */
#include "codec/csv.h"

#include <string.h>

char *csv_header_fold(const char *name)
{
    g_autofree char *composed = g_utf8_normalize(name, -1, G_NORMALIZE_ALL_COMPOSE);
    g_autofree char *folded = g_utf8_casefold(composed != NULL ? composed : "", -1);
    GString *out = g_string_sized_new(strlen(folded));
    for (const char *c = folded; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        if (letter == 0xFEFF || letter == 0x200B) {     /* a BOM in the middle of glued files, zero-width blanks */
            continue;
        }
        if (!g_unichar_isspace(letter)) {
            g_string_append_unichar(out, letter);
        } else if (out->len > 0 && out->str[out->len - 1] != ' ') {
            g_string_append_c(out, ' ');
        }
    }
    if (out->len > 0 && out->str[out->len - 1] == ' ') {
        g_string_truncate(out, out->len - 1);
    }
    return g_string_free(out, FALSE);
}

int csv_header_find_nth(const struct csv_header *header, const char *name, int nth)
{
    g_autofree char *wanted = csv_header_fold(name);
    for (int i = 0; i < header->n; i++) {
        g_autofree char *folded = csv_header_fold(header->names[i]);
        if (strcmp(folded, wanted) == 0 && nth-- == 0) {
            return i;
        }
    }
    return -1;
}

int csv_header_find(const struct csv_header *header, const char *name)
{
    return csv_header_find_nth(header, name, 0);
}

bool csv_header_has(const struct csv_header *header, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (csv_header_find(header, *names) < 0) {
            return false;
        }
    }
    return true;
}

bool csv_header_is_list(const struct csv_header *candidate, const void *data)
{
    return csv_header_has(candidate, data);
}
