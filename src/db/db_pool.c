/* Pool of connections. Slots [0, n_idle) of `idle` are free; owners are kept so that a nested
 * transaction is found before it can wait for itself. */
#include "db/db_pool.h"

struct slot {
    void *item;     /* owned; NULL: not made yet */
    GThread *owner; /* NULL: free */
};

struct db_pool {
    GMutex lock;
    GCond freed;
    void *(*make)(void *context, GError **error);
    void (*destroy)(void *item);
    void *context; /* borrowed */
    int size;
    int n_idle;
    struct slot **idle; /* a stack */
    struct slot *slots;
};

struct db_pool *db_pool_new(int size, void *(*make)(void *context, GError **error),
                            void (*destroy)(void *item), void *context)
{
    struct db_pool *pool = g_new0(struct db_pool, 1);
    g_mutex_init(&pool->lock);
    g_cond_init(&pool->freed);
    pool->make = make;
    pool->destroy = destroy;
    pool->context = context;
    pool->size = size;
    pool->n_idle = size;
    pool->idle = g_new0(struct slot *, size);
    pool->slots = g_new0(struct slot, size);
    for (int i = 0; i < size; i++) {
        pool->idle[i] = &pool->slots[size - 1 - i];
    }
    return pool;
}

void db_pool_free(struct db_pool *pool)
{
    if (pool == NULL) {
        return;
    }
    g_mutex_lock(&pool->lock);
    while (pool->n_idle < pool->size) {
        g_cond_wait(&pool->freed, &pool->lock);
    }
    g_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->size; i++) {
        if (pool->slots[i].item != NULL) {
            pool->destroy(pool->slots[i].item);
        }
    }
    g_mutex_clear(&pool->lock);
    g_cond_clear(&pool->freed);
    g_free(pool->idle);
    g_free(pool->slots);
    g_free(pool);
}

static void slot_release(struct db_pool *pool, struct slot *slot)
{
    g_mutex_lock(&pool->lock);
    slot->owner = NULL;
    pool->idle[pool->n_idle++] = slot;
    g_cond_signal(&pool->freed);
    g_mutex_unlock(&pool->lock);
}

void *db_pool_take(struct db_pool *pool, GError **error)
{
    g_mutex_lock(&pool->lock);
    while (pool->n_idle == 0) {
        g_cond_wait(&pool->freed, &pool->lock);
    }
    struct slot *slot = pool->idle[--pool->n_idle];
    slot->owner = g_thread_self();
    g_mutex_unlock(&pool->lock);

    if (slot->item == NULL) {
        slot->item = pool->make(pool->context, error);
    }
    if (slot->item == NULL) {
        slot_release(pool, slot);
        return NULL;
    }
    return slot->item;
}

void db_pool_give(struct db_pool *pool, void *item)
{
    for (int i = 0; i < pool->size; i++) {
        if (pool->slots[i].item == item) {
            slot_release(pool, &pool->slots[i]);
            return;
        }
    }
    g_error("a connection was given back to a pool it is not from");
}

bool db_pool_is_mine(struct db_pool *pool)
{
    GThread *self = g_thread_self();
    bool is_mine = false;
    g_mutex_lock(&pool->lock);
    for (int i = 0; i < pool->size; i++) {
        is_mine = is_mine || pool->slots[i].owner == self;
    }
    g_mutex_unlock(&pool->lock);
    return is_mine;
}
