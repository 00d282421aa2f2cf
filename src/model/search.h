/* Search over names in any script, places, work, addresses, tags, notes of people and touches. */
#ifndef LIGATURE_MODEL_SEARCH_H
#define LIGATURE_MODEL_SEARCH_H

#include "model/person.h"

/* Words as typed -> the engine's match text (folded, quoted, every word a prefix); NULL when no
 * word is left. New string. */
char *search_match(enum db_engine engine, const char *typed);

struct search_hit {
    struct person_row person;
    const char *snippet; /* words of a note around the match; NULL: found in the person's facts */
    int64_t touch_id;    /* with snippet; 0: none */
};
struct search {
    const char *typed; /* in */
    int limit;         /* in: hits at most */
    int64_t total;     /* out: people found */
};
/* Whole name matches first, then warmest tie, then name. Appends struct search_hit. */
bool search_people(struct book *book, struct search *search, GStringChunk *text, GArray *hits_out,
                   GError **error);

#endif
