/* Whose fault is it? Two ways to fail, told apart for ever.
 *
 * refuse(): bad input from outside, or something that may not be done. Faces answer 4xx / exit 1 with
 *           the stable code ("person.not_found"); nothing is logged as a fault.
 * bug():    a broken promise of our own (disk full, statement that does not prepare). Faces answer
 *           5xx / exit 3 and log once.
 *
 * Codes are `noun.reason` in lower case, ASCII, and never change once released. */
#ifndef LIGATURE_BASE_ERROR_H
#define LIGATURE_BASE_ERROR_H

#include <glib.h>
#include <stdbool.h>

/* Error domains of every GError in this program. GError.code is the GQuark of the stable code. */
GQuark error_theirs(void);
GQuark error_ours(void);

/* Sets *error (if error is not NULL) and returns false, so that `return refuse(...)` reads as it acts.
 * The message is for people: one or two sentences of LOOK's voice, ending with a full stop, naming the remedy. */
bool refuse(GError **error, const char *code, const char *format, ...) G_GNUC_PRINTF(3, 4);
bool bug(GError **error, const char *code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* The stable code of an error ("internal" when error is of a foreign domain). Borrowed, lives for ever. */
const char *error_code(const GError *error);

/* True when the person at the other end can mend it. */
bool error_is_theirs(const GError *error);

/* True when error carries exactly this stable code. */
bool error_has_code(const GError *error, const char *code);

#endif
