/* What came of each strategy, counted from rows that can be shown: steps, replies, talks,
 * introductions, mentors, letters, hours, money. */
#ifndef LIGATURE_MODEL_OUTCOME_H
#define LIGATURE_MODEL_OUTCOME_H

#include "model/book.h"

enum outcome_of { OUTCOME_STEPS, OUTCOME_MESSAGES, OUTCOME_REPLIES, OUTCOME_TALKS,
                  OUTCOME_INTRODUCTIONS, OUTCOME_MENTORS, OUTCOME_LETTERS, OUTCOME_MINUTES,
                  OUTCOME_CENTS, N_OUTCOME };
#define OUTCOME_WEEKS 12

struct outcomes {            /* of one strategy */
    const char *strategy;    /* id, constant */
    int64_t n[N_OUTCOME];    /* replies: of OUTCOME_MESSAGES messages */
    int steps_by_week[OUTCOME_WEEKS];    /* oldest first, this week last */
    int answered_by_week[OUTCOME_WEEKS]; /* of those, led to an answer or a talk */
};
struct outcome_row {         /* one row behind a number */
    enum outcome_of of;
    const char *strategy;
    int64_t step_id;         /* 0 when it is no step */
    int64_t person_id;       /* 0 */
    int32_t on_day;
    int64_t amount;          /* what it adds: minutes, cents; 1 of the others */
    const char *words;       /* the step's title, the touch's kind */
};

/* Since from_day, for all strategies of data/strategies.tsv in their order. Rules (the same for all,
 * docs/VALUE.md, "What came of it"): a reply is their first touch within 21 days of a done step with
 * them that wrote to them; a talk is a two-way touch with them within 30 days of a done step; both
 * are counted once, for the last such step, and once a step.
 * outcomes_out: struct outcomes; rows_out (may be NULL): struct outcome_row, by number, newest first:
 * their amounts add up to the number. */
bool outcomes_load(struct book *book, int32_t from_day, GStringChunk *text, GArray *outcomes_out,
                   GArray *rows_out, GError **error);

#endif
