/* The page a peer opens by a link: without account, once. It shows a first name and what kind of
 * practice it was, never the words, the day or anything else. */
#include "feature/soft_skills/soft.h"

#include "base/error.h"
#include "base/name.h"
#include "feature/soft_skills/soft_view.h"
#include "model/account.h"
#include "model/attempt.h"
#include "model/touch_line.h"
#include "net/http.h"
#include "page/usual.h"
#include "soft_skills_rate.tpl.h"

#include <string.h>

/* ---- waits ---- */

bool rate_may_try(struct attempts *attempts, const char *remote, GError **error)
{
    int wait = 0;
    if (attempts == NULL || remote == NULL) {
        return true;
    }
    g_autofree char *name = g_strconcat("rate ", remote, NULL);
    return attempts_allow(attempts, name, remote, &wait) ||
           refuse(error, "auth.limited", "Too many tries. Wait %d %s.",
                  wait < 90 ? wait : (wait + 59) / 60, wait < 90 ? "seconds" : "minutes");
}

void rate_tried(struct attempts *attempts, const char *remote, const GError *error)
{
    if (attempts == NULL || remote == NULL || error == NULL ||
        strcmp(error_code(error), "practice.link_over") != 0) {
        return;
    }
    g_autofree char *name = g_strconcat("rate ", remote, NULL);
    attempts_failed(attempts, name, remote);
}

/* ---- the page ---- */

struct rating {
    struct page *page;
    const char *first_name;
    const char *what;
};

/* The first name of an account: of the name it is shown with, else of its person; an account that
 * never got a name is somebody. */
static bool load_first_name(struct book *book, struct rating *rating, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct account account;
    struct person_row self = {0};
    if (!account_load(book->tx, book->account_id, text, &account, error) ||
        (account.self_person_id != 0 &&
         !person_row_load(book, account.self_person_id, text, &self, error))) {
        return false;
    }
    const char *const known[] = {account.display_name, self.name};
    rating->first_name = "Somebody";
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (known[i] != NULL && strcmp(known[i], account.name) != 0) {
            struct name name;
            name_parse(known[i], &name);
            rating->first_name =
                page_printf(rating->page, "%s", name.given != NULL ? name.given : name.full);
            name_clear(&name);
            break;
        }
    }
    return true;
}

static const char *what_of(const struct practice *practice)
{
    return strcmp(practice->kind, "story") == 0       ? "a story told aloud"
           : strcmp(practice->kind, "listening") == 0 ? "how well they listened"
                                                      : "a talk";
}

static bool find(struct db_tx *tx, void *data, GError **error)
{
    struct rating *rating = data;
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    int64_t account_id = 0;
    struct practice practice;
    if (!practice_of_secret(tx, page_var(rating->page, "secret"), text, &account_id, &practice,
                            error)) {
        return false;
    }
    struct book book = BOOK(tx, rating->page->env, account_id);
    rating->what = what_of(&practice);
    return load_first_name(&book, rating, error);
}

static struct part_field rating_field(struct page *page)
{
    static const char *const words[][2] = {{"", "Choose"}, {"1", "1, I lost the thread"},
                                           {"2", "2"},     {"3", "3, I could follow"},
                                           {"4", "4"},     {"5", "5, I could tell it on"}};
    struct part_option *options = page_room(page, struct part_option, G_N_ELEMENTS(words));
    const char *typed = page_typed(page, "rating", "");
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        options[i] =
            (struct part_option){words[i][0], words[i][1], g_strcmp0(typed, words[i][0]) == 0};
    }
    return (struct part_field){.name = "rating",
                               .label = "What you heard, 1 to 5",
                               .type = "select",
                               .is_required = true,
                               .error = page_refused(page, "rating"),
                               .options = options,
                               .n_options = G_N_ELEMENTS(words)};
}

static void fill_open(struct page *page, const struct rating *rating, struct soft_rate_view *view)
{
    view->title = page_printf(page, "%s asks for your ear", rating->first_name);
    view->lead = page_printf(page,
                             "It is about %s. Say how it came across: 1 to 5, and a few words "
                             "that help to do it better.",
                             rating->what);
    view->secret = page_var(page, "secret");
    view->back = page_printf(page, "/rate/%s", view->secret);
    view->csrf = page->csrf;
    view->refusal = page->refusal;
    view->looks_like_patient = page->refusal != NULL && page->typed != NULL;
    view->rating = rating_field(page);
    view->words = (struct part_field){.name = "words",
                                      .label = "In your words",
                                      .type = "textarea",
                                      .value = page_typed(page, "words", NULL),
                                      .hint = "What stayed with you, and one thing to change.",
                                      .error = page_refused(page, "words")};
}

bool soft_page_rate(struct page *page, GError **error)
{
    g_autoptr(GError) trouble = NULL;
    struct rating rating = {.page = page};
    struct soft_rate_view view = {.frame = {.title = "A rating for a peer"}};
    const char *remote = http_request_remote(page->request);
    if (!rate_may_try(page->attempts, remote, error)) {
        return false;
    }
    if (db_read(page->db, "page rate", find, &rating, &trouble)) {
        fill_open(page, &rating, &view);
    } else if (strcmp(error_code(trouble), "practice.link_over") == 0) {
        rate_tried(page->attempts, remote, trouble);
        page->status = 404;
        view.title = "This link is over";
        view.lead = "Each link works once. If you have just sent your rating, it has arrived: "
                    "thank you. Otherwise ask for a new link.";
    } else {
        g_propagate_error(error, g_steal_pointer(&trouble));
        return false;
    }
    soft_skills_rate_render(page->out, &view);
    return true;
}
