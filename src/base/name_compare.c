/* Could two names be one person's? A guard, not a proof: it keeps a family's shared telephone or a
 * practice's shared mailbox from joining two people. So a shared word is not enough (a family shares
 * its family name, two of one ward their given name): every word of the shorter name must have its
 * own place in the longer one, whole or as an initial. Names in different scripts are compared by
 * their consonants, since Arabic and Hebrew are written, and so read, without vowels ("hsn" and
 * "hassan"). */
#include "base/name.h"

#include "base/fold.h"
#include "base/name_words.h"

#include <string.h>

#define BONES_MIN 2             /* consonants of a word that is compared by them */
#define WORDS_MAX 16

/* Folded words of the name itself, without titles, credentials, generation and particles. New, NULL-ended. */
static char **folded_words(const char *full)
{
    struct name name;
    name_parse(full, &name);
    g_autofree char *spoken = g_strconcat(name.given != NULL ? name.given : "", " ",
                                          name.additional != NULL ? name.additional : "", " ",
                                          name.family != NULL ? name.family : "", NULL);
    g_autofree char *key = fold_text(spoken);
    g_auto(GStrv) all = g_strsplit(key, " ", -1);
    GPtrArray *words = g_ptr_array_new();
    guint n_plain = 0;
    for (char **word = all; *word != NULL; word++) {
        n_plain += **word != '\0' && !name_is_folded_particle(*word);
    }
    for (char **word = all; *word != NULL && words->len < WORDS_MAX; word++) {
        /* "Al" is a particle, and Al Ng's given name */
        if (**word != '\0' && (n_plain < 2 || !name_is_folded_particle(*word))) {
            g_ptr_array_add(words, g_strdup(*word));
        }
    }
    g_ptr_array_add(words, NULL);
    name_clear(&name);
    return (char **)g_ptr_array_free(words, false);
}

/* The consonants of a word, doubled ones once; h, w and y come and go between spellings and are
 * left out. */
static char *skeleton(const char *word)
{
    GString *out = g_string_new(NULL);
    for (; *word != '\0'; word++) {
        bool is_weak = strchr("aeiouyw", *word) != NULL || (*word == 'h' && out->len > 0);
        if (!is_weak && (out->len == 0 || out->str[out->len - 1] != *word)) {
            g_string_append_c(out, *word);
        }
    }
    return g_string_free(out, FALSE);
}

/* One word stands for the other: equal, its initial, or (across scripts) the same consonants. */
static bool stands_for(const char *a, const char *b, bool by_consonants)
{
    if (strcmp(a, b) == 0 || ((a[1] == '\0' || b[1] == '\0') && a[0] == b[0])) {
        return true;
    }
    if (!by_consonants) {
        return false;
    }
    g_autofree char *a_bones = skeleton(a);
    g_autofree char *b_bones = skeleton(b);
    size_t a_len = strlen(a_bones);
    size_t b_len = strlen(b_bones);
    /* the feminine ending is written in Arabic (ta marbuta, read as t) and silent in Latin */
    size_t len = MIN(a_len, b_len);
    bool is_same = memcmp(a_bones, b_bones, len) == 0 &&
        (a_len == b_len || (a_len == len + 1 && a_bones[len] == 't') || (b_len == len + 1 && b_bones[len] == 't'));
    return len >= BONES_MIN && is_same;
}

/* Every word of the shorter name has a word of its own in the longer one; at least one of them is a whole word. */
static bool fits_into(char **shorter, char **longer, bool by_consonants)
{
    bool is_taken[WORDS_MAX + 1] = {false};
    bool has_whole = false;
    for (char **x = shorter; *x != NULL; x++) {
        int place = -1;
        for (int y = 0; longer[y] != NULL && place < 0; y++) {
            place = !is_taken[y] && stands_for(*x, longer[y], by_consonants) ? y : -1;
        }
        if (place < 0) {
            return false;
        }
        is_taken[place] = true;
        has_whole = has_whole || ((*x)[1] != '\0' && longer[place][1] != '\0');
    }
    return has_whole;
}

bool name_is_compatible(const char *a_full, const char *b_full)
{
    g_auto(GStrv) a = folded_words(a_full);
    g_auto(GStrv) b = folded_words(b_full);
    bool by_consonants = is_other_script(a_full) != is_other_script(b_full);
    if (a[0] == NULL || b[0] == NULL) {
        return true;
    }
    bool is_longer = g_strv_length(a) > g_strv_length(b);
    return fits_into(is_longer ? b : a, is_longer ? a : b, by_consonants);
}
