/* Look-ups of the words that stand around names. The tables are made once, from the data files, and
 * never change. */
#include "base/name_words.h"

#include "data_credentials.h"
#include "data_surnames.h"
#include "data_titles.h"

#include <string.h>

#define KEY_MAX 24              /* bytes of the longest credential without points */
#define SPELLING_MAX 400        /* spellings of titles in the whole table */

struct spelling {
    const char *text;           /* borrowed from the table, not ended by NUL */
    size_t len;
    const struct data_titles *title;
};

static struct {
    GHashTable *special;        /* lower-case words that stand in any table, points left out */
    GHashTable *credentials;    /* letters and digits in capitals -> const struct data_credentials * */
    struct spelling titles[SPELLING_MAX];
    size_t n_titles;
} words;

/* Letters and digits of word in capitals; false when there are none, too many, or others than
 * ASCII. */
static bool credential_key(const char *word, char key[static KEY_MAX])
{
    size_t n = 0;
    for (; *word != '\0'; word++) {
        if (g_ascii_isalnum(*word)) {
            if (n + 1 >= KEY_MAX) {
                return false;
            }
            key[n++] = g_ascii_toupper(*word);
        } else if (strchr(". -()", *word) == NULL) {
            return false;
        }
    }
    key[n] = '\0';
    return n > 0;
}

static void add_credential(const char *spelling, const struct data_credentials *row)
{
    char key[KEY_MAX];
    if (credential_key(spelling, key)) {
        g_hash_table_add(words.special, g_ascii_strdown(key, -1));
        g_hash_table_insert(words.credentials, g_strdup(key), (gpointer)row);
    }
}

/* The first word of a title, or the whole of a suffix, is one that needs the long way. */
static void add_special(const char *text, size_t len)
{
    g_autofree char *lower = g_utf8_strdown(text, (gssize)len);
    lower[strcspn(lower, " -")] = '\0';
    g_hash_table_add(words.special, g_strdup(lower));
}

static gpointer fill_words(gpointer unused)
{
    words.special = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    words.credentials = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < n_data_credentials; i++) {
        add_credential(data_credentials[i].id, &data_credentials[i]);
        g_auto(GStrv) others = g_strsplit(data_credentials[i].other_spellings, "|", -1);
        for (char **other = others; *other != NULL; other++) {
            add_credential(*other, &data_credentials[i]);
        }
    }
    for (size_t i = 0; i < n_data_titles; i++) {
        for (const char *at = data_titles[i].spellings;
             *at != '\0' && words.n_titles < SPELLING_MAX;) {
            size_t len = strcspn(at, "|");
            words.titles[words.n_titles++] = (struct spelling){ at, len, &data_titles[i] };
            add_special(at, len);
            at += len + (at[len] == '|');
        }
    }
    for (size_t i = 0; i < n_data_surnames; i++) {
        if (strcmp(data_surnames[i].script, "vietnamese") == 0) {
            add_special(data_surnames[i].id, strlen(data_surnames[i].id));
        }
    }
    return NULL;
}

static void need_words(void)
{
    static GOnce once = G_ONCE_INIT;
    g_once(&once, fill_words, NULL);
}

/* Bytes of text that spelling covers, without regard to capitals, its blanks standing for points,
 * hyphens and blanks; 0: none. */
static size_t match_spelling(const char *text, const struct spelling *spelling)
{
    const char *at = text;
    const char *end = spelling->text + spelling->len;
    for (const char *wanted = spelling->text; wanted < end; wanted = g_utf8_next_char(wanted)) {
        gunichar c = g_utf8_get_char(wanted);
        if (c == ' ') {
            size_t n = strspn(at, " .-");
            if (n == 0) {
                return 0;
            }
            at += n;
        } else if (g_unichar_tolower(g_utf8_get_char(at)) == c) {
            at = g_utf8_next_char(at);
        } else {
            return 0;
        }
    }
    return (size_t)(at - text);
}

/* Short spellings that are names too count only before a point. */
static bool lacks_point(const struct spelling *spelling, const char *text, size_t len)
{
    return spelling->title->needs_point && spelling->len <= 4 && text[len] != '.';
}

const char *name_title_at(const char *text, size_t *len_out)
{
    need_words();
    const struct spelling *best = NULL;
    size_t best_len = 0;
    gunichar first = g_unichar_tolower(g_utf8_get_char(text));
    for (size_t i = 0; i < words.n_titles; i++) {
        const struct spelling *spelling = &words.titles[i];
        if (g_utf8_get_char(spelling->text) != first || *spelling->title->place != 'p') {
            continue;
        }
        size_t len = match_spelling(text, spelling);
        bool is_whole = len > 0 && (text[len] == '\0' || strchr(" .,", text[len]) != NULL);
        if (is_whole && len > best_len && !lacks_point(spelling, text, len)) {
            best = spelling;
            best_len = len;
        }
    }
    if (best == NULL) {
        return NULL;
    }
    *len_out = best_len + (text[best_len] == '.');
    return best->title->word;
}

const char *name_take_honorific(char *text)
{
    need_words();
    for (size_t i = 0; i < words.n_titles; i++) {
        const struct spelling *spelling = &words.titles[i];
        size_t len = strlen(text);
        if (*spelling->title->place != 'h' || len <= spelling->len
            || memcmp(text + len - spelling->len, spelling->text, spelling->len) != 0) {
            continue;
        }
        g_autofree char *rest = g_strndup(text, len - spelling->len);
        size_t rest_len = strlen(rest);
        g_strchomp(rest);
        bool is_parted = strlen(rest) < rest_len;
        if (*rest != '\0' && (is_parted || g_utf8_strlen(rest, -1) >= 2)) {
            memcpy(text, rest, strlen(rest) + 1);
            return spelling->title->word;
        }
    }
    return NULL;
}

const struct data_credentials *name_credential(const char *word)
{
    need_words();
    char key[KEY_MAX];
    return credential_key(word, key) ? g_hash_table_lookup(words.credentials, key) : NULL;
}

/* True when the letters of word are those of written, capitals too. */
static bool same_letters(const char *word, const char *written)
{
    for (;; word++, written++) {
        while (*word != '\0' && !g_ascii_isalnum(*word)) {
            word++;
        }
        while (*written != '\0' && !g_ascii_isalnum(*written)) {
            written++;
        }
        if (*word != *written) {
            return false;
        }
        if (*word == '\0') {
            return true;
        }
    }
}

bool name_is_written_so(const struct data_credentials *credential, const char *word)
{
    bool has_lower = false;
    for (const char *at = word; *at != '\0'; at++) {
        has_lower |= g_ascii_islower(*at);
    }
    if (!has_lower || same_letters(word, credential->id)) {
        return true;
    }
    g_auto(GStrv) others = g_strsplit(credential->other_spellings, "|", -1);
    for (char **other = others; *other != NULL; other++) {
        if (same_letters(word, *other)) {
            return true;
        }
    }
    return false;
}

/* Bytes of a letter that plain names are written with: ASCII, or of Latin-1 and its two extensions;
 * 0: another. */
static size_t plain_letter(const char *at)
{
    unsigned char c = (unsigned char)*at;
    if (g_ascii_isalpha(*at)) {
        return 1;
    }
    unsigned char d = c == '\0' ? 0 : (unsigned char)at[1];
    bool is_sign = c == 0xc3 && (d == 0x97 || d == 0xb7); /* multiply, divide */
    return c >= 0xc3 && c <= 0xc9 && ((unsigned char)at[1] & 0xc0) == 0x80 && !is_sign ? 2 : 0;
}

bool name_is_plain(const char *text, int *n_words_out)
{
    need_words();
    char word[64];
    size_t len = 0;
    int n_words = 0;
    for (const char *at = text;; at++) {
        size_t n = plain_letter(at);
        if (len + n + 1 >= sizeof word) {
            return false;
        }
        if (n > 0) {
            word[len++] = g_ascii_tolower(*at);
            if (n == 2) {
                word[len++] = *++at;
            }
        } else if (*at == ' ' || *at == '-' || *at == '\0') {
            word[len] = '\0';
            if (len == 0 || g_hash_table_contains(words.special, word)) {
                return false;
            }
            n_words += *at != '-';
            len = 0;
            if (*at == '\0') {
                *n_words_out = n_words;
                return true;
            }
        } else if (*at != '\'' && *at != '.') {
            return false;
        }
    }
}

const char *name_suffix(const char *word)
{
    size_t len = strlen(word);
    len -= len > 0 && word[len - 1] == '.';
    if (len < 2 || len > 6
        || ((len == 2 && (strncmp(word, "Ii", 2) == 0 || strncmp(word, "Iv", 2) == 0)))) {
        return NULL;
    }
    need_words();
    for (size_t i = 0; i < words.n_titles; i++) {
        const struct spelling *spelling = &words.titles[i];
        if (*spelling->title->place == 's' && spelling->len == len
            && g_ascii_strncasecmp(word, spelling->text, len) == 0) {
            return spelling->title->word;
        }
    }
    return NULL;
}

bool name_is_particle(const char *word)
{
    static const char *const capitals[] = { "De",  "La",  "Del", "Della", "Di",  "Da",  "Dos",
                                            "Von", "Al",  "El",  "Bin",   "Abu", "Ibn", "Bint",
                                            "Ter", "Ten", "Der", "Den",   "Du",  NULL };
    return g_strv_contains(capitals, word)
           || (g_ascii_islower(*word) && name_is_folded_particle(word));
}

bool name_is_folded_particle(const char *word)
{
    static const char *const particles[] = { "van",   "von", "vom", "zu",    "zur", "zum", "der",
                                             "den",   "de",  "del", "della", "di",  "da",  "do",
                                             "dos",   "das", "du",  "des",   "la",  "le",  "el",
                                             "al",    "bin", "ibn", "bint",  "ben", "abu", "abd",
                                             "ter",   "ten", "af",  "av",    "y",   "e",   "san",
                                             "santa", "st",  NULL };
    return g_strv_contains(particles, word);
}

bool name_is_vietnamese_family(const char *word)
{
    const struct data_surnames *row = data_surnames_by_id(word);
    return row != NULL && strcmp(row->script, "vietnamese") == 0;
}
