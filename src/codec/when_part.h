/* What when.c asks of when_words.c. Not for others. Words come folded: NFKD, marks dropped, lower case. */
#ifndef LIGATURE_CODEC_WHEN_PART_H
#define LIGATURE_CODEC_WHEN_PART_H

#include <glib.h>
#include <stdbool.h>

int when_word_month(const char *word);          /* 1-12, 0 none */
bool when_word_is_day(const char *word);        /* a day of the week */
bool when_word_is_filler(const char *word);     /* "of", "de", "th" */
bool when_word_zone(const char *word, int *offset_s_out);

#endif
