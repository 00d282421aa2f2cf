/* The outreach feature: what it suggests, and its page. */
#include "feature/outreach/outreach.h"

#include "page/strategy_part.h"

static bool show(struct page *page, GError **error)
{
    return page_strategy_plain(
        page, "outreach",
        "First messages to people who do not know you yet: few, each written for one "
        "person, reminded once, then left in peace.",
        error);
}

static const struct page_route pages[] = {{"/strategies/outreach", PAGE_CACHED, show}, {0}};

const struct feature feature_outreach = {
    .name = "outreach", .pages = pages, .strategy = &outreach_strategy};
