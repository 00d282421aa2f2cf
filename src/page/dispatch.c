/* The frame around every page: finds the route, loads who is looking, renders, keeps. */
#include "page/site.h"

#include <string.h>

#include "base/error.h"
#include "keys.tpl.h"
#include "page/asset.h"
#include "page/plain.h"
#include "trouble.tpl.h"

#define DO "/do/"

/* ---- the sheet of keys ---- */

static bool show_keys(struct page *page, GError **error)
{
    (void)error;
    struct keys_view view = {0};
    page_frame(page, NAV_NONE, "Keys", &view.frame);
    keys_render(page->out, &view);
    return true;
}

static const struct page_route keys_route = {"/keys", PAGE_ANYONE | PAGE_CACHED, show_keys};

/* ---- making ---- */

static bool add_route(struct site *site, const struct page_route *route, GError **error)
{
    static const struct {
        const char *pattern;
        enum nav nav;
    } words[] = {
        {"/", NAV_TODAY},        {"/week", NAV_WEEK},
        {"/people", NAV_PEOPLE}, {"/introductions", NAV_INTRODUCTIONS},
        {"/season", NAV_SEASON}, {"/strategies", NAV_STRATEGIES},
        {"/import", NAV_IMPORT}, {"/settings", NAV_SETTINGS},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(route->pattern, words[i].pattern) == 0) {
            site->navs |= 1u << words[i].nav;
        }
    }
    struct http_route *row = g_new0(struct http_route, 1);
    *row = (struct http_route){
        .method = "GET", .pattern = route->pattern, .flags = route->flags, .target = route};
    g_ptr_array_add(site->routes, row);
    return http_router_add(site->router, row, error);
}

struct site *site_new(const struct site_options *options, GError **error)
{
    struct site *site = g_new0(struct site, 1);
    site->options = *options;
    site->routes = g_ptr_array_new_with_free_func(g_free);
    site->router = http_router_new();
    site->attempts = attempts_new(&options->env->clock);
    site->cache = cache_new(options->store_file, &options->env->clock);
    g_mutex_init(&site->open_lock);
    bool is_sound = add_route(site, &keys_route, error);
    for (int i = 0; i < options->n_features && is_sound; i++) {
        for (const struct page_route *route = options->features[i]->pages;
             route != NULL && route->pattern != NULL && is_sound; route++) {
            is_sound = add_route(site, route, error);
        }
    }
    if (!is_sound) {
        site_free(site);
        return NULL;
    }
    return site;
}

void site_free(struct site *site)
{
    if (site == NULL) {
        return;
    }
    http_router_free(site->router);
    g_ptr_array_unref(site->routes);
    attempts_free(site->attempts);
    cache_free(site->cache);
    g_mutex_clear(&site->open_lock);
    g_free(site->open_cookie);
    g_free(site);
}

struct attempts *site_attempts(const struct site *site)
{
    return site->attempts;
}

void site_changed(struct site *site)
{
    if (site->cache != NULL) {
        cache_forget(site->cache);
    }
}

/* ---- trouble ---- */

/* What the foot says to those who answer for the store. Kept with the request. */
static const char *backup_words(const struct site *site, const struct viewer *viewer,
                                GPtrArray *keep)
{
    int64_t at;
    if (!viewer->is_admin || viewer->account_id == 0) {
        return NULL;
    }
    if (viewer->backup_at == NULL || !at_parse(viewer->backup_at, &at)) {
        return "No backup yet";
    }
    const struct clock *clock = &site->options.env->clock;
    g_autofree char *day = day_words(clock_day_of(clock, at), clock_today(clock));
    char *words = g_strdup_printf("Last backup %s", day);
    g_ptr_array_add(keep, words);
    return words;
}

static struct page page_for(const struct site *site, const struct viewer *viewer)
{
    struct page page = {
        .env = site->options.env,
        .db = site->options.db,
        .actions = site->options.actions,
        .data_dir = site->options.data_dir,
        .app = site->options.app,
        .attempts = site->attempts,
        .status = 200,
        .navs = site->navs,
        .keep = g_ptr_array_new_with_free_func(g_free),
    };
    if (viewer != NULL) {
        page.account_id = viewer->account_id;
        page.account_name = viewer->name;
        page.self_person_id = viewer->self_person_id;
        page.is_admin = viewer->is_admin;
        page.csrf = viewer->csrf;
        page.theme = viewer->theme;
        page.has_no_keys = viewer->has_no_keys;
        page.backup = backup_words(site, viewer, page.keep);
    }
    return page;
}

static void send_html(struct http_response *response, int status, struct html_out *out)
{
    size_t length;
    char *bytes = html_out_steal(out, &length);
    http_response_set_status(response, status);
    http_response_set_type(response, "text/html; charset=utf-8");
    http_response_take(response, bytes, length);
}

static const char *head_of(int status)
{
    switch (status) {
    case 404: return "There is nothing at this address";
    case 403: return "This was not done";
    case 401: return "You are not signed in";
    case 405: return "This address takes no such request";
    case 413: return "This is too large";
    case 429: return "Too many tries";
    case 503: return "Busy right now";
    default: return status >= 500 ? "Something failed on our side" : "This was not understood";
    }
}

static void show_trouble(struct page *page, struct http_response *response,
                         struct trouble_view *view, int status)
{
    struct html_out out;
    html_out_init(&out, PAGE_LIMIT);
    view->is_ours = status >= 500 && status != 503;
    view->head = head_of(status);
    page_frame(page, NAV_NONE, view->head, &view->frame);
    trouble_render(&out, view);
    http_response_set_header(response, "Cache-Control", "no-store");
    send_html(response, status, &out);
    g_ptr_array_unref(page->keep);
}

void site_trouble(struct site *site, const struct http_request *request,
                  struct http_response *response, const struct viewer *viewer, const GError *error)
{
    int status = action_http_status(error);
    struct page page = page_for(site, viewer);
    char when[AT_TEXT];
    int64_t second = clock_now(&site->options.env->clock) / US_PER_SECOND * US_PER_SECOND;
    struct trouble_view view = {
        .text = error->message, .code = error_code(error), .when = at_format(second, when)};
    if (!error_is_theirs(error)) {
        g_warning("%s %s: %s: %s", http_request_method(request), http_request_path(request),
                  error_code(error), error->message);
        view.again_href = http_request_is(request, "GET") ? http_request_target(request) : NULL;
    }
    show_trouble(&page, response, &view, status);
}

void site_error_page(struct site *site, struct http_response *response)
{
    int status = http_response_status(response);
    struct page page = page_for(site, NULL);
    g_autofree char *code = g_strdup_printf("http.%d", status);
    struct trouble_view view = {.code = code};
    show_trouble(&page, response, &view, status);
}

/* ---- pages ---- */

/* "tag#id" as htmx 4 writes it, or the id alone. */
static const char *target_id(const char *header)
{
    const char *mark = header != NULL ? strchr(header, '#') : NULL;
    return mark != NULL ? mark + 1 : header;
}

struct rendering {
    struct site *site;
    const struct http_request *request;
    struct http_response *response;
    struct viewer *viewer;
    const struct page_route *route;
    struct cache_stamp stamp;
    char *key; /* NULL: is not kept */
};

static void keep_page(const struct rendering *rendering, const struct html_out *out,
                      const struct page *page)
{
    bool is_plain =
        page->status == 200 && page->toast.text == NULL && rendering->viewer->new_cookie == NULL;
    if (rendering->key == NULL || !is_plain) {
        return;
    }
    g_autoptr(GBytes) bytes = g_bytes_new(out->text, out->length);
    cache_keep(rendering->site->cache, rendering->key, &rendering->stamp, bytes);
}

static void finish(const struct rendering *rendering, struct page *page, struct html_out *out)
{
    struct http_response *response = rendering->response;
    if (page->location != NULL) {
        http_response_redirect(response, 303, page->location);
        return;
    }
    if ((rendering->route->flags & PAGE_RAW) != 0) {
        return;
    }
    keep_page(rendering, out, page);
    http_response_set_header(response, "Cache-Control", "private, no-cache");
    send_html(response, page->status, out);
}

/* Renders with a route that was found. */
static void render(struct rendering *rendering, const struct http_match *match,
                   const struct http_params *query, const struct refused_form *form)
{
    const struct http_request *request = rendering->request;
    struct page page = page_for(rendering->site, rendering->viewer);
    struct html_out out;
    html_out_init(&out, PAGE_LIMIT);
    page.request = request;
    page.response = rendering->response;
    page.site = rendering->site;
    page.viewer = rendering->viewer;
    page.vars = match;
    page.query = query;
    page.out = &out;
    page.is_loopback = http_request_is_loopback(request);
    page.is_fragment = http_request_header(request, "HX-Request") != NULL && form == NULL;
    page.hx_target = page.is_fragment ? target_id(http_request_header(request, "HX-Target")) : NULL;
    if (form != NULL) {
        page.typed = form->typed;
        page.refusals = form->refusals;
        page.refusal = form->refusal;
        page.result = form->result;
        page.status = form->status;
    } else {
        flash_take(rendering->site, request, rendering->response, rendering->viewer, &page.toast,
                   page.keep);
    }
    if (rendering->viewer->new_cookie != NULL) {
        session_set_cookie(rendering->site, rendering->response, rendering->viewer->new_cookie);
    }
    g_autoptr(GError) error = NULL;
    if (!rendering->route->get(&page, &error)) {
        if (error == NULL) {
            bug(&error, "page.silent", "%s failed without saying why.", rendering->route->pattern);
        }
        site_trouble(rendering->site, request, rendering->response, rendering->viewer, error);
    } else if (out.is_full) {
        bug(&error, "page.too_long", "The page is longer than %d bytes.", PAGE_LIMIT);
        site_trouble(rendering->site, request, rendering->response, rendering->viewer, error);
    } else {
        finish(rendering, &page, &out);
    }
    html_out_clear(&out);
    g_ptr_array_unref(page.keep);
}

/* Who may see the page; answers otherwise. */
static bool may_see(const struct rendering *rendering)
{
    const struct viewer *viewer = rendering->viewer;
    if ((rendering->route->flags & PAGE_ANYONE) == 0 && viewer->account_id == 0) {
        g_autofree char *back = http_encode(http_request_target(rendering->request), true);
        g_autofree char *next = g_strdup_printf("/sign-in?back=%s", back);
        http_response_redirect(rendering->response, 303, next);
        return false;
    }
    if ((rendering->route->flags & PAGE_ADMIN) != 0 && !viewer->is_admin) {
        g_autoptr(GError) error = NULL;
        refuse(&error, "auth.admin", "Only an administrator of this store may see this.");
        site_trouble(rendering->site, rendering->request, rendering->response, viewer, error);
        return false;
    }
    return true;
}

bool site_render(struct site *site, const struct http_request *request,
                 struct http_response *response, struct viewer *viewer, const char *path,
                 const struct refused_form *form)
{
    g_autofree char *plain = g_strndup(path, strcspn(path, "?#"));
    struct http_match match;
    bool is_found = http_router_find(site->router, "GET", plain, &match);
    struct http_params query = {0};
    const char *mark = strchr(path, '?');
    if (is_found && mark != NULL) {
        http_params_parse(&query, mark + 1, strcspn(mark + 1, "#"), NULL);
    }
    if (is_found) {
        struct rendering rendering = {
            .site = site,
            .request = request,
            .response = response,
            .viewer = viewer,
            .route = match.route->target,
        };
        if ((rendering.route->flags & PAGE_RAW) != 0) {
            is_found = false;
        } else if (may_see(&rendering)) {
            render(&rendering, &match, &query, form);
        }
    }
    http_params_clear(&query);
    http_match_clear(&match);
    return is_found;
}

static void send_kept(const struct http_request *request, struct http_response *response,
                      GBytes *page, const char *etag)
{
    http_response_set_header(response, "Cache-Control", "private, no-cache");
    if (!http_response_etag(response, request, etag, true)) {
        http_response_set_type(response, "text/html; charset=utf-8");
        http_response_bytes(response, page);
    }
}

/* Where no journal tells of writes: what the viewer's account, just read, says of its revision does.
 * What the foot says of backups is the store's, so it counts too. */
static bool show_kept(struct rendering *rendering)
{
    const struct viewer *viewer = rendering->viewer;
    char etag[40];
    if (rendering->key == NULL || rendering->site->options.store_file != NULL) {
        return false;
    }
    rendering->stamp.size = viewer->revision;
    rendering->stamp.written_ns = viewer->backup_at != NULL ? g_str_hash(viewer->backup_at) : 0;
    g_autoptr(GBytes) page =
        cache_find_as(rendering->site->cache, rendering->key, &rendering->stamp, etag);
    if (page != NULL) {
        send_kept(rendering->request, rendering->response, page, etag);
    }
    return page != NULL;
}

static void make_page(struct site *site, const struct http_request *request,
                      struct http_response *response, const struct http_match *match, char *key)
{
    g_autoptr(GError) error = NULL;
    struct viewer viewer = {0};
    struct rendering rendering = {
        .site = site,
        .request = request,
        .response = response,
        .viewer = &viewer,
        .route = match->route->target,
        .key = key,
    };
    if (key != NULL) {
        cache_stamp(site->cache, &rendering.stamp);
    }
    if (!viewer_load(site, request, &viewer, &error)) {
        site_trouble(site, request, response, NULL, error);
    } else if (may_see(&rendering) && !show_kept(&rendering)) {
        render(&rendering, match, http_request_query_all(request), NULL);
    }
    viewer_clear(&viewer);
}

static void show_page(struct site *site, const struct http_request *request,
                      struct http_response *response, const struct http_match *match)
{
    const struct page_route *route = match->route->target;
    g_autofree char *key = (route->flags & PAGE_CACHED) != 0 ? cache_key(site, request) : NULL;
    char etag[40];
    bool is_mine = false;
    bool has_journal = site->options.store_file != NULL;
    g_autoptr(GBytes) page =
        key != NULL && has_journal ? cache_claim(site->cache, key, etag, &is_mine) : NULL;
    if (page != NULL) {
        send_kept(request, response, page, etag);
        return;
    }
    make_page(site, request, response, match, key);
    if (is_mine) {
        cache_release(site->cache, key);
    }
}

static void not_here(struct site *site, const struct http_request *request,
                     struct http_response *response, const char *allow)
{
    g_autoptr(GError) error = NULL;
    struct viewer viewer = {0};
    if (allow != NULL) {
        http_response_set_header(response, "Allow", allow);
        refuse(&error, "page.method", "This address takes %s.", allow);
    } else {
        refuse(&error, "page.not_found", "It may have moved, or the address was cut off.");
    }
    g_autoptr(GError) trouble = NULL;
    bool is_loaded = viewer_load(site, request, &viewer, &trouble);
    site_trouble(site, request, response, is_loaded ? &viewer : NULL, error);
    viewer_clear(&viewer);
}

void site_handle(struct site *site, const struct http_request *request,
                 struct http_response *response)
{
    const char *path = http_request_raw_path(request);
    bool is_post = http_request_is(request, "POST");
    if (strcmp(path, "/sign-in") == 0) {
        session_sign_in(site, request, response);
    } else if (strcmp(path, "/sign-out") == 0 && is_post) {
        session_sign_out(site, request, response);
    } else if (g_str_has_prefix(path, DO) && is_post) {
        form_handle(site, request, response, path + strlen(DO));
    } else {
        struct http_match match;
        if (http_router_find(site->router, http_request_method(request), path, &match)) {
            show_page(site, request, response, &match);
        } else {
            not_here(site, request, response, match.allow);
        }
        http_match_clear(&match);
    }
}

/* ---- at once ---- */

static bool quick_asset(const struct http_request *request, struct http_response *response)
{
    bool is_current;
    const struct asset *found = asset_find(http_request_path(request), &is_current);
    if (found == NULL) {
        return false;
    }
    struct http_asset file = found->file;
    file.is_immutable = is_current;
    http_response_asset(response, request, &file);
    return true;
}

bool site_quick(struct site *site, const struct http_request *request,
                struct http_response *response)
{
    const char *path = http_request_path(request);
    if (g_str_has_prefix(path, ASSET_ROOT)) {
        return quick_asset(request, response);
    }
    g_autofree char *key = site->options.store_file != NULL ? cache_key(site, request) : NULL;
    char etag[40];
    g_autoptr(GBytes) page = key != NULL ? cache_find(site->cache, key, etag) : NULL;
    if (page == NULL) {
        return false;
    }
    send_kept(request, response, page, etag);
    return true;
}

bool site_is_slow(const struct site *site, const struct http_request *request)
{
    const char *path = http_request_path(request);
    if (!http_request_is(request, "POST")) {
        return false;
    }
    const char *name = g_str_has_prefix(path, DO)           ? path + strlen(DO)
                       : g_str_has_prefix(path, "/api/v1/") ? path + strlen("/api/v1/")
                                                            : NULL;
    const struct action *action = name != NULL ? action_find(site->options.actions, name) : NULL;
    for (const struct param *param = action != NULL ? action->params : NULL;
         param != NULL && param->name != NULL; param++) {
        if (param->type == PARAM_SECRET) {
            return true;
        }
    }
    return strcmp(path, "/sign-in") == 0;
}
