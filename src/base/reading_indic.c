/* From ISO 15919 to the spelling on Indian passports. Three habits: sibilants and palatals get an h
 * (sh, ch), the vocalic r is ri, and the unspoken last a falls in the languages of the north. What
 * stays wrong is harmless: it is a reading beside a name, and search forgives a letter. */
#include "base/reading_part.h"

#include <string.h>

#define MARK_ACUTE "\xcc\x81"           /* U+0301: s with it is sh */
#define MARK_DOT_BELOW "\xcc\xa3"       /* U+0323: s with it is sh */
#define MARK_RING_BELOW "\xcc\xa5"      /* U+0325: r with it is ri */
#define MARK_MACRON "\xcc\x84"          /* U+0304: a with it is spoken */
#define MARK_DOT_ABOVE "\xcc\x87"       /* U+0307: m with it is a nasal */

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiou", c) != NULL;
}

/* The last a is unspoken after one consonant ("amita"), spoken after two ("misra") and when it is
 * long. word_len counts bytes up to and without the a. */
static bool is_silent_end(UScriptCode script, const char *word, size_t word_len)
{
    if (script == USCRIPT_TELUGU || script == USCRIPT_KANNADA || script == USCRIPT_MALAYALAM
        || script == USCRIPT_ORIYA) {
        return false;
    }
    char bases[3] = { 0 }; /* the last letters, newest first, without marks and aspirating h */
    int n = 0;
    for (size_t i = word_len; i > 0 && n < 3; i--) {
        unsigned char c = (unsigned char)word[i - 1];
        bool is_aspirate = c == 'h' && i > 1 && strchr("kgcjtdpb", word[i - 2]) != NULL;
        if (c < 0x80 && !is_aspirate) {
            bases[n++] = (char)c;
        }
    }
    return n >= 2 && !is_vowel(bases[0]) && is_vowel(bases[1]);
}

static bool has_mark(const char *at, const char *mark)
{
    return strncmp(at, mark, strlen(mark)) == 0;
}

/* Bytes of marks that follow. */
static size_t marks_len(const char *at)
{
    const char *end = at;
    while (*end != '\0' && g_unichar_ismark(g_utf8_get_char(end))) {
        end = g_utf8_next_char(end);
    }
    return (size_t)(end - at);
}

static void put_letter(GString *out, const char *at)
{
    const char *next = at + 1;
    switch (*at) {
    case 's':
        g_string_append(out,
                        has_mark(next, MARK_ACUTE) || has_mark(next, MARK_DOT_BELOW) ? "sh" : "s");
        break;
    case 'c':
        g_string_append(out, "ch");
        break;
    case 'r':
        g_string_append(out, has_mark(next, MARK_RING_BELOW) ? "ri" : "r");
        break;
    case 'm': {
        bool is_nasal = has_mark(next, MARK_DOT_ABOVE) || has_mark(next, "\xcc\x90");
        const char *after = next + marks_len(next);
        g_string_append_c(out,
                          is_nasal && *after != '\0' && strchr("pbm", *after) == NULL ? 'n' : 'm');
        break;
    }
    default:
        g_string_append_c(out, *at);
    }
}

/* True where the word that at stands in ends just after its marks. */
static bool is_word_end(const char *at)
{
    at += marks_len(at);
    return *at == '\0' || !g_unichar_isalpha(g_utf8_get_char(at));
}

/* The commonest name of the north is spelled by ICU with its nasal alone ("sinha", "singha"): makes
 * it "singh". A real Sinha has a long a and never comes here. */
static bool ends_in_singh(GString *words)
{
    static const char *const spellings[] = { "sinh", "singh" };
    for (size_t i = 0; i < G_N_ELEMENTS(spellings); i++) {
        if (g_str_has_suffix(words->str, spellings[i])) {
            g_string_truncate(words, words->len - strlen(spellings[i]));
            g_string_append(words, "singh");
            return true;
        }
    }
    return false;
}

void reading_polish_indic(GString *words, UScriptCode script)
{
    g_autofree char *text = g_strdup(words->str);
    g_string_truncate(words, 0);
    const char *word = text;
    for (const char *at = text; *at != '\0';) {
        if ((unsigned char)*at >= 0x80) {
            g_string_append_unichar(words, g_utf8_get_char(at));
            at = g_utf8_next_char(at);
            continue;
        }
        if (g_ascii_isspace(*at) || *at == '-') {
            word = at + 1;
        }
        bool is_short_a = *at == 'a' && marks_len(at + 1) == 0;
        bool is_last_a = is_short_a && is_word_end(at + 1);
        if (!(is_last_a
              && (ends_in_singh(words) || is_silent_end(script, word, (size_t)(at - word))))) {
            put_letter(words, at);
        }
        at += 1 + marks_len(at + 1);
    }
}
