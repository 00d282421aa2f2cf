/* The nurture feature: keeping ties alive. Its page uses the actions of cadences, touches and
 * favours; it has none of its own. */
#include "feature/nurture/nurture.h"

static const struct page_route pages[] = {{"/strategies/nurture", PAGE_CACHED, nurture_page}, {0}};

const struct feature feature_nurture = {
    .name = "nurture", .pages = pages, .strategy = &nurture_strategy};
