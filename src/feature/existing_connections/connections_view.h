/* What the pages of existing connections show. */
#ifndef LIGATURE_FEATURE_CONNECTIONS_VIEW_H
#define LIGATURE_FEATURE_CONNECTIONS_VIEW_H

#include "page/frame.h"
#include "page/part.h"
#include "page/strategy_part.h"

struct circle_row {
    const char *id;
    const char *title;
    const char *day;  /* "gone through Tue 21 July"; NULL: not yet */
    const char *href;
    bool is_here;
};

struct circle_view {
    struct frame_view frame;
    const char *refusal;
    const char *lead;
    const char *count;         /* "3 of 14 gone through" */
    const char *prompt;        /* id of the one that is open; NULL: all were gone through */
    const char *title;
    const char *ask;
    const char *for_whom;
    struct part_field people;
    const struct circle_row *rows;
    size_t n_rows;
};

struct favour_row {
    int64_t id;
    struct part_name name;   /* whom */
    const char *title;       /* "asked to be introduced to Dr. Ode" */
    const char *when;        /* "asked 7 July, made 9 July" */
    const char *due;         /* "thanks due by Sat 11 July"; NULL */
    bool is_late;
    const struct part_act *acts;
    size_t n_acts;
};

struct pair_row {
    struct part_name by;
    struct part_name target;
    struct part_tie tie;
    const char *words;       /* "both at Northquay General" */
    int64_t by_id;
    int64_t target_id;
};

struct link_row { /* somebody near to you with a US link */
    struct part_name name;
    struct part_tie tie;
    const char *words; /* "Attending, Northquay General · Toledo, Ohio" */
};

struct connections_view {
    struct frame_view frame;
    struct strategy_part about;
    const char *refusal;
    const char *circle_count; /* "3 of 14 gone through" */
    const char *circle_words; /* "12 people of your circle are in the book." */
    const struct circle_row *prompts;
    size_t n_prompts;
    const char *next_href;    /* NULL: all gone through */
    const struct link_row *links;
    size_t n_links;
    const char *links_count;
    const struct pair_row *pairs;
    size_t n_pairs;
    const struct favour_row *favours; /* introductions */
    size_t n_favours;
    const char *favours_count; /* "2 open, 5 in all" */
};

struct favour_person_view { /* on a person's page */
    const char *csrf;
    const char *person;
    const char *back;
    const char *words;       /* "asked twice, gave once"; "none yet" */
    const char *refusal;
    const struct favour_row *rows;
    size_t n_rows;
    struct part_field direction, kind, about;
    bool is_open;
};

#endif
