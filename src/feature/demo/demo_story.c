/* What happened with the people of the demo: two years of touches, how often to be in touch, and
 * what is next. All of it goes through the actions that a person uses, so that a rule which would
 * stop a person stops the demo too. */
#include "feature/demo/demo.h"

#include "base/error.h"

#include <string.h>

bool demo_act(struct action_call *call, const char *name, json_t *args, int64_t at,
              json_t **result_out, GError **error)
{
    const struct action *action = action_find(call->table, name);
    if (action == NULL) {
        json_decref(args);
        return bug(error, "demo.action", "The demo needs the action %s.", name);
    }
    struct clock clock = call->env->clock;
    struct action_call inner = {.action = action,
                                .env = call->env,
                                .db = call->db,
                                .app = call->app,
                                .table = call->table,
                                .data_dir = call->data_dir,
                                .account_id = call->account_id,
                                .is_admin = call->is_admin,
                                .is_loopback = true,
                                .is_command = call->is_command,
                                .scopes = call->scopes};
    struct call_file file = {0};
    const char *path = json_string_value(json_object_get(args, "file"));
    if (path != NULL) {
        file = (struct call_file){.path = path, .name = path};
        inner.files = &file;
        inner.n_files = 1;
    }
    if (at != AT_NONE) {
        call->env->clock.fixed_at = at;
    }
    json_t *result = NULL;
    bool is_well = action_run(&inner, args, false, &result, NULL, error);
    call->env->clock = clock;
    if (!is_well) {
        g_prefix_error(error, "%s: ", name);
    }
    json_decref(inner.args);
    json_decref(inner.refused);
    json_decref(args);
    if (result_out != NULL && is_well) {
        *result_out = result;
    } else {
        json_decref(result);
    }
    return is_well;
}

struct told {
    int lead;
    int days_ago;
    const char *kind;
    const char *direction;
    int minutes;
    const char *note;
};

/* The leads' parts, by their place in demo_cast.c. */
static const struct told story[] = {
    {0, 158, "message", "out", 0, "First message, after the alumni evening."},
    {0, 149, "introduction", "in", 15, "She introduced me to Dr. Rao."},
    {0, 148, "thanks", "out", 5, "Thanked her for the introduction."},
    {0, 100, "mail", "in", 0, "Yes to the observership."},
    {0, 29, "rotation_day", "both", 480,
     "First day on the ward. She presents every new admission herself."},
    {0, 22, "rotation_day", "both", 480, "I presented twice."},
    {0, 15, "coffee", "both", 25,
     "Advice: apply to programmes where a chief resident trained abroad."},
    {0, 9, "mail", "out", 0, "Schedule for the last week."},
    {0, 4, "rotation_day", "both", 480,
     "Last day. She said: ask me for the letter when you know your programmes."},
    {1, 400, "meeting", "both", 30, "He wrote to two programmes for me."},
    {1, 120, "call", "both", 20, "Asked about my exam."},
    {1, 60, "mail", "out", 0, "Promised to tell him the date of the exam."},
    {2, 149, "meeting", "both", 20, "Introduced by Dr. Hassan after clinic."},
    {2, 40, "rotation_day", "both", 480, "Liver clinic."},
    {2, 1, "call", "both", 20, "She would like to see my CV."},
    {3, 3, "message", "out", 0, "Asked for twenty minutes about fellowship life."},
    {3, 1, "message", "in", 0,
     "Happy to talk. Thursdays after four are best for me, if you can live with pager noise."},
    {4, 11, "message", "out", 0, "First message: her year at Cedar Valley."},
    {5, 300, "meeting", "both", 40, "Ward rounds as a visitor."},
    {5, 90, "mail", "both", 0, "He is willing to write a letter in September."},
    {5, 12, "mail", "in", 0, "Send me your personal statement when it is ready."},
    {6, 50, "mail", "in", 0, "Office hours and whom to call."},
    {8, 200, "call", "both", 35, "How she chose between two visa routes."},
    {8, 23, "mail", "both", 0, "News of the exam, and her answer within a day."},
    {9, 2, "message", "in", 0, "Welcome to the network. Ask away."},
    {11, 60, "coffee", "both", 60, "Compared notes on applications."},
    {11, 1, "call", "both", 15, "She will read my personal statement."},
};

static const char *const small_kinds[] = {"call",       "coffee",  "mail", "message",
                                          "conference", "meeting", "event"};
static const char *const small_notes[] = {"Talked about the order of exams.",
                                          "She knows the coordinator.",
                                          "Asked how the interviews went.",
                                          "Met at the poster session.",
                                          "Sent the audit we spoke about.",
                                          "He is moving in July.",
                                          "Shared the alumni list.",
                                          "Will ask his chief about observers.",
                                          "Wished a good year.",
                                          "Read my abstract and sent two corrections."};

/* Ids of the imported people by folded "given family" and by e-mail. */
static bool find_people(struct action_call *call, GHashTable *ids, GError **error)
{
    json_t *list = NULL;
    if (!demo_act(call, "person.list", json_pack("{s:i}", "limit", 1000), AT_NONE, &list, error)) {
        return false;
    }
    size_t index;
    json_t *person;
    json_array_foreach(json_object_get(list, "people"), index, person)
    {
        const char *id = json_string_value(json_object_get(person, "id"));
        size_t e;
        json_t *mail;
        json_array_foreach(json_object_get(person, "emails"), e, mail)
        {
            g_hash_table_insert(ids, g_strdup(json_string_value(mail)), g_strdup(id));
        }
        g_autofree char *key =
            g_strdup_printf("%s|%s", json_string_value(json_object_get(person, "name")),
                            json_string_value(json_object_get(person, "org")));
        g_hash_table_insert(ids, g_steal_pointer(&key), g_strdup(id));
    }
    json_decref(list);
    return true;
}

/* The id of someone of the cast; NULL when they came in under another name only. */
static const char *id_of(GHashTable *ids, const struct demo_person *person)
{
    const char *id = g_hash_table_lookup(ids, person->email);
    const char *const prefixes[] = {person->prefix, ""};
    for (size_t i = 0; id == NULL && i < G_N_ELEMENTS(prefixes); i++) {
        g_autofree char *key =
            g_strdup_printf("%s%s%s %s|%s", prefixes[i], *prefixes[i] != '\0' ? " " : "",
                            person->given, person->family, person->org);
        id = g_hash_table_lookup(ids, key);
    }
    return id;
}

static bool add_touch(struct action_call *call, const char *id, const struct told *told,
                      GError **error)
{
    char day[DAY_TEXT];
    day_format(clock_today(&call->env->clock) - told->days_ago, day);
    json_t *args = json_pack("{s:s, s:s, s:s, s:s, s:s}", "person", id, "kind", told->kind, "on",
                             day, "direction", told->direction, "note", told->note);
    if (told->minutes > 0) {
        json_object_set_new(args, "minutes", json_integer(told->minutes));
    }
    return demo_act(call, "touch.add", args, AT_NONE, NULL, error);
}

static bool tell_leads(struct action_call *call, const struct demo_cast *cast, GHashTable *ids,
                       GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(story); i++) {
        const char *id = id_of(ids, &cast->people[story[i].lead]);
        if (id != NULL && !add_touch(call, id, &story[i], error)) {
            return false;
        }
    }
    return true;
}

static bool tell_others(struct action_call *call, const struct demo_cast *cast, GHashTable *ids,
                        GError **error)
{
    struct prng prng;
    prng_init(&prng, 77);
    for (int i = 15; i < cast->n; i++) {
        const char *id = id_of(ids, &cast->people[i]);
        uint32_t n = prng_below(&prng, 100) < 30 ? 1 + prng_below(&prng, 4) : 0;
        for (uint32_t t = 0; id != NULL && t < n; t++) {
            struct told told = {.days_ago = prng_between(&prng, 5, 700),
                                .kind = small_kinds[prng_below(&prng, G_N_ELEMENTS(small_kinds))],
                                .direction = "both",
                                .minutes = (int)prng_below(&prng, 4) * 15,
                                .note = small_notes[prng_below(&prng, G_N_ELEMENTS(small_notes))]};
            if (!add_touch(call, id, &told, error)) {
                return false;
            }
        }
    }
    return true;
}

struct pace {
    int lead;
    const char *every;
};
static const struct pace paces[] = {{0, "35d"}, {1, "35d"},  {2, "35d"}, {5, "90d"},
                                    {8, "90d"}, {11, "90d"}, {3, "180d"}};

struct next {
    int lead;
    int due_in;
    int minutes;
    const char *title;
    const char *why;
    const char *strategy;
};
static const struct next nexts[] = {
    {1, -9, 10, "Tell Prof. Anjum the date of the exam",
     "You said that you would tell him within ten days. He wrote to two programmes for you last "
     "year, and he cannot help with what "
     "he does not know.",
     "nurture"},
    {0, 0, 15, "Thank Dr. Hassan for the rotation",
     "Your weeks at Northquay General ended four days ago. A thank-you that names one thing you "
     "learned is kindest soon, and it comes "
     "before asking for the letter.",
     "post_rotation"},
    {4, 0, 10, "One short nudge to Dr. Kovalchuk",
     "Your first message eleven days ago has no answer. One line under the same subject is fine. "
     "If this one rests too, she is left "
     "in peace for six months.",
     "alumni"},
    {6, 0, 15, "Ask Ms. Lindqvist which portal her letters use",
     "Letter writers moved to a new portal on 1 June 2026. Dr. Venkataraman's letter goes through "
     "her office.",
     "post_rotation"},
    {2, 2, 15, "Send Dr. Rao your CV", "She asked for it on the telephone yesterday.",
     "mentors_informational"},
    {3, 3, 20, "Talk with Dr. Zhang on Thursday", "She offered Thursdays after four.",
     "mentors_informational"},
    {5, 12, 45, "Send Dr. Venkataraman your personal statement",
     "He is willing to write in September and asked to read it first.", "plan_cv"},
};

static bool tell_plans(struct action_call *call, const struct demo_cast *cast, GHashTable *ids,
                       GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(paces); i++) {
        const char *id = id_of(ids, &cast->people[paces[i].lead]);
        if (id != NULL && !demo_act(call, "cadence.set",
                                    json_pack("{s:s, s:s}", "person", id, "every", paces[i].every),
                                    AT_NONE, NULL, error)) {
            return false;
        }
    }
    for (size_t i = 0; i < G_N_ELEMENTS(nexts); i++) {
        const char *id = id_of(ids, &cast->people[nexts[i].lead]);
        char day[DAY_TEXT];
        day_format(clock_today(&call->env->clock) + nexts[i].due_in, day);
        if (id != NULL &&
            !demo_act(call, "step.add",
                      json_pack("{s:s, s:s, s:s, s:s, s:i, s:s}", "person", id, "title",
                                nexts[i].title, "why", nexts[i].why, "due", day, "minutes",
                                nexts[i].minutes, "strategy", nexts[i].strategy),
                      AT_NONE, NULL, error)) {
            return false;
        }
    }
    return true;
}

bool demo_story_tell(struct action_call *call, const struct demo_cast *cast, GError **error)
{
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return find_people(call, ids, error) && tell_leads(call, cast, ids, error) &&
           tell_others(call, cast, ids, error) && tell_plans(call, cast, ids, error) &&
           demo_steps_tell(call, cast, id_of, ids, error);
}
