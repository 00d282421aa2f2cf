/* The address book of one account, opened inside one transaction: the first argument of nearly
 * every function of the model.
 *
 * Conventions of the whole folder:
 * - Functions that may find nothing for an id refuse with "<noun>.not_found"; another account's id
 * reads as absent.
 * - Lists are appended to a GArray of the noun's struct; strings live in the GStringChunk given
 * beside it, so that one caller-owned arena frees all: g_autoptr(GStringChunk) text =
 * g_string_chunk_new(4096);
 * - `*_at` AT_NONE and `*_day` DAY_NONE mean "not known"; text NULL means absent; ids 0 mean none;
 * numbers -1 mean none.
 * - A write bumps the account's revision once a transaction (book_changed). */
#ifndef LIGATURE_MODEL_BOOK_H
#define LIGATURE_MODEL_BOOK_H

#include "base/env.h"
#include "base/error.h"
#include "db/db.h"

#include <jansson.h>

struct book {
    struct db_tx *tx; /* borrowed */
    struct env *env;  /* borrowed */
    int64_t account_id;
    bool has_changed; /* the revision is bumped already; start with false in each run of the
                         callback */
};

/* For use at the head of a transaction callback: struct book book = BOOK(tx, env, account_id); */
#define BOOK(tx_, env_, account_id_) \
    ((struct book){.tx = (tx_), .env = (env_), .account_id = (account_id_)})

int32_t book_today(const struct book *book);
int64_t book_now(const struct book *book);
int64_t book_new_id(const struct book *book);

/* Bumps account.revision, once per book. Every write of the model calls it. */
bool book_changed(struct book *book, GError **error);

/* NULL-safe copy into an arena: NULL stays NULL. */
const char *keep_text(GStringChunk *text, const char *value);

#endif
