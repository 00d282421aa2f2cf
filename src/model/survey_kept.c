/* Surveys kept in memory, one an account and store. After a change only the people who changed are
 * read again, and only what may have changed is suggested anew:
 *
 *   nothing changed                    the kept survey itself
 *   people changed, lists did not      those people and what is about nobody
 *   small lists changed                lists and those people read, all suggested anew
 *   goal, dates, yourself, the day,    everything
 *   another program wrote
 *
 * A survey never changes once it is given out. Those that follow one another share their texts, the
 * goal and the season (struct kept), and what did not change. */
#include "model/account.h"
#include "model/journal.h"
#include "model/outlook_part.h"
#include "model/person_part.h"
#include "model/survey_part.h"

#include "db/db.h"

#define ACCOUNTS_MAX 16  /* surveys kept at most; the one not asked for the longest goes */
#define UPDATES_MAX 1000 /* texts of old people pile up: then everything is read anew */

struct kept {
    struct survey_kept base;
    gint ref_count;
    GStringChunk *text; /* added to by one thread at a time: kept_account.work */
    struct season *season;
    struct person *self;
    int n_updates;
};

struct kept_account {
    GMutex work;            /* held while a survey is worked out */
    struct survey *survey;  /* from here on: under kept_store.lock. NULL: none */
    const struct strategy *const *strategies;
    struct outlook_print print;
    int epoch;
    gint64 used_us;
};
struct kept_store {
    GMutex lock;
    GHashTable *accounts; /* int64_t * -> struct kept_account *, never taken out */
};

/* ---- life ---- */

static void kept_unref(struct kept *kept)
{
    if (g_atomic_int_dec_and_test(&kept->ref_count)) {
        season_free(kept->season);
        person_free(kept->self);
        g_string_chunk_free(kept->text);
        g_free(kept);
    }
}

static void outlook_drop(struct outlook *outlook)
{
    GArray *const lists[] = {outlook->contacts, outlook->pursuits,  outlook->pursuit_people,
                             outlook->favours,  outlook->practices, outlook->stories,
                             outlook->saved,    outlook->steps};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_array_unref(lists[i]);
    }
    g_hash_table_unref(outlook->refused);
    g_hash_table_unref(outlook->origins);
    g_free(outlook);
}

static void kept_release(struct survey *survey)
{
    outlook_drop(survey->outlook);
    kept_unref((struct kept *)survey->kept);
}

static struct kept *kept_new(void)
{
    struct kept *kept = g_new0(struct kept, 1);
    kept->base.release = kept_release;
    kept->ref_count = 1;
    kept->text = g_string_chunk_new(16384);
    return kept;
}

static struct survey *survey_ref(struct survey *survey)
{
    if (survey != NULL) {
        g_atomic_int_inc(&survey->ref_count);
    }
    return survey;
}

/* Takes outlook and suggestions. */
static struct survey *survey_new(struct kept *kept, struct outlook *outlook, GArray *suggestions)
{
    struct survey *survey = g_new0(struct survey, 1);
    g_atomic_int_inc(&kept->ref_count);
    *survey = (struct survey){outlook, suggestions, kept->text, 1, &kept->base};
    return survey;
}

static void account_free(gpointer data)
{
    struct kept_account *account = data;
    survey_release(account->survey);
    g_mutex_clear(&account->work);
    g_free(account);
}

static void *store_new(void)
{
    struct kept_store *store = g_new0(struct kept_store, 1);
    g_mutex_init(&store->lock);
    store->accounts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, account_free);
    return store;
}

static void store_free(gpointer data)
{
    struct kept_store *store = data;
    g_hash_table_unref(store->accounts);
    g_mutex_clear(&store->lock);
    g_free(store);
}

/* ---- everything ---- */

/* An outlook whose strings live in the share. */
static struct outlook *outlook_begin(struct book *book, struct kept *kept)
{
    struct outlook *outlook = outlook_new(book_today(book));
    g_string_chunk_free(outlook->text);
    outlook->text = kept->text;
    outlook->account_id = book->account_id;
    return outlook;
}

static bool self_load(struct book *book, struct kept *kept, GError **error)
{
    int64_t self_id = 0;
    if (!person_self_id(book, &self_id, error)) {
        return false;
    }
    kept->self = self_id == 0 ? NULL : person_load(book, self_id, error);
    return self_id == 0 || kept->self != NULL;
}

static bool outlook_load(struct book *book, struct kept *kept, struct outlook *outlook,
                         GError **error)
{
    if (!goal_load(book, kept->text, &outlook->goal, error) ||
        !season_load(book, &outlook->goal, &kept->season, error) ||
        !self_load(book, kept, error)) {
        return false;
    }
    outlook->season = kept->season;
    outlook->self = kept->self;
    outlook->phase = season_phase_on(outlook->season, outlook->today);
    struct contact_reader reader;
    bool is_ok = contact_reader_init(&reader, book, &outlook->goal, kept->self, kept->text, error) &&
                 contacts_load(&reader, outlook->contacts, error) &&
                 outlook_lists_load(&reader, outlook, error) &&
                 contact_messages_since(book, outlook->monday, &outlook->n_messages_week, error);
    contact_reader_clear(&reader);
    return is_ok;
}

static struct survey *survey_load(struct book *book, const struct strategy_table *strategies,
                                  GError **error)
{
    struct kept *kept = kept_new();
    struct outlook *outlook = outlook_begin(book, kept);
    struct survey *survey = NULL;
    if (outlook_load(book, kept, outlook, error)) {
        survey = survey_new(kept, outlook, survey_all(outlook, strategies, kept->text));
    } else {
        outlook_drop(outlook);
    }
    kept_unref(kept);
    return survey;
}

/* ---- what changed ---- */

struct update {
    struct book *book;
    const struct strategy_table *strategies;
    const struct survey *old;
    GHashTable *changed; /* int64_t *: read again */
    bool has_new_lists;
};

static int by_id(gconstpointer a, gconstpointer b)
{
    const struct contact *one = a;
    const struct contact *other = b;
    return (one->person_id > other->person_id) - (one->person_id < other->person_id);
}

/* Contacts anew of those who changed and of whom they were merged into; *changed grows by these. */
static bool changed_load(struct update *update, struct contact_reader *reader, GArray *found,
                         GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    GHashTableIter each;
    gpointer key;
    g_hash_table_iter_init(&each, update->changed);
    while (g_hash_table_iter_next(&each, &key, NULL)) {
        g_array_append_vals(ids, key, 1);
    }
    for (guint i = 0; i < ids->len; i++) {
        int64_t root_id = contact_root(reader, g_array_index(ids, int64_t, i));
        if (!g_hash_table_contains(update->changed, &root_id)) {
            g_hash_table_add(update->changed, g_memdup2(&root_id, sizeof root_id));
            g_array_append_val(ids, root_id);
        }
    }
    for (guint i = 0; i < ids->len; i++) {
        if (!contact_load(reader, g_array_index(ids, int64_t, i), found, error)) {
            return false;
        }
    }
    g_array_sort(found, by_id);
    return true;
}

/* The old contacts with the changed ones in their places. */
static GArray *contacts_with(const struct update *update, const GArray *found)
{
    const GArray *old = update->old->outlook->contacts;
    GArray *contacts =
        g_array_sized_new(FALSE, TRUE, sizeof(struct contact), old->len + found->len);
    guint next = 0;
    guint from = 0; /* a run of contacts that stay as they are is copied at once */
    for (guint i = 0; i <= old->len; i++) {
        const struct contact *one =
            i < old->len ? &g_array_index(old, struct contact, i) : NULL;
        bool is_before = next < found->len &&
                         (one == NULL || g_array_index(found, struct contact, next).person_id <=
                                             one->person_id);
        bool is_changed = one != NULL && g_hash_table_contains(update->changed, &one->person_id);
        if (!is_before && !is_changed && one != NULL) {
            continue;
        }
        if (i > from) {
            g_array_append_vals(contacts, &g_array_index(old, struct contact, from), i - from);
        }
        from = is_changed ? i + 1 : i;
        while (next < found->len &&
               (one == NULL ||
                g_array_index(found, struct contact, next).person_id <= one->person_id)) {
            g_array_append_vals(contacts, &g_array_index(found, struct contact, next++), 1);
        }
    }
    return contacts;
}

/* A copy that shares the small lists of the old one. */
static struct outlook *outlook_again(const struct outlook *old)
{
    struct outlook *outlook = g_memdup2(old, sizeof *old);
    GArray *const lists[] = {outlook->pursuits, outlook->pursuit_people, outlook->favours,
                             outlook->practices, outlook->stories,       outlook->saved,
                             outlook->steps};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_array_ref(lists[i]);
    }
    g_hash_table_ref(outlook->refused);
    g_hash_table_ref(outlook->origins);
    outlook->contacts = NULL;
    return outlook;
}

/* The same with lists of its own, still empty. */
static struct outlook *outlook_relisted(struct update *update, struct kept *kept)
{
    const struct outlook *old = update->old->outlook;
    struct outlook *outlook = outlook_begin(update->book, kept);
    g_array_unref(outlook->contacts);
    outlook->contacts = NULL;
    outlook->goal = old->goal;
    outlook->season = old->season;
    outlook->phase = old->phase;
    outlook->self = old->self;
    return outlook;
}

static GArray *suggestions_again(const struct update *update, const struct outlook *outlook,
                                 GArray *found)
{
    struct suggestions out = {.items = g_array_new(FALSE, FALSE, sizeof(struct suggestion)),
                              .text = outlook->text};
    struct survey_work work;
    survey_work_init(&work, outlook, update->strategies);
    for (guint i = 0; i < found->len; i++) {
        int64_t id = g_array_index(found, struct contact, i).person_id;
        survey_about(&work, outlook_contact(outlook, id), &out);
    }
    survey_overall(&work, &out);
    survey_work_clear(&work);
    GArray *added = survey_sorted(out.items);
    GArray *merged = survey_merged(update->old->suggestions, update->changed, added);
    g_array_unref(added);
    survey_order(merged);
    return merged;
}

static bool update_read(struct update *update, struct contact_reader *reader,
                        struct outlook *outlook, GArray *found, GError **error)
{
    if (!changed_load(update, reader, found, error) ||
        !contact_messages_since(update->book, outlook->monday, &outlook->n_messages_week, error) ||
        (update->has_new_lists && !outlook_lists_load(reader, outlook, error))) {
        return false;
    }
    outlook->contacts = contacts_with(update, found);
    return true;
}

static struct survey *survey_update(struct update *update, GError **error)
{
    struct kept *kept = (struct kept *)update->old->kept;
    struct outlook *outlook = update->has_new_lists ? outlook_relisted(update, kept)
                                                    : outlook_again(update->old->outlook);
    g_autoptr(GArray) found = g_array_new(FALSE, TRUE, sizeof(struct contact));
    struct contact_reader reader;
    kept->n_updates++;
    bool is_ok = contact_reader_init(&reader, update->book, &outlook->goal, kept->self, kept->text,
                                     error) &&
                 update_read(update, &reader, outlook, found, error);
    contact_reader_clear(&reader);
    if (!is_ok) {
        if (outlook->contacts == NULL) {
            outlook->contacts = g_array_new(FALSE, FALSE, sizeof(struct contact));
        }
        outlook_drop(outlook);
        return NULL;
    }
    return survey_new(kept, outlook,
                      update->has_new_lists ? survey_all(outlook, update->strategies, kept->text)
                                            : suggestions_again(update, outlook, found));
}

/* ---- taking ---- */

struct taking {
    struct book *book;
    const struct strategy_table *strategies;
    struct kept_store *store;
    struct kept_account *account;
    int64_t revision;
    int epoch;
    struct survey *old; /* a reference; NULL: none that is of use */
    struct outlook_print old_print;
    struct outlook_print print;
};

static void taking_begin(struct taking *taking)
{
    struct kept_store *store = taking->store;
    int64_t account_id = taking->book->account_id;
    g_mutex_lock(&store->lock);
    struct kept_account *account = g_hash_table_lookup(store->accounts, &account_id);
    if (account == NULL) {
        account = g_new0(struct kept_account, 1);
        g_mutex_init(&account->work);
        g_hash_table_insert(store->accounts, g_memdup2(&account_id, sizeof account_id), account);
    }
    g_mutex_unlock(&store->lock);
    g_mutex_lock(&account->work);
    g_mutex_lock(&store->lock);
    const struct survey *survey = account->survey;
    bool is_of_use = survey != NULL && account->epoch == taking->epoch &&
                     account->strategies == taking->strategies->rows &&
                     survey->outlook->today == book_today(taking->book) &&
                     survey->outlook->revision <= taking->revision;
    taking->old = is_of_use ? survey_ref(account->survey) : NULL;
    taking->old_print = account->print;
    account->used_us = g_get_monotonic_time();
    g_mutex_unlock(&store->lock);
    taking->account = account;
}

/* The one not asked for the longest. Under the lock. */
static struct survey *one_too_many(struct kept_store *store)
{
    GHashTableIter each;
    gpointer value;
    struct kept_account *oldest = NULL;
    int n = 0;
    g_hash_table_iter_init(&each, store->accounts);
    while (g_hash_table_iter_next(&each, NULL, &value)) {
        struct kept_account *account = value;
        n += account->survey != NULL;
        if (account->survey != NULL && (oldest == NULL || account->used_us < oldest->used_us)) {
            oldest = account;
        }
    }
    return n <= ACCOUNTS_MAX ? NULL : g_steal_pointer(&oldest->survey);
}

/* What a writing transaction sees is not committed, and is not kept. */
static void taking_keep(struct taking *taking, struct survey *survey)
{
    struct kept_account *account = taking->account;
    if (db_tx_is_write(taking->book->tx)) {
        return;
    }
    g_mutex_lock(&taking->store->lock);
    struct survey *before = account->survey;
    account->survey = survey_ref(survey);
    account->strategies = taking->strategies->rows;
    account->print = taking->print;
    account->epoch = taking->epoch;
    struct survey *dropped = one_too_many(taking->store);
    g_mutex_unlock(&taking->store->lock);
    survey_release(before);
    survey_release(dropped);
}

/* NULL without an error: everything has to be read. */
static struct survey *taking_update(struct taking *taking, GError **error)
{
    struct book *book = taking->book;
    g_autoptr(GHashTable) changed =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    const struct outlook *old = taking->old == NULL ? NULL : taking->old->outlook;
    if (old == NULL || !journal_since(book, old->revision, taking->revision, changed)) {
        return NULL;
    }
    const struct kept *kept = (const struct kept *)taking->old->kept;
    bool is_same_ground = taking->print.ground == taking->old_print.ground;
    bool is_self = kept->self != NULL &&
                   g_hash_table_contains(changed, &kept->self->row.person_id);
    if (!is_same_ground || is_self || kept->n_updates >= UPDATES_MAX) {
        return NULL;
    }
    struct update update = {book, taking->strategies, taking->old, changed,
                            taking->print.lists != taking->old_print.lists};
    return survey_update(&update, error);
}

static struct survey *taking_work(struct taking *taking, GError **error)
{
    struct book *book = taking->book;
    bool is_dirty = db_tx_is_write(book->tx);
    if (taking->old != NULL && taking->old->outlook->revision == taking->revision && !is_dirty) {
        return survey_ref(taking->old);
    }
    if (!outlook_print_load(book, &taking->print, error)) {
        return NULL;
    }
    GError *problem = NULL;
    struct survey *survey = taking_update(taking, &problem);
    if (problem != NULL) {
        g_propagate_error(error, problem);
        return NULL;
    }
    if (survey == NULL) {
        survey = survey_load(book, taking->strategies, error);
    }
    if (survey != NULL) {
        survey->outlook->revision = taking->revision;
        taking_keep(taking, survey);
    }
    return survey;
}

bool survey_take(struct book *book, const struct strategy_table *strategies,
                 struct survey **survey_out, GError **error)
{
    struct db *db = db_tx_db(book->tx);
    struct taking taking = {.book = book, .strategies = strategies, .epoch = db_epoch(db)};
    journal_follow(book);
    if (!account_revision(book->tx, book->account_id, &taking.revision, error)) {
        return false;
    }
    taking.store = db_slot(db, store_new, store_free);
    taking_begin(&taking);
    *survey_out = taking_work(&taking, error);
    g_mutex_unlock(&taking.account->work);
    survey_release(taking.old);
    return *survey_out != NULL;
}
