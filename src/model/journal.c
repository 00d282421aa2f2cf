/* The journal: entries are gathered while a transaction runs (db_after) and kept with the store
 * (db_slot) once it is committed. Revisions of an account follow one another without a gap, so a run
 * of entries without a gap is all that happened. */
#include "model/journal.h"

#define ENTRIES_MAX 64
#define IDS_MAX 500 /* more people than that: everybody */

struct entry {
    int64_t from; /* the first and last revision of one transaction */
    int64_t to;
    GArray *ids;  /* int64_t; NULL: everybody */
};
struct journals {
    GMutex lock;
    GHashTable *by_account; /* int64_t * -> GArray * of struct entry, oldest first */
};
struct pending {
    int64_t account_id;
    int64_t from; /* 0: nothing yet */
    int64_t to;
    GArray *ids;
    bool is_everybody;
    struct pending *next; /* of another account in the same transaction */
};

/* ---- what a transaction gathers ---- */

static void pending_free(gpointer data)
{
    for (struct pending *one = data, *next; one != NULL; one = next) {
        next = one->next;
        g_array_unref(one->ids);
        g_free(one);
    }
}

static void pending_commit(struct db *db, void *data);

static struct pending *pending_new(int64_t account_id)
{
    struct pending *pending = g_new0(struct pending, 1);
    pending->account_id = account_id;
    pending->ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    return pending;
}

/* The account's, made when wanted. NULL: none, or nothing is written here. */
static struct pending *pending_of(struct book *book, bool is_wanted)
{
    struct pending *first = db_after_data(book->tx, pending_commit);
    for (struct pending *one = first; one != NULL; one = one->next) {
        if (one->account_id == book->account_id) {
            return one;
        }
    }
    if (!is_wanted) {
        return NULL;
    }
    struct pending *pending = pending_new(book->account_id);
    if (first != NULL) {
        pending->next = first->next;
        first->next = pending;
        return pending;
    }
    return db_after(book->tx, pending_commit, pending, pending_free) ? pending : NULL;
}

void journal_person(struct book *book, int64_t person_id)
{
    struct pending *pending = pending_of(book, true);
    if (pending == NULL || pending->is_everybody) {
        return;
    }
    guint n = pending->ids->len;
    if (n > 0 && g_array_index(pending->ids, int64_t, n - 1) == person_id) {
        return;
    }
    if (n >= IDS_MAX) {
        journal_everybody(book);
        return;
    }
    g_array_append_val(pending->ids, person_id);
}

void journal_everybody(struct book *book)
{
    struct pending *pending = pending_of(book, true);
    if (pending != NULL) {
        pending->is_everybody = true;
        g_array_set_size(pending->ids, 0);
    }
}

void journal_revision(struct book *book, int64_t revision)
{
    struct pending *pending = pending_of(book, true);
    if (pending != NULL) {
        pending->from = pending->from == 0 ? revision : pending->from;
        pending->to = revision;
    }
}

/* ---- what is kept ---- */

static void entry_clear(gpointer data)
{
    struct entry *entry = data;
    if (entry->ids != NULL) {
        g_array_unref(entry->ids);
    }
}

static void *journals_new(void)
{
    struct journals *journals = g_new0(struct journals, 1);
    g_mutex_init(&journals->lock);
    journals->by_account = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
                                                 (GDestroyNotify)g_array_unref);
    return journals;
}

static void journals_free(gpointer data)
{
    struct journals *journals = data;
    g_hash_table_unref(journals->by_account);
    g_mutex_clear(&journals->lock);
    g_free(journals);
}

static struct journals *journals_of(struct db *db)
{
    return db_slot(db, journals_new, journals_free);
}

void journal_follow(struct book *book)
{
    struct journals *journals = journals_of(db_tx_db(book->tx));
    g_mutex_lock(&journals->lock);
    if (!g_hash_table_contains(journals->by_account, &book->account_id)) {
        GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
        g_array_set_clear_func(entries, entry_clear);
        g_hash_table_insert(journals->by_account, g_memdup2(&book->account_id, sizeof(int64_t)),
                            entries);
    }
    g_mutex_unlock(&journals->lock);
}

/* In the order of revisions, whatever the order threads come in. A revision that was there already
 * tells of a store put back to an earlier time: what was known no longer holds. */
static void entry_add(GArray *entries, const struct pending *pending)
{
    guint at = entries->len;
    while (at > 0 && g_array_index(entries, struct entry, at - 1).from > pending->from) {
        at--;
    }
    if (at > 0 && g_array_index(entries, struct entry, at - 1).to >= pending->from) {
        g_array_set_size(entries, 0);
        at = 0;
    }
    struct entry entry = {pending->from, pending->to,
                          pending->is_everybody ? NULL : g_array_ref(pending->ids)};
    g_array_insert_val(entries, at, entry);
    if (entries->len > ENTRIES_MAX) {
        g_array_remove_index(entries, 0);
    }
}

static void pending_commit(struct db *db, void *data)
{
    struct journals *journals = journals_of(db);
    g_mutex_lock(&journals->lock);
    for (const struct pending *one = data; one != NULL; one = one->next) {
        GArray *entries = g_hash_table_lookup(journals->by_account, &one->account_id);
        if (entries != NULL && one->from != 0) {
            entry_add(entries, one);
        }
    }
    g_mutex_unlock(&journals->lock);
}

/* ---- looking ---- */

static void add_ids(const GArray *from, GHashTable *ids)
{
    for (guint i = 0; i < from->len; i++) {
        g_hash_table_add(ids, g_memdup2(&g_array_index(from, int64_t, i), sizeof(int64_t)));
    }
}

/* As above, of what is committed. */
static bool entries_since(const GArray *entries, int64_t from, int64_t to, GHashTable *ids)
{
    int64_t wanted = from + 1;
    for (guint i = 0; entries != NULL && i < entries->len && wanted <= to; i++) {
        const struct entry *entry = &g_array_index(entries, struct entry, i);
        if (entry->to < wanted) {
            continue;
        }
        if (entry->from > wanted || entry->ids == NULL) {
            return false;
        }
        add_ids(entry->ids, ids);
        wanted = entry->to + 1;
    }
    return wanted > to;
}

bool journal_since(struct book *book, int64_t from, int64_t to, GHashTable *ids)
{
    const struct pending *pending = pending_of(book, false);
    if (pending != NULL) {
        if (pending->is_everybody || (pending->from != 0 && pending->to != to)) {
            return false;
        }
        add_ids(pending->ids, ids);
        to = pending->from != 0 ? pending->from - 1 : to;
    }
    struct journals *journals = journals_of(db_tx_db(book->tx));
    g_mutex_lock(&journals->lock);
    bool is_reached =
        entries_since(g_hash_table_lookup(journals->by_account, &book->account_id), from, to, ids);
    g_mutex_unlock(&journals->lock);
    return is_reached;
}
