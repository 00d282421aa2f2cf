/* Parts of the touch feature. */
#ifndef LIGATURE_FEATURE_TOUCH_H
#define LIGATURE_FEATURE_TOUCH_H

#include "action/act.h"
#include "page/feature.h"

action_fn touch_do_add;
action_fn touch_do_edit;
action_fn touch_do_remove;
action_fn touch_do_restore;
action_fn touch_do_list;
action_fn touch_do_read;

page_fn touch_page;
bool touch_on_person(struct page *page, int64_t person_id, struct html_out *out, GError **error);

#endif
