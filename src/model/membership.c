/* What memberships suggest: pay in time or let go, and take part, for nothing else makes them worth
 * their fee. */
#include "model/membership.h"

#include "base/money.h"
#include "base/words.h"
#include "model/since.h"

#include <string.h>

#define UNUSED_FROM 60 /* days of membership without anybody met */
#define ROLE_FROM 180  /* days of membership before a seat is looked for */
#define ROLE_MET 2     /* and so many people met */

bool membership_is(const struct pursuit *pursuit)
{
    return g_strcmp0(pursuit->kind, "membership") == 0 && pursuit->deleted_at == AT_NONE;
}

bool membership_is_active(const struct pursuit *pursuit)
{
    return membership_is(pursuit) && g_strcmp0(pursuit->stage, "active") == 0;
}

enum association_shelf membership_shelf(const struct pursuit *pursuit)
{
    const struct data_associations *row = data_associations_by_id(pursuit->ref);
    if (row != NULL) {
        return association_shelf_of(row);
    }
    return g_strcmp0(pursuit->strategy, "ethnic_specialty_groups") == 0 ? SHELF_OWN
                                                                        : SHELF_PROFESSIONAL;
}

const struct pursuit *membership_of(const GArray *pursuits, const char *association)
{
    const struct pursuit *found = NULL;
    for (guint i = 0; i < pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(pursuits, struct pursuit, i);
        if (membership_is(one) && g_strcmp0(one->ref, association) == 0 &&
            (found == NULL || one->created_at > found->created_at)) {
            found = one;
        }
    }
    return found;
}

int32_t membership_renewal(const struct pursuit *pursuit)
{
    return pursuit->due_day != DAY_NONE ? pursuit->due_day : pursuit->until_day;
}

int membership_n_met(const GArray *links, int64_t pursuit_id)
{
    int n = 0;
    for (guint i = 0; i < links->len; i++) {
        n += g_array_index(links, struct pursuit_person, i).pursuit_id == pursuit_id;
    }
    return n;
}

/* About one membership, NULL when it may not be suggested. */
static struct suggestion *about(const struct outlook *outlook, const struct pursuit *one,
                                const char *kind, struct suggestions *out)
{
    struct suggestion *made = kind == NULL ? NULL : suggest(out, outlook, kind, NULL);
    if (made != NULL) {
        made->about_id = one->pursuit_id;
        made->detail = one->title;
    }
    return made;
}

static void renew(const struct outlook *outlook, const struct pursuit *one, const char *kind,
                  int n_met, struct suggestions *out)
{
    int32_t day = membership_renewal(one);
    int left = days_until(outlook, day);
    if (day == DAY_NONE || left > MEMBERSHIP_REMIND || left < -MEMBERSHIP_LATE) {
        return;
    }
    struct suggestion *made = about(outlook, one, kind, out);
    if (made == NULL) {
        return;
    }
    made->cents = one->cost_cents > 0 ? (int32_t)MIN(one->cost_cents, INT32_MAX) : 0;
    if (left >= 0) {
        made->until_day = day;
    } else {
        suggestion_term(made, "member_late", 1, day, NULL);
    }
    if (n_met == 0) {
        suggestion_term(made, "member_nobody", 1, 0, NULL);
        return;
    }
    g_autofree char *met = words_count(n_met, "person", "people");
    suggestion_term(made, "member_met", MIN(n_met / 5.0, 1), 0,
                    g_string_chunk_insert(out->text, met));
    if (one->cost_cents > 0 && n_met > 1) {
        struct money each = {.cents = one->cost_cents / n_met};
        g_strlcpy(each.currency, one->currency != NULL ? one->currency : "USD",
                  sizeof each.currency);
        g_autofree char *words = money_format(&each);
        suggestion_term(made, "member_cost", 1, 0, g_string_chunk_insert(out->text, words));
    }
}

/* Not joined yet: its price, then yes or no. */
static void consider(const struct outlook *outlook, const struct pursuit *one,
                     const struct membership_kinds *kinds, struct suggestions *out)
{
    if (one->cost_cents < 0) {
        about(outlook, one, kinds->fee, out);
        return;
    }
    struct suggestion *made = about(outlook, one, kinds->decide, out);
    const struct data_associations *row = data_associations_by_id(one->ref);
    if (made == NULL) {
        return;
    }
    made->cents = (int32_t)MIN(one->cost_cents, INT32_MAX);
    if (row != NULL) {
        struct association_fit fit;
        association_fit(row, &outlook->goal, outlook->today, &fit);
        association_terms(&fit, &outlook->goal, one->cost_cents, made);
    }
}

static void suggest_one(const struct outlook *outlook, const struct pursuit *one,
                        const struct membership_kinds *kinds, struct suggestions *out)
{
    int n_met = membership_n_met(outlook->pursuit_people, one->pursuit_id);
    int since = one->from_day == DAY_NONE ? 0 : days_since(outlook, one->from_day);
    bool has_role = one->role != NULL && *one->role != '\0';
    if (g_strcmp0(one->stage, "considered") == 0) {
        consider(outlook, one, kinds, out);
        return;
    }
    if (!membership_is_active(one)) {
        return;
    }
    renew(outlook, one, kinds->renew, n_met, out);
    if (n_met == 0 && !has_role && since >= UNUSED_FROM) {
        struct suggestion *made = about(outlook, one, kinds->use, out);
        if (made != NULL) {
            suggestion_term(made, "member_since", MIN(since / 365.0, 1), since, NULL);
        }
    } else if (n_met >= ROLE_MET && !has_role && since >= ROLE_FROM) {
        about(outlook, one, kinds->role, out);
    }
}

void membership_suggest(const struct outlook *outlook, const struct membership_kinds *kinds,
                        struct suggestions *out)
{
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (membership_is(one) && membership_shelf(one) == kinds->shelf) {
            suggest_one(outlook, one, kinds, out);
        }
    }
}
