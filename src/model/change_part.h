/* Between change.c and change_db.c. */
#ifndef LIGATURE_MODEL_CHANGE_PART_H
#define LIGATURE_MODEL_CHANGE_PART_H

#include "model/change.h"

bool change_save(struct book *book, const struct change *change, const char *reverse,
                 GError **error);
bool change_load(struct book *book, int64_t change_id, GStringChunk *text,
                 struct change *change_out, const char **reverse_out, GError **error);

#endif
