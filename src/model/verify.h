/* Is everything as it was written? Digests of rows and blobs, and everything derived made again and
 * compared. */
#ifndef LIGATURE_MODEL_VERIFY_H
#define LIGATURE_MODEL_VERIFY_H

#include "model/book.h"

struct finding {
    const char *table;
    const char *key;    /* of the row, as text: "person 0abc..., set 0abd..." */
    const char *column; /* NULL: not known which */
    const char *words;  /* a sentence */
};
struct verify_counts {
    int64_t n_rows, n_blobs, n_people;
};

struct verify {
    bool (*progress)(void *data, int64_t done,
                     int64_t total); /* NULL: nobody watches; false stops: action.cancelled */
    void *data;
    GStringChunk *text;          /* where the findings' strings live; the caller's */
    GArray *findings;            /* struct finding are appended; none: sound; the caller's */
    struct verify_counts counts; /* out */
};
/* One account. Fails only when the store cannot be read at all. */
bool verify_account(struct book *book, struct verify *verify, GError **error);

#endif
