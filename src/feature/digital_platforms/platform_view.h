/* What the page of platforms shows. */
#ifndef LIGATURE_FEATURE_PLATFORM_VIEW_H
#define LIGATURE_FEATURE_PLATFORM_VIEW_H

#include "page/frame.h"
#include "page/part.h"
#include "page/strategy_part.h"

struct platform_row {
    const char *id;
    const char *title; /* "There is a headline", or what to do */
    const char *found; /* "23 letters"; NULL */
    const char *why;
    const char *source;
};
struct platform_person {
    struct part_name name;
    const char *words; /* headline */
    const char *since; /* "connected 3 March 2025" */
    const char *log;   /* where it is logged */
};
struct platform_rhythm {
    const char *what;  /* "Posts" */
    const char *words; /* "0 of 1 this week" */
    const char *weeks; /* "2 in the four weeks before" */
};

struct platform_view {
    struct frame_view frame;
    struct strategy_part about;
    bool has_archive;
    const char *score; /* "9 of 12" */
    const char *score_meta;
    const struct platform_row *missing;
    size_t n_missing;
    const struct platform_row *there;
    size_t n_there;
    const struct platform_row *unseen;
    size_t n_unseen;
    const char *rate;                      /* "41 of 60 accepted: 68%"; NULL: none sent */
    const char *rate_words;                /* what it stands on */
    const char *pending;                   /* "7 wait for an answer, the oldest since 3 March." */
    const struct platform_person *waiting; /* invited, unanswered, oldest first */
    size_t n_waiting;
    const struct platform_person *people; /* never written to, own specialty first, oldest first */
    size_t n_people;
    const char *people_count;
    int n_connected;
    const struct platform_rhythm *rhythm;
    size_t n_rhythm;
};

#endif
