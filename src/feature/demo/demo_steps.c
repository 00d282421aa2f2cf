/* What the demo has done since winter: steps of every way of building a network, and what came of
 * them, so that the table of strategies has something to count. */
#include "feature/demo/demo.h"

#include <string.h>

#define DAYS 176     /* how far back */
#define FIRST_OTHER 15
#define REPLY_MOST 9 /* days until an answer */
#define TALK_FROM 3
#define TALK_MOST 20

struct habit {
    const char *strategy;
    const char *title; /* with %s for a name, when somebody is meant */
    int n;
    int minutes; /* each, give or take a third */
    const char *cost;
    const char *kind; /* of the message; NULL: nobody is written to */
    int replies;      /* of a hundred messages */
    int talks;        /* of a hundred steps */
};

static const struct habit habits[] = {
    {"existing_connections", "Ask %s whom to talk to", 17, 35, NULL, "message", 58, 24},
    {"existing_connections", "Go through the list of teachers and seniors", 5, 45, NULL, NULL, 0, 0},
    {"alumni", "Write to %s about the way into residency", 22, 25, NULL, "message", 34, 12},
    {"alumni", "Look through the school's list of graduates", 4, 40, NULL, NULL, 0, 0},
    {"associations", "Go to the online meeting of the society", 5, 75, NULL, NULL, 0, 0},
    {"associations", "Pay the dues for the year", 1, 15, "$145", NULL, 0, 0},
    {"ethnic_specialty_groups", "Go to the gathering of the chapter", 4, 75, NULL, NULL, 0, 0},
    {"digital_platforms", "Comment on a post about residency", 11, 30, NULL, NULL, 0, 0},
    {"digital_platforms", "Write to %s after connecting", 9, 25, NULL, "message", 22, 8},
    {"online_forums", "Read the forum and keep two answers", 7, 50, NULL, NULL, 0, 0},
    {"us_clinical_experience", "Ask %s about a place in the clinic", 9, 40, NULL, "mail", 28, 25},
    {"us_clinical_experience", "Pay the host's fee", 1, 30, "$950", NULL, 0, 0},
    {"post_rotation", "Thank %s for the rotation", 5, 20, NULL, "thanks", 70, 30},
    {"mentors_informational", "Ask %s for twenty minutes", 9, 45, NULL, "mail", 45, 45},
    {"mentorship_programs", "Prepare the session of the mentoring programme", 4, 75, NULL, NULL, 0,
     0},
    {"conferences", "Write to %s about the poster", 6, 60, NULL, "mail", 50, 34},
    {"conferences", "Register for the regional meeting", 1, 30, "$85", NULL, 0, 0},
    {"networking_sessions", "Ask two questions at the breakout", 3, 40, NULL, NULL, 0, 0},
    {"plan_cv", "Bring the CV up to date", 5, 80, NULL, NULL, 0, 0},
    {"outreach", "Write a first message to %s", 7, 40, NULL, "mail", 16, 10},
    {"nurture", "Send news to %s", 16, 15, NULL, "message", 64, 12},
    {"online_presence", "Write a short post about a paper", 4, 90, NULL, NULL, 0, 0},
    {"cross_cultural", "Read a lesson", 8, 10, NULL, NULL, 0, 0},
    {"soft_skills", "Tell the story of thirty seconds aloud", 6, 30, NULL, NULL, 0, 0},
    {"research", "Work on the case report with %s", 7, 120, NULL, "mail", 40, 14},
};

/* What was asked for and granted, by the leads' places in demo_cast.c. */
static const struct asked {
    int lead;
    int days_ago;
    const char *kind;
    const char *state;
    const char *strategy;
    const char *about;
} granted[] = {
    {0, 149, "introduction", "told", "alumni", "Dr. Rao, after clinic"},
    {1, 120, "introduction", "told", "existing_connections", "a programme in Cleveland"},
    {8, 61, "introduction", "told", "existing_connections", "her year at the residency"},
    {11, 58, "introduction", "told", "mentors_informational", "the chief resident of her year"},
    {9, 40, "introduction", "told", "ethnic_specialty_groups", "the chapter in Ohio"},
    {2, 96, "mentoring", "told", "alumni", "the year of the application"},
    {5, 90, "letter", "granted", "us_clinical_experience", "willing to write in September"},
};

static int64_t at_noon(const struct action_call *call, int days_ago)
{
    return (int64_t)(clock_today(&call->env->clock) - days_ago) * US_PER_DAY + US_PER_DAY / 2;
}

static bool add_touch(struct action_call *call, const char *id, const char *kind,
                      const char *direction, int days_ago, GError **error)
{
    char day[DAY_TEXT];
    day_format(clock_today(&call->env->clock) - days_ago, day);
    return demo_act(call, "touch.add",
                    json_pack("{s:s, s:s, s:s, s:s}", "person", id, "kind", kind, "on", day,
                              "direction", direction),
                    at_noon(call, days_ago), NULL, error);
}

/* A step that was done, on the day it was done. Takes args. */
static bool add_done(struct action_call *call, const struct habit *habit, json_t *args,
                     int days_ago, GError **error)
{
    json_t *added = NULL;
    json_object_set_new(args, "strategy", json_string(habit->strategy));
    if (habit->cost != NULL) {
        json_object_set_new(args, "cost", json_string(habit->cost));
    }
    if (!demo_act(call, "step.add", args, at_noon(call, days_ago), &added, error)) {
        return false;
    }
    json_t *done = json_pack("{s:O}", "id", json_object_get(added, "id"));
    json_decref(added);
    return demo_act(call, "step.done", done, at_noon(call, days_ago), NULL, error);
}

/* What came of a message: an answer, a talk, both or neither. */
static bool add_outcome(struct action_call *call, const struct habit *habit, const char *id,
                        int days_ago, struct prng *prng, GError **error)
{
    bool is_answered = prng_below(prng, 100) < (uint32_t)habit->replies;
    bool is_talk = prng_below(prng, 100) < (uint32_t)habit->talks;
    int reply = days_ago - prng_between(prng, 1, REPLY_MOST);
    int talk = days_ago - prng_between(prng, TALK_FROM, TALK_MOST);
    return (!is_answered || reply < 0 ||
            add_touch(call, id, habit->kind[0] == 't' ? "mail" : habit->kind, "in", reply, error)) &&
           (!is_talk || talk < 0 || add_touch(call, id, "call", "both", talk, error));
}

static bool add_one(struct action_call *call, const struct habit *habit, const char *id,
                    const char *name, struct prng *prng, GError **error)
{
    int early = prng_between(prng, 5, DAYS);
    int days_ago = MIN(early, prng_between(prng, 5, DAYS)); /* more of late */
    int minutes = prng_between(prng, habit->minutes * 2 / 3, habit->minutes * 4 / 3);
    bool is_of_nobody = habit->kind == NULL;
    g_auto(GStrv) parts = g_strsplit(habit->title, "%s", 2);
    g_autofree char *title = is_of_nobody ? g_strdup(habit->title) : g_strjoinv(name, parts);
    json_t *args = json_pack("{s:s, s:i}", "title", title, "minutes", MAX(minutes / 5 * 5, 5));
    if (!is_of_nobody) {
        json_object_set_new(args, "person", json_string(id));
    }
    return add_done(call, habit, args, days_ago, error) &&
           (is_of_nobody || (add_touch(call, id, habit->kind, "out", days_ago, error) &&
                             add_outcome(call, habit, id, days_ago, prng, error)));
}

static bool add_granted(struct action_call *call, const struct demo_cast *cast, demo_id_fn *id_of,
                        GHashTable *ids, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(granted); i++) {
        const struct asked *one = &granted[i];
        const char *id = id_of(ids, &cast->people[one->lead]);
        char day[DAY_TEXT];
        day_format(clock_today(&call->env->clock) - one->days_ago, day);
        if (id != NULL &&
            !demo_act(call, "favour.add",
                      json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "person", id, "kind", one->kind,
                                "state", one->state, "strategy", one->strategy, "about",
                                one->about, "on", day),
                      at_noon(call, one->days_ago), NULL, error)) {
            return false;
        }
    }
    return true;
}

bool demo_steps_tell(struct action_call *call, const struct demo_cast *cast, demo_id_fn *id_of,
                     GHashTable *ids, GError **error)
{
    struct prng prng;
    int next = FIRST_OTHER;
    prng_init(&prng, 1908);
    for (size_t i = 0; i < G_N_ELEMENTS(habits); i++) {
        for (int n = 0; n < habits[i].n; n++) {
            const char *id = NULL;
            while (habits[i].kind != NULL && id == NULL && next < cast->n) {
                id = id_of(ids, &cast->people[next++]);
            }
            const struct demo_person *person = &cast->people[MIN(next, cast->n) - 1];
            g_autofree char *name = g_strdup_printf(
                "%s%s%s", person->prefix, *person->prefix != '\0' ? " " : "", person->family);
            if ((habits[i].kind == NULL || id != NULL) &&
                !add_one(call, &habits[i], id, name, &prng, error)) {
                return false;
            }
        }
    }
    return add_granted(call, cast, id_of, ids, error);
}
