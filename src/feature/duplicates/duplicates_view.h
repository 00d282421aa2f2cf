/* What /duplicates shows. All borrowed for the time of rendering. */
#ifndef LIGATURE_FEATURE_DUPLICATES_VIEW_H
#define LIGATURE_FEATURE_DUPLICATES_VIEW_H

#include "page/frame.h"
#include "page/part.h"

/* One kind of fact of both: their values, each with its source. */
struct twin_line {
    const char *kind;
    const struct part_value *a;
    size_t n_a;
    const struct part_value *b;
    size_t n_b;
    bool is_same;
};

struct twin {
    int64_t a_id, b_id;
    struct part_name a, b;
    struct part_tie a_tie, b_tie;
    const char *id; /* of the section */
    const char *why;
    bool is_exact;
    const char *name; /* of the pair, for those who do not see it */
    const struct twin_line *lines;
    size_t n_lines;
};

struct merged_row {
    int64_t merge_id;
    struct part_name name;
    const char *words; /* "with M. Siddiqui, same e-mail" */
};

struct duplicates_view {
    struct frame_view frame;
    const char *lead;
    struct part_empty empty;
    bool has_none;
    const struct twin *twins;
    size_t n_twins;
    const char *more; /* "10 of 31 pairs"; NULL: all are here */
    const struct merged_row *merged;
    size_t n_merged;
};

#endif
