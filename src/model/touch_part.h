/* Between touch.c, touch_db.c and change.c. */
#ifndef LIGATURE_MODEL_TOUCH_PART_H
#define LIGATURE_MODEL_TOUCH_PART_H

#include "model/touch.h"

/* A new row, or the whole of an old one. */
bool touch_save(struct book *book, const struct touch *touch, GError **error);
/* The row of exactly this id, deleted or not; the image for undo when image_out is not NULL (new
 * reference). */
bool touch_fetch(struct book *book, int64_t touch_id, GStringChunk *text, struct touch *touch_out,
                 json_t **image_out, GError **error);
/* Reverse steps {"undo":"touch_edit","row":[...]}. */
bool touch_undo_edit(struct book *book, const json_t *step, GError **error);
bool touch_put_image(struct book *book, const json_t *row, int64_t *person_id_out, GError **error);

#endif
