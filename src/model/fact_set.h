/* Fact sets: what one source says of one person at one time. Written once, never changed. */
#ifndef LIGATURE_MODEL_FACT_SET_H
#define LIGATURE_MODEL_FACT_SET_H

#include "base/digest.h"
#include "model/book.h"
#include "model/fact.h"

struct fact_set {
    int64_t fact_set_id;
    int64_t person_id; /* of whom, before merges */
    int64_t source_id;
    int64_t replaces_id; /* the set of the same family and record it replaced; 0: none */
    const char *family;  /* of the source */
    const char *source_label;
    int64_t seen_at; /* of the source */
    const char *record_key;
    const char *facts; /* canonical JSON, facts_encode() */
};

/* Writes one set (fact_set_id 0: a new id) and nothing else: person_refold() afterwards. */
bool fact_set_add(struct book *book, const struct fact_set *set, int64_t *fact_set_id_out,
                  GError **error);
/* All sets of a person and of everyone merged into them, oldest first (seen_at, then id; an edit of
 * yours was seen when it was made). */
bool fact_set_of_person(struct book *book, int64_t root_id, GStringChunk *text, GArray *sets_out,
                        GError **error);
bool fact_set_load(struct book *book, int64_t person_id, int64_t fact_set_id, GStringChunk *text,
                   struct fact_set *set_out, GError **error);
bool fact_set_delete(struct book *book, int64_t person_id, int64_t fact_set_id, GError **error);

/* Which set counts now for a record of a family: for re-imports. */
struct fact_record {
    int64_t person_id; /* before merges */
    int64_t fact_set_id;
    bool is_deleted; /* the person is deleted (can still come back): a re-import leaves them so */
    uint8_t
        digest[DIGEST_LEN]; /* digest_bytes() of the canonical text: equal text says nothing new */
};
/* The newest set of one record; *found_out false when the family never had it. Walks the family's
 * sets: for many records take fact_record_all(). */
bool fact_record_find(struct book *book, const char *family, const char *record_key,
                      struct fact_record *record_out, bool *found_out, GError **error);
/* All records of a family at once: record key (char *, owned by the table) -> struct fact_record *
 * (owned). */
GHashTable *fact_record_all(struct book *book, const char *family, GError **error);

#endif
