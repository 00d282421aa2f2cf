/* The research feature: what it suggests, and its page. */
#include "feature/research/research.h"

#include "page/strategy_part.h"

static bool show(struct page *page, GError **error)
{
    return page_strategy_plain(
        page, "research",
        "Work that is done together is the longest introduction there is. One project "
        "that moves is worth more than five that rest.",
        error);
}

static const struct page_route pages[] = {{"/strategies/research", PAGE_CACHED, show}, {0}};

const struct feature feature_research = {
    .name = "research", .pages = pages, .strategy = &research_strategy};
