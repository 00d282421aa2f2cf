/* What the season feature shows: the year as a band, its dates, and the form of one of them. */
#ifndef LIGATURE_FEATURE_SEASON_VIEW_H
#define LIGATURE_FEATURE_SEASON_VIEW_H

#include "page/frame.h"
#include "page/part.h"

/* Positions along the band are in per cent ("27.41%"), heights in pixels. */
struct season_month {
    const char *x;
    const char *wide; /* "Mar"; "2027" for January; NULL: no word */
    const char *slim; /* "M" */
};
struct season_bar {
    const char *x;
    const char *width;
    int y;
    bool is_past;
};
struct season_label {
    const char *x;
    const char *anchor; /* start, end */
    const char *text;
    int y;
};
struct season_bead {
    const char *x;
    int y;
    int text_y;
    int number;
    bool is_past;
};
struct season_still {
    const char *x;
    const char *width;
    int height;
};
struct season_band {
    int height;
    int cord_y;
    int end_y; /* of the month lines */
    int flag_y;
    int flag_text_y;
    const struct season_month *months;
    size_t n_months;
    const struct season_still *stills;
    size_t n_stills;
    const struct season_bar *bars;
    size_t n_bars;
    const struct season_label *labels;
    size_t n_labels;
    const struct season_bead *beads;
    size_t n_beads;
    const char *now_x;      /* NULL: today is outside */
    const char *flag;       /* "Today, 21 July" */
    const char *flag_shift; /* "translate(-46 0)" */
    int flag_width;
    int flag_middle;
    const char *caption;
    const char *about; /* what is told to those who do not see it */
};

struct season_row {
    const char *anchor; /* id of the element */
    int number;         /* 0: a smaller date, without a bead */
    const char *title;
    const char *iso;
    const char *when;
    const char *why;
    const char *latest; /* "Done by Wed 22 July at the latest; after that First day to submit cannot
                           hold." */
    bool is_late;       /* that day is over */
    const char *source;
    const char *href; /* change, or give another day */
    const char *act;  /* "Change", "Another day for me" */
    bool is_past;
};

struct season_move {
    const char *text; /* "First day to submit is 9 September for you, not 2 September." */
    const char *href;
    const struct season_moved {
        const char *text; /* "Programmes begin review: 23 September, now 30 September" */
        const char *href;
    } *with;
    size_t n_with;
};

struct season_view {
    struct frame_view frame;
    const char *title;
    const char *lead;
    const char *goal_words; /* "Answer the questions about your goal" */
    bool has_no_goal;
    const char *guess; /* sentence; NULL: the year was said */
    struct season_band band;
    const struct season_row *past;
    size_t n_past;
    const struct season_row *rows;
    size_t n_rows;
    const struct season_move *moves;
    size_t n_moves;
    const char *feed_address; /* shown this once, right after it was made */
    bool has_feed;
    const char *feed_words; /* "made on Tue 21 July, last read yesterday" */
};

struct season_form_view {
    struct frame_view frame;
    const char *title;
    const char *lead;
    const char *action;
    const char *stands; /* address of the form, where refusals are shown */
    const char *id;   /* NULL: new */
    const char *rule; /* NULL: a date of one's own */
    struct part_field name, kind, on, until, time, zone, note;
    const char *refusal;
    const char *remove_label;
};

#endif
