/* Favours: what you asked of somebody, or did for them. An introduction asked for goes
 * asked -> granted -> thanked -> told (how it went); or declined. */
#ifndef LIGATURE_MODEL_FAVOUR_H
#define LIGATURE_MODEL_FAVOUR_H

#include "model/change.h"

struct favour {
    int64_t favour_id;
    int64_t person_id;       /* of whom, or for whom */
    const char *direction;   /* "asked", "given" */
    const char *kind;        /* data/favour_kinds.tsv: introduction, advice, letter, review ... */
    int64_t about_person_id; /* whom an introduction leads to; 0 */
    const char *about;       /* in words, when it is no person yet: "the clinic in Toledo" */
    const char *state;       /* asked granted thanked told declined; given: done */
    const char *strategy;    /* that it came from; NULL */
    int32_t asked_day;
    int32_t settled_day;     /* granted or declined; DAY_NONE */
    int32_t thanked_day;
    int32_t told_day;
    const char *note;
    int64_t created_at;
    int64_t deleted_at;
};

/* favour_id 0: new. state NULL: asked, or done when given. asked_day none: today. Refuses
 * person.not_found, favour.direction, .unknown_kind, .state, .too_long. */
bool favour_save(struct book *book, const struct favour *favour, struct change_log *log,
                 int64_t *favour_id_out, GError **error);
bool favour_load(struct book *book, int64_t favour_id, GStringChunk *text,
                 struct favour *favour_out, GError **error);
/* To the next state on a day (none: today); refuses favour.state when it cannot follow. */
bool favour_move(struct book *book, int64_t favour_id, const char *state, int32_t day,
                 struct change_log *log, GError **error);
bool favour_delete(struct book *book, int64_t favour_id, struct change_log *log, GError **error);
/* person_id 0: all. Newest first; merged people are read as their root, those of deleted people are
 * left out. */
bool favour_list(struct book *book, int64_t person_id, GStringChunk *text, GArray *favours_out,
                 GError **error);
/* Somebody is erased: favours that only led to them forget whom. */
bool favour_forget(struct book *book, int64_t person_id, GError **error);

#endif
