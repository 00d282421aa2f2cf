/* What the page of the nurture routine shows. */
#ifndef LIGATURE_FEATURE_NURTURE_VIEW_H
#define LIGATURE_FEATURE_NURTURE_VIEW_H

#include "page/frame.h"
#include "page/part.h"
#include "page/strategy_part.h"

struct nurture_person {
    int64_t id;
    struct part_name name;
    struct part_tie tie;
    const char *words;  /* "last in touch 9 days ago", "due since Fri 26 June" */
    const char *more;   /* NULL */
    const char *href;   /* where the act leads; NULL */
    bool is_late;
};

struct nurture_tier {
    const char *title;  /* "A, about every 5 weeks" */
    const char *count;  /* "4 people, 1 due" */
    const struct nurture_person *people;
    size_t n_people;
    const char *rest;   /* "and 12 more"; NULL */
};

struct nurture_news { /* a milestone of yours */
    const char *words;  /* "You passed USMLE Step 2 CK" */
    const char *when;
    const struct nurture_person *open; /* helpers who have not heard since */
    size_t n_open;
    const char *told;   /* "3 have heard it"; NULL */
};

struct nurture_rest {
    const char *words;  /* "New interns start: no messages to programmes and faculty" */
    const char *when;
};

struct nurture_owed {
    struct part_name name;
    const char *href;   /* their favours */
    const char *asked;
    const char *given;
    const char *words;  /* "you owe", "even", "they owe you nothing" */
};

struct nurture_view {
    struct frame_view frame;
    struct strategy_part about;
    const char *refusal;
    const struct nurture_person *due;
    size_t n_due;
    const char *due_count;
    const struct nurture_tier *tiers;
    size_t n_tiers;
    const struct nurture_person *loose; /* warm, without a rhythm */
    size_t n_loose;
    const char *loose_count;
    const struct nurture_rest *rests;
    size_t n_rests;
    const struct nurture_news *news;
    size_t n_news;
    const struct nurture_person *theirs; /* what changed with them */
    size_t n_theirs;
    const struct nurture_owed *owed;
    size_t n_owed;
    const struct nurture_person *asleep;
    size_t n_asleep;
    const char *asleep_count;
};

#endif
