/* People: the fold of their facts and touches. */
#ifndef LIGATURE_MODEL_PERSON_H
#define LIGATURE_MODEL_PERSON_H

#include "graph/tie.h"
#include "model/change.h"
#include "model/fact_fold.h"

/* A list row: the person table. */
struct person_row {
    int64_t person_id;
    int64_t root_id; /* itself, or whom it was merged into */
    int64_t created_at;
    int64_t deleted_at; /* AT_NONE: not deleted */
    int64_t changed_at;
    bool is_self;
    const char *name;     /* Latin reading first; never NULL */
    const char *own_name; /* own script, NULL when Latin */
    const char *own_lang; /* BCP 47, NULL when Latin; constant */
    bool own_is_rtl;
    const char *sort_key;
    const char *headline;
    const char *org;
    const char *place;
    const char *region;    /* "OH" */
    const char *specialty; /* id */
    const char *school;    /* folded */
    const char *email;
    const char *phone;
    const char *url;
    const char *photo; /* blob digest */
    const char *tags;  /* parted by blanks; a tag's own blanks are "-" */
    bool has_us_link;
    bool has_conflict;
    bool do_not_contact;
    double tie; /* as of tie_day */
    int32_t tie_day;
    int32_t last_touch_day;
    const char *last_touch_kind;
    int n_touches;
    int cadence_days; /* -1: none */
    int32_t due_day;
    bool is_slack; /* last real touch older than the cadence, today */
};

/* Everything of one person. */
struct person {
    struct person_row row;
    GArray *sets;           /* struct fact_set, oldest first: where fold->facts[i].origins point */
    struct fact_fold *fold; /* facts with sources, conflicts, works with dates */
    GArray *member_ids;     /* int64_t: itself first, then those merged into it */
    GStringChunk *text;
};
void person_free(struct person *person);
typedef struct person person_ptr; /* for g_autoptr(person_ptr) only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(person_ptr, person_free)

/* The root of a merged person is loaded in its place. Deleted ones load too (row.deleted_at). NULL:
 * person.not_found. */
struct person *person_load(struct book *book, int64_t person_id, GError **error);
/* Only the row, of the root. */
bool person_row_load(struct book *book, int64_t person_id, GStringChunk *text,
                     struct person_row *row_out, GError **error);
/* Rows of several ids, in their order, absent ones left out, roots as they are. */
bool person_rows_load(struct book *book, const GArray *person_ids, GStringChunk *text,
                      GArray *rows_out, GError **error);
bool person_root(struct book *book, int64_t person_id, int64_t *root_id_out, GError **error);
bool person_count(struct book *book, int64_t *n_out,
                  GError **error); /* not deleted, not merged away, without self */

/* ---- changing; each refuses person.not_found ---- */

/* A new person from facts of yours; at least a name, an address or a number, else
 * person.nothing_known. */
bool person_add(struct book *book, const struct fact *facts, int n, struct change_log *log,
                int64_t *person_id_out, GError **error);
/* Your edits: facts with op ADD, REMOVE or SET, written as one set of source "you". */
bool person_edit(struct book *book, int64_t person_id, const struct fact *edits, int n,
                 struct change_log *log, GError **error);
/* Can come back for 30 days. Refuses person.is_self. Deletes the whole merge. */
bool person_delete(struct book *book, int64_t person_id, struct change_log *log, GError **error);
bool person_restore(struct book *book, int64_t person_id, GError **error);
/* For good, every row. The caller runs the store's vacuum afterwards. */
bool person_erase(struct book *book, int64_t person_id, GError **error);
/* Persons and touches deleted more than 30 days ago; *n_out says how many persons. */
bool person_erase_due(struct book *book, int *n_out, GError **error);

/* A bare person without a fact, for writers of fact sets: fact_set_add and person_refold follow.
 * person_id: from book_new_id. */
bool person_create(struct book *book, int64_t person_id, bool is_self, GError **error);

/* ---- keeping the row true; writers of facts, touches, steps and cadences call these ---- */

/* Recomputes row, ident, trait and search words from sets and touches of the person's whole merge.
 */
bool person_refold(struct book *book, int64_t person_id, GError **error);
/* Recomputes only tie, last touch, cadence and due. */
bool person_refresh(struct book *book, int64_t person_id, GError **error);
/* Ties fade with time: recomputes those whose tie_day is older than today, at most limit of them;
 * *n_out says how many. */
bool person_refresh_old(struct book *book, int limit, int *n_out, GError **error);

/* ---- exact identifiers ---- */

/* Roots, not deleted, that carry the identifier (canonical value, base/ident.h). Appends int64_t.
 */
bool ident_find(struct book *book, enum ident_kind kind, const char *value, GArray *person_ids_out,
                GError **error);
/* Every identifier of the account: each(kind, value, root_id, data). For imports into a filled
 * book. */
typedef void ident_fn(enum ident_kind kind, const char *value, int64_t root_id, void *data);
bool ident_each(struct book *book, ident_fn *each, void *data, GError **error);
/* Canonical identifiers of one person, whole merge: appends const char * kept in text. */
bool ident_of_person(struct book *book, int64_t person_id, enum ident_kind kind, GStringChunk *text,
                     GPtrArray *values_out, GError **error);

/* ---- how the tie is explained ---- */

/* The terms of the tie as of today, from all touches and shared history. */
bool person_tie(struct book *book, int64_t person_id, struct tie *tie_out, GError **error);

#endif
