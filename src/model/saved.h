/* The notebook of answers found in forums, groups and talks: each with where it comes from, its
 * year, and whether it is only a rumour. */
#ifndef LIGATURE_MODEL_SAVED_H
#define LIGATURE_MODEL_SAVED_H

#include "model/change.h"

struct saved {
    int64_t saved_id;
    const char *question;
    const char *body;
    const char *source;   /* where: the forum, the person, the page */
    const char *url;
    int year;             /* it speaks of; 0: not known */
    bool is_rumour;       /* nobody official says so */
    int32_t on_day;       /* found */
    int minutes;          /* spent on the forum that day; -1 */
    int64_t created_at;
    int64_t deleted_at;
};

/* saved_id 0: new. Refuses saved.question_missing, saved.body_missing, saved.source_missing,
 * saved.url, saved.year, saved.day_ahead. */
bool saved_save(struct book *book, const struct saved *saved, struct change_log *log,
                int64_t *saved_id_out, GError **error);
bool saved_load(struct book *book, int64_t saved_id, GStringChunk *text, struct saved *saved_out,
                GError **error);
bool saved_delete(struct book *book, int64_t saved_id, struct change_log *log, GError **error);
/* Newest first. */
bool saved_list(struct book *book, GStringChunk *text, GArray *saved_out, GError **error);

#endif
