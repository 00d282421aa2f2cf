/* What pages of several features show or read in the same way. What they return lives as long as
 * the request. */
#ifndef LIGATURE_PAGE_USUAL_H
#define LIGATURE_PAGE_USUAL_H

#include "model/outlook.h"
#include "model/person.h"
#include "page/page.h"
#include "page/part.h"

/* A person's name, linked to their page; of a row that was not filled (person_id 0): nobody. */
struct part_name page_name(struct page *page, const struct person_row *row);
/* How warm they are; nothing is drawn for nobody. */
struct part_tie page_tie(const struct person_row *row, bool is_small);

/* The same of somebody in an outlook. */
struct part_name page_contact_name(struct page *page, const struct contact *contact);
struct part_tie page_contact_tie(const struct contact *contact);

/* What a refused form had typed into a field (the first of several), else otherwise. */
const char *page_typed(const struct page *page, const char *name, const char *otherwise);
/* The sentence that refuses a field; NULL: it is not refused. */
const char *page_refused(const struct page *page, const char *name);

/* The kinds of a touch to choose from, as field `kind`. */
struct part_field page_touch_kind(struct page *page, const char *chosen);

/* Room for n of something, zeroed; never NULL. */
#define page_room(page, type, n) ((type *)page_room_of(page, n, sizeof(type)))
void *page_room_of(struct page *page, size_t n, size_t size);

#endif
