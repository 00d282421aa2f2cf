/* The feature existing_connections. */
#include "feature/existing_connections/connections.h"

const struct feature feature_existing_connections = {.name = "existing_connections", .strategy = &existing_connections_strategy};
