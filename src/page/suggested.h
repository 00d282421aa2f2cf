/* What one strategy suggests, as steps to be shown on its page. */
#ifndef LIGATURE_PAGE_SUGGESTED_H
#define LIGATURE_PAGE_SUGGESTED_H

#include "model/outlook.h"
#include "page/page.h"
#include "page/part.h"

/* The suggestions of a strategy, best first, at most so many; how many. Each has its act as a link.
 * Lives as long as the request. */
size_t page_suggested(struct page *page, const struct survey *survey, const char *strategy,
                      size_t most, const struct part_step **rows_out);
/* Where the act of a suggestion leads: the kind's place with {person}, {ref} and {about} filled in; NULL:
 * nowhere. Lives as long as the request. */
const char *page_suggested_place(struct page *page, const struct suggestion *suggestion);

#endif
