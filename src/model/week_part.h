/* Between week_plan.c, week_fill.c and week_accept.c. */
#ifndef LIGATURE_MODEL_WEEK_PART_H
#define LIGATURE_MODEL_WEEK_PART_H

#include "graph/fill.h"
#include "model/week.h"

#define WEEK_DAYS 7
#define WEEK_WHOMS 8
#define WEEK_MOVED "moved: " /* begins what planned.terms says of a move */
#define WEEK_THANKS_FIRST "thanks come first"
#define WEEK_DAYS_OVER "its days are over"

/* Steps that may be chosen anew: struct week_choice. */
struct week_open {
    struct week_choice choice;
    int32_t until_day; /* DAY_NONE */
};

enum week_source_of { WEEK_FROM_SUGGESTION, WEEK_FROM_OPEN, WEEK_FROM_CHOICE, WEEK_FROM_PAST };

struct week_source { /* beside each item */
    enum week_source_of of;
    guint at; /* in the list it comes from */
};

struct week_whom { /* on which days one may write to such people; bit of the day */
    const char *whom;
    unsigned days;
};

struct week_work {
    struct week_plan *plan;
    const struct outlook *outlook;
    const GArray *open;
    int32_t first_day;
    int n_days;
    GArray *items;   /* struct fill_item */
    GArray *sources; /* struct week_source */
    struct fill_limits limits;
    int64_t cents_left;
    const char **reasons; /* beside the suggestions; NULL: it is a candidate */
    int *item_of;         /* beside the suggestions; -1 */
    GHashTable *groups;   /* department -> number from 1 */
    GHashTable *families; /* strategy -> number from 1 */
    GHashTable *kinds;    /* struct data_suggestions * -> how many this week */
    GHashTable *thanks;   /* int64_t * person -> item + 1 */
    GHashTable *written;  /* int64_t * person: a message is chosen from already */
    GHashTable *busy;     /* int64_t * person: something else is */
    GHashTable *own;      /* int64_t * person -> struct step *: one in your own words */
    int n_families;
    struct week_whom whoms[WEEK_WHOMS];
    int n_whoms;
};

/* Items, what goes with them, and the minutes of each day. */
void week_items(struct week_work *work, int minutes_left);
/* Takes words into the plan's texts. */
const char *week_keep(struct week_work *work, char *words);

/* Fills what is left of the week: appends to plan->choices, plan->left and plan->back, and sets
 * is_proven and is_over. open: struct week_open. is_full: proposals are wanted, not only the words
 * for what is left. */
void week_fill(struct week_plan *plan, const GArray *open, bool is_full);

/* The week with what is neither done nor pinned nor begun chosen anew. */
bool week_plan_again(struct book *book, const struct strategy_table *strategies, int32_t monday,
                     struct week_plan **plan_out, GError **error);

/* Day of a step: until when, or when it wakes. DAY_NONE. */
int32_t week_step_day(const struct step *step);
/* Does the goal keep this weekday free of networking? */
bool week_is_free(const struct goal *goal, int32_t day);
/* A title in quotation marks; marks within become single ones. New string. */
char *week_quoted(const char *title);
/* "one", "two" ... "twelve", then figures; new string. */
char *week_number(int64_t n);

#endif
