/* The lists of the settings page: tokens, sessions, accounts, deleted people. */
#include "feature/settings/settings_parts.h"

#include "base/words.h"
#include "model/account.h"
#include "model/person_list.h"
#include "model/session.h"
#include "model/token.h"
#include "page/usual.h"

#include <string.h>

#define GONE_SHOWN 100
#define RESTORE_DAYS 30

/* "used yesterday", "used 21 Jul" */
static const char *day_of(struct page *page, const char *what, int64_t at)
{
    const struct clock *clock = &page->env->clock;
    g_autofree char *words = day_relative(clock_day_of(clock, at), clock_today(clock));
    return page_printf(page, "%s %s", what, words);
}

bool settings_fill_tokens(struct page *page, struct book *book, struct settings_view *view,
                          GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) tokens = g_array_new(false, true, sizeof(struct token));
    if (!token_list(book, text, tokens, error)) {
        return false;
    }
    struct settings_token *rows = page_room_of(page, tokens->len, sizeof *rows);
    for (guint i = 0; i < tokens->len; i++) {
        const struct token *token = &g_array_index(tokens, struct token, i);
        g_auto(GStrv) scopes = g_strsplit(token->scopes, " ", -1);
        bool has_ended = token->expires_at != AT_NONE && token->expires_at <= book_now(book);
        rows[i] = (struct settings_token){
            .id = token->token_id,
            .name = page_printf(page, "%s", token->name),
            .scopes = page_keep(page, g_strjoinv(", ", scopes)),
            .made = day_of(page, "made", token->created_at),
            .used = token->used_at == AT_NONE ? "never used" : day_of(page, "used", token->used_at),
            .ends = token->expires_at == AT_NONE
                        ? NULL
                        : day_of(page, has_ended ? "ended" : "ends", token->expires_at),
            .state = token->revoked_at != AT_NONE ? "revoked, opens nothing"
                     : has_ended                  ? "opens nothing"
                                                  : NULL};
    }
    view->tokens = rows;
    view->n_tokens = tokens->len;
    return true;
}

/* The browser and the system a User-Agent line names, for people: "Firefox on Linux". */
static const char *agent_words(struct page *page, const char *agent)
{
    static const struct {
        const char *mark;
        const char *name;
    } browsers[] = {{"Edg/", "Edge"},        {"OPR/", "Opera"},
                    {"Firefox/", "Firefox"}, {"HeadlessChrome/", "Chromium"},
                    {"Chrome/", "Chrome"},   {"Safari/", "Safari"}};
    static const struct {
        const char *mark;
        const char *name;
    } systems[] = {{"iPhone", "an iPhone"}, {"iPad", "an iPad"},   {"Android", "Android"},
                   {"Windows", "Windows"},  {"Mac OS X", "a Mac"}, {"Linux", "Linux"}};
    const char *browser = NULL;
    const char *system = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(browsers) && browser == NULL && agent != NULL; i++) {
        browser = strstr(agent, browsers[i].mark) != NULL ? browsers[i].name : NULL;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(systems) && system == NULL && agent != NULL; i++) {
        system = strstr(agent, systems[i].mark) != NULL ? systems[i].name : NULL;
    }
    if (browser == NULL) {
        return agent == NULL || *agent == '\0'       ? "An unnamed program"
               : strcmp(agent, "this computer") == 0 ? "This computer, without signing in"
                                                     : page_printf(page, "%s", agent);
    }
    return system == NULL ? browser : page_printf(page, "%s on %s", browser, system);
}

bool settings_fill_sessions(struct page *page, struct book *book, struct settings_view *view,
                            GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) sessions = g_array_new(false, true, sizeof(struct session));
    if (!session_list(book->tx, page->env, page->account_id, text, sessions, error)) {
        return false;
    }
    struct settings_session *rows = page_room_of(page, sessions->len, sizeof *rows);
    for (guint i = 0; i < sessions->len; i++) {
        const struct session *session = &g_array_index(sessions, struct session, i);
        rows[i] = (struct settings_session){.session = page_printf(page, "%s", session->token_hash),
                                            .agent = agent_words(page, session->agent),
                                            .seen = day_of(page, "used", session->seen_at),
                                            .is_this = g_strcmp0(session->csrf, page->csrf) == 0};
    }
    view->sessions = rows;
    view->n_sessions = sessions->len;
    return true;
}

bool settings_fill_accounts(struct page *page, struct book *book, struct settings_view *view,
                            GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) accounts = g_array_new(false, true, sizeof(struct account));
    if (!page->is_admin) {
        return true;
    }
    if (!account_list(book->tx, text, accounts, error)) {
        return false;
    }
    struct settings_account *rows = page_room_of(page, accounts->len, sizeof *rows);
    for (guint i = 0; i < accounts->len; i++) {
        const struct account *account = &g_array_index(accounts, struct account, i);
        bool is_own = account->account_id == page->account_id;
        bool is_closed = account->closed_at != AT_NONE;
        const char *closed = is_closed ? day_of(page, ", closed", account->closed_at) : "";
        rows[i] = (struct settings_account){
            .name = page_printf(page, "%s", account->name),
            .is_own = is_own,
            .is_closed = is_closed,
            .shown = strcmp(account->name, account->display_name) != 0
                         ? page_printf(page, "%s", account->display_name)
                         : NULL,
            .words = page_printf(page, "%s%s%s%s", account->is_admin ? "administrator" : "member",
                                 account->password != NULL ? "" : ", no password: cannot sign in",
                                 is_own ? ", this is you" : "", closed)};
        if (is_own && account->password == NULL) {
            rows[i].words = page_printf(page, "%s, no password, this is you",
                                        account->is_admin ? "administrator" : "member");
        }
    }
    view->accounts = rows;
    view->n_accounts = accounts->len;
    return true;
}

/* "deleted 3 days ago, goes for good in 27 days" */
static const char *gone_words(struct page *page, int64_t deleted_at)
{
    const struct clock *clock = &page->env->clock;
    int32_t deleted = clock_day_of(clock, deleted_at);
    int32_t today = clock_today(clock);
    g_autofree char *ago = day_relative(deleted, today);
    int left = RESTORE_DAYS - (today - deleted);
    return left > 0 ? page_printf(page, "deleted %s, erased for good in %d %s", ago, left,
                                  left == 1 ? "day" : "days")
                    : page_printf(page, "deleted %s, erased for good tonight", ago);
}

bool settings_fill_gone(struct page *page, struct book *book, struct settings_view *view,
                        GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) people = g_array_new(false, true, sizeof(struct person_row));
    struct person_filter gone = {.is_deleted = true};
    struct person_page list = {.limit = GONE_SHOWN};
    if (!person_list(book, &gone, &list, text, people, error)) {
        return false;
    }
    struct settings_gone *rows = page_room_of(page, people->len, sizeof *rows);
    for (guint i = 0; i < people->len; i++) {
        const struct person_row *row = &g_array_index(people, struct person_row, i);
        rows[i] = (struct settings_gone){.id = row->person_id,
                                         .when = gone_words(page, row->deleted_at),
                                         .name = {.latin = page_printf(page, "%s", row->name),
                                                  .own = page_keep(page, g_strdup(row->own_name)),
                                                  .lang = row->own_lang,
                                                  .is_rtl = row->own_is_rtl}};
    }
    g_autofree char *people_words = words_count(list.total, "person", "people");
    view->gone = rows;
    view->n_gone = people->len;
    view->n_gone_all = list.total;
    view->has_more_gone = list.total > (int64_t)people->len;
    view->erase_label = page_printf(page, "Erase %s for good", people_words);
    return true;
}
