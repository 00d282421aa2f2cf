/* The week as it stands: steps that are there, and what the planner adds to them. */
#include "model/week_part.h"

#include "data_suggestions.h"
#include "model/step.h"

#include <string.h>

int32_t week_step_day(const struct step *step)
{
    return step->snoozed_to == DAY_NONE ? step->due_day : MAX(step->due_day, step->snoozed_to);
}

bool week_is_free(const struct goal *goal, int32_t day)
{
    static const char *const names[] = {"", "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return goal_has(goal->free_days, names[day_weekday(day)]);
}

char *week_number(int64_t n)
{
    static const char *const words[] = {"no",    "one",   "two",  "three", "four",   "five",  "six",
                                        "seven", "eight", "nine", "ten",   "eleven", "twelve"};
    return n >= 0 && n < (int64_t)G_N_ELEMENTS(words) ? g_strdup(words[n])
                                                      : g_strdup_printf("%" G_GINT64_FORMAT, n);
}

/* ---- steps that are there ---- */

struct gathering {
    struct week_plan *plan;
    const struct week_request *request;
    GHashTable *planned; /* int64_t * step -> struct planned * in plan->planneds */
    GArray *open;        /* struct week_open */
};

static int32_t closed_day(const struct gathering *gathering, const struct step *step)
{
    return step->closed_at == AT_NONE ? DAY_NONE
                                      : clock_day_of(gathering->request->clock, step->closed_at);
}

/* Were you in touch with whom it is about since it was written down? */
static bool is_begun(const struct gathering *gathering, const struct step *step)
{
    const struct contact *contact =
        step->person_id == 0 ? NULL
                             : outlook_contact(gathering->plan->survey->outlook, step->person_id);
    int32_t made = clock_day_of(gathering->request->clock, step->created_at);
    return contact != NULL && (contact->last_out_day > made || contact->last_in_day > made);
}

/* The day of this week that an open step stands on; DAY_NONE: in another week. */
static int32_t open_day(const struct week_plan *plan, const struct step *step,
                        const struct planned *planned)
{
    int32_t monday = plan->week.monday;
    int32_t sunday = monday + WEEK_DAYS - 1;
    int32_t day = week_step_day(step);
    if (day == DAY_NONE) {
        day = planned == NULL ? DAY_NONE : planned->on_day;
    }
    bool is_over = sunday < plan->today;
    bool is_now = monday <= plan->today && !is_over;
    if (day == DAY_NONE || day > sunday || (day < monday && !is_now)) {
        return DAY_NONE;
    }
    if (is_over) { /* only what was planned for it */
        return planned != NULL && planned->monday == monday ? day : DAY_NONE;
    }
    return MAX(day, MAX(monday, plan->today));
}

static void gather_step(struct gathering *gathering, const struct step *step)
{
    struct week_plan *plan = gathering->plan;
    const struct planned *planned = g_hash_table_lookup(gathering->planned, &step->step_id);
    const struct data_suggestions *kind =
        planned == NULL || planned->kind == NULL ? NULL : data_suggestions_by_id(planned->kind);
    bool is_done = strcmp(step->state, "done") == 0;
    int32_t day = is_done ? closed_day(gathering, step) : open_day(plan, step, planned);
    bool is_here =
        day != DAY_NONE && day >= plan->week.monday && day < plan->week.monday + WEEK_DAYS;
    if (!is_here || strcmp(step->state, "dropped") == 0) {
        return;
    }
    struct week_open one = {
        .choice = {.step = step,
                   .planned = planned,
                   .on_day = day,
                   .minutes = MAX(step->minutes, 0),
                   .cents = MAX(step->cost_cents, 0),
                   .points = planned == NULL ? 0 : planned->points,
                   .is_message = kind != NULL && kind->is_message,
                   .is_done = is_done,
                   .is_begun = !is_done && is_begun(gathering, step)},
        .until_day = planned == NULL ? DAY_NONE : planned->until_day,
    };
    bool is_loose = gathering->request->is_again && !is_done && !one.choice.is_begun &&
                    planned != NULL && planned->origin != NULL && !planned->is_pinned;
    if (is_loose) {
        g_array_append_val(gathering->open, one);
    } else {
        g_array_append_val(plan->choices, one.choice);
    }
}

/* Spent on steps done in the month of `day` before the week. */
static int64_t spent_earlier(const struct gathering *gathering, int32_t day)
{
    int64_t cents = 0;
    int year;
    int month;
    int of_month;
    day_to_ymd(day, &year, &month, &of_month);
    int32_t first = day - of_month + 1;
    const GArray *steps = gathering->plan->steps;
    for (guint i = 0; i < steps->len; i++) {
        const struct step *step = &g_array_index(steps, struct step, i);
        int32_t done = strcmp(step->state, "done") == 0 ? closed_day(gathering, step) : DAY_NONE;
        if (done != DAY_NONE && done >= first && done < gathering->plan->week.monday) {
            cents += MAX(step->cost_cents, 0);
        }
    }
    return cents;
}

static void gather(struct gathering *gathering)
{
    struct week_plan *plan = gathering->plan;
    const struct outlook *outlook = plan->survey->outlook;
    g_array_append_vals(plan->steps, outlook->steps->data, outlook->steps->len);
    for (guint i = 0; i < gathering->request->planned->len; i++) {
        struct planned planned = g_array_index(gathering->request->planned, struct planned, i);
        planned.origin = keep_text(plan->text, planned.origin);
        planned.kind = keep_text(plan->text, planned.kind);
        planned.season = keep_text(plan->text, planned.season);
        planned.terms = keep_text(plan->text, planned.terms);
        g_array_append_val(plan->planneds, planned);
    }
    for (guint i = 0; i < plan->planneds->len; i++) {
        struct planned *planned = &g_array_index(plan->planneds, struct planned, i);
        g_hash_table_insert(gathering->planned, &planned->step_id, planned);
    }
    for (guint i = 0; i < plan->steps->len; i++) {
        gather_step(gathering, &g_array_index(plan->steps, struct step, i));
    }
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        plan->cents_used += choice->is_done ? choice->cents : 0;
    }
    int64_t month = outlook->goal.money_month;
    plan->cents_earlier = spent_earlier(gathering, MAX(plan->today, plan->week.monday));
    plan->cents_max = plan->week.cents;
    if (month >= 0) {
        plan->cents_max = MIN(plan->cents_max, MAX(month - plan->cents_earlier, 0));
    }
}

/* ---- what it comes to ---- */

static const char *department_of(const struct week_plan *plan, const struct week_choice *choice)
{
    int64_t person_id =
        choice->suggestion != NULL ? choice->suggestion->person_id : choice->step->person_id;
    const struct contact *contact =
        person_id == 0 ? NULL : outlook_contact(plan->survey->outlook, person_id);
    return contact == NULL ? NULL : contact->department;
}

static const struct data_suggestions *kind_of(const struct week_choice *choice)
{
    bool is_known = choice->planned != NULL && choice->planned->kind != NULL;
    return choice->suggestion != NULL ? choice->suggestion->kind
           : is_known                 ? data_suggestions_by_id(choice->planned->kind)
                                      : NULL;
}

/* The most messages to one department: those sent this week, and those planned; thanks not counted.
 */
static int department_most(const struct week_plan *plan)
{
    const struct outlook *outlook = plan->survey->outlook;
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    int most = 0;
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        const char *department = department_of(plan, choice);
        if (department == NULL || !choice->is_message || choice->is_done ||
            suggestion_is_thanks(kind_of(choice))) {
            continue;
        }
        int n = GPOINTER_TO_INT(g_hash_table_lookup(counts, department)) + 1;
        g_hash_table_insert(counts, (gpointer)department, GINT_TO_POINTER(n));
        most = MAX(most, n);
    }
    bool is_now = plan->week.monday == outlook->monday;
    for (guint i = 0; is_now && i < outlook->contacts->len; i++) {
        const struct contact *contact = &g_array_index(outlook->contacts, struct contact, i);
        if (contact->last_out_day == DAY_NONE || contact->last_out_day < outlook->monday ||
            contact->department == NULL) {
            continue;
        }
        int n = GPOINTER_TO_INT(g_hash_table_lookup(counts, contact->department)) + 1;
        g_hash_table_insert(counts, (gpointer)contact->department, GINT_TO_POINTER(n));
        most = MAX(most, n);
    }
    return most;
}

static void add_up(struct week_plan *plan)
{
    const struct outlook *outlook = plan->survey->outlook;
    int n_done = 0;
    int n_planned = 0;
    plan->cents_used = 0;
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        *(choice->is_done ? &plan->minutes_used : &plan->minutes_planned) += choice->minutes;
        *(choice->is_done ? &plan->cents_used : &plan->cents_planned) += choice->cents;
        *(choice->is_done ? &n_done : &n_planned) += choice->is_message;
    }
    bool is_now = plan->week.monday == outlook->monday;
    plan->n_messages = MAX(n_done, is_now ? outlook->n_messages_week : 0) + n_planned;
    plan->n_department_most = department_most(plan);
    plan->n_suggestions = (int)plan->survey->suggestions->len;
}

/* By day; done before open, late first, then worth. */
static int by_day(gconstpointer a_, gconstpointer b_)
{
    const struct week_choice *a = a_;
    const struct week_choice *b = b_;
    int order = (a->on_day > b->on_day) - (a->on_day < b->on_day);
    if (order == 0) {
        order = b->is_done - a->is_done;
    }
    int32_t a_day = a->step == NULL ? a->on_day : week_step_day(a->step);
    int32_t b_day = b->step == NULL ? b->on_day : week_step_day(b->step);
    if (order == 0 && !a->is_done) {
        order = (a_day > b_day) - (a_day < b_day);
    }
    if (order == 0) {
        order = (a->points < b->points) - (a->points > b->points);
    }
    if (order == 0 && a->step != NULL && b->step != NULL) {
        order = (a->step->step_id > b->step->step_id) - (a->step->step_id < b->step->step_id);
    }
    return order != 0 ? order : (a->step == NULL) - (b->step == NULL);
}

struct week_plan *week_plan_of(const struct week_request *request)
{
    struct week_plan *plan = g_new0(struct week_plan, 1);
    g_atomic_int_inc(&request->survey->ref_count);
    plan->survey = request->survey;
    plan->week = request->week;
    plan->today = request->survey->outlook->today;
    plan->text = g_string_chunk_new(2048);
    plan->week.note = keep_text(plan->text, request->week.note);
    plan->choices = g_array_new(FALSE, TRUE, sizeof(struct week_choice));
    plan->left = g_array_new(FALSE, TRUE, sizeof(struct week_left));
    plan->back = g_array_new(FALSE, TRUE, sizeof(struct week_choice));
    plan->steps = g_array_new(FALSE, TRUE, sizeof(struct step));
    plan->planneds = g_array_new(FALSE, TRUE, sizeof(struct planned));
    struct gathering gathering = {
        .plan = plan,
        .request = request,
        .planned = g_hash_table_new(g_int64_hash, g_int64_equal),
        .open = g_array_new(FALSE, TRUE, sizeof(struct week_open)),
    };
    gather(&gathering);
    bool is_over = plan->week.monday + WEEK_DAYS <= plan->today;
    if (!is_over) {
        week_fill(plan, gathering.open, plan->week.accepted_at == AT_NONE || request->is_again);
    } else {
        plan->is_proven = true;
    }
    g_array_sort(plan->choices, by_day);
    add_up(plan);
    g_hash_table_unref(gathering.planned);
    g_array_unref(gathering.open);
    return plan;
}

void week_plan_free(struct week_plan *plan)
{
    if (plan == NULL) {
        return;
    }
    g_array_unref(plan->choices);
    g_array_unref(plan->left);
    g_array_unref(plan->back);
    g_array_unref(plan->steps);
    g_array_unref(plan->planneds);
    g_string_chunk_free(plan->text);
    survey_release(plan->survey);
    g_free(plan);
}

static bool plan_load(struct book *book, const struct strategy_table *strategies, int32_t monday,
                      bool is_again, struct week_plan **plan_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(2048);
    g_autoptr(GArray) planned = g_array_new(FALSE, TRUE, sizeof(struct planned));
    g_autoptr(survey_ptr) survey = NULL;
    struct week_request request = {
        .planned = planned, .clock = &book->env->clock, .is_again = is_again};
    if (!survey_take(book, strategies, &survey, error) ||
        !week_load(book, &survey->outlook->goal, monday, text, &request.week, error) ||
        !planned_list(book, DAY_NONE, text, planned, error)) {
        return false;
    }
    request.survey = survey;
    *plan_out = week_plan_of(&request);
    return true;
}

bool week_plan(struct book *book, const struct strategy_table *strategies, int32_t monday,
               struct week_plan **plan_out, GError **error)
{
    return plan_load(book, strategies, monday, false, plan_out, error);
}

bool week_plan_again(struct book *book, const struct strategy_table *strategies, int32_t monday,
                     struct week_plan **plan_out, GError **error)
{
    return plan_load(book, strategies, monday, true, plan_out, error);
}
