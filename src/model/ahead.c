/* The occasions of data/ahead.tsv, found in an outlook. An occasion that is met in several ways
 * counts once, by its nearest. */
#include "model/ahead.h"

#include "data_ahead.h"

#include <string.h>

#define MAX_ROWS 64
#define NEAR_SOMETIME 0.6  /* an open step without a day */
#define NEAR_UNDER_WAY 0.9 /* a window of the season that is open */
#define NEAR_RULE 0.8      /* what the outlook shows by itself */
#define NEAR_LEAST 0.1
#define REPLY_DAYS 7 /* how long a message of theirs waits for an answer */
#define MET_DAYS 3   /* how long thanks are due */
#define UNANSWERED_DAYS 30
#define PLACE_STEP 0.05 /* what a place further back in a list costs */
#define FIT_LEAST 0.01

static GRegex *const *step_patterns(void)
{
    static GRegex *compiled[MAX_ROWS];
    static gsize once = 0;
    if (g_once_init_enter(&once)) {
        for (size_t i = 0; i < n_data_ahead && i < MAX_ROWS; i++) {
            g_autoptr(GError) error = NULL;
            if (*data_ahead[i].steps == '\0') {
                continue;
            }
            compiled[i] =
                g_regex_new(data_ahead[i].steps, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);
            if (compiled[i] == NULL) {
                g_error("data/ahead.tsv, %s: %s", data_ahead[i].id, error->message);
            }
        }
        g_once_init_leave(&once, 1);
    }
    return compiled;
}

bool ahead_lists(const char *ids, const char *word)
{
    size_t length = word != NULL ? strlen(word) : 0;
    for (const char *at = ids; length > 0 && at != NULL && *at != '\0';) {
        size_t span = strcspn(at, "|");
        if (span == length && memcmp(at, word, length) == 0) {
            return true;
        }
        at += at[span] == '|' ? span + 1 : span;
    }
    return false;
}

static void meet(struct ahead *best, double near, int32_t day)
{
    if (near > best->near) {
        best->near = near;
        best->day = day;
    }
}

/* Something that begins on a day and lasts until another. */
static void meet_day(struct ahead *best, int32_t today, int32_t from_day, int32_t until_day)
{
    int within = best->row->within_days;
    if (from_day == DAY_NONE) {
        return;
    }
    if (from_day <= today) {
        if (today <= (until_day != DAY_NONE ? until_day : from_day)) {
            meet(best, from_day == today ? 1.0 : NEAR_UNDER_WAY,
                 from_day == today ? today : DAY_NONE);
        }
    } else if (from_day - today <= within) {
        double near = 1.0 - (double)(from_day - today) / (within + 1);
        meet(best, MAX(near, NEAR_LEAST), from_day);
    }
}

static void meet_steps(struct ahead *best, const struct outlook *outlook, const GRegex *pattern)
{
    for (guint i = 0; pattern != NULL && i < outlook->steps->len; i++) {
        const struct step *step = &g_array_index(outlook->steps, struct step, i);
        if (g_strcmp0(step->state, "open") != 0 || step->title == NULL ||
            !g_regex_match(pattern, step->title, 0, NULL)) {
            continue;
        }
        if (step->due_day == DAY_NONE) {
            meet(best, NEAR_SOMETIME, DAY_NONE);
        } else {
            meet_day(best, outlook->today, MAX(step->due_day, outlook->today), DAY_NONE);
        }
    }
}

static void meet_season(struct ahead *best, const struct outlook *outlook, const GRegex *pattern)
{
    const GArray *dates = outlook->season != NULL ? outlook->season->dates : NULL;
    for (guint i = 0; dates != NULL && i < dates->len; i++) {
        const struct season_date *date = &g_array_index(dates, struct season_date, i);
        bool is_own = date->rule == NULL && date->date_id != 0;
        bool fits = ahead_lists(best->row->season, date->id) ||
                    (is_own && (ahead_lists(best->row->lanes, date->lane) ||
                                (pattern != NULL && date->title != NULL &&
                                 g_regex_match(pattern, date->title, 0, NULL))));
        if (fits) {
            meet_day(best, outlook->today, date->on_day, date->until_day);
        }
    }
}

static void meet_pursuits(struct ahead *best, const struct outlook *outlook)
{
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *pursuit = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (pursuit->closed_at == AT_NONE && pursuit->deleted_at == AT_NONE &&
            ahead_lists(best->row->pursuits, pursuit->kind)) {
            meet_day(best, outlook->today, pursuit->from_day, pursuit->until_day);
        }
    }
}

static bool is_within(const struct outlook *outlook, int32_t day, int days)
{
    return day != DAY_NONE && day <= outlook->today && outlook->today - day <= days;
}

static bool rule_holds(const struct outlook *outlook, const struct contact *contact,
                       const char *rule)
{
    if (strcmp(rule, "reply") == 0) {
        return is_within(outlook, contact->last_in_day, REPLY_DAYS) &&
               contact->last_in_day != contact->last_talk_day &&
               (contact->last_out_day == DAY_NONE || contact->last_out_day < contact->last_in_day);
    }
    if (strcmp(rule, "met") == 0) {
        int32_t met = MAX(contact->last_talk_day, contact->last_event_day);
        return is_within(outlook, met, MET_DAYS) &&
               (contact->last_thanks_day == DAY_NONE || contact->last_thanks_day < met);
    }
    return strcmp(rule, "unanswered") == 0 && contact->n_unanswered > 0 &&
           is_within(outlook, contact->last_out_day, UNANSWERED_DAYS);
}

static void meet_rule(struct ahead *best, const struct outlook *outlook)
{
    for (guint i = 0; *best->row->rule != '\0' && i < outlook->contacts->len; i++) {
        const struct contact *contact = &g_array_index(outlook->contacts, struct contact, i);
        if ((contact->flags & CONTACT_DO_NOT) == 0 &&
            rule_holds(outlook, contact, best->row->rule)) {
            meet(best, NEAR_RULE, DAY_NONE);
            return;
        }
    }
}

static gint nearest_first(gconstpointer a, gconstpointer b)
{
    const struct ahead *one = a;
    const struct ahead *other = b;
    if (one->near > other->near || one->near < other->near) {
        return one->near > other->near ? -1 : 1;
    }
    return (one->row > other->row) - (one->row < other->row);
}

void ahead_of(const struct outlook *outlook, GArray *ahead_out)
{
    GRegex *const *patterns = step_patterns();
    for (size_t i = 0; i < n_data_ahead && i < MAX_ROWS; i++) {
        struct ahead best = {.row = &data_ahead[i], .day = DAY_NONE};
        meet_steps(&best, outlook, patterns[i]);
        meet_season(&best, outlook, patterns[i]);
        meet_pursuits(&best, outlook);
        meet_rule(&best, outlook);
        if (best.near > 0) {
            g_array_append_val(ahead_out, best);
        }
    }
    g_array_sort(ahead_out, nearest_first);
}

const struct ahead *ahead_nearest(const GArray *ahead, const char *ids)
{
    for (guint i = 0; i < ahead->len; i++) {
        const struct ahead *one = &g_array_index(ahead, struct ahead, i);
        if (ahead_lists(ids, one->row->id)) {
            return one;
        }
    }
    return NULL;
}

double ahead_fit(const GArray *ahead, const char *ids, const struct ahead **why_out)
{
    g_auto(GStrv) list = g_strsplit(ids, "|", -1);
    double best = 0;
    *why_out = NULL;
    for (int i = 0; list[i] != NULL; i++) {
        const struct ahead *why = ahead_nearest(ahead, list[i]);
        double fit = why != NULL ? MAX(why->near - PLACE_STEP * i, FIT_LEAST) : 0;
        if (fit > best) {
            best = fit;
            *why_out = why;
        }
    }
    return best;
}
