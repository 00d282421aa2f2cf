/* Parts of the duplicates feature. */
#ifndef LIGATURE_FEATURE_DUPLICATES_H
#define LIGATURE_FEATURE_DUPLICATES_H

#include "action/act.h"
#include "model/merge.h"
#include "page/feature.h"

action_fn duplicates_do_list;
action_fn duplicates_do_merge;
action_fn duplicates_do_unmerge;
action_fn duplicates_do_apart;
action_fn duplicates_do_together;

page_fn duplicates_page;

#endif
