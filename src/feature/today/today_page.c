/* GET /: today, or the first page of an empty folder. */
#include "feature/today/today_parts.h"

#include "base/words.h"
#include "page/usual.h"
#include "today_first.tpl.h"
#include "model/step.h"
#include "today.tpl.h"

#include <string.h>

#define QUOTE_CHARS 200
#define N_DATES 6
#define N_RESTING 5

static const char *const weekdays[] = {"",         "Monday", "Tuesday",  "Wednesday",
                                       "Thursday", "Friday", "Saturday", "Sunday"};
static const char *const months[] = {"",        "January",  "February", "March",  "April",
                                     "May",     "June",     "July",     "August", "September",
                                     "October", "November", "December"};

static const char *long_day(struct page *page, int32_t day)
{
    int year;
    int month;
    int of_month;
    day_to_ymd(day, &year, &month, &of_month);
    return page_printf(page, "%s %d %s", weekdays[day_weekday(day)], of_month, months[month]);
}

/* "One", "Two" ... "Nine", then figures: a sentence does not begin with a figure. */
static const char *number_word(struct page *page, guint n, bool starts)
{
    static const char *const words[] = {"no",   "one", "two",   "three", "four",
                                        "five", "six", "seven", "eight", "nine"};
    static const char *const starting[] = {"No",   "One", "Two",   "Three", "Four",
                                           "Five", "Six", "Seven", "Eight", "Nine"};
    return n < 10 ? (starts ? starting[n] : words[n]) : page_printf(page, "%u", n);
}

static int64_t sum_minutes(const GArray *due)
{
    int64_t minutes = 0;
    for (guint i = 0; i < due->len; i++) {
        minutes += today_minutes(&g_array_index(due, struct today_due, i));
    }
    return minutes;
}

static const char *group_words(struct page *page, const GArray *due)
{
    g_autofree char *count = words_count(due->len, "step", "steps");
    g_autofree char *minutes = words_minutes((int)sum_minutes(due));
    return page_printf(page, "%s%s%s", count, *minutes != '\0' && sum_minutes(due) > 0 ? ", " : "",
                       sum_minutes(due) > 0 ? minutes : "");
}

/* "One step is overdue and three are due. About 50 minutes. Two people wrote to you." */
static const char *lead_words(struct page *page, const struct today *today)
{
    guint late = today->overdue->len;
    guint due = today->due->len;
    int64_t minutes = sum_minutes(today->overdue) + sum_minutes(today->due);
    GString *lead = g_string_new(NULL);
    if (late > 0 && due > 0) {
        g_string_append_printf(lead, "%s %s overdue and %s %s due.", number_word(page, late, true),
                               late == 1 ? "step is" : "steps are", number_word(page, due, false),
                               due == 1 ? "is" : "are");
    } else if (late + due > 0) {
        g_string_append_printf(lead, "%s %s %s.", number_word(page, late + due, true),
                               late + due == 1 ? "step is" : "steps are",
                               late > 0 ? "overdue" : "due today");
    } else {
        g_string_append(lead, "Nothing is due.");
    }
    if (minutes > 0) {
        g_autofree char *words = words_minutes((int)minutes);
        g_string_append_printf(lead, " About %s.", words);
    }
    if (today->heard->len > 0) {
        g_string_append_printf(lead, " %s %s to you this week.",
                               number_word(page, today->heard->len, true),
                               today->heard->len == 1 ? "person wrote" : "people wrote");
    }
    return page_keep(page, g_string_free(lead, false));
}

static const char *quote_of(struct page *page, const char *note)
{
    if (note == NULL || *note == '\0') {
        return NULL;
    }
    if (g_utf8_strlen(note, -1) <= QUOTE_CHARS) {
        return page_printf(page, "“%s”", note);
    }
    g_autofree char *head = g_utf8_substring(note, 0, QUOTE_CHARS);
    return page_printf(page, "“%s…”", head);
}

/* A mail to them where that is possible, else their page. */
static struct part_act write_act(struct page *page, const char *label,
                                 const struct person_row *person, const struct part_name *name)
{
    bool can_write = person->email != NULL && !person->do_not_contact;
    return (struct part_act){.label = can_write ? label : "Open",
                             .about = name->latin,
                             .href = can_write ? page_printf(page, "mailto:%s", person->email)
                                               : name->href};
}

static void fill_heard(struct page *page, const struct today *today, int32_t day,
                       struct today_view *view)
{
    struct today_news *news = page_room(page, struct today_news, today->heard->len);
    for (guint i = 0; i < today->heard->len; i++) {
        const struct today_heard *one = &g_array_index(today->heard, struct today_heard, i);
        g_autofree char *when = day_relative(one->touch.on_day, day);
        bool is_answer = strcmp(one->touch.kind, "invitation_accepted") == 0;
        news[i].name = page_name(page, &one->person);
        news[i].when =
            page_printf(page, "%s %s", is_answer ? "accepted your invitation" : "wrote", when);
        news[i].quote = quote_of(page, one->touch.note);
        news[i].act = write_act(page, "Answer", &one->person, &news[i].name);
    }
    view->heard = news;
    view->n_heard = today->heard->len;
}

static void fill_changed(struct page *page, const struct today *today, struct today_view *view)
{
    struct today_news *news = page_room(page, struct today_news, today->changed->len);
    for (guint i = 0; i < today->changed->len; i++) {
        const struct today_changed *one = &g_array_index(today->changed, struct today_changed, i);
        news[i].name = page_name(page, &one->person);
        news[i].before = page_keep(page, g_strdup(one->before));
        news[i].after = page_keep(page, g_strdup(one->after));
        news[i].act = write_act(page, "Congratulate", &one->person, &news[i].name);
    }
    view->changed = news;
    view->n_changed = today->changed->len;
    view->changed_words = today->n_changed > (int)today->changed->len
                              ? page_printf(page, "%u of %d, from your imports of the last 30 days",
                                            today->changed->len, today->n_changed)
                              : "from your imports of the last 30 days";
}

static void fill_resting(struct page *page, const struct today *today, int32_t day,
                         struct today_view *view)
{
    guint n = MIN(today->resting->len, N_RESTING);
    struct today_news *news = page_room(page, struct today_news, n);
    for (guint i = 0; i < n; i++) {
        const struct today_resting *one = &g_array_index(today->resting, struct today_resting, i);
        g_autofree char *until =
            one->until_day != DAY_NONE ? day_relative(one->until_day, day) : NULL;
        news[i].name = page_name(page, &one->person);
        news[i].when = until != NULL ? page_printf(page, "until %s", until) : "until you say so";
    }
    view->resting = news;
    view->n_shown_resting = n;
    view->n_resting = today->resting->len;
}

/* Steps of the next weeks that are not due yet. */
static bool fill_dates(struct page *page, struct book *book, int32_t day, struct today_view *view,
                       GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) steps = g_array_new(false, true, sizeof(struct step));
    struct step_filter filter = {.due_until = day + 42, .limit = 100};
    if (!step_list(book, &filter, text, steps, error)) {
        return false;
    }
    struct today_date *dates = page_room(page, struct today_date, N_DATES);
    for (guint i = 0; i < steps->len && view->n_dates < N_DATES; i++) {
        const struct step *step = &g_array_index(steps, struct step, i);
        char iso[DAY_TEXT];
        char id[ID_TEXT];
        if (step->due_day == DAY_NONE || step->due_day <= day) {
            continue;
        }
        g_autofree char *words = day_relative(step->due_day, day);
        dates[view->n_dates++] = (struct today_date){
            .iso = page_printf(page, "%s", day_format(step->due_day, iso)),
            .words = page_printf(page, "%s", words),
            .title = page_keep(page, g_strdup(step->title)),
            .href = page_printf(page, "/steps/%s", id_format(step->step_id, id))};
    }
    view->dates = dates;
    return true;
}

static bool render_today(struct page *page, struct book *book, GError **error)
{
    struct today_view view = {0};
    int32_t day = book_today(book);
    g_autoptr(today_ptr) today = today_load(book, error);
    if (today == NULL || !today_log_fill(page, book, &view.log, error) ||
        !today_week_fill(page, book, day, &view.week, error) ||
        !fill_dates(page, book, day, &view, error)) {
        return false;
    }
    page_frame(page, NAV_TODAY, "Today", &view.frame);
    view.frame.is_two = true;
    view.title = long_day(page, day);
    view.lead = lead_words(page, today);
    view.overdue = today_steps(page, today->overdue, day);
    view.n_overdue = today->overdue->len;
    view.overdue_words = group_words(page, today->overdue);
    view.due = today_steps(page, today->due, day);
    view.n_due = today->due->len;
    view.due_words = group_words(page, today->due);
    view.is_quiet = view.n_overdue + view.n_due == 0;
    fill_heard(page, today, day, &view);
    fill_changed(page, today, &view);
    fill_resting(page, today, day, &view);
    today_render(page->out, &view);
    return true;
}

static bool answer(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    int64_t people = 0;
    if (!person_count(&book, &people, error)) {
        return false;
    }
    if (people > 0) {
        return render_today(page, &book, error);
    }
    struct first_view view = {0};
    page_frame(page, NAV_TODAY, "First start", &view.frame);
    today_first_render(page->out, &view);
    return true;
}

bool today_page(struct page *page, GError **error)
{
    return db_read(page->db, "page today", answer, page, error);
}
