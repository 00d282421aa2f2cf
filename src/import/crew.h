/* New people of an import, written beside the reading: the reader prepares batches (pure), a thread
 * of the crew's own writes them into the transaction. Only one of the two uses the transaction at a
 * time: the reader calls crew_wait before it does. */
#ifndef LIGATURE_IMPORT_CREW_H
#define LIGATURE_IMPORT_CREW_H

#include "model/person_bulk.h"

struct crew;

/* Borrows book, whose transaction lives until crew_free. */
struct crew *crew_new(const struct book *book);
/* What was not written is forgotten. NULL does nothing. */
void crew_free(struct crew *crew);

/* Adds a person under a source, giving person its ids; a full batch goes to be written. False when
 * writing failed before. */
bool crew_add(struct crew *crew, int64_t source_id, struct person_new *person, GError **error);
/* Writes what is in hand and waits until all is written: from then on the transaction is the
 * caller's. */
bool crew_wait(struct crew *crew, GError **error);

#endif
