/* Parts of the search feature. */
#ifndef LIGATURE_FEATURE_SEARCH_H
#define LIGATURE_FEATURE_SEARCH_H

#include "action/act.h"
#include "model/search.h"
#include "page/feature.h"

action_fn search_do_find;
page_fn search_page;

#endif
