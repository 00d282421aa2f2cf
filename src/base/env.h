/* What every layer may ask of the outside: the time, new ids. Handed down, never global. */
#ifndef LIGATURE_BASE_ENV_H
#define LIGATURE_BASE_ENV_H

#include "base/clock.h"
#include "base/id.h"

struct env {
    struct clock clock;
    struct id_source ids;       /* ids.clock points at clock above */
};

#endif
