#include "feature/cross_cultural/lesson.h"

const struct feature feature_cross_cultural = {.name = "cross_cultural", .strategy = &cross_cultural_strategy};
