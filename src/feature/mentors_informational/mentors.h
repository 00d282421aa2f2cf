/* Parts of the mentors feature. */
#ifndef LIGATURE_FEATURE_MENTORS_H
#define LIGATURE_FEATURE_MENTORS_H

#include "page/feature.h"

extern const struct strategy mentors_informational_strategy;

#endif
