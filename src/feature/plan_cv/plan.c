/* The goal answered, the CV ready before the application opens, one's own days in the season, and a
 * look back each month. Pure. */
#include "feature/plan_cv/plan.h"

#include "model/since.h"

#include <string.h>

#define CV_FROM 90     /* days before the application opens */
#define EXAM_FROM 300  /* days ahead that an exam is worth a day of its own */

#define REVIEW_DAYS 35 /* a month, and a few days */
#define REVIEW_FEW 3   /* steps done: with fewer there is nothing to compare */
#define SOAP_BEFORE 7

/* Without these nothing can be weighed. */
static bool is_goal_open(const struct goal *goal)
{
    return goal->specialties == NULL || goal->stage == NULL || goal->cycle == 0 ||
           goal->hours_week < 0;
}

/* The day the application opens that is next; NULL: none is near. */
static const struct season_date *opening(const struct outlook *outlook)
{
    static const char *const ids[] = {"eras_opens", "rescas_opens", "sf_opens"};
    const struct season_date *next = NULL;
    for (size_t i = 0; outlook->season != NULL && i < G_N_ELEMENTS(ids); i++) {
        const struct season_date *date = season_date(outlook->season, ids[i]);
        int left = date != NULL ? days_until(outlook, date->on_day) : LONG_AGO;
        if (left >= 0 && left <= CV_FROM && (next == NULL || date->on_day < next->on_day)) {
            next = date;
        }
    }
    return next;
}

static void exam_days(const struct outlook *outlook, struct suggestions *out)
{
    static const char *const ids[] = {"usmle_step1", "usmle_step2ck", "oet"};
    for (size_t i = 0; outlook->season != NULL && i < G_N_ELEMENTS(ids); i++) {
        const struct season_date *date = season_date(outlook->season, ids[i]);
        int left = date != NULL ? days_until(outlook, date->on_day) : LONG_AGO;
        bool is_late = date != NULL && left < 0;
        bool is_near = (left > 0 && left <= EXAM_FROM) || is_late;
        struct suggestion *one = is_near && date->date_id == 0
                                     ? suggest(out, outlook, "plan.exam_day", NULL)
                                     : NULL;
        if (one != NULL) {
            one->ref = date->id;
            one->detail = date->title;
            suggestion_term(one, is_late ? "plan_guide_late" : "plan_guide", 1, date->on_day, NULL);
        }
    }
}

/* Identity and credentials take weeks, and Step 1 cannot be booked before. */
static void account(const struct outlook *outlook, struct suggestions *out)
{
    const struct season_date *step1 =
        outlook->season != NULL ? season_date(outlook->season, "usmle_step1") : NULL;
    bool is_booked = step1 != NULL && step1->date_id != 0;
    if (goal_fits(&outlook->goal, "img exam_open:step1 stage:student|graduate") && !is_booked) {
        suggest(out, outlook, "plan.account", NULL);
    }
}

/* Before and in the four days of SOAP: what is ready can be sent, and nobody is written to. */
static void soap(const struct outlook *outlook, struct suggestions *out)
{
    const struct season_date *date =
        outlook->season != NULL ? season_date(outlook->season, "soap") : NULL;
    if (date == NULL || days_until(outlook, date->on_day) > SOAP_BEFORE ||
        outlook->today > date->until_day || !goal_fits(&outlook->goal, "stage:applying|unmatched")) {
        return;
    }
    struct suggestion *one = suggest(out, outlook, "plan.soap", NULL);
    if (one != NULL) {
        one->until_day = date->until_day;
    }
}

static bool has_month(const struct outlook *outlook)
{
    int n = 0;
    for (guint i = 0; i < outlook->steps->len; i++) {
        const struct step *step = &g_array_index(outlook->steps, struct step, i);
        bool is_done = g_strcmp0(step->state, "done") == 0 && step->closed_at != AT_NONE;
        n += is_done &&
             days_since(outlook, (int32_t)(step->closed_at / US_PER_DAY)) <= REVIEW_DAYS;
    }
    return n >= REVIEW_FEW;
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    if (is_goal_open(&outlook->goal)) {
        suggest(out, outlook, "goal.answer", NULL);
    }
    if (outlook->goal.n_answered == 0) {
        return;
    }
    const struct season_date *opens = opening(outlook);
    struct suggestion *cv = suggest(out, outlook, "plan.cv", NULL);
    if (cv != NULL && opens != NULL) {
        cv->season = opens->id;
        cv->until_day = opens->on_day;
    }
    if (has_month(outlook)) {
        suggest(out, outlook, "plan.review", NULL);
    }
    account(outlook, out);
    soap(outlook, out);
    exam_days(outlook, out);
}

const struct strategy plan_cv_strategy = {
    .id = "plan_cv", .overall = overall, .href = "/strategies/plan_cv"};
