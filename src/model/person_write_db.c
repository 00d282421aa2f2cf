/* Writing what is derived of a person: row, identifiers, traits, search words. */
#include "model/journal.h"
#include "model/person_part.h"

DB_QUERY(
    person_put,
    "INSERT INTO person (" PERSON_COLUMNS ") " VALUES_33
    " ON CONFLICT (account_id, person_id) DO UPDATE SET root_id = excluded.root_id, name = "
    "excluded.name, "
    "own_name = excluded.own_name, sort_key = excluded.sort_key, headline = excluded.headline, org "
    "= excluded.org, "
    "place = excluded.place, region = excluded.region, specialty = excluded.specialty, school = "
    "excluded.school, "
    "email = excluded.email, phone = excluded.phone, url = excluded.url, photo = excluded.photo, "
    "tags = excluded.tags, "
    "has_us_link = excluded.has_us_link, has_conflict = excluded.has_conflict, do_not_contact = "
    "excluded.do_not_contact, "
    "tie = excluded.tie, tie_day = excluded.tie_day, last_touch_day = excluded.last_touch_day, "
    "last_touch_kind = excluded.last_touch_kind, n_touches = excluded.n_touches, cadence_days = "
    "excluded.cadence_days, "
    "due_day = excluded.due_day, changed_at = excluded.changed_at");

#define ROW_VALUES 33

static void row_values(const struct book *book, const struct person_row *row, const char *keys,
                       struct db_value *values)
{
    const struct db_value all[ROW_VALUES] = {
        DB_INT(book->account_id), DB_INT(row->person_id),
        DB_INT(row->root_id), DB_INT(row->created_at), DB_AT(row->deleted_at), DB_NULL,
        DB_INT(row->is_self), DB_TEXT(row->name), DB_TEXT(row->own_name), DB_TEXT(row->sort_key),
        DB_TEXT(row->headline), DB_TEXT(row->org), DB_TEXT(row->place), DB_TEXT(row->region),
        DB_TEXT(row->specialty), DB_TEXT(row->school), DB_TEXT(row->email), DB_TEXT(row->phone),
        DB_TEXT(row->url), DB_TEXT(row->photo), DB_TEXT(row->tags), DB_INT(row->has_us_link),
        DB_INT(row->has_conflict), DB_INT(row->do_not_contact), DB_REAL(row->tie),
        DB_INT(row->tie_day), DB_DAY(row->last_touch_day), DB_TEXT(row->last_touch_kind),
        DB_INT(row->n_touches), row->cadence_days < 0 ? DB_NULL : DB_INT(row->cadence_days),
        DB_DAY(row->due_day), DB_INT(row->changed_at), DB_TEXT(keys)};
    memcpy(values, all, sizeof all);
}

bool person_row_write(struct book *book, const struct person_row *row, GError **error)
{
    struct db_value values[ROW_VALUES];
    row_values(book, row, NULL, values);
    journal_person(book, row->person_id);
    return db_exec(book->tx, &person_put, error, NULL, values, ROW_VALUES);
}

DB_QUERY(person_new, "INSERT INTO person (" PERSON_COLUMNS ") " VALUES_33);

bool person_row_insert(struct book *book, const struct person_row *row, const char *keys,
                       GError **error)
{
    struct db_value values[ROW_VALUES];
    row_values(book, row, keys, values);
    journal_person(book, row->person_id);
    return db_exec(book->tx, &person_new, error, NULL, values, ROW_VALUES);
}

DB_QUERY(ident_put, "INSERT INTO ident (" IDENT_COLUMNS ") " VALUES_4 " ON CONFLICT DO NOTHING");

static bool idents_write(struct book *book, const struct derived *derived, GError **error)
{
    for (guint i = 0; i < derived->idents->len; i++) {
        const struct derived_ident *ident =
            &g_array_index(derived->idents, struct derived_ident, i);
        if (!DB_EXEC(book->tx, &ident_put, error, DB_INT(book->account_id),
                     DB_TEXT(ident_kind_text(ident->kind)), DB_TEXT(ident->value),
                     DB_INT(ident->person_id))) {
            return false;
        }
    }
    return true;
}

DB_QUERY(trait_put, "INSERT INTO trait (" TRAIT_COLUMNS ") " VALUES_5);

static bool traits_write(struct book *book, const struct derived *derived, GError **error)
{
    for (guint i = 0; i < derived->traits->len; i++) {
        const struct derived_trait *trait =
            &g_array_index(derived->traits, struct derived_trait, i);
        if (!DB_EXEC(book->tx, &trait_put, error, DB_INT(book->account_id), DB_TEXT(trait->kind),
                     DB_TEXT(trait->value), DB_INT(derived->row.person_id),
                     DB_TEXT(trait->label))) {
            return false;
        }
    }
    return true;
}

DB_QUERY2(search_delete,
          "DELETE FROM person_search WHERE rowid = $2 + " SEARCH_PART " AND account_id = $1",
          "DELETE FROM person_search WHERE account_id = $1 AND person_id = $2");
DB_QUERY2(search_put,
          "INSERT INTO person_search (account_id, rowid, words) VALUES ($1, $2 + " SEARCH_PART ", $3)",
          "INSERT INTO person_search (account_id, person_id, words) VALUES ($1, $2, "
          "to_tsvector('simple', $3))");

bool person_index_clear(struct book *book, int64_t person_id, GError **error)
{
    return person_keys_remove(book, person_id, error) &&
           DB_EXEC(book->tx, &search_delete, error, DB_INT(book->account_id), DB_INT(person_id));
}

bool person_index_write(struct book *book, const struct derived *derived, const GArray *member_ids,
                        GError **error)
{
    for (guint i = 0; i < member_ids->len; i++) {
        if (!person_index_clear(book, g_array_index(member_ids, int64_t, i), error)) {
            return false;
        }
    }
    return idents_write(book, derived, error) && traits_write(book, derived, error) &&
           person_keys_write(book, derived, member_ids, error) &&
           DB_EXEC(book->tx, &search_put, error, DB_INT(book->account_id),
                   DB_INT(derived->row.person_id), DB_TEXT(derived->words->str));
}

bool person_words_write(struct book *book, const struct derived *derived, GError **error)
{
    return DB_EXEC(book->tx, &search_delete, error, DB_INT(book->account_id),
                   DB_INT(derived->row.person_id)) &&
           DB_EXEC(book->tx, &search_put, error, DB_INT(book->account_id),
                   DB_INT(derived->row.person_id), DB_TEXT(derived->words->str));
}
