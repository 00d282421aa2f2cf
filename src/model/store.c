/* Opening a store. The list of migrations is written by the build. */
#include "model/store.h"

struct db *store_open(const char *url, int readers, GError **error)
{
    struct db *db = db_open(url, readers, error);
    if (db == NULL) {
        return NULL;
    }
    if (!db_migrate(db, store_migrations, n_store_migrations, error)) {
        db_close(db);
        return NULL;
    }
    return db;
}
