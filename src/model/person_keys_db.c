/* The keys of a person: which rows of ident and trait are theirs, written beside the person. Both
 * tables are in the order that they are asked in, by value; without the keys each would need a
 * second index by person, which costs an import more than everything else of those rows. */
#include "model/person_part.h"

#include <string.h>

void person_keys_clear(struct person_keys *keys)
{
    json_decref(keys->json);
    *keys = (struct person_keys){0};
}

size_t person_keys_count(const struct person_keys *keys)
{
    return json_array_size(keys->json) / 2;
}

struct person_key person_keys_at(const struct person_keys *keys, size_t i)
{
    const char *kind = json_string_value(json_array_get(keys->json, 2 * i));
    const char *value = json_string_value(json_array_get(keys->json, 2 * i + 1));
    return (struct person_key){.kind = kind != NULL ? kind : "",
                               .value = value != NULL ? value : "",
                               .is_ident = ident_kind_parse(kind) != IDENT_NONE};
}

bool person_keys_has(const struct person_keys *keys, const char *kind, const char *value)
{
    for (size_t i = 0; i < person_keys_count(keys); i++) {
        struct person_key key = person_keys_at(keys, i);
        if (strcmp(key.kind, kind) == 0 && strcmp(key.value, value) == 0) {
            return true;
        }
    }
    return false;
}

bool person_keys_parse(const char *text, struct person_keys *keys_out)
{
    *keys_out = (struct person_keys){.json = text == NULL ? NULL : json_loads(text, 0, NULL)};
    return text == NULL || json_is_array(keys_out->json);
}

DB_QUERY(keys_of_person, "SELECT keys FROM person WHERE account_id = $1 AND person_id = $2");

bool person_keys_load(struct book *book, int64_t person_id, struct person_keys *keys_out,
                      GError **error)
{
    *keys_out = (struct person_keys){0};
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &keys_of_person, error, DB_INT(book->account_id), DB_INT(person_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0 && !person_keys_parse(db_text(rows, "keys"), keys_out)) {
        return bug(error, "person.damaged",
                   "The keys of a person cannot be read; run `ligature verify`.");
    }
    return state >= 0;
}

/* ---- writing ---- */

static void append_key(GString *text, const char *kind, const char *value)
{
    g_string_append_len(text, text->len > 0 ? ",\"" : "[\"", 2);
    g_string_append(text, kind);
    g_string_append_len(text, "\",", 2);
    facts_encode_text(value, text);
}

void person_keys_encode(const struct derived *derived, int64_t person_id, GString *text)
{
    g_string_truncate(text, 0);
    for (guint i = 0; i < derived->idents->len; i++) {
        const struct derived_ident *ident =
            &g_array_index(derived->idents, struct derived_ident, i);
        if (ident->person_id == person_id) {
            append_key(text, ident_kind_text(ident->kind), ident->value);
        }
    }
    for (guint i = 0; person_id == derived->row.person_id && i < derived->traits->len; i++) {
        const struct derived_trait *trait =
            &g_array_index(derived->traits, struct derived_trait, i);
        append_key(text, trait->kind, trait->value);
    }
    if (text->len > 0) {
        g_string_append_c(text, ']');
    }
}

DB_QUERY(keys_put, "UPDATE person SET keys = $3 WHERE account_id = $1 AND person_id = $2");

bool person_keys_write(struct book *book, const struct derived *derived, const GArray *member_ids,
                       GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < member_ids->len; i++) {
        int64_t person_id = g_array_index(member_ids, int64_t, i);
        person_keys_encode(derived, person_id, text);
        if (!DB_EXEC(book->tx, &keys_put, error, DB_INT(book->account_id), DB_INT(person_id),
                     DB_TEXT(text->len > 0 ? text->str : NULL))) {
            return false;
        }
    }
    return true;
}

DB_QUERY(ident_remove, "DELETE FROM ident WHERE account_id = $1 AND person_id = $2 AND kind = $3 "
                       "AND value = $4");
DB_QUERY(trait_remove, "DELETE FROM trait WHERE account_id = $1 AND person_id = $2 AND kind = $3 "
                       "AND value = $4");

bool person_keys_remove(struct book *book, int64_t person_id, GError **error)
{
    struct person_keys keys;
    if (!person_keys_load(book, person_id, &keys, error)) {
        return false;
    }
    bool is_done = true;
    for (size_t i = 0; i < person_keys_count(&keys) && is_done; i++) {
        struct person_key key = person_keys_at(&keys, i);
        is_done = DB_EXEC(book->tx, key.is_ident ? &ident_remove : &trait_remove, error,
                          DB_INT(book->account_id), DB_INT(person_id), DB_TEXT(key.kind),
                          DB_TEXT(key.value));
    }
    is_done = is_done && (keys.json == NULL ||
                          DB_EXEC(book->tx, &keys_put, error, DB_INT(book->account_id),
                                  DB_INT(person_id), DB_NULL));
    person_keys_clear(&keys);
    return is_done;
}
