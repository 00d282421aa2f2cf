/* What the page of forums shows. */
#ifndef LIGATURE_FEATURE_FORUM_VIEW_H
#define LIGATURE_FEATURE_FORUM_VIEW_H

#include "page/frame.h"
#include "page/part.h"
#include "page/strategy_part.h"

struct forum_row {
    int64_t id;
    const char *question;
    const char *body;
    const char *source;
    const char *url;
    const char *year; /* "of 2024" */
    const char *day;  /* "found Tue 3 March, 15 min" */
    const char *edit; /* the address at which it can be changed */
    bool is_rumour;
    bool is_old;
};

struct forum_form {
    const struct part_field *fields;
    size_t n_fields;
    bool looks_like_patient;
    const char *refusal;
};

struct forum_view {
    struct frame_view frame;
    struct strategy_part about;
    int spent;
    int limit;
    const char *spent_words; /* "45 of 60 min this week" */
    bool is_over;
    const char *query;
    const struct part_chip *chips;
    size_t n_chips;
    const struct forum_row *rows;
    size_t n_rows;
    const char *count;
    bool has_any;
    const char *nothing; /* said instead of rows */
    struct forum_form form;
    bool is_form_open;
    bool is_edit; /* one answer is opened to be changed */
    int64_t edit_id;
    const char *edit_back;
    bool may_check;
};

#endif
