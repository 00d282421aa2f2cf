/* What the demo's doctor aims for: the answers of the first conversation. */
#include "feature/demo/demo.h"

/* The Match that is still ahead: that of next year from April on. */
static int cycle_of(int32_t today)
{
    int year;
    int month;
    int of_month;
    day_to_ymd(today, &year, &month, &of_month);
    return month > 3 ? year + 1 : year;
}

bool demo_goal_tell(struct action_call *call, GError **error)
{
    int cycle = cycle_of(clock_today(&call->env->clock));
    g_autofree char *match = g_strdup_printf("%d", cycle);
    g_autofree char *graduated = g_strdup_printf("%d", cycle - 6);
    json_t *args = json_pack(
        "{s:[s,s], s:s, s:s, s:s, s:s, s:s, s:[s], s:s, s:s}", "specialties", "internal_medicine",
        "family_medicine", "cycle", match, "stage", "certified", "school",
        "Indus Delta Medical College", "school_country", "PK", "graduated", graduated,
        "citizenship", "PK", "visa", "j1", "work_permit", "none");
    json_t *more = json_pack(
        "{s:[s,s], s:s, s:s, s:s, s:[s,s], s:[s,s], s:[s], s:s, s:[s], s:s, s:[s]}", "exams",
        "step1", "step2ck", "place_now", "Toledo, Ohio", "country_now", "US", "zone",
        "America/New_York", "regions", "OH", "MI", "languages", "en", "ur", "heritage", "appna",
        "hours_week", "6", "free_days", "fri", "money_month", "80", "tried",
        "existing_connections");
    json_object_update(args, more);
    json_decref(more);
    return demo_act(call, "goal.set", args, AT_NONE, NULL, error);
}
