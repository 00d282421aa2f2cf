/* Between the person_*.c files of this folder. */
#ifndef LIGATURE_MODEL_PERSON_PART_H
#define LIGATURE_MODEL_PERSON_PART_H

#include "model/derive.h"
#include "model/noun.h"
#include "model/person.h"

#include <jansson.h>

/* In a query: the ids of person $2 of account $1 and of those merged into them. Two halves on
 * purpose: each has its index. */
#define PERSON_WHOLE                                                                         \
    "(SELECT m.person_id FROM person m WHERE m.account_id = $1 AND m.person_id = $2 "        \
    "UNION ALL SELECT m.person_id FROM person m WHERE m.account_id = $1 AND m.root_id = $2 " \
    "AND m.root_id <> m.person_id)"

/* SQLite's full-text table knows a row by its rowid alone, and two accounts may hold people of the
 * same ids: rowid = person_id + this part of the account $1. It keeps the order of ids, as such a
 * table is written fastest in ascending order, and cannot overflow before the year 2140. */
#define SEARCH_PART "(($1 & 536870911) << 31)"

/* Columns read for every list row. */
void person_row_read(db_rows *rows, const struct book *book, GStringChunk *text,
                     struct person_row *row_out);

/* Itself first, then those merged into it. Appends int64_t. */
bool person_members(struct book *book, int64_t root_id, GArray *member_ids_out, GError **error);
/* The account's own person; 0 when the account is not there. */
bool person_self_id(struct book *book, int64_t *self_id_out, GError **error);

/* Writes the row: a new one, or all but the marked columns and the keys of an old one. */
bool person_row_write(struct book *book, const struct person_row *row, GError **error);
/* The same for a person that is not there yet; nothing of what was written before is flushed by it.
 */
bool person_row_insert(struct book *book, const struct person_row *row, const char *keys,
                       GError **error);
/* Which rows of ident and trait are a person's own: the column `keys`. */
struct person_keys {
    json_t *json; /* ["email", "a@b.example", "org", "northquay general", ...]; NULL: none */
};
struct person_key {
    const char *kind; /* borrowed from the keys */
    const char *value;
    bool is_ident; /* else a trait */
};
/* keys_out is cleared by the caller, also after a failure. No such person: none. */
bool person_keys_load(struct book *book, int64_t person_id, struct person_keys *keys_out,
                      GError **error);
/* The same from the column's text (NULL: none); false when it cannot be read. */
bool person_keys_parse(const char *text, struct person_keys *keys_out);
void person_keys_clear(struct person_keys *keys);
size_t person_keys_count(const struct person_keys *keys);
struct person_key person_keys_at(const struct person_keys *keys, size_t i);
bool person_keys_has(const struct person_keys *keys, const char *kind, const char *value);
/* What the column says of one of the derived members; empty: NULL is to be written. */
void person_keys_encode(const struct derived *derived, int64_t person_id, GString *text);
bool person_keys_write(struct book *book, const struct derived *derived, const GArray *member_ids,
                       GError **error);
/* Takes the rows away that the keys name, and the keys. */
bool person_keys_remove(struct book *book, int64_t person_id, GError **error);

/* Replaces identifiers of the members, traits and search words of the root. */
bool person_index_write(struct book *book, const struct derived *derived, const GArray *member_ids,
                        GError **error);
/* Search words again, after more were added. */
bool person_words_write(struct book *book, const struct derived *derived, GError **error);
/* Takes identifiers, traits and search words of a person away (merged into another, or erased: while
 * the row is there). */
bool person_index_clear(struct book *book, int64_t person_id, GError **error);

/* How things stand between you: fills tie ... due_day of the row; is_self, do_not_contact,
 * created_at are read from it. Appends the notes of touches to words (NULL: not wanted). */
bool standing_load(struct book *book, const GArray *member_ids, struct person_row *row,
                   GString *words, GError **error);
/* Cadence that holds, for standing_load: found_out false when none. */
struct standing_cadence {
    int every_days;
    int32_t until_day;
    int32_t from_day;
    bool is_paused;
};

#endif
