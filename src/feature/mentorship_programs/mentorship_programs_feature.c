/* The mentoring programmes feature: what it suggests, and its page. */
#include "feature/mentorship_programs/mentorship.h"

#include "page/strategy_part.h"

static bool show(struct page *page, GError **error)
{
    return page_strategy_plain(
        page, "mentorship_programs",
        "A programme finds the mentor for you and keeps the order. One at a time, a "
        "session a month.",
        error);
}

static const struct page_route pages[] = {{"/strategies/mentorship_programs", PAGE_CACHED, show}, {0}};

const struct feature feature_mentorship_programs = {
    .name = "mentorship_programs", .pages = pages, .strategy = &mentorship_programs_strategy};
