/* What the pages of existing connections share. Everything lives as long as the request. */
#ifndef LIGATURE_FEATURE_CONNECTIONS_PARTS_H
#define LIGATURE_FEATURE_CONNECTIONS_PARTS_H

#include "feature/existing_connections/connections.h"
#include "feature/existing_connections/connections_view.h"

const char *circle_capital(struct page *page, const char *text);
/* All prompts of data/circle.tsv; here: the one that is open, or NULL. */
const struct circle_row *circle_rows(struct page *page, const struct outlook *outlook,
                                     const char *here, const char **count_out);
/* A favour in words, with what comes next: about: whom it leads to, or NULL. */
void favour_words(struct page *page, const struct favour *favour, const char *about, int32_t today,
                  struct favour_row *row);

#endif
