/* Pursuits: what you go after, with a stage, dates, costs and the people met through it. */
#ifndef LIGATURE_MODEL_PURSUIT_H
#define LIGATURE_MODEL_PURSUIT_H

#include "model/change.h"

struct pursuit {
    int64_t pursuit_id;
    const char *kind;     /* data/pursuit_kinds.tsv: membership, presence, rotation, ... */
    const char *title;
    const char *ref;      /* id in data/ that it is about (an association); NULL */
    const char *stage;    /* of data/pursuit_stages.tsv for that kind */
    const char *strategy; /* that it belongs to */
    int32_t from_day;
    int32_t until_day;    /* of a membership: paid until */
    int32_t due_day;      /* next thing due: renewal, abstract, post */
    int minutes;          /* spent or planned; -1 */
    int64_t cost_cents;   /* -1: not known */
    const char *currency;
    int price_year;       /* the year the price was seen; 0 */
    const char *role;     /* committee seat, author, speaker */
    const char *url;
    const char *note;
    int64_t created_at;
    int64_t closed_at;
    int64_t deleted_at;
};
struct pursuit_person {
    int64_t pursuit_id;
    int64_t person_id;
    const char *role;     /* "met", "supervisor", "co-author" */
    int32_t on_day;
};

/* pursuit_id 0: new. stage NULL: the first of its kind. closed_at follows from the stage. Refuses
 * pursuit.title_missing, .too_long, .unknown_kind, .unknown_stage, .unknown_strategy, .order, .url. */
bool pursuit_save(struct book *book, const struct pursuit *pursuit, struct change_log *log,
                  int64_t *pursuit_id_out, GError **error);
bool pursuit_load(struct book *book, int64_t pursuit_id, GStringChunk *text,
                  struct pursuit *pursuit_out, GError **error);
bool pursuit_delete(struct book *book, int64_t pursuit_id, struct change_log *log, GError **error);
/* kind NULL: all. Not deleted, open ones first, by due day then id. */
bool pursuit_list(struct book *book, const char *kind, GStringChunk *text, GArray *pursuits_out,
                  GError **error);
/* One row a person, merged ones folded into their root; a newer one takes its place. */
bool pursuit_person_add(struct book *book, const struct pursuit_person *link,
                        struct change_log *log, GError **error);
bool pursuit_person_remove(struct book *book, int64_t pursuit_id, int64_t person_id,
                           struct change_log *log, GError **error);
/* pursuit_id 0: of all. Roots, each once a pursuit; deleted people are left out. */
bool pursuit_person_list(struct book *book, int64_t pursuit_id, GStringChunk *text,
                         GArray *links_out, GError **error);

#endif
