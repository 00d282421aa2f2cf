/* Answers as handlers fill them, and how they become libmicrohttpd's. Header lines are checked
 * here, so that no handler can split an answer with a line break of a user's. The body moves, it
 * is not copied. */
#include "net/http_inner.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

void http_response_init(struct http_response *response)
{
    memset(response, 0, sizeof(*response));
    response->status = 200;
    response->fd = -1;
}

static void clear_body(struct http_response *response)
{
    if (response->kind == HTTP_BODY_OWNED) {
        g_free((void *)response->data);
    }
    if (response->fd >= 0) {
        close(response->fd);
        response->fd = -1;
    }
    g_clear_pointer(&response->bytes, g_bytes_unref);
    g_clear_pointer(&response->stream, http_stream_unref);
    response->data = NULL;
    response->len = 0;
    response->kind = HTTP_BODY_NONE;
}

void http_response_clear(struct http_response *response)
{
    clear_body(response);
    for (int i = 0; i < response->n_fields; i++) {
        g_free(response->fields[i].name);
        g_free(response->fields[i].value);
    }
    g_clear_pointer(&response->fields, g_free);
    response->n_fields = 0;
    response->n_room = 0;
}

/* ---- status and header ---- */

void http_response_set_status(struct http_response *response, int status)
{
    g_return_if_fail(status >= 200 && status <= 599);
    response->status = status;
}

int http_response_status(const struct http_response *response)
{
    return response->status;
}

static bool is_field(const char *name, const char *value)
{
    if (*name == '\0') {
        return false;
    }
    for (; *name != '\0'; name++) {
        if (!g_ascii_isalnum(*name) && *name != '-' && *name != '_') {
            return false;
        }
    }
    for (; *value != '\0'; value++) {
        unsigned char c = (unsigned char)*value;
        if ((c < ' ' && c != '\t') || c == 0x7f) {
            return false;
        }
    }
    return true;
}

void http_response_add_header(struct http_response *response, const char *name, const char *value)
{
    struct http_field *field;

    if (value == NULL || !is_field(name, value)) {
        response->n_bad++;
        return;
    }
    if (response->n_fields == response->n_room) {
        response->n_room = response->n_room == 0 ? 8 : response->n_room * 2;
        response->fields = g_renew(struct http_field, response->fields, response->n_room);
    }
    field = &response->fields[response->n_fields++];
    field->name = g_strdup(name);
    field->value = g_strdup(value);
}

void http_response_set_header(struct http_response *response, const char *name, const char *value)
{
    int kept = 0;

    for (int i = 0; i < response->n_fields; i++) {
        if (g_ascii_strcasecmp(response->fields[i].name, name) == 0) {
            g_free(response->fields[i].name);
            g_free(response->fields[i].value);
        } else {
            response->fields[kept++] = response->fields[i];
        }
    }
    response->n_fields = kept;
    if (value != NULL) {
        http_response_add_header(response, name, value);
    }
}

const char *http_response_header(const struct http_response *response, const char *name)
{
    for (int i = 0; i < response->n_fields; i++) {
        if (g_ascii_strcasecmp(response->fields[i].name, name) == 0) {
            return response->fields[i].value;
        }
    }
    return NULL;
}

void http_response_set_type(struct http_response *response, const char *type)
{
    http_response_set_header(response, "Content-Type", type);
}

/* ---- body ---- */

void http_response_take(struct http_response *response, char *bytes, size_t len)
{
    clear_body(response);
    response->kind = HTTP_BODY_OWNED;
    response->data = bytes;
    response->len = len;
}

void http_response_take_string(struct http_response *response, GString *text)
{
    size_t len = text->len;

    http_response_take(response, g_string_free(text, FALSE), len);
}

void http_response_borrow(struct http_response *response, const void *bytes, size_t len)
{
    clear_body(response);
    response->kind = HTTP_BODY_BORROWED;
    response->data = bytes;
    response->len = len;
}

void http_response_copy(struct http_response *response, const void *bytes, size_t len)
{
    http_response_take(response, g_memdup2(bytes, len), len);
}

void http_response_bytes(struct http_response *response, GBytes *bytes)
{
    GBytes *own = g_bytes_ref(bytes);
    gsize len;

    clear_body(response);
    response->kind = HTTP_BODY_BYTES;
    response->bytes = own;
    response->data = g_bytes_get_data(own, &len);
    response->len = len;
}

void http_response_take_fd(struct http_response *response, int fd, uint64_t len)
{
    clear_body(response);
    response->kind = HTTP_BODY_FD;
    response->fd = fd;
    response->len = len;
}

void http_response_stream(struct http_response *response, struct http_stream *stream)
{
    struct http_stream *own = http_stream_ref(stream);

    clear_body(response);
    response->kind = HTTP_BODY_STREAM;
    response->stream = own;
    http_response_set_type(response, "text/event-stream; charset=utf-8");
    http_response_set_header(response, "Cache-Control", "no-store");
    /* nginx in front would hold events back */
    http_response_set_header(response, "X-Accel-Buffering", "no");
}

/* ---- whole answers ---- */

void http_response_text(struct http_response *response, int status, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    http_response_set_status(response, status);
    http_response_set_type(response, "text/plain; charset=utf-8");
    http_response_take(response, text, strlen(text));
}

void http_response_json(struct http_response *response, int status, char *json)
{
    http_response_set_status(response, status);
    http_response_set_type(response, "application/json");
    http_response_take(response, json, strlen(json));
}

void http_response_redirect(struct http_response *response, int status, const char *location)
{
    http_response_set_status(response, status);
    http_response_set_header(response, "Location", location);
    clear_body(response);
}

static const struct sentence {
    int status;
    const char *text;
} sentences[] = {
    {400, "This request could not be understood."},
    {401, "Sign in to see this page."},
    {403, "This is not open to you."},
    {404, "There is nothing at this address."},
    {405, "This address does not take that kind of request."},
    {408, "The request took too long to arrive."},
    {413, "This is larger than the server takes."},
    {417, "The server cannot meet what the request expects."},
    {421,
     "This server does not answer to that name. Use the address it was started with, or add the name to its settings."},
    {429, "Too many attempts. Try again a little later."},
    {431, "The header of the request is too large."},
    {500, "Something went wrong on our side. It was noted."},
    {501, "The server does not know this kind of request."},
    {503, "The server is busy. Try again in a moment."},
    {505, "The server speaks HTTP/1.1 and HTTP/1.0."},
    {507, "The server has no room left to store this."},
};

void http_response_error(struct http_response *response, const struct http_request *request,
                         int status)
{
    const char *text = "The request was refused.";

    for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++) {
        if (sentences[i].status == status) {
            text = sentences[i].text;
        }
    }
    http_response_text(response, status, "%s\n", text);
    http_response_set_header(response, "Cache-Control", "no-store");
    if (status == 503) {
        http_response_set_header(response, "Retry-After", "2");
    }
    if (request != NULL && request->server->hooks.error_page != NULL) {
        request->server->hooks.error_page(request, response, request->server->hooks.data);
    }
}

void http_response_set_cookie(struct http_response *response, const struct http_cookie *cookie)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (strpbrk(cookie->value, "\",;\\ ") != NULL || strpbrk(cookie->name, "=\",;\\ ") != NULL
        || (cookie->path != NULL && strchr(cookie->path, ';') != NULL)) {
        response->n_bad++;
        return;
    }
    g_string_printf(text, "%s=%s; Path=%s", cookie->name, cookie->value,
                    cookie->path == NULL ? "/" : cookie->path);
    if (cookie->max_age != 0) {
        g_string_append_printf(text, "; Max-Age=%" G_GINT64_FORMAT,
                               (gint64)MAX(cookie->max_age, 0));
    }
    g_string_append(text, cookie->is_secure ? "; Secure" : "");
    g_string_append(text, cookie->is_readable ? "" : "; HttpOnly");
    g_string_append(text, cookie->is_strict ? "; SameSite=Strict" : "; SameSite=Lax");
    http_response_add_header(response, "Set-Cookie", text->str);
}

/* If-None-Match: a list of tags compared weakly (RFC 9110 13.1.2), or "*". */
static bool list_has_tag(const char *list, const char *etag)
{
    size_t etag_len = strlen(etag);

    list += strspn(list, " \t");
    if (strcmp(list, "*") == 0) {
        return true;
    }
    while (*list != '\0') {
        size_t len;
        list += strspn(list, " \t,");
        if (strncmp(list, "W/", 2) == 0) {
            list += 2;
        }
        if (*list != '"') {
            return false;
        }
        list++;
        len = strcspn(list, "\"");
        if (len == etag_len && memcmp(list, etag, len) == 0) {
            return true;
        }
        list += len + (list[len] == '"');
    }
    return false;
}

bool http_response_etag(struct http_response *response, const struct http_request *request,
                        const char *etag, bool is_weak)
{
    const char *asked = http_request_header(request, "If-None-Match");
    g_autofree char *value = g_strconcat(is_weak ? "W/\"" : "\"", etag, "\"", NULL);

    http_response_set_header(response, "ETag", value);
    if (asked == NULL || !(http_request_is(request, "GET") || http_request_is(request, "HEAD"))
        || !list_has_tag(asked, etag)) {
        return false;
    }
    response->status = 304;
    return true;
}

void http_response_asset(struct http_response *response, const struct http_request *request,
                         const struct http_asset *asset)
{
    const struct http_blob *blob = &asset->plain;
    const char *encoding = NULL;
    g_autofree char *etag = NULL;

    if (asset->br.len > 0 && http_request_takes_encoding(request, "br")) {
        encoding = "br";
        blob = &asset->br;
    } else if (asset->gzip.len > 0 && http_request_takes_encoding(request, "gzip")) {
        encoding = "gzip";
        blob = &asset->gzip;
    }
    etag = encoding == NULL ? g_strdup(asset->etag) : g_strconcat(asset->etag, "-", encoding, NULL);
    if (asset->br.len > 0 || asset->gzip.len > 0) {
        http_response_set_header(response, "Vary", "Accept-Encoding");
    }
    http_response_set_header(response, "Cache-Control",
                             asset->is_immutable ? "public, max-age=31536000, immutable"
                                                 : "no-cache");
    http_response_borrow(response, blob->bytes, blob->len);
    if (http_response_etag(response, request, etag, false)) {
        return;
    }
    http_response_set_type(response, asset->type);
    if (encoding != NULL) {
        http_response_set_header(response, "Content-Encoding", encoding);
    }
}

/* ---- for libmicrohttpd ---- */

/* The body alone, moved out of response. */
static struct MHD_Response *build_body(struct http_response *response, struct http_request *request)
{
    struct MHD_Response *built = NULL;
    size_t len = (size_t)response->len;
    void *data = (void *)response->data;

    switch (response->kind) {
    case HTTP_BODY_NONE:
    case HTTP_BODY_BORROWED:
        built = MHD_create_response_from_buffer(len, data, MHD_RESPMEM_PERSISTENT);
        break;
    case HTTP_BODY_OWNED:
        built = MHD_create_response_from_buffer_with_free_callback(len, data, g_free);
        if (built != NULL) {
            response->kind = HTTP_BODY_NONE;
        }
        break;
    case HTTP_BODY_BYTES:
        built = MHD_create_response_from_buffer_with_free_callback_cls(
            len, data, (MHD_ContentReaderFreeCallback)g_bytes_unref, response->bytes);
        if (built != NULL) {
            response->bytes = NULL;
        }
        break;
    case HTTP_BODY_FD:
        built = MHD_create_response_from_fd64(response->len, response->fd);
        if (built != NULL) {
            response->fd = -1;
        }
        break;
    case HTTP_BODY_STREAM:
        built = http_stream_answer(response->stream, request);
        break;
    }
    return built;
}

struct MHD_Response *http_response_build(struct http_response *response,
                                         struct http_request *request)
{
    const struct http_options *options = &request->server->options;
    uint64_t len = response->len;
    struct MHD_Response *built;

    if (response->kind == HTTP_BODY_STREAM && http_request_is(request, "HEAD")) {
        /* libmicrohttpd 0.9.75 would end the body it does not send with a last chunk, which
         * reads as the next answer */
        http_stream_gone(response->stream);
        clear_body(response);
    }
    built = build_body(response, request);

    if (built == NULL) {
        return NULL;
    }
    request->sent = response->status == 304 || http_request_is(request, "HEAD") ? 0 : len;
    for (int i = 0; i < options->n_headers; i++) {
        if (http_response_header(response, options->headers[i].name) == NULL) {
            MHD_add_response_header(built, options->headers[i].name, options->headers[i].value);
        }
    }
    for (int i = 0; i < response->n_fields; i++) {
        MHD_add_response_header(built, response->fields[i].name, response->fields[i].value);
    }
    /* chunks are framed by libmicrohttpd, which takes a bare LF; where a proxy reads that
     * otherwise, what it took for the body must not be read as the next request */
    if (request->found.is_chunked
        || atomic_load_explicit(&request->server->is_draining, memory_order_relaxed)) {
        MHD_add_response_header(built, "Connection", "close");
    }
    if (response->n_bad > 0) {
        atomic_fetch_add(&request->server->counts.bad_headers, (uint64_t)response->n_bad);
    }
    return built;
}
