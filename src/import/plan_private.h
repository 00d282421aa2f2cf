/* Parts of the import engine: plan.c runs, plan_match.c finds out who, plan_write.c writes,
 * plan_report.c tells. */
#ifndef LIGATURE_IMPORT_PLAN_PRIVATE_H
#define LIGATURE_IMPORT_PLAN_PRIVATE_H

#include "base/digest.h"
#include "import/arena.h"
#include "import/crew.h"
#include "import/plan.h"
#include "model/merge.h"
#include "model/person_bulk.h"

enum outcome {
    OUTCOME_NONE,
    OUTCOME_REFUSED,
    OUTCOME_UNCHANGED,
    OUTCOME_UPDATED,
    OUTCOME_ADDED
}; /* strongest last */

#define WHO_MAX 4

/* Roots that carry one identifier. */
struct holders {
    int64_t ids[WHO_MAX];
    int n;
};

/* Someone the plan knows the name of. */
struct known {
    int64_t id;
    const char *name;
    const char *own_name; /* in its own script; NULL when that is Latin */
};

struct plan {
    const struct plan_options *options;
    struct book book;
    bool is_dry;
    int64_t import_id;
    int64_t self_id;
    bool is_self_named;     /* a name of yourself is known, not only what you sign in with */
    const char *self_email; /* what you sign in with, where that is an address; in the arena */
    int64_t seen_at;
    int64_t first_source_id; /* of this import, 0 until one is made: pairs it proposes go with it */
    int64_t next_fake;       /* ids of people a preview would make: -1, -2, ... */
    const char *label;
    int64_t total_rows; /* about */

    struct arena arena; /* what the next tables point at */
    GString *scratch;
    GHashTable *holders;     /* kind and value -> struct holders * */
    GHashTable *people;      /* int64_t * -> struct known * */
    GHashTable *by_name_org; /* folded "name|org" -> int64_t * */
    GHashTable *records;     /* family -> (record key -> struct fact_record *), as stored */
    GHashTable *noted;       /* the same, as this plan has it: counts before */
    GHashTable *touch_keys;  /* family -> set of keys */
    GHashTable *sources;     /* family -> int64_t * source id */
    struct crew *crew;       /* writes new people beside the reading; NULL in a preview */
    GHashTable *refold;      /* set of int64_t *: people with new sets */
    GHashTable *refresh;     /* set of int64_t *: people with new touches */
    GArray *pairs;           /* struct plan_pair */

    struct plan_counts counts;
    enum outcome row_outcome; /* of the row at hand, which may have several records */
    struct {
        const char *file;
        long line;
        char *reason;
    } refusal;         /* of the row at hand; reason owned, NULL: none */
    json_t *refused;   /* [{file, line, reason}] */
    json_t *changes;   /* [{person, person_id, what, before, after}] */
    json_t *decide;    /* [{key, name, org, why, person_id, person}] */
    json_t *files;     /* [{file, kind, ...}] */
    json_t *newcomers; /* [{name, org}], the first of them */
    int64_t n_changes; /* before the limit of `changes` */
    int64_t n_people;  /* new people */
    int64_t n_touches; /* new touches */
};

struct plan_pair {
    int64_t a;
    int64_t b;
    bool is_exact;
    bool is_apart;
    char *why;
};

/* ---- plan_match.c ---- */
bool plan_learn(struct plan *plan, GError **error); /* loads what the account knows */
void plan_remember(struct plan *plan, int64_t person_id,
                   const struct record *record); /* a person made or seen by this plan */
struct match {
    int64_t person_id;                /* 0: nobody known */
    const struct fact_record *before; /* the same record as before; NULL: none */
    int64_t beside[WHO_MAX];          /* people to propose a new one beside */
    bool beside_exact[WHO_MAX];
    const char *beside_why[WHO_MAX];
    int n_beside;
    bool is_apart; /* decided: two people */
};
/* The key to keep a record under; NULL: failed. Good until the plan ends. */
const char *plan_own_key(struct plan *plan, const struct record *record, GError **error);
bool plan_find(struct plan *plan, const struct record *record, struct match *match_out,
               GError **error);
const char *plan_name_of(struct plan *plan, int64_t person_id);
/* The same record again within this file, or in a later one. */
bool plan_note_record(struct plan *plan, const struct record *record, int64_t person_id,
                      const char *encoded, GError **error);
/* True, once, for a touch that is not known yet. */
bool plan_new_touch(struct plan *plan, const char *family, const char *key, bool *is_new_out,
                    GError **error);
void plan_forget(struct plan *plan);

/* ---- plan_write.c ---- */
/* Waits until nobody else uses the transaction: before anything of the plan's own is read or
 * written in the store. */
bool plan_calm(struct plan *plan, GError **error);
bool plan_take(struct plan *plan, const struct record *record, enum outcome *outcome_out,
               GError **error);
bool plan_settle(struct plan *plan, GError **error); /* after the last record */

/* ---- plan_report.c ---- */
/* Every one is kept; a file with far too many is refused as a whole (import.too_many_refused). */
bool plan_tell_refused(struct plan *plan, GError **error);
/* Why the row at hand is refused, should nothing else come of it; the first reason counts. file
 * lives as long as the plan. */
void plan_refuse_row(struct plan *plan, const char *file, long line, const char *reason);
void plan_tell_new(struct plan *plan, const struct record *record);
/* What a set of facts changes against the one before. Returns false when nothing a person would see
 * differs. */
bool plan_tell_changes(struct plan *plan, int64_t person_id, const char *before, const char *after);
void plan_tell_also(struct plan *plan, int64_t person_id, const struct record *record);
void plan_tell_decide(struct plan *plan, const struct record *record, const struct match *match);
json_t *plan_report(struct plan *plan); /* new reference */

#endif
