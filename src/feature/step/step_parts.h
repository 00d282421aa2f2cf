/* Parts of the step feature. */
#ifndef LIGATURE_FEATURE_STEP_PARTS_H
#define LIGATURE_FEATURE_STEP_PARTS_H

#include "feature/step/step_view.h"
#include "model/step.h"
#include "page/feature.h"

page_fn step_page_list;
page_fn step_page_new;
page_fn step_page_one;
bool step_on_person(struct page *page, int64_t person_id, struct html_out *out, GError **error);

#endif
