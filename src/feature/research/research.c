/* Research: co-authors who have gone quiet, help offered where the work is known, and projects that
 * move. Pure. */
#include "feature/research/research.h"

#include "model/since.h"

#define QUIET_DAYS 120
#define QUIET_FULL 400
#define TIE_KNOWN 0.3F
#define OUT_REST 21

static bool has_project(const struct outlook *outlook)
{
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (pursuit_is_open(one, "research") && g_strcmp0(one->stage, "idea") != 0) {
            return true;
        }
    }
    return false;
}

static void co_author(const struct outlook *outlook, const struct contact *contact,
                      struct suggestions *out)
{
    int quiet = days_since(outlook, contact->last_day);
    if (!contact_is(contact, CONTACT_CO_AUTHOR) || contact_is(contact, CONTACT_PAUSED) ||
        quiet < QUIET_DAYS || days_since(outlook, contact->last_out_day) < OUT_REST) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "research.coauthor", contact);
    if (one == NULL) {
        return;
    }
    if (quiet < LONG_AGO) {
        suggestion_term(one, "research_quiet", (double)quiet / QUIET_FULL, quiet, NULL);
    } else if (!contact_is(contact, CONTACT_COLLEAGUE)) { /* who meet daily write nothing down */
        suggestion_term(one, "research_never", 1, 0, NULL);
    }
}

/* Where somebody of the specialty knows the work; not while a project runs already. */
static void offer(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    bool has_seen = contact->last_rotation_day != DAY_NONE;
    if (!contact_is(contact, CONTACT_SPECIALTY) ||
        !contact_is(contact, CONTACT_ATTENDING | CONTACT_MENTOR) ||
        contact_is(contact, CONTACT_PAUSED | CONTACT_COORDINATOR) || (!has_seen && contact->tie < TIE_KNOWN) ||
        contact->n_unanswered > 0 || days_since(outlook, contact->last_out_day) < OUT_REST ||
        has_project(outlook)) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "research.offer", contact);
    if (one != NULL && has_seen) {
        suggestion_term(one, "research_knows_you", 1, 0, NULL);
    }
}

static void about(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    co_author(outlook, contact, out);
    offer(outlook, contact, out);
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        bool is_running = g_strcmp0(one->stage, "running") == 0;
        if (!pursuit_is_open(one, "research") ||
            (!is_running && g_strcmp0(one->stage, "agreed") != 0)) {
            continue;
        }
        bool is_late = one->due_day != DAY_NONE && one->due_day < outlook->today;
        struct suggestion *next = suggest(out, outlook, "research.next", NULL);
        if (next != NULL) {
            next->about_id = one->pursuit_id;
            next->detail = one->title;
            if (one->due_day != DAY_NONE && !is_late) {
                next->until_day = one->due_day;
                suggestion_term(next, "research_due", 1, one->due_day, NULL);
            }
        }
        struct suggestion *authors = one->role == NULL || *one->role == '\0'
                                         ? suggest(out, outlook, "research.authors", NULL)
                                         : NULL;
        if (authors != NULL) {
            authors->about_id = one->pursuit_id;
            authors->detail = one->title;
        }
    }
}

const struct strategy research_strategy = {
    .id = "research", .about = about, .overall = overall, .href = "/strategies/research"};
