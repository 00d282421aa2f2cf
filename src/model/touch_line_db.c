/* Who may be meant by the words of a line: people whose names hold them, warmer ties first. */
#include "model/touch_line.h"

#include "base/fold.h"
#include "model/person_list.h"

#include <string.h>

/* Titles and little words say nothing about who. */
static bool is_title(const char *word)
{
    static const char *const titles[] = {"dr",   "doctor", "prof", "professor", "mr",   "mrs", "ms",
                                         "miss", "sir",    "md",   "phd",       "mbbs", NULL};
    return g_strv_contains(titles, word);
}

/* How much of what was typed is in the name: a whole word counts 1, its beginning 0.8; 0 when a
 * word is missing. */
static double name_score(const char *name, const char *own_name, char *const *typed)
{
    g_autofree char *folded = fold_text(name);
    g_autofree char *folded_own = own_name == NULL ? NULL : fold_text(own_name);
    g_autofree char *both =
        g_strconcat(" ", folded, " ", folded_own == NULL ? "" : folded_own, " ", NULL);
    double sum = 0;
    int n = 0;
    for (char *const *word = typed; *word != NULL; word++) {
        if (is_title(*word)) {
            continue;
        }
        g_autofree char *whole = g_strconcat(" ", *word, " ", NULL);
        g_autofree char *begin = g_strconcat(" ", *word, NULL);
        double score = strstr(both, whole) != NULL ? 1 : strstr(both, begin) != NULL ? 0.8 : 0;
        if (score == 0) {
            return 0;
        }
        sum += score;
        n++;
    }
    return n == 0 ? 0 : sum / n;
}

static int compare_candidates(gconstpointer a_, gconstpointer b_)
{
    const struct touch_candidate *a = a_;
    const struct touch_candidate *b = b_;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return strcmp(a->name, b->name);
}

/* Adds those of one search whose names fit. */
static bool search_into(struct book *book, const char *query, char *const *typed,
                        GStringChunk *text, GArray *found, GError **error)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct person_row));
    struct person_filter filter = {.query = query};
    struct person_page page = {.sort = PERSON_BY_TIE, .limit = 500};
    if (!person_list(book, &filter, &page, text, rows, error)) {
        return false;
    }
    for (guint i = 0; i < rows->len; i++) {
        const struct person_row *row = &g_array_index(rows, struct person_row, i);
        double score = name_score(row->name, row->own_name, typed);
        if (score > 0) {
            struct touch_candidate candidate = {row->person_id, row->name,
                                                row->own_name,  row->headline,
                                                row->org,       score * 0.8 + row->tie * 0.2};
            g_array_append_val(found, candidate);
        }
    }
    return true;
}

bool touch_line_who(struct book *book, const struct touch_line *line, int limit, GStringChunk *text,
                    GArray *candidates_out, GError **error)
{
    if (line->who == NULL) {
        return true;
    }
    g_autofree char *folded = fold_text(line->who);
    g_auto(GStrv) typed = g_strsplit(folded, " ", 8);
    g_autoptr(GString) query = g_string_new(NULL);
    for (char **word = typed; *word != NULL; word++) {
        if (!is_title(*word)) {
            g_string_append_printf(query, " %s", *word);
        }
    }
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct touch_candidate));
    if (query->len == 0 || !search_into(book, query->str, typed, text, found, error)) {
        return query->len == 0;
    }
    if (found->len == 0) {
        /* "met Amina Toledo": words beside the name; each alone may still name someone */
        for (char **word = typed; *word != NULL; word++) {
            char *alone[] = {*word, NULL};
            if (strlen(*word) > 2 && !is_title(*word) &&
                !search_into(book, *word, alone, text, found, error)) {
                return false;
            }
        }
    }
    g_array_sort(found, compare_candidates);
    for (guint i = 0; i < found->len && (int)i < limit; i++) {
        g_array_append_vals(candidates_out, &g_array_index(found, struct touch_candidate, i), 1);
    }
    return true;
}
