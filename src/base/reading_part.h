/* The parts of base/reading.c, one per family of scripts. Nobody else includes this. */
#ifndef LIGATURE_BASE_READING_PART_H
#define LIGATURE_BASE_READING_PART_H

#include <glib.h>
#include <stdbool.h>
#include <unicode/uscript.h>

/* Letter by letter as ICU reads them, decomposed, without capitals; nothing where the script cannot be read. */
void reading_plain(GString *out, UScriptCode script, const char *text, size_t len);

/* Cyrillic as passports write it; the language is guessed from the letters. Capitals are kept. */
void reading_cyrillic(GString *out, const char *text, size_t len);
/* BCP 47 guess for a Cyrillic text: "uk", "be", "bg", "sr", "mk", "kk" or "ru". Constant. */
const char *reading_cyrillic_language(const char *text, size_t len);

/* A Chinese or Korean full name without blanks ("김민수" -> "Kim Minsu"). False when text does not look like one. */
bool reading_east_name(GString *out, UScriptCode script, const char *text, size_t len);
/* Bytes that the family name takes at the start of a name without blanks: a known name of two characters, else one
 * character. is_known_out (may be NULL): the name stands in data/surnames.tsv. */
size_t reading_family_len(const char *text, size_t len, bool *is_known_out);

/* Scholars' spelling of India's scripts (ISO 15919, decomposed) into the usual one: "śarma" -> "sharma",
 * "amita" -> "amit". */
void reading_polish_indic(GString *words, UScriptCode script);

#endif
