/* Parts of the networking_sessions feature. */
#ifndef LIGATURE_FEATURE_SESSIONS_H
#define LIGATURE_FEATURE_SESSIONS_H

#include "page/feature.h"

extern const struct strategy networking_sessions_strategy;

#endif
