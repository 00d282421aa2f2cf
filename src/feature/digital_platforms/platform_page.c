/* The page of platforms: profile, invitations, the unwritten, posts and comments. */
#include "feature/digital_platforms/platform.h"

#include "base/words.h"
#include "data_platform_rhythm.h"
#include "data_profile_checks.h"
#include "digital_platforms.tpl.h"
#include "feature/digital_platforms/platform_view.h"
#include "page/usual.h"

#include <string.h>

#define SHOWN 25
#define WEEKS_BEFORE 4
#define RATE_LEAST 10 /* a rate of fewer says nothing */

/* ---- profile ---- */

static const char *sentence_case(struct page *page, const char *words)
{
    char *text = page_keep(page, g_strdup(words));
    text[0] = g_ascii_toupper(text[0]);
    return text;
}

static const struct platform_row *rows_of(struct page *page, const GArray *checks,
                                          enum platform_answer answer, size_t *n_out)
{
    struct platform_row *rows = page_room(page, struct platform_row, MAX(checks->len, 1U));
    for (guint i = 0; i < checks->len; i++) {
        const struct platform_check *check = &g_array_index(checks, struct platform_check, i);
        if (check->answer == answer) {
            rows[(*n_out)++] = (struct platform_row){
                .id = check->row->id,
                .title = answer == PLATFORM_THERE ? check->row->good
                                                  : sentence_case(page, check->row->title),
                .found = check->found != NULL ? page_printf(page, "%s", check->found) : NULL,
                .why = check->row->why,
                .source = check->row->source};
        }
    }
    return rows;
}

static void fill_profile(struct page *page, const struct outlook *outlook,
                         struct platform_view *view)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GArray) checks = g_array_new(false, true, sizeof(struct platform_check));
    int64_t at = platform_archive_at(outlook->self);
    view->has_archive = at != AT_NONE;
    if (!view->has_archive) {
        return;
    }
    platform_checks(outlook->self, text, checks);
    view->missing = rows_of(page, checks, PLATFORM_MISSING, &view->n_missing);
    view->there = rows_of(page, checks, PLATFORM_THERE, &view->n_there);
    view->unseen = rows_of(page, checks, PLATFORM_UNSEEN, &view->n_unseen);
    g_autofree char *day = day_words(clock_day_of(&page->env->clock, at), outlook->today);
    view->score = page_printf(page, "%zu of %zu things are there%s", view->n_there,
                              view->n_there + view->n_missing,
                              view->n_missing > 0 ? "; these are not yet." : ".");
    view->score_meta = page_printf(page, "by your archive of %s", day);
}

/* ---- people ---- */

static struct platform_person person_of(struct page *page, const struct contact *contact,
                                        const char *words, int32_t day, int32_t today)
{
    char id[ID_TEXT];
    const char *latin = page_printf(page, "%s", contact->name);
    const char *own =
        contact->own_name != NULL ? page_printf(page, "%s", contact->own_name) : latin;
    const char *href = page_printf(page, "/people/%s", id_format(contact->person_id, id));
    g_autofree char *since = day_words(day, today);
    return (struct platform_person){
        .name = part_name_of(own, latin, href),
        .words = contact->headline != NULL ? page_printf(page, "%s", contact->headline) : NULL,
        .since = page_printf(page, "%s %s", words, since),
        .log = page_printf(page, "%s#log", href)};
}

static gint oldest_first(gconstpointer a, gconstpointer b)
{
    const struct contact *x = *(const struct contact *const *)a;
    const struct contact *y = *(const struct contact *const *)b;
    int order = (x->invited_day > y->invited_day) - (x->invited_day < y->invited_day);
    return order != 0 ? order : (x->person_id > y->person_id) - (x->person_id < y->person_id);
}

static void fill_waiting(struct page *page, const struct outlook *outlook,
                         struct platform_view *view)
{
    g_autoptr(GPtrArray) waiting = g_ptr_array_new();
    for (guint i = 0; i < outlook->contacts->len; i++) {
        struct contact *one = &g_array_index(outlook->contacts, struct contact, i);
        if (one->invited_day != DAY_NONE) {
            g_ptr_array_add(waiting, one);
        }
    }
    if (waiting->len == 0) {
        return;
    }
    g_ptr_array_sort(waiting, oldest_first);
    struct platform_person *rows = page_room(page, struct platform_person, SHOWN);
    for (guint i = 0; i < waiting->len && i < SHOWN; i++) {
        const struct contact *one = waiting->pdata[i];
        rows[view->n_waiting++] = person_of(page, one, "invited", one->invited_day, outlook->today);
    }
    const struct contact *oldest = waiting->pdata[0];
    g_autofree char *day = day_words(oldest->invited_day, outlook->today);
    view->waiting = rows;
    view->pending = page_printf(page, "%u %s for an answer, the oldest since %s", waiting->len,
                                waiting->len == 1 ? "waits" : "wait", day);
}

static bool fill_invitations(struct page *page, struct book *book, const struct outlook *outlook,
                             struct platform_view *view, GError **error)
{
    struct platform_invitations sum;
    if (!platform_invitations(book, &sum, error)) {
        return false;
    }
    view->n_connected = sum.n_connected;
    if (sum.n_sent > 0) {
        g_autofree char *sent = words_count(sum.n_sent, "invitation", "invitations");
        int rate = (sum.n_accepted * 100 + sum.n_sent / 2) / sum.n_sent;
        view->rate =
            sum.n_sent < RATE_LEAST
                ? page_printf(page, "%d of %s accepted.", sum.n_accepted, sent)
                : page_printf(page, "%d of %s accepted: %d%%.", sum.n_accepted, sent, rate);
        view->rate_words = sum.n_sent < RATE_LEAST
                               ? "Fewer than ten say nothing about how you invite."
                               : "Those who were connected on the day of your invitation or later.";
    }
    fill_waiting(page, outlook, view);
    return true;
}

static bool fill_unwritten(struct page *page, struct book *book, const struct outlook *outlook,
                           struct platform_view *view, GError **error)
{
    g_autoptr(GArray) all = g_array_new(false, false, sizeof(struct platform_unwritten));
    if (!platform_unwritten_list(book, all, error)) {
        return false;
    }
    struct platform_person *rows = page_room(page, struct platform_person, SHOWN);
    size_t n = 0;
    for (int turn = 0; turn < 2; turn++) { /* the own specialty, then the others */
        for (guint i = 0; i < all->len; i++) {
            const struct platform_unwritten *one =
                &g_array_index(all, struct platform_unwritten, i);
            const struct contact *contact = outlook_contact(outlook, one->person_id);
            if (contact == NULL || (contact->flags & CONTACT_DO_NOT) != 0 ||
                ((contact->flags & CONTACT_SPECIALTY) != 0) != (turn == 0)) {
                continue;
            }
            if (n < SHOWN) {
                rows[n] = person_of(page, contact, "connected", one->connected_day, outlook->today);
            }
            n++;
        }
    }
    view->people = rows;
    view->n_people = MIN(n, SHOWN);
    view->people_count =
        n > SHOWN ? page_printf(page, "%d of %zu; your specialty first, then the oldest", SHOWN, n)
        : n > 0   ? page_printf(page, "%zu; your specialty first, then the oldest", n)
                  : NULL;
    return true;
}

/* ---- rhythm ---- */

static bool fill_rhythm(struct page *page, struct book *book, const struct outlook *outlook,
                        struct platform_view *view, GError **error)
{
    g_autoptr(GArray) days = g_array_new(false, false, sizeof(int32_t));
    int32_t from = outlook->monday - 7 * WEEKS_BEFORE;
    if (!platform_comment_days(book, from, days, error)) {
        return false;
    }
    struct platform_rhythm *rows = page_room(page, struct platform_rhythm, n_data_platform_rhythm);
    for (size_t i = 0; i < n_data_platform_rhythm; i++) {
        const struct data_platform_rhythm *row = &data_platform_rhythm[i];
        int now = platform_n_out(outlook->pursuits, row->id, outlook->monday);
        int before = 0;
        for (int week = 1; week <= WEEKS_BEFORE; week++) {
            before += platform_n_out(outlook->pursuits, row->id, outlook->monday - 7 * week);
        }
        for (guint k = 0; strcmp(row->id, "comment") == 0 && k < days->len; k++) {
            bool is_now = g_array_index(days, int32_t, k) >= outlook->monday;
            now += is_now;
            before += !is_now;
        }
        rows[i] = (struct platform_rhythm){
            .what = sentence_case(page, row->many),
            .words = page_printf(page, "%d of %d this week", now, row->n),
            .weeks = page_printf(page, "%d in the four weeks before", before)};
    }
    view->rhythm = rows;
    view->n_rhythm = n_data_platform_rhythm;
    return true;
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(survey_ptr) survey = NULL;
    struct platform_view view = {0};
    if (!survey_take(&book, &page->actions->strategies, &survey, error) ||
        !page_strategy(page, &book, survey, "digital_platforms", &view.about, error)) {
        return false;
    }
    const struct outlook *outlook = survey->outlook;
    view.about.lead =
        "Whoever hears of you looks you up. A profile that says who you are, a line to "
        "those who accepted, and a quiet rhythm do more than many invitations.";
    fill_profile(page, outlook, &view);
    if (!fill_invitations(page, &book, outlook, &view, error) ||
        !fill_unwritten(page, &book, outlook, &view, error) ||
        !fill_rhythm(page, &book, outlook, &view, error)) {
        return false;
    }
    page_frame(page, NAV_STRATEGIES, view.about.name, &view.frame);
    digital_platforms_render(page->out, &view);
    return true;
}

bool platform_page(struct page *page, GError **error)
{
    return db_read(page->db, "page platforms", show, page, error);
}
