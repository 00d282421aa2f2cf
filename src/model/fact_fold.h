/* The fold: a person's fact sets, oldest first, become the facts in force. Pure; the rules are in
 * fact.h.
 *
 * Beyond the rules there: whatever you said of a one-valued kind, added or set, wins over all
 * sources; one-valued kinds agree when the words of one value are among the words of the other
 * ("Toledo" and "Toledo, Ohio"), and photos never conflict: the newest is shown. A value that lost
 * to another stays, is_beside. */
#ifndef LIGATURE_MODEL_FACT_FOLD_H
#define LIGATURE_MODEL_FACT_FOLD_H

#include "model/fact_set.h"

struct folded_fact {
    struct fact fact;
    const int *origins; /* indexes of the sets that say so now, newest first */
    int n_origins;
    bool is_yours;     /* one of them is your edit */
    bool has_conflict; /* one-valued, sources differ, and nobody decided */
    bool is_beside;    /* one-valued and not the one that counts */
};

struct fact_fold {
    GArray *facts; /* struct folded_fact: by kind, then the one that counts, then newest first */
    const struct fact_set *sets; /* borrowed from the caller, as given */
    int n_sets;
    bool has_conflict;
    GStringChunk *text; /* owned */
};

/* sets: oldest first; borrowed until the fold is freed. NULL and "fact.damaged" when a set cannot
 * be read. */
struct fact_fold *fact_fold(const struct fact_set *sets, int n_sets, GError **error);
/* The same of one set whose facts are in memory; set->facts is not read. Strings are borrowed as
 * long as the fold lives. */
struct fact_fold *fact_fold_one(const struct fact_set *set, const struct fact *facts, size_t n);
void fact_fold_free(struct fact_fold *fold);
typedef struct fact_fold fact_fold_ptr; /* for g_autoptr(fact_fold_ptr) only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(fact_fold_ptr, fact_fold_free)

/* The fact that counts of a one-valued kind, or the first of another; NULL: none. Borrowed. */
const struct fact *fact_fold_first(const struct fact_fold *fold, enum fact_kind kind);

#endif
