/* Pages that belong to no feature: the sheet of keys, what is shown when something went wrong, signing in. */
#ifndef LIGATURE_PAGE_PLAIN_H
#define LIGATURE_PAGE_PLAIN_H

#include "page/frame.h"
#include "page/part.h"

struct keys_view {
    struct frame_view frame;
};

/* Theirs: a sentence that names the remedy. Ours: the data is safe, a code, two ways on. All borrowed. */
struct trouble_view {
    struct frame_view frame;
    bool is_ours;
    const char *head;           /* "There is nothing at this address" */
    const char *text;           /* the error's own sentence; NULL: none */
    const char *code;           /* stable code */
    const char *when;           /* "21 July 2026, 09:42" */
    const char *again_href;     /* "Try again"; NULL: not offered */
};

struct sign_in_view {
    struct frame_view frame;
    const char *refusal;        /* NULL: not tried yet */
    const char *name;           /* what was typed */
    const char *back;           /* where to go afterwards; a path of ours */
};

/* A long action on its way, or at its end: /jobs/<id>?back=... */
struct job_page_view {
    struct frame_view frame;
    const char *title;          /* "Saving 812 rows", "Imported" */
    bool is_running;
    struct part_progress bar;   /* events: "/jobs/<id>/events"; next_href: where to go at the end */
    const char *kept;           /* "If it stops half way, nothing of this file is kept."; NULL: nothing said */
    const char *stop_href;      /* posts there with `id`; NULL: cannot be stopped */
    int64_t job_id;
    struct part_note note;      /* of a job that ended: what came of it, or why not; head and text NULL: none */
    const char *next_href;      /* "Go on" */
};

#endif
