/* The season's page: the band, the dates with the work before each, what moved, the calendar. */
#include "feature/season/season_parts.h"

#include "base/clock.h"
#include "base/id.h"
#include "base/words.h"
#include "data_season.h"
#include "data_specialties.h"
#include "model/token.h"
#include "net/http.h"
#include "page/usual.h"
#include "season.tpl.h"

#include <string.h>

#define PAST_KEPT 31 /* days: dates longer over than this are folded away */

/* ---- words of the head ---- */

static const char *stage_words(const char *stage)
{
    static const struct {
        const char *id;
        const char *words;
    } stages[] = {
        {"student", "student"},
        {"graduate", "graduate"},
        {"certified", "certified"},
        {"applying", "in application"},
        {"unmatched", "applied before, not matched"},
        {"resident", "resident, giving back"},
    };
    for (size_t i = 0; stage != NULL && i < G_N_ELEMENTS(stages); i++) {
        if (strcmp(stages[i].id, stage) == 0) {
            return stages[i].words;
        }
    }
    return NULL;
}

static const char *visa_words(const struct goal *goal)
{
    if (!goal_fits(goal, "visa")) {
        return NULL;
    }
    return g_strcmp0(goal->visa, "j1") == 0       ? "J-1 needed"
           : g_strcmp0(goal->visa, "h1b") == 0    ? "H-1B needed"
           : g_strcmp0(goal->visa, "either") == 0 ? "J-1 or H-1B needed"
                                                  : "visa needed";
}

/* "Internal medicine, graduate, J-1 needed." New; "" when nothing is known. */
static char *goal_words(const struct goal *goal)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_auto(GStrv) ids = g_strsplit(goal->specialties != NULL ? goal->specialties : "", " ", -1);
    for (char **id = ids; *id != NULL; id++) {
        const struct data_specialties *row = data_specialties_by_id(*id);
        if (row != NULL) {
            g_ptr_array_add(words, (gpointer)row->name);
        }
    }
    if (stage_words(goal->stage) != NULL) {
        g_ptr_array_add(words, (gpointer)stage_words(goal->stage));
    }
    if (visa_words(goal) != NULL) {
        g_ptr_array_add(words, (gpointer)visa_words(goal));
    }
    if (words->len == 0) {
        return g_strdup("");
    }
    g_ptr_array_add(words, NULL);
    g_autofree char *joined = g_strjoinv(", ", (char **)words->pdata);
    return g_strdup_printf("%s. ", joined);
}

/* "exams and certificate" for "Exams and certificate", but "US experience". New. */
static char *inside(const char *title)
{
    bool is_word = title[0] != '\0' && g_ascii_islower(title[1]);
    return is_word ? g_strdup_printf("%c%s", g_ascii_tolower(title[0]), title + 1)
                   : g_strdup(title);
}

static char *phase_words(const struct season *season, int32_t today)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < season->phases->len; i++) {
        const struct season_phase *phase = &g_array_index(season->phases, struct season_phase, i);
        if (phase->from_day <= today && today <= phase->until_day) {
            g_ptr_array_add(words, inside(phase->title));
        }
    }
    if (words->len == 0) {
        return g_strdup("");
    }
    g_ptr_array_add(words, NULL);
    g_autofree char *list = words_list((const char *const *)words->pdata);
    return g_strdup_printf("It is the time of %s. ", list);
}

static const char *lead_words(struct page *page, const struct season *season,
                              const struct goal *goal, int32_t today)
{
    g_autofree char *who = goal_words(goal);
    g_autofree char *phase = phase_words(season, today);
    const struct season_date *next = season_next(season, today);
    if (next == NULL) {
        return page_printf(page, "%s%sNo date is ahead.", who, phase);
    }
    g_autofree char *span = season_span(next->on_day - today);
    return page_printf(page, "%s%s%s is %s away.", who, phase, next->title, span);
}

/* ---- rows ---- */

/* What a day too late would cost. */
static const char *latest_words(struct page *page, const struct season *season,
                                const struct season_date *date, int32_t today)
{
    g_autoptr(GPtrArray) lost = g_ptr_array_new();
    bool is_fixed = date->rule == NULL || strcmp(date->rule->hold, "start") == 0;
    if (date->before_day == DAY_NONE || (is_fixed && date->before_day >= date->on_day)) {
        return NULL;
    }
    season_endangered(season, date->id, date->before_day + 1, lost);
    const char *what = NULL;
    for (guint i = 0; i < lost->len && what == NULL; i++) {
        const struct season_date *one = g_ptr_array_index(lost, i);
        what = one != date ? one->title : NULL;
    }
    g_autofree char *day = day_words(date->before_day, today);
    if (date->before_day < today) {
        return what != NULL
                   ? page_printf(page, "Was to be done by %s; “%s” may not hold.", day, what)
                   : page_printf(page, "Was to be done by %s.", day);
    }
    return what != NULL
               ? page_printf(page, "Done by %s at the latest, or “%s” does not hold.", day, what)
               : page_printf(page, "Done by %s at the latest.", day);
}

static void fill_row(struct page *page, const struct season *season, const struct season_date *date,
                     int32_t today, struct season_row *row)
{
    char iso[DAY_TEXT];
    char id[ID_TEXT];
    g_autofree char *when = season_when(date);
    row->anchor = page_printf(page, "date-%s", date->id);
    row->title = page_printf(page, "%s", date->title);
    row->iso = page_printf(page, "%s", day_format(date->on_day, iso));
    row->when = page_printf(page, "%s", when);
    row->why = page_printf(page, "%s", date->why);
    row->source = page_printf(page, "%s", date->source);
    row->is_past = date->until_day < today;
    if (!row->is_past) {
        row->latest = latest_words(page, season, date, today);
        row->is_late = date->before_day != DAY_NONE && date->before_day < today;
    }
    row->act = date->date_id != 0 ? "Change" : "Another day for me";
    row->href = date->date_id != 0
                    ? page_printf(page, "/season/dates/%s", id_format(date->date_id, id))
                    : page_printf(page, "/season/dates/new?rule=%s", date->id);
}

static void fill_rows(struct page *page, const struct season *season, int32_t today,
                      struct season_view *view)
{
    struct season_row *rows = page_room(page, struct season_row, 2 * season->dates->len + 2);
    struct season_row *past = rows + season->dates->len + 1;
    int number = 0;
    for (guint i = 0; i < season->dates->len; i++) {
        const struct season_date *date = &g_array_index(season->dates, struct season_date, i);
        if (!season_is_shown(season, date)) {
            continue;
        }
        bool is_main = date->rule == NULL || date->rule->is_main;
        struct season_row *row =
            date->until_day < today - PAST_KEPT ? &past[view->n_past++] : &rows[view->n_rows++];
        number += is_main ? 1 : 0;
        fill_row(page, season, date, today, row);
        row->number = is_main ? number : 0;
    }
    view->rows = rows;
    view->past = past;
}

/* ---- the feed ---- */

static bool fill_feed(struct page *page, struct book *book, struct season_view *view,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    g_autoptr(GArray) tokens = g_array_new(FALSE, TRUE, sizeof(struct token));
    if (!token_list(book, text, tokens, error)) {
        return false;
    }
    for (guint i = 0; i < tokens->len && !view->has_feed; i++) {
        const struct token *token = &g_array_index(tokens, struct token, i);
        if (token->revoked_at == AT_NONE && strcmp(token->scopes, FEED_SCOPE) == 0) {
            int32_t today = book_today(book);
            g_autofree char *made =
                day_relative(clock_day_of(&page->env->clock, token->created_at), today);
            view->has_feed = true;
            view->feed_words = page_printf(page, "A private address was made %s.", made);
        }
    }
    const char *host = http_request_header(page->request, "Host");
    if (page->toast.secret != NULL && g_str_has_prefix(page->toast.secret, "/feed/") &&
        host != NULL) {
        view->feed_address = page_printf(page, "%s://%s%s", page->is_loopback ? "http" : "https",
                                         host, page->toast.secret);
    }
    return true;
}

static bool show_season(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(season_ptr) season = NULL;
    g_autoptr(GArray) own = g_array_new(FALSE, TRUE, sizeof(struct own_date));
    struct season_view view = {0};
    struct goal goal;
    int32_t today = book_today(&book);
    if (!season_read(&book, 0, text, &goal, &season, error) ||
        !own_date_list(&book, text, own, error) || !fill_feed(page, &book, &view, error)) {
        return false;
    }
    view.title = page_printf(page, "Season %d", season->cycle);
    page_frame(page, NAV_SEASON, view.title, &view.frame);
    view.lead = lead_words(page, season, &goal, today);
    view.has_no_goal = goal.n_answered == 0;
    view.guess = season->is_guessed
                     ? page_printf(page,
                                   "You have not said for which Match. %d is the next that can be "
                                   "reached from here.",
                                   season->cycle)
                     : NULL;
    season_fill_band(page, season, today, &view.band);
    fill_rows(page, season, today, &view);
    season_fill_moves(page, season, &goal, own, today, &view);
    season_render(page->out, &view);
    return true;
}

bool season_page(struct page *page, GError **error)
{
    return db_read(page->db, "page season", show_season, page, error);
}
