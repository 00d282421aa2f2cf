/* One national body, one of each specialty aimed at (data/strategies.tsv); each quarter a look at
 * what they cost and bring. Pure. */
#include "feature/associations/join.h"

#include "data_specialties.h"
#include "data_strategies.h"
#include "model/since.h"

#include <string.h>

#define STRATEGY "associations"
#define QUARTER 90 /* days, where data/strategies.tsv does not say */

static bool is_review(const struct pursuit *pursuit)
{
    return pursuit->deleted_at == AT_NONE && g_strcmp0(pursuit->kind, "other") == 0 &&
           g_strcmp0(pursuit->strategy, STRATEGY) == 0 && g_strcmp0(pursuit->ref, JOIN_REVIEW) == 0;
}

int32_t join_review_day(const GArray *pursuits)
{
    int32_t day = DAY_NONE;
    for (guint i = 0; i < pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(pursuits, struct pursuit, i);
        day = is_review(one) ? MAX(day, one->from_day) : day;
    }
    return day;
}

/* Which place of the year's list a body would take: "" the national one, else the specialty. */
static bool takes_place(const struct association_fit *fit, const char *place)
{
    return fit->grade == ASSOCIATION_FITS && !fit->is_private &&
           (*place == '\0' ? fit->is_national : g_strcmp0(fit->specialty, place) == 0);
}

/* Is the place taken: a membership, one considered, or a step that is open or was done? */
static bool is_taken(const struct outlook *outlook, const struct association_fit *fit)
{
    const struct pursuit *one = membership_of(outlook->pursuits, fit->row->id);
    char key[120];
    g_snprintf(key, sizeof key, "associations.join/-/%s", fit->row->id);
    return (one != NULL && one->closed_at == AT_NONE) ||
           g_hash_table_contains(outlook->origins, key);
}

/* Let go once, or refused: another one may take the place. */
static bool is_left_out(const struct outlook *outlook, const struct association_fit *fit)
{
    char key[120];
    g_snprintf(key, sizeof key, "step:associations.join/-/%s", fit->row->id);
    return membership_of(outlook->pursuits, fit->row->id) != NULL ||
           g_hash_table_contains(outlook->refused, key);
}

static void join(const struct outlook *outlook, const GArray *fits, const char *place,
                 struct suggestions *out)
{
    const struct association_fit *best = NULL;
    for (guint i = 0; i < fits->len; i++) {
        const struct association_fit *fit = &g_array_index(fits, struct association_fit, i);
        if (!takes_place(fit, place)) {
            continue;
        }
        if (is_taken(outlook, fit)) {
            return;
        }
        best = best == NULL && !is_left_out(outlook, fit) ? fit : best;
    }
    struct suggestion *one = best == NULL ? NULL : suggest(out, outlook, "associations.join", NULL);
    if (one != NULL) {
        g_autofree char *title = association_title(best->row);
        one->ref = best->row->id;
        one->detail = g_string_chunk_insert(out->text, title);
        association_terms(best, &outlook->goal, -1, one);
    }
}

static void review(const struct outlook *outlook, struct suggestions *out)
{
    const struct data_strategies *row = data_strategies_by_id(STRATEGY);
    int quarter = row != NULL && row->cadence_days > 0 ? row->cadence_days : QUARTER;
    int32_t last = join_review_day(outlook->pursuits);
    int longest = 0;
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (membership_is_active(one) && one->from_day != DAY_NONE) {
            longest = MAX(longest, days_since(outlook, one->from_day));
        }
    }
    if (longest >= quarter && days_since(outlook, last) >= quarter) {
        struct suggestion *one = suggest(out, outlook, "associations.review", NULL);
        if (one != NULL && last != DAY_NONE) {
            suggestion_term(one, "join_looked", 1, days_since(outlook, last), NULL);
        }
    }
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    static const struct membership_kinds kinds = {
        .shelf = SHELF_PROFESSIONAL,
        .fee = "associations.fee",
        .decide = "associations.decide",
        .renew = "associations.renew",
        .use = "associations.use",
        .role = "associations.role",
    };
    membership_suggest(outlook, &kinds, out);
    review(outlook, out);
    if (outlook->goal.n_answered == 0) {
        return;
    }
    g_autoptr(GArray) fits = g_array_new(false, false, sizeof(struct association_fit));
    association_catalogue(&outlook->goal, outlook->today, SHELF_PROFESSIONAL, fits);
    g_auto(GStrv) ids =
        g_strsplit(outlook->goal.specialties != NULL ? outlook->goal.specialties : "", " ", -1);
    join(outlook, fits, "", out);
    for (int i = 0; ids[i] != NULL; i++) {
        const struct data_specialties *row = data_specialties_by_id(ids[i]);
        if (row != NULL) {
            join(outlook, fits, row->name, out);
        }
    }
}

const struct strategy associations_strategy = {
    .id = STRATEGY, .overall = overall, .href = "/strategies/associations"};
