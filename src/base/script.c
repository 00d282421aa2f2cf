/* Which language a name in its own script is likely in, for the lang and dir attributes. A guess
 * from letters: a script that several languages share is told apart by letters only one of them
 * has. */
#include "base/fold.h"

#include "base/reading.h"
#include "base/reading_part.h"

#include <string.h>
#include <unicode/uchar.h>

static const struct {
    UScriptCode script;
    const char *language;
} languages[] = {
    { USCRIPT_ARABIC, "ar" },    { USCRIPT_HAN, "zh" },        { USCRIPT_HANGUL, "ko" },
    { USCRIPT_HIRAGANA, "ja" },  { USCRIPT_KATAKANA, "ja" },   { USCRIPT_HEBREW, "he" },
    { USCRIPT_GREEK, "el" },     { USCRIPT_DEVANAGARI, "hi" }, { USCRIPT_BENGALI, "bn" },
    { USCRIPT_GUJARATI, "gu" },  { USCRIPT_GURMUKHI, "pa" },   { USCRIPT_ORIYA, "or" },
    { USCRIPT_TAMIL, "ta" },     { USCRIPT_TELUGU, "te" },     { USCRIPT_KANNADA, "kn" },
    { USCRIPT_MALAYALAM, "ml" }, { USCRIPT_SINHALA, "si" },    { USCRIPT_THAI, "th" },
    { USCRIPT_LAO, "lo" },       { USCRIPT_KHMER, "km" },      { USCRIPT_MYANMAR, "my" },
    { USCRIPT_ETHIOPIC, "am" },  { USCRIPT_GEORGIAN, "ka" },   { USCRIPT_ARMENIAN, "hy" },
    { USCRIPT_THAANA, "dv" },    { USCRIPT_SYRIAC, "syr" },    { USCRIPT_TIBETAN, "bo" },
    { USCRIPT_MONGOLIAN, "mn" },
};

/* Letters that one language of a shared script has and its commonest one has not; the first that is
 * found decides. */
static const struct { const char *letters; const char *language; } marks[] = {
    { "ټډړښږېځڅڼ", "ps" }, { "ٹڈڑںےہھ", "ur" }, { "ێۆڵڕە", "ckb" }, { "پچژگیک", "fa" },
    { "ळ", "mr" }, { "ৰৱ", "as" },
};

static bool is_any_of(gunichar c, const char *letters)
{
    return g_utf8_strchr(letters, -1, c) != NULL;
}

const char *script_language(const char *text)
{
    if (!is_other_script(text)) {
        return NULL;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    UScriptCode first = USCRIPT_COMMON;
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        UScriptCode script = reading_script(g_utf8_get_char(at));
        if (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA) {
            return "ja";                            /* also behind Chinese characters */
        }
        if (first == USCRIPT_COMMON && script != USCRIPT_LATIN) {
            first = script;
        }
    }
    if (first == USCRIPT_CYRILLIC) {
        return reading_cyrillic_language(valid, strlen(valid));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
            if (is_any_of(g_utf8_get_char(at), marks[i].letters)) {
                return marks[i].language;
            }
        }
    }
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
        if (languages[i].script == first) {
            return languages[i].language;
        }
    }
    return "und";
}

bool script_is_rtl(const char *text)
{
    const char *end = text + strlen(text);
    while (text < end) {
        gunichar c = g_utf8_get_char_validated(text, end - text);
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            text++;
            continue;
        }
        UCharDirection direction = u_charDirection((UChar32)c);
        if (direction == U_LEFT_TO_RIGHT) {
            return false;
        }
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) {
            return true;
        }
        text = g_utf8_next_char(text);
    }
    return false;
}
