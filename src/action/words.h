/* Words that were nearly right. */
#ifndef LIGATURE_ACTION_WORDS_H
#define LIGATURE_ACTION_WORDS_H

/* Edits (insert, delete, replace, swap of neighbours) from one word to the other, counted to 99 at
 * most. */
int words_distance(const char *one, const char *other);
/* The nearest of a NULL-terminated list, borrowed; NULL when none is near (more than a third of its
 * letters differ). */
const char *words_nearest(const char *typed, const char *const *words);

#endif
