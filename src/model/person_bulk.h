/* The fast road for importing people nobody knows yet: facts are in memory, nothing is read back,
 * rows go in in id order, identifiers and traits sorted per batch.
 *
 * Preparing a batch is pure (fold, encode, derive, digest) and may run on any thread; writing it
 * only binds and steps, so that one thread prepares while the writer's thread writes:
 *
 *     struct person_batch *batch = person_batch_new(&of);
 *     person_batch_add(batch, &person);  ...a thousand times
 *     person_batch_write(&book, batch, error);     inside the transaction
 *     person_batch_free(batch);
 *
 * Touches of the new persons are added with touch_insert and person_refresh after the batch is
 * written. People with a tag that has a cadence are refreshed by the write itself. */
#ifndef LIGATURE_MODEL_PERSON_BULK_H
#define LIGATURE_MODEL_PERSON_BULK_H

#include "model/person.h"

struct person_batch;

struct person_batch_of {
    int64_t account_id;
    int64_t source_id;
    int64_t now; /* created_at, changed_at */
    int32_t today;
};
struct person_batch_of person_batch_of(const struct book *book, int64_t source_id);

struct person_new {
    int64_t person_id;   /* from id_next(), ascending */
    int64_t fact_set_id; /* likewise */
    const char *record_key;
    const struct fact *facts;
    size_t n_facts;
    const char *encoded; /* the facts as facts_encode() gives them; NULL: not known yet */
};

struct person_batch *person_batch_new(const struct person_batch_of *of);
void person_batch_free(struct person_batch *batch);
/* Borrows nothing after it returns. */
void person_batch_add(struct person_batch *batch, const struct person_new *person);
int person_batch_size(const struct person_batch *batch);
/* Writes person, fact set, identifiers, traits and search words of each. */
bool person_batch_write(struct book *book, struct person_batch *batch, GError **error);

/* The same in two steps: rows first, and then the index of many batches at once, in the order of its
 * tables: a row that goes in behind the last one is found its place at once. Between the two nobody
 * of the batches is to be read; a batch that has its rows written has forgotten them. */
bool person_batch_write_rows(struct book *book, struct person_batch *batch, GError **error);
bool person_batches_write_index(struct book *book, struct person_batch *const *batches, guint n,
                                GError **error);

/* The same on one thread: batches of a thousand. */
struct person_bulk;
struct person_bulk *person_bulk_new(struct book *book, const char *family, int64_t source_id,
                                    int64_t seen_at);
void person_bulk_free(
    struct person_bulk *bulk); /* without finish: what was not written is forgotten */
bool person_bulk_add(struct person_bulk *bulk, const char *record_key, const struct fact *facts,
                     int n, int64_t *person_id_out, GError **error);
bool person_bulk_finish(struct person_bulk *bulk, GError **error);

#endif
