/* Between the merge_*.c and pair_*.c files. */
#ifndef LIGATURE_MODEL_MERGE_PART_H
#define LIGATURE_MODEL_MERGE_PART_H

#include "model/merge.h"

bool merge_save(struct book *book, const struct merge *merge, GError **error);
bool merge_fetch(struct book *book, int64_t merge_id, GStringChunk *text, struct merge *merge_out,
                 GError **error);
/* In force, oldest first, of the persons with these roots. */
bool merge_in_force(struct book *book, GArray *merges_out, GError **error);
bool person_set_root(struct book *book, int64_t person_id, int64_t root_id, GError **error);

/* state NULL: deletes the pair. a and b in any order. */
bool pair_put(struct book *book, const struct pair *pair, GError **error);
/* state NULL when there is none. */
bool pair_fetch(struct book *book, int64_t a_id, int64_t b_id, GStringChunk *text,
                struct pair *pair_out, GError **error);
/* Pairs kept apart that name any of the ids: appends struct pair. */
bool pair_apart_of(struct book *book, int64_t person_id, GStringChunk *text, GArray *pairs_out,
                   GError **error);

#endif
