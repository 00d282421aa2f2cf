/* What the page of your school shows. */
#ifndef LIGATURE_FEATURE_ALUMNI_VIEW_H
#define LIGATURE_FEATURE_ALUMNI_VIEW_H

#include "page/frame.h"
#include "page/part.h"
#include "page/strategy_part.h"

struct alumni_row {
    struct part_name name;
    const char *where;     /* "Northquay General, Toledo, Ohio" */
    const char *specialty; /* "Internal Medicine"; "" */
    const char *year;      /* "2020"; "" */
    const char *distance;  /* "two years before you"; NULL */
    struct part_tie tie;
    const char *last;      /* "in touch 9 days ago"; NULL */
};

struct alumni_menu {
    const char *label; /* "Specialty" */
    const struct part_chip *chips;
    size_t n_chips;
};

struct alumni_event {
    int64_t id;
    const char *title;
    const char *when;  /* "Sat 15 August, in 25 days" */
    const char *note;  /* where; NULL */
    const struct part_name *met;
    size_t n_met;
    bool is_open;      /* not gone to, not missed */
    bool is_past;
    struct part_field who; /* whom you met: a name of the book */
};

struct alumni_column {
    const char *name;
    const char *words;
};

struct alumni_view {
    struct frame_view frame;
    struct strategy_part about;
    const char *refusal;
    const char *school;         /* NULL: not answered */
    const char *found;          /* "23 people of your school, 9 in the United States" */
    const struct part_chip *chips; /* in force */
    size_t n_chips;
    const struct alumni_menu *menus;
    size_t n_menus;
    const struct alumni_row *rows;
    size_t n_rows;
    const char *range;          /* "1 to 50 of 61" */
    const char *previous_href;
    const char *next_href;
    const struct alumni_event *events;
    size_t n_events;
    struct part_field title, day, note;
    const struct alumni_column *columns;
    size_t n_columns;
};

#endif
