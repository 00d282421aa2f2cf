/* Between step.c, step_db.c and change.c. */
#ifndef LIGATURE_MODEL_STEP_PART_H
#define LIGATURE_MODEL_STEP_PART_H

#include "model/step.h"

/* A new row, or the whole of an old one. */
bool step_save(struct book *book, const struct step *step, GError **error);
bool step_fetch(struct book *book, int64_t step_id, GStringChunk *text, struct step *step_out,
                json_t **image_out, GError **error);
/* The current row of a SELECT of STEP_COLUMNS. */
void step_read(db_rows *rows, GStringChunk *text, struct step *step_out);
bool step_put_image(struct book *book, const json_t *row, int64_t *person_id_out, GError **error);
bool step_remove(struct book *book, int64_t step_id, GError **error);
/* Reverse step {"undo":"step","step":id,"row":[...] or null}: the row as it was, or gone. */
bool step_undo(struct book *book, const json_t *reverse, GError **error);

#endif
