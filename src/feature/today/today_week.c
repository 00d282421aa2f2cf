/* The week in one line: not agreed on its first days, or other than when it was agreed. */
#include "feature/today/today_parts.h"

#include "base/clock.h"
#include "model/week.h"

#define FIRST_DAYS 3 /* Monday to Wednesday */

static bool tell_news(struct page *page, struct book *book, int32_t monday,
                      struct today_week *week_out, GError **error)
{
    g_autoptr(week_plan_ptr) plan = NULL;
    g_autoptr(GPtrArray) news = g_ptr_array_new_with_free_func(g_free);
    char iso[DAY_TEXT];
    if (!week_plan(book, &page->actions->strategies, monday, &plan, error) ||
        !week_news(book, plan, news, error)) {
        return false;
    }
    if (news->len > 0) {
        const char *first = g_ptr_array_index(news, 0);
        week_out->head = "The week has changed since you agreed.";
        week_out->text = news->len == 1
                             ? page_printf(page, "%s", first)
                             : page_printf(page, "%s And %u more.", first, news->len - 1);
        week_out->monday = page_printf(page, "%s", day_format(monday, iso));
    }
    return true;
}

bool today_week_fill(struct page *page, struct book *book, int32_t day,
                     struct today_week *week_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    int32_t monday = day - (day_weekday(day) - 1);
    struct goal goal;
    struct week week;
    if (!goal_load(book, text, &goal, error) ||
        !week_load(book, &goal, monday, text, &week, error)) {
        return false;
    }
    if (week.accepted_at != AT_NONE) {
        return tell_news(page, book, monday, week_out, error);
    }
    if (goal.n_answered > 0 && day - monday < FIRST_DAYS) {
        week_out->head = "The week is not agreed yet.";
    }
    return true;
}
