/* What the page of lessons shows. */
#ifndef LIGATURE_FEATURE_LESSON_VIEW_H
#define LIGATURE_FEATURE_LESSON_VIEW_H

#include "page/frame.h"
#include "page/strategy_part.h"

struct lesson_card {
    const char *id;
    const char *title;
    const char *home;
    const char *here;
    const char *why;
    const char *ahead;  /* "a first message, a talk" */
    const char *source; /* with its evidence */
    const char *read;   /* "read Tue 21 July"; NULL: not yet */
    int minutes;
};

struct lesson_view {
    struct frame_view frame;
    struct strategy_part about;
    const struct lesson_card *week; /* array of one, or none */
    size_t n_week;
    const char *week_head; /* "This week", "This week's lesson is read" */
    const char *week_why;  /* "Of use before a talk, Fri 24 July."; NULL */
    bool is_week_read;
    const struct lesson_card *cards;
    size_t n_cards;
    const char *count; /* "3 of 74 read" */
    int n_read;
};

#endif
