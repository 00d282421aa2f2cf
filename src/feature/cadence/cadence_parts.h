/* Parts of the cadence feature. */
#ifndef LIGATURE_FEATURE_CADENCE_PARTS_H
#define LIGATURE_FEATURE_CADENCE_PARTS_H

#include "feature/cadence/cadence_view.h"
#include "model/cadence.h"
#include "page/feature.h"

page_fn cadence_page;
bool cadence_on_person(struct page *page, int64_t person_id, struct html_out *out, GError **error);

#endif
