/* Could two names be one person's? A guard, not a proof: it keeps a family's shared telephone or a
 * practice's shared mailbox from joining two people. Names in different scripts are compared by
 * their consonants, since Arabic and Hebrew are written, and so read, without vowels ("hsn" and
 * "hassan"). */
#include "base/name.h"

#include "base/fold.h"
#include "base/name_words.h"

#include <string.h>

#define SHARED_MIN 3            /* letters of a word that is shared */

/* Folded words of the name itself, without titles, credentials, generation. */
struct folded {
    char **words;               /* owned */
    char *family;               /* owned, last word of the family name, "" when there is none */
    char initial;               /* of the given name; '\0' when there is none */
};

static void folded_init(struct folded *folded, const char *full)
{
    struct name name;
    name_parse(full, &name);
    g_autofree char *spoken = g_strconcat(name.given != NULL ? name.given : "", " ",
                                          name.additional != NULL ? name.additional : "", " ",
                                          name.family != NULL ? name.family : "", NULL);
    g_autofree char *key = fold_text(spoken);
    g_autofree char *given = fold_text(name.given != NULL ? name.given : "");
    g_autofree char *family = fold_text(name.family != NULL ? name.family : "");
    const char *blank = strrchr(family, ' ');
    folded->words = g_strsplit(key, " ", -1);
    folded->family = g_strdup(blank != NULL ? blank + 1 : family);
    folded->initial = *given;
    name_clear(&name);
}

static void folded_clear(struct folded *folded)
{
    g_strfreev(folded->words);
    g_free(folded->family);
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

static bool is_shared(const char *a, const char *b, bool by_consonants)
{
    if (by_consonants) {
        g_autofree char *a_bones = skeleton(a);
        g_autofree char *b_bones = skeleton(b);
        return strlen(a_bones) >= SHARED_MIN && strcmp(a_bones, b_bones) == 0;
    }
    return strlen(a) >= SHARED_MIN && strcmp(a, b) == 0 && !name_is_folded_particle(a);
}

static bool shares_word(const struct folded *a, const struct folded *b, bool by_consonants)
{
    for (char **x = a->words; *x != NULL; x++) {
        for (char **y = b->words; *y != NULL; y++) {
            if (is_shared(*x, *y, by_consonants)) {
                return true;
            }
        }
    }
    return false;
}

bool name_is_compatible(const char *a_full, const char *b_full)
{
    struct folded a;
    struct folded b;
    folded_init(&a, a_full);
    folded_init(&b, b_full);
    bool is_nameless = a.words[0] == NULL || b.words[0] == NULL;
    bool same_initials = *a.family != '\0' && strcmp(a.family, b.family) == 0 && a.initial != '\0'
                         && a.initial == b.initial;
    bool by_consonants = is_other_script(a_full) != is_other_script(b_full);
    bool is_compatible = is_nameless || same_initials || shares_word(&a, &b, false)
        || (by_consonants && shares_word(&a, &b, true));
    folded_clear(&a);
    folded_clear(&b);
    return is_compatible;
}
