/* What today holds: due and overdue, heard from, changed, resting. */
#ifndef LIGATURE_MODEL_TODAY_H
#define LIGATURE_MODEL_TODAY_H

#include "model/person.h"
#include "model/step.h"
#include "model/touch.h"

struct today_due { /* a step, or a cadence that ran out */
    bool is_step;
    struct step step;         /* when is_step */
    struct person_row person; /* person_id 0: a step about nobody */
    int32_t due_day;
    int n_late; /* days late; 0: due today */
};
struct today_heard {
    struct touch touch;
    struct person_row person;
};
struct today_changed { /* a newer export says something else */
    struct person_row person;
    const char *what; /* "work", "place", "headline" */
    const char *before;
    const char *after;
    int64_t import_id;
    int32_t on_day; /* day of the import */
};
struct today_resting {
    struct person_row person;
    int32_t until_day;
    const char *why; /* "paused", "snoozed" */
};

struct today {
    GArray *overdue; /* struct today_due, latest first */
    GArray *due;     /* struct today_due */
    GArray *heard;   /* struct today_heard: touches from them of the last 7 days, newest first */
    GArray *
        changed; /* struct today_changed of imports of the last 30 days, newest first, at most 20 */
    GArray *resting; /* struct today_resting, by day */
    int n_changed;   /* before the limit of 20 */
    GStringChunk *text;
};
struct today *today_load(struct book *book, GError **error);
void today_free(struct today *today);
typedef struct today today_ptr; /* for g_autoptr(today_ptr) only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(today_ptr, today_free)

#endif
