/* A bounded queue and its threads. A place is reserved before the connection is suspended, so
 * that a full queue is known while the request can still be refused; queue and reserved places
 * together never exceed queue_max. */
#include "net/http_pool.h"

#include "net/http_inner.h"

struct http_pool {
    GMutex lock;  /* of all below */
    GCond work;   /* something to do, or closing */
    GCond ended;  /* a thread ended */
    GQueue queue; /* of struct http_request, borrowed */
    int queue_max;
    int reserved;
    int working;
    int running; /* threads */
    bool is_closing;
    struct http_hooks hooks;
    void (*done)(struct http_request *request);
    GPtrArray *threads;
};

static gpointer work(gpointer data)
{
    struct http_pool *pool = data;
    void *worker =
        pool->hooks.worker_start == NULL ? NULL : pool->hooks.worker_start(pool->hooks.data);

    g_mutex_lock(&pool->lock);
    for (;;) {
        struct http_request *request = g_queue_pop_head(&pool->queue);
        if (request == NULL) {
            if (pool->is_closing) {
                break;
            }
            g_cond_wait(&pool->work, &pool->lock);
            continue;
        }
        pool->working++;
        g_mutex_unlock(&pool->lock);
        request->worker = worker;
        pool->hooks.work(request, &request->response, pool->hooks.data);
        pool->done(request);
        g_mutex_lock(&pool->lock);
        pool->working--;
    }
    g_mutex_unlock(&pool->lock);
    if (pool->hooks.worker_stop != NULL) {
        pool->hooks.worker_stop(worker, pool->hooks.data);
    }
    g_mutex_lock(&pool->lock);
    pool->running--;
    g_cond_broadcast(&pool->ended);
    g_mutex_unlock(&pool->lock);
    return NULL;
}

struct http_pool *http_pool_new(int threads, int queue_max, const struct http_hooks *hooks,
                                void (*done)(struct http_request *request))
{
    struct http_pool *pool = g_new0(struct http_pool, 1);

    g_mutex_init(&pool->lock);
    g_cond_init(&pool->work);
    g_cond_init(&pool->ended);
    g_queue_init(&pool->queue);
    pool->queue_max = queue_max;
    pool->hooks = *hooks;
    pool->done = done;
    pool->threads = g_ptr_array_new();
    pool->running = threads;
    for (int i = 0; i < threads; i++) {
        g_ptr_array_add(pool->threads, g_thread_new("http-worker", work, pool));
    }
    return pool;
}

bool http_pool_reserve(struct http_pool *pool)
{
    bool ok;

    g_mutex_lock(&pool->lock);
    /* a free worker's next job is not queued for long, and does not count */
    ok = !pool->is_closing
         && (int)pool->queue.length + pool->reserved
                < pool->queue_max + (int)pool->threads->len - pool->working;
    pool->reserved += ok;
    g_mutex_unlock(&pool->lock);
    return ok;
}

void http_pool_push(struct http_pool *pool, struct http_request *request)
{
    g_mutex_lock(&pool->lock);
    pool->reserved--;
    g_queue_push_tail(&pool->queue, request);
    g_cond_signal(&pool->work);
    g_mutex_unlock(&pool->lock);
}

void http_pool_close(struct http_pool *pool, void (*each)(struct http_request *request))
{
    GQueue left;
    struct http_request *request;

    g_mutex_lock(&pool->lock);
    pool->is_closing = true;
    left = pool->queue;
    g_queue_init(&pool->queue);
    g_cond_broadcast(&pool->work);
    g_mutex_unlock(&pool->lock);
    while ((request = g_queue_pop_head(&left)) != NULL) {
        each(request);
    }
}

bool http_pool_join(struct http_pool *pool, int64_t until_us)
{
    bool is_over;

    g_mutex_lock(&pool->lock);
    while (pool->running > 0 && g_cond_wait_until(&pool->ended, &pool->lock, until_us)) {
    }
    is_over = pool->running == 0;
    g_mutex_unlock(&pool->lock);
    if (is_over) {
        for (guint i = 0; i < pool->threads->len; i++) {
            g_thread_join(g_ptr_array_index(pool->threads, i));
        }
        g_ptr_array_set_size(pool->threads, 0);
    }
    return is_over;
}

void http_pool_free(struct http_pool *pool)
{
    if (pool == NULL) {
        return;
    }
    g_ptr_array_unref(pool->threads);
    g_queue_clear(&pool->queue);
    g_cond_clear(&pool->work);
    g_cond_clear(&pool->ended);
    g_mutex_clear(&pool->lock);
    g_free(pool);
}

void http_pool_count(const struct http_pool *pool, int *queued_out, int *working_out)
{
    struct http_pool *locked = (struct http_pool *)pool;

    g_mutex_lock(&locked->lock);
    *queued_out = (int)pool->queue.length;
    *working_out = pool->working;
    g_mutex_unlock(&locked->lock);
}
