/* Parts of the Today page. */
#ifndef LIGATURE_FEATURE_TODAY_PARTS_H
#define LIGATURE_FEATURE_TODAY_PARTS_H

#include "feature/today/today_view.h"
#include "model/today.h"
#include "page/feature.h"

page_fn today_page;

/* Reads the line of the query (or of a refused form) into what is shown. */
bool today_log_fill(struct page *page, struct book *book, struct today_log *log, GError **error);
/* What is to be said of the week; nothing when it goes as agreed, or was left alone. */
bool today_week_fill(struct page *page, struct book *book, int32_t day,
                     struct today_week *week_out, GError **error);
/* Rows of the two lists of what is due. Owned by the page. */
const struct part_step *today_steps(struct page *page, const GArray *due, int32_t today);
/* Minutes that a row takes. */
int64_t today_minutes(const struct today_due *due);

#endif
