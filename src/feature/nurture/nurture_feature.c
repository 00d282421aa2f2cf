/* The feature nurture. */
#include "feature/nurture/nurture.h"

const struct feature feature_nurture = {.name = "nurture", .strategy = &nurture_strategy};
