/* What /people shows. All borrowed for the time of rendering. */
#ifndef LIGATURE_FEATURE_PEOPLE_LIST_VIEW_H
#define LIGATURE_FEATURE_PEOPLE_LIST_VIEW_H

#include "page/frame.h"
#include "page/part.h"

struct people_row {
    int64_t id;
    struct part_name name;
    struct part_tie tie;
    const char *about; /* for those who do not see the row */
    const char *headline;
    const char *where; /* organisation, place */
    const char *last;  /* "17 Jul", "never" */
    const char *due;
    bool is_late;
    const char *const *tags;
    size_t n_tags;
    bool is_closed;  /* do not contact */
    bool is_deleted; /* can come back */
};

struct people_menu { /* "Specialty", with a link for each */
    const char *label;
    const struct part_chip *chips;
    size_t n_chips;
};

struct people_head { /* head of a column */
    const char *label;
    const char *href;  /* NULL: no order by it */
    const char *aria;  /* "ascending", "descending", "none" */
    const char *mark;  /* " ↓" when in force */
    const char *plain; /* "tie": in the sentence of the order */
};

struct people_view {
    struct frame_view frame;
    bool has_nobody; /* the address book is empty */
    struct part_empty empty;
    bool has_none;       /* nobody matches */
    const char *total;   /* "412 people" */
    const char *us_link; /* "61 have a US link"; NULL: none */
    const char *twins;   /* "3 pairs may be one person"; NULL: none */
    const char *query;
    const char *where; /* filter words in force */
    const char *sort;
    const char *refusal; /* of the filter words; NULL: none */
    const struct part_chip *chips;
    size_t n_chips;
    const struct people_menu *menus;
    size_t n_menus;
    const char *shown; /* "25 of 61" */
    const char *caption;
    const char *sorted; /* "tie" */
    const struct people_head *heads;
    size_t n_heads;
    const struct people_row *rows;
    size_t n_rows;
    bool is_deleted;       /* the list of those who can come back */
    const char *back;      /* this very list */
    const char *range;     /* "26 to 50 of 61" */
    const char *top_href;  /* NULL: this is the top */
    const char *next_href; /* NULL: no more */
    const char *next;      /* "Next 25" */
};

#endif
