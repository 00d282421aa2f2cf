/* Rows of the small lists (goal, dates, pursuits, favours, practice, notebook, refusals, weeks),
 * written and taken back by their description: one reverse step for all of them. */
#ifndef LIGATURE_MODEL_NOUN_ROW_H
#define LIGATURE_MODEL_NOUN_ROW_H

#include "model/change.h"
#include "model/noun.h"

/* Writes a row whole, new or in place of the one with its key. Values in column order; account and
 * digest are filled in. What was there goes to the log. */
bool noun_row_put(struct book *book, const struct noun *noun, struct db_value *values,
                  struct change_log *log, GError **error);
/* Takes the row of the key away for good (undo brings it back); nothing there: nothing happens.
 * key: the noun's key columns after the account. */
bool noun_row_remove(struct book *book, const struct noun *noun, const struct db_value *key,
                     struct change_log *log, GError **error);
/* Sets deleted_at to now. *found_out false: no such row, or deleted before. */
bool noun_row_delete(struct book *book, const struct noun *noun, int64_t id, struct change_log *log,
                     bool *found_out, GError **error);
/* The row of a key, to be read by column name. */
db_rows *noun_row_select(struct book *book, const struct noun *noun, const struct db_value *key,
                         GError **error);
/* Reverse step {"undo":"row","table":"goal","key":[...],"row":[...] or null}. */
bool noun_row_undo(struct book *book, const json_t *reverse, GError **error);

/* All rows of an account in these tables. */
bool noun_row_clear(struct db_tx *tx, int64_t account_id, GError **error);
/* Rows deleted until `limit`, and the changes that could bring them back. */
bool noun_row_erase_due(struct book *book, int64_t limit, GError **error);

/* Values: NULL for "none". */
static inline struct db_value noun_number(int64_t number)
{
    return number < 0 ? DB_NULL : DB_INT(number);
}
static inline struct db_value noun_id(int64_t id)
{
    return id == 0 ? DB_NULL : DB_INT(id);
}
/* Nothing of ours happens on 1 January 1970: a day left at zero is none. */
static inline struct db_value noun_day(int32_t day)
{
    return day <= 0 ? DB_NULL : DB_INT(day);
}
static inline struct db_value noun_words(const char *words)
{
    return words == NULL || words[0] == '\0' ? DB_NULL : DB_TEXT(words);
}
/* And back: -1 for NULL. */
static inline int64_t noun_number_of(db_rows *rows, const char *column)
{
    return db_is_null(rows, column) ? -1 : db_int(rows, column);
}

#endif
