/* Steps: next things to do. */
#ifndef LIGATURE_MODEL_STEP_H
#define LIGATURE_MODEL_STEP_H

#include "model/change.h"

struct step {
    int64_t step_id;
    int64_t person_id; /* 0: about nobody in particular */
    const char *title; /* verb first */
    const char *why;
    int32_t due_day;
    int minutes;        /* -1 */
    int64_t cost_cents; /* -1: not known; 0: free */
    const char *currency;
    const char *strategy;
    const char *state; /* "open", "done", "dropped" */
    int32_t snoozed_to;
    int64_t closed_at;
    int64_t created_at;
};

/* Refuses step.title_missing, step.title_too_long (200 characters), person.not_found. */
bool step_add(struct book *book, const struct step *step, struct change_log *log,
              int64_t *step_id_out, GError **error);
bool step_load(struct book *book, int64_t step_id, GStringChunk *text, struct step *step_out,
               GError **error);
/* Replaces title, why, due_day, minutes, cost, currency of step->step_id. */
bool step_edit(struct book *book, const struct step *step, struct change_log *log, GError **error);
bool step_done(struct book *book, int64_t step_id, struct change_log *log, GError **error);
bool step_drop(struct book *book, int64_t step_id, struct change_log *log, GError **error);
bool step_snooze(struct book *book, int64_t step_id, int32_t until_day, struct change_log *log,
                 GError **error);
bool step_reopen(struct book *book, int64_t step_id, GError **error);

struct step_filter {
    int64_t person_id; /* 0: everyone; else the whole merge */
    const char *state; /* NULL: open */
    int32_t due_until; /* due or, when snoozed, awake by that day; DAY_NONE or 0: any */
    bool is_snoozed;   /* only those asleep today */
    int limit;         /* 0: 100 */
};
/* By due day (none last), then id. */
bool step_list(struct book *book, const struct step_filter *filter, GStringChunk *text,
               GArray *steps_out, GError **error);

#endif
