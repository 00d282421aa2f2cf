/* Progress at a terminal: the thread drawn from left to right, redrawn at most twelve times a
 * second. Where standard error is no terminal, a plain line at most every two seconds. Nothing at
 * all for what is over within a fifth of a second. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "action/cli.h"

#define QUIET_US 200000
#define REDRAW_US 80000
#define LINE_US 2000000
#define BAR 30

struct cli_progress {
    struct progress progress; /* first: the face's handle */
    GMutex lock;
    FILE *words;
    bool is_terminal;
    bool is_json;
    bool is_cancelled;
    bool has_drawn;
    int64_t started_us;
    int64_t drawn_us;
};

static void draw_bar(struct cli_progress *bar, int64_t done, int64_t total, const char *words)
{
    GString *line = g_string_new("\r\x1b[K");
    if (total > 0) {
        int filled = (int)(MIN(done, total) * BAR / total);
        for (int i = 0; i < BAR; i++) {
            g_string_append(line, i < filled ? "━" : "┈");
        }
        g_string_append_printf(line, "  %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, done, total);
    } else if (done > 0) {
        g_string_append_printf(line, "%" G_GINT64_FORMAT, done);
    }
    g_string_append_printf(line, "  %s", words != NULL ? words : "");
    fputs(line->str, bar->words);
    fflush(bar->words);
    g_string_free(line, TRUE);
    bar->has_drawn = true;
}

static void draw_line(struct cli_progress *bar, int64_t done, int64_t total, const char *words)
{
    if (total > 0) {
        fprintf(bar->words, "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " %s\n", done, total,
                words != NULL ? words : "");
    } else {
        fprintf(bar->words, "%" G_GINT64_FORMAT " %s\n", done, words != NULL ? words : "");
    }
    fflush(bar->words);
}

/* With --json the lines are JSON too, one document each, on standard error. */
static void draw_json(struct cli_progress *bar, int64_t done, int64_t total, const char *words)
{
    json_t *line = json_pack("{s:{s:I, s:I, s:o}}", "progress", "done", (json_int_t)done, "total",
                             (json_int_t)total, "words", json_text(words));
    json_dumpf(line, bar->words, JSON_COMPACT);
    fputc('\n', bar->words);
    fflush(bar->words);
    json_decref(line);
}

static void report(struct progress *progress, int64_t done, int64_t total, const char *words)
{
    struct cli_progress *bar = (struct cli_progress *)progress;
    g_mutex_lock(&bar->lock);
    int64_t now = g_get_monotonic_time();
    int64_t pause = bar->is_terminal && !bar->is_json ? REDRAW_US : LINE_US;
    if (now - bar->started_us >= QUIET_US && now - bar->drawn_us >= pause) {
        bar->drawn_us = now;
        (bar->is_json       ? draw_json
         : bar->is_terminal ? draw_bar
                            : draw_line)(bar, done, total, words);
    }
    g_mutex_unlock(&bar->lock);
}

/* Ctrl-C was blocked by cli_progress_new, so it waits here until it is asked for. */
static bool is_cancelled(struct progress *progress)
{
    struct cli_progress *bar = (struct cli_progress *)progress;
    g_mutex_lock(&bar->lock);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    const struct timespec at_once = {0};
    if (!bar->is_cancelled && sigtimedwait(&set, NULL, &at_once) == SIGINT) {
        bar->is_cancelled = true;
    }
    bool is_over = bar->is_cancelled;
    g_mutex_unlock(&bar->lock);
    return is_over;
}

struct cli_progress *cli_progress_new(FILE *words, bool is_json)
{
    struct cli_progress *bar = g_new0(struct cli_progress, 1);
    bar->progress.report = report;
    bar->progress.is_cancelled = is_cancelled;
    g_mutex_init(&bar->lock);
    bar->words = words;
    bar->is_json = is_json;
    bar->is_terminal = isatty(fileno(words)) && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
    bar->started_us = g_get_monotonic_time();
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    return bar;
}

struct progress *cli_progress_of(struct cli_progress *progress)
{
    return progress != NULL ? &progress->progress : NULL;
}

void cli_progress_free(struct cli_progress *progress)
{
    if (progress == NULL) {
        return;
    }
    if (progress->has_drawn) {
        fputs("\r\x1b[K", progress->words);
        fflush(progress->words);
    }
    g_mutex_clear(&progress->lock);
    g_free(progress);
}
