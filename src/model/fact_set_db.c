/* Fact sets, and their statements. */
#include "model/fact_set.h"

#include "model/fact_source.h"
#include "model/noun.h"
#include "model/person_part.h"

#include <string.h>

DB_QUERY(fact_set_put, "INSERT INTO fact_set (" FACT_SET_COLUMNS ") " VALUES_8);

bool fact_set_add(struct book *book, const struct fact_set *set, int64_t *fact_set_id_out,
                  GError **error)
{
    *fact_set_id_out = set->fact_set_id != 0 ? set->fact_set_id : book_new_id(book);
    struct db_value values[] = {DB_INT(book->account_id),
                                DB_INT(set->person_id),
                                DB_INT(*fact_set_id_out),
                                DB_INT(set->source_id),
                                set->replaces_id == 0 ? DB_NULL : DB_INT(set->replaces_id),
                                DB_TEXT(set->record_key),
                                DB_TEXT(set->facts),
                                DB_NULL};
    return noun_write(book->tx, &noun_fact_set, &fact_set_put, values, error);
}

/* When an id was made: base/id.h. */
static int64_t id_made_at(int64_t id)
{
    const int64_t first_ms = INT64_C(1577836800000); /* 2020-01-01 */
    return ((id >> 21) + first_ms) * 1000;
}

/* The current row of a query over fact_set f and source s. */
static void set_read(db_rows *rows, GStringChunk *text, struct fact_set *set_out)
{
    *set_out = (struct fact_set){
        .fact_set_id = db_int(rows, "fact_set_id"),
        .person_id = db_int(rows, "person_id"),
        .source_id = db_int(rows, "source_id"),
        .replaces_id = db_int(rows, "replaces_id"),
        .family = g_string_chunk_insert_const(text, db_text(rows, "family")),
        .source_label = g_string_chunk_insert_const(text, db_text(rows, "label")),
        .seen_at = db_int(rows, "seen_at"),
        .record_key = keep_text(text, db_text(rows, "record_key")),
        .facts = keep_text(text, db_text(rows, "facts")),
    };
    if (strcmp(set_out->family, FAMILY_YOU) == 0) {
        set_out->seen_at = id_made_at(set_out->fact_set_id);
    }
}

DB_QUERY(
    fact_sets_of_person,
    "SELECT f.fact_set_id, f.person_id, f.source_id, f.replaces_id, f.record_key, f.facts, "
    "s.family, s.label, s.seen_at "
    "FROM fact_set f JOIN source s ON s.account_id = f.account_id AND s.source_id = f.source_id "
    "WHERE f.account_id = $1 AND f.person_id = $2 ORDER BY f.fact_set_id");

static bool sets_of_member(struct book *book, int64_t person_id, GStringChunk *text,
                           GArray *sets_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &fact_sets_of_person, error,
                                        DB_INT(book->account_id), DB_INT(person_id));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct fact_set set;
        set_read(rows, text, &set);
        g_array_append_val(sets_out, set);
    }
    return state == 0;
}

static int compare_sets(gconstpointer a_, gconstpointer b_)
{
    const struct fact_set *a = a_;
    const struct fact_set *b = b_;
    if (a->seen_at != b->seen_at) {
        return a->seen_at < b->seen_at ? -1 : 1;
    }
    return a->fact_set_id < b->fact_set_id ? -1 : a->fact_set_id > b->fact_set_id;
}

bool fact_set_of_person(struct book *book, int64_t root_id, GStringChunk *text, GArray *sets_out,
                        GError **error)
{
    g_autoptr(GArray) member_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!person_members(book, root_id, member_ids, error)) {
        return false;
    }
    for (guint i = 0; i < member_ids->len; i++) {
        if (!sets_of_member(book, g_array_index(member_ids, int64_t, i), text, sets_out, error)) {
            return false;
        }
    }
    g_array_sort(sets_out, compare_sets);
    return true;
}

DB_QUERY(
    fact_set_one,
    "SELECT f.fact_set_id, f.person_id, f.source_id, f.replaces_id, f.record_key, f.facts, "
    "s.family, s.label, s.seen_at "
    "FROM fact_set f JOIN source s ON s.account_id = f.account_id AND s.source_id = f.source_id "
    "WHERE f.account_id = $1 AND f.person_id = $2 AND f.fact_set_id = $3");

bool fact_set_load(struct book *book, int64_t person_id, int64_t fact_set_id, GStringChunk *text,
                   struct fact_set *set_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &fact_set_one, error, DB_INT(book->account_id),
                                        DB_INT(person_id), DB_INT(fact_set_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        set_read(rows, text, set_out);
        return true;
    }
    return state == 0 && refuse(error, "fact_set.not_found", "There is no such set of facts.");
}

DB_QUERY(fact_set_remove,
         "DELETE FROM fact_set WHERE account_id = $1 AND person_id = $2 AND fact_set_id = $3");

bool fact_set_delete(struct book *book, int64_t person_id, int64_t fact_set_id, GError **error)
{
    return DB_EXEC(book->tx, &fact_set_remove, error, DB_INT(book->account_id), DB_INT(person_id),
                   DB_INT(fact_set_id));
}

/* The current row as a record. */
static void record_read(db_rows *rows, struct fact_record *record_out)
{
    *record_out = (struct fact_record){
        .person_id = db_int(rows, "person_id"),
        .fact_set_id = db_int(rows, "fact_set_id"),
        .is_deleted = !db_is_null(rows, "deleted_at"),
    };
    const char *facts = db_text(rows, "facts");
    digest_bytes(facts, strlen(facts), record_out->digest);
}

/* CROSS: through the sets once, not once for each source of the family. */
DB_QUERY(fact_record_one,
         "SELECT f.person_id, f.fact_set_id, f.facts, p.deleted_at FROM fact_set f "
         "CROSS JOIN source s CROSS JOIN person p WHERE s.account_id = f.account_id AND "
         "s.source_id = f.source_id AND p.account_id = f.account_id AND p.person_id = f.person_id "
         "AND f.account_id = $1 AND s.family = $2 AND f.record_key = $3 ORDER BY s.seen_at DESC, "
         "f.fact_set_id DESC LIMIT 1");

bool fact_record_find(struct book *book, const char *family, const char *record_key,
                      struct fact_record *record_out, bool *found_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &fact_record_one, error, DB_INT(book->account_id),
                                        DB_TEXT(family), DB_TEXT(record_key));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    *found_out = state > 0;
    if (state > 0) {
        record_read(rows, record_out);
    }
    return state >= 0;
}

DB_QUERY(fact_records_of_family,
         "SELECT f.person_id, f.fact_set_id, f.record_key, f.facts, p.deleted_at FROM fact_set f "
         "CROSS JOIN source s CROSS JOIN person p WHERE s.account_id = f.account_id AND "
         "s.source_id = f.source_id AND p.account_id = f.account_id AND p.person_id = f.person_id "
         "AND f.account_id = $1 AND s.family = $2 ORDER BY s.seen_at, f.fact_set_id");

GHashTable *fact_record_all(struct book *book, const char *family, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &fact_records_of_family, error,
                                        DB_INT(book->account_id), DB_TEXT(family));
    if (rows == NULL) {
        return NULL;
    }
    g_autoptr(GHashTable) records = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct fact_record record;
        record_read(rows, &record);
        g_hash_table_replace(records, g_strdup(db_text(rows, "record_key")),
                             g_memdup2(&record, sizeof record));
    }
    return state < 0 ? NULL : g_steal_pointer(&records);
}
