/* The plan and CV feature: what it suggests, and its page. */
#include "feature/plan_cv/plan.h"

#include "page/strategy_part.h"

static bool show(struct page *page, GError **error)
{
    return page_strategy_plain(
        page, "plan_cv",
        "Know where you are going and have the papers ready, so that whoever wants to "
        "help can do it the same day.",
        error);
}

static const struct page_route pages[] = {{"/strategies/plan_cv", PAGE_CACHED, show}, {0}};

const struct feature feature_plan_cv = {
    .name = "plan_cv", .pages = pages, .strategy = &plan_cv_strategy};
