/* The words of a filter as chips: what is in force and can be taken away, what could be added. */
#ifndef LIGATURE_FEATURE_PEOPLE_LIST_FILTER_H
#define LIGATURE_FEATURE_PEOPLE_LIST_FILTER_H

#include "feature/people/list_view.h"
#include "feature/people/people.h"

/* What the address of a list says. All borrowed; NULL: not there. */
struct list_address {
    const char *query;
    const char *where;
    const char *sort;
    const char *import; /* id of an import */
    const char *is_new; /* "1": those it made */
    const char *after;
    int from; /* number of the first row; 0: not there */
};
/* "/people?q=…": what is NULL or empty is left out. Lives as long as the request. */
const char *list_address_write(struct page *page, const struct list_address *address);

/* The words of a filter, quoted ones whole. NULL-ended, to be freed with g_strfreev. */
char **list_words(const char *where);
/* What people call a filter word: "tag:mentor" is "#mentor", "region:OH" is "Ohio". Lives as long
 * as the request. */
const char *list_word_label(struct page *page, const char *word);

/* Chips in force first, then those worth offering: appends struct part_chip. counts: appended per
 * kind by list_offers_load. */
struct list_offers {
    GArray *tags, *schools, *specialties, *regions, *languages; /* struct trait_count */
};
bool list_offers_load(struct book *book, GStringChunk *text, struct list_offers *offers,
                      GError **error);
void list_chips(struct page *page, const struct list_address *address,
                const struct list_offers *offers, GArray *chips);
/* Appends struct people_menu; their chips live as long as the request. */
void list_menus(struct page *page, const struct list_address *address,
                const struct list_offers *offers, GArray *menus);

#endif
