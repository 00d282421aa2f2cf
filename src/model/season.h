/* The dated year a goal lives in: rules of data/season.tsv, relative to Match Day, the academic year
 * and one another, worked out for one cycle, with one's own dates among them. Pure but for
 * season_load. */
#ifndef LIGATURE_MODEL_SEASON_H
#define LIGATURE_MODEL_SEASON_H

#include "model/goal.h"
#include "model/own_date.h"

struct data_season; /* data_season.h */
struct data_quiet;
struct data_phases;

struct season_date {
    const char *id;            /* of the rule, or of the own date */
    const char *title;
    const char *lane;          /* data/phases.tsv */
    int32_t on_day;            /* the first day */
    int32_t until_day;         /* = on_day for a single day */
    int minute;                /* of the day in zone; -1: all day */
    const char *zone;          /* NULL unless minute */
    int32_t before_day;        /* the latest day the work before it can end (backwards); DAY_NONE */
    const char *why;           /* networking work before it, what to keep in mind */
    const char *source;        /* "derived: Match Day minus 16 days; held 2024 to 2026" */
    const struct data_season *rule; /* NULL: your own */
    int64_t date_id;           /* own date, or the own date that moved the rule; 0 */
    const char *kind;          /* of an own date: exam, rotation, conference ...; NULL: a rule's */
    int32_t rule_day;          /* where the rule alone would put it; DAY_NONE when not moved */
    bool is_quiet_for_us;      /* nothing to ask of anybody */
};
struct season_quiet {
    const char *id;
    const char *title;
    int32_t from_day, until_day;
    const char *whom;          /* words of: programme faculty; or "all" */
    const char *source;
};
struct season_phase {          /* a band of the timeline */
    const char *id;
    const char *title;
    int32_t from_day, until_day;
    const char *work;          /* what belongs into it */
};
struct season {
    int cycle;                 /* Match year; guessed from today when the goal does not say */
    bool is_guessed;
    int32_t match_day;
    int32_t from_day, until_day; /* what the band shows */
    GArray *dates;             /* struct season_date, by day then id */
    GArray *quiets;            /* struct season_quiet */
    GArray *phases;            /* struct season_phase, by lane */
    GStringChunk *text;
};

/* Rules that fit the goal, own dates in their place. own: struct own_date. */
struct season *season_new(const struct goal *goal, const GArray *own, int32_t today);
bool season_load(struct book *book, const struct goal *goal, struct season **season_out,
                 GError **error);
void season_free(struct season *season);
typedef struct season season_ptr; /* for g_autoptr(season_ptr) only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(season_ptr, season_free)

/* Which phase today is in, and the next date of weight after a day. NULL: none. */
const struct season_phase *season_phase_on(const struct season *season, int32_t day);
const struct season_date *season_next(const struct season *season, int32_t day);
const struct season_date *season_date(const struct season *season, const char *id);
/* Is the day inside a quiet time for such people ("programme", "faculty")? NULL: no. */
const struct season_quiet *season_quiet_on(const struct season *season, int32_t day,
                                           const char *whom);
/* Dates that cannot hold any more when the work of date `id` is done only on day: appends
 * const struct season_date *. By graph/backward over data/season_needs.tsv. */
void season_endangered(const struct season *season, const char *id, int32_t day,
                       GPtrArray *dates_out);

/* A rule worked out by itself: "nth wed 1 jun -1", "day 15 sep -1", "match_day - 16d",
 * "eras_submit + 21d", "match_day - 20m" (year offsets count from the Match year). DAY_NONE when it
 * cannot be read. lookup gives the day of another rule. */
typedef int32_t season_lookup_fn(const char *id, void *data);
int32_t season_rule_day(const char *rule, int cycle, season_lookup_fn *lookup, void *data);

#endif
