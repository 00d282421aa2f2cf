/* All tables of an account as a list, for verify and export: their description, reading them whole,
 * putting a row back. */
#ifndef LIGATURE_MODEL_TABLE_H
#define LIGATURE_MODEL_TABLE_H

#include "model/noun.h"

struct table {
    const struct noun *noun;
    const struct db_query *all; /* $1 account: every column, by key */
    const struct db_query *put; /* every column as $1 ...; NULL: not put back */
    bool has_digest;
    bool is_exported; /* secrets and what ends by itself stay behind */
};
extern const struct table tables[];
extern const int n_tables;

/* "person 0abc..., set 0abd..." for the key columns of a row. New string. */
char *table_key(const struct noun *noun, const struct db_value *values);

#endif
