/* The feature digital_platforms. */
#include "feature/digital_platforms/platform.h"

const struct feature feature_digital_platforms = {.name = "digital_platforms", .strategy = &digital_platforms_strategy};
