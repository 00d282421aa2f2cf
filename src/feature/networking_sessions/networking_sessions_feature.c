/* The networking sessions feature: what it suggests, and its page. */
#include "feature/networking_sessions/sessions.h"

#include "page/strategy_part.h"

static bool show(struct page *page, GError **error)
{
    return page_strategy_plain(
        page, "networking_sessions",
        "Breakouts, panels and open houses: two prepared questions, the names written "
        "down the same evening.",
        error);
}

static const struct page_route pages[] = {{"/strategies/networking_sessions", PAGE_CACHED, show}, {0}};

const struct feature feature_networking_sessions = {
    .name = "networking_sessions", .pages = pages, .strategy = &networking_sessions_strategy};
