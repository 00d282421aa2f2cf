/* Whom of your own school to write to: residents and near years first, in your field or where you
 * aim; who answered is asked for a short talk. Who has made the way offers help to those behind. Pure. */
#include "feature/alumni/alumni.h"

#include "base/words.h"
#include "model/goal.h"
#include "model/since.h"

#include <stdlib.h>

#define NEAR_YEARS 5
#define ANSWER_FRESH 21 /* days in which an answer is still warm */
#define ANSWER_WITHIN 7 /* and in which it is best answered */
#define FEW 10
#define GIVING_BEFORE 14
#define EVENT_AHEAD 28
#define EVENT_BEHIND 14

bool alumni_distance(const struct outlook *outlook, const struct contact *contact, int *years_out)
{
    if (outlook->goal.graduated <= 0 || contact->class_year <= 0) {
        return false;
    }
    *years_out = contact->class_year - outlook->goal.graduated;
    return true;
}

const char *alumni_distance_words(int years, GStringChunk *text)
{
    static const char *const small[] = {"",      "one",   "two",   "three", "four", "five",
                                        "six",   "seven", "eight", "nine",  "ten",  "eleven",
                                        "twelve"};
    if (years == 0) {
        return "in your year";
    }
    int n = abs(years);
    char number[16];
    g_snprintf(number, sizeof number, "%d", n);
    char words[64];
    g_snprintf(words, sizeof words, "%s %s %s you",
               n < (int)G_N_ELEMENTS(small) ? small[n] : number, n == 1 ? "year" : "years",
               years < 0 ? "before" : "after");
    return g_string_chunk_insert_const(text, words);
}

int alumni_count(const struct outlook *outlook)
{
    int n = 0;
    for (guint i = 0; i < outlook->contacts->len; i++) {
        n += contact_is(&g_array_index(outlook->contacts, struct contact, i), CONTACT_SCHOOL);
    }
    return n;
}

bool alumni_is_event(const struct pursuit *pursuit)
{
    return pursuit->deleted_at == AT_NONE && g_strcmp0(pursuit->kind, "meeting") == 0 &&
           g_strcmp0(pursuit->strategy, ALUMNI_ID) == 0;
}

/* Nothing has passed between you, ever: a tie that slept is woken elsewhere (nurture.reopen). */
static bool is_silent(const struct contact *contact)
{
    return contact->last_day == DAY_NONE && contact->last_out_day == DAY_NONE && contact->last_in_day == DAY_NONE &&
           contact->last_talk_day == DAY_NONE && contact->last_event_day == DAY_NONE &&
           contact->last_rotation_day == DAY_NONE;
}

/* ---- on the way ---- */

static void school_terms(const struct outlook *outlook, const struct contact *contact,
                         struct suggestion *one, GStringChunk *text)
{
    int years;
    if (contact->school != NULL) {
        suggestion_term(one, "school_same", 1, 0, contact->school);
    }
    if (alumni_distance(outlook, contact, &years)) {
        bool is_near = abs(years) <= NEAR_YEARS;
        double amount = is_near ? 1.0 - abs(years) / (2.0 * NEAR_YEARS) : 1;
        suggestion_term(one, is_near ? "class_near" : "class_far", amount, years,
                        alumni_distance_words(years, text));
    }
    if (contact_is(contact, CONTACT_RESIDENT)) {
        suggestion_term(one, "alumni_way", 1, 0, NULL);
    }
    if (contact_is(contact, CONTACT_LANGUAGE)) {
        suggestion_term(one, "alumni_language", 1, 0, NULL);
    }
}

static void first(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    const unsigned of_use = CONTACT_SPECIALTY | CONTACT_REGION | CONTACT_RESIDENT |
                            CONTACT_PROGRAMME | CONTACT_US_LINK;
    const unsigned of_others = CONTACT_FAMILY | CONTACT_TEACHER | CONTACT_COLLEAGUE |
                               CONTACT_MENTOR | CONTACT_PAUSED;
    if (!is_silent(contact) || contact_is(contact, of_others) || !contact_is(contact, of_use)) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "alumni.first", contact);
    if (one != NULL) {
        school_terms(outlook, contact, one, out->text);
    }
}

/* They wrote last, and no talk came of it yet. */
static void second(const struct outlook *outlook, const struct contact *contact,
                   struct suggestions *out)
{
    int ago = days_since(outlook, contact->last_in_day);
    if (contact->last_out_day == DAY_NONE || contact->last_in_day <= contact->last_out_day ||
        ago < 0 || ago > ANSWER_FRESH || contact->last_talk_day != DAY_NONE ||
        contact->last_rotation_day != DAY_NONE ||
        contact_is(contact, CONTACT_FAMILY | CONTACT_MENTOR | CONTACT_PAUSED)) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "alumni.second", contact);
    if (one != NULL) {
        one->until_day =
            contact->last_in_day + (ago <= ANSWER_WITHIN ? ANSWER_WITHIN : ANSWER_FRESH);
        suggestion_term(one, "alumni_answered", 1, contact->last_in_day, NULL);
        school_terms(outlook, contact, one, out->text);
    }
}

/* ---- who has arrived ---- */

/* What of the year's giving is on, or begins within two weeks; NULL. */
static const char *giving_now(const struct outlook *outlook)
{
    static const char *const ids[] = {"give_spring", "give_opens", "give_submit",
                                      "give_interviews"};
    for (size_t i = 0; outlook->season != NULL && i < G_N_ELEMENTS(ids); i++) {
        const struct season_date *date = season_date(outlook->season, ids[i]);
        if (date != NULL && days_until(outlook, date->on_day) <= GIVING_BEFORE &&
            date->until_day >= outlook->today) {
            return date->id;
        }
    }
    return NULL;
}

static void offer(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    int years;
    if (!is_silent(contact) || !alumni_distance(outlook, contact, &years) || years < 0 ||
        contact_is(contact, CONTACT_ATTENDING | CONTACT_RESIDENT | CONTACT_PROGRAMME |
                                CONTACT_PAUSED)) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "alumni.offer", contact);
    if (one != NULL) {
        if (contact->school != NULL) {
            suggestion_term(one, "school_same", 1, 0, contact->school);
        }
        one->season = giving_now(outlook);
        suggestion_term(one, "alumni_younger", 1, years, alumni_distance_words(years, out->text));
    }
}

static void about(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    if (!contact_is(contact, CONTACT_SCHOOL)) {
        return;
    }
    if (goal_fits(&outlook->goal, "stage:resident")) {
        offer(outlook, contact, out);
        return;
    }
    first(outlook, contact, out);
    second(outlook, contact, out);
}

/* ---- the school itself ---- */

static bool has_people(const struct outlook *outlook, int64_t pursuit_id)
{
    for (guint i = 0; i < outlook->pursuit_people->len; i++) {
        if (g_array_index(outlook->pursuit_people, struct pursuit_person, i).pursuit_id ==
            pursuit_id) {
            return true;
        }
    }
    return false;
}

/* Whether an event is ahead. */
static bool suggest_events(const struct outlook *outlook, struct suggestions *out)
{
    bool is_ahead = false;
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *event = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (!alumni_is_event(event) || g_strcmp0(event->stage, "missed") == 0) {
            continue;
        }
        int ahead = days_until(outlook, event->from_day);
        is_ahead = is_ahead || ahead >= 0;
        bool is_soon = ahead >= 0 && ahead <= EVENT_AHEAD;
        bool is_past = ahead < 0 && ahead >= -EVENT_BEHIND;
        if (!is_soon && !(is_past && !has_people(outlook, event->pursuit_id))) {
            continue;
        }
        struct suggestion *one =
            suggest(out, outlook, is_soon ? "alumni.prepare" : "alumni.met", NULL);
        if (one != NULL) {
            one->about_id = event->pursuit_id;
            one->detail = event->title;
            one->until_day = is_soon ? event->from_day : event->from_day + EVENT_BEHIND;
            if (is_soon) {
                suggestion_term(one, "alumni_event", 1, event->from_day, event->title);
            }
        }
    }
    return is_ahead;
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    bool is_ahead = suggest_events(outlook, out);
    const char *school = outlook->goal.school;
    if (school == NULL || school[0] == '\0') {
        return;
    }
    int n = alumni_count(outlook);
    if (n < FEW && !goal_fits(&outlook->goal, "stage:resident")) {
        struct suggestion *one = suggest(out, outlook, "alumni.list", NULL);
        if (one != NULL && n > 1) {
            suggestion_term(one, "alumni_few", 1.0 - (double)n / FEW, n, NULL);
        }
    }
    if (!is_ahead) {
        struct suggestion *one = suggest(out, outlook, "alumni.event", NULL);
        if (one != NULL) {
            one->detail = school;
        }
    }
}

const struct strategy alumni_strategy = {
    .id = ALUMNI_ID, .about = about, .overall = overall, .href = "/strategies/alumni"};
