/* What the pages of associations show. */
#ifndef LIGATURE_FEATURE_JOIN_VIEW_H
#define LIGATURE_FEATURE_JOIN_VIEW_H

#include "page/body_part.h"
#include "page/strategy_part.h"

struct join_form {
    const char *refusal;
    const struct part_field *fields;
    size_t n_fields;
    bool looks_like_patient;
};

struct join_view {
    struct frame_view frame;
    struct strategy_part about;
    struct body_part bodies;
    struct join_form form;
    bool is_form_open;
    const char *review; /* "Last looked at Tue 3 March." */
    bool may_review;    /* there is something to look at */
    const char *fits_meta;
};

struct join_met_row {
    int64_t person_id;
    struct part_name name;
    const char *day; /* "met Tue 3 March"; NULL of somebody found */
    const char *words;
};
struct join_one_view {
    struct frame_view frame;
    struct membership_row it;
    const struct body_row *body; /* array of one, or none */
    size_t n_body;
    const char *lead;
    const char *back; /* its strategy's page */
    const char *back_name;
    const char *here;
    const char *state;   /* "Member" */
    const char *price;   /* "$119"; NULL: not entered */
    int price_year;      /* 0: not known */
    const char *renewal; /* "Thu 20 August"; NULL */
    bool is_active;
    bool is_lapsed;
    const char *each; /* "$30 each"; NULL */
    const struct join_met_row *met;
    size_t n_met;
    const char *met_meta;
    const char *query;
    const struct join_met_row *found;
    size_t n_found;
    const char *nobody; /* said instead */
    struct join_form form;
};

#endif
