/* A fixed number of connections lent to one thread at a time, made when first needed. The last one
 * given back is lent first: its caches are warm. */
#ifndef LIGATURE_DB_DB_POOL_H
#define LIGATURE_DB_DB_POOL_H

#include <glib.h>
#include <stdbool.h>

struct db_pool;

/* make: opens one connection, NULL and *error on failure; destroy: closes it. Both get or borrow
 * context. */
struct db_pool *db_pool_new(int size, void *(*make)(void *context, GError **error),
                            void (*destroy)(void *item), void *context);
/* Every connection must have been given back. */
void db_pool_free(struct db_pool *pool);

/* Waits for a free connection. NULL and *error when one could not be made. */
void *db_pool_take(struct db_pool *pool, GError **error);
void db_pool_give(struct db_pool *pool, void *item);

/* True when the calling thread holds a connection of this pool. */
bool db_pool_is_mine(struct db_pool *pool);

#endif
