/* The clinical experience feature: what it suggests, and its page. */
#include "feature/us_clinical_experience/uscex.h"

#include "page/strategy_part.h"

static bool show(struct page *page, GError **error)
{
    return page_strategy_plain(
        page, "us_clinical_experience",
        "A few weeks beside US doctors: you see the work, and they see yours. Places go "
        "three to six months ahead, to people whose names are known.",
        error);
}

static const struct page_route pages[] = {{"/strategies/us_clinical_experience", PAGE_CACHED, show}, {0}};

const struct feature feature_us_clinical_experience = {
    .name = "us_clinical_experience", .pages = pages, .strategy = &us_clinical_experience_strategy};
