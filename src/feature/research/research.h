/* Parts of the research feature. */
#ifndef LIGATURE_FEATURE_RESEARCH_H
#define LIGATURE_FEATURE_RESEARCH_H

#include "page/feature.h"

extern const struct strategy research_strategy;

#endif
