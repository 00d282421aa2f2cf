/* First messages to people who do not know you yet, and one reminder after a week
 * (data/followup.tsv, cold_no_reply_1); then model/survey.c lets them rest for half a year. Pure. */
#include "feature/outreach/outreach.h"

#include "data_followup.h"
#include "model/since.h"

#define ROTATION_DAYS 120

static int days_of(int hours, int fallback)
{
    return hours == DATA_NONE ? fallback : hours / 24;
}

static void remind(const struct outlook *outlook, const struct contact *contact,
                   struct suggestions *out)
{
    if (contact->n_unanswered != 1) {
        return;
    }
    const struct data_followup *rule = data_followup_by_id("cold_no_reply_1");
    int from = rule != NULL ? days_of(rule->min_hours, 7) : 7;
    int at_most = rule != NULL ? days_of(rule->max_hours, 14) : 14;
    int ago = days_since(outlook, contact->last_out_day);
    if (ago < from || ago > at_most ||
        contact->last_in_day != DAY_NONE || /* who has answered before is no stranger */
        contact->last_thanks_day == contact->last_out_day) { /* thanks wait for no answer */
        return;
    }
    struct suggestion *one = suggest(out, outlook, "outreach.remind", contact);
    if (one != NULL) {
        one->until_day = contact->last_out_day + at_most;
        suggestion_term(one, "outreach_wrote", 1, contact->last_out_day, NULL);
    }
}

/* Nothing has happened yet, and nothing else ties them to you: those are other strategies'. */
static void first(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    bool is_stranger = contact->n_touches == 0 && contact->last_out_day == DAY_NONE &&
                       contact->invited_day == DAY_NONE;
    bool is_for_others =
        contact_is(contact, CONTACT_SCHOOL | CONTACT_FAMILY | CONTACT_TEACHER |
                                CONTACT_COLLEAGUE | CONTACT_MENTOR | CONTACT_CONNECTED |
                                CONTACT_CO_AUTHOR | CONTACT_RESIDENT | CONTACT_COORDINATOR |
                                CONTACT_PAUSED);
    if (!is_stranger || is_for_others || !contact_is(contact, CONTACT_SPECIALTY) ||
        !contact_is(contact, CONTACT_US_LINK) || goal_fits(&outlook->goal, "stage:resident")) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "outreach.first", contact);
    if (one != NULL && contact_is(contact, CONTACT_ATTENDING)) {
        suggestion_term(one, "outreach_attending", 1, 0, NULL);
    }
}

static void about(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    if (days_since(outlook, contact->last_rotation_day) < ROTATION_DAYS) {
        return;
    }
    remind(outlook, contact, out);
    first(outlook, contact, out);
}

const struct strategy outreach_strategy = {
    .id = "outreach", .about = about, .href = "/strategies/outreach"};
