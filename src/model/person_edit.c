/* Your edits of people: adding, editing, deleting, restoring. */
#include "model/journal.h"
#include "model/person_part.h"

#include "base/fold.h"
#include "model/fact_source.h"

#include <string.h>

bool person_create(struct book *book, int64_t person_id, bool is_self, GError **error)
{
    struct person_row row = {
        .person_id = person_id,
        .root_id = person_id,
        .created_at = book_now(book),
        .deleted_at = AT_NONE,
        .changed_at = book_now(book),
        .is_self = is_self,
        .name = "Nameless",
        .sort_key = "nameless",
        .tie_day = book_today(book),
        .last_touch_day = DAY_NONE,
        .cadence_days = -1,
        .due_day = DAY_NONE,
    };
    return book_changed(book, error) && person_row_write(book, &row, error);
}

/* One set of source "you". */
static bool edit_write(struct book *book, int64_t person_id, const struct fact *edits, int n,
                       struct change_log *log, GError **error)
{
    int64_t source_id;
    if (!fact_source_you(book, &source_id, error)) {
        return false;
    }
    char key[ID_TEXT];
    g_autoptr(GString) facts = g_string_new(NULL);
    facts_encode(edits, (size_t)n, facts);
    struct fact_set set = {.fact_set_id = book_new_id(book),
                           .person_id = person_id,
                           .source_id = source_id,
                           .facts = facts->str};
    set.record_key = id_format(set.fact_set_id, key);
    change_add(log, json_pack("{s:s,s:I,s:I}", "undo", "fact_set", "person", (json_int_t)person_id,
                              "set", (json_int_t)set.fact_set_id));
    return fact_set_add(book, &set, &set.fact_set_id, error);
}

bool person_add(struct book *book, const struct fact *facts, int n, struct change_log *log,
                int64_t *person_id_out, GError **error)
{
    bool is_known = false;
    for (int i = 0; i < n; i++) {
        is_known |= facts[i].kind == FACT_NAME || facts[i].kind == FACT_EMAIL ||
                    facts[i].kind == FACT_PHONE || facts[i].kind == FACT_URL ||
                    facts[i].kind == FACT_OTHER_NAME;
    }
    if (!is_known) {
        return refuse(error, "person.nothing_known",
                      "A person needs a name, an address, a number or a page at least.");
    }
    *person_id_out = book_new_id(book);
    change_add(log,
               json_pack("{s:s,s:I}", "undo", "person_add", "person", (json_int_t)*person_id_out));
    return person_create(book, *person_id_out, false, error) &&
           edit_write(book, *person_id_out, facts, n, NULL, error) &&
           person_refold(book, *person_id_out, error);
}

bool person_edit(struct book *book, int64_t person_id, const struct fact *edits, int n,
                 struct change_log *log, GError **error)
{
    int64_t root_id;
    if (!person_root(book, person_id, &root_id, error)) {
        return false;
    }
    return n == 0 ||
           (edit_write(book, root_id, edits, n, log, error) && person_refold(book, root_id, error));
}

DB_QUERY(person_mark_deleted, "UPDATE person SET deleted_at = $3, deleted_with = $4 WHERE "
                              "account_id = $1 AND person_id = $2");

static bool mark_deleted(struct book *book, int64_t root_id, int64_t at, int64_t change_id,
                         GError **error)
{
    g_autoptr(GArray) member_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!person_members(book, root_id, member_ids, error)) {
        return false;
    }
    for (guint i = 0; i < member_ids->len; i++) {
        journal_person(book, g_array_index(member_ids, int64_t, i));
        if (!DB_EXEC(book->tx, &person_mark_deleted, error, DB_INT(book->account_id),
                     DB_INT(g_array_index(member_ids, int64_t, i)), DB_AT(at),
                     change_id == 0 ? DB_NULL : DB_INT(change_id))) {
            return false;
        }
    }
    return book_changed(book, error);
}

bool person_delete(struct book *book, int64_t person_id, struct change_log *log, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct person_row row;
    if (!person_row_load(book, person_id, text, &row, error)) {
        return false;
    }
    if (row.is_self) {
        return refuse(error, "person.is_self", "This is you. Your own page cannot be deleted.");
    }
    if (row.deleted_at != AT_NONE) {
        return true;
    }
    change_add(
        log, json_pack("{s:s,s:I}", "undo", "person_delete", "person", (json_int_t)row.person_id));
    return mark_deleted(book, row.person_id, book_now(book), log == NULL ? 0 : log->change_id,
                        error);
}

bool person_restore(struct book *book, int64_t person_id, GError **error)
{
    int64_t root_id;
    return person_root(book, person_id, &root_id, error) &&
           mark_deleted(book, root_id, AT_NONE, 0, error) && person_refresh(book, root_id, error);
}
