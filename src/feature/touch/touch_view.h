/* What the touch feature shows: the timeline on a person's page, and the form of one touch. */
#ifndef LIGATURE_FEATURE_TOUCH_VIEW_H
#define LIGATURE_FEATURE_TOUCH_VIEW_H

#include "page/frame.h"
#include "page/part.h"

#include <stdint.h>

struct timeline_entry {
    const char *anchor; /* "t0cn5..." */
    bool is_silence;
    bool is_open;      /* one way */
    const char *title; /* "Call, 20 min" */
    const char *when;  /* "Thu 2 July 2026" */
    const char *text;
    const char *edit_href;
};

struct touch_timeline_view {
    const char *csrf;
    const char *person; /* id */
    const char *name;
    const char *back;
    const char *words;    /* "25 of 140" */
    const char *all_href; /* NULL: all are shown */
    const struct timeline_entry *entries;
    size_t n_entries;
    struct part_field kind, on, minutes, note, step;
    const char *refusal;
};

struct touch_form_view {
    struct frame_view frame;
    const char *id;
    const char *back;
    struct part_name name;
    const char *source; /* "came in with phone-contacts.vcf"; NULL: you logged it */
    struct part_field kind, direction, on, minutes, note;
    bool looks_like_patient;
    const char *refusal;
};

#endif
