/* One thread, one queue of at most a few batches, so memory stays bounded. Rows are written
 * batch by batch; the index of several batches together, when there is nothing else to write or the
 * reader waits for it. The first error is kept and told once. */
#include "import/crew.h"

#define BATCH 4000
#define QUEUE_MAX 3
#define HELD_MAX 25 /* batches whose index is written at once */
#define HELD_IDLE 4 /* so many are worth it while nothing else is there to write */

struct crew {
    struct book book;
    GThread *thread;
    GMutex lock;
    GCond changed;
    GQueue batches; /* struct person_batch *, full ones */
    GPtrArray *held; /* struct person_batch *, rows written, index not yet; the writer's */
    bool is_writing;
    bool is_awaited; /* the reader wants everything written */
    bool is_over;
    GError *error; /* the first */
    /* the reader's own */
    struct person_batch *batch; /* being filled */
    struct person_batch_of of;
};

/* While there is nothing else to write: held batches are indexed together, many if possible. */
static bool index_is_due(const struct crew *crew)
{
    return g_queue_is_empty((GQueue *)&crew->batches) &&
           crew->held->len >= (crew->is_awaited ? 1 : HELD_IDLE);
}

/* Rows of the batch; without one, or when enough are held, the index of those. */
static bool write_batch(struct crew *crew, struct person_batch *batch, GError **error)
{
    if (batch != NULL) {
        g_ptr_array_add(crew->held, batch);
        if (!person_batch_write_rows(&crew->book, batch, error)) {
            return false;
        }
    }
    if (batch != NULL && crew->held->len < HELD_MAX) {
        return true;
    }
    bool is_well = person_batches_write_index(
        &crew->book, (struct person_batch **)crew->held->pdata, crew->held->len, error);
    g_ptr_array_set_size(crew->held, 0);
    return is_well;
}

static void *write_batches(void *data)
{
    struct crew *crew = data;
    g_mutex_lock(&crew->lock);
    for (;;) {
        struct person_batch *batch = g_queue_pop_head(&crew->batches);
        if (batch == NULL && crew->is_over) {
            break;
        }
        if (batch == NULL && !index_is_due(crew)) {
            g_cond_wait(&crew->changed, &crew->lock);
            continue;
        }
        bool is_to_write = crew->error == NULL && !crew->is_over;
        crew->is_writing = true;
        g_cond_broadcast(&crew->changed);
        g_mutex_unlock(&crew->lock);
        GError *error = NULL;
        if (is_to_write) {
            write_batch(crew, batch, &error);
        } else {
            person_batch_free(batch);
            g_ptr_array_set_size(crew->held, 0);
        }
        g_mutex_lock(&crew->lock);
        crew->is_writing = false;
        if (crew->error == NULL) {
            crew->error = error;
        } else {
            g_clear_error(&error);
        }
        g_cond_broadcast(&crew->changed);
    }
    g_mutex_unlock(&crew->lock);
    return NULL;
}

struct crew *crew_new(const struct book *book)
{
    struct crew *crew = g_new0(struct crew, 1);
    crew->book = *book;
    g_mutex_init(&crew->lock);
    g_cond_init(&crew->changed);
    g_queue_init(&crew->batches);
    crew->held = g_ptr_array_new_with_free_func((GDestroyNotify)person_batch_free);
    return crew;
}

void crew_free(struct crew *crew)
{
    if (crew == NULL) {
        return;
    }
    g_mutex_lock(&crew->lock);
    crew->is_over = true;
    g_cond_broadcast(&crew->changed);
    g_mutex_unlock(&crew->lock);
    if (crew->thread != NULL) {
        g_thread_join(crew->thread);
    }
    person_batch_free(crew->batch);
    g_ptr_array_unref(crew->held);
    g_clear_error(&crew->error);
    g_mutex_clear(&crew->lock);
    g_cond_clear(&crew->changed);
    g_free(crew);
}

/* Hands the batch over; waits while the queue is full. */
static bool hand_over(struct crew *crew, GError **error)
{
    if (crew->batch == NULL || person_batch_size(crew->batch) == 0) {
        return true;
    }
    if (crew->thread == NULL) {
        crew->thread = g_thread_new("import-writer", write_batches, crew);
    }
    g_mutex_lock(&crew->lock);
    while (g_queue_get_length(&crew->batches) >= QUEUE_MAX) {
        g_cond_wait(&crew->changed, &crew->lock);
    }
    g_queue_push_tail(&crew->batches, g_steal_pointer(&crew->batch));
    g_cond_broadcast(&crew->changed);
    bool is_well = crew->error == NULL;
    if (!is_well) {
        g_propagate_error(error, g_error_copy(crew->error));
    }
    g_mutex_unlock(&crew->lock);
    return is_well;
}

bool crew_add(struct crew *crew, int64_t source_id, struct person_new *person, GError **error)
{
    bool is_other = crew->batch != NULL && crew->of.source_id != source_id;
    if ((is_other || (crew->batch != NULL && person_batch_size(crew->batch) >= BATCH)) &&
        !hand_over(crew, error)) {
        return false;
    }
    if (crew->batch == NULL) {
        crew->of = person_batch_of(&crew->book, source_id);
        crew->batch = person_batch_new(&crew->of);
    }
    person->person_id = book_new_id(&crew->book);
    person->fact_set_id = book_new_id(&crew->book);
    person_batch_add(crew->batch, person);
    return true;
}

bool crew_wait(struct crew *crew, GError **error)
{
    if (!hand_over(crew, error)) {
        return false;
    }
    g_mutex_lock(&crew->lock);
    crew->is_awaited = true;
    g_cond_broadcast(&crew->changed);
    while (crew->is_writing || !g_queue_is_empty(&crew->batches) || crew->held->len > 0) {
        g_cond_wait(&crew->changed, &crew->lock);
    }
    crew->is_awaited = false;
    bool is_well = crew->error == NULL;
    if (!is_well) {
        g_propagate_error(error, g_error_copy(crew->error));
    }
    g_mutex_unlock(&crew->lock);
    return is_well;
}
