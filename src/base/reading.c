/* Latin readings. Cyrillic by a table of our own (data/cyrillic_letters.tsv), because ICU's is the
 * scholars'
 * ("Kovalʹčuk") and not the one in passports; the others by ICU's transliterators (opening one
 * takes milliseconds, so each thread keeps those it used until it ends), polished into what people
 * write: Indic spellings in reading_indic.c, family names of Korea and China in reading_east.c. */
#include "base/reading.h"

#include "base/reading_part.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define RUN_MAX 65536       /* bytes read at once; longer runs are read in pieces */

struct script_reader {
    UScriptCode script;
    const char *transliterator;
    /* Works on decomposed (NFD) lower case; may be NULL. */
    void (*polish)(GString *words, UScriptCode script);
};

static const struct script_reader readers[] = {
    { USCRIPT_ARABIC, "Arabic-Latin", NULL },
    { USCRIPT_HAN, "Han-Latin", NULL },
    { USCRIPT_HANGUL, "Hangul-Latin", NULL },
    { USCRIPT_HIRAGANA, "Hiragana-Latin", NULL },
    { USCRIPT_KATAKANA, "Katakana-Latin", NULL },
    { USCRIPT_HEBREW, "Hebrew-Latin", NULL },
    { USCRIPT_GREEK, "Greek-Latin/UNGEGN", NULL },
    { USCRIPT_DEVANAGARI, "Devanagari-Latin", reading_polish_indic },
    { USCRIPT_BENGALI, "Bengali-Latin", reading_polish_indic },
    { USCRIPT_GUJARATI, "Gujarati-Latin", reading_polish_indic },
    { USCRIPT_GURMUKHI, "Gurmukhi-Latin", reading_polish_indic },
    { USCRIPT_ORIYA, "Oriya-Latin", reading_polish_indic },
    { USCRIPT_TAMIL, "Tamil-Latin", NULL },
    { USCRIPT_TELUGU, "Telugu-Latin", reading_polish_indic },
    { USCRIPT_KANNADA, "Kannada-Latin", reading_polish_indic },
    { USCRIPT_MALAYALAM, "Malayalam-Latin", reading_polish_indic },
    { USCRIPT_THAI, "Thai-Latin", NULL },
    { USCRIPT_ETHIOPIC, "Amharic-Latin/BGN", NULL },
    { USCRIPT_GEORGIAN, "Georgian-Latin", NULL },
    { USCRIPT_ARMENIAN, "Armenian-Latin", NULL },
    { USCRIPT_MYANMAR, "Any-Latin", NULL },
    { USCRIPT_THAANA, "Any-Latin", NULL },
    { USCRIPT_SYRIAC, "Any-Latin", NULL },
};

/* Letters ICU's rules do not know, and their nearest that they do: Urdu, Pashto and Kurdish,
 * Gurmukhi's nasal. */
static const struct {
    const char *letters;
    const char *nearest;
} stand_ins[] = {
    { "ٹټ", "ت" },    { "ڈډ", "د" }, { "ڑړڕ", "ر" },         { "ںڼ", "ن" }, { "ےېێۍ", "ي" },
    { "ہھەۀۂ", "ه" }, { "ښ", "ش" },  { "ږ", "ژ" },           { "ځ", "ز" },  { "څ", "س" },
    { "ڵ", "ل" },     { "ۆۇ", "و" }, { "\u0a70", "\u0a02" },
};

/* One thread's open transliterators, in the order of readers[]; failed ones are not tried again. */
struct opened {
    UTransliterator *by_reader[G_N_ELEMENTS(readers)];
    bool failed[G_N_ELEMENTS(readers)];
    GHashTable *han;            /* owned: code point -> its reading (char *, owned) */
};

static void opened_free(gpointer data)
{
    struct opened *opened = data;
    for (size_t i = 0; i < G_N_ELEMENTS(readers); i++) {
        if (opened->by_reader[i] != NULL) {
            utrans_close(opened->by_reader[i]);
        }
    }
    g_clear_pointer(&opened->han, g_hash_table_unref);
    g_free(opened);
}

static GPrivate opened_of_thread = G_PRIVATE_INIT(opened_free);

static struct opened *opened_get(void)
{
    struct opened *opened = g_private_get(&opened_of_thread);
    if (opened == NULL) {
        opened = g_new0(struct opened, 1);
        opened->han = g_hash_table_new_full(NULL, NULL, NULL, g_free);
        g_private_set(&opened_of_thread, opened);
    }
    return opened;
}

UScriptCode reading_script(gunichar c)
{
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)c, &status);
    if (U_FAILURE(status) || script == USCRIPT_INHERITED || !u_isalpha((UChar32)c)) {
        return USCRIPT_COMMON;
    }
    return script;
}

static int reader_index(UScriptCode script)
{
    for (size_t i = 0; i < G_N_ELEMENTS(readers); i++) {
        if (readers[i].script == script) {
            return (int)i;
        }
    }
    return -1;
}

/* This thread's transliterator, opened when first asked for; NULL when ICU was built without it. */
static UTransliterator *transliterator(int index)
{
    struct opened *opened = opened_get();
    if (opened->by_reader[index] == NULL && !opened->failed[index]) {
        UChar id[64];
        UParseError where;
        UErrorCode status = U_ZERO_ERROR;
        u_uastrcpy(id, readers[index].transliterator);
        opened->by_reader[index] = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, &where, &status);
        if (U_FAILURE(status)) {
            opened->by_reader[index] = NULL;
            opened->failed[index] = true;
        }
    }
    return opened->by_reader[index];
}

/* Transliterates one piece (at most RUN_MAX bytes) and appends it decomposed. */
static bool icu_append(GString *out, UTransliterator *reader, const char *text, size_t len)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = (int32_t)len * 6 + 64; /* no rule writes more than six units for a letter */
    g_autofree UChar *units = g_new(UChar, room);
    g_autofree UChar *plain = g_new(UChar, room * 2);
    int32_t n = 0;
    u_strFromUTF8(units, room, &n, text, (int32_t)len, &status);
    int32_t limit = n;
    utrans_transUChars(reader, units, &n, room, 0, &limit, &status);
    n = unorm2_normalize(unorm2_getNFDInstance(&status), units, n, plain, room * 2, &status);
    int32_t n_bytes = 0;
    gsize before = out->len;
    g_string_set_size(out, before + (gsize)MAX(n, 0) * 3 + 1);
    u_strToUTF8(out->str + before, n * 3 + 1, &n_bytes, plain, n, &status);
    g_string_truncate(out, before + (U_SUCCESS(status) ? (gsize)n_bytes : 0));
    return U_SUCCESS(status);
}

/* How one Chinese character reads; kept, because the rules for all of them take ten microseconds to
 * walk. */
static const char *han_reading(gunichar c)
{
    GHashTable *known = opened_get()->han;
    char *reading = g_hash_table_lookup(known, GUINT_TO_POINTER(c));
    if (reading == NULL) {
        UTransliterator *reader = transliterator(reader_index(USCRIPT_HAN));
        char text[7];
        int len = g_unichar_to_utf8(c, text);
        GString *out = g_string_new(NULL);
        if (reader == NULL || !icu_append(out, reader, text, (size_t)len)) {
            g_string_truncate(out, 0);
        }
        reading = g_string_free(out, FALSE);
        g_hash_table_insert(known, GUINT_TO_POINTER(c), g_strstrip(reading));
    }
    return reading;
}

static void han_append(GString *out, const char *text, size_t len)
{
    for (const char *at = text; at < text + len; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (reading_script(c) != USCRIPT_HAN) {
            g_string_append_unichar(out, c);
            continue;
        }
        if (at > text && out->len > 0 && !g_ascii_isspace(out->str[out->len - 1])) {
            g_string_append_c(out, ' ');
        }
        g_string_append(out, han_reading(c));
    }
}

/* text with every stand-in put in its place. Returns a new string. */
static char *with_stand_ins(const char *text, size_t len)
{
    GString *out = g_string_sized_new(len);
    for (const char *at = text; at < text + len; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        const char *nearest = NULL;
        for (size_t i = 0; i < G_N_ELEMENTS(stand_ins) && c >= 0x600 && c < 0xa80; i++) {
            nearest =
                g_utf8_strchr(stand_ins[i].letters, -1, c) != NULL ? stand_ins[i].nearest : nearest;
        }
        if (nearest != NULL) {
            g_string_append(out, nearest);
        } else {
            g_string_append_unichar(out, c);
        }
    }
    return g_string_free(out, FALSE);
}

static void by_icu(GString *out, int index, const char *given, size_t given_len)
{
    UTransliterator *reader = transliterator(index);
    g_autofree char *replaced = with_stand_ins(given, given_len);
    const char *text = replaced;
    size_t len = strlen(replaced);
    while (reader != NULL && len > 0) {
        size_t piece = MIN(len, RUN_MAX);
        while (piece < len && ((unsigned char)text[piece] & 0xc0) == 0x80) {
            piece--;                                /* never inside a letter */
        }
        if (!icu_append(out, reader, text, piece)) {
            return;
        }
        text += piece;
        len -= piece;
    }
}

void reading_plain(GString *out, UScriptCode script, const char *text, size_t len)
{
    int index = reader_index(script);
    if (script == USCRIPT_HAN) {
        han_append(out, text, len);
    } else if (index >= 0) {
        by_icu(out, index, text, len);
    }
}

/* A capital at the first letter of each word, behind blanks and hyphens; marks and apostrophes part
 * no word. */
static void capitalise(GString *words)
{
    GString *out = g_string_sized_new(words->len + 8);
    bool is_start = true;
    for (const char *at = words->str; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool is_letter = g_unichar_isalpha(c);
        g_string_append_unichar(out, is_start && is_letter ? g_unichar_totitle(c) : c);
        is_start = is_letter ? false : is_start || g_unichar_isspace(c) || c == '-';
    }
    g_string_assign(words, out->str);
    g_string_free(out, TRUE);
}

/* Reads with ICU, drops what Latin names do not carry (sun letters, stops, combining marks), sets
 * capitals. */
static bool read_by_icu(GString *out, int index, const char *text, size_t len)
{
    const struct script_reader *reader = &readers[index];
    g_autoptr(GString) read = g_string_new(NULL);
    reading_plain(read, reader->script, text, len);
    if (read->len == 0) {
        return false;
    }
    if (reader->polish != NULL) {
        reader->polish(read, reader->script);
    }
    g_autoptr(GString) bare = g_string_sized_new(read->len);
    for (const char *at = read->str; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == 0x131) {                           /* Thai's dotless i */
            g_string_append_c(bare, 'i');
        } else if (c == 0x30fb) {                   /* parts given and family name in kana */
            g_string_append_c(bare, ' ');
        } else if (!g_unichar_ismark(c) && !(c >= 0x2b0 && c <= 0x2ff) && c != 0x2019 && c != 0x2018
                   && c != 0x5f3) {
            g_string_append_unichar(bare, c);
        }
    }
    if (reader->script != USCRIPT_GREEK && reader->script != USCRIPT_ARMENIAN) {
        capitalise(bare);
    }
    g_string_append_len(out, bare->str, (gssize)bare->len);
    return true;
}

bool reading_append(GString *out, UScriptCode script, const char *text, size_t len)
{
    if (script == USCRIPT_CYRILLIC) {
        reading_cyrillic(out, text, len);
        return true;
    }
    if ((script == USCRIPT_HAN || script == USCRIPT_HANGUL)
        && reading_east_name(out, script, text, len)) {
        return true;
    }
    int index = reader_index(script);
    return index >= 0 && read_by_icu(out, index, text, len);
}
