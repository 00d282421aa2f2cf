/* Names and words in any script, made comparable. Folding never replaces what a person wrote:
 * it makes keys for search and sorting, and the Latin reading shown beside a name. */
#ifndef LIGATURE_BASE_FOLD_H
#define LIGATURE_BASE_FOLD_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Search key of any text: Latin reading, without marks, lower case, words of [a-z0-9] parted by one blank,
 * e.g. "Müller-Lüdenscheidt" -> "muller ludenscheidt", "أمينة حسن" -> "amynt hsn". ASCII takes a fast path (no ICU).
 * Returns a new string, "" when nothing is left. Thread safe. */
char *fold_text(const char *text);
/* The same, appended to out. */
void fold_append(GString *out, const char *text, gssize length);

/* Latin reading with capitals kept ("Олена Ковальчук" -> "Olena Kovalchuk"); NULL when text is Latin already. */
char *latin_reading(const char *text);

/* True when text has a letter of a script other than Latin. */
bool is_other_script(const char *text);
/* BCP 47 language guess for a name in its own script, for the lang attribute ("ar", "uk", "zh", "ko", "hi"...), by
 * script (and marks peculiar to a language, such as Urdu's letters); NULL for Latin. Borrowed. */
const char *script_language(const char *text);
bool script_is_rtl(const char *text);

/* Valid UTF-8 without control characters but tab and newline, trimmed, runs of blanks made one; NUL never.
 * Returns a new string. */
char *text_clean(const char *text);

#endif
