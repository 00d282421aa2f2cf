/* Calendars as iCalendar (RFC 5545), written through libical: whole days as DATE, hours with their
 * zone and its VTIMEZONE. Nothing is read. */
#ifndef LIGATURE_CODEC_ICAL_H
#define LIGATURE_CODEC_ICAL_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All borrowed. */
struct ical_event {
    const char *uid;         /* the same as long as it is the same thing */
    const char *title;
    const char *description; /* NULL: none */
    const char *category;    /* NULL: none */
    int32_t on_day;          /* days since 1970 */
    int32_t until_day;       /* the last day; on_day for a single one */
    int minute;              /* of the day, in zone; -1: whole days */
    const char *zone;        /* IANA name; unknown zones make whole days of the event */
};

struct ical_calendar {
    const char *name;   /* as programs show it */
    int64_t at;         /* DTSTAMP of all events, microseconds UTC */
    const struct ical_event *events;
    size_t n_events;
};

/* New string, lines end with CR LF, none is longer than 75 octets. */
char *ical_write(const struct ical_calendar *calendar);
/* Is there such a zone, with rules to write? */
bool ical_zone_is_known(const char *zone);

#endif
