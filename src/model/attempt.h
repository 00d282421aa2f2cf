/* Limits on signing in, per name and per address, in memory. Thread safe, bounded: the oldest
 * entries make room. Five wrong tries are free; then each further one doubles the wait, from 15
 * seconds to an hour. An hour without tries forgets. */
#ifndef LIGATURE_MODEL_ATTEMPT_H
#define LIGATURE_MODEL_ATTEMPT_H

#include "base/clock.h"

struct attempts;

struct attempts *attempts_new(const struct clock *clock); /* clock borrowed */
void attempts_free(struct attempts *attempts);

/* Before the password is looked at: false when name or address has to wait; *wait_out: seconds (0
 * when allowed). */
bool attempts_allow(struct attempts *attempts, const char *name, const char *address,
                    int *wait_out);
void attempts_failed(struct attempts *attempts, const char *name, const char *address);
/* A right password clears the name; the address keeps its count. */
void attempts_passed(struct attempts *attempts, const char *name);

#endif
