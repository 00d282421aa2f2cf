/* The season as a calendar file: each date an event with what belongs before it, quiet times too.
 * An event keeps its UID while it is the same date of the same year, so that a program that reads
 * the feed again moves it. */
#include "feature/season/season_parts.h"

#include "base/id.h"
#include "codec/ical.h"
#include "data_phases.h"

struct gathering {
    GArray *events; /* struct ical_event */
    GStringChunk *text;
    char account[ID_TEXT];
    int cycle;
};

G_GNUC_PRINTF(2, 3)
static const char *kept(struct gathering *to, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *words = g_strdup_vprintf(format, args);
    va_end(args);
    return g_string_chunk_insert(to->text, words);
}

static void add_date(struct gathering *to, const struct season_date *date)
{
    const struct data_phases *lane = data_phases_by_id(date->lane);
    const struct ical_event event = {
        .uid = date->rule != NULL ? kept(to, "%s-%d-%s@ligature", to->account, to->cycle, date->id)
                                  : kept(to, "%s-%s@ligature", to->account, date->id),
        .title = date->title,
        .description = kept(to, "%s\n\n%s", date->why, date->source),
        .category = lane != NULL ? lane->title : NULL,
        .on_day = date->on_day,
        .until_day = date->until_day,
        .minute = date->minute,
        .zone = date->zone,
    };
    g_array_append_val(to->events, event);
}

static void add_quiet(struct gathering *to, const struct season_quiet *quiet)
{
    const struct ical_event event = {
        .uid = kept(to, "%s-%d-quiet-%s@ligature", to->account, to->cycle, quiet->id),
        .title = kept(to, "Quiet time: %s", quiet->title),
        .description = kept(to, "Hold what can wait.\n\n%s", quiet->source),
        .category = "Quiet time",
        .on_day = quiet->from_day,
        .until_day = quiet->until_day,
        .minute = -1,
    };
    g_array_append_val(to->events, event);
}

char *season_calendar(const struct season *season, int64_t account_id, int64_t at, int *n_out)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) events = g_array_new(FALSE, TRUE, sizeof(struct ical_event));
    struct gathering to = {.events = events, .text = text, .cycle = season->cycle};
    id_format(account_id, to.account);
    for (guint i = 0; i < season->dates->len; i++) {
        const struct season_date *date = &g_array_index(season->dates, struct season_date, i);
        if (season_is_shown(season, date)) {
            add_date(&to, date);
        }
    }
    for (guint i = 0; i < season->quiets->len; i++) {
        const struct season_quiet *quiet = &g_array_index(season->quiets, struct season_quiet, i);
        if (quiet->until_day >= season->from_day && quiet->from_day <= season->until_day) {
            add_quiet(&to, quiet);
        }
    }
    const struct ical_calendar calendar = {
        .name = kept(&to, "Season %d", season->cycle),
        .at = at,
        .events = (const struct ical_event *)events->data,
        .n_events = events->len,
    };
    if (n_out != NULL) {
        *n_out = (int)events->len;
    }
    return ical_write(&calendar);
}
