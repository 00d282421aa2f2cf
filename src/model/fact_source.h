/* Sources: where facts and touches came from. One per file of an import; one named "you" per
 * account. */
#ifndef LIGATURE_MODEL_FACT_SOURCE_H
#define LIGATURE_MODEL_FACT_SOURCE_H

#include "model/book.h"

#define FAMILY_YOU "you"

struct fact_source {
    int64_t source_id;
    const char *family; /* "linkedin.connections", "vcard", "you" ... */
    const char *label;  /* the file's name, or "you" */
    int64_t import_id;  /* 0: none */
    int64_t seen_at;    /* when its facts were seen to be so: the export's own date when known */
};

/* source->source_id 0: a new id. Writes the row. */
bool fact_source_add(struct book *book, const struct fact_source *source, int64_t *source_id_out,
                     GError **error);
bool fact_source_load(struct book *book, int64_t source_id, GStringChunk *text,
                      struct fact_source *source_out, GError **error);
/* The account's source "you", made on first use. */
bool fact_source_you(struct book *book, int64_t *source_id_out, GError **error);
bool fact_source_of_import(struct book *book, int64_t import_id, GStringChunk *text,
                           GArray *sources_out, GError **error);

#endif
