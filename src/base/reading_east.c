/* Names of China and Korea, written family first and without a blank. Both are read as two words,
 * family and given name, because that is what their bearers write in Latin letters; Korean family
 * names are read as most of them write it (Kim, Lee, Park), not by the rule (Gim, I, Bak). */
#include "base/reading_part.h"

#include "data_surnames.h"

#include <string.h>

/* Places and schools that begin like a family name but are none. */
static const char *const no_names[] = { "서울", "고려", "연세", "한양", "한국", "강남", "이화", "조선", "한림", "강원",
                                        "전남", "전북", "경북", "경남", "경희", "인하", "원광" };

static const struct data_surnames *surname(const char *text, size_t len)
{
    char key[32];
    if (len == 0 || len >= sizeof key) {
        return NULL;
    }
    memcpy(key, text, len);
    key[len] = '\0';
    return data_surnames_by_id(key);
}

/* Bytes of the first n characters, or of all when there are fewer. */
static size_t bytes_of(const char *text, size_t len, int n)
{
    const char *at = text;
    while (n-- > 0 && at < text + len) {
        at = g_utf8_next_char(at);
    }
    return (size_t)(at - text);
}

size_t reading_family_len(const char *text, size_t len, bool *is_known_out)
{
    size_t two = bytes_of(text, len, 2);
    size_t one = bytes_of(text, len, 1);
    bool is_compound = two < len && surname(text, two) != NULL;
    if (is_known_out != NULL) {
        *is_known_out = is_compound || surname(text, one) != NULL;
    }
    return is_compound ? two : one;
}

/* Appends the reading of text in one word, with a capital. */
static void append_word(GString *out, UScriptCode script, const char *text, size_t len)
{
    g_autoptr(GString) read = g_string_new(NULL);
    reading_plain(read, script, text, len);
    bool is_first = true;
    for (const char *at = read->str; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (!g_unichar_isspace(c) && !g_unichar_ismark(c)) {
            g_string_append_unichar(out, is_first ? g_unichar_totitle(c) : c);
            is_first = false;
        }
    }
}

/* One word of nothing but this script, as long as full names are. Korean names of two characters
 * are too rare beside places and words of two. */
static bool is_name_shaped(UScriptCode script, const char *text, size_t len, size_t family_len)
{
    int n = 0;
    for (const char *at = text; at < text + len; at = g_utf8_next_char(at), n++) {
        UErrorCode status = U_ZERO_ERROR;
        if (n > 4 || uscript_getScript((UChar32)g_utf8_get_char(at), &status) != script) {
            return false;
        }
    }
    int n_family = (int)g_utf8_strlen(text, (gssize)family_len);
    int n_given = n - n_family;
    if (n_given < 1 || n_given > 2 || (script == USCRIPT_HANGUL && n < 3)) {
        return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(no_names); i++) {
        if (strncmp(text, no_names[i], strlen(no_names[i])) == 0) {
            return false;
        }
    }
    return true;
}

bool reading_east_name(GString *out, UScriptCode script, const char *text, size_t len)
{
    const struct data_surnames *alone = surname(text, len);
    if (alone != NULL && *alone->reading != '\0') {
        /* A family name parted from the given name by a blank. */
        g_string_append(out, alone->reading);
        return true;
    }
    bool is_known = false;
    size_t family_len = reading_family_len(text, len, &is_known);
    if (!is_known || !is_name_shaped(script, text, len, family_len)) {
        return false;
    }
    const struct data_surnames *row = surname(text, family_len);
    if (row != NULL && *row->reading != '\0') {
        g_string_append(out, row->reading);
    } else {
        append_word(out, script, text, family_len);
    }
    g_string_append_c(out, ' ');
    append_word(out, script, text + family_len, len - family_len);
    return true;
}
