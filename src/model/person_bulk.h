/* The fast road for importing people nobody knows yet: facts are in memory, nothing is read back, rows go in in id order,
 * identifiers and traits in one sorted batch at the end. One bulk per transaction and source. */
#ifndef LIGATURE_MODEL_PERSON_BULK_H
#define LIGATURE_MODEL_PERSON_BULK_H

#include "model/person.h"

struct person_bulk;

/* book and the source's family, seen_at are borrowed/copied until the end. */
struct person_bulk *person_bulk_new(struct book *book, const char *family, int64_t source_id, int64_t seen_at);
void person_bulk_free(struct person_bulk *bulk);            /* without finish: what was not written is forgotten */

/* One new person of one set. Facts are borrowed for the call. */
bool person_bulk_add(struct person_bulk *bulk, const char *record_key, const struct fact *facts, int n,
                     int64_t *person_id_out, GError **error);
/* Writes identifiers, traits and search words. Must be called once before the transaction ends. Touches of the new
 * persons are added with touch_insert and person_refresh afterwards. */
bool person_bulk_finish(struct person_bulk *bulk, GError **error);

#endif
