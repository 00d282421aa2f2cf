/* Time comes in through here, so that `--now` can fix it and tests never sleep.
 * Instants are int64_t microseconds since 1970 UTC (`..._at`); days are int32_t days since 1970-01-01 (`..._day`). */
#ifndef LIGATURE_BASE_CLOCK_H
#define LIGATURE_BASE_CLOCK_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define DAY_NONE INT32_MIN      /* no day known */
#define AT_NONE INT64_MIN       /* no instant known */
#define US_PER_SECOND INT64_C(1000000)
#define US_PER_DAY (INT64_C(86400) * US_PER_SECOND)

/* Zero initialised: the system's clock and zone. fixed_at != 0: stands still at that instant. */
struct clock {
    int64_t fixed_at;
    GTimeZone *zone;            /* owned; NULL: the system's local zone. Days are counted in it */
};

void clock_clear(struct clock *clock);
int64_t clock_now(const struct clock *clock);             /* microseconds UTC */
int32_t clock_today(const struct clock *clock);           /* the day it is in clock->zone */
int32_t clock_day_of(const struct clock *clock, int64_t at);  /* the day that instant falls on in clock->zone */

/* "2026-07-21" exactly; anything else, or a date that does not exist, returns false. */
bool day_parse(const char *text, int32_t *day_out);
/* Writes "2026-07-21" (buffer of at least 11). DAY_NONE gives "". Returns buffer. */
char *day_format(int32_t day, char *buffer);
int32_t day_from_ymd(int year, int month, int day_of_month);   /* DAY_NONE if it does not exist */
void day_to_ymd(int32_t day, int *year, int *month, int *day_of_month);
int day_weekday(int32_t day);                                  /* 1 Monday ... 7 Sunday */
/* "Tue 21 July" near today's year, "Tue 21 July 2025" otherwise. Returns a new string. */
char *day_words(int32_t day, int32_t today);
/* "today", "yesterday", "tomorrow", up to 21 days away "9 days ago", "in 3 days", else as day_words without
 * weekday ("17 Jul", "17 Jul 2025"). */
char *day_relative(int32_t day, int32_t today);

/* RFC 3339 both ways: parses "2026-07-21", "2026-07-21T09:42:00Z", "...+05:00"; a bare day is midnight UTC. */
bool at_parse(const char *text, int64_t *at_out);
/* Writes "2026-07-21T09:42:00.123456Z" (fraction left out when zero); buffer of at least 28. AT_NONE gives "". */
char *at_format(int64_t at, char *buffer);
#define AT_TEXT 28
#define DAY_TEXT 11

#endif
