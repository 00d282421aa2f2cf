/* How words of one script read in Latin letters. Inside of base/fold.c and base/script.c: others use fold.h. */
#ifndef LIGATURE_BASE_READING_H
#define LIGATURE_BASE_READING_H

#include <glib.h>
#include <stdbool.h>
#include <unicode/uscript.h>

/* The script of a letter; USCRIPT_COMMON for anything that is none (marks, digits, signs, blanks). Kana counts as Han's
 * neighbour under its own name. */
UScriptCode reading_script(gunichar c);

/* Appends the Latin reading of text[0..len): valid UTF-8, letters of this one script and whatever stands between them.
 * Caseless scripts get a capital at each word. False (nothing appended) when the script cannot be read. Thread safe. */
bool reading_append(GString *out, UScriptCode script, const char *text, size_t len);

#endif
