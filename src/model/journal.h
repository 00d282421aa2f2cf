/* Which people changed in which revision of an account, as far as this process wrote them: so that
 * what is kept in memory (the survey) reads only those again. Entries exist for what is committed;
 * what another process wrote has none. Thread safe. */
#ifndef LIGATURE_MODEL_JOURNAL_H
#define LIGATURE_MODEL_JOURNAL_H

#include "model/book.h"

/* ---- writers ---- */

/* Every statement that changes a row of the person table, or its traits, says whose. */
void journal_person(struct book *book, int64_t person_id);
/* All people of the account at once. */
void journal_everybody(struct book *book);
/* Called by book_changed with the revision it made. */
void journal_revision(struct book *book, int64_t revision);

/* ---- readers ---- */

/* From now on entries are kept for this account (the last 64, and of few people each). */
void journal_follow(struct book *book);
/* Adds (int64_t *, g_free) whoever changed after revision `from` up to `to`, as this transaction sees
 * it: what it changed itself counts too. False: the journal does not reach, or everybody changed. */
bool journal_since(struct book *book, int64_t from, int64_t to, GHashTable *ids);

#endif
