/* Groups of heritage that were chosen, groups for graduates from abroad, one gathering a month, and
 * help given back. Nothing here is guessed from a name, a country or a language. Pure. */
#include "feature/ethnic_specialty_groups/group.h"

#include "data_strategies.h"
#include "model/since.h"

#include <string.h>

#define STRATEGY "ethnic_specialty_groups"
#define MONTH 30 /* days, where data/strategies.tsv does not say */
#define AHEAD 45 /* a gathering planned within so many days is the next one */

static bool is_left_out(const struct outlook *outlook, const char *kind, const char *ref)
{
    char step[160];
    g_snprintf(step, sizeof step, "step:%s/-/%s", kind, ref);
    return g_hash_table_contains(outlook->refused, step) ||
           g_hash_table_contains(outlook->origins, step + strlen("step:"));
}

static const char *title_in(struct suggestions *out, const struct data_associations *row)
{
    g_autofree char *title = association_title(row);
    return g_string_chunk_insert(out->text, title);
}

/* The best body that was chosen, when none of them is joined or considered yet. */
static void join(const struct outlook *outlook, struct suggestions *out)
{
    g_autoptr(GArray) fits = g_array_new(false, false, sizeof(struct association_fit));
    const struct association_fit *best = NULL;
    association_catalogue(&outlook->goal, outlook->today, SHELF_OWN, fits);
    for (guint i = 0; i < fits->len; i++) {
        const struct association_fit *fit = &g_array_index(fits, struct association_fit, i);
        const struct pursuit *one = membership_of(outlook->pursuits, fit->row->id);
        if (fit->is_chosen && one != NULL && one->closed_at == AT_NONE) {
            return;
        }
        if (best == NULL && fit->is_chosen && one == NULL &&
            !is_left_out(outlook, "groups.join", fit->row->id)) {
            best = fit;
        }
    }
    struct suggestion *made = best == NULL ? NULL : suggest(out, outlook, "groups.join", NULL);
    if (made != NULL) {
        made->ref = best->row->id;
        made->detail = title_in(out, best->row);
        association_terms(best, &outlook->goal, -1, made);
    }
}

/* The group for graduates from abroad in a society one belongs to. */
static void section(const struct outlook *outlook, const struct pursuit *membership,
                    struct suggestions *out)
{
    const struct data_associations *row = data_associations_by_id(membership->ref);
    if (row == NULL || association_is_private(row) || !association_knows(row->img_group) ||
        !goal_fits(&outlook->goal, "img")) {
        return;
    }
    struct suggestion *made = suggest(out, outlook, "groups.section", NULL);
    if (made != NULL) {
        made->ref = row->id;
        made->detail = title_in(out, row);
        suggestion_term(made, "group_section", 1, 0, row->img_group);
    }
}

static bool is_near(const struct outlook *outlook, int32_t day, int rhythm)
{
    int ago = days_since(outlook, day);
    return day != DAY_NONE && ago < rhythm && ago > -AHEAD;
}

/* A gathering gone to, or planned, or somebody met through a group this month. */
static bool has_gathering(const struct outlook *outlook, int rhythm)
{
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (one->deleted_at == AT_NONE && g_strcmp0(one->kind, "meeting") == 0 &&
            g_strcmp0(one->strategy, STRATEGY) == 0 && strcmp(one->stage, "missed") != 0 &&
            (is_near(outlook, one->from_day, rhythm) || is_near(outlook, one->due_day, rhythm))) {
            return true;
        }
    }
    for (guint i = 0; i < outlook->pursuit_people->len; i++) {
        const struct pursuit_person *link =
            &g_array_index(outlook->pursuit_people, struct pursuit_person, i);
        for (guint k = 0; is_near(outlook, link->on_day, rhythm) && k < outlook->pursuits->len;
             k++) {
            const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, k);
            if (one->pursuit_id == link->pursuit_id && membership_is(one) &&
                membership_shelf(one) == SHELF_OWN) {
                return true;
            }
        }
    }
    return false;
}

/* About the group one has belonged to for longest. */
static void gather(const struct outlook *outlook, struct suggestions *out)
{
    const struct data_strategies *row = data_strategies_by_id(STRATEGY);
    int rhythm = row != NULL && row->cadence_days > 0 ? row->cadence_days : MONTH;
    const struct pursuit *oldest = NULL;
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (membership_is_active(one) && membership_shelf(one) == SHELF_OWN &&
            (oldest == NULL || one->created_at < oldest->created_at)) {
            oldest = one;
        }
    }
    if (oldest == NULL) {
        return;
    }
    bool gives_back = goal_fits(&outlook->goal, "stage:resident");
    if (!has_gathering(outlook, rhythm)) {
        struct suggestion *made = suggest(out, outlook, "groups.gathering", NULL);
        if (made != NULL) {
            made->about_id = oldest->pursuit_id;
            made->detail = oldest->title;
        }
    }
    struct suggestion *help = gives_back ? suggest(out, outlook, "groups.help", NULL) : NULL;
    if (help != NULL) {
        help->about_id = oldest->pursuit_id;
        help->detail = oldest->title;
    }
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    static const struct membership_kinds kinds = {
        .shelf = SHELF_OWN,
        .fee = "groups.fee",
        .decide = "groups.decide",
        .renew = "groups.renew",
        .use = "groups.use",
        .role = "groups.role",
    };
    membership_suggest(outlook, &kinds, out);
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (membership_is_active(one)) {
            section(outlook, one, out);
        }
    }
    gather(outlook, out);
    join(outlook, out);
}

const struct strategy ethnic_specialty_groups_strategy = {
    .id = STRATEGY, .overall = overall, .href = "/strategies/ethnic_specialty_groups"};
