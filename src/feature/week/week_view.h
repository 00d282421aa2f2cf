/* What the pages of the week show. All pointers are borrowed for the time of rendering. */
#ifndef LIGATURE_FEATURE_WEEK_VIEW_H
#define LIGATURE_FEATURE_WEEK_VIEW_H

#include "page/frame.h"
#include "page/part.h"

#include <stdint.h>

struct week_dot {
    const char *shift; /* "translate(-4.5)" */
    bool is_done;
};

struct week_day {
    const char *id;    /* "d20" */
    const char *href;  /* "#d20" */
    const char *head;  /* id of the heading: "h20" */
    const char *brief; /* "Mon 20" */
    const char *title; /* "Tuesday 21, today" */
    const char *count; /* "2 done", "4 open", "free" */
    const char *meta;  /* "1 h 5 used" */
    const char *empty; /* "Nothing planned. You keep Fridays free."; NULL: there are steps */
    bool is_left_out; /* past and without steps: only in the line of days */
    bool is_today;
    bool is_ahead;
    bool is_first;
    bool is_last;
    const struct week_dot *dots;
    size_t n_dots;
    const struct part_step *steps;
    size_t n_steps;
};

struct week_words {
    const char *text;
    const char *meta;
    const char *href;
    const char *target; /* of a refusal, whose scope is in href */
};

struct week_view {
    struct frame_view frame;
    const char *title;
    const char *lead;
    const char *here;   /* address of this week */
    const char *monday; /* 2026-07-20 */
    bool can_accept;
    const char *accept; /* "Agree to these 16 steps" */
    const char *before_href;
    const char *before;
    const char *after_href;
    const char *after;
    bool is_past;
    bool is_accepted;
    bool has_no_goal;
    bool is_nothing;       /* nothing to choose from at all */
    const char *refusal;   /* of a button; NULL */
    const char *over;      /* sentence; NULL */
    const char *news_head; /* "Two things changed since you agreed." */
    const struct week_words *news;
    size_t n_news;
    const char *time;
    const char *time_small;
    const char *money;
    const char *money_small;
    const char *messages;
    const char *messages_small;
    const char *done;
    const char *done_small;
    const struct week_day *days;
    size_t n_days;
    const char *last_title;
    const char *last_text;
    const char *last_href;
    const char *review_href;
    const char *review_words;
    const struct week_words *moved;
    size_t n_moved;
    const char *moved_all; /* "All 11", in the next week; NULL */
    const char *danger_head;
    const char *danger;
    const struct week_words *left;
    size_t n_left;
    const char *left_all; /* "All 53"; NULL */
    const char *left_href;
    const char *limits_href;
};

struct week_left_view {
    struct frame_view frame;
    const char *title;
    const char *lead;
    const char *back;
    const char *here; /* this page */
    const struct part_step *steps;
    size_t n_steps;
    const char *more; /* "37 more are worth less."; NULL */
    const struct week_words *refused;
    size_t n_refused;
};

struct week_limits_view {
    struct frame_view frame;
    const char *title;
    const char *lead;
    const char *here;
    const char *stands; /* this page */
    const char *monday;
    struct part_field hours, money, messages;
    const char *refusal;
};

/* One step, or one suggestion: another day, pinned, refused with a reason. */
struct week_step_view {
    struct frame_view frame;
    struct part_step step;
    const char *back;
    const char *stands; /* this page */
    const char *id;     /* of the step; NULL: a suggestion */
    const char *key;    /* of the suggestion; NULL */
    const char *person; /* id; NULL */
    const char *person_name;
    const char *kind;
    const char *kind_words;
    const char *strategy;
    const char *strategy_words;
    const char *refusal;
    struct part_field day;  /* move to, or take for */
    struct part_field what; /* what is left out: step, person, kind, strategy */
    struct part_field until;
    struct part_field reason;
    const char *const *terms;
    size_t n_terms;
    bool is_pinned;
    bool can_pin;
};

struct week_review_row {
    const char *iso;
    const char *words;
};

struct week_review_view {
    struct frame_view frame;
    const char *title;
    const char *lead;
    int screen;           /* 1 to 5 */
    const char *progress; /* "Screen 2 of 5: what waits for an answer" */
    const char *monday;
    const char *next_monday;
    const char *here;
    const char *next_href;
    const char *back_href;
    const char *next_words;
    const char *numbers; /* "7 of 8 steps done in 5 h 20. Two replies ..." */
    const struct part_step *steps;
    size_t n_steps;
    const char *empty;
    struct part_field note;
    struct part_field hours, money, messages;
    struct part_field strategy;
    const char *until;
    const char *accept;
    const char *after_accept;
    bool is_accepted;
    const char *refusal;
};

#endif
