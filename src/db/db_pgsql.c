/* The PostgreSQL engine. */
#include "db/db_driver.h"

#include "base/error.h"

struct db *db_pgsql_open(const char *url, int readers, GError **error)
{
    refuse(error, "store.engine", "This program was built without PostgreSQL; \"%s\" cannot be opened.", url);
    return NULL;
}
