/* Parts of the post-rotation feature. */
#ifndef LIGATURE_FEATURE_ROTATION_H
#define LIGATURE_FEATURE_ROTATION_H

#include "page/feature.h"

extern const struct strategy post_rotation_strategy;

#endif
