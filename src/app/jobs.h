/* Long actions that were started over HTTP, and the periodic work of features. A job has a row
 * (model/job.h), so that it is found after a reload, and its live state here. Jobs that ran when
 * the program ended are marked failed at the next start. */
#ifndef LIGATURE_APP_JOBS_H
#define LIGATURE_APP_JOBS_H

#include "action/api.h"
#include "app/app.h"

struct http_stream; /* net/http_stream.h */

enum job_state { JOB_NONE, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED };

/* A copy of how it stands. words and result are owned by the copy. */
struct job_view {
    int64_t job_id;
    char *action;
    enum job_state state;
    int64_t done;
    int64_t total; /* 0: no end in sight */
    char *words;
    json_t *result; /* result, or {"error":...}; NULL while running */
};

/* Marks what a crash left running as failed, empties the folder of old uploads, and begins the
 * periodic work. */
struct jobs *jobs_new(struct app *app, int n_threads, GError **error);
/* Asks every job to stop, waits for them, and ends. NULL does nothing. */
void jobs_free(struct jobs *jobs);

/* Starts; checks permission and parameters first, so that a refusal is told at once. Uploads are
 * moved into the job's folder. */
bool jobs_start(struct jobs *jobs, const struct api_job *job, int64_t *job_id_out, GError **error);
/* False with "job.not_found" when the account has no such job. */
bool jobs_view(struct jobs *jobs, int64_t account_id, int64_t job_id, struct job_view *view_out,
               GError **error);
void job_view_clear(struct job_view *view);
/* How far a job is that still runs, as its row cannot say while the action holds the store: from
 * memory in the process that runs it, elsewhere from what that process notes in the data folder.
 * False: nothing is known of it. *words_out: new string. */
bool jobs_how_far(const struct app *app, int64_t job_id, int64_t *done_out, int64_t *total_out,
                  char **words_out);
bool jobs_cancel(struct jobs *jobs, int64_t account_id, int64_t job_id, GError **error);
/* Sends "progress" {"done","total","words"} and at last "end" {"state"} to the stream, then ends
 * it. A job that has ended, or lives in another process, ends it at once. Takes a reference of its
 * own. */
void jobs_watch(struct jobs *jobs, int64_t account_id, int64_t job_id, struct http_stream *stream);

const char *job_state_text(enum job_state state);

#endif
