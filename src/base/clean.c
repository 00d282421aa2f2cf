/* Text from outside, made fit to keep: text_clean() of base/fold.h. */
#include "base/fold.h"

#include <string.h>

/* True when nothing needs to be done: printable ASCII, single blanks, none at the ends. */
static bool is_clean_ascii(const char *text, size_t len)
{
    if (len > 0 && (text[0] == ' ' || text[len - 1] == ' ')) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x20 || c > 0x7e || (c == ' ' && text[i + 1] == ' ')) {
            return false;
        }
    }
    return true;
}

/* Characters that are dropped: controls, byte order marks, zero-width blanks, and the ones that
 * turn the direction of what follows (they can make a name read as another). Joiners and direction
 * marks stay: Persian, Hindi and emoji need them. */
static bool is_dropped(gunichar c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c <= 0x9f) || c == 0xfeff
           || c == 0x200b || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
           || c == 0xfffe || c == 0xffff;
}

char *text_clean(const char *text)
{
    size_t len = strlen(text);
    if (is_clean_ascii(text, len)) {
        return g_strndup(text, len);
    }
    g_autofree char *valid = g_utf8_make_valid(text, (gssize)len);
    GString *out = g_string_sized_new(len);
    int n_blanks = 0;
    gunichar blank = 0;
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85) {
            if (c == '\r' && at[1] == '\n') {
                continue;
            }
            c = '\n';
        }
        if (is_dropped(c)) {
            continue;
        }
        if (c == '\t' || (g_unichar_isspace(c) && c != '\n')) {
            blank = n_blanks++ == 0 && c == '\t' ? '\t' : ' ';
            continue;
        }
        bool is_owed = n_blanks > 0 && c != '\n' && out->len > 0 && out->str[out->len - 1] != '\n';
        if (is_owed) {
            g_string_append_unichar(out, blank);
        }
        n_blanks = 0;
        if (c != '\n' || out->len > 0) {
            g_string_append_unichar(out, c);
        }
    }
    while (out->len > 0 && out->str[out->len - 1] == '\n') {
        g_string_truncate(out, out->len - 1);
    }
    return g_string_free(out, FALSE);
}
