/* Ids: 63-bit, time-ordered, made by the program (no database sequence), shown base-32 in URLs.
 * Layout, high to low: 42 bits milliseconds since 2020-01-01 UTC, 21 bits that begin at random each
 * millisecond and count up. Thirteen Crockford base-32 letters, lower case, sort as the numbers do. */
#ifndef LIGATURE_BASE_ID_H
#define LIGATURE_BASE_ID_H

#include "base/clock.h"

#include <stdatomic.h>

#define ID_TEXT 14

/* One per process. Thread safe. With a fixed clock and seed != 0 the ids are the same in every run. */
struct id_source {
    const struct clock *clock;  /* borrowed */
    uint64_t seed;              /* 0: real randomness */
    _Atomic int64_t last;
};

int64_t id_next(struct id_source *source);                 /* strictly ascending within the process, > 0 */
char *id_format(int64_t id, char buffer[static ID_TEXT]);  /* returns buffer */
/* Accepts upper case and Crockford's look-alikes (o, i, l). False when it is not an id. */
bool id_parse(const char *text, int64_t *id_out);

#endif
