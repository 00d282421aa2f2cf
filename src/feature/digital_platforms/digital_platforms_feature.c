/* The feature of digital platforms. What comes out is written down with the online presence. */
#include "feature/digital_platforms/platform.h"

static const struct page_route pages[] = {
    {"/strategies/digital_platforms", PAGE_CACHED, platform_page}, {0}};

const struct feature feature_digital_platforms = {
    .name = "digital_platforms", .pages = pages, .strategy = &digital_platforms_strategy};
