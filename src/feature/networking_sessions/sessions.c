/* Sessions inside events: questions before, names after, and the open houses of programmes. Pure. */
#include "feature/networking_sessions/sessions.h"

#include "model/since.h"

#define QUESTIONS_FROM 10 /* days before */
#define NAMES_UNTIL 5     /* days after */
#define OPEN_HOUSE_BEFORE 45 /* days before the first day to submit */

static bool is_gathering(const struct pursuit *pursuit)
{
    static const char *const kinds[] = {"session", "meeting", "conference"};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (pursuit->deleted_at == AT_NONE && g_strcmp0(pursuit->kind, kinds[i]) == 0) {
            return g_strcmp0(pursuit->stage, "missed") != 0;
        }
    }
    return false;
}

static bool has_people(const struct outlook *outlook, int64_t pursuit_id)
{
    for (guint i = 0; i < outlook->pursuit_people->len; i++) {
        if (g_array_index(outlook->pursuit_people, struct pursuit_person, i).pursuit_id ==
            pursuit_id) {
            return true;
        }
    }
    return false;
}

struct gathering {
    const char *title;
    const char *ref;     /* of a date; NULL */
    int64_t pursuit_id;  /* 0 */
    int32_t from_day;
    int32_t until_day;
    bool has_people;
};

static void add(const struct outlook *outlook, const struct gathering *one,
                struct suggestions *out)
{
    int left = days_until(outlook, one->from_day);
    int ago = days_since(outlook, one->until_day);
    bool is_ahead = left >= 0 && left <= QUESTIONS_FROM;
    bool is_over = ago >= 0 && ago <= NAMES_UNTIL && left <= 0 && !one->has_people;
    if (!is_ahead && !is_over) {
        return;
    }
    /* On its last day names go before questions. */
    struct suggestion *added =
        suggest(out, outlook, is_over ? "sessions.names" : "sessions.questions", NULL);
    if (added == NULL) {
        return;
    }
    added->detail = one->title;
    added->ref = one->ref;
    added->about_id = one->pursuit_id;
    added->until_day = is_over ? one->until_day + NAMES_UNTIL : one->from_day;
    suggestion_term(added, is_over ? "session_was" : "session_day", 1,
                    is_over ? one->until_day : one->from_day, NULL);
}

/* From some weeks before the first day to submit until interviews begin. */
static void open_houses(const struct outlook *outlook, struct suggestions *out)
{
    static const char *const submits[] = {"eras_submit", "rescas_submit", "sf_target"};
    const struct season_date *interviews = season_date(outlook->season, "interviews");
    for (size_t i = 0; interviews != NULL && i < G_N_ELEMENTS(submits); i++) {
        const struct season_date *submit = season_date(outlook->season, submits[i]);
        if (submit == NULL || days_until(outlook, submit->on_day) > OPEN_HOUSE_BEFORE ||
            outlook->today >= interviews->on_day) {
            continue;
        }
        struct suggestion *one = suggest(out, outlook, "sessions.open_house", NULL);
        if (one != NULL) {
            one->until_day = interviews->on_day;
            one->season = outlook->today <= submit->on_day ? submit->id : interviews->id;
        }
        return;
    }
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (is_gathering(one) && one->from_day != DAY_NONE) {
            struct gathering gathering = {
                .title = one->title,
                .pursuit_id = one->pursuit_id,
                .from_day = one->from_day,
                .until_day = one->until_day != DAY_NONE ? one->until_day : one->from_day,
                .has_people = has_people(outlook, one->pursuit_id)};
            add(outlook, &gathering, out);
        }
    }
    if (outlook->season == NULL) {
        return;
    }
    for (guint i = 0; i < outlook->season->dates->len; i++) {
        const struct season_date *date =
            &g_array_index(outlook->season->dates, struct season_date, i);
        bool is_meeting = date->rule != NULL ? g_str_has_prefix(date->id, "conference_")
                                             : g_strcmp0(date->kind, "conference") == 0;
        bool is_own = date->rule == NULL || date->date_id != 0;
        struct gathering gathering = {.title = date->title,
                                      .ref = date->id,
                                      .from_day = date->on_day,
                                      .until_day = date->until_day,
                                      .has_people = !is_own};
        if (is_meeting) {
            add(outlook, &gathering, out);
        }
    }
    open_houses(outlook, out);
}

const struct strategy networking_sessions_strategy = {
    .id = "networking_sessions", .overall = overall, .href = "/strategies/networking_sessions"};
