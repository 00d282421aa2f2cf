/* Memberships: pursuits of kind "membership" (ref: the body in data/associations.tsv, or none;
 * due_day: renewal; role: a seat; cost a year with the year of the price), the people met through
 * them, and what they suggest. Pure. */
#ifndef LIGATURE_MODEL_MEMBERSHIP_H
#define LIGATURE_MODEL_MEMBERSHIP_H

#include "model/association.h"

#define MEMBERSHIP_REMIND 45 /* days before the renewal */
#define MEMBERSHIP_LATE 30   /* days after it */

bool membership_is(const struct pursuit *pursuit);
bool membership_is_active(const struct pursuit *pursuit);
/* Of its body; of one of your own: of its strategy. */
enum association_shelf membership_shelf(const struct pursuit *pursuit);
/* The newest one with a body, whatever its stage; NULL. pursuits: struct pursuit. */
const struct pursuit *membership_of(const GArray *pursuits, const char *association);
/* The day it has to be renewed; DAY_NONE. */
int32_t membership_renewal(const struct pursuit *pursuit);
/* How many people were met through it. links: struct pursuit_person. */
int membership_n_met(const GArray *links, int64_t pursuit_id);

/* Ids of data/suggestions.tsv; NULL: not suggested here. */
struct membership_kinds {
    enum association_shelf shelf;
    const char *fee;    /* look up what a considered one costs */
    const char *decide; /* join or not, now that the price is known */
    const char *renew;  /* renew, or let go */
    const char *use;    /* a first part in one that is unused */
    const char *role;   /* look for a seat in one that is used */
};
void membership_suggest(const struct outlook *outlook, const struct membership_kinds *kinds,
                        struct suggestions *out);

#endif
