/* The calendar file, for whoever is signed in, and the private feed, for whoever has its address.
 * The address holds a token that opens this and nothing else (scope "calendar"); it is looked up by
 * its hash, and everything that does not fit is answered as an absent page. */
#include "feature/season/season_parts.h"

#include "base/error.h"
#include "model/token.h"
#include "net/http.h"

#include <string.h>

#define ENDING ".ics"

struct reading {
    struct page *page;
    const char *secret;
    struct token token;
    GStringChunk *text;
    char *ical;
};

static bool write_calendar(struct reading *reading, struct book *book, GError **error)
{
    g_autoptr(season_ptr) season = NULL;
    struct goal goal;
    if (!season_read(book, 0, reading->text, &goal, &season, error)) {
        return false;
    }
    g_free(reading->ical);
    reading->ical = season_calendar(season, book->account_id, book_now(book), NULL);
    return true;
}

static void send_calendar(struct page *page, struct reading *reading, const char *disposition)
{
    http_response_set_type(page->response, "text/calendar; charset=utf-8");
    http_response_set_header(page->response, "Content-Disposition", disposition);
    http_response_set_header(page->response, "Cache-Control", "private, no-store");
    http_response_take(page->response, reading->ical, strlen(reading->ical));
}

static bool read_own(struct db_tx *tx, void *data, GError **error)
{
    struct reading *reading = data;
    struct book book = BOOK(tx, reading->page->env, reading->page->account_id);
    return write_calendar(reading, &book, error);
}

bool season_page_file(struct page *page, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct reading reading = {.page = page, .text = text};
    if (!db_read(page->db, "season file", read_own, &reading, error)) {
        g_free(reading.ical);
        return false;
    }
    send_calendar(page, &reading, "attachment; filename=\"season.ics\"");
    return true;
}

static bool read_feed(struct db_tx *tx, void *data, GError **error)
{
    struct reading *reading = data;
    if (!token_find(tx, reading->page->env, reading->secret, reading->text, &reading->token,
                    error)) {
        return false;
    }
    if (strcmp(reading->token.scopes, FEED_SCOPE) != 0) {
        return refuse(error, "token.not_found", "This opens something else.");
    }
    struct book book = BOOK(tx, reading->page->env, reading->token.account_id);
    return write_calendar(reading, &book, error);
}

static bool note_use(struct db_tx *tx, void *data, GError **error)
{
    struct reading *reading = data;
    return token_used(tx, reading->page->env, &reading->token, error);
}

bool season_page_feed(struct page *page, GError **error)
{
    const char *file = page_var(page, "file");
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct reading reading = {.page = page, .text = text};
    g_autoptr(GError) why = NULL;
    if (file == NULL || !g_str_has_suffix(file, ENDING)) {
        return refuse(error, "page.not_found", "There is no calendar at this address.");
    }
    reading.secret = page_printf(page, "%.*s", (int)(strlen(file) - strlen(ENDING)), file);
    if (!db_read(page->db, "season feed", read_feed, &reading, &why) ||
        !db_write(page->db, "season feed used", note_use, &reading, &why)) {
        g_free(reading.ical);
        if (error_has_code(why, "token.not_found")) {
            return refuse(error, "page.not_found", "There is no calendar at this address.");
        }
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    http_response_set_header(page->response, "Referrer-Policy", "no-referrer");
    send_calendar(page, &reading, "inline; filename=\"season.ics\"");
    return true;
}
