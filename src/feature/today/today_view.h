/* What the Today page shows. All pointers are borrowed for the time of rendering. */
#ifndef LIGATURE_FEATURE_TODAY_VIEW_H
#define LIGATURE_FEATURE_TODAY_VIEW_H

#include "page/frame.h"
#include "page/part.h"

#include <stdint.h>

struct today_news { /* heard from, or changed */
    struct part_name name;
    const char *when;
    const char *quote;
    const char *before;
    const char *after;
    struct part_act act;
};

struct today_date {
    const char *iso;
    const char *words;
    const char *title;
    const char *href;
};

struct today_who { /* somebody the line may mean */
    const char *id;
    struct part_name name;
    const char *about;
    bool is_chosen;
};

/* The line that was read, waiting for a yes. */
struct today_log {
    const char *line; /* what stands in the field */
    bool is_read;
    const struct today_who *who;
    size_t n_who;
    const char *nobody; /* words that were taken for a name, nobody found */
    const char *kind_words;
    const char *on_words;
    const char *minutes_words; /* NULL: not said */
    const char *step_words;    /* NULL: none */
    struct part_field kind, on, minutes, step, step_due, note;
    const char *warning; /* looks like a patient */
    const char *refusal;
};

struct today_week {
    const char *head;   /* "The week is not agreed yet."; NULL: nothing to say */
    const char *text;   /* the first of what changed since; NULL: not agreed */
    const char *monday; /* with text: 2026-07-20 */
};

struct today_view {
    struct frame_view frame;
    const char *title;
    const char *lead;
    struct today_log log;
    struct today_week week;
    const struct part_step *overdue;
    size_t n_overdue;
    const char *overdue_words;
    const struct part_step *due;
    size_t n_due;
    const char *due_words;
    const struct today_news *heard;
    size_t n_heard;
    const struct today_news *changed;
    size_t n_changed;
    const char *changed_words;
    const struct today_date *dates;
    size_t n_dates;
    int64_t n_resting;
    const struct today_news *resting;
    size_t n_shown_resting;
    bool is_quiet; /* nothing is due */
};

struct first_view {
    struct frame_view frame;
};

#endif
