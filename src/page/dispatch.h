/* From a request to a page: session, account, form token, the route, the frame. Called by the server of app/ on a worker
 * thread; cached pages are answered on the I/O thread (site_quick). */
#ifndef LIGATURE_PAGE_DISPATCH_H
#define LIGATURE_PAGE_DISPATCH_H

#include "action/api.h"
#include "page/feature.h"

struct http_request;                /* net/http.h */
struct http_response;

struct site;

struct site_options {
    struct env *env;                            /* all borrowed, must outlive the site */
    struct db *db;
    const char *data_dir;
    void *app;
    const struct feature *const *features;
    int n_features;
    const struct action_table *actions;
    bool is_secure;                             /* served behind TLS: __Host- cookies */
    bool is_open;                               /* loopback and one account: no password needed */
    api_start_job_fn *start_job;
};

struct site *site_new(const struct site_options *options, GError **error);
void site_free(struct site *site);

/* Pages, forms (/do/<noun>.<verb>), sign in and out. Always answers. */
void site_handle(struct site *site, const struct http_request *request, struct http_response *response);
/* True when a kept page answers at once; never blocks. */
bool site_quick(struct site *site, const struct http_request *request, struct http_response *response);

#endif
