#include "feature/online_presence/presence.h"

const struct feature feature_online_presence = {.name = "online_presence", .strategy = &online_presence_strategy};
