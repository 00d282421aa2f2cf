/* A profile that says who you are, a first line to those who accepted, few invitations with a
 * reason, and a quiet rhythm of posts and comments. Pure. */
#include "feature/digital_platforms/platform.h"

#include "base/words.h"
#include "data_platform_rhythm.h"
#include "data_profile_checks.h"
#include "model/since.h"

#include <string.h>

#define STRATEGY "digital_platforms"
#define FRESH 7        /* days in which a name is still known */
#define LONG 365       /* connected so long ago counts whole */
#define NOTES_AFTER 30 /* days an invitation waits until it says something */
#define NOTES_LEAST 5
#define WITHDRAW_AFTER 90
#define WITHDRAW_LEAST 10
#define COMMENT_MINUTES 10

bool platform_is_unwritten(const struct contact *contact)
{
    return contact_is(contact, CONTACT_CONNECTED) && contact->connected_day != DAY_NONE &&
           contact->last_day == DAY_NONE && contact->last_out_day == DAY_NONE &&
           contact->last_in_day == DAY_NONE && !contact_is(contact, CONTACT_DO_NOT);
}

int platform_n_out(const GArray *pursuits, const char *kind, int32_t monday)
{
    int n = 0;
    for (guint i = 0; i < pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(pursuits, struct pursuit, i);
        n += one->deleted_at == AT_NONE && g_strcmp0(one->kind, "presence") == 0 &&
             g_strcmp0(one->stage, "published") == 0 && g_strcmp0(one->ref, kind) == 0 &&
             one->until_day >= monday && one->until_day < monday + 7;
    }
    return n;
}

/* Whoever has nothing to do with the road ahead is left alone; and who runs a programme is reached
 * by an introduction, not by a line out of the blue, unless you went to the same school. */
static bool is_of_field(const struct contact *contact)
{
    return contact_is(contact, CONTACT_SCHOOL) ||
           (contact_is(contact,
                       CONTACT_SPECIALTY | CONTACT_RESIDENT | CONTACT_ATTENDING | CONTACT_REGION) &&
            !contact_is(contact, CONTACT_PROGRAMME));
}

static void about(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out)
{
    if (!platform_is_unwritten(contact) || !is_of_field(contact) ||
        contact_is(contact, CONTACT_PAUSED | CONTACT_FAMILY | CONTACT_COORDINATOR) ||
        (contact_is(contact, CONTACT_PROGRAMME) && /* an application speaks for itself */
         goal_fits(&outlook->goal, "stage:applying|unmatched"))) {
        return;
    }
    int ago = days_since(outlook, contact->connected_day);
    struct suggestion *one = suggest(out, outlook, "digital.connected", contact);
    if (one != NULL && ago <= FRESH) {
        suggestion_term(one, "digital_fresh", 1, contact->connected_day, NULL);
    } else if (one != NULL) {
        suggestion_term(one, "digital_connected", ago / (double)LONG, ago, NULL);
    }
}

static bool is_refused(const struct outlook *outlook, const char *kind, const char *ref)
{
    char key[160];
    g_snprintf(key, sizeof key, "step:%s/-/%s", kind, ref);
    return g_hash_table_contains(outlook->refused, key) ||
           g_hash_table_contains(outlook->origins, key + strlen("step:"));
}

/* The first thing that is missing, in the order of the table, and how much is there. */
static void profile(const struct outlook *outlook, struct suggestions *out)
{
    g_autoptr(GArray) checks = g_array_new(false, false, sizeof(struct platform_check));
    if (platform_archive_at(outlook->self) == AT_NONE) {
        suggest(out, outlook, "digital.import", NULL);
        return;
    }
    platform_checks(outlook->self, out->text, checks);
    for (guint i = 0; i < checks->len; i++) {
        const struct platform_check *check = &g_array_index(checks, struct platform_check, i);
        if (check->answer != PLATFORM_MISSING ||
            is_refused(outlook, "digital.profile", check->row->id)) {
            continue;
        }
        struct suggestion *one = suggest(out, outlook, "digital.profile", NULL);
        if (one != NULL) {
            one->ref = check->row->id;
            one->detail = check->row->title;
            suggestion_term(one, "digital_open", 1, 0, check->row->why);
        }
        return;
    }
}

static void invitations(const struct outlook *outlook, struct suggestions *out)
{
    int n_notes = 0;
    int n_old = 0;
    for (guint i = 0; i < outlook->contacts->len; i++) {
        const struct contact *one = &g_array_index(outlook->contacts, struct contact, i);
        int ago = one->invited_day == DAY_NONE ? 0 : days_since(outlook, one->invited_day);
        n_notes += ago > NOTES_AFTER;
        n_old += ago > WITHDRAW_AFTER;
    }
    struct suggestion *one =
        n_notes < NOTES_LEAST ? NULL : suggest(out, outlook, "digital.notes", NULL);
    if (one != NULL) {
        suggestion_term(one, "digital_pending", 1, n_notes, "a month");
    }
    one = n_old < WITHDRAW_LEAST ? NULL : suggest(out, outlook, "digital.withdraw", NULL);
    if (one != NULL) {
        suggestion_term(one, "digital_pending", 1, n_old, "three months");
    }
}

static void rhythm(const struct outlook *outlook, struct suggestions *out)
{
    for (size_t i = 0; i < n_data_platform_rhythm; i++) {
        const struct data_platform_rhythm *row = &data_platform_rhythm[i];
        int done = platform_n_out(outlook->pursuits, row->id, outlook->monday);
        bool is_comment = strcmp(row->id, "comment") == 0;
        struct suggestion *one =
            done >= row->n
                ? NULL
                : suggest(out, outlook, is_comment ? "digital.comment" : "digital.post", NULL);
        if (one == NULL) {
            continue;
        }
        if (is_comment) {
            g_autofree char *words = words_count(row->n - done, "post", "posts");
            one->detail = g_string_chunk_insert(out->text, words);
            one->minutes = (row->n - done) * COMMENT_MINUTES;
        }
        if (done > 0) {
            g_autofree char *words = words_count(done, row->one, row->many);
            suggestion_term(one, "digital_done", 1, 0, g_string_chunk_insert(out->text, words));
        }
    }
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    profile(outlook, out);
    invitations(outlook, out);
    if (outlook->goal.n_answered > 0) {
        rhythm(outlook, out);
    }
}

const struct strategy digital_platforms_strategy = {
    .id = STRATEGY, .about = about, .overall = overall, .href = "/strategies/digital_platforms"};
