/* Roles of people, by data/roles.tsv. The phrases of each role are made once and never freed: they are
 * the table in another order. */
#include "model/contact_role.h"

#include "base/fold.h"
#include "data_roles.h"
#include "model/outlook.h"
#include "model/phrase.h"

#include <string.h>

struct role {
    const char *name;
    unsigned flag;
};
static const struct role roles[] = {
    {"programme", CONTACT_PROGRAMME}, {"attending", CONTACT_ATTENDING},
    {"resident", CONTACT_RESIDENT},   {"mentor", CONTACT_MENTOR},
    {"family", CONTACT_FAMILY},       {"teacher", CONTACT_TEACHER},
    {"colleague", CONTACT_COLLEAGUE},
    {"coordinator", CONTACT_PROGRAMME | CONTACT_COORDINATOR},
};

struct role_words {
    struct phrases *titles[G_N_ELEMENTS(roles)];
    struct phrases *tags[G_N_ELEMENTS(roles)];
};

static gpointer words_make(gpointer unused)
{
    struct role_words *words = g_new0(struct role_words, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
        words->titles[i] = phrases_new();
        words->tags[i] = phrases_new();
        for (size_t row = 0; row < n_data_roles; row++) {
            if (strcmp(data_roles[row].role, roles[i].name) == 0) {
                bool is_tag = strcmp(data_roles[row].place, "tag") == 0;
                phrases_add(is_tag ? words->tags[i] : words->titles[i], data_roles[row].words, 0);
            }
        }
    }
    return words;
}

unsigned contact_roles(const char *title, const char *tags)
{
    static GOnce once = G_ONCE_INIT;
    const struct role_words *words = g_once(&once, words_make, NULL);
    unsigned flags = 0;
    if (title != NULL && title[0] != '\0') {
        g_autofree char *folded = fold_text(title);
        for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
            flags |= phrases_find(words->titles[i], folded) >= 0 ? roles[i].flag : 0;
        }
    }
    g_auto(GStrv) each = g_strsplit(tags == NULL ? "" : tags, " ", -1);
    for (char **tag = each; *tag != NULL; tag++) {
        g_autofree char *folded = fold_text(*tag);
        for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
            flags |= phrases_exact(words->tags[i], folded) >= 0 ? roles[i].flag : 0;
        }
    }
    return flags;
}
