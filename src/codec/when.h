/* Every foreign date and time that formats.md knows, read into what it says and no more: unknown parts stay unknown,
 * an order of day and month that nothing settles is reported instead of guessed. */
#ifndef LIGATURE_CODEC_WHEN_H
#define LIGATURE_CODEC_WHEN_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct when {
    int year;                   /* 0 unknown ("Jun 15", "--06-15") */
    int month;                  /* 1-12, 0 unknown */
    int day;                    /* 1-31, 0 unknown */
    int hour, minute, second;   /* -1 unknown */
    bool has_zone;
    int zone_offset_s;          /* east of UTC, when has_zone */
    bool is_ambiguous;          /* 03/04/1980 without an order: month 3, day 4 is what is written here */
    bool is_short_year;         /* two digits were written: a birthday that lies ahead is a century older */
};

/* Which number comes first in 03/04/1980. */
enum when_order { WHEN_ORDER_UNKNOWN, WHEN_MONTH_FIRST, WHEN_DAY_FIRST };

/* Reads one date, with or without time; blanks around it do not matter. Two-digit years: 00-68 are 2000-2068,
 * 69-99 are 1969-1999 (POSIX). An empty text, and "0/0/00", "0000-00-00", is no date: true, with every part
 * unknown (when_is_none). With an order given, a number over 12 in the month's place turns it round (nothing
 * else can be meant). false: "when.not_a_date", "when.no_such_day" (32 Jun 2026), "when.serial_number" (a
 * spreadsheet's 45366). error may be NULL; *out is then all unknown. */
bool when_parse(const char *text, enum when_order order, struct when *out, GError **error);

bool when_is_none(const struct when *when);
/* Month (1-12) of a name or abbreviation in any of the languages read, whatever its case and accents; 0 when
 * it is none. */
int when_month(const char *word);
/* Days since 1970 of a full date; DAY_NONE (base/clock.h) when year, month or day is unknown. */
int32_t when_day(const struct when *when);
/* The first day it can mean: "2020" -> 2020-01-01, "Mar 2020" -> 2020-03-01. DAY_NONE when the year is unknown. */
int32_t when_first_day(const struct when *when);
/* Instant in microseconds UTC. Without a zone, zone (NULL: UTC) is taken; without a time, noon, so that no
 * zone moves the day. AT_NONE when the day is not full. */
int64_t when_at(const struct when *when, GTimeZone *zone);
/* "2024-03-15", "2024-03", "2024", "--06-15", "" (as vCard and ISO 8601 write them). buffer: at least 16.
 * Returns buffer. */
#define WHEN_TEXT 16
char *when_format(const struct when *when, char *buffer);

/* Settles the order of one column by looking at its cells: 13/05/2020 can only be day first. Zero-initialise,
 * feed each cell, ask. */
struct when_votes {
    int month_first;
    int day_first;
    int either;
};
void when_vote(struct when_votes *votes, const char *text);
enum when_order when_settled(const struct when_votes *votes);   /* UNKNOWN when nothing or both spoke */

#endif
