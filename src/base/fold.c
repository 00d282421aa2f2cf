/* Search keys. Three ways, by what a letter is: ASCII through a table of 256, so that the common
 * name costs tens of nanoseconds; the Latin letters of Europe and Vietnam through a table made once
 * from Unicode's decompositions; any other script is read in Latin (base/reading.c) and the reading
 * is folded. A letter no one can read becomes its number, so that it still finds itself. */
#include "base/fold.h"

#include "base/reading.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#define SKIP '\0'               /* written as nothing: apostrophes, marks */
#define PART ' '                /* parts words */
#define LOW_LAST 0x24f          /* Latin-1 to Latin Extended-B */
#define HIGH_FIRST 0x1e00       /* Latin Extended Additional: Vietnamese */
#define HIGH_LAST 0x1eff
#define N_LATIN (LOW_LAST + 1 + HIGH_LAST - HIGH_FIRST + 1)

/* What each ASCII character becomes. */
static const char ascii_fold[129] =
    "                                "
    "       \0        0123456789      "
    " abcdefghijklmnopqrstuvwxyz     "
    "\0abcdefghijklmnopqrstuvwxyz     ";

/* Letters that Unicode does not take apart. */
static const struct {
    gunichar c;
    const char *text;
} special[] = {
    { 0xdf, "ss" },  { 0x1e9e, "ss" }, { 0xe6, "ae" }, { 0xc6, "ae" }, { 0xf8, "o" },
    { 0xd8, "o" },   { 0xf0, "d" },    { 0xd0, "d" },  { 0xfe, "th" }, { 0xde, "th" },
    { 0x111, "d" },  { 0x110, "d" },   { 0x127, "h" }, { 0x126, "h" }, { 0x131, "i" },
    { 0x138, "q" },  { 0x142, "l" },   { 0x141, "l" }, { 0x14b, "n" }, { 0x14a, "n" },
    { 0x153, "oe" }, { 0x152, "oe" },  { 0x167, "t" }, { 0x166, "t" }, { 0x180, "b" },
    { 0x253, "b" },  { 0x181, "b" },   { 0x188, "c" }, { 0x187, "c" }, { 0x256, "d" },
    { 0x189, "d" },  { 0x257, "d" },   { 0x18a, "d" }, { 0x259, "a" }, { 0x18f, "a" },
    { 0x1dd, "e" },  { 0x18e, "e" },   { 0x25b, "e" }, { 0x190, "e" }, { 0x192, "f" },
    { 0x191, "f" },  { 0x260, "g" },   { 0x193, "g" }, { 0x199, "k" }, { 0x198, "k" },
    { 0x268, "i" },  { 0x197, "i" },   { 0x19a, "l" }, { 0x23d, "l" }, { 0x272, "n" },
    { 0x19d, "n" },  { 0x254, "o" },   { 0x186, "o" }, { 0x275, "o" }, { 0x19f, "o" },
    { 0x1a5, "p" },  { 0x1a4, "p" },   { 0x1ad, "t" }, { 0x1ac, "t" }, { 0x1b4, "y" },
    { 0x1b3, "y" },  { 0x1b6, "z" },   { 0x1b5, "z" }, { 0x289, "u" }, { 0x244, "u" },
    { 0x24f, "y" },  { 0x24e, "y" },   { 0x23c, "c" }, { 0x23b, "c" }, { 0x247, "e" },
    { 0x246, "e" },  { 0x249, "j" },   { 0x248, "j" }, { 0x1e5, "g" }, { 0x1e4, "g" },
};

/* What the letter becomes: up to three of [a-z0-9], PART, or SKIP. */
static char latin_fold[N_LATIN][4];

/* True for what Latin names write between two letters of one word: O’Brien, Noʻomi, and soft signs.
 */
static bool is_apostrophe(gunichar c)
{
    return c == 0x2018 || c == 0x2019 || (c >= 0x2b9 && c <= 0x2bf) || c == 0x2c8 || c == 0x2032
           || c == 0x2033 || c == 0xb4 || c == 0x5f3 || c == 0x5f4;
}

/* Without width: marks, joiners, direction marks, soft hyphen. */
static bool is_invisible(gunichar c)
{
    return g_unichar_ismark(c) || c == 0xad || (c >= 0x200b && c <= 0x200f)
           || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;
}

/* Folds one letter by Unicode's compatibility decomposition into out (room for 8). False: nothing
 * Latin in it. */
static bool fold_by_decomposition(gunichar c, char *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[32];
    int32_t n =
        unorm2_getDecomposition(unorm2_getNFKDInstance(&status), (UChar32)c, units, 32, &status);
    int len = 0;
    for (int32_t i = 0; U_SUCCESS(status) && i < n && len < 3; i++) {
        char folded = units[i] < 0x80 ? ascii_fold[units[i]] : SKIP;
        if (folded != SKIP && folded != PART) {
            out[len++] = folded;
        }
    }
    out[len] = '\0';
    return len > 0;
}

static const char *special_of(gunichar c)
{
    for (size_t i = 0; i < G_N_ELEMENTS(special); i++) {
        if (special[i].c == c) {
            return special[i].text;
        }
    }
    return NULL;
}

static gpointer fill_latin(gpointer unused)
{
    for (int i = 0x80; i < N_LATIN; i++) {
        gunichar c = (gunichar)(i <= LOW_LAST ? i : i - LOW_LAST - 1 + HIGH_FIRST);
        char decomposed[8];
        const char *known = special_of(c);
        if (known == NULL && !is_apostrophe(c) && !is_invisible(c)) {
            known = fold_by_decomposition(c, decomposed) ? decomposed : " ";
        }
        g_strlcpy(latin_fold[i], known != NULL ? known : "", sizeof latin_fold[i]);
    }
    return NULL;
}

/* A key in the making: blanks are owed until a letter follows. */
struct key {
    GString *out;
    size_t start;
    bool owes_blank;
};

static void key_letters(struct key *key, const char *letters)
{
    if (key->owes_blank && key->out->len > key->start) {
        g_string_append_c(key->out, ' ');
    }
    key->owes_blank = false;
    g_string_append(key->out, letters);
}

static void key_char(struct key *key, char folded)
{
    if (folded == PART) {
        key->owes_blank = true;
    } else if (folded != SKIP) {
        if (key->owes_blank && key->out->len > key->start) {
            g_string_append_c(key->out, ' ');
        }
        key->owes_blank = false;
        g_string_append_c(key->out, folded);
    }
}

/* Anything outside of the tables that is not a letter of a script to read: fullwidth and
 * mathematical letters, digits. */
static void key_other(struct key *key, gunichar c)
{
    char letters[16];
    const char *known = special_of(c);
    int digit = u_charDigitValue((UChar32)c);
    if (is_apostrophe(c) || is_invisible(c)) {
        return;
    }
    if (known != NULL) {
        key_letters(key, known);
    } else if (digit >= 0) {
        key_char(key, (char)('0' + digit % 10));
    } else if (fold_by_decomposition(c, letters)) {
        key_letters(key, letters);
    } else if (u_isalpha((UChar32)c)) {
        g_snprintf(letters, sizeof letters, "%x", c);
        key_letters(key, letters);
    } else {
        key->owes_blank = true;
    }
}

static void key_latin_char(struct key *key, gunichar c)
{
    if (c < 0x80) {
        key_char(key, ascii_fold[c]);
        return;
    }
    if (c > LOW_LAST && (c < HIGH_FIRST || c > HIGH_LAST)) {
        key_other(key, c);
        return;
    }
    const char *letters = latin_fold[c <= LOW_LAST ? c : c - HIGH_FIRST + LOW_LAST + 1];
    if (*letters == PART) {
        key->owes_blank = true;
    } else if (*letters != '\0') {
        key_letters(key, letters);
    }
}

/* Next character; invalid bytes count as a blank each. */
static gunichar take_char(const char **at, const char *end)
{
    gunichar c = g_utf8_get_char_validated(*at, end - *at);
    if (c == (gunichar)-1 || c == (gunichar)-2) {
        (*at)++;
        return ' ';
    }
    *at = g_utf8_next_char(*at);
    return c;
}

/* The script to be read in Latin that c is a letter of; USCRIPT_COMMON for Latin and for no letter.
 */
static UScriptCode other_script(gunichar c)
{
    if (c < 0x370 || (c >= HIGH_FIRST && c <= HIGH_LAST)) {
        return USCRIPT_COMMON;
    }
    UScriptCode script = reading_script(c);
    return script == USCRIPT_LATIN ? USCRIPT_COMMON : script;
}

/* Where the stretch of one script that begins at `at` ends: after its last letter and that one's
 * marks. Chinese and Korean are taken word by word, since a name of theirs is one word. */
static const char *run_end(const char *at, const char *end, UScriptCode script)
{
    bool by_word = script == USCRIPT_HAN || script == USCRIPT_HANGUL;
    const char *last = at;
    while (at < end) {
        gunichar c = take_char(&at, end);
        bool is_latin = c < 0x370 && g_unichar_isalpha(c) && !is_apostrophe(c);
        UScriptCode found = other_script(c);
        if (is_latin || (found != USCRIPT_COMMON && found != script)
            || (by_word && g_unichar_isspace(c))) {
            break;
        }
        if (found == script || g_unichar_ismark(c) || c == 0x30fc || c == 0x200c || c == 0x200d) {
            last = at;
        }
    }
    return last;
}

/* Letters nobody can read here, each as its number. */
static void key_numbers(struct key *key, const char *text, size_t len)
{
    const char *at = text;
    while (at < text + len) {
        gunichar c = take_char(&at, text + len);
        key_other(key, c);
    }
}

/* Valid bytes of a run: a transliterator must never see others. */
static void key_run(struct key *key, UScriptCode script, const char *text, size_t len)
{
    g_autofree char *valid = g_utf8_make_valid(text, (gssize)len);
    g_autoptr(GString) reading = g_string_new(NULL);
    key->owes_blank = true;
    if (!reading_append(reading, script, valid, strlen(valid))) {
        key_numbers(key, valid, strlen(valid));
    }
    for (const char *at = reading->str; *at != '\0'; at = g_utf8_next_char(at)) {
        key_latin_char(key, g_utf8_get_char(at));
    }
    key->owes_blank = true;
}

void fold_append(GString *out, const char *text, gssize length)
{
    static GOnce once = G_ONCE_INIT;
    g_once(&once, fill_latin, NULL);
    struct key key = { .out = out, .start = out->len };
    const char *end = text + (length < 0 ? strlen(text) : (size_t)length);
    while (text < end) {
        const char *start = text;
        if ((unsigned char)*text < 0x80) {
            key_char(&key, ascii_fold[(unsigned char)*text++]);
            continue;
        }
        gunichar c = take_char(&text, end);
        UScriptCode script = other_script(c);
        if (script == USCRIPT_COMMON) {
            key_latin_char(&key, c);
        } else {
            text = run_end(start, end, script);
            key_run(&key, script, start, (size_t)(text - start));
        }
    }
}

char *fold_text(const char *text)
{
    size_t len = strlen(text);
    char *key = g_malloc(len + 1);
    char *out = key;
    bool owes_blank = false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x80) {
            g_free(key);
            GString *slow = g_string_sized_new(len * 2);
            fold_append(slow, text, (gssize)len);
            return g_string_free(slow, FALSE);
        }
        char folded = ascii_fold[c];
        if (folded == PART) {
            owes_blank = true;
        } else if (folded != SKIP) {
            if (owes_blank && out > key) {
                *out++ = ' ';
            }
            owes_blank = false;
            *out++ = folded;
        }
    }
    *out = '\0';
    return key;
}

/* Appends what stands between two runs of other scripts as it is; a blank where two readings would
 * touch. */
static void put_as_is(GString *out, const char *text, const char *end, bool after_reading)
{
    if (after_reading && text < end && g_unichar_isalpha(g_utf8_get_char(text))) {
        g_string_append_c(out, ' ');
    }
    g_string_append_len(out, text, end - text);
}

char *latin_reading(const char *text)
{
    if (!is_other_script(text)) {
        return NULL;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    const char *end = valid + strlen(valid);
    const char *as_is = valid;
    bool is_read = false;
    bool after_reading = false;
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *at = valid; at < end;) {
        const char *start = at;
        UScriptCode script = other_script(take_char(&at, end));
        if (script == USCRIPT_COMMON) {
            continue;
        }
        at = run_end(start, end, script);
        put_as_is(out, as_is, start, after_reading);
        bool touches = out->len > 0 && !g_ascii_isspace(out->str[out->len - 1])
                       && !g_ascii_ispunct(out->str[out->len - 1]);
        size_t before = out->len;
        if (touches) {
            g_string_append_c(out, ' ');
        }
        if (reading_append(out, script, start, (size_t)(at - start))) {
            is_read = after_reading = true;
        } else {
            g_string_truncate(out, before);
            g_string_append_len(out, start, at - start);
            after_reading = false;
        }
        as_is = at;
    }
    put_as_is(out, as_is, end, after_reading);
    return is_read ? g_strdup(out->str) : NULL;
}

bool is_other_script(const char *text)
{
    const char *end = text + strlen(text);
    while (text < end) {
        if ((unsigned char)*text < 0xcd) { /* below U+0340 no letter is of another script */
            text++;
            continue;
        }
        if (other_script(take_char(&text, end)) != USCRIPT_COMMON) {
            return true;
        }
    }
    return false;
}
