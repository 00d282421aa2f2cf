/* Long actions over HTTP. A job runs on a thread of a small pool; its live state is here, its row
 * in the store is written when it starts, every two seconds, and when it ends. An action that holds
 * the store's only writer cannot have its row written; so how far it is also stands in a small file
 * of the data folder, for the command line. The periodic work of features has one thread of its
 * own. */
#include "app/jobs.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "model/account.h"
#include "model/job.h"
#include "net/http_stream.h"
#include "page/dispatch.h"

#define WAITING_MAX 100
#define TELL_US 100000
#define WRITE_US 2000000
#define NOTE_US 500000
#define WORDS_MAX 1000
#define MINUTE_US (60 * G_USEC_PER_SEC)

struct live {
    struct progress progress; /* first: the action's handle */
    struct jobs *jobs;
    int64_t job_id;
    struct api_caller caller;
    const struct action *action;
    json_t *raw;             /* owned */
    char *folder;            /* owned; of its files, NULL: none */
    struct call_file *files; /* owned, strings too */
    int n_files;
    /* under jobs->lock */
    enum job_state state;
    int64_t done;
    int64_t total;
    char *words;
    bool is_cancelled;
    GPtrArray *streams;
    int64_t told_us;
    int64_t written_us;
    int64_t noted_us;
};

struct jobs {
    struct app *app;
    char *folder;
    GThreadPool *pool;
    GThread *periodic;
    GMutex lock;
    GCond cond;
    GHashTable *live; /* &job_id -> struct live, while waiting or running */
    bool is_stopping;
};

const char *job_state_text(enum job_state state)
{
    static const char *const words[] = {
        [JOB_NONE] = "none",     [JOB_RUNNING] = "running",     [JOB_DONE] = "done",
        [JOB_FAILED] = "failed", [JOB_CANCELLED] = "cancelled",
    };
    return words[state];
}

static enum job_state state_of(const char *text)
{
    for (enum job_state state = JOB_RUNNING; state <= JOB_CANCELLED; state++) {
        if (g_strcmp0(job_state_text(state), text) == 0) {
            return state;
        }
    }
    return JOB_NONE;
}

/* ---- rows ---- */

struct row_work {
    struct jobs *jobs;
    int64_t account_id;
    int64_t job_id;
    const char *action;
    enum job_state state;
    int64_t done;
    int64_t total;
    const char *text; /* words, or the result */
};

static bool add_row(struct db_tx *tx, void *data, GError **error)
{
    struct row_work *work = data;
    struct book book = BOOK(tx, &work->jobs->app->env, work->account_id);
    return job_add(&book, work->action, &work->job_id, error);
}

static bool write_progress(struct db_tx *tx, void *data, GError **error)
{
    struct row_work *work = data;
    struct book book = BOOK(tx, &work->jobs->app->env, work->account_id);
    return job_progress(&book, work->job_id, work->done, work->total, work->text, error);
}

static bool write_end(struct db_tx *tx, void *data, GError **error)
{
    struct row_work *work = data;
    struct book book = BOOK(tx, &work->jobs->app->env, work->account_id);
    return job_progress(&book, work->job_id, work->done, work->total, "", error) &&
           job_end(&book, work->job_id, job_state_text(work->state), work->text, error);
}

/* ---- files ---- */

static void forget_folder(const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            forget_folder(path);
        } else {
            g_unlink(path);
        }
    }
    g_clear_pointer(&dir, g_dir_close);
    g_rmdir(folder);
}

/* Only where renaming crosses file systems. */
static bool copy_file(const char *from, const char *to)
{
    FILE *in = fopen(from, "rb");
    FILE *out = in != NULL ? fopen(to, "wb") : NULL;
    char block[65536];
    size_t n;
    bool is_done = out != NULL;
    while (is_done && (n = fread(block, 1, sizeof block, in)) > 0) {
        is_done = fwrite(block, 1, n, out) == n;
    }
    is_done = is_done && ferror(in) == 0;
    is_done = (out == NULL || fclose(out) == 0) && is_done;
    if (in != NULL) {
        fclose(in);
    }
    return is_done;
}

/* An upload is deleted with its request, so the job takes it over; renaming is enough on one file
 * system. */
static bool take_files(struct live *live, const struct api_job *job, GError **error)
{
    if (job->n_files == 0) {
        return true;
    }
    char id[ID_TEXT];
    live->folder = g_build_filename(live->jobs->folder, id_format(live->job_id, id), NULL);
    if (g_mkdir_with_parents(live->folder, 0700) != 0) {
        return bug(error, "job.folder", "%s cannot be made: %s.", live->folder, g_strerror(errno));
    }
    live->files = g_new0(struct call_file, job->n_files);
    for (int i = 0; i < job->n_files; i++) {
        g_autofree char *name = g_strdup_printf("%d", i);
        char *path = g_build_filename(live->folder, name, NULL);
        live->files[live->n_files++] =
            (struct call_file){.path = path, .name = g_strdup(job->files[i].name)};
        if (g_rename(job->files[i].path, path) != 0 && !copy_file(job->files[i].path, path)) {
            return bug(error, "job.file", "%s cannot be taken over: %s.", job->files[i].name,
                       g_strerror(errno));
        }
    }
    return true;
}

static void live_free(void *data)
{
    struct live *live = data;
    for (int i = 0; i < live->n_files; i++) {
        g_free((char *)live->files[i].path);
        g_free((char *)live->files[i].name);
    }
    g_free(live->folder);
    g_free(live->files);
    g_free(live->words);
    json_decref(live->raw);
    g_ptr_array_unref(live->streams);
    g_free(live);
}

/* ---- how far, for other processes ---- */

static char *note_path(const char *data_dir, int64_t job_id)
{
    char id[ID_TEXT];
    g_autofree char *name = g_strconcat(id_format(job_id, id), ".progress", NULL);
    return g_build_filename(data_dir, "jobs", name, NULL);
}

/* In place of the note before, so that nobody reads half of one. Losing it loses nothing. */
static void write_note(const struct jobs *jobs, int64_t job_id, int64_t done, int64_t total,
                       const char *words)
{
    g_autofree char *path = note_path(jobs->app->data_dir, job_id);
    g_autofree char *fresh = g_strconcat(path, ".new", NULL);
    FILE *out = g_mkdir_with_parents(jobs->folder, 0700) == 0 ? fopen(fresh, "we") : NULL;
    if (out != NULL) {
        fprintf(out, "%" PRId64 " %" PRId64 " %.*s", done, total, WORDS_MAX, words);
        if (fclose(out) != 0 || g_rename(fresh, path) != 0) {
            g_unlink(fresh);
        }
    }
}

static void forget_note(const struct jobs *jobs, int64_t job_id)
{
    g_autofree char *path = note_path(jobs->app->data_dir, job_id);
    g_unlink(path);
}

static bool read_note(const char *data_dir, int64_t job_id, int64_t *done_out, int64_t *total_out,
                      char **words_out)
{
    g_autofree char *path = note_path(data_dir, job_id);
    g_autofree char *text = NULL;
    int at = 0;
    if (!g_file_get_contents(path, &text, NULL, NULL) ||
        sscanf(text, "%" SCNd64 " %" SCNd64 " %n", done_out, total_out, &at) != 2) {
        return false;
    }
    *words_out = g_utf8_make_valid(text + at, -1);
    return true;
}

/* ---- telling ---- */

/* Under the lock. */
static void tell_progress(struct live *live, struct http_stream *only)
{
    json_t *news = json_pack("{s:I, s:I, s:o}", "done", (json_int_t)live->done, "total",
                             (json_int_t)live->total, "words",
                             json_text(live->words != NULL ? live->words : ""));
    char *text = json_dumps(news, JSON_COMPACT);
    json_decref(news);
    for (guint i = live->streams->len; i-- > 0;) {
        struct http_stream *stream = g_ptr_array_index(live->streams, i);
        if ((only == NULL || only == stream) && !http_stream_send(stream, NULL, "progress", text)) {
            g_ptr_array_remove_index_fast(live->streams, i);
        }
    }
    free(text);
}

static void tell_end(struct http_stream *stream, enum job_state state)
{
    g_autofree char *text = g_strdup_printf("{\"state\":\"%s\"}", job_state_text(state));
    http_stream_send(stream, NULL, "end", text);
    http_stream_end(stream);
}

static void report(struct progress *progress, int64_t done, int64_t total, const char *words)
{
    struct live *live = (struct live *)progress;
    struct jobs *jobs = live->jobs;
    int64_t now = g_get_monotonic_time();
    g_mutex_lock(&jobs->lock);
    bool has_new_words = g_strcmp0(live->words, words) != 0;
    live->done = done;
    live->total = total;
    if (has_new_words) {
        g_free(live->words);
        live->words = g_strdup(words);
    }
    if (now - live->told_us >= TELL_US || has_new_words || (total > 0 && done >= total)) {
        live->told_us = now;
        tell_progress(live, NULL);
    }
    bool is_to_write = now - live->written_us >= WRITE_US;
    live->written_us = is_to_write ? now : live->written_us;
    bool is_to_note = now - live->noted_us >= NOTE_US;
    live->noted_us = is_to_note ? now : live->noted_us;
    g_mutex_unlock(&jobs->lock);
    if (is_to_note) {
        write_note(jobs, live->job_id, done, total, words != NULL ? words : "");
    }
    if (is_to_write) {
        struct row_work work = {
            .jobs = jobs,
            .account_id = live->caller.account_id,
            .job_id = live->job_id,
            .done = done,
            .total = total,
            .text = words != NULL ? words : "",
        };
        g_autoptr(GError) error = NULL;
        /* an action that reports from inside its own transaction: its row is written at its end */
        if (!db_write(jobs->app->db, "job progress", write_progress, &work, &error) &&
            !error_has_code(error, "store.nested")) {
            g_warning("job progress: %s: %s", error_code(error), error->message);
        }
    }
}

static bool is_cancelled(struct progress *progress)
{
    struct live *live = (struct live *)progress;
    g_mutex_lock(&live->jobs->lock);
    bool is_over = live->is_cancelled || live->jobs->is_stopping;
    g_mutex_unlock(&live->jobs->lock);
    return is_over;
}

/* ---- running ---- */

/* The files go, the row ends, then those who watch are told, so that what they look at next finds
 * it ended. */
static void end_job(struct live *live, enum job_state state, json_t *result)
{
    struct jobs *jobs = live->jobs;
    if (live->folder != NULL) {
        forget_folder(live->folder);
    }
    forget_note(jobs, live->job_id);
    char *text = json_dumps(result, JSON_COMPACT);
    struct row_work work = {
        .jobs = jobs,
        .account_id = live->caller.account_id,
        .job_id = live->job_id,
        .state = state,
        .done = live->done,
        .total = live->total,
        .text = text,
    };
    g_autoptr(GError) error = NULL;
    if (!db_write(jobs->app->db, "job end", write_end, &work, &error)) {
        g_warning("job end: %s: %s", error_code(error), error->message);
    }
    free(text);
    if (jobs->app->site != NULL) {
        site_changed(jobs->app->site);
    }
    g_mutex_lock(&jobs->lock);
    for (guint i = 0; i < live->streams->len; i++) {
        tell_end(g_ptr_array_index(live->streams, i), state);
    }
    g_hash_table_remove(jobs->live, &live->job_id); /* frees live */
    g_cond_broadcast(&jobs->cond);
    g_mutex_unlock(&jobs->lock);
}

static void run_job(void *data, void *user_data)
{
    struct live *live = data;
    struct app *app = live->jobs->app;
    (void)user_data;
    struct action_call call = {
        .action = live->action,
        .env = &app->env,
        .db = app->db,
        .app = app,
        .table = &app->actions,
        .data_dir = app->data_dir,
        .account_id = live->caller.account_id,
        .is_admin = live->caller.is_admin,
        .is_loopback = live->caller.is_loopback,
        .scopes = live->caller.scopes,
        .progress = &live->progress,
        .files = live->files,
        .n_files = live->n_files,
    };
    g_autoptr(GError) error = NULL;
    json_t *result = NULL;
    json_t *refusals = NULL;
    enum job_state state = JOB_CANCELLED;
    if (is_cancelled(&live->progress)) {
        refuse(&error, "action.cancelled", "It was stopped before it began.");
    } else if (action_run(&call, live->raw, true, &result, &refusals, &error)) {
        state = JOB_DONE;
    } else {
        state = error_has_code(error, "action.cancelled") ? JOB_CANCELLED : JOB_FAILED;
    }
    if (error != NULL && !error_is_theirs(error)) {
        g_warning("%s: %s: %s", live->action->name, error_code(error), error->message);
    }
    if (result == NULL) {
        result = action_error_json(error, refusals != NULL ? refusals : call.refused);
    }
    json_decref(refusals);
    json_decref(call.refused);
    json_decref(call.args);
    end_job(live, state, result);
    json_decref(result);
}

/* ---- starting ---- */

/* Permission and parameters, before there is a row. */
static bool check(struct jobs *jobs, const struct api_job *job, GError **error)
{
    struct action_call call = {
        .action = job->action,
        .env = &jobs->app->env,
        .account_id = job->caller->account_id,
        .is_admin = job->caller->is_admin,
        .scopes = job->caller->scopes,
        .files = job->files,
        .n_files = job->n_files,
    };
    bool is_sound = action_check(&call, job->raw, true, NULL, error);
    json_decref(call.args);
    return is_sound;
}

bool jobs_start(struct jobs *jobs, const struct api_job *job, int64_t *job_id_out, GError **error)
{
    if (!check(jobs, job, error)) {
        return false;
    }
    if (g_thread_pool_unprocessed(jobs->pool) >= WAITING_MAX) {
        return refuse(error, "job.overloaded",
                      "Too much is waiting already. Try again in a few minutes.");
    }
    struct row_work work = {
        .jobs = jobs, .account_id = job->caller->account_id, .action = job->action->name};
    if (!db_write(jobs->app->db, "job add", add_row, &work, error)) {
        return false;
    }
    struct live *live = g_new0(struct live, 1);
    *live = (struct live){
        .progress = {report, is_cancelled},
        .jobs = jobs,
        .job_id = work.job_id,
        .caller = *job->caller,
        .action = job->action,
        .raw = json_deep_copy(job->raw),
        .state = JOB_RUNNING,
        .streams = g_ptr_array_new_with_free_func((GDestroyNotify)http_stream_unref),
    };
    *job_id_out = work.job_id;
    g_autoptr(GError) trouble = NULL;
    bool has_files = take_files(live, job, &trouble);
    g_mutex_lock(&jobs->lock);
    g_hash_table_insert(jobs->live, &live->job_id, live);
    g_mutex_unlock(&jobs->lock);
    if (!has_files) {
        json_t *result = action_error_json(trouble, NULL);
        end_job(live, JOB_FAILED, result);
        json_decref(result);
        g_propagate_error(error, g_steal_pointer(&trouble));
        return false;
    }
    g_thread_pool_push(jobs->pool, live, NULL);
    return true;
}

/* ---- looking ---- */

struct look {
    struct jobs *jobs;
    int64_t account_id;
    int64_t job_id;
    struct job_view *view;
};

static bool read_row(struct db_tx *tx, void *data, GError **error)
{
    struct look *look = data;
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct book book = BOOK(tx, &look->jobs->app->env, look->account_id);
    struct job job;
    if (!job_load(&book, look->job_id, text, &job, error)) {
        return false;
    }
    job_view_clear(look->view);
    *look->view = (struct job_view){
        .job_id = job.job_id,
        .action = g_strdup(job.action),
        .state = state_of(job.state),
        .done = job.done,
        .total = job.total,
        .words = g_strdup(job.words),
        .result = job.result != NULL ? json_loads(job.result, JSON_DECODE_ANY, NULL) : NULL,
    };
    return true;
}

bool jobs_view(struct jobs *jobs, int64_t account_id, int64_t job_id, struct job_view *view_out,
               GError **error)
{
    *view_out = (struct job_view){0};
    struct look look = {.jobs = jobs, .account_id = account_id, .job_id = job_id, .view = view_out};
    if (!db_read(jobs->app->db, "job load", read_row, &look, error)) {
        return false;
    }
    char *words = NULL;
    if (view_out->state == JOB_RUNNING &&
        jobs_how_far(jobs->app, job_id, &view_out->done, &view_out->total, &words)) {
        g_free(view_out->words);
        view_out->words = words;
    }
    return true;
}

bool jobs_how_far(const struct app *app, int64_t job_id, int64_t *done_out, int64_t *total_out,
                  char **words_out)
{
    struct jobs *jobs = app->jobs;
    if (jobs == NULL) {
        return read_note(app->data_dir, job_id, done_out, total_out, words_out);
    }
    g_mutex_lock(&jobs->lock);
    const struct live *live = g_hash_table_lookup(jobs->live, &job_id);
    if (live != NULL) {
        *done_out = live->done;
        *total_out = live->total;
        *words_out = g_strdup(live->words != NULL ? live->words : "");
    }
    g_mutex_unlock(&jobs->lock);
    return live != NULL;
}

void job_view_clear(struct job_view *view)
{
    g_clear_pointer(&view->action, g_free);
    g_clear_pointer(&view->words, g_free);
    g_clear_pointer(&view->result, json_decref);
}

bool jobs_cancel(struct jobs *jobs, int64_t account_id, int64_t job_id, GError **error)
{
    struct job_view view;
    if (!jobs_view(jobs, account_id, job_id, &view, error)) {
        return false;
    }
    job_view_clear(&view);
    g_mutex_lock(&jobs->lock);
    struct live *live = g_hash_table_lookup(jobs->live, &job_id);
    bool is_live = live != NULL && live->caller.account_id == account_id;
    if (is_live) {
        live->is_cancelled = true;
    }
    g_mutex_unlock(&jobs->lock);
    return is_live || refuse(error, "job.conflict", "It has ended already.");
}

void jobs_watch(struct jobs *jobs, int64_t account_id, int64_t job_id, struct http_stream *stream)
{
    g_mutex_lock(&jobs->lock);
    struct live *live = g_hash_table_lookup(jobs->live, &job_id);
    bool is_live = live != NULL && live->caller.account_id == account_id;
    if (is_live) {
        g_ptr_array_add(live->streams, http_stream_ref(stream));
        tell_progress(live, stream);
    }
    g_mutex_unlock(&jobs->lock);
    struct job_view view;
    if (!is_live) {
        bool is_known = jobs_view(jobs, account_id, job_id, &view, NULL);
        tell_end(stream, is_known ? view.state : JOB_FAILED);
        job_view_clear(&view);
    }
}

/* ---- periodic work ---- */

static void run_due(struct jobs *jobs, GHashTable *next_at)
{
    struct app *app = jobs->app;
    for (int i = 0; i < app->n_features; i++) {
        for (const struct feature_job *job = app->features[i]->jobs;
             job != NULL && job->name != NULL; job++) {
            int64_t *next = g_hash_table_lookup(next_at, job);
            int64_t now = g_get_monotonic_time();
            if (next != NULL && *next > now) {
                continue;
            }
            g_autoptr(GError) error = NULL;
            if (!job->run(&app->env, app->db, app->data_dir, &error)) {
                g_warning("%s: %s: %s", job->name, error_code(error),
                          error != NULL ? error->message : "failed silently");
            }
            if (app->site != NULL) {
                site_changed(app->site);
            }
            int64_t *later = g_new(int64_t, 1);
            *later = now + MAX(job->every_minutes, 1) * MINUTE_US;
            g_hash_table_replace(next_at, (void *)job, later);
        }
    }
}

static void *run_periodic(void *data)
{
    struct jobs *jobs = data;
    g_autoptr(GHashTable) next_at =
        g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    g_mutex_lock(&jobs->lock);
    while (!jobs->is_stopping) {
        g_mutex_unlock(&jobs->lock);
        run_due(jobs, next_at);
        g_mutex_lock(&jobs->lock);
        int64_t until = g_get_monotonic_time() + MINUTE_US;
        while (!jobs->is_stopping && g_cond_wait_until(&jobs->cond, &jobs->lock, until)) {
        }
    }
    g_mutex_unlock(&jobs->lock);
    return NULL;
}

/* ---- beginning and end ---- */

static bool sweep_all(struct db_tx *tx, void *data, GError **error)
{
    struct jobs *jobs = data;
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) accounts = g_array_new(FALSE, TRUE, sizeof(struct account));
    if (!account_list(tx, text, accounts, error)) {
        return false;
    }
    for (guint i = 0; i < accounts->len; i++) {
        struct book book =
            BOOK(tx, &jobs->app->env, g_array_index(accounts, struct account, i).account_id);
        int n_failed;
        if (!job_sweep(&book, &n_failed, error)) {
            return false;
        }
    }
    return true;
}

struct jobs *jobs_new(struct app *app, int n_threads, GError **error)
{
    struct jobs *jobs = g_new0(struct jobs, 1);
    jobs->app = app;
    jobs->folder = g_build_filename(app->data_dir, "jobs", NULL);
    g_mutex_init(&jobs->lock);
    g_cond_init(&jobs->cond);
    jobs->live = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, live_free);
    jobs->pool = g_thread_pool_new(run_job, NULL, n_threads, FALSE, NULL);
    forget_folder(jobs->folder);
    if (!db_write(app->db, "job sweep", sweep_all, jobs, error)) {
        jobs_free(jobs);
        return NULL;
    }
    jobs->periodic = g_thread_new("periodic", run_periodic, jobs);
    return jobs;
}

void jobs_free(struct jobs *jobs)
{
    if (jobs == NULL) {
        return;
    }
    g_mutex_lock(&jobs->lock);
    jobs->is_stopping = true;
    g_cond_broadcast(&jobs->cond);
    g_mutex_unlock(&jobs->lock);
    g_thread_pool_free(jobs->pool, FALSE, TRUE);
    if (jobs->periodic != NULL) {
        g_thread_join(jobs->periodic);
    }
    g_hash_table_unref(jobs->live);
    g_mutex_clear(&jobs->lock);
    g_cond_clear(&jobs->cond);
    g_free(jobs->folder);
    g_free(jobs);
}
