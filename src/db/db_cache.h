/* Prepared statements of one connection, found by the address of their query: a hash table with
 * open addressing. */
#ifndef LIGATURE_DB_DB_CACHE_H
#define LIGATURE_DB_DB_CACHE_H

#include "db/db.h"

struct db_cache {
    struct db_cache_slot {
        const struct db_query *query;
        void *statement;
    } * slots;
    unsigned n_slots; /* 0 or a power of two, at most half full */
    unsigned n_used;
};

static inline unsigned db_cache_hash(const struct db_query *query)
{
    return (unsigned)(((uintptr_t)query >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

/* The statement put for query, NULL when there is none. */
static inline void *db_cache_find(const struct db_cache *cache, const struct db_query *query)
{
    if (cache->n_slots == 0) {
        return NULL;
    }
    unsigned mask = cache->n_slots - 1;
    for (unsigned at = db_cache_hash(query) & mask; cache->slots[at].query != NULL;
         at = (at + 1) & mask) {
        if (cache->slots[at].query == query) {
            return cache->slots[at].statement;
        }
    }
    return NULL;
}

/* query must not be there yet. */
void db_cache_add(struct db_cache *cache, const struct db_query *query, void *statement);
void db_cache_each(struct db_cache *cache, void (*each)(void *statement));
/* Frees the table, not the statements. */
void db_cache_clear(struct db_cache *cache);

#endif
