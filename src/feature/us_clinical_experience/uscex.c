/* Whom to ask for a place, what to see to before one, and who can write a letter after it. Pure. */
#include "feature/us_clinical_experience/uscex.h"

#include "model/since.h"

#include <string.h>

#define ASK_FROM 183  /* days before a block: six months */
#define ASK_UNTIL 90  /* before its last day: three months */
#define ASK_LATE 42   /* in a year without a place the summer is filled at shorter notice */
#define TIE_KNOWN 0.15F /* asked only where they know the name */
#define SEEN_DAYS 365 /* a letter is written from the work of a year */
#define TIE_SEEN 0.35F
#define WRITERS_DAYS 42 /* so long before their time: the summer's quiet lies between */
#define PAPERS_FROM 56
#define PAPERS_UNTIL 10
#define TEAM_FROM 14

/* The block that places are given away for now; NULL: none. */
static const struct season_date *block_ahead(const struct outlook *outlook)
{
    if (outlook->season == NULL || goal_fits(&outlook->goal, "stage:resident")) {
        return NULL;
    }
    const struct season_date *summer = season_date(outlook->season, "recovery_uscex");
    if (summer != NULL) {
        return days_until(outlook, summer->until_day) >= ASK_LATE ? summer : NULL;
    }
    const struct season_date *block = season_date(outlook->season, "uscex_block");
    bool is_open = block != NULL && days_until(outlook, block->on_day) <= ASK_FROM &&
                   days_until(outlook, block->until_day) >= ASK_UNTIL;
    return is_open ? block : NULL;
}

static const char *block_words(const struct season_date *block)
{
    return strcmp(block->id, "recovery_uscex") == 0 ? "May and August" : "March and July";
}

/* Somebody who can open a door in a hospital, to whom the name means something. */
static bool can_give_place(const struct contact *contact)
{
    const unsigned near = CONTACT_MENTOR | CONTACT_COLLEAGUE | CONTACT_TEACHER | CONTACT_FAMILY;
    bool has_spoken = contact_is(contact, CONTACT_SCHOOL) && contact->last_in_day != DAY_NONE;
    bool is_known = contact_is(contact, near) || has_spoken ||
                    (contact->n_touches > 0 && contact->tie >= TIE_KNOWN);
    if (!contact_is(contact, CONTACT_SPECIALTY | near) && contact->tie < TIE_SEEN) {
        return false;
    }
    return is_known && contact_is(contact, CONTACT_US_LINK) &&
           contact_is(contact, CONTACT_ATTENDING | CONTACT_PROGRAMME);
}

static void ask_for_place(const struct outlook *outlook, const struct contact *contact,
                          struct suggestions *out)
{
    bool has_application = contact_is(contact, CONTACT_PROGRAMME) &&
                           goal_fits(&outlook->goal, "stage:applying|unmatched");
    bool may_be_asked = can_give_place(contact) && !has_application &&
                        !contact_is(contact, CONTACT_PAUSED) &&
                        contact->n_unanswered == 0 &&
                        days_since(outlook, contact->last_rotation_day) >= 90 &&
                        days_since(outlook, contact->last_out_day) >= 14;
    const struct season_date *block = may_be_asked ? block_ahead(outlook) : NULL;
    struct suggestion *one =
        block != NULL ? suggest(out, outlook, "uscex.ask", contact) : NULL;
    if (one == NULL) {
        return;
    }
    bool is_summer = strcmp(block->id, "recovery_uscex") == 0;
    one->season = block->id;
    one->until_day = block->until_day - (is_summer ? ASK_LATE : ASK_UNTIL);
    suggestion_term(one, "uscex_window", 1, 0, block_words(block));
    if (contact_is(contact, CONTACT_ATTENDING)) {
        suggestion_term(one, "uscex_attending", 1, 0, NULL);
    }
    if (contact_is(contact, CONTACT_SCHOOL) && contact->school != NULL) {
        suggestion_term(one, "uscex_school", 1, 0, contact->school);
    }
}

/* Is somebody named in a pursuit of this kind that is of today: in its last week, or (kind letter)
 * at any stage? */
static bool is_in_pursuit(const struct outlook *outlook, const struct contact *contact,
                          const char *kind, bool is_last_week)
{
    for (guint i = 0; i < outlook->pursuit_people->len; i++) {
        const struct pursuit_person *link =
            &g_array_index(outlook->pursuit_people, struct pursuit_person, i);
        for (guint k = 0; link->person_id == contact->person_id && k < outlook->pursuits->len;
             k++) {
            const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, k);
            int left = days_until(outlook, one->until_day);
            if (one->pursuit_id == link->pursuit_id && g_strcmp0(one->kind, kind) == 0 &&
                one->deleted_at == AT_NONE && (!is_last_week || (left >= -3 && left <= 5))) {
                return true;
            }
        }
    }
    return false;
}

static bool was_asked_for_letter(const struct outlook *outlook, const struct contact *contact)
{
    for (guint i = 0; i < outlook->favours->len; i++) {
        const struct favour *favour = &g_array_index(outlook->favours, struct favour, i);
        if (favour->person_id == contact->person_id && g_strcmp0(favour->kind, "letter") == 0 &&
            g_strcmp0(favour->direction, "asked") == 0 &&
            days_since(outlook, favour->asked_day) < SEEN_DAYS) {
            return true;
        }
    }
    return is_in_pursuit(outlook, contact, "letter", false);
}

/* The day that letters are for; NULL. */
static const char *first_to_submit(const struct outlook *outlook)
{
    static const char *const ids[] = {"eras_submit", "rescas_submit", "sf_target"};
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        if (season_date(outlook->season, ids[i]) != NULL) {
            return ids[i];
        }
    }
    return NULL;
}

static void ask_for_letter(const struct outlook *outlook, const struct contact *contact,
                           struct suggestions *out)
{
    int seen = days_since(outlook, contact->last_rotation_day);
    bool is_senior =
        contact_is(contact, CONTACT_ATTENDING | CONTACT_PROGRAMME | CONTACT_TEACHER) ||
        (contact->tie >= TIE_SEEN && !contact_is(contact, CONTACT_RESIDENT));
    bool may_have_seen = seen <= SEEN_DAYS || outlook->pursuit_people->len > 0;
    if (!is_senior || !may_have_seen || contact_is(contact, CONTACT_COORDINATOR) ||
        goal_fits(&outlook->goal, "stage:resident") ||
        was_asked_for_letter(outlook, contact)) {
        return;
    }
    if (is_in_pursuit(outlook, contact, "rotation", true)) {
        struct suggestion *now = suggest(out, outlook, "uscex.letter", contact);
        if (now != NULL) {
            now->until_day = outlook->today + 5;
        }
        return;
    }
    const struct season_date *date =
        outlook->season != NULL ? season_date(outlook->season, "lor_request") : NULL;
    if (date == NULL || seen > SEEN_DAYS || days_until(outlook, date->on_day) > WRITERS_DAYS) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "uscex.letter_request", contact);
    if (one != NULL) {
        one->season = first_to_submit(outlook);
        one->until_day = date->until_day;
        suggestion_term(one, "uscex_seen", 1, contact->last_rotation_day, NULL);
    }
}

static void about(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    ask_for_place(outlook, contact, out);
    ask_for_letter(outlook, contact, out);
}

/* Something about a block that begins on a day. */
static void add_block(const struct outlook *outlook, struct suggestions *out, const char *kind,
                      const char *title, int32_t until_day)
{
    struct suggestion *one = suggest(out, outlook, kind, NULL);
    if (one != NULL) {
        one->detail = title;
        one->ref = title;
        one->until_day = until_day;
    }
}

static void before_block(const struct outlook *outlook, struct suggestions *out, const char *title,
                         int32_t from_day)
{
    int left = days_until(outlook, from_day);
    if (left > PAPERS_UNTIL && left <= PAPERS_FROM) {
        add_block(outlook, out, "uscex.papers", title, from_day - PAPERS_UNTIL);
    }
    if (left >= 0 && left <= TEAM_FROM) {
        add_block(outlook, out, "uscex.team", title, from_day);
    }
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (!pursuit_is_open(one, "rotation")) {
            continue;
        }
        bool is_agreed = g_strcmp0(one->stage, "agreed") == 0;
        if (is_agreed) {
            before_block(outlook, out, one->title, one->from_day);
        }
        if (one->cost_cents > 0 && days_until(outlook, one->from_day) >= 0 &&
            (is_agreed || g_strcmp0(one->stage, "asked") == 0)) {
            add_block(outlook, out, "uscex.check", one->title, one->from_day);
        }
    }
    const GArray *dates = outlook->season != NULL ? outlook->season->dates : NULL;
    for (guint i = 0; dates != NULL && i < dates->len; i++) {
        const struct season_date *date = &g_array_index(dates, struct season_date, i);
        if (g_strcmp0(date->kind, "rotation") == 0) {
            before_block(outlook, out, date->title, date->on_day);
        }
    }
    const struct season_date *vslo =
        outlook->season != NULL ? season_date(outlook->season, "vslo_apply") : NULL;
    if (vslo != NULL && days_until(outlook, vslo->on_day) <= ASK_UNTIL) {
        struct suggestion *one = suggest(out, outlook, "uscex.electives", NULL);
        if (one != NULL) {
            one->season = "vslo_apply";
            one->until_day = vslo->until_day;
        }
    }
}

const struct strategy us_clinical_experience_strategy = {.id = "us_clinical_experience",
                                                         .about = about,
                                                         .overall = overall,
                                                         .href =
                                                             "/strategies/us_clinical_experience"};
