/* One mentoring programme: found among the societies that have one, asked after, and kept going with
 * a session a month. Pure. */
#include "feature/mentorship_programs/mentorship.h"

#include "data_associations.h"
#include "data_specialties.h"
#include "model/membership.h"
#include "model/since.h"

#include <string.h>

#define ASK_AFTER 28   /* days after applying */
#define POINTS_FROM 4  /* days before a session */
#define SHOWN 3

/* Is it the society of a specialty aimed for? The specialty's name, or NULL. */
static const char *fitting_specialty(const struct goal *goal,
                                     const struct data_associations *association)
{
    for (size_t i = 0; i < n_data_specialties; i++) {
        const struct data_specialties *row = &data_specialties[i];
        if (goal_has(goal->specialties, row->id) &&
            g_ascii_strcasecmp(row->name, association->field) == 0) {
            return row->name;
        }
    }
    return NULL;
}

static bool is_joined(const struct outlook *outlook, const char *association)
{
    const struct pursuit *membership = membership_of(outlook->pursuits, association);
    return membership != NULL && membership_is_active(membership);
}

/* Societies with mentoring of a specialty aimed for, and those of heritage that were opted into: these
 * once they are joined, which the strategy of groups suggests. */
static void register_in(const struct outlook *outlook, struct suggestions *out)
{
    const struct goal *goal = &outlook->goal;
    int n = 0;
    for (size_t i = 0; i < n_data_associations && n < SHOWN; i++) {
        const struct data_associations *row = &data_associations[i];
        const char *specialty = fitting_specialty(goal, row);
        bool is_own = goal_has(goal->heritage, row->id) && is_joined(outlook, row->id);
        struct suggestion *one = strcmp(row->mentoring, "yes") == 0 && (specialty != NULL || is_own)
                                     ? suggest(out, outlook, "mentorship.register", NULL)
                                     : NULL;
        if (one == NULL) {
            continue;
        }
        n++;
        one->ref = row->id;
        one->detail = row->name;
        if (specialty != NULL) {
            suggestion_term(one, "mentorship_fits", 1, 0, specialty);
        }
        if (*row->img_group != '\0' && strcmp(row->img_group, "unknown") != 0) {
            suggestion_term(one, "mentorship_img", 1, 0, NULL);
        }
    }
}

static void about_programme(const struct outlook *outlook, const struct pursuit *pursuit,
                            struct suggestions *out)
{
    int32_t created = (int32_t)(pursuit->created_at / US_PER_DAY);
    int32_t applied = pursuit->from_day != DAY_NONE ? pursuit->from_day : created;
    int left = days_until(outlook, pursuit->due_day);
    struct suggestion *one = NULL;
    if (g_strcmp0(pursuit->stage, "applied") == 0 && days_since(outlook, applied) >= ASK_AFTER) {
        one = suggest(out, outlook, "mentorship.stands", NULL);
    } else if (g_strcmp0(pursuit->stage, "paired") == 0 && left >= 0 && left <= POINTS_FROM) {
        one = suggest(out, outlook, "mentorship.points", NULL);
        if (one != NULL) {
            one->until_day = pursuit->due_day;
        }
    } else if (g_strcmp0(pursuit->stage, "paired") == 0 && (left < 0 || left == LONG_AGO)) {
        one = suggest(out, outlook, "mentorship.session", NULL);
    }
    if (one != NULL) {
        one->about_id = pursuit->pursuit_id;
        one->detail = pursuit->title;
    }
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    bool has_one = false;
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (pursuit_is_open(one, "mentorship")) {
            has_one = has_one || g_strcmp0(one->stage, "idea") != 0;
            about_programme(outlook, one, out);
        }
    }
    if (!has_one && !goal_fits(&outlook->goal, "stage:resident")) {
        register_in(outlook, out);
    }
}

const struct strategy mentorship_programs_strategy = {
    .id = "mentorship_programs", .overall = overall, .href = "/strategies/mentorship_programs"};
