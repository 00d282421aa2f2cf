/* Parts of the conferences feature. */
#ifndef LIGATURE_FEATURE_CONFERENCES_H
#define LIGATURE_FEATURE_CONFERENCES_H

#include "page/feature.h"

extern const struct strategy conferences_strategy;

#endif
