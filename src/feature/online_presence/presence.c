/* What could be brought out next: one item a month, from what happened. Pure. */
#include "feature/online_presence/presence.h"

#include "data_strategies.h"
#include "data_suggestions.h"

#include <string.h>

#define STRATEGY "online_presence"
#define RHYTHM 30     /* days, where data/strategies.tsv does not say */
#define FINISH_DAYS 7 /* a planned item is brought up so long before its day */
#define FRESH_DAYS 60 /* how long something that happened is told about */

bool presence_is(const struct pursuit *pursuit)
{
    return g_strcmp0(pursuit->kind, "presence") == 0 && pursuit->deleted_at == AT_NONE;
}

bool presence_is_open(const struct pursuit *pursuit)
{
    return presence_is(pursuit) && g_strcmp0(pursuit->stage, PRESENCE_OUT) != 0 &&
           g_strcmp0(pursuit->stage, PRESENCE_DROPPED) != 0;
}

int32_t presence_out_day(const struct pursuit *pursuit)
{
    bool is_out = presence_is(pursuit) && g_strcmp0(pursuit->stage, PRESENCE_OUT) == 0;
    return !is_out                          ? DAY_NONE
           : pursuit->until_day != DAY_NONE ? pursuit->until_day
                                            : pursuit->due_day;
}

int32_t presence_last_day(const GArray *pursuits)
{
    int32_t last = DAY_NONE;
    for (guint i = 0; i < pursuits->len; i++) {
        last = MAX(last, presence_out_day(&g_array_index(pursuits, struct pursuit, i)));
    }
    return last;
}

static int rhythm_days(void)
{
    const struct data_strategies *row = data_strategies_by_id(STRATEGY);
    return row != NULL && row->cadence_days > 0 ? row->cadence_days : RHYTHM;
}

/* The open item whose day is nearest, when that is near; NULL. */
static const struct pursuit *find_due(const struct outlook *outlook)
{
    const struct pursuit *found = NULL;
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (presence_is_open(one) && one->due_day != DAY_NONE &&
            one->due_day <= outlook->today + FINISH_DAYS &&
            (found == NULL || one->due_day < found->due_day)) {
            found = one;
        }
    }
    return found;
}

/* Is there an open item for the weeks ahead? */
static bool has_planned(const struct outlook *outlook)
{
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (presence_is_open(one) && one->due_day != DAY_NONE &&
            one->due_day - outlook->today <= rhythm_days()) {
            return true;
        }
    }
    return false;
}

struct happened {
    const char *suggestion;
    const struct pursuit *pursuit; /* NULL: known from the season or touches alone */
    const char *ref;               /* of a date of one's own; NULL */
    const char *detail;
    int32_t day;
};

static bool is_fresh(const struct outlook *outlook, int32_t day)
{
    return day != DAY_NONE && day <= outlook->today && outlook->today - day <= FRESH_DAYS;
}

/* Was it refused, or is it a step already, or one done? */
static bool is_left_out(const struct outlook *outlook, const struct suggestion *like)
{
    g_autofree char *key = suggestion_key(like);
    g_autofree char *step = g_strconcat("step:", key, NULL);
    return g_hash_table_contains(outlook->refused, step) ||
           g_hash_table_contains(outlook->origins, key);
}

static void happen(const struct outlook *outlook, struct happened *best, struct happened one)
{
    struct suggestion like = {.kind = data_suggestions_by_id(one.suggestion),
                              .about_id = one.pursuit != NULL ? one.pursuit->pursuit_id : 0,
                              .ref = one.ref};
    if (is_fresh(outlook, one.day) && (best->suggestion == NULL || one.day > best->day) &&
        !is_left_out(outlook, &like)) {
        *best = one;
    }
}

/* The day a pursuit came to its end: its own, else nothing. */
static int32_t end_of(const struct pursuit *pursuit)
{
    return pursuit->until_day != DAY_NONE ? pursuit->until_day : pursuit->from_day;
}

static void look_at_pursuits(const struct outlook *outlook, struct happened *best)
{
    static const struct {
        const char *kind;
        const char *stage;
        const char *suggestion;
    } ends[] = {
        {"research", "published", "presence.paper"},
        {"rotation", "done", "presence.rotation"},
        {"conference", "attended", "presence.event"},
        {"meeting", "attended", "presence.event"},
    };
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        for (size_t k = 0; k < G_N_ELEMENTS(ends); k++) {
            if (one->deleted_at == AT_NONE && g_strcmp0(one->kind, ends[k].kind) == 0 &&
                g_strcmp0(one->stage, ends[k].stage) == 0) {
                happen(outlook, best,
                       (struct happened){ends[k].suggestion, one, NULL, one->title, end_of(one)});
            }
        }
    }
}

/* Own dates that are over: a rotation, a conference. */
static void look_at_season(const struct outlook *outlook, struct happened *best)
{
    const GArray *dates = outlook->season != NULL ? outlook->season->dates : NULL;
    for (guint i = 0; dates != NULL && i < dates->len; i++) {
        const struct season_date *date = &g_array_index(dates, struct season_date, i);
        bool is_rotation = g_strcmp0(date->lane, "uscex") == 0;
        bool is_meeting =
            g_regex_match_simple("\\b(conference|congress|meeting)\\b",
                                 date->title != NULL ? date->title : "", G_REGEX_CASELESS, 0);
        if (date->rule == NULL && date->date_id != 0 && (is_rotation || is_meeting) &&
            date->until_day < outlook->today) {
            happen(outlook, best,
                   (struct happened){is_rotation ? "presence.rotation" : "presence.event", NULL,
                                     date->id, date->title, date->until_day});
        }
    }
}

static void suggest_happened(const struct outlook *outlook, struct suggestions *out)
{
    struct happened best = {.day = DAY_NONE};
    int32_t last = presence_last_day(outlook->pursuits);
    look_at_pursuits(outlook, &best);
    look_at_season(outlook, &best);
    struct suggestion *one =
        suggest(out, outlook, best.suggestion != NULL ? best.suggestion : "presence.read", NULL);
    if (one == NULL) {
        return;
    }
    if (best.suggestion != NULL) {
        one->about_id = best.pursuit != NULL ? best.pursuit->pursuit_id : 0;
        one->ref = best.ref;
        one->detail = best.detail;
        double age = outlook->today - best.day;
        suggestion_term(one, "presence_fresh", 1.0 - age / (FRESH_DAYS + 1),
                        outlook->today - best.day, NULL);
    } else if (last != DAY_NONE) {
        suggestion_term(one, "presence_quiet", 1.0, outlook->today - last, NULL);
    }
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    const struct pursuit *due = find_due(outlook);
    if (due != NULL) {
        struct suggestion *one = suggest(out, outlook, "presence.finish", NULL);
        if (one != NULL) {
            one->about_id = due->pursuit_id;
            one->detail = due->title;
            one->until_day = due->due_day >= outlook->today ? due->due_day : DAY_NONE;
            one->minutes = due->minutes > 0 ? due->minutes : one->minutes;
            if (due->due_day < outlook->today) {
                suggestion_term(one, "presence_due", 1.0, due->due_day, NULL);
            }
        }
        return;
    }
    int32_t last = presence_last_day(outlook->pursuits);
    bool is_early = last != DAY_NONE && outlook->today - last < rhythm_days();
    if (!is_early && !has_planned(outlook)) {
        suggest_happened(outlook, out);
    }
}

const struct strategy online_presence_strategy = {
    .id = STRATEGY, .overall = overall, .href = "/strategies/online_presence"};
