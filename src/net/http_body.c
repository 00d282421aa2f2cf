/* Takes a body in as it comes, on the I/O thread: a form's fields and small bodies to memory,
 * files and what an upload allows beyond the memory limit to the upload folder. The first
 * refusal is kept in `status` and the rest is let pass unread. Invariant: nothing is held in
 * memory beyond memory_max, nothing taken beyond max. */
#include "net/http_body.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void http_body_init(struct http_body *body, const char *dir, size_t memory_max)
{
    memset(body, 0, sizeof(*body));
    body->dir = dir;
    body->memory_max = memory_max;
    body->max = memory_max;
    body->fd = -1;
}

static void file_clear(void *data)
{
    struct http_file *file = data;

    if (file->path != NULL) {
        unlink(file->path);
    }
    g_free((char *)file->field);
    g_free((char *)file->name);
    g_free((char *)file->type);
    g_free((char *)file->path);
}

void http_body_clear(struct http_body *body)
{
    if (body->fd >= 0) {
        close(body->fd);
        body->fd = -1;
    }
    if (body->path != NULL) {
        unlink(body->path);
        g_clear_pointer(&body->path, g_free);
    }
    if (body->text != NULL) {
        g_string_free(body->text, TRUE);
        body->text = NULL;
    }
    if (body->field != NULL) {
        g_string_free(body->field, TRUE);
        body->field = NULL;
    }
    g_clear_pointer(&body->field_name, g_free);
    g_clear_pointer(&body->multipart, http_multipart_free);
    g_clear_pointer(&body->files, g_array_unref);
    http_params_clear(&body->form);
}

/* A new file in the upload folder: its path (new string) and body->fd. NULL and status 500 when
 * it cannot be made. */
static char *spool_open(struct http_body *body)
{
    g_autofree char *path = g_build_filename(body->dir, "upload-XXXXXX", NULL);

    body->fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    if (body->fd < 0) {
        g_warning("upload folder %s: %s", body->dir, g_strerror(errno));
        body->status = 500;
        return NULL;
    }
    return g_steal_pointer(&path);
}

static bool spool_write(struct http_body *body, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(body->fd, bytes, len);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            g_warning("upload folder %s: %s", body->dir, g_strerror(errno));
            body->status = 507;
            return false;
        }
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

/* ---- forms with files ---- */

static bool part_begin(void *data, const char *name, const char *file_name, const char *type,
                       GError **error)
{
    struct http_body *body = data;
    struct http_file file = {0};

    if (file_name == NULL) {
        body->field_name = g_strdup(name);
        body->field = g_string_new(NULL);
        return true;
    }
    file.path = spool_open(body);
    if (file.path == NULL) {
        return bug(error, "http.upload_folder", "The upload could not be stored.");
    }
    file.field = g_strdup(name);
    file.name = g_strdup(file_name);
    file.type = g_strdup(type);
    if (body->files == NULL) {
        body->files = g_array_new(FALSE, FALSE, sizeof(struct http_file));
        g_array_set_clear_func(body->files, file_clear);
    }
    g_array_append_val(body->files, file);
    return true;
}

static bool part_bytes(void *data, const char *bytes, size_t len, GError **error)
{
    struct http_body *body = data;

    if (body->field == NULL) {
        g_array_index(body->files, struct http_file, body->files->len - 1).size += len;
        return spool_write(body, bytes, len)
               || bug(error, "http.upload_folder", "The upload could not be stored.");
    }
    body->in_memory += len;
    if (body->in_memory > body->memory_max) {
        body->status = 413;
        return refuse(error, "http.too_large", "The fields of the form are too long.");
    }
    g_string_append_len(body->field, bytes, (gssize)len);
    return true;
}

/* An empty file field of a browser (no name, no bytes) is no file. */
static void drop_empty_file(struct http_body *body)
{
    const struct http_file *file =
        &g_array_index(body->files, struct http_file, body->files->len - 1);

    if (file->size == 0 && file->name[0] == '\0') {
        g_array_set_size(body->files, body->files->len - 1);
    }
}

static bool part_end(void *data, GError **error)
{
    struct http_body *body = data;
    bool ok = true;

    if (body->field == NULL) {
        close(body->fd);
        body->fd = -1;
        drop_empty_file(body);
        return true;
    }
    ok = g_utf8_validate_len(body->field->str, body->field->len, NULL);
    if (ok) {
        http_params_add(&body->form, body->field_name, body->field->str, body->field->len);
    }
    g_string_free(body->field, TRUE);
    body->field = NULL;
    g_clear_pointer(&body->field_name, g_free);
    return ok || refuse(error, "http.bad_form", "A field of the form is not text in UTF-8.");
}

void http_body_start(struct http_body *body, const char *type)
{
    if (type != NULL && g_ascii_strncasecmp(type, "multipart/form-data", 19) == 0) {
        struct http_multipart_sink sink = {
            .begin = part_begin, .bytes = part_bytes, .end = part_end, .data = body};
        body->multipart = http_multipart_new(type, &sink, NULL);
        if (body->multipart == NULL) {
            body->status = 400;
        }
    }
}

/* ---- any body ---- */

/* Moves what is in memory to disk, to go on there. */
static bool go_to_disk(struct http_body *body)
{
    body->path = spool_open(body);
    if (body->path == NULL || !spool_write(body, body->text->str, body->text->len)) {
        return false;
    }
    g_string_free(body->text, TRUE);
    body->text = NULL;
    return true;
}

void http_body_feed(struct http_body *body, const char *bytes, size_t len)
{
    body->size += len;
    if (body->status != 0) {
        return;
    }
    if (body->size > body->max) {
        body->status = 413;
        return;
    }
    if (body->multipart != NULL) {
        if (!http_multipart_feed(body->multipart, bytes, len, NULL) && body->status == 0) {
            body->status = 400;
        }
        return;
    }
    if (body->path == NULL) {
        if (body->text == NULL) {
            body->text = g_string_sized_new(len + 1);
        }
        if (body->text->len + len <= body->memory_max) {
            g_string_append_len(body->text, bytes, (gssize)len);
            return;
        }
        if (!go_to_disk(body)) {
            return;
        }
    }
    spool_write(body, bytes, len);
}

void http_body_finish(struct http_body *body, const char *type)
{
    if (body->status != 0) {
        return;
    }
    if (body->multipart != NULL) {
        if (!http_multipart_finish(body->multipart, NULL)) {
            body->status = 400;
        }
    } else if (strcmp(type, "application/x-www-form-urlencoded") == 0) {
        if (body->path != NULL) {
            body->status = 413;
        } else if (body->text != NULL
                   && !http_params_parse(&body->form, body->text->str, body->text->len, NULL)) {
            body->status = 400;
        }
    }
    if (body->fd >= 0) {
        close(body->fd);
        body->fd = -1;
    }
}
