/* Opening a store: the engine and the schema's migrations together. */
#ifndef LIGATURE_MODEL_STORE_H
#define LIGATURE_MODEL_STORE_H

#include "db/db.h"

/* url: a path of a SQLite file, or postgresql://... The schema is brought up to date. NULL and
 * *error on failure. */
struct db *store_open(const char *url, int readers, GError **error);

/* Written by the build from src/model/migration/ (tools/migrations). */
extern const struct db_migration store_migrations[];
extern const int n_store_migrations;

#endif
