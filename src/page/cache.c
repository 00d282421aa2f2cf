/* Pages kept as bytes, so that an unchanged page is answered without a worker and without the
 * store.
 *
 * A page may be shown as long as nothing was written since before it was made. Writes of this
 * process call cache_forget; writes of other processes (the command line beside the server) are
 * seen in the store's journal: each commit appends to FILE-wal or rewrites it, so its time or size
 * differ. Times move in steps of a few milliseconds, and a commit is seen by readers a little after
 * it was written, so a page made shortly after a write could hide it for good; such a page is kept
 * for DOUBT_US only, every other for KEEP_US.
 *
 * A store on a server has no journal to look at. There a page is found by a worker, after the
 * session and its account were read as for every page: the account's revision is in that row and
 * stands for the journal (cache_find_as), so it costs no statement more and is never in doubt.
 *
 * A page that is missing is made once: who asks for it meanwhile waits for it. Else all the
 * connections of a busy hour would make the same page at the same time whenever it runs out. */
#include "page/site.h"

#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"

#define KEEP_US (60 * G_USEC_PER_SEC)
#define DOUBT_US (5 * G_USEC_PER_SEC)
#define QUIET_US (10 * G_USEC_PER_SEC) /* so long after a write there is no doubt */
#define WAIT_US (2 * G_USEC_PER_SEC)
#define BYTES_MAX (8 * 1024 * 1024)
#define PAGE_MAX (512 * 1024)

struct entry {
    struct cache_stamp stamp;
    int64_t until_us; /* monotonic */
    GBytes *page;
    char etag[DIGEST_TEXT];
};

struct cache {
    GMutex lock;
    GHashTable *entries; /* key -> struct entry */
    GHashTable *making;  /* keys of pages that a worker is making */
    GCond made;          /* with lock: something left making */
    unsigned n_waiting;
    _Atomic uint64_t day; /* second << 32 | day, of the last look at the clock */
    size_t bytes;
    uint64_t generation; /* under lock */
    char *journal;
    const struct clock *clock;
};

static void entry_free(void *data)
{
    struct entry *entry = data;
    g_bytes_unref(entry->page);
    g_free(entry);
}

struct cache *cache_new(const char *store_file, const struct clock *clock)
{
    struct cache *cache = g_new0(struct cache, 1);
    g_mutex_init(&cache->lock);
    cache->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
    cache->making = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_cond_init(&cache->made);
    cache->journal = store_file != NULL ? g_strconcat(store_file, "-wal", NULL) : NULL;
    cache->clock = clock;
    return cache;
}

void cache_free(struct cache *cache)
{
    if (cache == NULL) {
        return;
    }
    g_hash_table_unref(cache->entries);
    g_hash_table_unref(cache->making);
    g_cond_clear(&cache->made);
    g_mutex_clear(&cache->lock);
    g_free(cache->journal);
    g_free(cache);
}

static void drop_all(struct cache *cache)
{
    g_hash_table_remove_all(cache->entries);
    cache->bytes = 0;
}

void cache_forget(struct cache *cache)
{
    g_mutex_lock(&cache->lock);
    cache->generation++;
    drop_all(cache);
    g_mutex_unlock(&cache->lock);
}

/* The time zone is read anew for each day that is asked for; once a second is enough. */
static int32_t day_now(struct cache *cache)
{
    uint32_t second = (uint32_t)(clock_now(cache->clock) / US_PER_SECOND);
    uint64_t known = cache->day;
    if (known >> 32 != second) {
        known = (uint64_t)second << 32 | (uint32_t)clock_today(cache->clock);
        cache->day = known;
    }
    return (int32_t)(uint32_t)known;
}

static void look_outside(struct cache *cache, struct cache_stamp *stamp)
{
    struct stat journal;
    if (cache->journal != NULL && stat(cache->journal, &journal) == 0) {
        stamp->written_ns = (int64_t)journal.st_mtim.tv_sec * 1000000000 + journal.st_mtim.tv_nsec;
        stamp->size = journal.st_size;
    }
    stamp->day = day_now(cache);
}

void cache_stamp(struct cache *cache, struct cache_stamp *stamp_out)
{
    *stamp_out = (struct cache_stamp){.begun_us = g_get_real_time()};
    look_outside(cache, stamp_out);
    g_mutex_lock(&cache->lock);
    stamp_out->generation = cache->generation;
    g_mutex_unlock(&cache->lock);
}

static bool is_same(const struct cache_stamp *one, const struct cache_stamp *other)
{
    return one->generation == other->generation && one->written_ns == other->written_ns &&
           one->size == other->size && one->day == other->day;
}

/* New reference, NULL when nothing valid is kept. Under the lock; now is as of now. */
static GBytes *find_valid(const struct cache *cache, const char *key, struct cache_stamp *now,
                          char etag_out[static DIGEST_TEXT])
{
    now->generation = cache->generation;
    const struct entry *entry = g_hash_table_lookup(cache->entries, key);
    if (entry == NULL || !is_same(&entry->stamp, now) ||
        g_get_monotonic_time() >= entry->until_us) {
        return NULL;
    }
    memcpy(etag_out, entry->etag, sizeof entry->etag);
    return g_bytes_ref(entry->page);
}

GBytes *cache_find(struct cache *cache, const char *key, char etag_out[static 40])
{
    struct cache_stamp now = {0};
    look_outside(cache, &now);
    g_mutex_lock(&cache->lock);
    GBytes *page = find_valid(cache, key, &now, etag_out);
    g_mutex_unlock(&cache->lock);
    return page;
}

GBytes *cache_find_as(struct cache *cache, const char *key, const struct cache_stamp *stamp,
                      char etag_out[static 40])
{
    struct cache_stamp now = *stamp;
    g_mutex_lock(&cache->lock);
    GBytes *page = find_valid(cache, key, &now, etag_out);
    g_mutex_unlock(&cache->lock);
    return page;
}

GBytes *cache_claim(struct cache *cache, const char *key, char etag_out[static 40],
                    bool *is_mine_out)
{
    int64_t until = g_get_monotonic_time() + WAIT_US;
    struct cache_stamp now = {0};
    look_outside(cache, &now);
    g_mutex_lock(&cache->lock);
    GBytes *page = find_valid(cache, key, &now, etag_out);
    *is_mine_out = page == NULL && g_hash_table_add(cache->making, g_strdup(key));
    if (page == NULL && !*is_mine_out) {
        cache->n_waiting++;
        while (g_hash_table_contains(cache->making, key) &&
               g_cond_wait_until(&cache->made, &cache->lock, until)) {
        }
        cache->n_waiting--;
        look_outside(cache, &now);
        page = find_valid(cache, key, &now, etag_out);
    }
    g_mutex_unlock(&cache->lock);
    return page;
}

void cache_release(struct cache *cache, const char *key)
{
    g_mutex_lock(&cache->lock);
    g_hash_table_remove(cache->making, key);
    g_cond_broadcast(&cache->made);
    g_mutex_unlock(&cache->lock);
}

unsigned cache_n_waiting(struct cache *cache)
{
    g_mutex_lock(&cache->lock);
    unsigned n = cache->n_waiting;
    g_mutex_unlock(&cache->lock);
    return n;
}

int64_t cache_left_us(struct cache *cache, const char *key)
{
    g_mutex_lock(&cache->lock);
    const struct entry *entry = g_hash_table_lookup(cache->entries, key);
    int64_t left = entry != NULL ? entry->until_us - g_get_monotonic_time() : 0;
    g_mutex_unlock(&cache->lock);
    return MAX(left, 0);
}

/* When the page was begun the last write was long ago, so that any later one has another time. */
static bool is_quiet(const struct cache_stamp *stamp)
{
    return stamp->begun_us - stamp->written_ns / 1000 > QUIET_US;
}

void cache_keep(struct cache *cache, const char *key, const struct cache_stamp *stamp, GBytes *page)
{
    size_t length;
    const void *bytes = g_bytes_get_data(page, &length);
    if (length > PAGE_MAX) {
        return;
    }
    struct entry *entry = g_new0(struct entry, 1);
    entry->stamp = *stamp;
    entry->until_us = g_get_monotonic_time() + (is_quiet(stamp) ? KEEP_US : DOUBT_US);
    entry->page = g_bytes_ref(page);
    uint8_t digest[DIGEST_LEN];
    digest_bytes(bytes, length, digest);
    digest_format(digest, entry->etag);
    g_mutex_lock(&cache->lock);
    if (cache->bytes + length > BYTES_MAX) {
        drop_all(cache);
    }
    const struct entry *before = g_hash_table_lookup(cache->entries, key);
    cache->bytes -= before != NULL ? g_bytes_get_size(before->page) : 0;
    cache->bytes += length;
    g_hash_table_replace(cache->entries, g_strdup(key), entry);
    g_mutex_unlock(&cache->lock);
}

char *cache_key(const struct site *site, const struct http_request *request)
{
    const char *cookie = http_request_cookie(request, session_cookie_name(site));
    bool is_get = http_request_is(request, "GET") || http_request_is(request, "HEAD");
    if (site->cache == NULL || cookie == NULL || !is_get || flash_is_waiting(request)) {
        return NULL;
    }
    const char *target = http_request_header(request, "HX-Target");
    return g_strdup_printf("%s %d %s %s %s", cookie, http_request_is_loopback(request),
                           http_request_header(request, "HX-Request") != NULL ? "hx" : "",
                           target != NULL ? target : "", http_request_target(request));
}
