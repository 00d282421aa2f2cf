/* What the pages of soft skills show. */
#ifndef LIGATURE_FEATURE_SOFT_VIEW_H
#define LIGATURE_FEATURE_SOFT_VIEW_H

#include "page/frame.h"
#include "page/strategy_part.h"

struct soft_story {
    const char *kind;
    const char *title;
    const char *ask;
    const char *const *prompts;
    size_t n_prompts;
    const char *body;
    const char *length;  /* "62 words, about 29 seconds of 30 seconds" */
    const char *refusal; /* the form was refused; NULL */
    bool looks_like_patient;
    bool is_written;
    const char *told; /* "told 3 times, last on Tue 21 July"; NULL */
};

struct soft_practice {
    int64_t id;
    const char *title;
    const char *when;
    const char *own;  /* "you: 3 of 5"; NULL */
    const char *peer; /* "a peer: 4 of 5"; NULL */
    const char *peer_words;
    const char *note;
    bool has_link;
    bool may_link;
};

struct soft_card {
    const char *id;
    const char *title;
    const char *how;
    const char *notice;
    const char *source;
    const char *tried; /* "tried Tue 21 July"; NULL */
    int minutes;
};

struct soft_view {
    struct frame_view frame;
    struct strategy_part about;
    const struct soft_story *stories;
    size_t n_stories;
    const struct soft_practice *practices;
    size_t n_practices;
    const char *practice_meta;
    const struct soft_card *cards;
    size_t n_cards;
    const char *pace;    /* where the speaking time comes from */
    const char *link;    /* a new link, shown this once; NULL */
    const char *refusal; /* of any other form; NULL */
};

struct soft_count_view {
    const char *kind;
    const char *length;
};

struct soft_rate_view {
    struct frame_view frame;
    const char *title;
    const char *lead;
    const char *secret; /* NULL: the link is over */
    const char *back;
    const char *csrf; /* of whoever is signed in here; NULL */
    const char *refusal;
    bool looks_like_patient;
    struct part_field rating, words;
};

#endif
