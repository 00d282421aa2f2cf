/* Parts of the outreach feature. */
#ifndef LIGATURE_FEATURE_OUTREACH_H
#define LIGATURE_FEATURE_OUTREACH_H

#include "page/feature.h"

extern const struct strategy outreach_strategy;

#endif
