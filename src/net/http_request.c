/* What a request says. Opened once on the I/O thread (http_request_open), then only read. Header
 * lines stay where libmicrohttpd put them, which is right until the request is completed; what
 * we decode or trim is owned. */
#include "net/http_inner.h"
#include "net/http_listen.h"
#include "net/http_multipart.h"
#include "net/http_path.h"

#include <arpa/inet.h>
#include <string.h>
#include <unistd.h>

struct http_request *http_request_new(struct http_server *server, struct http_conn *conn,
                                      struct MHD_Connection *connection, const char *target)
{
    struct http_request *request = g_new0(struct http_request, 1);

    request->server = server;
    request->conn = conn;
    request->connection = connection;
    request->stage = HTTP_STAGE_HEADER;
    request->target_at = target;
    request->target = g_strdup(target);
    http_body_init(&request->body, server->upload_dir, server->options.body_max);
    http_response_init(&request->response);
    return request;
}

void http_request_free(struct http_request *request)
{
    if (request == NULL) {
        return;
    }
    http_request_attach(request, NULL, NULL);
    http_body_clear(&request->body);
    http_response_clear(&request->response);
    http_params_clear(&request->query);
    http_params_clear(&request->cookies);
    if (request->built != NULL) {
        MHD_destroy_response(request->built);
    }
    g_clear_pointer(&request->texts, g_ptr_array_unref);
    g_free(request->target);
    g_free(request->raw_path);
    g_free(request->path);
    g_free(request->place);
    g_free(request->type);
    g_free(request->remote);
    g_free(request);
}

/* ---- opening ---- */

static enum MHD_Result take_line(void *data, enum MHD_ValueKind kind, const char *name,
                                 const char *value)
{
    struct http_request *request = data;

    if (request->n_lines < HTTP_HEADERS_MAX) {
        request->lines[request->n_lines].name = name;
        request->lines[request->n_lines].value = value == NULL ? "" : value;
    }
    request->n_lines++;
    return MHD_YES;
}

/* Values may end with blanks (RFC 9110 5.5); ours do not. */
static void trim_lines(struct http_request *request)
{
    for (int i = 0; i < request->n_lines; i++) {
        size_t len = strlen(request->lines[i].value);
        if (len > 0 && strchr(" \t", request->lines[i].value[len - 1]) != NULL) {
            char *text = g_strchomp(g_strdup(request->lines[i].value));
            if (request->texts == NULL) {
                request->texts = g_ptr_array_new_with_free_func(g_free);
            }
            g_ptr_array_add(request->texts, text);
            request->lines[i].value = text;
        }
    }
}

/* The last address of X-Forwarded-For is the one our own proxy saw. */
static char *forwarded_address(const struct http_request *request)
{
    const char *list = http_request_header(request, "X-Forwarded-For");
    const char *last;
    unsigned char bytes[16];
    g_autofree char *text = NULL;

    if (list == NULL) {
        return NULL;
    }
    last = strrchr(list, ',');
    text = g_strstrip(g_strdup(last == NULL ? list : last + 1));
    if (inet_pton(AF_INET, text, bytes) != 1 && inet_pton(AF_INET6, text, bytes) != 1) {
        return NULL;
    }
    return g_steal_pointer(&text);
}

static bool host_is_ours(const struct http_request *request)
{
    char local[HTTP_HOST_MAX];
    int port;

    if (http_hosts_has(request->server->hosts, request->found.host, NULL)) {
        return true;
    }
    return http_listen_name(request->conn->fd, local, &port)
           && http_hosts_has(request->server->hosts, request->found.host, local);
}

int http_request_open(struct http_request *request, const char *method, const char *version)
{
    const union MHD_ConnectionInfo *info;
    struct http_head head = {
        .method = method, .version = version, .target = request->target, .lines = request->lines};
    const char *type;
    int status;

    request->method = method;
    MHD_get_connection_values(request->connection, MHD_HEADER_KIND, take_line, request);
    info = MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    if (info == NULL || info->header_size > request->server->options.header_max
        || request->n_lines > HTTP_HEADERS_MAX) {
        request->n_lines = MIN(request->n_lines, HTTP_HEADERS_MAX);
        return 431;
    }
    head.n_lines = request->n_lines;
    /* later versions mark line ends otherwise, and refuse these themselves */
    if (strncmp(MHD_get_version(), "0.9.", 4) == 0
        && !http_layout_is_exact(&head, request->target_at, info->header_size)) {
        return 400;
    }
    status = http_check(&head, &request->found);
    if (status != 0) {
        return status;
    }
    if (request->found.host != NULL && !host_is_ours(request)) {
        return 421;
    }
    if (!http_path_normal(request->found.path, request->found.path_len, &request->raw_path,
                          &request->path)
        || !http_params_parse(&request->query, request->found.query, strlen(request->found.query),
                              NULL)) {
        return 400;
    }
    trim_lines(request);
    for (int i = 0; i < request->n_lines; i++) {
        if (g_ascii_strcasecmp(request->lines[i].name, "cookie") == 0) {
            http_params_parse_cookies(&request->cookies, request->lines[i].value);
        }
    }
    type = http_request_header(request, "Content-Type");
    if (type != NULL) {
        request->type = g_ascii_strdown(type, (gssize)strcspn(type, "; \t"));
    }
    if (request->server->options.trusts_proxy && request->conn->is_local) {
        request->remote = forwarded_address(request);
    }
    return 0;
}

/* ---- reading ---- */

const char *http_request_method(const struct http_request *request)
{
    return request->method;
}

bool http_request_is(const struct http_request *request, const char *method)
{
    return strcmp(request->method, method) == 0;
}

const char *http_request_path(const struct http_request *request)
{
    return request->path == NULL ? "/" : request->path;
}

const char *http_request_raw_path(const struct http_request *request)
{
    return request->raw_path == NULL ? "/" : request->raw_path;
}

const char *http_request_raw_query(const struct http_request *request)
{
    return request->found.query == NULL ? "" : request->found.query;
}

const char *http_request_target(const struct http_request *request)
{
    const char *query = http_request_raw_query(request);

    if (query[0] == '\0') {
        return http_request_raw_path(request);
    }
    if (request->place == NULL) {
        ((struct http_request *)request)->place =
            g_strconcat(http_request_raw_path(request), "?", query, NULL);
    }
    return request->place;
}

const char *http_request_header(const struct http_request *request, const char *name)
{
    for (int i = 0; i < request->n_lines; i++) {
        if (g_ascii_strcasecmp(request->lines[i].name, name) == 0) {
            return request->lines[i].value;
        }
    }
    return NULL;
}

int http_request_n_headers(const struct http_request *request)
{
    return request->n_lines;
}

void http_request_header_at(const struct http_request *request, int at, const char **name_out,
                            const char **value_out)
{
    g_return_if_fail(at >= 0 && at < request->n_lines);
    *name_out = request->lines[at].name;
    *value_out = request->lines[at].value;
}

const char *http_request_cookie(const struct http_request *request, const char *name)
{
    return http_params_get(&request->cookies, name);
}

const char *http_request_host(const struct http_request *request)
{
    return request->found.host == NULL ? "" : request->found.host;
}

const char *http_request_type(const struct http_request *request)
{
    return request->type == NULL ? "" : request->type;
}

/* A list such as "gzip;q=0.5, br": 1 it names wanted, 0 it refuses it, -1 it does not say. */
static int list_takes(const char *list, const char *wanted)
{
    size_t wanted_len = strlen(wanted);

    while (*list != '\0') {
        size_t len;
        size_t item;
        list += strspn(list, " \t,");
        len = strcspn(list, ",");
        item = strcspn(list, ",; \t");
        if (item == wanted_len && g_ascii_strncasecmp(list, wanted, item) == 0) {
            g_autofree char *rest = g_strndup(list, len);
            g_autofree char *q = http_header_param(rest, "q");
            return q == NULL || g_ascii_strtod(q, NULL) > 0;
        }
        list += len;
    }
    return -1;
}

bool http_request_takes_encoding(const struct http_request *request, const char *encoding)
{
    const char *list = http_request_header(request, "Accept-Encoding");
    int takes = list == NULL ? 0 : list_takes(list, encoding);

    return takes == -1 ? list_takes(list, "*") == 1 : takes == 1;
}

bool http_request_takes_type(const struct http_request *request, const char *type)
{
    const char *list = http_request_header(request, "Accept");

    return list != NULL && list_takes(list, type) == 1;
}

const char *http_request_query(const struct http_request *request, const char *name)
{
    return http_params_get(&request->query, name);
}

const char *http_request_form(const struct http_request *request, const char *name)
{
    return http_params_get(&request->body.form, name);
}

const struct http_params *http_request_query_all(const struct http_request *request)
{
    return &request->query;
}

const struct http_params *http_request_form_all(const struct http_request *request)
{
    return &request->body.form;
}

const struct http_file *http_request_files(const struct http_request *request, int *n_out)
{
    const GArray *files = request->body.files;

    *n_out = files == NULL ? 0 : (int)files->len;
    return files == NULL ? NULL : (const struct http_file *)(const void *)files->data;
}

char *http_request_keep_file(struct http_request *request, int at)
{
    struct http_file *file;
    char *path;

    g_return_val_if_fail(
        request->body.files != NULL && at >= 0 && at < (int)request->body.files->len, NULL);
    file = &g_array_index(request->body.files, struct http_file, at);
    path = (char *)file->path;
    file->path = NULL;
    return path;
}

const char *http_request_body(const struct http_request *request, size_t *len_out)
{
    *len_out = request->body.text == NULL ? 0 : request->body.text->len;
    if (request->body.text == NULL) {
        return request->body.path == NULL && request->body.multipart == NULL ? "" : NULL;
    }
    return request->body.text->str;
}

uint64_t http_request_body_size(const struct http_request *request)
{
    return request->body.size;
}

const char *http_request_body_path(const struct http_request *request)
{
    return request->body.path;
}

void http_request_allow_upload(struct http_request *request, uint64_t max)
{
    request->body.max = max;
}

const char *http_request_remote(const struct http_request *request)
{
    return request->remote != NULL ? request->remote : request->conn->remote;
}

bool http_request_is_loopback(const struct http_request *request)
{
    static const char *const marks[] = {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host",
                                        "X-Real-IP", "Via"};
    char name[HTTP_HOST_MAX];
    int port;

    if (!request->conn->is_local || request->found.host == NULL
        || !http_host_split(request->found.host, name, &port) || !http_host_is_loopback(name)) {
        return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (http_request_header(request, marks[i]) != NULL) {
            return false;
        }
    }
    return true;
}

bool http_request_is_https(const struct http_request *request)
{
    const char *protocol = http_request_header(request, "X-Forwarded-Proto");

    if (request->server->options.tls_key != NULL) {
        return true;
    }
    return request->server->options.trusts_proxy && request->conn->is_local && protocol != NULL
           && g_ascii_strcasecmp(protocol, "https") == 0;
}

const char *http_request_origin(const struct http_request *request)
{
    return http_request_header(request, "Origin");
}

enum http_site http_request_site(const struct http_request *request)
{
    const char *site = http_request_header(request, "Sec-Fetch-Site");

    if (site == NULL) {
        return HTTP_SITE_UNKNOWN;
    }
    if (strcmp(site, "same-origin") == 0) {
        return HTTP_SITE_SAME_ORIGIN;
    }
    if (strcmp(site, "none") == 0) {
        return HTTP_SITE_NONE;
    }
    return strcmp(site, "same-site") == 0 ? HTTP_SITE_SAME_SITE : HTTP_SITE_CROSS;
}

bool http_request_is_same_origin(const struct http_request *request)
{
    enum http_site site = http_request_site(request);
    const char *origin = http_request_origin(request);
    g_autofree char *ours = NULL;

    if (site != HTTP_SITE_UNKNOWN) {
        return site == HTTP_SITE_SAME_ORIGIN || site == HTTP_SITE_NONE;
    }
    if (origin == NULL) {
        return true;
    }
    ours = g_strconcat(http_request_is_https(request) ? "https://" : "http://",
                       http_request_host(request), NULL);
    return g_ascii_strcasecmp(origin, ours) == 0;
}

const char *http_request_last_event_id(const struct http_request *request)
{
    const char *id = http_request_header(request, "Last-Event-ID");

    return id != NULL ? id : http_request_query(request, "last-event-id");
}

void http_request_attach(struct http_request *request, void *data, GDestroyNotify free_data)
{
    if (request->attached != NULL && request->free_attached != NULL) {
        request->free_attached(request->attached);
    }
    request->attached = data;
    request->free_attached = free_data;
}

void *http_request_attached(const struct http_request *request)
{
    return request->attached;
}

void *http_request_worker(const struct http_request *request)
{
    return request->worker;
}

int64_t http_request_started_us(const struct http_request *request)
{
    return request->started_us;
}
