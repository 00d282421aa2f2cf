/* Keeping ties alive (data/followup.tsv): who is due, thanks for favours and what came of them,
 * milestones for those who helped, ties that slept for a year, and something back where more was
 * asked than given. At most one reason to write to a person at a time: the best one. Pure. */
#include "feature/nurture/nurture.h"

#include "data_favour_kinds.h"
#include "data_favour_thanks.h"
#include "data_followup.h"
#include "model/goal.h"
#include "model/since.h"

#include <string.h>

#define THANKS_WITHIN 3
#define THANKS_LATE 30
#define CAME_FROM 21
#define CAME_UNTIL 75
#define MATCH_UNTIL 21
#define DORMANT_FROM 365
#define DORMANT_UNTIL (5 * 365)
#define DORMANT_TOUCHES 2  /* a single touch is no tie that could sleep */
#define OWED_FROM 10       /* a whole ordinary favour */
#define GIVE_REST 90
#define OUT_REST 21
#define TIER_TIE 0.45F
#define TIER_FEW 3
#define ANSWER_WITHIN 7
#define ANSWER_LATE 21
#define RESULT_FROM 21
#define RESULT_UNTIL 70

struct nurture_balance nurture_balance_of(const struct outlook *outlook, int64_t person_id)
{
    struct nurture_balance balance = {.last_given_day = DAY_NONE};
    for (guint i = 0; i < outlook->favours->len; i++) {
        const struct favour *favour = &g_array_index(outlook->favours, struct favour, i);
        if (favour->person_id != person_id || favour->deleted_at != AT_NONE ||
            g_strcmp0(favour->state, "declined") == 0) {
            continue;
        }
        const struct data_favour_kinds *kind = data_favour_kinds_by_id(favour->kind);
        int weight = kind != NULL ? kind->weight : 0;
        if (g_strcmp0(favour->direction, "given") == 0) {
            balance.n_given++;
            balance.owed -= weight;
            balance.last_given_day = MAX(balance.last_given_day, favour->asked_day);
        } else {
            balance.n_asked++;
            balance.owed += weight;
        }
    }
    return balance;
}

const char *nurture_tier(int cadence_days)
{
    static const char *const tiers[] = {"A", "B", "C"};
    static const char *const rows[] = {"tier_a", "tier_b", "tier_c"};
    if (cadence_days <= 0) {
        return NULL;
    }
    for (size_t i = 0; i + 1 < G_N_ELEMENTS(rows); i++) {
        const struct data_followup *row = data_followup_by_id(rows[i]);
        const struct data_followup *next = data_followup_by_id(rows[i + 1]);
        if (row != NULL && next != NULL &&
            cadence_days < (row->repeat_every_days + next->repeat_every_days + 1) / 2) {
            return tiers[i];
        }
    }
    return tiers[G_N_ELEMENTS(tiers) - 1];
}

/* ---- one person ---- */

static bool tell_match(const struct outlook *outlook, const struct contact *contact,
                       struct suggestions *out)
{
    const struct season_date *plan = /* the season of the next Match: it begins with the last one */
        outlook->season != NULL ? season_date(outlook->season, "unmatched_plan") : NULL;
    int32_t day = outlook->season != NULL && outlook->goal.cycle == outlook->season->cycle
                      ? outlook->season->match_day
                      : DAY_NONE;
    day = plan != NULL && outlook->today < day ? plan->on_day : day;
    int ago = days_since(outlook, day);
    if (ago < 0 || ago > MATCH_UNTIL || contact->last_out_day >= day ||
        contact->last_talk_day >= day || goal_fits(&outlook->goal, "stage:resident")) {
        return false;
    }
    struct suggestion *one = suggest(out, outlook, "nurture.tell_match", contact);
    if (one != NULL) {
        one->until_day = day + (ago <= 7 ? 7 : MATCH_UNTIL);
    }
    return one != NULL;
}

static bool tell_milestone(const struct outlook *outlook, const struct contact *contact,
                           const struct favour *favour, struct suggestions *out)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct milestone));
    milestones_of(outlook, out->text, all);
    for (guint i = 0; i < all->len; i++) {
        const struct milestone *milestone = &g_array_index(all, struct milestone, i);
        if (MAX(contact->last_out_day, contact->last_talk_day) >= milestone->from_day) {
            continue; /* they have heard it */
        }
        struct suggestion *one = suggest(out, outlook, "nurture.tell", contact);
        if (one == NULL) {
            return false;
        }
        one->detail = milestone->words;
        one->until_day = milestone->until_day;
        const struct data_favour_kinds *kind =
            favour != NULL ? data_favour_kinds_by_id(favour->kind) : NULL;
        if (contact_is(contact, CONTACT_MENTOR)) {
            suggestion_term(one, "helper_mentor", 1, 0, NULL);
        }
        if (kind != NULL) {
            suggestion_term(one, "helped_with", 1, 0, kind->asked);
        }
        return true;
    }
    return false;
}

static bool tell_news(const struct outlook *outlook, const struct contact *contact,
                      struct suggestions *out)
{
    const struct favour *favour = NULL;
    if (!nurture_has_helped(outlook, contact, &favour)) {
        return false;
    }
    return tell_match(outlook, contact, out) || tell_milestone(outlook, contact, favour, out);
}

static bool due(const struct outlook *outlook, const struct contact *contact,
                struct suggestions *out)
{
    if (contact->cadence_days <= 0 || contact->due_day == DAY_NONE ||
        contact_is(contact, CONTACT_PAUSED) || days_until(outlook, contact->due_day) > 6) {
        return false;
    }
    struct suggestion *one = suggest(out, outlook, "nurture.due", contact);
    if (one == NULL) {
        return false;
    }
    int late = days_since(outlook, contact->due_day);
    if (late > 0) {
        double amount = MIN(1.0, 0.4 + (double)late / contact->cadence_days);
        suggestion_term(one, "due_since", amount, contact->due_day, NULL);
    } else {
        one->from_day = contact->due_day;
        suggestion_term(one, "due_on", 1, contact->due_day, NULL);
    }
    if (g_strcmp0(nurture_tier(contact->cadence_days), "A") == 0) {
        suggestion_term(one, "tier_close", 1, 0, NULL);
    }
    return true;
}

static bool give(const struct outlook *outlook, const struct contact *contact,
                 struct suggestions *out)
{
    struct nurture_balance balance = nurture_balance_of(outlook, contact->person_id);
    if (balance.owed < OWED_FROM || days_since(outlook, balance.last_given_day) < GIVE_REST ||
        days_since(outlook, contact->last_out_day) < OUT_REST ||
        contact_is(contact, CONTACT_PAUSED)) {
        return false;
    }
    return suggest(out, outlook, "nurture.give", contact) != NULL;
}

static void reopen(const struct outlook *outlook, const struct contact *contact,
                   struct suggestions *out)
{
    int silent = days_since(outlook, contact->last_day);
    if (silent < DORMANT_FROM || silent > DORMANT_UNTIL || contact->n_touches < DORMANT_TOUCHES ||
        contact->last_out_day != DAY_NONE || contact->cadence_days > 0 ||
        contact_is(contact, CONTACT_PAUSED)) {
        return;
    }
    suggest(out, outlook, "nurture.reopen", contact);
}

/* They wrote last. Of one's own school an applicant answers with a question (alumni.second). */
static bool answer(const struct outlook *outlook, const struct contact *contact,
                   struct suggestions *out)
{
    int ago = days_since(outlook, contact->last_in_day);
    bool is_written = g_strcmp0(contact->last_kind, "mail") == 0 ||
                      g_strcmp0(contact->last_kind, "message") == 0;
    bool is_alumni = contact_is(contact, CONTACT_SCHOOL) && contact->last_out_day != DAY_NONE &&
                     !goal_fits(&outlook->goal, "stage:resident");
    if (!is_written || is_alumni || contact->last_in_day != contact->last_day || ago < 0 ||
        ago > ANSWER_LATE || contact->last_out_day >= contact->last_in_day ||
        contact->last_talk_day >= contact->last_in_day) {
        return false;
    }
    struct suggestion *one = suggest(out, outlook, "nurture.answer", contact);
    if (one != NULL) {
        one->until_day = contact->last_in_day + (ago <= ANSWER_WITHIN ? ANSWER_WITHIN : ANSWER_LATE);
        suggestion_term(one, "answer_wrote", 1, contact->last_in_day, NULL);
    }
    return one != NULL;
}

static void about(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    if (contact->last_in_day != DAY_NONE && answer(outlook, contact, out)) {
        return;
    }
    bool is_known = contact->n_touches > 0 || contact->cadence_days > 0;
    bool may_help = contact_is(contact, CONTACT_MENTOR) || outlook->favours->len > 0 ||
                    outlook->pursuit_people->len > 0;
    if (may_help && tell_news(outlook, contact, out)) {
        return;
    }
    if (is_known && due(outlook, contact, out)) {
        return;
    }
    if (outlook->favours->len > 0 && give(outlook, contact, out)) {
        return;
    }
    reopen(outlook, contact, out);
}

/* ---- favours, and what concerns nobody in particular ---- */

/* Introductions belong to existing connections, talks to informational talks. */
static bool is_ours(const struct favour *favour)
{
    return favour->deleted_at == AT_NONE && g_strcmp0(favour->direction, "asked") == 0 &&
           data_favour_thanks_by_id(favour->kind) != NULL;
}

static void after_favour(const struct outlook *outlook, const struct favour *favour,
                         struct suggestions *out)
{
    const struct contact *contact = outlook_contact(outlook, favour->person_id);
    const struct data_favour_thanks *words = data_favour_thanks_by_id(favour->kind);
    if (contact == NULL) {
        return;
    }
    if (g_strcmp0(favour->state, "granted") == 0) {
        int ago = days_since(outlook, favour->settled_day);
        if (ago < 0 || ago > THANKS_LATE || contact->last_thanks_day >= favour->settled_day) {
            return;
        }
        struct suggestion *one = suggest(out, outlook, "nurture.thank", contact);
        if (one != NULL) {
            one->about_id = favour->favour_id;
            one->detail = words->thanks;
            one->until_day =
                favour->settled_day + (ago <= THANKS_WITHIN ? THANKS_WITHIN : THANKS_LATE);
        }
    } else if (g_strcmp0(favour->state, "thanked") == 0 && words->came[0] != '\0') {
        int ago = days_since(outlook, favour->thanked_day);
        if (ago < CAME_FROM || ago > CAME_UNTIL ||
            contact->last_out_day >= favour->thanked_day + CAME_FROM) {
            return;
        }
        struct suggestion *one = suggest(out, outlook, "nurture.came", contact);
        if (one != NULL) {
            one->about_id = favour->favour_id;
            one->detail = words->came;
            one->until_day = favour->thanked_day + CAME_UNTIL;
        }
    }
}

static void suggest_tiers(const struct outlook *outlook, struct suggestions *out)
{
    int n = 0;
    for (guint i = 0; i < outlook->contacts->len; i++) {
        const struct contact *one = &g_array_index(outlook->contacts, struct contact, i);
        n += one->tie >= TIER_TIE && one->cadence_days <= 0 && one->n_touches > 0 &&
             !contact_is(one, CONTACT_DO_NOT | CONTACT_PAUSED);
    }
    struct suggestion *one = n >= TIER_FEW ? suggest(out, outlook, "nurture.tier", NULL) : NULL;
    if (one != NULL) {
        suggestion_term(one, "tier_none", MIN(1.0, n / 10.0), n, NULL);
    }
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    for (guint i = 0; i < outlook->favours->len; i++) {
        const struct favour *favour = &g_array_index(outlook->favours, struct favour, i);
        if (is_ours(favour)) {
            after_favour(outlook, favour, out);
        }
    }
    suggest_tiers(outlook, out);
    const GArray *dates = outlook->season != NULL ? outlook->season->dates : NULL;
    for (guint i = 0; dates != NULL && i < dates->len; i++) {
        const struct season_date *date = &g_array_index(dates, struct season_date, i);
        int ago = days_since(outlook, date->on_day);
        bool is_open = g_strcmp0(date->kind, "exam") == 0 && ago >= RESULT_FROM &&
                       ago <= RESULT_UNTIL && milestone_is_open(outlook, date);
        struct suggestion *one = is_open ? suggest(out, outlook, "nurture.result", NULL) : NULL;
        if (one != NULL) {
            one->about_id = date->date_id;
            one->detail = date->title;
        }
    }
}

const struct strategy nurture_strategy = {
    .id = NURTURE_ID, .about = about, .overall = overall, .href = "/strategies/nurture"};
