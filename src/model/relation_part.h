/* Between relation_db.c and change.c. */
#ifndef LIGATURE_MODEL_RELATION_PART_H
#define LIGATURE_MODEL_RELATION_PART_H

#include "model/relation.h"

/* Reverse step {"undo":"relation_remove","row":[...]}. */
bool relation_undo_remove(struct book *book, const json_t *reverse, GError **error);

#endif
