/* Relations between two people of the address book. */
#ifndef LIGATURE_MODEL_RELATION_H
#define LIGATURE_MODEL_RELATION_H

#include "model/change.h"

struct relation {
    int64_t relation_id;
    int64_t a_id;     /* from, before merges */
    int64_t b_id;     /* to */
    const char *kind; /* knows, introduced, married, coauthor, colleague, teacher */
    const char *note;
    int64_t source_id; /* 0: you said so */
    int64_t created_at;
};
extern const char *const relation_kinds[]; /* NULL-terminated */

/* Refuses relation.kind_unknown, relation.same, person.not_found. The same two and kind again
 * changes nothing (same id). */
bool relation_add(struct book *book, const struct relation *relation, struct change_log *log,
                  int64_t *relation_id_out, GError **error);
bool relation_remove(struct book *book, int64_t relation_id, struct change_log *log,
                     GError **error);
/* Of a person (whole merge), either end; 0: all. */
bool relation_list(struct book *book, int64_t person_id, GStringChunk *text, GArray *relations_out,
                   GError **error);

#endif
