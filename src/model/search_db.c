/* Search over people and what was noted: best names first, then the warmest. */
#include "model/search.h"

#include "base/fold.h"
#include "model/person_list.h"
#include "model/person_part.h"

#include <string.h>

#define SNIPPET 160 /* bytes around a match in a note */

/* How well a name answers the words typed: all of them begin words of the name, or not. */
static int name_rank(const struct person_row *row, char *const *typed)
{
    g_autofree char *name = fold_text(row->name);
    g_autofree char *own = row->own_name == NULL ? NULL : fold_text(row->own_name);
    g_autofree char *both = g_strconcat(" ", name, " ", own, NULL);
    for (char *const *word = typed; *word != NULL; word++) {
        g_autofree char *begin = g_strconcat(" ", *word, NULL);
        if (strstr(both, begin) == NULL) {
            return 1;
        }
    }
    return 0;
}

struct ranked {
    int rank;
    struct person_row row;
};

static int compare_ranked(gconstpointer a_, gconstpointer b_)
{
    const struct ranked *a = a_;
    const struct ranked *b = b_;
    if (a->rank != b->rank) {
        return a->rank - b->rank;
    }
    if (a->row.tie != b->row.tie) {
        return a->row.tie > b->row.tie ? -1 : 1;
    }
    return strcmp(a->row.sort_key, b->row.sort_key);
}

DB_QUERY(notes_of_person,
         "SELECT t.touch_id, t.note FROM touch t WHERE t.account_id = $1 AND t.person_id "
         "IN " PERSON_WHOLE " "
         "AND t.note IS NOT NULL AND t.deleted_at IS NULL ORDER BY t.on_day DESC, t.touch_id DESC "
         "LIMIT 200");

/* A piece of the note from its beginning or around the first word typed, cut at blanks. */
static const char *snippet_cut(const char *note, char *const *typed, GStringChunk *text)
{
    g_autofree char *lower = g_utf8_strdown(note, -1);
    const char *hit = strlen(lower) == strlen(note) ? strstr(lower, typed[0]) : NULL;
    size_t at = hit == NULL ? 0 : (size_t)(hit - lower);
    size_t from = at < SNIPPET / 2 ? 0 : at - SNIPPET / 2;
    while (from > 0 && note[from] != ' ' && at - from < SNIPPET) {
        from--;
    }
    size_t len = MIN(strlen(note + from), (size_t)SNIPPET);
    while (len > 0 && note[from + len] != '\0' && note[from + len] != ' ') {
        len--;
    }
    if (len == 0) {
        const char *end = NULL;
        g_utf8_validate(note + from, SNIPPET, &end);
        len = (size_t)(end - (note + from));
    }
    return g_string_chunk_insert_len(text, note + from, (gssize)len);
}

/* When the name does not hold the words, a note may: the newest that does. */
static bool snippet_load(struct book *book, struct search_hit *hit, char *const *typed,
                         GStringChunk *text, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &notes_of_person, error, DB_INT(book->account_id),
                                        DB_INT(hit->person.person_id));
    if (rows == NULL) {
        return false;
    }
    int state;
    while (hit->snippet == NULL && (state = db_rows_next(rows, error)) != 0) {
        if (state < 0) {
            return false;
        }
        const char *note = db_text(rows, "note");
        g_autofree char *folded = fold_text(note);
        g_autofree char *framed = g_strconcat(" ", folded, NULL);
        bool has_all = true;
        for (char *const *word = typed; *word != NULL && has_all; word++) {
            g_autofree char *begin = g_strconcat(" ", *word, NULL);
            has_all = strstr(framed, begin) != NULL;
        }
        if (has_all) {
            hit->snippet = snippet_cut(note, typed, text);
            hit->touch_id = db_int(rows, "touch_id");
        }
    }
    return true;
}

bool search_people(struct book *book, struct search *search, GStringChunk *text, GArray *hits_out,
                   GError **error)
{
    g_autofree char *folded = fold_text(search->typed);
    g_auto(GStrv) words = g_strsplit(folded, " ", 12);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct person_row));
    g_autoptr(GArray) ranked = g_array_new(FALSE, FALSE, sizeof(struct ranked));
    struct person_filter filter = {.query = search->typed};
    struct person_page page = {.sort = PERSON_BY_TIE, .limit = 1000};
    search->total = 0;
    if (folded[0] == '\0') {
        return true;
    }
    if (!person_list(book, &filter, &page, text, rows, error)) {
        return false;
    }
    search->total = page.total;
    for (guint i = 0; i < rows->len; i++) {
        struct ranked one = {.row = g_array_index(rows, struct person_row, i)};
        one.rank = name_rank(&one.row, words);
        g_array_append_val(ranked, one);
    }
    g_array_sort(ranked, compare_ranked);
    for (guint i = 0; i < ranked->len && (int)i < search->limit; i++) {
        const struct ranked *one = &g_array_index(ranked, struct ranked, i);
        struct search_hit hit = {.person = one->row};
        if (one->rank > 0 && !snippet_load(book, &hit, words, text, error)) {
            return false;
        }
        g_array_append_val(hits_out, hit);
    }
    return true;
}
