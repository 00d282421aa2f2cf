/* All that strategies look at, in memory: the goal, the season, the people with what happened
 * lately, and the small lists. Loaded once for a revision of the account, then kept: after a change
 * only the people that changed are read again.
 *
 * Limits it answers to: 10,000 people from cold, with all suggestions, in 100 ms; after one change in
 * 5 ms (bench/outlook). */
#ifndef LIGATURE_MODEL_OUTLOOK_H
#define LIGATURE_MODEL_OUTLOOK_H

#include "model/favour.h"
#include "model/goal.h"
#include "model/practice.h"
#include "model/pursuit.h"
#include "model/refusal.h"
#include "model/saved.h"
#include "model/season.h"
#include "model/step.h"
#include "model/strategy.h"

enum contact_flags {
    CONTACT_US_LINK = 1 << 0,
    CONTACT_DO_NOT = 1 << 1,      /* asked not to be written to */
    CONTACT_PAUSED = 1 << 2,      /* cadence paused or snoozed today */
    CONTACT_SCHOOL = 1 << 3,      /* went to one of your schools */
    CONTACT_SPECIALTY = 1 << 4,   /* in one of your specialties */
    CONTACT_REGION = 1 << 5,      /* in a state you aim at */
    CONTACT_LANGUAGE = 1 << 6,    /* speaks a language of yours other than English */
    CONTACT_PROGRAMME = 1 << 7,   /* directs or coordinates a programme (title) */
    CONTACT_RESIDENT = 1 << 8,    /* is in training (title) */
    CONTACT_ATTENDING = 1 << 9,   /* attending, faculty, consultant (title) */
    CONTACT_MENTOR = 1 << 10,     /* tagged mentor */
    CONTACT_FAMILY = 1 << 11,     /* tagged family or friend */
    CONTACT_TEACHER = 1 << 12,
    CONTACT_COLLEAGUE = 1 << 13,
    CONTACT_CO_AUTHOR = 1 << 14,  /* a paper in common */
    CONTACT_CONNECTED = 1 << 15,  /* connected on a network */
    CONTACT_SLACK = 1 << 16,      /* last real touch older than the cadence */
    CONTACT_COORDINATOR = 1 << 17, /* runs a programme's office (title); CONTACT_PROGRAMME too */
};

struct contact {
    int64_t person_id;
    const char *name;             /* Latin reading */
    const char *own_name;         /* NULL when Latin */
    const char *headline;
    const char *org;
    const char *department;       /* folded org: the key of "so many messages per department" */
    const char *place;
    const char *region;
    const char *specialty;
    const char *school;           /* of theirs that is also yours, as written; else their first */
    int class_year;               /* they left that school; 0: not known */
    const char *tags;
    unsigned flags;
    float tie;                    /* as of today */
    int cadence_days;             /* -1 */
    int32_t due_day;              /* of the cadence; DAY_NONE */
    int32_t last_day;             /* last real touch; DAY_NONE */
    const char *last_kind;
    int n_touches;
    /* Of the last OUTLOOK_DAYS days; DAY_NONE: none. */
    int32_t last_out_day;         /* you wrote */
    int32_t last_in_day;          /* they wrote, or you both took part */
    int32_t last_talk_day;        /* informational talk, call, meeting, coffee */
    int32_t last_rotation_day;
    int32_t last_event_day;       /* conference or event */
    int32_t last_intro_day;       /* they introduced you */
    int32_t last_thanks_day;
    int32_t connected_day;        /* invitation accepted */
    int32_t invited_day;          /* you invited, unanswered */
    int16_t n_unanswered;         /* messages of yours since they last answered */
    int16_t n_out_year;           /* messages of yours within 365 days */
};
#define OUTLOOK_DAYS 430

struct outlook {
    int64_t account_id;
    int64_t revision;             /* of the account that this is true for */
    int32_t today;
    int32_t monday;               /* of this week */
    struct goal goal;
    struct season *season;
    const struct season_phase *phase; /* of today; NULL */
    GArray *contacts;             /* struct contact, by id; deleted, merged and self left out */
    GArray *pursuits;             /* struct pursuit */
    GArray *pursuit_people;       /* struct pursuit_person */
    GArray *favours;              /* struct favour */
    GArray *practices;            /* struct practice */
    GArray *stories;              /* struct story */
    GArray *saved;                /* struct saved */
    GArray *steps;                /* struct step: open, and closed within OUTLOOK_DAYS */
    GHashTable *refused;          /* keys of refusals in force (model/refusal.h) */
    GHashTable *origins;          /* keys of suggestions that are open steps, or were done within the
                                     kind's rest -> day done, or DAY_NONE while open */
    int n_messages_week;          /* messages logged since Monday */
    const char *const *self_facts; /* behind outlook_self */
    struct person *self;          /* the owner with all facts (profile checks); owned */
    GStringChunk *text;
};

const struct contact *outlook_contact(const struct outlook *outlook, int64_t person_id); /* NULL */

/* What was worked out for one account: an outlook and every suggestion with its worth. */
struct survey {
    struct outlook *outlook;
    GArray *suggestions;          /* struct suggestion, largest worth first, then key */
    GStringChunk *text;
    gint ref_count;
    struct survey_kept *kept;     /* what survey_take keeps behind it; NULL of survey_of */
};
/* Reads what is needed (all, or only what changed since the one kept for this account in this
 * process), runs the strategies and gives the survey; a reference, to be released. Thread safe. */
bool survey_take(struct book *book, const struct strategy_table *strategies,
                 struct survey **survey_out, GError **error);
void survey_release(struct survey *survey);
typedef struct survey survey_ptr; /* for g_autoptr(survey_ptr) only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(survey_ptr, survey_release)

/* Without the store, for tests and benches: an outlook with nothing in it; contacts appended (valid
 * until the next one; no day known, no cadence) until outlook_finish sorts them by id. season, phase
 * and self are set, and freed, by whoever made it. Strings live in outlook->text or longer. */
struct outlook *outlook_new(int32_t today);
struct contact *outlook_add(struct outlook *outlook, int64_t person_id, const char *name);
void outlook_finish(struct outlook *outlook);
/* Keys of outlook->refused ("step:<key>", "person:<id in base 32>", "strategy:<id>", "kind:<id>") and
 * of outlook->origins, kept in outlook->text. */
void outlook_refuse(struct outlook *outlook, const char *scope, const char *target);
void outlook_origin(struct outlook *outlook, const char *key, int32_t done_day);
void outlook_free(struct outlook *outlook);
typedef struct outlook outlook_ptr; /* for g_autoptr(outlook_ptr) only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(outlook_ptr, outlook_free)
/* Runs the strategies over an outlook, adds the terms that hold for all (tie, US link, specialty,
 * state, urgency, season), leaves out what is refused, open, over or resting, and sorts. A message
 * in a quiet time gets its end as from_day. The outlook stays the caller's and outlives the survey. */
struct survey *survey_of(struct outlook *outlook, const struct strategy_table *strategies);

/* ---- words of a suggestion; new strings ---- */

/* "Thank" | "Dr. Amina Hassan" | "for the rotation": before and after the name; either may be "". */
void suggestion_title(const struct outlook *outlook, const struct suggestion *suggestion,
                      char **before_out, char **after_out);
/* One or two sentences: the kind's reason, then its strongest terms in words. */
char *suggestion_why(const struct outlook *outlook, const struct suggestion *suggestion);
/* Each term in words with its points, strongest first: "alumna of your school (+12)". Appends new
 * strings. */
void suggestion_terms(const struct outlook *outlook, const struct suggestion *suggestion,
                      GPtrArray *words_out);

#endif
