/* Introductions: who could introduce you to whom, and what is due on the way: thanks and the first
 * message within two days, and after one to two weeks how it went (data/followup.tsv, thanks_intro,
 * close_loop_intro). Pure. */
#include "feature/existing_connections/connections.h"

#include "data_followup.h"
#include "model/goal.h"
#include "model/recognise.h"
#include "model/since.h"

#include <string.h>

#define BY_TIE 0.45F      /* warm enough to vouch for somebody */
#define BY_TIE_CIRCLE 0.2F
#define BY_REST 60        /* days since anything was asked of them */
#define TARGET_TIE 0.15F  /* whom you know needs no introduction */
#define TARGET_REST 60    /* you wrote to them yourself: let it stand */
#define THANKS_LATE 21    /* late thanks are still thanks */
#define TELL_LATE 60
#define SETTLE_FROM 14
#define SETTLE_UNTIL 120
#define PAIRS_MOST 30

bool favour_is_intro(const struct favour *favour)
{
    return g_strcmp0(favour->kind, "introduction") == 0 &&
           g_strcmp0(favour->direction, "asked") == 0 && favour->deleted_at == AT_NONE;
}

const char *intro_about(const struct outlook *outlook, const struct favour *favour)
{
    const struct contact *about = favour->about_person_id != 0
                                      ? outlook_contact(outlook, favour->about_person_id)
                                      : NULL;
    bool has_words = favour->about != NULL && favour->about[0] != '\0';
    return about != NULL ? about->name : has_words ? favour->about : "somebody they know";
}

static int days_of(int hours, int fallback)
{
    return hours == DATA_NONE ? fallback : hours / 24;
}

static bool is_state(const struct favour *favour, const char *state)
{
    return g_strcmp0(favour->state, state) == 0;
}

/* ---- who to whom ---- */

static bool is_target(const struct outlook *outlook, const struct contact *contact)
{
    bool is_of_use = contact_is(contact, CONTACT_PROGRAMME) ||
                     (contact_is(contact, CONTACT_SPECIALTY) &&
                      contact_is(contact, CONTACT_ATTENDING | CONTACT_RESIDENT));
    return is_of_use && contact->department != NULL &&
           !contact_is(contact, CONTACT_DO_NOT | CONTACT_MENTOR) &&
           contact->last_day == DAY_NONE && contact->tie < TARGET_TIE && contact->n_unanswered == 0 &&
           days_since(outlook, contact->last_out_day) >= TARGET_REST &&
           days_since(outlook, contact->last_in_day) >= TARGET_REST;
}

static bool is_better_target(const struct contact *a, const struct contact *b)
{
    static const unsigned order[] = {CONTACT_SPECIALTY, CONTACT_PROGRAMME, CONTACT_ATTENDING,
                                     CONTACT_REGION};
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
        bool has_a = contact_is(a, order[i]);
        if (has_a != contact_is(b, order[i])) {
            return has_a;
        }
    }
    return a->person_id < b->person_id;
}

static bool may_vouch(const struct outlook *outlook, const struct contact *contact)
{
    float least = circle_has(contact) ? BY_TIE_CIRCLE : BY_TIE;
    return contact->department != NULL && contact->n_touches > 0 && contact->tie >= least &&
           contact->n_unanswered == 0 && !contact_is(contact, CONTACT_DO_NOT | CONTACT_PAUSED) &&
           days_since(outlook, contact->last_out_day) >= 7;
}

/* Takes out those whom something was asked of lately, and those an introduction leads to already. */
static void gather_busy(const struct outlook *outlook, GHashTable *busy)
{
    for (guint i = 0; i < outlook->favours->len; i++) {
        const struct favour *favour = &g_array_index(outlook->favours, struct favour, i);
        if (g_strcmp0(favour->direction, "asked") != 0) {
            continue;
        }
        bool is_open = is_state(favour, "asked") || is_state(favour, "granted");
        if (is_open || days_since(outlook, favour->asked_day) < BY_REST) {
            g_hash_table_add(busy, (gpointer)&favour->person_id);
        }
        if (favour->about_person_id != 0 && !is_state(favour, "declined")) {
            g_hash_table_add(busy, (gpointer)&favour->about_person_id);
        }
    }
}

static int by_tie(gconstpointer a_, gconstpointer b_)
{
    const struct intro_pair *a = a_;
    const struct intro_pair *b = b_;
    if (a->by->tie != b->by->tie) {
        return a->by->tie > b->by->tie ? -1 : 1;
    }
    return a->by->person_id < b->by->person_id ? -1 : a->by->person_id > b->by->person_id;
}

void intro_pairs(const struct outlook *outlook, GArray *pairs_out)
{
    g_autoptr(GHashTable) busy = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GHashTable) by = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) targets = g_hash_table_new(g_str_hash, g_str_equal);
    gather_busy(outlook, busy);
    const GArray *contacts = outlook->contacts;
    for (guint i = 0; i < contacts->len; i++) {
        const struct contact *one = &g_array_index(contacts, struct contact, i);
        if (one->tie < BY_TIE_CIRCLE || !may_vouch(outlook, one) ||
            g_hash_table_contains(busy, &one->person_id)) {
            continue;
        }
        const struct contact *best = g_hash_table_lookup(by, one->department);
        if (best == NULL || one->tie > best->tie) {
            g_hash_table_insert(by, (gpointer)one->department, (gpointer)one);
        }
    }
    for (guint i = 0; g_hash_table_size(by) > 0 && i < contacts->len; i++) {
        const struct contact *one = &g_array_index(contacts, struct contact, i);
        if (!is_target(outlook, one) || !g_hash_table_contains(by, one->department) ||
            g_hash_table_contains(busy, &one->person_id)) {
            continue;
        }
        const struct contact *best = g_hash_table_lookup(targets, one->department);
        if (best == NULL || is_better_target(one, best)) {
            g_hash_table_insert(targets, (gpointer)one->department, (gpointer)one);
        }
    }
    GHashTableIter each;
    gpointer department;
    gpointer target;
    g_hash_table_iter_init(&each, targets); /* an equal name may be the same person twice */
    while (g_hash_table_iter_next(&each, &department, &target)) {
        struct intro_pair pair = {g_hash_table_lookup(by, department), target};
        if (pair.by != pair.target && g_utf8_collate(pair.by->name, pair.target->name) != 0) {
            g_array_append_val(pairs_out, pair);
        }
    }
    g_array_sort(pairs_out, by_tie);
    g_array_set_size(pairs_out, MIN(pairs_out->len, PAIRS_MOST));
}

static void suggest_asking(const struct outlook *outlook, struct suggestions *out)
{
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(struct intro_pair));
    intro_pairs(outlook, pairs);
    for (guint i = 0; i < pairs->len; i++) {
        const struct intro_pair *pair = &g_array_index(pairs, struct intro_pair, i);
        struct suggestion *one = suggest(out, outlook, "connections.ask_intro", pair->by);
        if (one == NULL) {
            continue;
        }
        one->about_id = pair->target->person_id;
        one->detail = pair->target->name;
        suggestion_term(one, "intro_same", 1, 0, pair->target->org);
        if (contact_is(pair->target, CONTACT_PROGRAMME)) {
            suggestion_term(one, "intro_programme", 1, 0, NULL);
        }
        if (contact_is(pair->target, CONTACT_SPECIALTY)) {
            suggestion_term(one, "intro_field", 1, 0, specialty_name(pair->target->specialty));
        }
    }
}

/* ---- what is due on the way ---- */

/* within: days the rule gives; late: until when it is still worth doing. */
static int32_t until_of(const struct outlook *outlook, int32_t from, int within, int late)
{
    return outlook->today <= from + within ? from + within : from + late;
}

static bool wrote_since(const struct contact *contact, int32_t day)
{
    return contact->last_thanks_day >= day || contact->last_out_day > day;
}

static void thank(const struct outlook *outlook, const struct favour *favour,
                  const struct contact *by, struct suggestions *out)
{
    const struct data_followup *rule = data_followup_by_id("thanks_intro");
    int ago = days_since(outlook, favour->settled_day);
    if (!is_state(favour, "granted") || ago < 0 || ago > THANKS_LATE) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "connections.thank_intro", by);
    if (one != NULL) {
        int within = rule != NULL ? days_of(rule->max_hours, 2) : 2;
        one->about_id = favour->favour_id;
        if (favour->about_person_id != 0 || favour->about != NULL) {
            g_autofree char *whom = g_strconcat(" to ", intro_about(outlook, favour), NULL);
            one->detail = g_string_chunk_insert_const(out->text, whom);
        }
        one->until_day = until_of(outlook, favour->settled_day, within, THANKS_LATE);
        if (ago > 0) {
            suggestion_term(one, "intro_made", 1, ago, NULL);
        }
    }
}

static void write_new(const struct outlook *outlook, const struct favour *favour,
                      const struct contact *by, struct suggestions *out)
{
    const struct contact *target = favour->about_person_id != 0
                                       ? outlook_contact(outlook, favour->about_person_id)
                                       : NULL;
    bool is_made = is_state(favour, "granted") || is_state(favour, "thanked");
    int ago = days_since(outlook, favour->settled_day);
    if (target == NULL || !is_made || ago < 0 || ago > THANKS_LATE ||
        target->last_out_day >= favour->settled_day ||
        target->last_talk_day >= favour->settled_day) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "connections.write_new", target);
    if (one != NULL) {
        one->about_id = favour->favour_id;
        one->until_day = until_of(outlook, favour->settled_day, 2, THANKS_LATE);
        suggestion_term(one, "intro_by", 1, 0, by->name);
    }
}

static void tell(const struct outlook *outlook, const struct favour *favour,
                 const struct contact *by, struct suggestions *out)
{
    const struct data_followup *rule = data_followup_by_id("close_loop_intro");
    int from = rule != NULL ? days_of(rule->ideal_hours, 7) : 7;
    int within = rule != NULL ? days_of(rule->max_hours, 14) : 14;
    int ago = days_since(outlook, favour->settled_day);
    if (!is_state(favour, "thanked") || ago < from || ago > TELL_LATE) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "connections.tell_intro", by);
    if (one == NULL) {
        return;
    }
    one->about_id = favour->favour_id;
    one->detail = intro_about(outlook, favour);
    one->until_day = until_of(outlook, favour->settled_day, within, TELL_LATE);
    const struct contact *target = favour->about_person_id != 0
                                       ? outlook_contact(outlook, favour->about_person_id)
                                       : NULL;
    if (target != NULL && MAX(target->last_in_day, target->last_talk_day) >= favour->settled_day) {
        suggestion_term(one, "intro_talked", 1, 0, target->name);
    }
}

static void settle(const struct outlook *outlook, const struct favour *favour,
                   const struct contact *by, struct suggestions *out)
{
    int ago = days_since(outlook, favour->asked_day);
    if (!is_state(favour, "asked") || ago < SETTLE_FROM || ago > SETTLE_UNTIL) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "connections.settle", by);
    if (one != NULL) {
        one->about_id = favour->favour_id;
        suggestion_term(one, "intro_open", 1, ago, NULL);
    }
}

void intro_about_touch(const struct outlook *outlook, const struct contact *by,
                       struct suggestions *out)
{
    int ago = days_since(outlook, by->last_intro_day);
    if (ago < 0 || ago > THANKS_LATE || wrote_since(by, by->last_intro_day)) {
        return;
    }
    for (guint i = 0; i < outlook->favours->len; i++) {
        const struct favour *favour = &g_array_index(outlook->favours, struct favour, i);
        if (favour->person_id == by->person_id && favour_is_intro(favour)) {
            return;
        }
    }
    struct suggestion *one = suggest(out, outlook, "connections.thank_intro", by);
    if (one != NULL) {
        one->until_day = until_of(outlook, by->last_intro_day, 2, THANKS_LATE);
        if (ago > 0) {
            suggestion_term(one, "intro_made", 1, ago, NULL);
        }
    }
}

void intro_suggest(const struct outlook *outlook, struct suggestions *out)
{
    for (guint i = 0; i < outlook->favours->len; i++) {
        const struct favour *favour = &g_array_index(outlook->favours, struct favour, i);
        const struct contact *by =
            favour_is_intro(favour) ? outlook_contact(outlook, favour->person_id) : NULL;
        if (by == NULL) {
            continue;
        }
        thank(outlook, favour, by, out);
        write_new(outlook, favour, by, out);
        tell(outlook, favour, by, out);
        settle(outlook, favour, by, out);
    }
    if (!goal_fits(&outlook->goal, "stage:resident")) {
        suggest_asking(outlook, out);
    }
}
