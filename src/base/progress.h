/* How long work tells how far it is, and is told to stop. Faces embed one; the work borrows it. */
#ifndef LIGATURE_BASE_PROGRESS_H
#define LIGATURE_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* Both functions may be called from any thread. total 0: no end in sight. */
struct progress {
    void (*report)(struct progress *progress, int64_t done, int64_t total, const char *words);
    bool (*is_cancelled)(struct progress *progress);
};

#endif
