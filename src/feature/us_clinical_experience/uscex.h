/* Parts of the clinical experience feature. */
#ifndef LIGATURE_FEATURE_USCEX_H
#define LIGATURE_FEATURE_USCEX_H

#include "page/feature.h"

extern const struct strategy us_clinical_experience_strategy;

#endif
