/* Counters of wrong tries, one per name and one per address, in one bounded table. A name and an
 * address have to be free both, so guessing one name from many addresses is slowed as well as
 * guessing many names from one. */
#include "model/attempt.h"

#include <string.h>

#define FREE_TRIES 5
#define FIRST_WAIT 15 /* seconds */
#define LONGEST_WAIT 3600
#define FORGET_AFTER (3600 * US_PER_SECOND)
#define MAX_ENTRIES 20000

struct entry {
    int n_failed;
    int64_t last_at;
};

struct attempts {
    const struct clock *clock;
    GMutex lock;
    GHashTable *entries; /* "n:name", "a:address" -> struct entry */
};

struct attempts *attempts_new(const struct clock *clock)
{
    struct attempts *attempts = g_new0(struct attempts, 1);
    attempts->clock = clock;
    g_mutex_init(&attempts->lock);
    attempts->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return attempts;
}

void attempts_free(struct attempts *attempts)
{
    if (attempts == NULL) {
        return;
    }
    g_hash_table_unref(attempts->entries);
    g_mutex_clear(&attempts->lock);
    g_free(attempts);
}

/* Seconds an entry has to wait from now; forgets it when it is old. */
static int entry_wait(struct attempts *attempts, const char *key, int64_t now)
{
    const struct entry *entry = g_hash_table_lookup(attempts->entries, key);
    if (entry == NULL) {
        return 0;
    }
    if (now - entry->last_at >= FORGET_AFTER) {
        g_hash_table_remove(attempts->entries, key);
        return 0;
    }
    if (entry->n_failed < FREE_TRIES) {
        return 0;
    }
    int doublings = MIN(entry->n_failed - FREE_TRIES, 8);
    int64_t until = entry->last_at + MIN(FIRST_WAIT << doublings, LONGEST_WAIT) * US_PER_SECOND;
    return until <= now ? 0 : (int)((until - now + US_PER_SECOND - 1) / US_PER_SECOND);
}

bool attempts_allow(struct attempts *attempts, const char *name, const char *address, int *wait_out)
{
    g_autofree char *name_key = g_strconcat("n:", name, NULL);
    g_autofree char *address_key = g_strconcat("a:", address, NULL);
    int64_t now = clock_now(attempts->clock);
    g_mutex_lock(&attempts->lock);
    int name_wait = entry_wait(attempts, name_key, now);
    int address_wait = entry_wait(attempts, address_key, now);
    g_mutex_unlock(&attempts->lock);
    *wait_out = MAX(name_wait, address_wait);
    return *wait_out == 0;
}

/* Makes room by dropping what is old, or else the oldest. */
static void make_room(struct attempts *attempts, int64_t now)
{
    GHashTableIter iter;
    gpointer key;
    gpointer value;
    const char *oldest = NULL;
    int64_t oldest_at = INT64_MAX;
    g_hash_table_iter_init(&iter, attempts->entries);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const struct entry *entry = value;
        if (now - entry->last_at >= FORGET_AFTER) {
            g_hash_table_iter_remove(&iter);
        } else if (entry->last_at < oldest_at) {
            oldest_at = entry->last_at;
            oldest = key;
        }
    }
    if (g_hash_table_size(attempts->entries) >= MAX_ENTRIES && oldest != NULL) {
        g_hash_table_remove(attempts->entries, oldest);
    }
}

/* Counts one wrong try; steals key. */
static void entry_fail(struct attempts *attempts, char *key, int64_t now)
{
    struct entry *entry = g_hash_table_lookup(attempts->entries, key);
    if (entry == NULL) {
        if (g_hash_table_size(attempts->entries) >= MAX_ENTRIES) {
            make_room(attempts, now);
        }
        entry = g_new0(struct entry, 1);
        g_hash_table_insert(attempts->entries, key, entry);
    } else {
        g_free(key);
    }
    entry->n_failed++;
    entry->last_at = now;
}

void attempts_failed(struct attempts *attempts, const char *name, const char *address)
{
    int64_t now = clock_now(attempts->clock);
    g_mutex_lock(&attempts->lock);
    entry_fail(attempts, g_strconcat("n:", name, NULL), now);
    entry_fail(attempts, g_strconcat("a:", address, NULL), now);
    g_mutex_unlock(&attempts->lock);
}

void attempts_passed(struct attempts *attempts, const char *name)
{
    g_autofree char *key = g_strconcat("n:", name, NULL);
    g_mutex_lock(&attempts->lock);
    g_hash_table_remove(attempts->entries, key);
    g_mutex_unlock(&attempts->lock);
}
