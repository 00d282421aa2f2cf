/* Words around names, by data/titles.tsv and data/credentials.tsv. Inside of base/name.c. */
#ifndef LIGATURE_BASE_NAME_WORDS_H
#define LIGATURE_BASE_NAME_WORDS_H

#include <glib.h>
#include <stdbool.h>

/* The title that text begins with (canonical, constant) and how many bytes it takes, a closing point included;
 * NULL: none.
 * A word that only begins like a title is none. */
const char *name_title_at(const char *text, size_t *len_out);
/* Takes an unparted honorific off the end of a name of China, Japan or Korea, in place ("김민수 교수" -> "김민수"); NULL: none,
 * or nothing but the honorific would be left. Constant. */
const char *name_take_honorific(char *text);

struct data_credentials;
/* The credential that word is when points, blanks, hyphens and capitals do not matter; NULL: none. Constant. */
const struct data_credentials *name_credential(const char *word);
/* True when word has the capitals that credential is written with, or nothing but capitals. */
bool name_is_written_so(const struct data_credentials *credential, const char *word);

/* "Jr.", "III"... or NULL. "Ii" and "Iv" are names, "II" and "IV" are not. Constant. */
const char *name_suffix(const char *word);
/* Words that begin a family name: "van", "de la". Capitalised only where they cannot be a given name. */
bool name_is_particle(const char *word);
/* Any particle, lower case, for comparing folded words. */
bool name_is_folded_particle(const char *word);
/* True when text is nothing but words parted by single blanks, of Latin letters, hyphens, apostrophes and
 * points, none of which
 * is in any table here: then there is nothing to take off it. */
bool name_is_plain(const char *text, int *n_words_out);
/* True when word is a common Vietnamese family name. */
bool name_is_vietnamese_family(const char *word);

#endif
