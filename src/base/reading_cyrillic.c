/* Cyrillic in Latin letters, by data/cyrillic_letters.tsv. Which column holds depends on the
 * language, and that is told from letters only one language has, then from endings of family names.
 */
#include "base/reading_part.h"

#include "data_cyrillic_letters.h"

#include <string.h>

#define FIRST 0x430             /* the block's lower-case letters */
#define LAST 0x4ff

enum language { RU, UK, BE, BG, SR, MK, KK, N_LANGUAGE };

static const char *const language_tags[N_LANGUAGE] = {
    [RU] = "ru", [UK] = "uk", [BE] = "be", [BG] = "bg", [SR] = "sr", [MK] = "mk", [KK] = "kk",
};

/* Rows of the table by letter, so that reading is one look-up. */
static const struct data_cyrillic_letters *row_of[LAST - FIRST + 1];

static gpointer fill_rows(gpointer unused)
{
    for (size_t i = 0; i < n_data_cyrillic_letters; i++) {
        gunichar c = g_utf8_get_char(data_cyrillic_letters[i].id);
        if (c >= FIRST && c <= LAST) {
            row_of[c - FIRST] = &data_cyrillic_letters[i];
        }
    }
    return NULL;
}

static const char *latin_of(gunichar lower, enum language language)
{
    const struct data_cyrillic_letters *row =
        lower >= FIRST && lower <= LAST ? row_of[lower - FIRST] : NULL;
    if (row == NULL) {
        return NULL;
    }
    const char *special = language == UK   ? row->uk
                          : language == BE ? row->be
                          : language == BG ? row->bg
                          : language == SR ? row->sr
                          : language == MK ? row->mk
                                           : "";
    const char *latin = *special != '\0' ? special : row->latin;
    return strcmp(latin, "-") == 0 ? "" : latin;
}

/* The language that alone has this letter; N_LANGUAGE when several have it. */
static enum language owner_of(gunichar lower)
{
    switch (lower) {
    case 0x454: case 0x457: case 0x491:                             /* є ї ґ */
        return UK;
    case 0x45e:                                                     /* ў */
        return BE;
    case 0x452: case 0x45b:                                         /* ђ ћ */
        return SR;
    case 0x453: case 0x45c: case 0x455:                             /* ѓ ќ ѕ */
        return MK;
    case 0x4d9: case 0x493: case 0x49b: case 0x4a3: case 0x4e9: case 0x4b1: case 0x4af: case 0x4bb:
        return KK; /* ә ғ қ ң ө ұ ү һ, and their neighbours' */
    default:
        return N_LANGUAGE;
    }
}

/* Endings and given names that are hardly ever Russian. */
static bool looks_ukrainian(const char *lower)
{
    static const char *const signs[] = { "енко",      "чук",    "ський",  "ська",     "олена",
                                         "олександр", "дмитро", "павло",  "петро",    "микола",
                                         "михайло",   "оксана", "тарас ", "ярослав ", "юлія" };
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        if (strstr(lower, signs[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static enum language language_of(const char *text, size_t len)
{
    g_autofree char *lower = g_utf8_strdown(text, (gssize)len);
    bool has_je = false;
    bool has_i = false;
    for (const char *at = lower; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        enum language owner = owner_of(c);
        if (owner != N_LANGUAGE) {
            return owner;
        }
        has_je |= c == 0x458 || c == 0x459 || c == 0x45a || c == 0x45f;     /* ј љ њ џ */
        has_i |= c == 0x456;
        gunichar next = c == 0x44a ? g_utf8_get_char(g_utf8_next_char(at)) : 0;
        if (c == 0x44a && next != 0x435 && next != 0x451 && next != 0x44e && next != 0x44f) {
            return BG; /* ъ as a vowel: not before е ё ю я */
        }
    }
    if (has_je) {
        return SR;
    }
    return has_i || looks_ukrainian(lower) ? UK : RU;
}

const char *reading_cyrillic_language(const char *text, size_t len)
{
    return language_tags[language_of(text, len)];
}

/* Letters that read otherwise by their place: Ukrainian є ї й ю я begin a word with y, and зг is
 * zgh; Russian -ий, -ый is -y. */
static const char *by_place(enum language language, gunichar c, gunichar before, gunichar after,
                            bool is_start)
{
    if (language == UK || language == BE) {
        switch (is_start ? c : 0) {
        case 0x454: case 0x435:
            return language == BE || c == 0x454 ? "ye" : NULL;
        case 0x457:
            return "yi";
        case 0x439:
            return "y";
        case 0x44e:
            return "yu";
        case 0x44f:
            return "ya";
        default:
            return language == UK && c == 0x433 && before == 0x437 ? "gh" : NULL;
        }
    }
    bool ends = !g_unichar_isalpha(after);
    if (language == RU && c == 0x439 && ends && (before == 0x438 || before == 0x44b)) {
        return "";
    }
    return language == RU && c == 0x438 && after == 0x439 ? "i" : NULL;
}

/* Appends latin; capital is none, the first letter, or all of them (within a word of capitals). */
static void put(GString *out, const char *latin, bool is_capital, bool is_all)
{
    bool is_first = true;
    for (const char *at = latin; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        g_string_append_unichar(out, is_capital && (is_first || is_all) ? g_unichar_toupper(c) : c);
        is_first = false;
    }
}

/* "ий" and "ый" at the end of a Russian word: the vowel is written y and the й falls away. */
static bool is_adjective_end(enum language language, gunichar c, const char *next, const char *end)
{
    if (language != RU || (c != 0x438 && c != 0x44b) || next >= end
        || g_unichar_tolower(g_utf8_get_char(next)) != 0x439) {
        return false;
    }
    next = g_utf8_next_char(next);
    return next >= end || !g_unichar_isalpha(g_utf8_get_char(next));
}

void reading_cyrillic(GString *out, const char *text, size_t len)
{
    static GOnce once = G_ONCE_INIT;
    g_once(&once, fill_rows, NULL);
    enum language language = language_of(text, len);
    const char *end = text + len;
    gunichar before = 0;
    bool was_capital = false;
    for (const char *at = text; at < end; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        gunichar lower = g_unichar_tolower(c);
        const char *next = g_utf8_next_char(at);
        gunichar after = next < end ? g_utf8_get_char(next) : 0;
        bool is_capital = lower != c;
        const char *latin = is_adjective_end(language, lower, next, end) ? "y" : NULL;
        latin = latin != NULL ? latin
                              : by_place(language, lower, before, g_unichar_tolower(after),
                                         !g_unichar_isalpha(before));
        latin = latin != NULL ? latin : latin_of(lower, language);
        if (latin != NULL) {
            bool is_all = g_unichar_isalpha(after) ? g_unichar_isupper(after) : was_capital;
            put(out, latin, is_capital, is_all);
        } else if (c != 0x2bc && c != '\'' && c != 0x2019) { /* apostrophes are silent here */
            g_string_append_unichar(out, c);
        }
        before = lower;
        was_capital = is_capital && g_unichar_isalpha(c);
    }
}
