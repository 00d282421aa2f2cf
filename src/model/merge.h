/* Two persons seen as one. Facts and touches keep their person; root_id says in front of whom they
 * stand, always flat. */
#ifndef LIGATURE_MODEL_MERGE_H
#define LIGATURE_MODEL_MERGE_H

#include "model/person.h"

struct merge {
    int64_t merge_id;
    int64_t kept_id;
    int64_t gone_id;
    const char *why;
    int64_t undone_at;
};

struct pair {     /* two people who may be one */
    int64_t a_id; /* smaller */
    int64_t b_id;
    const char *state; /* "proposed", "apart", "merged": proposed again when taken apart */
    const char *why;   /* "same e-mail a@b.example", "same name and hospital" */
    bool is_exact;
    int64_t source_id; /* 0: none */
    int64_t created_at;
};

/* gone is shown as part of kept from now on. why NULL: from what they have in common. Refuses
 * merge.same (one already), merge.is_self (gone is yourself: swapped instead), merge.kept_apart
 * when the two, or anyone merged into them, are kept apart. */
bool merge_add(struct book *book, int64_t kept_id, int64_t gone_id, const char *why,
               int64_t *merge_id_out, GError **error);
/* Takes exactly that merge back, also after later imports and merges. Refuses merge.not_found,
 * merge.undone_before. */
bool merge_undo(struct book *book, int64_t merge_id, GError **error);
/* Merges in force that a person is part of; person_id 0: all, newest first. */
bool merge_list(struct book *book, int64_t person_id, GStringChunk *text, GArray *merges_out,
                GError **error);

/* Looks for people who share an exact identifier and have compatible names (is_exact), or name and
 * organisation (not exact), and proposes those not decided yet. person_id 0: everyone. *n_out:
 * pairs newly proposed. */
bool pair_propose(struct book *book, int64_t person_id, int64_t source_id, int *n_out,
                  GError **error);
/* One pair, e.g. found by an import; nothing when it is there already, kept apart, or merged. */
bool pair_add(struct book *book, const struct pair *pair, GError **error);
/* Proposed pairs of living, unmerged people, exact first, newest first; ids are roots. */
bool pair_list(struct book *book, int limit, GStringChunk *text, GArray *pairs_out,
               int64_t *total_out, GError **error);
/* Remembered for good: neither proposed nor joined through a third. */
bool pair_keep_apart(struct book *book, int64_t a_id, int64_t b_id, GError **error);
/* Takes keeping apart back: proposed again. */
bool pair_reopen(struct book *book, int64_t a_id, int64_t b_id, GError **error);
bool pair_is_apart(struct book *book, int64_t a_id, int64_t b_id, bool *is_apart_out,
                   GError **error);

#endif
