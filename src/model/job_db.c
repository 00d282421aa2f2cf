/* Long actions, and their statements. */
#include "model/job.h"

#include <string.h>

DB_QUERY(job_put, "INSERT INTO job (account_id, job_id, action, state, done, total, words, result, "
                  "started_at, ended_at) "
                  "VALUES ($1, $2, $3, 'running', 0, 0, '', NULL, $4, NULL)");

bool job_add(struct book *book, const char *action, int64_t *job_id_out, GError **error)
{
    *job_id_out = book_new_id(book);
    return DB_EXEC(book->tx, &job_put, error, DB_INT(book->account_id), DB_INT(*job_id_out),
                   DB_TEXT(action), DB_INT(book_now(book)));
}

/* The current row. */
static void job_read(db_rows *rows, GStringChunk *text, struct job *job_out)
{
    *job_out = (struct job){
        .job_id = db_int(rows, "job_id"),
        .action = keep_text(text, db_text(rows, "action")),
        .state = keep_text(text, db_text(rows, "state")),
        .done = db_int(rows, "done"),
        .total = db_int(rows, "total"),
        .words = keep_text(text, db_text(rows, "words")),
        .result = keep_text(text, db_text(rows, "result")),
        .started_at = db_int(rows, "started_at"),
        .ended_at = db_at(rows, "ended_at"),
    };
}

DB_QUERY(job_one,
         "SELECT job_id, action, state, done, total, words, result, started_at, ended_at FROM job "
         "WHERE account_id = $1 AND job_id = $2");

bool job_load(struct book *book, int64_t job_id, GStringChunk *text, struct job *job_out,
              GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &job_one, error, DB_INT(book->account_id), DB_INT(job_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        job_read(rows, text, job_out);
        return true;
    }
    return state == 0 && refuse(error, "job.not_found", "There is no such job.");
}

DB_QUERY(job_note, "UPDATE job SET done = $3, total = $4, words = $5 WHERE account_id = $1 AND "
                   "job_id = $2 AND state = 'running'");

bool job_progress(struct book *book, int64_t job_id, int64_t done, int64_t total, const char *words,
                  GError **error)
{
    return DB_EXEC(book->tx, &job_note, error, DB_INT(book->account_id), DB_INT(job_id),
                   DB_INT(done), DB_INT(total), DB_TEXT(words == NULL ? "" : words));
}

DB_QUERY(
    job_close,
    "UPDATE job SET state = $3, result = $4, ended_at = $5 WHERE account_id = $1 AND job_id = $2 "
    "AND state = 'running'");

bool job_end(struct book *book, int64_t job_id, const char *state, const char *result,
             GError **error)
{
    return DB_EXEC(book->tx, &job_close, error, DB_INT(book->account_id), DB_INT(job_id),
                   DB_TEXT(state), DB_TEXT(result), DB_INT(book_now(book)));
}

DB_QUERY(job_newest,
         "SELECT job_id, action, state, done, total, words, result, started_at, ended_at FROM job "
         "WHERE account_id = $1 ORDER BY job_id DESC LIMIT $2");

bool job_list(struct book *book, int limit, GStringChunk *text, GArray *jobs_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &job_newest, error, DB_INT(book->account_id),
                                        DB_INT(limit <= 0 ? 100 : limit));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct job job;
        job_read(rows, text, &job);
        g_array_append_val(jobs_out, job);
    }
    return state == 0;
}

DB_QUERY(job_fail_running, "UPDATE job SET state = 'failed', ended_at = $2, result = "
                           "'{\"error\":{\"code\":\"job.interrupted\",\"message\":"
                           "\"The program ended before this was done. Nothing half done was "
                           "kept.\"}}' WHERE account_id = $1 AND state = 'running'");

bool job_sweep(struct book *book, int *n_out, GError **error)
{
    int64_t n = 0;
    bool is_done = DB_EXEC_COUNT(book->tx, &job_fail_running, &n, error, DB_INT(book->account_id),
                                 DB_INT(book_now(book)));
    *n_out = (int)n;
    return is_done;
}
