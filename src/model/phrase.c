/* Phrases by their first word, so that a text without any costs one look-up a word. Made once,
 * never freed: they are the tables of data/ in another order. */
#include "model/phrase.h"

#include <glib.h>
#include <string.h>

struct phrase {
    const char *text; /* whole phrase, owned for ever */
    size_t len;
    int number;
    struct phrase *next; /* same first word */
};

struct phrases {
    GHashTable *by_first_word; /* char * -> struct phrase * */
};

struct phrases *phrases_new(void)
{
    struct phrases *phrases = g_new0(struct phrases, 1);
    phrases->by_first_word = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return phrases;
}

static void add_one(struct phrases *phrases, char *text, int number)
{
    if (phrases_exact(phrases, text) >= 0 || text[0] == '\0') {
        g_free(text);
        return;
    }
    struct phrase *phrase = g_new0(struct phrase, 1);
    *phrase = (struct phrase){.text = text, .len = strlen(text), .number = number};
    char *first = g_strndup(text, strcspn(text, " "));
    phrase->next = g_hash_table_lookup(phrases->by_first_word, first);
    g_hash_table_insert(phrases->by_first_word, first, phrase);
}

void phrases_add(struct phrases *phrases, const char *aliases, int number)
{
    g_auto(GStrv) each = g_strsplit(aliases, "|", -1);
    for (char **alias = each; *alias != NULL; alias++) {
        add_one(phrases, g_strdup(*alias), number);
    }
}

/* The longest phrase that begins where `at` does and ends at a word's end. */
static const struct phrase *longest_at(const struct phrases *phrases, const char *at,
                                       size_t word_len)
{
    char word[64];
    if (word_len == 0 || word_len >= sizeof word) {
        return NULL;
    }
    memcpy(word, at, word_len);
    word[word_len] = '\0';
    const struct phrase *best = NULL;
    for (const struct phrase *p = g_hash_table_lookup(phrases->by_first_word, word); p != NULL;
         p = p->next) {
        if (strncmp(at, p->text, p->len) == 0 && (at[p->len] == ' ' || at[p->len] == '\0') &&
            (best == NULL || p->len > best->len)) {
            best = p;
        }
    }
    return best;
}

static int n_words(const char *text)
{
    int n = 1;
    for (; *text != '\0'; text++) {
        n += *text == ' ';
    }
    return n;
}

int phrases_find(const struct phrases *phrases, const char *folded)
{
    const struct phrase *best = NULL;
    for (const char *at = folded; *at != '\0';) {
        size_t len = strcspn(at, " ");
        const struct phrase *found = longest_at(phrases, at, len);
        if (found != NULL) {
            int more = best == NULL ? 1 : n_words(found->text) - n_words(best->text);
            if (more > 0 || (more == 0 && found->len > best->len)) {
                best = found;
            }
        }
        at += len;
        at += *at == ' ';
    }
    return best == NULL ? -1 : best->number;
}

int phrases_exact(const struct phrases *phrases, const char *folded)
{
    char word[64];
    size_t len = strcspn(folded, " ");
    if (len == 0 || len >= sizeof word) {
        return -1;
    }
    memcpy(word, folded, len);
    word[len] = '\0';
    for (const struct phrase *p = g_hash_table_lookup(phrases->by_first_word, word); p != NULL;
         p = p->next) {
        if (strcmp(p->text, folded) == 0) {
            return p->number;
        }
    }
    return -1;
}
