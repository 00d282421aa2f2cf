/* Numbers, spans and lists as the program says them to people (LOOK's voice). All return new strings. */
#ifndef LIGATURE_BASE_WORDS_H
#define LIGATURE_BASE_WORDS_H

#include <stdint.h>

char *words_number(int64_t number);                         /* "1,250" */
/* "1 person", "3 people", "1,250 people" */
char *words_count(int64_t n, const char *one, const char *many);
char *words_minutes(int minutes);                           /* "20 min", "1 h 45", "2 h"; "" when negative */
/* How long so many days are: "1 day", "9 days", "6 weeks" from 28 days, "7 months" from half a year, "3 years"
 * from two.
 * Rounded down, so never more than it is. The sign is left out. */
char *words_span(int days);
char *words_late(int days);                                 /* "9 days late", "6 weeks late"; "" unless days > 0 */
/* "every 12 weeks", "every day", "every week": a cadence. Whole weeks are said as weeks, else days. */
char *words_every(int days);
/* "Anna", "Anna and Ben", "Anna, Ben and Chi". NULL-ended; "" when empty. */
char *words_list(const char *const *words);
char *words_bytes(uint64_t bytes);                          /* "812 bytes", "1.2 MB" (of 1000) */
/* For progress: "a few seconds left", "about 20 seconds left", "about 3 minutes left", "about 2 h left"; ""
 * when negative. */
char *words_time_left(double seconds);

#endif
