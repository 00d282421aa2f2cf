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
    /* Of tables that model/noun_row.h writes; NULL: the noun has its own statements. */
    const struct db_query *one;    /* $1 account, $2 ... key: every column */
    const struct db_query *remove; /* $1 account, $2 ... key */
    const struct db_query *clear;  /* $1 account: the whole of it */
    int deleted_column;            /* of deleted_at; 0: rows go at once */
    int kept_from, kept_to;        /* columns an undo leaves as they are now; 0: none */
    bool is_optional; /* came after the first release: an older export goes without */
};
extern const struct table tables[];
extern const int n_tables;

const struct table *table_of(const struct noun *noun);

/* "person 0abc..., set 0abd..." for the key columns of a row. New string. */
char *table_key(const struct noun *noun, const struct db_value *values);

#endif
