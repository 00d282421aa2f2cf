/* POST /do/<noun>.<verb>: the form of any action. The page it came from is shown again, changed or
 * with what was refused. */
#include "page/site.h"

#include <string.h>

#include "action/input.h"
#include "base/error.h"
#include "base/id.h"

bool is_own_path(const char *path)
{
    if (path == NULL || path[0] != '/' || path[1] == '/' || path[1] == '\\' ||
        strlen(path) > 2000) {
        return false;
    }
    for (const char *at = path; *at != '\0'; at++) {
        if ((unsigned char)*at <= ' ' || *at == '\\' || *at == 0x7f) {
            return false;
        }
    }
    return true;
}

/* Where the form stands: its `back`, else the page the browser says it came from, else the first
 * page. New string. */
static char *back_of(const struct http_request *request)
{
    const char *back = http_request_form(request, "back");
    if (back != NULL && is_own_path(back)) {
        return g_strdup(back);
    }
    const char *referer = http_request_header(request, "Referer");
    g_autoptr(GUri) uri = referer != NULL ? g_uri_parse(referer, G_URI_FLAGS_ENCODED, NULL) : NULL;
    if (uri != NULL && g_uri_get_path(uri) != NULL && http_request_is_same_origin(request)) {
        const char *query = g_uri_get_query(uri);
        g_autofree char *path = g_strconcat(g_uri_get_path(uri), query != NULL ? "?" : "",
                                            query != NULL ? query : "", NULL);
        if (is_own_path(path)) {
            return g_steal_pointer(&path);
        }
    }
    return g_strdup("/");
}

/* What a member may put into a path: a word or a number. */
static const char *plain_member(const json_t *result, const char *name, char number[static 24])
{
    const json_t *value = json_object_get(result, name);
    if (json_is_integer(value)) {
        g_snprintf(number, 24, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return number;
    }
    const char *text = json_string_value(value);
    return text != NULL && text[strspn(text, "0123456789abcdefghijklmnopqrstuvwxyz_-")] == '\0'
               ? text
               : NULL;
}

char *form_place(const char *back, const json_t *result)
{
    GString *out = g_string_new(NULL);
    for (const char *at = back; *at != '\0';) {
        size_t open = *at == '{' ? 1 : g_ascii_strncasecmp(at, "%7B", 3) == 0 ? 3 : 0;
        size_t len = open > 0 ? strspn(at + open, "abcdefghijklmnopqrstuvwxyz_") : 0;
        const char *after = at + open + len;
        size_t shut = *after == '}' ? 1 : g_ascii_strncasecmp(after, "%7D", 3) == 0 ? 3 : 0;
        g_autofree char *name = g_strndup(at + open, len);
        char number[24];
        const char *text = len > 0 && shut > 0 ? plain_member(result, name, number) : NULL;
        if (text != NULL) {
            g_string_append(out, text);
            at = after + shut;
        } else {
            g_string_append_c(out, *at++);
        }
    }
    return g_string_free(out, FALSE);
}

struct form {
    struct site *site;
    const struct http_request *request;
    struct http_response *response;
    struct viewer *viewer;
    const struct action *action;
    char *back;
    const char *stands; /* where it stands, when that is not where it leads; NULL */
};

/* Not done: the same page again, with what was typed and what is wrong with it. */
static void show_refused(const struct form *form, const struct input *input, const json_t *refusals,
                         const GError *error)
{
    struct refused_form again = {
        .typed = input->raw,
        .refusals = refusals,
        .refusal = refusals == NULL ? error->message : NULL,
        .status = action_http_status(error),
    };
    if (!error_is_theirs(error) ||
        !site_render(form->site, form->request, form->response, form->viewer,
                     form->stands != NULL ? form->stands : form->back, &again)) {
        site_trouble(form->site, form->request, form->response, form->viewer, error);
    }
}

/* A form that only looked: what it found is shown on its page, with what was typed. */
static bool show_found(const struct form *form, const struct input *input, const json_t *result)
{
    struct refused_form found = {.typed = input->raw, .result = result, .status = 200};
    return form->action->effect == EFFECT_READ && json_object_get(result, "message") == NULL &&
           site_render(form->site, form->request, form->response, form->viewer, form->back, &found);
}

static struct api_caller caller_of(const struct form *form)
{
    return (struct api_caller){
        .account_id = form->viewer->account_id,
        .is_admin = form->viewer->is_admin,
        .is_loopback = http_request_is_loopback(form->request),
        .scopes = ~0u,
    };
}

static void run_now(const struct form *form, const struct input *input)
{
    const struct site_options *options = &form->site->options;
    struct action_call call = {
        .action = form->action,
        .env = options->env,
        .db = options->db,
        .app = options->app,
        .table = options->actions,
        .data_dir = options->data_dir,
        .account_id = form->viewer->account_id,
        .is_admin = form->viewer->is_admin,
        .is_loopback = http_request_is_loopback(form->request),
        .scopes = ~0u,
        .files = (const struct call_file *)(void *)input->files->data,
        .n_files = (int)input->files->len,
        .attempts = form->site->attempts,
        .remote = http_request_remote(form->request),
    };
    g_autoptr(GError) error = NULL;
    json_t *result = NULL;
    json_t *refusals = NULL;
    bool is_done = action_run(&call, input->raw, true, &result, &refusals, &error);
    if (form->action->effect != EFFECT_READ) {
        site_changed(form->site);
    }
    bool is_shown = is_done && show_found(form, input, result);
    if (is_done && !is_shown) {
        g_autofree char *next = form_place(form->back, result);
        flash_set(form->site, form->response, form->viewer, result);
        http_response_redirect(form->response, 303, next);
    } else if (!is_done) {
        show_refused(form, input, refusals, error);
    }
    json_decref(result);
    json_decref(refusals);
    json_decref(call.args);
    json_decref(call.refused);
}

/* What is not the action's goes before it is checked, so that the job starts with the same
 * arguments as any face's. */
static void drop_frame_fields(json_t *raw)
{
    static const char *const ours[] = {"csrf", "back", "stands"};
    for (size_t i = 0; i < G_N_ELEMENTS(ours); i++) {
        json_object_del(raw, ours[i]);
    }
}

static void start_job(const struct form *form, const struct input *input)
{
    g_autoptr(GError) error = NULL;
    const struct api_caller caller = caller_of(form);
    const struct api_job job = {
        .caller = &caller,
        .action = form->action,
        .raw = input->raw,
        .files = (const struct call_file *)(void *)input->files->data,
        .n_files = (int)input->files->len,
    };
    int64_t job_id;
    if (!form->site->options.start_job(form->site->options.app, &job, &job_id, &error)) {
        show_refused(form, input, NULL, error);
        return;
    }
    char id[ID_TEXT];
    g_autofree char *back = http_encode(form->back, true);
    g_autofree char *next = g_strdup_printf("/jobs/%s?back=%s", id_format(job_id, id), back);
    http_response_redirect(form->response, 303, next);
}

/* Without a session there is no token, and nothing that another page could use: only that page is
 * kept out. */
static bool may_send(const struct viewer *viewer, const struct http_request *request,
                     GError **error)
{
    if (viewer->account_id != 0) {
        return session_check_form(viewer, request, error);
    }
    return http_request_is_same_origin(request) ||
           refuse(error, "auth.csrf", "Another page sent this. Open the page here, and send it.");
}

void form_handle(struct site *site, const struct http_request *request,
                 struct http_response *response, const char *name)
{
    g_autoptr(GError) error = NULL;
    struct viewer viewer;
    struct input input = {0};
    struct form form = {.site = site,
                        .request = request,
                        .response = response,
                        .viewer = &viewer,
                        .back = back_of(request),
                        .stands = http_request_form(request, "stands")};
    if (form.stands != NULL && !is_own_path(form.stands)) {
        form.stands = NULL;
    }
    form.action = action_find(site->options.actions, name);
    bool is_loaded = viewer_load(site, request, &viewer, &error);
    if (!is_loaded) {
        site_trouble(site, request, response, NULL, error);
    } else if (form.action == NULL || form.action->is_local) {
        refuse(&error, "page.not_found", "There is nothing at this address.");
        site_trouble(site, request, response, &viewer, error);
    } else if (viewer.account_id == 0 && form.action->who != WHO_ANYONE) {
        http_response_redirect(response, 303, "/sign-in");
    } else if (!may_send(&viewer, request, &error) ||
               !input_read(&input, request, form.action, &error)) {
        site_trouble(site, request, response, &viewer, error);
    } else {
        bool is_job = form.action->is_long && site->options.start_job != NULL;
        drop_frame_fields(input.raw);
        (is_job ? start_job : run_now)(&form, &input);
    }
    input_clear(&input);
    viewer_clear(&viewer);
    g_free(form.back);
}

bool page_after(struct page *page, const char *back, const json_t *result)
{
    g_autofree char *next = form_place(is_own_path(back) ? back : "/", result);
    flash_set(page->site, page->response, page->viewer, result);
    return page_redirect(page, next);
}
