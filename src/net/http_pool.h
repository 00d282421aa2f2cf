/* Worker threads and the bounded queue before them. Inside net/ only. */
#ifndef LIGATURE_NET_HTTP_POOL_H
#define LIGATURE_NET_HTTP_POOL_H

#include "net/http_server.h"

struct http_pool;
struct http_pool *http_pool_new(int threads, int queue_max, const struct http_hooks *hooks,
                                void (*done)(struct http_request *request));
/* A place in the queue, to be filled by push; false: full or closing. Between the two the
 * connection is suspended. */
bool http_pool_reserve(struct http_pool *pool);
void http_pool_push(struct http_pool *pool, struct http_request *request);
/* Takes everything that nobody works on yet out of the queue, calling each; new ones are not
 * accepted any more. */
void http_pool_close(struct http_pool *pool, void (*each)(struct http_request *request));
/* After close: waits until `until_us` for the threads to end. False: some still work, the pool
 * must be left. */
bool http_pool_join(struct http_pool *pool, int64_t until_us);
void http_pool_free(struct http_pool *pool);        /* joined before */
void http_pool_count(const struct http_pool *pool, int *queued_out, int *working_out);

#endif
