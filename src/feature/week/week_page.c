/* GET /week: the seven days, what is left of hours and money, and what stands beside. */
#include "feature/week/week_parts.h"

#include "base/money.h"
#include "base/words.h"
#include "page/usual.h"
#include "week.tpl.h"

#include <string.h>

#define DOTS_MAX 5
#define LEFT_SHOWN 5
#define MOVED_SHOWN 5

static const char *const weekdays[] = {"",         "Monday", "Tuesday",  "Wednesday",
                                       "Thursday", "Friday", "Saturday", "Sunday"};

int32_t week_asked(const struct page *page, int32_t today)
{
    const char *text = page_query(page, "week");
    int32_t day;
    return week_monday(text != NULL && day_parse(text, &day) ? day : today);
}

const char *week_href(struct page *page, int32_t monday, int32_t today)
{
    char iso[DAY_TEXT];
    return monday == week_monday(today)
               ? "/week"
               : page_printf(page, "/week?week=%s", day_format(monday, iso));
}

static const char *iso_of(struct page *page, int32_t day)
{
    char iso[DAY_TEXT];
    return page_printf(page, "%s", day_format(day, iso));
}

static const char *dollars(struct page *page, int64_t cents)
{
    struct money money = {.cents = cents, .currency = "USD"};
    return page_keep(page, money_format(&money));
}

static const char *minutes_of(struct page *page, int minutes)
{
    return page_keep(page, words_minutes(MAX(minutes, 0)));
}

/* ---- the ledger ---- */

static int count_done(const struct week_plan *plan)
{
    int n = 0;
    for (guint i = 0; i < plan->choices->len; i++) {
        n += g_array_index(plan->choices, struct week_choice, i).is_done;
    }
    return n;
}

static void fill_money(struct page *page, const struct week_plan *plan, struct week_view *view)
{
    int64_t left = plan->cents_max - plan->cents_used - plan->cents_planned;
    int n = 0;
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        n += !choice->is_done && choice->cents > 0;
    }
    view->money = left > 0 ? dollars(page, left) : "$0";
    GString *small = g_string_new(NULL);
    g_string_append_printf(small, "of %s", dollars(page, plan->week.cents));
    const char *join = "; ";
    if (plan->cents_earlier > 0) {
        g_string_append_printf(small, "%s%s spent earlier this month", join,
                               dollars(page, plan->cents_earlier));
        join = ", ";
    }
    if (plan->cents_used > 0) {
        g_string_append_printf(small, "%s%s spent", join, dollars(page, plan->cents_used));
        join = ", ";
    }
    if (n > 0) {
        g_autofree char *steps = words_count(n, "step", "steps");
        g_string_append_printf(small, "%s%s for %s", join, dollars(page, plan->cents_planned),
                               steps);
    }
    view->money_small = page_keep(page, g_string_free(small, FALSE));
}

static void fill_ledger(struct page *page, const struct week_plan *plan, struct week_view *view)
{
    int left = plan->week.minutes - plan->minutes_used - plan->minutes_planned;
    const char *used = minutes_of(page, plan->minutes_used);
    const char *planned = minutes_of(page, plan->minutes_planned);
    view->time = minutes_of(page, left);
    view->time_small =
        plan->minutes_used > 0
            ? page_printf(page, "of %s; %s used, %s planned", minutes_of(page, plan->week.minutes),
                          used, planned)
            : page_printf(page, "of %s; %s planned", minutes_of(page, plan->week.minutes), planned);
    fill_money(page, plan, view);
    view->messages = page_printf(page, "%d", plan->n_messages);
    view->messages_small = plan->n_department_most > 1
                               ? page_printf(page, "of %d at most; %d in one department",
                                             plan->week.messages, plan->n_department_most)
                               : page_printf(page, "of %d at most", plan->week.messages);
    view->done = page_printf(page, "%d", count_done(plan));
    g_autofree char *steps = words_count(plan->choices->len, "step", "steps");
    view->done_small = page_printf(page, "of %s", steps);
}

/* ---- the days ---- */

static const char *free_words(struct page *page, const struct goal *goal, int32_t day)
{
    static const char *const names[] = {"", "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return goal_has(goal->free_days, names[day_weekday(day)])
               ? page_printf(page, "Nothing planned. You keep %ss free.",
                             weekdays[day_weekday(day)])
               : "Nothing planned.";
}

/* "1 h 35, of which 50 min open" */
static const char *day_meta(struct page *page, int used, int open, int n)
{
    if (n == 0) {
        return "free";
    }
    if (used + open == 0) {
        return "";
    }
    if (used > 0 && open > 0) {
        return page_printf(page, "%s, of which %s open", minutes_of(page, used + open),
                           minutes_of(page, open));
    }
    return used > 0 ? page_printf(page, "%s used", minutes_of(page, used)) : minutes_of(page, open);
}

static const struct week_dot *dots_of(struct page *page, int n_done, int n_open, size_t *n_out)
{
    int n = MIN(n_done + n_open, DOTS_MAX);
    int done = n_done + n_open <= DOTS_MAX ? n_done : MIN(n_done, MAX(DOTS_MAX - n_open, 1));
    struct week_dot *dots = page_room(page, struct week_dot, n);
    for (int i = 0; i < n; i++) {
        int tenths = (2 * i - (n - 1)) * 45;
        dots[i].is_done = i < (n_done == 0 ? 0 : done);
        dots[i].shift = page_printf(page, "translate(%s%d.%d)", tenths < 0 ? "-" : "",
                                    ABS(tenths) / 10, ABS(tenths) % 10);
    }
    *n_out = (size_t)n;
    return dots;
}

static bool fill_day(struct page *page, struct book *book, const struct week_plan *plan,
                     int32_t day, struct week_day *out, GError **error)
{
    int used = 0;
    int open = 0;
    int n_done = 0;
    int year;
    int month;
    int of_month;
    struct part_step *steps = page_room(page, struct part_step, plan->choices->len);
    day_to_ymd(day, &year, &month, &of_month);
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        if (choice->on_day != day) {
            continue;
        }
        if (!week_fill_row(page, book, plan, choice, &steps[out->n_steps++], error)) {
            return false;
        }
        *(choice->is_done ? &used : &open) += choice->minutes;
        n_done += choice->is_done;
    }
    int n = (int)out->n_steps;
    out->steps = steps;
    out->id = page_printf(page, "d%d", of_month);
    out->href = page_printf(page, "#d%d", of_month);
    out->head = page_printf(page, "h%d", of_month);
    out->brief = page_printf(page, "%.3s %d", weekdays[day_weekday(day)], of_month);
    out->is_today = day == plan->today;
    out->is_ahead = day > plan->today;
    out->is_first = day == plan->week.monday;
    out->is_last = day == plan->week.monday + 6;
    out->title = page_printf(page, "%s %d%s", weekdays[day_weekday(day)], of_month,
                             out->is_today ? ", today" : "");
    out->count = n == 0        ? "free"
                 : n == n_done ? page_printf(page, "%d done", n)
                               : page_printf(page, "%d open", n - n_done);
    out->meta = day_meta(page, used, open, n);
    out->empty = free_words(page, &plan->survey->outlook->goal, day);
    out->is_left_out = n == 0 && day < plan->today;
    out->dots = dots_of(page, n_done, n - n_done, &out->n_dots);
    return true;
}

static bool fill_days(struct page *page, struct book *book, const struct week_plan *plan,
                      struct week_view *view, GError **error)
{
    struct week_day *days = page_room(page, struct week_day, 7);
    for (int d = 0; d < 7; d++) {
        if (!fill_day(page, book, plan, plan->week.monday + d, &days[d], error)) {
            return false;
        }
    }
    view->days = days;
    view->n_days = 7;
    return true;
}

/* ---- beside ---- */

static bool fill_last(struct page *page, struct book *book, const struct week_plan *plan,
                      struct week_view *view, GError **error)
{
    g_autoptr(week_plan_ptr) last = NULL;
    struct week_result result;
    int32_t monday = plan->week.monday - 7;
    char iso[DAY_TEXT];
    if (!week_plan(book, &page->actions->strategies, monday, &last, error) ||
        !week_result_load(book, last, &result, error)) {
        return false;
    }
    const char *text = page_keep(page, week_result_words(&result));
    g_autofree char *days = week_days_words(monday, plan->today);
    bool is_last = plan->week.monday == week_monday(plan->today);
    view->last_title = page_printf(page, is_last ? "Last week, %s" : "The week before, %s", days);
    view->last_text = text[0] == '\0' || plan->week.monday > week_monday(plan->today) ? NULL : text;
    view->last_href = week_href(page, monday, plan->today);
    view->review_href = page_printf(page, "/week/review?week=%s", day_format(monday, iso));
    view->review_words =
        last->week.reviewed_at == AT_NONE ? "Review, ten minutes" : "Reviewed; look again";
    return true;
}

static const struct week_words *words_of(struct page *page, GPtrArray *texts, size_t *n_out)
{
    struct week_words *words = page_room(page, struct week_words, texts->len);
    for (guint i = 0; i < texts->len; i++) {
        words[i].text = page_printf(page, "%s", (const char *)g_ptr_array_index(texts, i));
    }
    *n_out = texts->len;
    return words;
}

static void fill_left(struct page *page, const struct week_plan *plan, struct week_view *view)
{
    struct week_words *left = page_room(page, struct week_words, LEFT_SHOWN);
    char iso[DAY_TEXT];
    for (guint i = 0; i < plan->left->len && view->n_left < LEFT_SHOWN; i++) {
        const struct week_left *one = &g_array_index(plan->left, struct week_left, i);
        g_autofree char *key = suggestion_key(one->suggestion);
        g_autofree char *part = g_uri_escape_string(key, NULL, false);
        left[view->n_left++] = (struct week_words){
            .text = page_keep(page, suggestion_line(plan->survey->outlook, one->suggestion)),
            .href = page_printf(page, "/week/step?key=%s", part),
            .meta = page_printf(page, "%d min, %s", one->suggestion->minutes, one->why_not)};
    }
    view->left = left;
    view->left_href = page_printf(page, "/week/left?week=%s", day_format(plan->week.monday, iso));
    view->left_all =
        plan->n_left > (int)view->n_left ? page_printf(page, "All %d", plan->n_left) : NULL;
}

static bool fill_beside(struct page *page, struct book *book, const struct week_plan *plan,
                        struct week_view *view, GError **error)
{
    g_autoptr(GPtrArray) moved = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) news = g_ptr_array_new_with_free_func(g_free);
    char *head = NULL;
    char *text = NULL;
    if (!fill_last(page, book, plan, view, error) || !week_news(book, plan, news, error)) {
        return false;
    }
    week_moved(plan, moved);
    if (moved->len > MOVED_SHOWN) {
        view->moved_all = page_printf(page, "All %u", moved->len);
        g_ptr_array_set_size(moved, MOVED_SHOWN);
    }
    view->moved = words_of(page, moved, &view->n_moved);
    view->news = words_of(page, news, &view->n_news);
    g_autofree char *number = week_starting((int)news->len);
    view->news_head = page_printf(page, "%s %s changed since you agreed.", number,
                                  news->len == 1 ? "thing" : "things");
    if (!view->is_past && week_danger(plan, &head, &text)) {
        view->danger_head = page_keep(page, head);
        view->danger = page_keep(page, text);
    }
    fill_left(page, plan, view);
    return true;
}

/* ---- the page ---- */

static void fill_head(struct page *page, const struct week_plan *plan, struct week_view *view)
{
    int32_t monday = plan->week.monday;
    int32_t today = plan->today;
    int n_proposed = 0;
    int n_open = 0;
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        n_proposed += choice->suggestion != NULL;
        n_open += choice->step != NULL && !choice->is_done ? choice->minutes : 0;
    }
    view->refusal = page->refusal;
    view->title = page_keep(page, week_days_words(monday, today));
    view->lead = page_keep(page, week_lead(plan));
    view->here = week_href(page, monday, today);
    view->monday = iso_of(page, monday);
    view->is_past = monday + 7 <= today;
    view->is_accepted = plan->week.accepted_at != AT_NONE;
    view->can_accept = n_proposed > 0 && !view->is_accepted && !view->is_past;
    view->accept = n_proposed == 1
                       ? "Agree to the step that is proposed"
                       : page_printf(page, "Agree to the %d steps proposed", n_proposed);
    view->before_href = week_href(page, monday - 7, today);
    view->before = page_keep(page, week_days_words(monday - 7, today));
    view->after_href = week_href(page, monday + 7, today);
    view->after = page_keep(page, week_days_words(monday + 7, today));
    view->before = page_printf(page, "← %s", view->before);
    view->after = page_printf(page, "%s →", view->after);
    view->limits_href = page_printf(page, "/week/limits?week=%s", view->monday);
    view->has_no_goal = plan->survey->outlook->goal.n_answered == 0;
    view->is_nothing = plan->n_suggestions == 0 && plan->choices->len == 0 && !view->is_past &&
                       plan->survey->outlook->contacts->len == 0;
    if (plan->is_over) {
        view->over = page_printf(page, "Steps with a day take %s, and %s was meant for them.",
                                 minutes_of(page, n_open),
                                 minutes_of(page, plan->week.minutes - plan->minutes_used));
    }
}

static bool answer(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    struct week_view view = {0};
    g_autoptr(week_plan_ptr) plan = NULL;
    if (!week_plan(&book, &page->actions->strategies, week_asked(page, book_today(&book)), &plan,
                   error)) {
        return false;
    }
    page_frame(page, NAV_WEEK, "Week", &view.frame);
    view.frame.is_two = true;
    fill_head(page, plan, &view);
    fill_ledger(page, plan, &view);
    if (!fill_days(page, &book, plan, &view, error) ||
        !fill_beside(page, &book, plan, &view, error)) {
        return false;
    }
    week_render(page->out, &view);
    return true;
}

bool week_page(struct page *page, GError **error)
{
    return db_read(page->db, "page week", answer, page, error);
}
