/* What the pages of the week show. All pointers are borrowed for the time of rendering. */
#ifndef LIGATURE_FEATURE_WEEK_VIEW_H
#define LIGATURE_FEATURE_WEEK_VIEW_H

#include "page/frame.h"
#include "page/part.h"

#include <stdint.h>

#endif
