/* A store of one's own for a test: a SQLite file in a new folder, or a new schema in the PostgreSQL
 * that the environment names (LIGATURE_TEST_PG, made by tools/pg-scratch). Tests of every rank use
 * it; the program never does. */
#ifndef LIGATURE_DB_DB_SCRATCH_H
#define LIGATURE_DB_DB_SCRATCH_H

#include "db/db.h"

struct db_scratch {
    char *url;    /* for db_open */
    char *folder; /* SQLite: the folder that holds the file "store"; NULL otherwise */
    char *schema; /* PostgreSQL; NULL otherwise */
};

/* False for PostgreSQL when LIGATURE_TEST_PG is unset: a test program leaves its tests on
 * PostgreSQL out then, and says so (cmocka's own skip() writes "not ok", which meson counts as a
 * failure). */
bool db_scratch_has(enum db_engine engine);
/* Aborts when it cannot be made. */
void db_scratch_new(struct db_scratch *scratch, enum db_engine engine);
/* Removes the store; every struct db on it must be closed. */
void db_scratch_clear(struct db_scratch *scratch);

#endif
