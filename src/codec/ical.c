/* iCalendar out of plain structs. libical knows how lines are folded and texts escaped. Events
 * never block time (TRANSP) and are nobody else's business (CLASS); there are no alarms: a person's
 * own program rings as they like. */
#include "codec/ical.h"

#include <libical/ical.h>
#include <string.h>

#define US_PER_SECOND 1000000
#define SECONDS_PER_DAY 86400
#define DAYS_AROUND 400 /* of a zone's changes told before the first event and after the last */
#define NAME_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/"

/* NULL: no such zone. Only plain names are looked for among the system's files. */
static GTimeZone *zone_of(const char *name)
{
    if (name == NULL || *name == '\0' || *name == '/' || strstr(name, "..") != NULL ||
        name[strspn(name, NAME_LETTERS)] != '\0') {
        return NULL;
    }
    return g_time_zone_new_identifier(name);
}

bool ical_zone_is_known(const char *zone)
{
    g_autoptr(GTimeZone) found = zone_of(zone);
    return found != NULL;
}

/* Text as a calendar may hold it: UTF-8, of control characters only the line feed. New string. */
static char *plain(const char *text)
{
    char *clean = g_utf8_make_valid(text, -1);
    char *to = clean;
    for (const char *from = clean; *from != '\0'; from++) {
        unsigned char c = (unsigned char)*from;
        if ((c >= ' ' && c != 0x7f) || c == '\n') {
            *to++ = *from;
        }
    }
    *to = '\0';
    return clean;
}

static struct icaltimetype day_time(int32_t day)
{
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)(day + 719163)); /* 1970-01-01 in days of GDate */
    struct icaltimetype time = icaltime_null_date();
    time.year = g_date_get_year(&date);
    time.month = g_date_get_month(&date);
    time.day = g_date_get_day(&date);
    return time;
}

static struct icaltimetype minute_time(int32_t day, int minute)
{
    struct icaltimetype time = day_time(day);
    time.is_date = 0;
    time.hour = minute / 60;
    time.minute = minute % 60;
    time.second = 0;
    return time;
}

/* DTSTART and DTEND. The end of whole days is the day after the last (RFC 5545 3.6.1); an hour
 * without an end is a moment. */
static void add_times(icalcomponent *component, const struct ical_event *event, bool is_whole)
{
    int32_t last = MAX(event->on_day, event->until_day);
    icalproperty *start = icalproperty_new_dtstart(
        is_whole ? day_time(event->on_day) : minute_time(event->on_day, event->minute));
    icalproperty *end = is_whole ? icalproperty_new_dtend(day_time(last + 1))
                        : last > event->on_day
                            ? icalproperty_new_dtend(minute_time(last, event->minute))
                            : NULL;
    if (!is_whole) {
        icalproperty_add_parameter(start, icalparameter_new_tzid(event->zone));
        if (end != NULL) {
            icalproperty_add_parameter(end, icalparameter_new_tzid(event->zone));
        }
    }
    icalcomponent_add_property(component, start);
    if (end != NULL) {
        icalcomponent_add_property(component, end);
    }
}

static void add_event(icalcomponent *whole, const struct ical_event *event, int64_t at)
{
    icalcomponent *component = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    g_autofree char *uid = plain(event->uid);
    g_autofree char *title = plain(event->title);
    icalcomponent_add_property(component, icalproperty_new_uid(uid));
    icalcomponent_add_property(
        component, icalproperty_new_dtstamp(icaltime_from_timet_with_zone(
                       (time_t)(at / US_PER_SECOND), 0, icaltimezone_get_utc_timezone())));
    add_times(component, event, event->minute < 0 || !ical_zone_is_known(event->zone));
    icalcomponent_add_property(component, icalproperty_new_summary(title));
    if (event->description != NULL && *event->description != '\0') {
        g_autofree char *description = plain(event->description);
        icalcomponent_add_property(component, icalproperty_new_description(description));
    }
    if (event->category != NULL && *event->category != '\0') {
        g_autofree char *category = plain(event->category);
        icalcomponent_add_property(component, icalproperty_new_categories(category));
    }
    icalcomponent_add_property(component, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    icalcomponent_add_property(component, icalproperty_new_class(ICAL_CLASS_PRIVATE));
    icalcomponent_add_component(whole, component);
}

struct offset { /* what holds between two changes of a zone */
    int seconds;
    bool is_dst;
    const char *name;
};

static struct offset offset_at(GTimeZone *zone, int64_t at)
{
    int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, at);
    return (struct offset){.seconds = g_time_zone_get_offset(zone, interval),
                           .is_dst = g_time_zone_is_dst(zone, interval),
                           .name = g_time_zone_get_abbreviation(zone, interval)};
}

static bool is_same(const struct offset *a, const struct offset *b)
{
    return a->seconds == b->seconds && a->is_dst == b->is_dst;
}

/* One observance (RFC 5545 3.6.5): begins at an instant, told in the time that held before it. */
static void add_offset(icalcomponent *zone, int64_t at, const struct offset *before,
                       const struct offset *after)
{
    icalcomponent *part =
        icalcomponent_new(after->is_dst ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT);
    int64_t local = at + before->seconds;
    int32_t day = (int32_t)(local / SECONDS_PER_DAY);
    int minute = (int)(local % SECONDS_PER_DAY / 60);
    icalcomponent_add_property(part, icalproperty_new_dtstart(minute_time(day, minute)));
    icalcomponent_add_property(part, icalproperty_new_tzoffsetfrom(before->seconds));
    icalcomponent_add_property(part, icalproperty_new_tzoffsetto(after->seconds));
    icalcomponent_add_property(part, icalproperty_new_tzname(after->name));
    icalcomponent_add_component(zone, part);
}

/* The zone with every change from a year before the first event to a year after the last, each told
 * by itself: no rule has to be guessed from them. libical's own VTIMEZONE goes back to 1883 and
 * trips other readers. New component. */
static icalcomponent *zone_component(GTimeZone *zone, const char *name, int32_t first, int32_t last)
{
    icalcomponent *component = icalcomponent_new(ICAL_VTIMEZONE_COMPONENT);
    icalcomponent_add_property(component, icalproperty_new_tzid(name));
    int64_t at = (int64_t)(first - DAYS_AROUND) * SECONDS_PER_DAY;
    int64_t end = (int64_t)(last + DAYS_AROUND) * SECONDS_PER_DAY;
    struct offset now = offset_at(zone, at);
    add_offset(component, at, &now, &now);
    for (; at < end; at += SECONDS_PER_DAY) {
        struct offset next = offset_at(zone, at + SECONDS_PER_DAY);
        if (is_same(&now, &next)) {
            continue;
        }
        int64_t low = at;
        int64_t high = at + SECONDS_PER_DAY;
        while (high - low > 1) {
            int64_t middle = low + (high - low) / 2;
            struct offset there = offset_at(zone, middle);
            *(is_same(&there, &now) ? &low : &high) = middle;
        }
        add_offset(component, high, &now, &next);
        now = next;
    }
    return component;
}

/* One VTIMEZONE for each zone that an event names. */
static void add_zones(icalcomponent *whole, const struct ical_calendar *calendar)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    int32_t first = INT32_MAX;
    int32_t last = INT32_MIN;
    for (size_t i = 0; i < calendar->n_events; i++) {
        first = MIN(first, calendar->events[i].on_day);
        last = MAX(last, MAX(calendar->events[i].on_day, calendar->events[i].until_day));
    }
    for (size_t i = 0; i < calendar->n_events; i++) {
        const struct ical_event *event = &calendar->events[i];
        g_autoptr(GTimeZone) zone = event->minute >= 0 ? zone_of(event->zone) : NULL;
        if (zone != NULL && g_hash_table_add(seen, (gpointer)event->zone)) {
            icalcomponent_add_component(whole, zone_component(zone, event->zone, first, last));
        }
    }
}

static void add_x(icalcomponent *whole, const char *name, const char *value)
{
    icalproperty *property = icalproperty_new_x(value);
    icalproperty_set_x_name(property, name);
    icalcomponent_add_property(whole, property);
}

char *ical_write(const struct ical_calendar *calendar)
{
    icalcomponent *whole = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    g_autofree char *name = plain(calendar->name);
    icalcomponent_add_property(whole, icalproperty_new_version("2.0"));
    icalcomponent_add_property(
        whole, icalproperty_new_prodid("-//Ligature//Season " LIGATURE_VERSION "//EN"));
    icalcomponent_add_property(whole, icalproperty_new_calscale("GREGORIAN"));
    icalcomponent_add_property(whole, icalproperty_new_method(ICAL_METHOD_PUBLISH));
    add_x(whole, "X-WR-CALNAME", name);
    add_x(whole, "X-PUBLISHED-TTL", "P1D");
    add_zones(whole, calendar);
    for (size_t i = 0; i < calendar->n_events; i++) {
        add_event(whole, &calendar->events[i], calendar->at);
    }
    char *written = icalcomponent_as_ical_string_r(whole);
    char *text = g_strdup(written);
    icalmemory_free_buffer(written);
    icalcomponent_free(whole);
    return text;
}
