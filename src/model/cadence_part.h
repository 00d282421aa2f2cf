/* Between cadence.c, cadence_db.c and change.c. */
#ifndef LIGATURE_MODEL_CADENCE_PART_H
#define LIGATURE_MODEL_CADENCE_PART_H

#include "model/cadence.h"

const char *cadence_scope_text(enum cadence_scope scope);
/* Key of a row: the person's id in base 32, or the folded tag. New string. */
char *cadence_target(const struct cadence *cadence);

struct cadence_found {
    GStringChunk *text; /* in: where strings go */
    struct cadence cadence;
    bool is_found;
};

bool cadence_save(struct book *book, const struct cadence *cadence, GError **error);
bool cadence_remove(struct book *book, enum cadence_scope scope, const char *target,
                    GError **error);
/* *image_out (may be NULL): the row for undo, new reference, JSON null when there is none. */
bool cadence_fetch(struct book *book, enum cadence_scope scope, const char *target,
                   struct cadence_found *found_out, json_t **image_out, GError **error);
bool cadence_put_image(struct book *book, const json_t *row, GError **error);
/* Everyone with the folded tag: appends int64_t. */
bool cadence_tagged(struct book *book, const char *tag, GArray *person_ids_out, GError **error);
/* The shortest of a person's tags. */
bool cadence_of_tags(struct book *book, int64_t person_id, struct cadence_found *found_out,
                     GError **error);
/* Reverse step {"undo":"cadence","scope":"tag","target":"...","row":[...] or null}. */
bool cadence_undo(struct book *book, const json_t *reverse, GError **error);

#endif
