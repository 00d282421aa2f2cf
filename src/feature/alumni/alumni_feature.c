/* The feature alumni. */
#include "feature/alumni/alumni.h"

const struct feature feature_alumni = {.name = "alumni", .strategy = &alumni_strategy};
