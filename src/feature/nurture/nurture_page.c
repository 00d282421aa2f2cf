/* The page of the nurture routine: who is due, what to tell, how often, who rests, what is owed, and
 * which ties slept. */
#include "feature/nurture/nurture_rows.h"

#include "base/words.h"
#include "data_followup.h"
#include "model/since.h"
#include "model/today.h"
#include "nurture.tpl.h"
#include "page/usual.h"

#include <string.h>

#define NEWS_MOST 5
#define THEIRS_MOST 8
#define MONTHS_FROM 60 /* days that are said in months */

/* ---- how often ---- */

static const char *tier_title(struct page *page, const char *tier)
{
    static const char *const rows[] = {"tier_a", "tier_b", "tier_c"};
    const struct data_followup *row = data_followup_by_id(rows[tier[0] - 'A']);
    int days = row != NULL ? row->repeat_every_days : 0;
    g_autofree char *every = words_every(days);
    return days >= MONTHS_FROM && days % 30 == 0
               ? page_printf(page, "%s, about every %d months", tier, days / 30)
               : page_printf(page, "%s, about %s", tier, every);
}

static void fill_tiers(struct page *page, const struct outlook *outlook, struct nurture_view *view)
{
    static const char *const names[] = {"A", "B", "C"};
    struct nurture_tier *tiers = page_room(page, struct nurture_tier, G_N_ELEMENTS(names));
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GPtrArray) people = g_ptr_array_new();
        int n_due = 0;
        for (guint k = 0; k < outlook->contacts->len; k++) {
            const struct contact *one = &g_array_index(outlook->contacts, struct contact, k);
            if (g_strcmp0(nurture_tier(one->cadence_days), names[i]) == 0) {
                g_ptr_array_add(people, (gpointer)one);
                n_due += one->due_day != DAY_NONE && one->due_day <= outlook->today &&
                         !contact_is(one, CONTACT_PAUSED);
            }
        }
        g_autofree char *count = words_count((int64_t)people->len, "person", "people");
        tiers[i] = (struct nurture_tier){
            .title = tier_title(page, names[i]),
            .count = n_due > 0 ? page_printf(page, "%s, %d due", count, n_due)
                               : page_printf(page, "%s", count)};
        tiers[i].n_people =
            nurture_rows(page, outlook, people, NURTURE_NAMES, NULL, &tiers[i].people);
        if (people->len > tiers[i].n_people) {
            tiers[i].rest =
                page_printf(page, "and %d more", (int)(people->len - tiers[i].n_people));
        }
    }
    view->tiers = tiers;
    view->n_tiers = G_N_ELEMENTS(names);
}

/* ---- news ---- */

static void fill_news(struct page *page, const struct outlook *outlook, struct nurture_view *view)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GArray) all = g_array_new(false, true, sizeof(struct milestone));
    milestones_of(outlook, text, all);
    struct nurture_news *news = page_room(page, struct nurture_news, NEWS_MOST);
    for (guint i = 0; i < all->len && i < NEWS_MOST; i++) {
        const struct milestone *milestone = &g_array_index(all, struct milestone, i);
        g_autoptr(GPtrArray) open = g_ptr_array_new();
        g_autofree char *day = day_words(milestone->day, outlook->today);
        int n_told = 0;
        for (guint k = 0; k < outlook->contacts->len; k++) {
            const struct contact *one = &g_array_index(outlook->contacts, struct contact, k);
            if (contact_is(one, CONTACT_DO_NOT) || !nurture_has_helped(outlook, one, NULL)) {
                continue;
            }
            bool has_heard = MAX(one->last_out_day, one->last_talk_day) >= milestone->from_day;
            n_told += has_heard;
            if (!has_heard) {
                g_ptr_array_add(open, (gpointer)one);
            }
        }
        char *words = page_printf(page, "%s", milestone->words);
        words[0] = g_ascii_toupper(words[0]);
        news[i] = (struct nurture_news){.words = words, .when = page_printf(page, "%s", day)};
        news[i].n_open = nurture_rows(page, outlook, open, NURTURE_MOST, NULL, &news[i].open);
        if (n_told > 0) {
            g_autofree char *told = words_count(n_told, "helper was", "helpers were");
            news[i].told = page_printf(page, "%s in touch with you since", told);
        }
        view->n_news++;
    }
    view->news = news;
}

/* What newer exports say, of people who may be written to. */
static void fill_theirs(struct page *page, const struct outlook *outlook,
                        const struct today *today, struct nurture_view *view)
{
    struct nurture_person *rows = page_room(page, struct nurture_person, today->changed->len);
    for (guint i = 0; i < today->changed->len && view->n_theirs < THEIRS_MOST; i++) {
        const struct today_changed *changed =
            &g_array_index(today->changed, struct today_changed, i);
        const struct contact *contact = outlook_contact(outlook, changed->person.person_id);
        bool is_news = strcmp(changed->what, "work") == 0 || strcmp(changed->what, "headline") == 0;
        if (contact == NULL || contact_is(contact, CONTACT_DO_NOT) || !is_news ||
            contact->last_out_day >= changed->on_day) {
            continue;
        }
        struct nurture_person *row = &rows[view->n_theirs++];
        *row = nurture_row(page, outlook, contact);
        row->more = page_printf(page, "Now %s; before %s.", changed->after, changed->before);
    }
    view->theirs = rows;
}

/* ---- in peace ---- */

static const char *whom_words(const char *whom)
{
    bool has_programme = strstr(whom, "programme") != NULL;
    bool has_faculty = strstr(whom, "faculty") != NULL;
    return has_programme && has_faculty ? "programmes and faculty rest"
           : has_programme              ? "programmes rest"
           : has_faculty                ? "faculty rest"
                                        : "messages rest";
}

static void fill_rests(struct page *page, const struct outlook *outlook, const struct today *today,
                       struct nurture_view *view)
{
    const GArray *quiets = outlook->season != NULL ? outlook->season->quiets : NULL;
    guint n_quiets = quiets != NULL ? quiets->len : 0;
    struct nurture_rest *rows =
        page_room(page, struct nurture_rest, n_quiets + today->resting->len);
    for (guint i = 0; i < n_quiets; i++) {
        const struct season_quiet *quiet = &g_array_index(quiets, struct season_quiet, i);
        if (quiet->until_day < outlook->today || quiet->from_day > outlook->today + QUIET_AHEAD) {
            continue;
        }
        g_autofree char *from = day_words(quiet->from_day, outlook->today);
        g_autofree char *until = day_words(quiet->until_day, outlook->today);
        rows[view->n_rests++] = (struct nurture_rest){
            .words = page_printf(page, "%s: %s", quiet->title, whom_words(quiet->whom)),
            .when = page_printf(page, "%s to %s. Thanks are never held back.", from, until)};
    }
    for (guint i = 0; i < today->resting->len; i++) {
        const struct today_resting *resting =
            &g_array_index(today->resting, struct today_resting, i);
        g_autofree char *until = resting->until_day != DAY_NONE
                                     ? day_words(resting->until_day, outlook->today)
                                     : NULL;
        rows[view->n_rests++] = (struct nurture_rest){
            .words = page_printf(page, "%s", resting->person.name),
            .when = until != NULL ? page_printf(page, "%s until %s", resting->why, until)
                                  : page_printf(page, "%s until you say otherwise", resting->why)};
    }
    view->rests = rows;
}

/* ---- asked and given ---- */

static void fill_owed(struct page *page, const struct outlook *outlook, struct nurture_view *view)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_int64_hash, g_int64_equal);
    struct nurture_owed *rows = page_room(page, struct nurture_owed, OWED_MOST);
    for (guint i = 0; i < outlook->favours->len && view->n_owed < OWED_MOST; i++) {
        const struct favour *favour = &g_array_index(outlook->favours, struct favour, i);
        const struct contact *contact = outlook_contact(outlook, favour->person_id);
        if (contact == NULL || !g_hash_table_add(known, (gpointer)&favour->person_id)) {
            continue;
        }
        struct nurture_balance balance = nurture_balance_of(outlook, favour->person_id);
        char id[ID_TEXT];
        g_autofree char *asked = words_count(balance.n_asked, "time", "times");
        g_autofree char *given = words_count(balance.n_given, "time", "times");
        rows[view->n_owed++] = (struct nurture_owed){
            .name = page_contact_name(page, contact),
            .href = page_printf(page, "/people/%s#favours", id_format(contact->person_id, id)),
            .asked = page_printf(page, "%s", asked),
            .given = page_printf(page, "%s", given),
            .words = balance.owed >= EVEN_WITHIN    ? "something of use is due"
                     : balance.owed <= -EVEN_WITHIN ? "you gave more"
                                                    : "about even"};
    }
    view->owed = rows;
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(survey_ptr) survey = NULL;
    struct nurture_view view = {.refusal = page->refusal};
    if (!survey_take(&book, &page->actions->strategies, &survey, error) ||
        !page_strategy(page, &book, survey, NURTURE_ID, &view.about, error)) {
        return false;
    }
    g_autoptr(today_ptr) today = today_load(&book, error);
    if (today == NULL) {
        return false;
    }
    const struct outlook *outlook = survey->outlook;
    nurture_fill_people(page, outlook, &view);
    fill_tiers(page, outlook, &view);
    fill_news(page, outlook, &view);
    fill_theirs(page, outlook, today, &view);
    fill_rests(page, outlook, today, &view);
    fill_owed(page, outlook, &view);
    page_frame(page, NAV_STRATEGIES, view.about.name, &view.frame);
    nurture_render(page->out, &view);
    return true;
}

bool nurture_page(struct page *page, GError **error)
{
    return db_read(page->db, "page nurture", show, page, error);
}
