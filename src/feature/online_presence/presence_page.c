/* The page of online presence: what is suggested, planned, looked at and out, by month. */
#include "feature/online_presence/presence_parts.h"

#include "base/words.h"
#include "data_pursuit_stages.h"
#include "net/http.h"
#include "online_presence.tpl.h"
#include "page/usual.h"

#include <string.h>

#define OUT_MOST 60 /* items out that are shown */
#define MONTH_NONE INT32_MAX

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

/* The action whose form was sent and is answered here; "" when none was. */
static const char *sent_form(const struct page *page)
{
    const char *path = page->typed != NULL ? http_request_path(page->request) : NULL;
    return path != NULL && g_str_has_prefix(path, "/do/") ? path + strlen("/do/") : "";
}

static const char *stage_name(const char *stage)
{
    for (size_t i = 0; i < n_data_pursuit_stages; i++) {
        if (strcmp(data_pursuit_stages[i].kind, "presence") == 0 &&
            strcmp(data_pursuit_stages[i].id, stage) == 0) {
            return data_pursuit_stages[i].name;
        }
    }
    return stage;
}

/* Months since year 0, for grouping; MONTH_NONE without a day. */
static int month_of(int32_t day)
{
    int year;
    int month;
    int of_month;
    if (day == DAY_NONE) {
        return MONTH_NONE;
    }
    day_to_ymd(day, &year, &month, &of_month);
    return year * 12 + month - 1;
}

static struct presence_row row_of(struct page *page, const struct pursuit *one, int32_t day,
                                  int32_t today)
{
    char id[ID_TEXT];
    bool is_open = presence_is_open(one);
    bool is_late = is_open && day != DAY_NONE && day < today;
    g_autofree char *words = day != DAY_NONE ? day_words(day, today) : g_strdup("no day yet");
    return (struct presence_row){
        .id = one->pursuit_id,
        .title = page_printf(page, "%s", one->title),
        .href = page_printf(page, "/presence/%s", id_format(one->pursuit_id, id)),
        .kind = presence_kind_name(one->ref),
        .stage = presence_out_day(one) == DAY_NONE ? stage_name(one->stage) : NULL,
        .day =
            is_late ? page_printf(page, "was meant for %s", words) : page_printf(page, "%s", words),
        .is_late = is_late,
        .is_open = is_open,
        .is_invited = g_strcmp0(one->role, PRESENCE_INVITED) == 0,
        .url = one->url != NULL ? page_printf(page, "%s", one->url) : NULL};
}

struct dated {
    const struct pursuit *one;
    int32_t day;
};

static gint earliest_first(gconstpointer a, gconstpointer b)
{
    int32_t one = ((const struct dated *)a)->day;
    int32_t other = ((const struct dated *)b)->day;
    int64_t x = one == DAY_NONE ? INT64_MAX : one; /* without a day: last */
    int64_t y = other == DAY_NONE ? INT64_MAX : other;
    return (x > y) - (x < y);
}

static gint latest_first(gconstpointer a, gconstpointer b)
{
    return -earliest_first(a, b);
}

/* Items one after the other, cut into months. */
static const struct presence_month *by_month(struct page *page, const GArray *items, int32_t today,
                                             size_t *n_out)
{
    struct presence_month *list = page_room(page, struct presence_month, MAX(items->len, 1u));
    struct presence_row *rows = page_room(page, struct presence_row, MAX(items->len, 1u));
    size_t n = 0;
    int last = -1;
    for (guint i = 0; i < items->len; i++) {
        const struct dated *item = &g_array_index(items, struct dated, i);
        int month = month_of(item->day);
        if (month != last) {
            list[n++] = (struct presence_month){
                .name = month == MONTH_NONE
                            ? "Without a day"
                            : page_printf(page, "%s %d", months[month % 12], month / 12),
                .rows = &rows[i]};
            last = month;
        }
        rows[i] = row_of(page, item->one, item->day, today);
        list[n - 1].n_rows++;
    }
    *n_out = n;
    return list;
}

/* "2 talks and webinars given; you were asked 3 times"; NULL when there is neither. */
static const char *talk_words(struct page *page, const GArray *pursuits)
{
    int n_talks = 0;
    int n_invited = 0;
    for (guint i = 0; i < pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(pursuits, struct pursuit, i);
        bool is_talk = g_strcmp0(one->ref, "talk") == 0 || g_strcmp0(one->ref, "webinar") == 0;
        if (presence_is(one)) {
            n_talks += is_talk && presence_out_day(one) != DAY_NONE;
            n_invited += g_strcmp0(one->role, PRESENCE_INVITED) == 0;
        }
    }
    if (n_talks == 0 && n_invited == 0) {
        return NULL;
    }
    g_autofree char *talks = words_count(n_talks, "talk or webinar", "talks and webinars");
    g_autofree char *times = words_count(n_invited, "invitation", "invitations");
    return page_printf(page, "%s given, %s received.", talks, times);
}

static void fill_lists(struct page *page, const struct outlook *outlook, struct presence_view *view)
{
    g_autoptr(GArray) planned = g_array_new(false, false, sizeof(struct dated));
    g_autoptr(GArray) out = g_array_new(false, false, sizeof(struct dated));
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        struct dated item = {.one = one, .day = one->due_day};
        if (presence_is_open(one)) {
            g_array_append_val(planned, item);
        } else if (presence_out_day(one) != DAY_NONE) {
            item.day = presence_out_day(one);
            g_array_append_val(out, item);
        }
    }
    g_array_sort(planned, earliest_first);
    g_array_sort(out, latest_first);
    if (out->len > OUT_MOST) {
        view->out_meta = page_printf(page, "the newest %d of %u", OUT_MOST, out->len);
        g_array_set_size(out, OUT_MOST);
    }
    view->planned = by_month(page, planned, outlook->today, &view->n_planned);
    view->out = by_month(page, out, outlook->today, &view->n_out);
    view->talks = talk_words(page, outlook->pursuits);
}

static const char *rest_words(struct page *page, const struct outlook *outlook)
{
    int32_t last = presence_last_day(outlook->pursuits);
    if (last == DAY_NONE || outlook->today < last || outlook->today - last >= 30) {
        return "Something is planned for the weeks ahead, or stands in your week already.";
    }
    g_autofree char *day = day_words(last, outlook->today);
    return page_printf(page, "Something of yours came out on %s. That is enough for a month.", day);
}

/* What was typed into the check, and what was found in it. */
static void fill_check(struct page *page, struct presence_view *view)
{
    const json_t *signs = json_object_get(page->result, "signs");
    if (strcmp(sent_form(page), "presence.check") != 0) {
        return;
    }
    view->draft = page_typed(page, "text", NULL);
    view->check_refusal = page_refused(page, "text");
    view->was_checked = json_is_array(signs);
    g_autoptr(GArray) found = g_array_new(false, false, sizeof(struct presence_sign));
    for (size_t i = 0; i < json_array_size(signs); i++) {
        const json_t *sign = json_array_get(signs, i);
        struct presence_sign one = {.title = json_string_value(json_object_get(sign, "title")),
                                    .found = json_string_value(json_object_get(sign, "found")),
                                    .why = json_string_value(json_object_get(sign, "why")),
                                    .instead = json_string_value(json_object_get(sign, "instead"))};
        g_array_append_val(found, one);
    }
    view->signs = presence_fill_signs(page, found, &view->n_signs, &view->checked_words);
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(survey_ptr) survey = NULL;
    if (!survey_take(&book, &page->actions->strategies, &survey, error)) {
        return false;
    }
    struct presence_view view = {.is_form_open = strcmp(sent_form(page), "presence.add") == 0};
    if (!page_strategy(page, &book, survey, "online_presence", &view.about, error)) {
        return false;
    }
    view.about.lead = "You are found by what you say in public. One piece a month is steady "
                      "enough; what is out stays out, so it is looked at first.";
    view.about.quiet = rest_words(page, survey->outlook);
    fill_lists(page, survey->outlook, &view);
    presence_fill_form(page, NULL, &view.form);
    view.form.refusal = page->refusal;
    view.form.looks_like_patient = view.is_form_open && page->refusal != NULL;
    view.is_form_open = view.is_form_open || page->refusal != NULL;
    fill_check(page, &view);
    page_frame(page, NAV_STRATEGIES, "Online presence", &view.frame);
    online_presence_render(page->out, &view);
    return true;
}

bool presence_page(struct page *page, GError **error)
{
    return db_read(page->db, "page online presence", show, page, error);
}
