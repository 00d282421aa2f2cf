/* Parts of the settings feature. */
#ifndef LIGATURE_FEATURE_SETTINGS_PARTS_H
#define LIGATURE_FEATURE_SETTINGS_PARTS_H

#include "feature/settings/settings_view.h"
#include "model/book.h"
#include "page/feature.h"

page_fn settings_page;

/* The rows of lists of the page, each read within one transaction; memory is the page's. */
bool settings_fill_tokens(struct page *page, struct book *book, struct settings_view *view,
                          GError **error);
bool settings_fill_sessions(struct page *page, struct book *book, struct settings_view *view,
                            GError **error);
bool settings_fill_accounts(struct page *page, struct book *book, struct settings_view *view,
                            GError **error);
bool settings_fill_gone(struct page *page, struct book *book, struct settings_view *view,
                        GError **error);

#endif
