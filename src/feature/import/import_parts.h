/* Parts that the pages of imports share. */
#ifndef LIGATURE_FEATURE_IMPORT_PARTS_H
#define LIGATURE_FEATURE_IMPORT_PARTS_H

#include "feature/import/import.h"
#include "feature/import/import_view.h"
#include "model/imports.h"

/* The words live as long as the request. */
const char *import_day(struct page *page, int64_t at);
struct import_line import_line_of(struct page *page, const struct import_row *row);
/* "20 August 2026": the last day on which a file that waits is here. */
const char *import_until(struct page *page, const struct import_row *row);
/* Looked at, and the file is still here. */
bool import_waits(const struct page *page, const struct import_row *row);

/* Lists of the report as the page shows them. is_all: no limit of rows. */
void import_show_report(struct page *page, const json_t *report, bool has_all_changes,
                        bool has_all_refused, struct import_one_view *view);
/* The columns of a table that waits, for the person to confirm; none for files of known programs.
 */
bool import_show_columns(struct page *page, const char *path, const json_t *report,
                         struct import_one_view *view, GError **error);

#endif
