/* Names of schools, made comparable: words folded, small ones left out, sorted; and initials. */
#include "model/school.h"

#include "base/fold.h"

#include <stdlib.h>
#include <string.h>

#define INITIALS_MIN 3
#define INITIALS_MAX 8

struct school_names {
    GHashTable *words;    /* "lakemont university": sorted words */
    GHashTable *initials; /* of names of several words */
    GHashTable *tokens;   /* names of one word, as short as initials are */
};

struct school_names *school_names_new(void)
{
    struct school_names *names = g_new0(struct school_names, 1);
    names->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    names->initials = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    names->tokens = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return names;
}

void school_names_free(struct school_names *names)
{
    if (names == NULL) {
        return;
    }
    g_hash_table_unref(names->words);
    g_hash_table_unref(names->initials);
    g_hash_table_unref(names->tokens);
    g_free(names);
}

static bool is_small(const char *word)
{
    static const char *const small[] = {"of", "the", "and", "for", "de", "del", "la", "le", "des",
                                        "du", "di", "da",  "y",   "e",  "et",  "at", "in"};
    for (size_t i = 0; i < G_N_ELEMENTS(small); i++) {
        if (strcmp(word, small[i]) == 0) {
            return true;
        }
    }
    return false;
}

static int by_word(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* One way of writing the name. */
static void add_part(struct school_names *names, const char *part, size_t len)
{
    g_autofree char *written = g_strndup(part, len);
    g_autofree char *folded = fold_text(written);
    g_auto(GStrv) words = g_strsplit(folded, " ", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(GString) main_ones = g_string_new(NULL);
    for (char **word = words; *word != NULL; word++) {
        if ((*word)[0] == '\0') {
            continue;
        }
        g_string_append_c(all, (*word)[0]);
        if (!is_small(*word)) {
            g_string_append_c(main_ones, (*word)[0]);
            g_ptr_array_add(kept, *word);
        }
    }
    if (kept->len == 0) {
        return;
    }
    qsort(kept->pdata, kept->len, sizeof(char *), by_word);
    g_ptr_array_add(kept, NULL);
    char *key = g_strjoinv(" ", (char **)kept->pdata);
    if (kept->len == 2 && strlen(key) >= INITIALS_MIN && strlen(key) <= INITIALS_MAX) {
        g_hash_table_add(names->tokens, g_strdup(key));
    }
    g_hash_table_add(names->words, key);
    if (main_ones->len >= INITIALS_MIN) {
        g_hash_table_add(names->initials, g_strdup(main_ones->str));
        g_hash_table_add(names->initials, g_strdup(all->str));
    }
}

void school_names_add(struct school_names *names, const char *written)
{
    if (written == NULL || written[0] == '\0') {
        return;
    }
    size_t len = strlen(written);
    size_t front = strcspn(written, ",(");
    add_part(names, written, len);
    if (front == len) {
        return;
    }
    add_part(names, written, front);
    const char *open = strchr(written, '(');
    const char *close = open == NULL ? NULL : strchr(open, ')');
    if (close != NULL) {
        add_part(names, open + 1, (size_t)(close - open - 1));
    }
}

static bool meet(GHashTable *a, GHashTable *b)
{
    GHashTableIter each;
    gpointer key;
    g_hash_table_iter_init(&each, a);
    while (g_hash_table_iter_next(&each, &key, NULL)) {
        if (g_hash_table_contains(b, key)) {
            return true;
        }
    }
    return false;
}

bool school_names_has(const struct school_names *names, const char *written)
{
    if (g_hash_table_size(names->words) == 0 || written == NULL) {
        return false;
    }
    g_autoptr(school_names_ptr) other = school_names_new();
    school_names_add(other, written);
    return meet(other->words, names->words) || meet(other->tokens, names->initials) ||
           meet(other->initials, names->tokens);
}
