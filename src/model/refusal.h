/* What was put off or refused, so that it is not suggested again: once, for a while, or for good. */
#ifndef LIGATURE_MODEL_REFUSAL_H
#define LIGATURE_MODEL_REFUSAL_H

#include "model/change.h"

struct refusal {
    const char *scope;   /* "step" (a suggestion's key), "person", "strategy", "kind" */
    const char *target;  /* the key; a person's id in base 32; an id in data/ */
    int32_t until_day;   /* in force before this day; DAY_NONE: for good */
    const char *reason;  /* in one's own words, or an id of data/refusal_reasons.tsv */
    int64_t created_at;
};

/* A newer one of the same scope and target takes its place. Refuses refusal.scope, refusal.target,
 * refusal.reason_too_long, person.not_found. */
bool refusal_set(struct book *book, const struct refusal *refusal, struct change_log *log,
                 GError **error);
bool refusal_clear(struct book *book, const char *scope, const char *target,
                   struct change_log *log, GError **error);
/* Newest first, those in force on `day` only unless day is DAY_NONE. */
bool refusal_list(struct book *book, int32_t day, GStringChunk *text, GArray *refusals_out,
                  GError **error);

#endif
