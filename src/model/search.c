/* Words as people type them become the match text of an engine's full-text search. */
#include "model/search.h"

#include "base/fold.h"

char *search_match(enum db_engine engine, const char *typed)
{
    g_autofree char *folded = fold_text(typed);
    if (folded[0] == '\0') {
        return NULL;
    }
    /* folded words are [a-z0-9] only, so nothing needs escaping; quotes keep FTS5 from reading AND,
     * OR, NOT */
    g_auto(GStrv) words = g_strsplit(folded, " ", 12);
    GString *match = g_string_new(NULL);
    for (char **word = words; *word != NULL; word++) {
        if (match->len > 0) {
            g_string_append(match, engine == DB_PGSQL ? " & " : " ");
        }
        if (engine == DB_PGSQL) {
            g_string_append_printf(match, "%s:*", *word);
        } else {
            g_string_append_printf(match, "\"%s\"*", *word);
        }
    }
    return g_string_free(match, FALSE);
}
