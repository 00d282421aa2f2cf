/* Which known phrase stands in a folded text? For specialties in headlines and regions in places.
 */
#ifndef LIGATURE_MODEL_PHRASE_H
#define LIGATURE_MODEL_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

struct phrases;

struct phrases *phrases_new(void);
/* Adds each of "one|two words|three" (folded) with its number; the first to name a phrase keeps it.
 */
void phrases_add(struct phrases *phrases, const char *aliases, int number);
/* The number of the longest phrase (in words, then letters) within a folded text, the first of
 * equals; -1: none. */
int phrases_find(const struct phrases *phrases, const char *folded);
/* The number of exactly this phrase; -1: none. */
int phrases_exact(const struct phrases *phrases, const char *folded);

#endif
