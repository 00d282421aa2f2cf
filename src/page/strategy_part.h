/* What the pages of all strategies have in common: title and lead, what it brought since January with
 * links to the rows, what it suggests now, and what it asks of you.
 *
 *     {% import "page/strategy_part.html" as strategy %}
 *     {{ strategy.head(about) }} {{ strategy.week(about, frame.csrf) }} … {{ strategy.asks(about) }}
 *
 * A strategy whose page is nothing more is one call of page_strategy_plain. */
#ifndef LIGATURE_PAGE_STRATEGY_PART_H
#define LIGATURE_PAGE_STRATEGY_PART_H

#include "model/outlook.h"
#include "page/frame.h"
#include "page/page.h"
#include "page/part.h"

/* A number of the ledger with the rows behind it. */
struct strategy_number {
    const char *label; /* "Replies" */
    const char *value; /* "58%" */
    const char *href;  /* its rows; NULL: it is nothing */
    const char *note;  /* "of 19 messages"; NULL */
    const char *note_href; /* its rows; NULL */
};

/* Lives as long as the request. */
struct strategy_part {
    const char *id;
    const char *name;
    const char *lead;
    const struct strategy_number *numbers; /* none: nothing was done yet */
    size_t n_numbers;
    const struct part_step *rows; /* what it suggests, best first */
    size_t n_rows;
    const char *count; /* "5 of 23, best first"; NULL */
    const char *quiet; /* why there is no suggestion */
    bool needs_goal;   /* the questions come first */
    const char *activities;
    const char *benefits;
    const char *challenges;
    const char *target;
    const char *cadence;
    const char *source;
};

#define STRATEGY_ROWS 5

/* Fills all of it: numbers since 1 January, and the STRATEGY_ROWS best suggestions of the survey
 * (NULL: taken here). The lead is what the strategy is good for, of data/strategies.tsv, until a page
 * sets its own. Unknown ids abort. */
bool page_strategy(struct page *page, struct book *book, const struct survey *survey,
                   const char *id, struct strategy_part *part_out, GError **error);

/* The view of a page that has nothing more. */
struct strategy_plain_view {
    struct frame_view frame;
    struct strategy_part part;
};
/* Reads and renders such a page: the whole of a page_fn. */
bool page_strategy_plain(struct page *page, const char *id, const char *lead, GError **error);

/* 1 January of the day's year: since when numbers are counted. */
int32_t page_strategy_since(int32_t today);

#endif
