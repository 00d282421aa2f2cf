/* Growing half of the statement cache; the finding half is inline in the header. */
#include "db/db_cache.h"

static void put(struct db_cache *cache, const struct db_query *query, void *statement)
{
    unsigned at = db_cache_hash(query) & (cache->n_slots - 1);
    while (cache->slots[at].query != NULL) {
        at = (at + 1) & (cache->n_slots - 1);
    }
    cache->slots[at] = (struct db_cache_slot){.query = query, .statement = statement};
}

void db_cache_add(struct db_cache *cache, const struct db_query *query, void *statement)
{
    if (cache->n_used * 2 >= cache->n_slots) {
        struct db_cache old = *cache;
        cache->n_slots = old.n_slots == 0 ? 64 : old.n_slots * 2;
        cache->slots = g_new0(struct db_cache_slot, cache->n_slots);
        for (unsigned i = 0; i < old.n_slots; i++) {
            if (old.slots[i].query != NULL) {
                put(cache, old.slots[i].query, old.slots[i].statement);
            }
        }
        g_free(old.slots);
    }
    put(cache, query, statement);
    cache->n_used++;
}

void db_cache_each(struct db_cache *cache, void (*each)(void *statement))
{
    for (unsigned i = 0; i < cache->n_slots; i++) {
        if (cache->slots[i].query != NULL) {
            each(cache->slots[i].statement);
        }
    }
}

void db_cache_clear(struct db_cache *cache)
{
    g_free(cache->slots);
    *cache = (struct db_cache){0};
}
