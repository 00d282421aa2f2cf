/* The feature associations. */
#include "feature/associations/join.h"

const struct feature feature_associations = {.name = "associations", .strategy = &associations_strategy};
