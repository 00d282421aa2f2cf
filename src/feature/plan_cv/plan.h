/* Parts of the plan_cv feature. */
#ifndef LIGATURE_FEATURE_PLAN_H
#define LIGATURE_FEATURE_PLAN_H

#include "page/feature.h"

extern const struct strategy plan_cv_strategy;

#endif
