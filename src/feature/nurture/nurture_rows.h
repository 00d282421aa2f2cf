/* Rows of people on the page of the nurture routine. Everything lives as long as the request. */
#ifndef LIGATURE_FEATURE_NURTURE_ROWS_H
#define LIGATURE_FEATURE_NURTURE_ROWS_H

#include "feature/nurture/nurture.h"
#include "feature/nurture/nurture_view.h"

#define NURTURE_MOST 10
#define NURTURE_NAMES 24
#define QUIET_AHEAD 60 /* days ahead that quiet times are shown */
#define OWED_MOST 30
#define EVEN_WITHIN 10 /* tenths of an ordinary favour */

/* Somebody with when you were last in touch. */
struct nurture_person nurture_row(struct page *page, const struct outlook *outlook,
                                  const struct contact *contact);
/* At most `most` of an array of contacts, the warmest first unless another order is given. */
size_t nurture_rows(struct page *page, const struct outlook *outlook, GPtrArray *contacts,
                    size_t most, GCompareFunc order, const struct nurture_person **rows_out);
/* Who is due, who is warm without a rhythm, who slept. */
void nurture_fill_people(struct page *page, const struct outlook *outlook,
                         struct nurture_view *view);

#endif
