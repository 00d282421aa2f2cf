/* The page of lessons: the one of this week large, the others below. */
#include "feature/cross_cultural/lesson.h"

#include "base/words.h"
#include "cross_cultural.tpl.h"
#include "data_ahead.h"
#include "feature/cross_cultural/lesson_view.h"
#include "page/usual.h"

#include <string.h>

/* "a first message, a talk and interviews" */
static const char *ahead_words(struct page *page, const char *ids)
{
    g_auto(GStrv) list = g_strsplit(ids, "|", -1);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (int i = 0; list[i] != NULL; i++) {
        const struct data_ahead *row = data_ahead_by_id(list[i]);
        if (row != NULL) {
            g_ptr_array_add(words, (gpointer)row->words);
        }
    }
    g_ptr_array_add(words, NULL);
    return page_keep(page, words_list((const char *const *)words->pdata));
}

/* A sentence without the words that stand beside it as its label: "Here it opens ..." -> "It ...".
 */
static const char *without(struct page *page, const char *sentence, const char *label)
{
    if (!g_str_has_prefix(sentence, label)) {
        return sentence;
    }
    const char *rest = sentence + strlen(label);
    rest += strspn(rest, " ");
    char *text = page_keep(page, g_strdup(rest));
    text[0] = g_ascii_toupper(text[0]);
    return text;
}

static struct lesson_card card_of(struct page *page, const struct data_lessons *lesson,
                                  const GArray *practices, int32_t today)
{
    int32_t day = lesson_read_day(practices, lesson->id);
    g_autofree char *words = day != DAY_NONE ? day_words(day, today) : NULL;
    return (struct lesson_card){.id = lesson->id,
                                .title = lesson->title,
                                .home = without(page, lesson->home, "In many places"),
                                .here = without(page, lesson->here, "Here"),
                                .why = without(page, lesson->why, "Because"),
                                .ahead = ahead_words(page, lesson->ahead),
                                .source =
                                    page_printf(page, "%s: %s", lesson->evidence, lesson->source),
                                .read = words != NULL ? page_printf(page, "read %s", words) : NULL,
                                .minutes = lesson->minutes};
}

/* The lesson read this week, else the one that is suggested, else the next for what is ahead. */
static const struct data_lessons *find_week(struct page *page, const struct survey *survey,
                                            struct lesson_view *view)
{
    const struct outlook *outlook = survey->outlook;
    const struct data_lessons *read = lesson_of_week(outlook->practices, outlook->monday);
    if (read != NULL) {
        view->is_week_read = true;
        view->week_head = "Read this week";
        return read;
    }
    view->week_head = "This week";
    g_autoptr(GArray) ahead = g_array_new(false, false, sizeof(struct ahead));
    ahead_of(outlook, ahead);
    const struct ahead *why = NULL;
    const struct data_lessons *lesson = lesson_next(outlook->practices, ahead, NULL, &why);
    if (why != NULL && why->day != DAY_NONE) {
        g_autofree char *day = day_words(why->day, outlook->today);
        view->week_why = page_printf(page, "Of use before %s, %s.", why->row->words, day);
    } else if (why != NULL) {
        view->week_why = page_printf(page, "Of use now: %s.", why->row->words);
    }
    return lesson;
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(survey_ptr) survey = NULL;
    if (!survey_take(&book, &page->actions->strategies, &survey, error)) {
        return false;
    }
    const struct outlook *outlook = survey->outlook;
    struct strategy_part about;
    if (!page_strategy(page, &book, survey, "cross_cultural", &about, error)) {
        return false;
    }
    about.lead = "How people write, ask and speak here, one small lesson a week. Both habits are "
                 "good manners, each in its place.";
    struct lesson_view view = {.about = about, .n_read = lesson_n_read(outlook->practices)};
    const struct data_lessons *week = find_week(page, survey, &view);
    struct lesson_card *cards = page_room(page, struct lesson_card, n_data_lessons + 1);
    for (size_t i = 0; i < n_data_lessons; i++) {
        if (&data_lessons[i] != week) {
            cards[view.n_cards++] =
                card_of(page, &data_lessons[i], outlook->practices, outlook->today);
        }
    }
    view.cards = cards;
    if (week != NULL) {
        cards[n_data_lessons] = card_of(page, week, outlook->practices, outlook->today);
        view.week = &cards[n_data_lessons];
        view.n_week = 1;
    }
    view.count = page_printf(page, "%d of %d read", view.n_read, (int)n_data_lessons);
    page_frame(page, NAV_STRATEGIES, "Cross-cultural norms", &view.frame);
    cross_cultural_render(page->out, &view);
    return true;
}

bool lesson_page(struct page *page, GError **error)
{
    return db_read(page->db, "page lessons", show, page, error);
}
