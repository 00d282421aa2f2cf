/* The conferences feature: what it suggests, and its page. */
#include "feature/conferences/conferences.h"

#include "page/strategy_part.h"

static bool show(struct page *page, GError **error)
{
    return page_strategy_plain(
        page, "conferences",
        "The people you read, in one building for three days. What you do eight weeks "
        "before and 72 hours after decides what is left of it.",
        error);
}

static const struct page_route pages[] = {{"/strategies/conferences", PAGE_CACHED, show}, {0}};

const struct feature feature_conferences = {
    .name = "conferences", .pages = pages, .strategy = &conferences_strategy};
