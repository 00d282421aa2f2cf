/* The feature online_forums. */
#include "feature/online_forums/forum.h"

const struct feature feature_online_forums = {.name = "online_forums", .strategy = &online_forums_strategy};
