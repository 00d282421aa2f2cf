/* The one thread that writes to a SQLite store. Callers queue a job and wait; the thread runs what
 * waits in one transaction and commits once, so that many writers share one fsync (group commit).
 *
 * Invariant: a job is answered "true" only after the COMMIT that holds it, and its changes are
 * whole or absent.
 *   - The first job of a transaction needs no savepoint: if it fails, the transaction is rolled
 * back and begun anew.
 *   - Each later job runs in its own savepoint.
 *   - Where SQLite gave up the whole transaction (full disk, say), the jobs before the culprit are
 * run again.
 *   - Where COMMIT breaks a deferred rule, each job of the group is run again alone, to find whose
 * fault it was. Moving the log into the file (checkpoint) waits until nobody has asked for a
 * moment. */
#include "db/db_sqlite.h"

#include "base/error.h"

#include <malloc.h>

#define GROUP_MAX 256         /* jobs that share a commit */
#define GROUP_US 5000         /* no job joins a transaction older than this */
#define IDLE_US 100000        /* nothing to do for this long: time for upkeep */
#define CHECKPOINT_PAGES 500 /* log pages worth moving when idle */
#define CHECKPOINT_BUSY_PAGES                                                                      \
    8192 /* log pages that are moved even under load, and then again at each so many */
#define TRUNCATE_PAGES 4096         /* a log that once was this long is cut when idle */
#define CACHE_KEEP_BYTES (16 << 20) /* an idle writer keeps no more page cache than this */

struct job {
    const char *name;
    db_fn *fn;
    void *data;
    bool is_bare;  /* runs outside any transaction */
    bool is_alone; /* must not share a commit */
    bool is_done;
    bool is_ok;
    GError *error;
    GCond done;
};

struct sqlite_writer {
    struct sqlite_db *owner; /* borrowed */
    struct sqlite_conn *conn;
    GThread *thread;
    GMutex lock; /* queue, is_stopping, every job's is_done */
    GCond work;
    GQueue queue; /* of struct job, each on its caller's stack */
    bool is_stopping;
    int wal_pages;
    int checkpoint_at;  /* log pages at which it is moved even under load */
    int wal_pages_most; /* since the log was last cut */
};

bool sqlite_writer_is_me(const struct sqlite_writer *writer)
{
    return writer->thread == g_thread_self();
}

int sqlite_writer_n_waiting(struct sqlite_writer *writer)
{
    g_mutex_lock(&writer->lock);
    int n = (int)g_queue_get_length(&writer->queue);
    g_mutex_unlock(&writer->lock);
    return n;
}

/* ---- callers ---- */

static bool job_run(struct sqlite_writer *writer, struct job *job, GError **error)
{
    g_cond_init(&job->done);
    g_mutex_lock(&writer->lock);
    g_queue_push_tail(&writer->queue, job);
    g_cond_signal(&writer->work);
    while (!job->is_done) {
        g_cond_wait(&job->done, &writer->lock);
    }
    g_mutex_unlock(&writer->lock);
    g_cond_clear(&job->done);
    if (!job->is_ok) {
        g_propagate_error(error, job->error);
    }
    return job->is_ok;
}

bool sqlite_writer_run(struct sqlite_writer *writer, const char *name, db_fn *fn, void *data,
                       GError **error)
{
    struct job job = {.name = name, .fn = fn, .data = data};
    return job_run(writer, &job, error);
}

bool sqlite_writer_run_alone(struct sqlite_writer *writer, const char *name, db_fn *fn, void *data,
                             GError **error)
{
    struct job job = {.name = name, .fn = fn, .data = data, .is_bare = true, .is_alone = true};
    return job_run(writer, &job, error);
}

/* ---- the thread ---- */

/* Takes over problem. */
static void job_finish(struct sqlite_writer *writer, struct job *job, GError *problem)
{
    g_mutex_lock(&writer->lock);
    job->is_ok = problem == NULL;
    job->error = problem;
    job->is_done = true;
    g_cond_signal(&job->done);
    g_mutex_unlock(&writer->lock);
}

/* Answers every job of the group and empties it. problem: NULL when committed, else copied to each.
 */
static void group_finish(struct sqlite_writer *writer, GQueue *group, const GError *problem)
{
    g_mutex_lock(&writer->lock);
    for (struct job *job = g_queue_pop_head(group); job != NULL; job = g_queue_pop_head(group)) {
        job->is_ok = problem == NULL;
        job->error = problem != NULL ? g_error_copy(problem) : NULL;
        job->is_done = true;
        g_cond_signal(&job->done);
    }
    g_mutex_unlock(&writer->lock);
}

/* Puts the group back to the front of the queue, in its order. */
static void group_requeue(struct sqlite_writer *writer, GQueue *group, bool is_alone)
{
    g_mutex_lock(&writer->lock);
    for (struct job *job = g_queue_pop_tail(group); job != NULL; job = g_queue_pop_tail(group)) {
        job->is_alone = job->is_alone || is_alone;
        g_queue_push_head(&writer->queue, job);
        db_count(&writer->owner->db.counters.retries);
    }
    g_mutex_unlock(&writer->lock);
}

/* The next job that may join a group of so many; NULL when there is none. */
static struct job *job_take(struct sqlite_writer *writer, const GQueue *group, gint64 begun_us)
{
    const struct job *first = g_queue_peek_head((GQueue *)group);
    if (first != NULL && (first->is_alone || group->length >= GROUP_MAX ||
                          g_get_monotonic_time() - begun_us > GROUP_US)) {
        return NULL;
    }
    g_mutex_lock(&writer->lock);
    struct job *job = g_queue_peek_head(&writer->queue);
    if (job != NULL && (first != NULL || job->is_bare) && job->is_alone) {
        job = NULL;
    } else if (job != NULL) {
        g_queue_pop_head(&writer->queue);
    }
    g_mutex_unlock(&writer->lock);
    return job;
}

static bool verb(struct sqlite_writer *writer, enum sqlite_verb which, const char *name,
                 GError **error)
{
    int rc = sqlite_conn_verb(writer->conn, which);
    return rc == SQLITE_OK || sqlite_fail(writer->conn, rc, name, error);
}

static bool is_in_transaction(const struct sqlite_writer *writer)
{
    return sqlite3_get_autocommit(writer->conn->handle) == 0;
}

static void rollback(struct sqlite_writer *writer)
{
    sqlite_conn_close_rows(writer->conn);
    if (is_in_transaction(writer)) {
        sqlite_conn_verb(writer->conn, VERB_ROLLBACK);
    }
}

/* Calls one job inside the open transaction; has_savepoint tells whether others came before it. */
static bool job_call(struct sqlite_writer *writer, struct job *job, bool has_savepoint,
                     GError **error)
{
    struct sqlite_conn *conn = writer->conn;
    if (has_savepoint && !verb(writer, VERB_SAVE, job->name, error)) {
        return false;
    }
    conn->tx.name = job->name;
    bool is_ok = db_tx_call(&conn->tx, job->fn, job->data, error);
    if (!sqlite_conn_close_rows(conn) && is_ok) {
        is_ok = bug(error, "store.open_rows", "The writing %s ended without freeing its rows.",
                    job->name);
    }
    return is_ok && (!has_savepoint || verb(writer, VERB_RELEASE, job->name, error));
}

/* COMMIT, the fsync, and the answers. */
static void group_commit(struct sqlite_writer *writer, GQueue *group)
{
    struct db_counters *counters = &writer->owner->db.counters;
    g_autoptr(GError) problem = NULL;
    if (verb(writer, VERB_COMMIT, ((struct job *)g_queue_peek_head(group))->name, &problem)) {
        db_count(&counters->commits);
        if ((int_fast64_t)group->length > counters->largest_group) {
            counters->largest_group = group->length;
        }
        group_finish(writer, group, NULL);
        return;
    }
    rollback(writer);
    if (group->length > 1 && error_has_code(problem, "store.constraint")) {
        group_requeue(writer, group, true);
    } else {
        group_finish(writer, group, problem);
    }
}

/* No transaction can be begun: all who wait are told so, rather than each after its own wait. Takes
 * over problem. */
static void queue_refuse(struct sqlite_writer *writer, struct job *job, GError *problem)
{
    GQueue refused = G_QUEUE_INIT;
    g_queue_push_tail(&refused, job);
    for (job = job_take(writer, &refused, G_MAXINT64 / 2); job != NULL;
         job = job_take(writer, &refused, G_MAXINT64 / 2)) {
        g_queue_push_tail(&refused, job);
    }
    group_finish(writer, &refused, problem);
    g_error_free(problem);
}

/* One transaction: as many of the waiting jobs as may share it. */
static void group_run(struct sqlite_writer *writer)
{
    GQueue group = G_QUEUE_INIT;
    gint64 begun_us = g_get_monotonic_time();
    for (struct job *job = job_take(writer, &group, begun_us); job != NULL;
         job = job_take(writer, &group, begun_us)) {
        GError *problem = NULL;
        if (!is_in_transaction(writer) && !verb(writer, VERB_BEGIN_WRITE, job->name, &problem)) {
            queue_refuse(writer, job, problem);
            return;
        }
        if (job_call(writer, job, group.length > 0, &problem)) {
            g_queue_push_tail(&group, job);
            continue;
        }
        if (group.length > 0 && is_in_transaction(writer) &&
            sqlite_conn_verb(writer->conn, VERB_ROLLBACK_TO) == SQLITE_OK &&
            sqlite_conn_verb(writer->conn, VERB_RELEASE) == SQLITE_OK) {
            job_finish(writer, job, problem);
            continue;
        }
        rollback(writer);
        job_finish(writer, job, problem);
        group_requeue(writer, &group, false);
    }
    if (group.length > 0) {
        group_commit(writer, &group);
    }
    rollback(writer);
}

/* The job at the head of the queue if it runs outside transactions. */
static struct job *take_bare(struct sqlite_writer *writer)
{
    g_mutex_lock(&writer->lock);
    struct job *job = g_queue_peek_head(&writer->queue);
    job = job != NULL && job->is_bare ? g_queue_pop_head(&writer->queue) : NULL;
    g_mutex_unlock(&writer->lock);
    return job;
}

/* ---- upkeep ---- */

static int on_wal(void *data, sqlite3 *handle, const char *schema, int pages)
{
    struct sqlite_writer *writer = data;
    writer->wal_pages = pages;
    writer->wal_pages_most = MAX(writer->wal_pages_most, pages);
    return SQLITE_OK;
}

/* Moves the log into the file as far as readers allow, without waiting for them. */
static void checkpoint(struct sqlite_writer *writer, int mode)
{
    int log_pages = 0;
    int moved_pages = 0;
    sqlite3_busy_timeout(writer->conn->handle, 0);
    int rc = sqlite3_wal_checkpoint_v2(writer->conn->handle, NULL, mode, &log_pages, &moved_pages);
    sqlite3_busy_timeout(writer->conn->handle, SQLITE_BUSY_MS);
    db_count(&writer->owner->db.counters.checkpoints);
    if (rc == SQLITE_OK && mode == SQLITE_CHECKPOINT_TRUNCATE) {
        writer->wal_pages_most = 0;
    }
    /* What a reader holds back is tried again after more commits, not in a loop. */
    writer->checkpoint_at =
        (rc == SQLITE_OK && moved_pages == log_pages ? 0 : log_pages) + CHECKPOINT_BUSY_PAGES;
    writer->wal_pages = 0;
}

static void upkeep(struct sqlite_writer *writer)
{
    checkpoint(writer, writer->wal_pages_most >= TRUNCATE_PAGES ? SQLITE_CHECKPOINT_TRUNCATE
                                                                : SQLITE_CHECKPOINT_PASSIVE);
    int now_bytes = 0;
    int most_bytes = 0;
    sqlite3_db_status(writer->conn->handle, SQLITE_DBSTATUS_CACHE_USED, &now_bytes, &most_bytes, 0);
    if (now_bytes > CACHE_KEEP_BYTES) {
        sqlite3_db_release_memory(writer->conn->handle);
        malloc_trim(0);
    }
}

/* Called with the lock held and an empty queue; returns with the lock held. */
static void wait_for_work(struct sqlite_writer *writer)
{
    if (writer->wal_pages < CHECKPOINT_PAGES) {
        g_cond_wait(&writer->work, &writer->lock);
        return;
    }
    if (!g_cond_wait_until(&writer->work, &writer->lock, g_get_monotonic_time() + IDLE_US)) {
        g_mutex_unlock(&writer->lock);
        upkeep(writer);
        g_mutex_lock(&writer->lock);
    }
}

static void *writer_main(void *data)
{
    struct sqlite_writer *writer = data;
    g_mutex_lock(&writer->lock);
    for (;;) {
        if (g_queue_is_empty(&writer->queue)) {
            if (writer->is_stopping) {
                break;
            }
            wait_for_work(writer);
            continue;
        }
        g_mutex_unlock(&writer->lock);
        struct job *bare = take_bare(writer);
        if (bare != NULL) {
            GError *problem = NULL;
            db_tx_call(&writer->conn->tx, bare->fn, bare->data, &problem);
            job_finish(writer, bare, problem);
        } else {
            group_run(writer);
        }
        if (writer->wal_pages >= writer->checkpoint_at) {
            checkpoint(writer, SQLITE_CHECKPOINT_PASSIVE);
        }
        g_mutex_lock(&writer->lock);
    }
    g_mutex_unlock(&writer->lock);
    return NULL;
}

struct sqlite_writer *sqlite_writer_new(struct sqlite_db *owner, GError **error)
{
    struct sqlite_conn *conn = sqlite_conn_open(owner, true, error);
    if (conn == NULL) {
        return NULL;
    }
    struct sqlite_writer *writer = g_new0(struct sqlite_writer, 1);
    writer->owner = owner;
    writer->conn = conn;
    writer->checkpoint_at = CHECKPOINT_BUSY_PAGES;
    g_mutex_init(&writer->lock);
    g_cond_init(&writer->work);
    g_queue_init(&writer->queue);
    sqlite3_wal_hook(conn->handle, on_wal, writer);
    writer->thread = g_thread_new("store-writer", writer_main, writer);
    return writer;
}

void sqlite_writer_free(struct sqlite_writer *writer)
{
    if (writer == NULL) {
        return;
    }
    g_mutex_lock(&writer->lock);
    writer->is_stopping = true;
    g_cond_signal(&writer->work);
    g_mutex_unlock(&writer->lock);
    g_thread_join(writer->thread);
    sqlite_conn_close(writer->conn);
    g_mutex_clear(&writer->lock);
    g_cond_clear(&writer->work);
    g_free(writer);
}
