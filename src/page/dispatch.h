/* From a request to a page: session, account, form token, the route, the frame. Called by the
 * server of app/ on a worker thread; kept pages and assets are answered on the I/O thread
 * (site_quick).
 *
 * A form's action may say in its result what the next page tells: "message" (the toast's sentence),
 * and "undo" {"action", "id"} or "change_id" (then change.undo), which becomes its Undo. `back` may
 * hold "{id}" or another member of the result, which stands in. */
#ifndef LIGATURE_PAGE_DISPATCH_H
#define LIGATURE_PAGE_DISPATCH_H

#include "action/api.h"
#include "page/feature.h"

struct http_request; /* net/http.h */
struct http_response;

struct site;

struct site_options {
    struct env *env; /* all borrowed, must outlive the site */
    struct db *db;
    const char *data_dir;
    const char *store_file; /* the SQLite file, whose journal tells of other processes' writes; NULL:
                             * a server's, where each request asks for the account's revision */
    void *app;
    const struct feature *const *features;
    int n_features;
    const struct action_table *actions;
    bool is_secure; /* served behind TLS: __Host- cookies */
    bool is_open;   /* on a loopback address only: one account without password is let in */
    api_start_job_fn *start_job;
};

/* NULL when two routes meet (http.duplicate_route). */
struct site *site_new(const struct site_options *options, GError **error);
void site_free(struct site *site);
/* Who has to wait after wrong tries; borrowed. For struct api. */
struct attempts *site_attempts(const struct site *site);

/* Pages, forms (/do/<noun>.<verb>), sign in and out. Always answers. */
void site_handle(struct site *site, const struct http_request *request,
                 struct http_response *response);
/* True when a kept page or an asset answers at once; never blocks. */
bool site_quick(struct site *site, const struct http_request *request,
                struct http_response *response);
/* True when the request hashes a password, and so belongs to the slow pool. */
bool site_is_slow(const struct site *site, const struct http_request *request);
/* Something was written: kept pages are not shown any more. Thread safe. */
void site_changed(struct site *site);

/* Who calls the JSON API by the session of a page: needs the form token in X-CSRF-Token and no
 * other origin (else auth.csrf). Without a session *caller stays as it is. */
bool site_caller(struct site *site, const struct http_request *request, struct api_caller *caller,
                 GError **error);

/* The body of an answer that the server itself makes (404, 413, 503...): a page in the same
 * clothes, without account. */
void site_error_page(struct site *site, struct http_response *response);

#endif
