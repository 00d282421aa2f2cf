/* A person whole: loading, folding again, refreshing. Editing and deleting: person_edit.c. */
#include "model/journal.h"
#include "model/person.h"

#include "base/fold.h"
#include "model/person_part.h"

void person_free(struct person *person)
{
    if (person == NULL) {
        return;
    }
    fact_fold_free(person->fold);
    g_array_unref(person->sets);
    g_array_unref(person->member_ids);
    g_string_chunk_free(person->text);
    g_free(person);
}

static struct person *person_new(void)
{
    struct person *person = g_new0(struct person, 1);
    person->sets = g_array_new(FALSE, FALSE, sizeof(struct fact_set));
    person->member_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    person->text = g_string_chunk_new(4096);
    return person;
}

struct person *person_load(struct book *book, int64_t person_id, GError **error)
{
    g_autoptr(person_ptr) person = person_new();
    if (!person_row_load(book, person_id, person->text, &person->row, error) ||
        !person_members(book, person->row.person_id, person->member_ids, error) ||
        !fact_set_of_person(book, person->row.person_id, person->text, person->sets, error)) {
        return NULL;
    }
    person->fold = fact_fold((const struct fact_set *)(const void *)person->sets->data,
                             (int)person->sets->len, error);
    return person->fold == NULL ? NULL : g_steal_pointer(&person);
}

/* The marked columns and ids of the old row stay; everything else comes from the facts. */
static void take_marked(struct derived *derived, const struct person_row *old)
{
    derived->row.person_id = old->person_id;
    derived->row.root_id = old->root_id;
    derived->row.created_at = old->created_at;
    derived->row.deleted_at = old->deleted_at;
    derived->row.is_self = old->is_self;
}

/* What you have in common with others depends on your own facts: their ties follow. */
DB_QUERY(tied_persons,
         "SELECT person_id FROM person WHERE account_id = $1 AND tie > 0 AND root_id = person_id");
DB_QUERY(faded_persons,
         "SELECT person_id FROM person WHERE account_id = $1 AND tie > 0 AND tie_day < $2 "
         "AND root_id = person_id ORDER BY tie_day LIMIT $3");

/* Collects ids of the one column person_id. */
static bool ids_read(db_rows *rows, GArray *ids, GError **error)
{
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        int64_t id = db_int(rows, "person_id");
        g_array_append_val(ids, id);
    }
    return state == 0;
}

DB_QUERY(standing_put, "UPDATE person SET tie = $3, tie_day = $4, last_touch_day = $5, "
                       "last_touch_kind = $6, n_touches = $7, "
                       "cadence_days = $8, due_day = $9 WHERE account_id = $1 AND person_id = $2");

/* Only tie, last touch, cadence and due; *has_notes_out: some touch has a note. */
static bool standing_refresh(struct book *book, int64_t root_id, bool *has_notes_out,
                             GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) member_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GString) words = g_string_new(NULL);
    struct person_row row;
    if (!person_row_load(book, root_id, text, &row, error) ||
        !person_members(book, root_id, member_ids, error) ||
        !standing_load(book, member_ids, &row, words, error)) {
        return false;
    }
    *has_notes_out = words->len > 0;
    journal_person(book, root_id);
    return book_changed(book, error) &&
           DB_EXEC(book->tx, &standing_put, error, DB_INT(book->account_id), DB_INT(root_id),
                   DB_REAL(row.tie), DB_INT(row.tie_day), DB_DAY(row.last_touch_day),
                   DB_TEXT(row.last_touch_kind), DB_INT(row.n_touches),
                   row.cadence_days < 0 ? DB_NULL : DB_INT(row.cadence_days), DB_DAY(row.due_day));
}

static bool refresh_tied(struct book *book, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &tied_persons, error, DB_INT(book->account_id));
        if (!ids_read(rows, ids, error)) {
            return false;
        }
    }
    bool has_notes;
    for (guint i = 0; i < ids->len; i++) {
        if (!standing_refresh(book, g_array_index(ids, int64_t, i), &has_notes, error)) {
            return false;
        }
    }
    return true;
}

/* Writes everything derived; the traits go in before the tie is computed, which counts what is in
 * common. */
static bool derived_write(struct book *book, const struct person *person, struct derived *derived,
                          GError **error)
{
    if (!person_index_write(book, derived, person->member_ids, error)) {
        return false;
    }
    gsize n_words = derived->words->len;
    if (!standing_load(book, person->member_ids, &derived->row, derived->words, error)) {
        return false;
    }
    if (derived->words->len > n_words && !person_words_write(book, derived, error)) {
        return false;
    }
    derived->row.changed_at = book_now(book);
    return person_row_write(book, &derived->row, error) &&
           (!person->row.is_self || refresh_tied(book, error));
}

bool person_refold(struct book *book, int64_t person_id, GError **error)
{
    g_autoptr(person_ptr) person = person_load(book, person_id, error);
    if (person == NULL) {
        return false;
    }
    struct derived derived;
    derived_init(&derived);
    derive(person->fold, person->row.person_id, &derived);
    take_marked(&derived, &person->row);
    bool is_done = book_changed(book, error) && derived_write(book, person, &derived, error);
    derived_clear(&derived);
    return is_done;
}

bool person_refresh(struct book *book, int64_t person_id, GError **error)
{
    int64_t root_id;
    bool has_notes = false;
    if (!person_root(book, person_id, &root_id, error) ||
        !standing_refresh(book, root_id, &has_notes, error)) {
        return false;
    }
    return !has_notes ||
           person_refold(book, root_id, error); /* notes of touches are searched too */
}

bool person_refresh_old(struct book *book, int limit, int *n_out, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &faded_persons, error, DB_INT(book->account_id),
                      DB_INT(book_today(book)), DB_INT(limit));
        if (!ids_read(rows, ids, error)) {
            return false;
        }
    }
    *n_out = (int)ids->len;
    bool has_notes;
    for (guint i = 0; i < ids->len; i++) {
        if (!standing_refresh(book, g_array_index(ids, int64_t, i), &has_notes, error)) {
            return false;
        }
    }
    return true;
}
