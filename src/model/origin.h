/* Steps that came from a suggestion and are done in another place: a lesson that was read, a story
 * that was written. */
#ifndef LIGATURE_MODEL_ORIGIN_H
#define LIGATURE_MODEL_ORIGIN_H

#include "model/change.h"

/* Says of the open step accepted for the suggestion with this key (model/strategy.h) that it is
 * done. There may be none: then nothing happens. */
bool origin_done(struct book *book, const char *key, struct change_log *log, GError **error);

#endif
