/* What /search shows. All borrowed for the time of rendering. */
#ifndef LIGATURE_FEATURE_SEARCH_VIEW_H
#define LIGATURE_FEATURE_SEARCH_VIEW_H

#include "page/frame.h"
#include "page/part.h"

struct search_row {
    struct part_name name;
    struct part_tie tie;
    const char *headline;
    const char *org;
    const char *snippet; /* of a note; NULL: found in the person's facts */
    const char *note_href;
};

struct search_view {
    struct frame_view frame;
    const char *query; /* "" : nothing asked yet */
    const char *lead;
    const struct search_row *people;
    size_t n_people;
    const char *people_meta; /* "3 of 40" */
    const struct search_row *notes;
    size_t n_notes;
    const char *notes_meta;
    struct part_empty empty;
    bool has_empty;
    const char *all_href; /* the list of all that match; NULL: all are here */
    const char *all_words;
};

#endif
