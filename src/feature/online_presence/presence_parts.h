/* What the two pages of online presence share. */
#ifndef LIGATURE_FEATURE_PRESENCE_PARTS_H
#define LIGATURE_FEATURE_PRESENCE_PARTS_H

#include "feature/online_presence/presence.h"
#include "feature/online_presence/presence_view.h"

/* The fields of an item, as it is or as it was typed into a refused form. one NULL: a new one. */
void presence_fill_form(struct page *page, const struct pursuit *one, struct presence_form *form);
/* Signs for the page; *n_out how many. The words above them go to *words_out. */
const struct presence_found *presence_fill_signs(struct page *page, const GArray *signs,
                                                 size_t *n_out, const char **words_out);
/* "Post"; the id itself when it is none of ours. */
const char *presence_kind_name(const char *kind);

#endif
