/* The mentors feature: what it suggests, and its page. */
#include "feature/mentors_informational/mentors.h"

#include "page/strategy_part.h"

static bool show(struct page *page, GError **error)
{
    return page_strategy_plain(
        page, "mentors_informational",
        "Twenty minutes with somebody who does the work you aim for. Ask where a name "
        "means something, thank within a day, and tell them what came of it.",
        error);
}

static const struct page_route pages[] = {{"/strategies/mentors_informational", PAGE_CACHED, show}, {0}};

const struct feature feature_mentors_informational = {
    .name = "mentors_informational", .pages = pages, .strategy = &mentors_informational_strategy};
