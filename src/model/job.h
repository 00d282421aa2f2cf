/* Long actions, kept so that their bar survives a reload. */
#ifndef LIGATURE_MODEL_JOB_H
#define LIGATURE_MODEL_JOB_H

#include "model/book.h"

struct job {
    int64_t job_id;
    const char *action;
    const char *state; /* running, done, failed, cancelled */
    int64_t done, total;
    const char *words;
    const char *result; /* JSON of the result or error */
    int64_t started_at, ended_at;
};

/* Starts as running, now. */
bool job_add(struct book *book, const char *action, int64_t *job_id_out, GError **error);
bool job_load(struct book *book, int64_t job_id, GStringChunk *text, struct job *job_out,
              GError **error);
bool job_progress(struct book *book, int64_t job_id, int64_t done, int64_t total, const char *words,
                  GError **error);
/* state: done, failed, cancelled. */
bool job_end(struct book *book, int64_t job_id, const char *state, const char *result,
             GError **error);
bool job_list(struct book *book, int limit, GStringChunk *text, GArray *jobs_out, GError **error);
/* Jobs a crash left running are failed, of one account. */
bool job_sweep(struct book *book, int *n_out, GError **error);

#endif
