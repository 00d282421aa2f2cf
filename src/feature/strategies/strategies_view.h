/* What the pages of all strategies show. */
#ifndef LIGATURE_FEATURE_STRATEGIES_VIEW_H
#define LIGATURE_FEATURE_STRATEGIES_VIEW_H

#include "page/frame.h"
#include "page/part.h"

/* A strategy in the chart of talks for every ten hours. */
struct strategies_dot {
    const char *name;
    const char *href;
    int64_t tenths; /* talks for every ten hours, times ten */
    const char *rate;
    const char *stands_on; /* "5 in 9 h" */
};

/* A week of a small chart, in its pixels. */
struct strategies_bar {
    int x, y, height;
    int got_y, got_height;
};

struct strategies_cell {
    const char *key; /* "talks": beside the number on a phone */
    const char *value;
    const char *href; /* NULL: nothing to show */
    const char *note; /* "of 19" */
};

struct strategies_row {
    const char *name;
    const char *href; /* NULL: no page yet */
    const char *about;
    const char *weeks; /* the chart in words */
    const struct strategies_bar *bars;
    size_t n_bars;
    const struct strategies_cell *cells;
    size_t n_cells;
    const char *activities;
    const char *benefits;
    const char *challenges;
};

struct strategies_view {
    struct frame_view frame;
    const char *lead;
    const struct strategies_dot *dots;
    size_t n_dots;
    int64_t dots_full; /* where the line ends, in tenths */
    const char *all;   /* "All nineteen" */
    const struct strategies_row *rows;
    size_t n_rows;
    const struct strategies_cell *sums;
    size_t n_sums;
};

/* A row behind a number. */
struct strategies_line {
    const char *day;
    const char *words;
    const char *href; /* the step; NULL */
    struct part_name name;
    const char *strategy; /* of the rows of all */
    const char *amount;   /* "20 min", "$35"; NULL */
};

struct strategies_rows_view {
    struct frame_view frame;
    const char *title;
    const char *lead;
    const char *back; /* the page of the strategy, or of all */
    const char *back_name;
    const struct part_chip *chips;
    size_t n_chips;
    const struct strategies_line *lines;
    size_t n_lines;
    int64_t n_all; /* on all pages */
    struct part_pager pager;
    bool has_pager;
    const char *rule; /* how it is counted */
    const char *column; /* head of the amounts; NULL: none */
    bool is_all;
};

#endif
