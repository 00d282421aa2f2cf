/* How long ago days are, for strategies: a day that is not known was long ago, so that "not within
 * so many days" needs no second question. */
#ifndef LIGATURE_MODEL_SINCE_H
#define LIGATURE_MODEL_SINCE_H

#include "model/outlook.h"

#define LONG_AGO 100000

/* Days from then to today; negative when it is ahead; LONG_AGO when it is not known. */
static inline int days_since(const struct outlook *outlook, int32_t day)
{
    return day == DAY_NONE ? LONG_AGO : outlook->today - day;
}
/* Days from today to then; LONG_AGO when it is not known. */
static inline int days_until(const struct outlook *outlook, int32_t day)
{
    return day == DAY_NONE ? LONG_AGO : day - outlook->today;
}
static inline bool contact_is(const struct contact *contact, unsigned any_of)
{
    return (contact->flags & any_of) != 0;
}
/* Something still gone after, of a kind. */
static inline bool pursuit_is_open(const struct pursuit *pursuit, const char *kind)
{
    return pursuit->deleted_at == AT_NONE && pursuit->closed_at == AT_NONE &&
           g_strcmp0(pursuit->kind, kind) == 0;
}

#endif
