/* The page of soft skills: stories with their length, what was practised, listening cards. */
#include "feature/soft_skills/soft.h"

#include "base/words.h"
#include "data_speaking.h"
#include "feature/soft_skills/soft_view.h"
#include "net/http.h"
#include "page/usual.h"
#include "soft_skills.tpl.h"
#include "soft_skills_count.tpl.h"

#include <string.h>

#define PRACTICES_MOST 50

/* The story whose form was refused; NULL: none was. */
static const char *refused_story(const struct page *page)
{
    const char *path = page->status != 200 ? http_request_path(page->request) : NULL;
    return path != NULL && strcmp(path, "/do/story.set") == 0 ? page_typed(page, "kind", NULL)
                                                              : NULL;
}

/* Days that a story or card was practised. */
static const char *practised_words(struct page *page, const GArray *practices, const char *kind,
                                   const char *ref, int32_t today)
{
    int n = 0;
    int32_t last = DAY_NONE;
    for (guint i = 0; i < practices->len; i++) {
        const struct practice *practice = &g_array_index(practices, struct practice, i);
        if (strcmp(practice->kind, kind) == 0 && g_strcmp0(practice->ref, ref) == 0) {
            n++;
            last = MAX(last, practice->on_day);
        }
    }
    if (n == 0) {
        return NULL;
    }
    g_autofree char *day = day_words(last, today);
    const char *verb = strcmp(kind, "story") == 0 ? "told" : "tried";
    return n == 1 ? page_printf(page, "%s %s", verb, day)
                  : page_printf(page, "%s %d times, last %s", verb, n, day);
}

static struct soft_story story_of(struct page *page, const struct data_stories *kind,
                                  const struct outlook *outlook)
{
    const struct story *story = story_written(outlook->stories, kind->id);
    const struct data_story_prompts *prompts = data_story_prompts_by_id(kind->id);
    bool is_refused = g_strcmp0(refused_story(page), kind->id) == 0;
    const char *kept = page_printf(page, "%s", story != NULL ? story->body : "");
    struct soft_story view = {.kind = kind->id,
                              .title = kind->title,
                              .ask = kind->ask,
                              .body = is_refused ? page_typed(page, "body", kept) : kept,
                              .refusal = is_refused ? page->refusal : NULL,
                              .is_written = story != NULL};
    if (is_refused && view.refusal == NULL) {
        view.refusal = page_refused(page, "body");
    }
    view.looks_like_patient = is_refused && page->refusal != NULL;
    view.length = page_keep(page, story_length_words(kind, view.body));
    view.told = practised_words(page, outlook->practices, "story", kind->id, outlook->today);
    char **list = g_strsplit(prompts != NULL ? prompts->prompts : "", "|", -1);
    view.n_prompts = g_strv_length(list);
    const char **kept_prompts = page_room(page, const char *, view.n_prompts + 1);
    for (size_t i = 0; i < view.n_prompts; i++) {
        kept_prompts[i] = page_keep(page, list[i]);
    }
    g_free(list);
    view.prompts = kept_prompts;
    return view;
}

static const char *title_of(struct page *page, const struct practice *practice)
{
    const struct data_stories *story =
        strcmp(practice->kind, "story") == 0 ? data_stories_by_id(practice->ref) : NULL;
    const struct data_listening *card =
        strcmp(practice->kind, "listening") == 0 ? data_listening_by_id(practice->ref) : NULL;
    return story != NULL           ? story->title
           : card != NULL          ? card->title
           : practice->ref != NULL ? page_printf(page, "A talk: %s", practice->ref)
                                   : "A talk";
}

static struct soft_practice practice_row(struct page *page, const struct practice *practice,
                                         int32_t today)
{
    bool is_rated = practice->peer_rating > 0;
    return (struct soft_practice){
        .id = practice->practice_id,
        .title = title_of(page, practice),
        .when = page_keep(page, day_words(practice->on_day, today)),
        .own = practice->self_rating > 0 ? page_printf(page, "you: %d of 5", practice->self_rating)
                                         : NULL,
        .peer = is_rated ? page_printf(page, "a peer: %d of 5", practice->peer_rating) : NULL,
        .peer_words =
            practice->peer_words != NULL ? page_printf(page, "%s", practice->peer_words) : NULL,
        .note = practice->note != NULL ? page_printf(page, "%s", practice->note) : NULL,
        .has_link = practice->peer_hash != NULL,
        .may_link = !is_rated};
}

static void fill_practices(struct page *page, const struct outlook *outlook, struct soft_view *view)
{
    struct soft_practice *rows = page_room(page, struct soft_practice, PRACTICES_MOST);
    int n = 0;
    for (guint i = 0; i < outlook->practices->len; i++) {
        const struct practice *practice = &g_array_index(outlook->practices, struct practice, i);
        if (g_strcmp0(practice->strategy, "soft_skills") != 0) {
            continue;
        }
        if (view->n_practices < PRACTICES_MOST) {
            rows[view->n_practices++] = practice_row(page, practice, outlook->today);
        }
        n++;
    }
    view->practices = rows;
    view->practice_meta =
        n > PRACTICES_MOST ? page_printf(page, "the newest %d of %d", PRACTICES_MOST, n) : "";
}

static void fill_cards(struct page *page, const struct outlook *outlook, struct soft_view *view)
{
    struct soft_card *cards = page_room(page, struct soft_card, n_data_listening);
    for (size_t i = 0; i < n_data_listening; i++) {
        const struct data_listening *card = &data_listening[i];
        cards[i] =
            (struct soft_card){.id = card->id,
                               .title = card->title,
                               .how = card->how,
                               .notice = card->notice,
                               .source = page_printf(page, "%s: %s", card->evidence, card->source),
                               .tried = practised_words(page, outlook->practices, "listening",
                                                        card->id, outlook->today),
                               .minutes = card->minutes};
    }
    view->cards = cards;
    view->n_cards = n_data_listening;
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(survey_ptr) survey = NULL;
    if (!survey_take(&book, &page->actions->strategies, &survey, error)) {
        return false;
    }
    struct soft_view view = {.n_stories = n_data_stories};
    struct soft_story *stories = page_room(page, struct soft_story, n_data_stories);
    for (size_t i = 0; i < n_data_stories; i++) {
        stories[i] = story_of(page, &data_stories[i], survey->outlook);
    }
    view.stories = stories;
    if (!page_strategy(page, &book, survey, "soft_skills", &view.about, error)) {
        return false;
    }
    view.about.lead = "To be heard, and to hear. Four stories of your own that are ready when you "
                      "are asked, and one thing a week to practise.";
    view.about.quiet = "You have practised this week, or it stands in your week already.";
    fill_practices(page, survey->outlook, &view);
    fill_cards(page, survey->outlook, &view);
    const struct data_speaking *pace = data_speaking_by_id("pace");
    view.pace = page_printf(page, "counted at %d words a minute", pace->words_per_minute);
    view.refusal = refused_story(page) == NULL ? page->refusal : NULL;
    page_frame(page, NAV_STRATEGIES, "Soft skills", &view.frame);
    view.link = view.frame.toast.secret;
    soft_skills_render(page->out, &view);
    return true;
}

bool soft_page(struct page *page, GError **error)
{
    return db_read(page->db, "page soft skills", show, page, error);
}

/* What stands under a story while it is typed. */
bool soft_page_count(struct page *page, GError **error)
{
    const struct data_stories *kind = data_stories_by_id(page_query(page, "kind"));
    const char *body = page_query(page, "body");
    (void)error;
    if (kind == NULL || !page->is_fragment) {
        return page_redirect(page, "/strategies/soft_skills#stories");
    }
    struct soft_count_view view = {.kind = kind->id,
                                   .length = page_keep(page, story_length_words(kind, body))};
    soft_skills_count_render(page->out, &view);
    return true;
}
