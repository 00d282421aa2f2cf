/* The post-rotation feature: what it suggests, and its page. */
#include "feature/post_rotation/rotation.h"

#include "page/strategy_part.h"

static bool show(struct page *page, GError **error)
{
    return page_strategy_plain(
        page, "post_rotation",
        "A rotation ends, a tie begins: thanks within two days, news after four to six "
        "weeks, then a sign of life each quarter.",
        error);
}

static const struct page_route pages[] = {{"/strategies/post_rotation", PAGE_CACHED, show}, {0}};

const struct feature feature_post_rotation = {
    .name = "post_rotation", .pages = pages, .strategy = &post_rotation_strategy};
