/* The goal answered, the CV ready before the application opens, one's own days in the season, and a
 * look back each month. Pure. */
#include "feature/plan_cv/plan.h"

#include "model/since.h"

#include <string.h>

#define CV_FROM 90     /* days before the application opens */
#define EXAM_FROM 300  /* days ahead that an exam is worth a day of its own */

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
        struct suggestion *one = left > 0 && left <= EXAM_FROM && date->date_id == 0
                                     ? suggest(out, outlook, "plan.exam_day", NULL)
                                     : NULL;
        if (one != NULL) {
            one->ref = date->id;
            one->detail = date->title;
            suggestion_term(one, "plan_guide", 1, date->on_day, NULL);
        }
    }
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
    suggest(out, outlook, "plan.review", NULL);
    exam_days(outlook, out);
}

const struct strategy plan_cv_strategy = {
    .id = "plan_cv", .overall = overall, .href = "/strategies/plan_cv"};
