/* What the pages of online presence show. */
#ifndef LIGATURE_FEATURE_PRESENCE_VIEW_H
#define LIGATURE_FEATURE_PRESENCE_VIEW_H

#include "page/frame.h"
#include "page/strategy_part.h"

struct presence_row {
    int64_t id;
    const char *title;
    const char *href;
    const char *kind;  /* "Post" */
    const char *stage; /* "Idea"; NULL: out */
    const char *day;   /* "Tue 21 July", "no day yet" */
    bool is_late;
    bool is_open;
    bool is_invited;
    const char *url;
};

struct presence_month {
    const char *name; /* "July 2026", "Without a day" */
    const struct presence_row *rows;
    size_t n_rows;
};

struct presence_found { /* struct presence_sign for the page */
    const char *title;
    const char *found;
    const char *why;
    const char *instead;
};

struct presence_form {
    const char *action; /* "/do/presence.add" */
    const char *back;
    const char *id; /* NULL: a new one */
    struct part_field title, kind, due, url, note;
    bool is_invited;
    bool looks_like_patient;
    const char *refusal;
};

struct presence_view {
    struct frame_view frame;
    struct strategy_part about;
    const struct presence_month *planned;
    size_t n_planned;
    const struct presence_month *out;
    size_t n_out;
    const char *out_meta;
    const char *talks; /* "2 talks and webinars given, 3 invitations" */
    struct presence_form form;
    bool is_form_open;
    const char *draft; /* of the check: what was typed */
    bool was_checked;
    const struct presence_found *signs;
    size_t n_signs;
    const char *checked_words;
    const char *check_refusal;
};

struct presence_one_view {
    struct frame_view frame;
    const char *lead;
    struct presence_form form;
    struct part_field stage;
    bool is_open;
    bool has_draft;
    const struct presence_found *signs;
    size_t n_signs;
    const char *checked_words;
    bool may_mark; /* the draft may be marked as checked */
};

#endif
