/* Who is looking. A cookie names a session row; on a loopback address, the only account, when it
 * has no password, is let in without signing in: then every browser of this machine is given one
 * session, made when first needed. */
#include "page/site.h"

#include <sodium.h>
#include <string.h>

#include "base/error.h"
#include "model/account.h"
#include "model/password.h"
#include "model/person.h"
#include "model/session.h"
#include "model/setting.h"
#include "page/plain.h"
#include "sign_in.tpl.h"

const char *session_cookie_name(const struct site *site)
{
    return site->options.is_secure ? "__Host-ligature" : "ligature";
}

void session_set_cookie(const struct site *site, struct http_response *response, const char *value)
{
    const struct http_cookie cookie = {
        .name = session_cookie_name(site),
        .value = value != NULL ? value : "",
        .max_age = value != NULL ? SESSION_ABSOLUTE_US / US_PER_SECOND : -1,
        .is_secure = site->options.is_secure,
    };
    http_response_set_cookie(response, &cookie);
}

void viewer_clear(struct viewer *viewer)
{
    g_clear_pointer(&viewer->new_cookie, g_free);
    g_clear_pointer(&viewer->text, g_string_chunk_free);
}

/* ---- reading a session ---- */

struct look {
    struct site *site;
    const char *cookie;
    struct viewer *viewer;
    struct session session;
    struct account account;
    bool is_found;
    int64_t only_account_id; /* the one that may be let in, 0: none */
};

/* Until you name yourself, your own person is whom the page greets: an import may know your name. */
static bool read_name(struct db_tx *tx, struct look *look, GError **error)
{
    struct viewer *viewer = look->viewer;
    struct book book = BOOK(tx, look->site->options.env, look->account.account_id);
    struct person_row self;
    viewer->name = look->account.display_name;
    if (strcmp(look->account.display_name, look->account.name) != 0) {
        return true;
    }
    if (!person_row_load(&book, look->account.self_person_id, viewer->text, &self, error)) {
        return false;
    }
    viewer->name = self.name[0] != '\0' ? self.name : viewer->name;
    return true;
}

static bool read_session(struct db_tx *tx, void *data, GError **error)
{
    struct look *look = data;
    g_autoptr(GError) trouble = NULL;
    look->is_found = false;
    if (!session_find(tx, look->site->options.env, look->cookie, look->viewer->text, &look->session,
                      &trouble)) {
        if (error_is_theirs(trouble)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&trouble));
        return false;
    }
    struct viewer *viewer = look->viewer;
    const char *keys = NULL;
    if (!account_load(tx, look->session.account_id, viewer->text, &look->account, error) ||
        !setting_load(tx, look->session.account_id, "theme", viewer->text, &viewer->theme, error) ||
        !setting_load(tx, look->session.account_id, "keys", viewer->text, &keys, error) ||
        !setting_load(tx, SETTING_STORE, "backup.last_at", viewer->text, &viewer->backup_at, error) ||
        !read_name(tx, look, error)) {
        return false;
    }
    viewer->account_id = look->account.account_id;
    viewer->self_person_id = look->account.self_person_id;
    viewer->revision = look->account.revision;
    viewer->is_admin = look->account.is_admin;
    viewer->csrf = look->session.csrf;
    viewer->token_hash = look->session.token_hash;
    viewer->has_no_keys = g_strcmp0(keys, "off") == 0;
    if (g_strcmp0(viewer->theme, "light") != 0 && g_strcmp0(viewer->theme, "dark") != 0) {
        viewer->theme = NULL;
    }
    look->is_found = true;
    return true;
}

static bool note_seen(struct db_tx *tx, void *data, GError **error)
{
    const struct look *look = data;
    return session_seen(tx, look->site->options.env, &look->session, error);
}

/* ---- the open door of a loopback address ---- */

static bool find_only(struct db_tx *tx, void *data, GError **error)
{
    struct look *look = data;
    g_autoptr(GArray) accounts = g_array_new(FALSE, TRUE, sizeof(struct account));
    look->only_account_id = 0;
    if (!account_list(tx, look->viewer->text, accounts, error)) {
        return false;
    }
    int n_open = 0;
    for (guint i = 0; i < accounts->len; i++) {
        const struct account *account = &g_array_index(accounts, struct account, i);
        if (account->closed_at == AT_NONE) {
            n_open++;
            look->only_account_id = account->password == NULL ? account->account_id : 0;
        }
    }
    look->only_account_id = n_open == 1 ? look->only_account_id : 0;
    return true;
}

static bool start_open(struct db_tx *tx, void *data, GError **error)
{
    struct look *look = data;
    char cookie[SESSION_COOKIE_TEXT];
    if (!session_start(tx, look->site->options.env, look->only_account_id, "this computer", cookie,
                       error)) {
        return false;
    }
    g_free(look->site->open_cookie);
    look->site->open_cookie = g_strdup(cookie);
    return true;
}

/* The session of this machine, made again when it has ended. NULL: nobody is let in, or *error. */
static bool open_door(struct look *look, GError **error)
{
    struct site *site = look->site;
    if (!db_read(site->options.db, "account only", find_only, look, error)) {
        return false;
    }
    if (look->only_account_id == 0) {
        return true;
    }
    g_mutex_lock(&site->open_lock);
    bool is_done = true;
    for (int try = 0; try < 2 && is_done && !look->is_found; try++) {
        if (site->open_cookie == NULL || try == 1) {
            is_done = db_write(site->options.db, "session open", start_open, look, error);
        }
        look->cookie = site->open_cookie;
        is_done = is_done && db_read(site->options.db, "session read", read_session, look, error);
    }
    if (is_done && look->is_found) {
        look->viewer->new_cookie = g_strdup(site->open_cookie);
    }
    g_mutex_unlock(&site->open_lock);
    return is_done;
}

bool viewer_load(struct site *site, const struct http_request *request, struct viewer *viewer,
                 GError **error)
{
    *viewer = (struct viewer){.text = g_string_chunk_new(512)};
    struct look look = {.site = site,
                        .viewer = viewer,
                        .cookie = http_request_cookie(request, session_cookie_name(site))};
    if (look.cookie != NULL &&
        !db_read(site->options.db, "session read", read_session, &look, error)) {
        return false;
    }
    if (!look.is_found && site->options.is_open && http_request_is_loopback(request)) {
        return open_door(&look, error);
    }
    if (look.is_found && look.session.needs_seen) {
        return db_write(site->options.db, "session seen", note_seen, &look, error);
    }
    return true;
}

/* ---- forms and scripts ---- */

bool session_check_form(const struct viewer *viewer, const struct http_request *request,
                        GError **error)
{
    const char *given = http_request_header(request, "X-Csrf-Token");
    if (given == NULL) {
        given = http_request_form(request, "csrf");
    }
    bool is_same = given != NULL && viewer->csrf != NULL && strlen(given) == strlen(viewer->csrf) &&
                   sodium_memcmp(given, viewer->csrf, strlen(given)) == 0;
    if (!is_same || !http_request_is_same_origin(request)) {
        return refuse(
            error, "auth.csrf",
            "This page is older than your session. Go back, load it again, and send it once more.");
    }
    return true;
}

bool site_caller(struct site *site, const struct http_request *request, struct api_caller *caller,
                 GError **error)
{
    if (http_request_cookie(request, session_cookie_name(site)) == NULL) {
        return true;
    }
    struct viewer viewer;
    bool is_done = viewer_load(site, request, &viewer, error);
    if (is_done && viewer.account_id != 0) {
        is_done = session_check_form(&viewer, request, error);
        if (is_done) {
            caller->account_id = viewer.account_id;
            caller->is_admin = viewer.is_admin;
            caller->scopes = ~0u;
        }
    }
    viewer_clear(&viewer);
    return is_done;
}

/* ---- signing in and out ---- */

struct sign_in {
    struct site *site;
    const char *name;
    const char *agent;
    GStringChunk *text;
    struct account account;
    bool is_found;
    char cookie[SESSION_COOKIE_TEXT];
};

static bool find_name(struct db_tx *tx, void *data, GError **error)
{
    struct sign_in *in = data;
    g_autoptr(GError) trouble = NULL;
    in->is_found = account_find(tx, in->name, in->text, &in->account, &trouble) &&
                   in->account.closed_at == AT_NONE;
    if (trouble != NULL && !error_is_theirs(trouble)) {
        g_propagate_error(error, g_steal_pointer(&trouble));
        return false;
    }
    return true;
}

static bool start(struct db_tx *tx, void *data, GError **error)
{
    struct sign_in *in = data;
    return session_start(tx, in->site->options.env, in->account.account_id, in->agent, in->cookie,
                         error);
}

/* Unknown names take the time of known ones and get the same answer. */
static bool try_password(struct sign_in *in, const struct http_request *request, GError **error)
{
    struct site *site = in->site;
    const char *password = http_request_form(request, "password");
    int wait;
    if (!http_request_is_same_origin(request)) {
        return refuse(error, "auth.csrf", "Another page sent this. Sign in here.");
    }
    if (!attempts_allow(site->attempts, in->name, http_request_remote(request), &wait)) {
        return refuse(error, "auth.limited", "Too many tries. Wait %d %s.",
                      wait < 90 ? wait : (wait + 59) / 60, wait < 90 ? "seconds" : "minutes");
    }
    if (!db_read(site->options.db, "account find", find_name, in, error)) {
        return false;
    }
    if (!password_fits(in->is_found ? in->account.password : NULL,
                       password != NULL ? password : "")) {
        attempts_failed(site->attempts, in->name, http_request_remote(request));
        return refuse(error, "auth.failed", "Name and password do not go together.");
    }
    attempts_passed(site->attempts, in->name);
    return db_write(site->options.db, "session start", start, in, error);
}

static void show_sign_in(struct http_response *response, int status, const char *name,
                         const char *back, const char *refusal)
{
    struct html_out out;
    html_out_init(&out, PAGE_LIMIT);
    const struct sign_in_view view = {
        .frame = {.title = "Sign in"}, .refusal = refusal, .name = name, .back = back};
    sign_in_render(&out, &view);
    size_t length;
    char *bytes = html_out_steal(&out, &length);
    http_response_set_status(response, status);
    http_response_set_type(response, "text/html; charset=utf-8");
    http_response_set_header(response, "Cache-Control", "no-store");
    http_response_take(response, bytes, length);
}

void session_sign_in(struct site *site, const struct http_request *request,
                     struct http_response *response)
{
    bool is_post = http_request_is(request, "POST");
    const char *name = is_post ? http_request_form(request, "name") : NULL;
    const char *back =
        is_post ? http_request_form(request, "back") : http_request_query(request, "back");
    back = back != NULL && is_own_path(back) ? back : NULL;
    if (!is_post) {
        show_sign_in(response, 200, NULL, back, NULL);
        return;
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    const char *agent = http_request_header(request, "User-Agent");
    g_autofree char *short_agent = g_strndup(agent != NULL ? agent : "", 200);
    struct sign_in in = {
        .site = site, .name = name != NULL ? name : "", .agent = short_agent, .text = text};
    if (try_password(&in, request, &error)) {
        session_set_cookie(site, response, in.cookie);
        http_response_redirect(response, 303, back != NULL ? back : "/");
    } else if (error_is_theirs(error)) {
        show_sign_in(response, action_http_status(error), name, back, error->message);
    } else {
        site_trouble(site, request, response, NULL, error);
    }
}

struct ending {
    const struct viewer *viewer;
};

static bool end(struct db_tx *tx, void *data, GError **error)
{
    const struct ending *ending = data;
    return session_end(tx, ending->viewer->account_id, ending->viewer->token_hash, error);
}

void session_sign_out(struct site *site, const struct http_request *request,
                      struct http_response *response)
{
    g_autoptr(GError) error = NULL;
    struct viewer viewer;
    struct ending ending = {.viewer = &viewer};
    bool is_done = viewer_load(site, request, &viewer, &error);
    if (is_done && viewer.account_id != 0) {
        is_done = session_check_form(&viewer, request, &error) &&
                  db_write(site->options.db, "session end", end, &ending, &error);
    }
    if (is_done) {
        site_changed(site);
        session_set_cookie(site, response, NULL);
        http_response_redirect(response, 303, "/sign-in");
    } else {
        site_trouble(site, request, response, &viewer, error);
    }
    viewer_clear(&viewer);
}
