/* Rules of merging. Members of a merge form a tree by the rows in force; root_id of each is its
 * top, so undoing one row splits the tree again at that edge, whatever was merged before or after.
 */
#include "model/merge_part.h"

#include "base/name.h"
#include "model/person_part.h"

#include <string.h>

/* ---- kept apart ---- */

/* Is anyone of the one merge kept apart from anyone of the other? */
static bool any_apart(struct book *book, const GArray *a_ids, const GArray *b_ids,
                      bool *is_apart_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    *is_apart_out = false;
    for (guint i = 0; i < a_ids->len && !*is_apart_out; i++) {
        int64_t a = g_array_index(a_ids, int64_t, i);
        g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
        if (!pair_apart_of(book, a, text, pairs, error)) {
            return false;
        }
        for (guint p = 0; p < pairs->len; p++) {
            const struct pair *pair = &g_array_index(pairs, struct pair, p);
            int64_t other = pair->a_id == a ? pair->b_id : pair->a_id;
            for (guint k = 0; k < b_ids->len; k++) {
                *is_apart_out |= g_array_index(b_ids, int64_t, k) == other;
            }
        }
    }
    return true;
}

bool pair_is_apart(struct book *book, int64_t a_id, int64_t b_id, bool *is_apart_out,
                   GError **error)
{
    int64_t a_root;
    int64_t b_root;
    g_autoptr(GArray) a_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) b_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    return person_root(book, a_id, &a_root, error) && person_root(book, b_id, &b_root, error) &&
           person_members(book, a_root, a_ids, error) &&
           person_members(book, b_root, b_ids, error) &&
           any_apart(book, a_ids, b_ids, is_apart_out, error);
}

/* ---- merging ---- */

/* Points every member of gone's merge to the new root. */
static bool move_members(struct book *book, int64_t from_root, int64_t to_root, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!person_members(book, from_root, ids, error)) {
        return false;
    }
    for (guint i = 0; i < ids->len; i++) {
        if (!person_set_root(book, g_array_index(ids, int64_t, i), to_root, error)) {
            return false;
        }
    }
    return true;
}

/* What was proposed between two is answered by a merge ("merged"), and proposed again when that is
 * taken back. */
static bool turn_proposal(struct book *book, const struct merge *merge, const char *from,
                          const char *to, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct pair pair;
    if (!pair_fetch(book, merge->kept_id, merge->gone_id, text, &pair, error)) {
        return false;
    }
    if (g_strcmp0(pair.state, from) != 0) {
        return true;
    }
    pair.state = to;
    return pair_put(book, &pair, error);
}

bool merge_add(struct book *book, int64_t kept_id, int64_t gone_id, const char *why,
               int64_t *merge_id_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct person_row kept;
    struct person_row gone;
    bool is_apart;
    if (!person_row_load(book, kept_id, text, &kept, error) ||
        !person_row_load(book, gone_id, text, &gone, error)) {
        return false;
    }
    if (kept.person_id == gone.person_id) {
        return refuse(error, "merge.same", "These are one person already.");
    }
    if (gone.is_self) {
        struct person_row turned = kept;
        kept = gone;
        gone = turned;
    }
    if (kept.deleted_at != AT_NONE || gone.deleted_at != AT_NONE) {
        return refuse(error, "person.not_found",
                      "One of the two is deleted. Restore that person first.");
    }
    if (!pair_is_apart(book, kept.person_id, gone.person_id, &is_apart, error)) {
        return false;
    }
    if (is_apart) {
        return refuse(error, "merge.kept_apart",
                      "You said that these are two people. Take that back first.");
    }
    struct merge merge = {.merge_id = book_new_id(book),
                          .kept_id = kept.person_id,
                          .gone_id = gone.person_id,
                          .why = why == NULL ? "you said so" : why,
                          .undone_at = AT_NONE};
    *merge_id_out = merge.merge_id;
    return merge_save(book, &merge, error) &&
           move_members(book, gone.person_id, kept.person_id, error) &&
           person_index_clear(book, gone.person_id, error) &&
           turn_proposal(book, &merge, "proposed", "merged", error) &&
           person_refold(book, kept.person_id, error);
}

/* ---- undoing ---- */

/* Whom does a person belong to after the rows in force? Follows gone -> kept to the top. */
static int64_t top_of(const GArray *merges, int64_t person_id)
{
    for (guint step = 0; step <= merges->len; step++) {
        int64_t next = person_id;
        for (guint i = 0; i < merges->len; i++) {
            const struct merge *merge = &g_array_index(merges, struct merge, i);
            if (merge->gone_id == person_id) {
                next = merge->kept_id;
            }
        }
        if (next == person_id) {
            break;
        }
        person_id = next;
    }
    return person_id;
}

bool merge_undo(struct book *book, int64_t merge_id, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) merges = g_array_new(FALSE, FALSE, sizeof(struct merge));
    struct merge merge;
    int64_t root_id;
    if (!merge_fetch(book, merge_id, text, &merge, error)) {
        return false;
    }
    if (merge.undone_at != AT_NONE) {
        return refuse(error, "merge.undone_before", "This merge was taken back before.");
    }
    merge.undone_at = book_now(book);
    if (!person_root(book, merge.gone_id, &root_id, error) ||
        !person_members(book, root_id, ids, error) || !merge_save(book, &merge, error) ||
        !merge_in_force(book, merges, error)) {
        return false;
    }
    for (guint i = 0; i < ids->len; i++) {
        int64_t id = g_array_index(ids, int64_t, i);
        if (!person_set_root(book, id, top_of(merges, id), error)) {
            return false;
        }
    }
    return turn_proposal(book, &merge, "merged", "proposed", error) &&
           person_refold(book, root_id, error) && person_refold(book, merge.gone_id, error);
}

/* ---- pairs ---- */

bool pair_add(struct book *book, const struct pair *pair, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct pair row = *pair;
    struct pair old;
    bool is_apart;
    if (!person_root(book, pair->a_id, &row.a_id, error) ||
        !person_root(book, pair->b_id, &row.b_id, error)) {
        return false;
    }
    if (row.a_id == row.b_id) {
        return true;
    }
    if (!pair_is_apart(book, row.a_id, row.b_id, &is_apart, error) ||
        !pair_fetch(book, row.a_id, row.b_id, text, &old, error)) {
        return false;
    }
    if (is_apart || (old.state != NULL && (old.is_exact || !row.is_exact))) {
        return true;
    }
    row.state = "proposed";
    row.created_at = book_now(book);
    return pair_put(book, &row, error);
}

/* Both marks: what was proposed between two becomes the answer. */
static bool pair_mark(struct book *book, int64_t a_id, int64_t b_id, const char *state,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct pair row;
    int64_t a_root;
    int64_t b_root;
    if (!person_root(book, a_id, &a_root, error) || !person_root(book, b_id, &b_root, error)) {
        return false;
    }
    if (a_root == b_root) {
        return refuse(error, "merge.same", "These are one person. Take the merge back first.");
    }
    if (!pair_fetch(book, a_id, b_id, text, &row, error)) {
        return false;
    }
    if (row.state == NULL) {
        row = (struct pair){
            .a_id = a_id, .b_id = b_id, .why = "you said so", .created_at = book_now(book)};
    }
    row.state = state;
    return pair_put(book, &row, error);
}

bool pair_keep_apart(struct book *book, int64_t a_id, int64_t b_id, GError **error)
{
    return pair_mark(book, a_id, b_id, "apart", error);
}

bool pair_reopen(struct book *book, int64_t a_id, int64_t b_id, GError **error)
{
    return pair_mark(book, a_id, b_id, "proposed", error);
}
