/* Talks asked for, thanked for and told about; mentors met each month; a frank look back after a
 * year without a place (data/followup.tsv). Nobody is asked who would not know the name: residents
 * are not a help desk, and the office of a programme is reached by an introduction. Pure. */
#include "feature/mentors_informational/mentors.h"

#include "data_followup.h"
#include "model/since.h"

#define ASK_TIE 0.1F
#define ASK_TIE_RESIDENT 0.25F
#define ASK_REST 150    /* days since the last talk or request */
#define OUT_REST 14     /* days since the last message */
#define REPORT_FROM 10  /* advice takes some days to be followed */
#define REPORT_MOST 90  /* no rule of followup.tsv is longer */
#define TIE_SEEN 0.45F
#define FEW 3

static int days_of(int hours)
{
    return hours == DATA_NONE ? 0 : hours / 24;
}

static bool is_own_circle(const struct contact *contact)
{
    return contact_is(contact, CONTACT_FAMILY);
}

static bool is_of_field(const struct contact *contact)
{
    return contact_is(contact, CONTACT_ATTENDING | CONTACT_RESIDENT | CONTACT_PROGRAMME |
                                   CONTACT_MENTOR | CONTACT_TEACHER | CONTACT_SPECIALTY);
}

static bool may_be_asked(const struct contact *contact)
{
    float least = contact_is(contact, CONTACT_RESIDENT) ? ASK_TIE_RESIDENT : ASK_TIE;
    bool has_spoken = contact->last_in_day != DAY_NONE;
    return contact_is(contact, CONTACT_TEACHER | CONTACT_COLLEAGUE) ||
           (contact_is(contact, CONTACT_SCHOOL) && has_spoken) ||
           (contact->n_touches > 0 && contact->tie >= least);
}

static void ask(const struct outlook *outlook, const struct contact *contact,
                struct suggestions *out)
{
    if (!contact_is(contact, CONTACT_SPECIALTY) ||
        !contact_is(contact, CONTACT_ATTENDING | CONTACT_RESIDENT | CONTACT_US_LINK) ||
        contact_is(contact, CONTACT_MENTOR | CONTACT_PAUSED | CONTACT_PROGRAMME) ||
        contact->last_rotation_day != DAY_NONE || is_own_circle(contact) ||
        !may_be_asked(contact) || contact->n_unanswered > 0 ||
        days_since(outlook, contact->last_talk_day) < ASK_REST ||
        days_since(outlook, contact->last_out_day) < OUT_REST ||
        goal_fits(&outlook->goal, "stage:resident")) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "mentors.ask", contact);
    if (one == NULL) {
        return;
    }
    if (contact_is(contact, CONTACT_ATTENDING)) {
        suggestion_term(one, "talk_attending", 1, 0, NULL);
    }
    if (contact_is(contact, CONTACT_SCHOOL) && contact->school != NULL) {
        suggestion_term(one, "talk_school", 1, 0, contact->school);
    }
}

/* What is thanked for, as it was logged. */
static const char *talk_words(const struct contact *contact)
{
    static const char *const kinds[] = {"call", "meeting", "coffee"};
    for (size_t i = 0; contact->last_day == contact->last_talk_day && i < G_N_ELEMENTS(kinds); i++) {
        if (g_strcmp0(contact->last_kind, kinds[i]) == 0) {
            return kinds[i];
        }
    }
    return "talk";
}

/* From the interviews on the policy of each programme says whether it wants thanks at all. */
static bool is_interview(const struct outlook *outlook, const struct contact *contact)
{
    const struct season_date *from =
        outlook->season != NULL ? season_date(outlook->season, "interviews") : NULL;
    return from != NULL && contact_is(contact, CONTACT_PROGRAMME) &&
           contact->last_talk_day >= from->on_day &&
           contact->last_talk_day <= outlook->season->match_day;
}

/* Somebody whose advice it was, not one beside whom you work. */
static bool is_adviser(const struct outlook *outlook, const struct contact *contact)
{
    const unsigned advisers = goal_fits(&outlook->goal, "stage:resident")
                                  ? CONTACT_MENTOR
                                  : CONTACT_MENTOR | CONTACT_ATTENDING | CONTACT_RESIDENT |
                                        CONTACT_PROGRAMME | CONTACT_TEACHER | CONTACT_SPECIALTY;
    return contact_is(contact, advisers) && !contact_is(contact, CONTACT_COORDINATOR);
}

/* The talk, what was thanked for it, and what came of it. */
static void after_talk(const struct outlook *outlook, const struct contact *contact,
                       struct suggestions *out)
{
    int ago = days_since(outlook, contact->last_talk_day);
    bool is_peer = contact_is(contact, CONTACT_COLLEAGUE) &&
                   !contact_is(contact, CONTACT_TEACHER | CONTACT_MENTOR);
    if (ago > REPORT_MOST || is_peer || is_own_circle(contact) || !is_of_field(contact) ||
        is_interview(outlook, contact)) {
        return;
    }
    const struct data_followup *thanks = data_followup_by_id("thanks_informational");
    const struct data_followup *report = data_followup_by_id("mentor_report_back");
    int in_time = thanks != NULL ? days_of(thanks->max_hours) : 3;
    int at_most = MIN(report != NULL ? days_of(report->max_hours) : 30, REPORT_MOST);
    if (ago <= in_time && contact->last_thanks_day < contact->last_talk_day &&
        contact->last_out_day <= contact->last_talk_day) {
        struct suggestion *one = suggest(out, outlook, "mentors.thank_talk", contact);
        if (one != NULL) {
            one->until_day = contact->last_talk_day + in_time;
            one->detail = talk_words(contact);
            suggestion_term(one, "talk_on", 1, contact->last_talk_day, NULL);
        }
    }
    if (ago >= REPORT_FROM && ago <= at_most && is_adviser(outlook, contact) &&
        contact->last_out_day < contact->last_talk_day + REPORT_FROM) {
        struct suggestion *one = suggest(out, outlook, "mentors.report", contact);
        if (one != NULL) {
            one->until_day = contact->last_talk_day + at_most;
            suggestion_term(one, "talk_on", 0.5, contact->last_talk_day, NULL);
        }
    }
}

static void meet(const struct outlook *outlook, const struct contact *contact,
                 struct suggestions *out)
{
    if (!contact_is(contact, CONTACT_MENTOR)) {
        return;
    }
    const struct data_followup *rule = data_followup_by_id("mentor_cadence");
    int every = rule != NULL && rule->repeat_every_days > 0 ? rule->repeat_every_days : 30;
    int ago = days_since(outlook, contact->last_talk_day);
    if (contact_is(contact, CONTACT_PAUSED) || ago < every || days_since(outlook, contact->last_out_day) < OUT_REST) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "mentors.meet", contact);
    if (one != NULL) {
        const struct season_date *soap =
            outlook->season != NULL ? season_date(outlook->season, "soap") : NULL;
        if (soap != NULL && goal_fits(&outlook->goal, "stage:unmatched") &&
            outlook->today >= soap->on_day && outlook->today <= soap->until_day) {
            one->season = soap->id; /* four days in which a frank voice is worth most */
            one->until_day = soap->until_day;
        }
        suggestion_term(one, "mentor_yours", 1, 0, NULL);
        if (ago < LONG_AGO) {
            suggestion_term(one, "talk_span", 1, ago, NULL);
        }
    }
}

static void debrief(const struct outlook *outlook, const struct contact *contact,
                    struct suggestions *out)
{
    bool has_seen = contact->last_rotation_day != DAY_NONE || contact->tie >= TIE_SEEN;
    if (!has_seen || is_own_circle(contact) || outlook->season == NULL ||
        !contact_is(contact, CONTACT_MENTOR | CONTACT_ATTENDING | CONTACT_TEACHER)) {
        return;
    }
    const struct season_date *plan = season_date(outlook->season, "unmatched_plan");
    struct suggestion *one = plan != NULL && outlook->today >= plan->on_day
                                 ? suggest(out, outlook, "mentors.debrief", contact)
                                 : NULL;
    if (one != NULL) {
        one->season = plan->id;
        one->until_day = plan->until_day;
        if (contact_is(contact, CONTACT_MENTOR)) {
            suggestion_term(one, "mentor_yours", 1, 0, NULL);
        }
        bool is_witness = contact->last_rotation_day != DAY_NONE;
        suggestion_term(one, is_witness ? "talk_knows_you" : "talk_knows_way", 1, 0, NULL);
    }
}

static void about(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    ask(outlook, contact, out);
    after_talk(outlook, contact, out);
    meet(outlook, contact, out);
    debrief(outlook, contact, out);
}

/* Where hardly anybody of the specialty is known, names come first. */
static void overall(const struct outlook *outlook, struct suggestions *out)
{
    int n = 0;
    if (outlook->goal.specialties == NULL || goal_fits(&outlook->goal, "stage:resident")) {
        return;
    }
    for (guint i = 0; i < outlook->contacts->len && n < FEW; i++) {
        n += contact_is(&g_array_index(outlook->contacts, struct contact, i), CONTACT_SPECIALTY);
    }
    if (n < FEW) {
        suggest(out, outlook, "mentors.find", NULL);
    }
}

const struct strategy mentors_informational_strategy = {
    .id = "mentors_informational",
    .about = about,
    .overall = overall,
    .href = "/strategies/mentors_informational"};
