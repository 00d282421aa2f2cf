/* Parts of the mentorship_programs feature. */
#ifndef LIGATURE_FEATURE_MENTORSHIP_H
#define LIGATURE_FEATURE_MENTORSHIP_H

#include "page/feature.h"

extern const struct strategy mentorship_programs_strategy;

#endif
