/* What the pages of imports show. All borrowed for the time of rendering. */
#ifndef LIGATURE_FEATURE_IMPORT_VIEW_H
#define LIGATURE_FEATURE_IMPORT_VIEW_H

#include "page/frame.h"
#include "page/part.h"

/* One import in the history, or one that waits. */
struct import_line {
    int64_t id;
    const char *file;
    const char *on;    /* "3 Jun 2026" */
    const char *until; /* a file that waits is kept until then */
    int64_t added, updated, unchanged, refused;
    const char *state; /* "taken back 4 June", NULL: nothing to add */
    bool can_undo;
};

/* /import */
struct import_view {
    struct frame_view frame;
    struct part_note note; /* what a refused form was told */
    const struct import_line *waiting;
    size_t n_waiting;
    const struct import_line *past;
    size_t n_past;
    const char *past_words;
};

/* A record that may be somebody known. */
struct import_question {
    const char *key;
    const char *name;
    const char *org;
    const char *why;
    struct part_name other; /* latin NULL: somebody in the same file */
    bool is_same, is_two;   /* as decided so far */
};

struct import_change {
    struct part_name name;
    const char *what;
    const char *before;
    const char *after;
};

struct import_refusal {
    const char *file;
    int64_t line;
    const char *reason;
};
struct import_newcomer {
    const char *name;
    const char *org;
};

/* A column of a table that no program is known for. */
struct import_column {
    const char *id;   /* of its field */
    const char *name; /* "" for a nameless one */
    const char *samples;
    const char *why;
    const struct part_option *options;
    size_t n_options;
};

/* /import/:id */
struct import_one_view {
    struct frame_view frame;
    int64_t id;
    const char *state; /* "Import, step 1 of 3: look before anything changes" */
    const char *title;
    const char *lead;
    struct part_note note;
    struct part_note refusal; /* what a refused form was told */
    bool has_sum;
    struct part_sum sum;
    const char *adds_up;
    bool is_waiting;      /* looked at, not saved */
    const char *back;     /* this page */
    const char *button;   /* "Import 47 new, 31 changed" */
    const char *see_href; /* the new people */
    const char *see_words;
    bool can_undo;
    const char *refused_href; /* the refused rows as a file */
    const char *refused_words;
    const struct import_column *columns;
    size_t n_columns;
    const struct import_question *questions;
    size_t n_questions;
    const char *questions_words;
    const struct import_newcomer *newcomers;
    size_t n_newcomers;
    const char *newcomers_words;
    const struct import_change *changes;
    size_t n_changes;
    const char *changes_words;
    const char *changes_href; /* all of them; NULL: these are all */
    const struct import_refusal *refused;
    size_t n_refused;
    const char *refused_meta;
    const char *refused_all_href;
    const char *const *remarks; /* what was read, and what was left out of it */
    size_t n_remarks;
    const struct import_line *waiting; /* others that wait */
    size_t n_waiting;
};

#endif
