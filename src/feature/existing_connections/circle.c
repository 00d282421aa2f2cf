/* The circle: those who would help at once, gone through prompt by prompt, told what you aim for, and
 * asked whom they know. Pure. */
#include "feature/existing_connections/connections.h"

#include "model/contact_role.h"
#include "model/goal.h"
#include "model/recognise.h"
#include "model/since.h"

#define CIRCLE_FEW 10    /* the aim of the first week (strategies.tsv) */
#define TOLD_REST 60     /* who was in touch so lately has heard it */
#define ASK_REST 180     /* days between two requests to the same person */
#define OUT_REST 14
#define ASK_TIE 0.35F

#define CIRCLE_FLAGS (CONTACT_FAMILY | CONTACT_TEACHER | CONTACT_COLLEAGUE)

/* Tags of the prompts that are no role (data/roles.tsv) and so in no flag, as people carry them. Made
 * once and never freed: the table in another form. */
static gpointer own_tags_make(gpointer unused)
{
    GPtrArray *tags = g_ptr_array_new();
    for (size_t i = 0; i < n_data_circle; i++) {
        char *tag = g_strdelimit(g_strdup(data_circle[i].tag), " ", '-');
        if ((contact_roles(NULL, tag) & CIRCLE_FLAGS) == 0 &&
            !g_ptr_array_find_with_equal_func(tags, tag, g_str_equal, NULL)) {
            g_ptr_array_add(tags, tag);
        } else {
            g_free(tag);
        }
    }
    g_ptr_array_add(tags, NULL);
    return g_ptr_array_free(tags, FALSE);
}

bool circle_has(const struct contact *contact)
{
    if (contact_is(contact, CIRCLE_FLAGS)) {
        return true;
    }
    if (contact->tags == NULL || contact->tags[0] == '\0') {
        return false;
    }
    static GOnce once = G_ONCE_INIT;
    const char *const *tags = g_once(&once, own_tags_make, NULL);
    for (size_t i = 0; tags[i] != NULL; i++) {
        if (goal_has(contact->tags, tags[i])) {
            return true;
        }
    }
    return false;
}

int circle_count(const struct outlook *outlook, int most)
{
    int n = 0;
    for (guint i = 0; n < most && i < outlook->contacts->len; i++) {
        n += circle_has(&g_array_index(outlook->contacts, struct contact, i));
    }
    return n;
}

int32_t circle_day(const GArray *practices, const char *prompt)
{
    int32_t day = DAY_NONE;
    for (guint i = 0; i < practices->len; i++) {
        const struct practice *one = &g_array_index(practices, struct practice, i);
        if (g_strcmp0(one->strategy, CONNECTIONS_ID) == 0 && one->deleted_at == AT_NONE &&
            g_strcmp0(one->ref, prompt) == 0) {
            day = MAX(day, one->on_day);
        }
    }
    return day;
}

const struct data_circle *circle_next(const GArray *practices, GHashTable *left_out)
{
    for (size_t i = 0; i < n_data_circle; i++) {
        const char *id = data_circle[i].id;
        if (circle_day(practices, id) == DAY_NONE &&
            (left_out == NULL || !g_hash_table_contains(left_out, id))) {
            return &data_circle[i];
        }
    }
    return NULL;
}

static bool was_asked_lately(const struct outlook *outlook, int64_t person_id)
{
    for (guint i = 0; i < outlook->favours->len; i++) {
        const struct favour *favour = &g_array_index(outlook->favours, struct favour, i);
        if (favour->person_id == person_id && g_strcmp0(favour->direction, "asked") == 0 &&
            days_since(outlook, favour->asked_day) < ASK_REST) {
            return true;
        }
    }
    return false;
}

static void circle_terms(struct suggestion *one, const struct contact *contact)
{
    if (contact_is(contact, CONTACT_TEACHER)) {
        suggestion_term(one, "circle_teacher", 1, 0, NULL);
    } else if (contact_is(contact, CONTACT_COLLEAGUE)) {
        suggestion_term(one, "circle_colleague", 1, 0, NULL);
    } else if (contact_is(contact, CONTACT_FAMILY)) {
        suggestion_term(one, "circle_family", 1, 0, NULL);
    } else {
        suggestion_term(one, "circle_other", 1, 0, NULL);
    }
}

/* Near, in the United States, and in another field: who may know the one who is in yours. */
static bool may_know_somebody(const struct outlook *outlook, const struct contact *contact)
{
    if (!contact_is(contact, CONTACT_US_LINK)) {
        return false;
    }
    bool is_near = (contact->n_touches > 0 && contact->tie >= ASK_TIE) || circle_has(contact);
    return is_near && !contact_is(contact, CONTACT_SPECIALTY | CONTACT_PROGRAMME | CONTACT_MENTOR) &&
           contact->n_unanswered == 0 && days_since(outlook, contact->last_out_day) >= OUT_REST &&
           !was_asked_lately(outlook, contact->person_id);
}

static void about(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    char specialty[64];
    intro_about_touch(outlook, contact, out);
    bool is_untold = contact->last_out_day == DAY_NONE &&
                     days_since(outlook, contact->last_day) >= TOLD_REST &&
                     days_since(outlook, contact->last_in_day) >= TOLD_REST &&
                     circle_has(contact);
    bool may_ask = may_know_somebody(outlook, contact);
    if ((!is_untold && !may_ask) || goal_specialty(&outlook->goal, specialty) == NULL ||
        goal_fits(&outlook->goal, "stage:resident") || contact_is(contact, CONTACT_PAUSED)) {
        return;
    }
    if (may_ask) {
        struct suggestion *one = suggest(out, outlook, "connections.ask_who", contact);
        if (one != NULL) {
            one->detail = specialty_name(goal_specialty(&outlook->goal, specialty));
            circle_terms(one, contact);
        }
        return;
    }
    if (is_untold) {
        struct suggestion *one = suggest(out, outlook, "connections.tell", contact);
        if (one != NULL) {
            circle_terms(one, contact);
        }
    }
}

/* One prompt at a time, and none while one is a step or was gone through today. */
static void suggest_prompt(const struct outlook *outlook, struct suggestions *out)
{
    g_autoptr(GHashTable) left_out = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < n_data_circle; i++) {
        char key[80];
        g_snprintf(key, sizeof key, "step:connections.circle/-/%s", data_circle[i].id);
        gpointer day;
        if (g_hash_table_lookup_extended(outlook->origins, key + strlen("step:"), NULL, &day) &&
            GPOINTER_TO_INT(day) == DAY_NONE) {
            return;
        }
        if (circle_day(outlook->practices, data_circle[i].id) == outlook->today) {
            return;
        }
        if (g_hash_table_contains(outlook->refused, key) ||
            g_hash_table_contains(outlook->origins, key + strlen("step:"))) {
            g_hash_table_add(left_out, (gpointer)data_circle[i].id);
        }
    }
    const struct data_circle *prompt = circle_next(outlook->practices, left_out);
    struct suggestion *one =
        prompt != NULL ? suggest(out, outlook, "connections.circle", NULL) : NULL;
    if (one == NULL) {
        return;
    }
    one->ref = prompt->id;
    one->detail = prompt->title;
    int n = circle_count(outlook, CIRCLE_FEW);
    if (n > 1 && n < CIRCLE_FEW) {
        suggestion_term(one, "circle_few", 1.0 - (double)n / CIRCLE_FEW, n, NULL);
    }
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    intro_suggest(outlook, out);
    if (!goal_fits(&outlook->goal, "stage:resident")) {
        suggest_prompt(outlook, out);
    }
}

const struct strategy existing_connections_strategy = {.id = CONNECTIONS_ID,
                                                       .about = about,
                                                       .overall = overall,
                                                       .href = "/strategies/existing_connections"};
