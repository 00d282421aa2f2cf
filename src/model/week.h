/* The week: what was chosen for seven days, from Monday, inside hours and money. A proposal is
 * worked out each time and stored nowhere; accepting it makes its suggestions steps. */
#ifndef LIGATURE_MODEL_WEEK_H
#define LIGATURE_MODEL_WEEK_H

#include "model/outlook.h"

struct week {
    int32_t monday;
    int minutes;         /* to spend; from the goal unless changed for this week */
    int64_t cents;       /* to spend; the month's money of the goal unless changed for this week */
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
    int minutes;                         /* 0: not known */
    int64_t cents;                       /* 0: free, or not known */
    int points;
    bool is_message;
    bool is_done;
    bool is_begun;                       /* you were in touch since it was planned */
    const char *why_not;                 /* in week_plan.back: why there is no room; NULL */
};
struct week_left {       /* good, and not chosen */
    const struct suggestion *suggestion;
    const char *why_not; /* "no time left", "two messages to one department are enough" */
};
struct week_plan {
    struct week week;
    struct survey *survey;   /* a reference */
    GArray *choices;         /* struct week_choice, by day then worth */
    GArray *left;            /* struct week_left, best first, at most WEEK_LEFT_MAX */
    GArray *back;            /* struct week_choice: steps of a plan made again without room */
    int n_left;              /* also beyond those of left */
    int n_suggestions;
    int32_t today;
    int minutes_used;        /* of steps done */
    int minutes_planned;     /* of those still open or proposed */
    int64_t cents_used;      /* of steps done this week */
    int64_t cents_earlier;   /* spent earlier in the month */
    int64_t cents_max;       /* what could be spent this week, used ones within */
    int64_t cents_planned;
    int n_messages;          /* done and planned */
    int n_department_most;   /* the most messages to one department */
    bool is_proven;          /* no better week exists for these worths */
    bool is_over;            /* what must be done is more than the hours */
    GArray *steps;           /* struct step behind choices */
    GArray *planneds;        /* struct planned */
    GStringChunk *text;
};
#define WEEK_LEFT_MAX 60
/* The week of `monday` as it stands: accepted steps where they are, and, unless accepted, what the
 * planner chooses for the days that are left. After accepting, free minutes stay free. */
bool week_plan(struct book *book, const struct strategy_table *strategies, int32_t monday,
               struct week_plan **plan_out, GError **error);
void week_plan_free(struct week_plan *plan);
typedef struct week_plan week_plan_ptr; /* for g_autoptr(week_plan_ptr) only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(week_plan_ptr, week_plan_free)

/* The same from what is in memory, for tests and benches. is_again: of an accepted week, what is
 * neither done nor pinned nor begun is chosen anew together with what is suggested. planned: struct
 * planned of all weeks; stays the caller's, its texts too. */
struct week_request {
    struct survey *survey;  /* a reference is taken */
    struct week week;
    const GArray *planned;
    const struct clock *clock;
    bool is_again;
};
struct week_plan *week_plan_of(const struct week_request *request);

/* Makes the plan's suggestions steps of the week. *n_out: how many. */
bool week_accept(struct book *book, const struct week_plan *plan, struct change_log *log,
                 int *n_out, GError **error);
/* One suggestion of a survey becomes a step of the week that its day lies in. */
struct week_pick {
    const struct survey *survey;
    const struct suggestion *suggestion;
    int32_t day;
};
bool week_take(struct book *book, const struct week_pick *pick, struct change_log *log,
               int64_t *step_id_out, GError **error);
/* A step goes to another day, which may lie in another week; its due day is that day then. words
 * (may be NULL): why, kept as what is shown under "What moved". */
bool week_move(struct book *book, int64_t step_id, int32_t day, const char *words,
               struct change_log *log, GError **error);
/* Stays on its day whatever is planned again; or not. */
bool week_pin(struct book *book, int64_t step_id, bool is_pinned, struct change_log *log,
              GError **error);
/* What happened since the week was accepted, in sentences (new strings): answers, new dates, steps
 * whose day went by. */
bool week_news(struct book *book, const struct week_plan *plan, GPtrArray *words_out,
               GError **error);
/* Sentences of what went from this week to the next and why (new strings). */
void week_moved(const struct week_plan *plan, GPtrArray *words_out);

/* What came of the days from monday to monday + 6, counted from rows that can be shown. */
struct week_result {
    int n_done;       /* steps closed as done */
    int n_steps;      /* those, and the ones planned for the week that are still open */
    int minutes;      /* of steps done */
    int64_t cents;
    int n_messages;   /* you wrote */
    int n_replies;    /* they wrote */
    int n_talks;      /* calls, meetings, talks */
};
bool week_result_load(struct book *book, const struct week_plan *plan,
                      struct week_result *result_out, GError **error);

/* Contacts (const struct contact *) who have not answered what you wrote in the last weeks, the last
 * written to first. New array. */
GPtrArray *week_waiting(const struct outlook *outlook);

/* What is to be done, in one line; new strings. */
char *week_title(const struct week_plan *plan, const struct week_choice *choice);
char *suggestion_line(const struct outlook *outlook, const struct suggestion *suggestion);

/* Chooses again for what is neither done nor pinned nor begun; what has no room goes to the week
 * after. moved_out (may be NULL): sentences of what moved, new strings. */
bool week_replan(struct book *book, const struct strategy_table *strategies, int32_t monday,
                 struct change_log *log, GPtrArray *moved_out, GError **error);

#endif
