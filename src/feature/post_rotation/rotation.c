/* After a rotation: thanks within two days, news after four to six weeks, then each quarter
 * (data/followup.tsv, rotation_end_thanks, rotation_update_1, rotation_cadence). Pure. */
#include "feature/post_rotation/rotation.h"

#include "data_followup.h"
#include "model/since.h"

#define THANKS_LATE 21  /* days: late thanks are still thanks */
#define UPDATE_QUIET 14 /* not so soon after another message of yours */

static int days_of(int hours)
{
    return hours == DATA_NONE ? 0 : hours / 24;
}

/* Is the day inside a stay that is not over: one's own date, or a pursuit with this person? */
static bool is_still_there(const struct outlook *outlook, const struct contact *contact)
{
    const GArray *dates = outlook->season != NULL ? outlook->season->dates : NULL;
    int32_t last = contact->last_rotation_day;
    for (guint i = 0; dates != NULL && i < dates->len; i++) {
        const struct season_date *date = &g_array_index(dates, struct season_date, i);
        if (g_strcmp0(date->kind, "rotation") == 0 && last >= date->on_day &&
            last <= date->until_day && outlook->today <= date->until_day) {
            return true;
        }
    }
    for (guint i = 0; i < outlook->pursuit_people->len; i++) {
        const struct pursuit_person *link =
            &g_array_index(outlook->pursuit_people, struct pursuit_person, i);
        for (guint k = 0; link->person_id == contact->person_id && k < outlook->pursuits->len;
             k++) {
            const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, k);
            if (one->pursuit_id == link->pursuit_id && pursuit_is_open(one, "rotation") &&
                one->until_day != DAY_NONE && outlook->today <= one->until_day) {
                return true;
            }
        }
    }
    return false;
}

static void thank(const struct outlook *outlook, const struct contact *contact, int ago,
                  struct suggestions *out)
{
    const struct data_followup *rule = data_followup_by_id("rotation_end_thanks");
    bool is_thanked = contact->last_thanks_day >= contact->last_rotation_day;
    if (rule == NULL || is_thanked || ago < 1 || ago > THANKS_LATE ||
        is_still_there(outlook, contact)) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "post_rotation.thank", contact);
    if (one != NULL) {
        int in_time = days_of(rule->max_hours);
        one->until_day =
            contact->last_rotation_day + (ago <= in_time ? in_time : THANKS_LATE);
        suggestion_term(one, "rotation_ended", 1, contact->last_rotation_day, NULL);
    }
}

static void update(const struct outlook *outlook, const struct contact *contact, int ago,
                   struct suggestions *out)
{
    const struct data_followup *rule = data_followup_by_id("rotation_update_1");
    int from = rule != NULL ? days_of(rule->min_hours) : 0;
    int32_t due = contact->last_rotation_day + from;
    bool is_told = contact->last_out_day >= due - UPDATE_QUIET;
    if (rule == NULL || is_told || ago < from || ago > days_of(rule->max_hours)) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "post_rotation.update", contact);
    if (one != NULL) {
        one->until_day = contact->last_rotation_day + days_of(rule->max_hours);
        suggestion_term(one, "rotation_span", 1, ago, NULL);
    }
}

/* Who has a rhythm of their own is left to it. */
static void each_quarter(const struct outlook *outlook, const struct contact *contact, int ago,
                         struct suggestions *out)
{
    const struct data_followup *first = data_followup_by_id("rotation_update_1");
    const struct data_followup *rule = data_followup_by_id("rotation_cadence");
    int every = rule != NULL && rule->repeat_every_days > 0 ? rule->repeat_every_days : 90;
    int32_t last = MAX(MAX(contact->last_out_day, contact->last_in_day), contact->last_day);
    if (first == NULL || contact->cadence_days > 0 || ago <= days_of(first->max_hours) ||
        days_since(outlook, last) < every || contact_is(contact, CONTACT_PAUSED)) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "post_rotation.quarter", contact);
    if (one != NULL) {
        suggestion_term(one, "rotation_span", 1, ago, NULL);
    }
}

static void about(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    if (contact->last_rotation_day == DAY_NONE) {
        return;
    }
    int ago = days_since(outlook, contact->last_rotation_day);
    thank(outlook, contact, ago, out);
    update(outlook, contact, ago, out);
    each_quarter(outlook, contact, ago, out);
}

const struct strategy post_rotation_strategy = {
    .id = "post_rotation", .about = about, .href = "/strategies/post_rotation"};
