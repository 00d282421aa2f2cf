/* Conferences: planned eight weeks ahead, abstracts in time, and a line to everybody met within 72
 * hours (data/followup.tsv, conference_thanks). Pure. */
#include "feature/conferences/conferences.h"

#include "data_associations.h"
#include "data_followup.h"
#include "model/since.h"

#include <string.h>

#define PLAN_FROM 56    /* days: eight weeks */
#define MONTH_FROM 70   /* where only the month is known, counted from its middle */
#define ABSTRACT_FROM 42
#define FOLLOW_LATE 10  /* later it is a first message again */
#define MONTH_MIDDLE 15

static int in_time(void)
{
    const struct data_followup *rule = data_followup_by_id("conference_thanks");
    return rule == NULL || rule->max_hours == DATA_NONE ? 3 : rule->max_hours / 24;
}

static void about(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    int ago = days_since(outlook, contact->last_event_day);
    if (ago < 0 || ago > FOLLOW_LATE || contact->last_out_day >= contact->last_event_day ||
        contact->last_talk_day > contact->last_event_day || contact_is(contact, CONTACT_FAMILY)) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "conferences.follow", contact);
    if (one != NULL) {
        one->until_day = contact->last_event_day + (ago <= in_time() ? in_time() : FOLLOW_LATE);
        suggestion_term(one, "met_on", 1, contact->last_event_day, NULL);
    }
}

/* A meeting to prepare for. */
static struct suggestion *plan(const struct outlook *outlook, const char *ref, const char *title,
                               int32_t on_day, struct suggestions *out)
{
    int left = days_until(outlook, on_day);
    struct suggestion *one = left > 0 && left <= PLAN_FROM
                                 ? suggest(out, outlook, "conferences.plan", NULL)
                                 : NULL;
    if (one != NULL) {
        one->ref = ref;
        one->detail = title;
        one->until_day = on_day - 1;
    }
    return one;
}

/* The next middle of a month. */
static int32_t next_month(const struct outlook *outlook, int month)
{
    int year;
    int now;
    int day;
    day_to_ymd(outlook->today, &year, &now, &day);
    return day_from_ymd(now > month ? year + 1 : year, month, MONTH_MIDDLE);
}

static const char *month_words(int month)
{
    static const char *const words[] = {
        "",           "in January",   "in February", "in March",    "in April",
        "in May",     "in June",      "in July",     "in August",   "in September",
        "in October", "in November",  "in December"};
    return words[month];
}

/* The main meeting of a body one belongs to: only its month is known. */
static void plan_main_meeting(const struct outlook *outlook, const struct pursuit *membership,
                              struct suggestions *out)
{
    const struct data_associations *row = data_associations_by_id(membership->ref);
    if (row == NULL || *row->meeting == '\0' || row->month < 1 || row->month > 12) {
        return;
    }
    int32_t middle = next_month(outlook, row->month);
    int left = days_until(outlook, middle);
    struct suggestion *one = left >= 0 && left <= MONTH_FROM
                                 ? suggest(out, outlook, "conferences.plan", NULL)
                                 : NULL;
    if (one != NULL) {
        const char *words = *row->abbreviation != '\0' && strstr(row->meeting, row->abbreviation) == NULL
                                ? row->abbreviation
                                : NULL;
        g_autofree char *title = words != NULL ? g_strdup_printf("%s, %s", words, row->meeting)
                                               : g_strdup(row->meeting);
        one->ref = row->id;
        one->detail = g_string_chunk_insert(out->text, title);
        suggestion_term(one, "meeting_near", 1, 0, month_words(row->month));
        suggestion_term(one, "meeting_member", 1, 0, NULL);
    }
}

static void of_pursuits(const struct outlook *outlook, struct suggestions *out)
{
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (pursuit_is_open(one, "membership") && g_strcmp0(one->stage, "active") == 0) {
            plan_main_meeting(outlook, one, out);
        }
        if (!pursuit_is_open(one, "conference") && !pursuit_is_open(one, "meeting")) {
            continue;
        }
        struct suggestion *planned = plan(outlook, NULL, one->title, one->from_day, out);
        if (planned != NULL) {
            planned->about_id = one->pursuit_id;
        }
        int left = days_until(outlook, one->due_day);
        struct suggestion *abstract = g_strcmp0(one->stage, "idea") == 0 && left >= 0 &&
                                              left <= ABSTRACT_FROM
                                          ? suggest(out, outlook, "conferences.abstract", NULL)
                                          : NULL;
        if (abstract != NULL) {
            abstract->about_id = one->pursuit_id;
            abstract->detail = one->title;
            abstract->until_day = one->due_day;
        }
    }
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    const GArray *dates = outlook->season != NULL ? outlook->season->dates : NULL;
    of_pursuits(outlook, out);
    for (guint i = 0; dates != NULL && i < dates->len; i++) {
        const struct season_date *date = &g_array_index(dates, struct season_date, i);
        bool is_meeting = date->rule != NULL ? g_str_has_prefix(date->id, "conference_")
                                             : g_strcmp0(date->kind, "conference") == 0;
        struct suggestion *one =
            is_meeting ? plan(outlook, date->id, date->title, date->on_day, out) : NULL;
        if (one != NULL) {
            one->season = date->id;
        }
    }
}

const struct strategy conferences_strategy = {
    .id = "conferences", .about = about, .overall = overall, .href = "/strategies/conferences"};
