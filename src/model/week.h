/* The week: what was chosen for seven days, from Monday, inside hours and money. A proposal is
 * worked out each time and stored nowhere; accepting it makes its suggestions steps. */
#ifndef LIGATURE_MODEL_WEEK_H
#define LIGATURE_MODEL_WEEK_H

#include "model/outlook.h"

struct week {
    int32_t monday;
    int minutes;         /* to spend; from the goal unless changed for this week */
    int64_t cents;
    int messages;        /* at most (data/week_limits.tsv unless changed) */
    int64_t accepted_at; /* AT_NONE: not yet */
    int64_t reviewed_at; /* AT_NONE */
    const char *note;    /* of the review */
};
/* The stored row, or one made from the goal with accepted_at AT_NONE. */
bool week_load(struct book *book, const struct goal *goal, int32_t monday, GStringChunk *text,
               struct week *week_out, GError **error);
/* Refuses week.monday, week.limits. */
bool week_save(struct book *book, const struct week *week, struct change_log *log, GError **error);

struct planned {         /* a step of a week */
    int64_t step_id;
    int32_t monday;
    int32_t on_day;
    int32_t until_day;   /* of use until; DAY_NONE */
    const char *origin;  /* the suggestion's key; NULL: your own step */
    const char *kind;    /* id in data/suggestions.tsv; NULL */
    const char *season;  /* date whose work it is; NULL */
    bool is_pinned;
    int points;
    const char *terms;   /* JSON array of texts: why, as it was when chosen */
};
/* One row a step: a newer one takes its place. Refuses week.monday, week.day (outside the week). */
bool planned_save(struct book *book, const struct planned *planned, struct change_log *log,
                  GError **error);
/* The step itself stays. */
bool planned_remove(struct book *book, int64_t step_id, struct change_log *log, GError **error);
/* monday DAY_NONE: all. By day, then id. */
bool planned_list(struct book *book, int32_t monday, GStringChunk *text, GArray *planned_out,
                  GError **error);

/* ---- the plan ---- */

struct week_choice {
    const struct suggestion *suggestion; /* NULL: a step that is there already */
    const struct step *step;             /* accepted before, or your own with a day; NULL */
    const struct planned *planned;       /* beside step; NULL */
    int32_t on_day;
    bool is_done;
};
struct week_left {       /* good, and not chosen */
    const struct suggestion *suggestion;
    const char *why_not; /* "no time left", "two messages to one department are enough" */
};
struct week_plan {
    struct week week;
    struct survey *survey;   /* a reference */
    GArray *choices;         /* struct week_choice, by day then worth */
    GArray *left;            /* struct week_left, best first, at most 60 */
    int n_suggestions;
    int minutes_used;        /* of steps done */
    int minutes_planned;     /* of those still open or proposed */
    int64_t cents_used;
    int64_t cents_planned;
    int n_messages;          /* done and planned */
    int n_department_most;   /* the most messages to one department */
    bool is_proven;          /* no better week exists for these worths */
    bool is_over;            /* what must be done is more than the hours */
    GArray *steps;           /* struct step behind choices */
    GArray *planneds;        /* struct planned */
    GStringChunk *text;
};
/* The week of `monday` as it stands: accepted steps where they are, and, unless accepted, what the
 * planner chooses for the days that are left. After accepting, free minutes stay free. */
bool week_plan(struct book *book, const struct strategy_table *strategies, int32_t monday,
               struct week_plan **plan_out, GError **error);
void week_plan_free(struct week_plan *plan);
typedef struct week_plan week_plan_ptr; /* for g_autoptr(week_plan_ptr) only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(week_plan_ptr, week_plan_free)

/* Makes the plan's suggestions steps of the week. *n_out: how many. */
bool week_accept(struct book *book, const struct week_plan *plan, struct change_log *log,
                 int *n_out, GError **error);
/* Chooses again for what is neither done nor pinned nor begun; moved_out (may be NULL): sentences of
 * what moved, new strings. */
bool week_replan(struct book *book, const struct strategy_table *strategies, int32_t monday,
                 struct change_log *log, GPtrArray *moved_out, GError **error);

#endif
