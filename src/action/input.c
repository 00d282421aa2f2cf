/* From request to raw arguments. A path never comes in as text: what a file parameter names is
 * either a part of a form, already on disk in the server's folder, or bytes in the JSON, written to
 * a file of ours here. */
#include "action/input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "net/http.h"

static const struct param *find_param(const struct action *action, const char *name)
{
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        if (strcmp(param->name, name) == 0) {
            return param;
        }
    }
    return NULL;
}

static const struct param *file_param(const struct action *action)
{
    for (const struct param *param = action->params; param != NULL && param->name != NULL;
         param++) {
        if (param->type == PARAM_FILE) {
            return param;
        }
    }
    return NULL;
}

/* ---- forms ---- */

static void add_text(struct input *input, const struct action *action, const char *name,
                     const char *text)
{
    const struct param *param = find_param(action, name);
    bool is_repeated = param != NULL && (param->flags & PARAM_REPEATED) != 0;
    json_t *before = json_object_get(input->raw, name);
    if (!is_repeated) {
        /* a checkbox with a hidden "no" before it: the last one counts */
        json_object_set_new(input->raw, name, json_string(text));
        return;
    }
    if (before == NULL) {
        before = json_array();
        json_object_set_new(input->raw, name, before);
    }
    json_array_append_new(before, json_string(text));
}

static void read_form(struct input *input, const struct http_request *request,
                      const struct action *action)
{
    const struct http_params *params = http_request_form_all(request);
    for (int i = 0; i < params->n; i++) {
        const struct param *param = find_param(action, params->items[i].name);
        if (param == NULL || param->type != PARAM_FILE) {
            add_text(input, action, params->items[i].name, params->items[i].value);
        }
    }
    int n_files;
    const struct http_file *files = http_request_files(request, &n_files);
    const struct param *param = file_param(action);
    for (int i = 0; i < n_files; i++) {
        bool is_empty =
            files[i].size == 0 && files[i].name[0] == '\0'; /* a file field nobody filled */
        if (param != NULL && strcmp(files[i].field, param->name) == 0 && !is_empty) {
            struct call_file file = {.path = files[i].path,
                                     .name = files[i].name[0] != '\0' ? files[i].name : "file"};
            g_array_append_val(input->files, file);
        }
    }
}

/* ---- JSON ---- */

static bool spool(struct input *input, const char *name, const char *base64, GError **error)
{
    gsize length = 0;
    g_autofree guchar *bytes = g_base64_decode(base64, &length);
    char *path = NULL;
    g_autoptr(GError) trouble = NULL;
    int fd = g_file_open_tmp("ligature-XXXXXX", &path, &trouble);
    if (fd < 0) {
        return bug(error, "api.spool", "%s", trouble->message);
    }
    g_ptr_array_add(input->spooled, path);
    for (gsize done = 0; done < length;) {
        gssize n = write(fd, bytes + done, length - done);
        if (n < 0 && errno != EINTR) {
            close(fd);
            return bug(error, "api.spool", "%s cannot be written: %s.", path, g_strerror(errno));
        }
        done += n > 0 ? (gsize)n : 0;
    }
    close(fd);
    const char *slash = strrchr(name, '/');
    char *base = g_strdup(slash != NULL ? slash + 1 : name);
    g_ptr_array_add(input->texts, base);
    struct call_file file = {.path = path, .name = base};
    g_array_append_val(input->files, file);
    return true;
}

static bool spool_files(struct input *input, const struct param *param, GError **error)
{
    json_t *value = param != NULL ? json_object_get(input->raw, param->name) : NULL;
    size_t n = json_is_array(value) ? json_array_size(value) : json_is_object(value);
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;
        const char *name = json_string_value(json_object_get(item, "name"));
        const char *base64 = json_string_value(json_object_get(item, "base64"));
        if (name == NULL || name[0] == '\0' || base64 == NULL) {
            return refuse(error, "api.invalid",
                          "%s: give {\"name\": ..., \"base64\": ...}, or send a form.",
                          param->name);
        }
        if (!spool(input, name, base64, error)) {
            return false;
        }
    }
    return true;
}

static bool read_json(struct input *input, const struct http_request *request,
                      const struct action *action, GError **error)
{
    size_t length = 0;
    const char *body = http_request_body(request, &length);
    const char *path = http_request_body_path(request);
    json_error_t trouble = {0};
    json_t *raw = path != NULL ? json_load_file(path, JSON_REJECT_DUPLICATES, &trouble)
                  : length > 0 ? json_loadb(body, length, JSON_REJECT_DUPLICATES, &trouble)
                               : json_object();
    if (!json_is_object(raw)) {
        json_decref(raw);
        return raw != NULL
                   ? refuse(error, "api.bad_json", "The body is to be a JSON object.")
                   : refuse(error, "api.bad_json", "The body is not JSON (line %d, column %d: %s).",
                            trouble.line, trouble.column, trouble.text);
    }
    json_decref(input->raw);
    input->raw = raw;
    return spool_files(input, file_param(action), error);
}

bool input_read(struct input *input, const struct http_request *request,
                const struct action *action, GError **error)
{
    *input = (struct input){
        .raw = json_object(),
        .files = g_array_new(FALSE, FALSE, sizeof(struct call_file)),
        .texts = g_ptr_array_new_with_free_func(g_free),
        .spooled = g_ptr_array_new_with_free_func(g_free),
    };
    const char *type = http_request_type(request);
    if (strcmp(type, "multipart/form-data") == 0 ||
        strcmp(type, "application/x-www-form-urlencoded") == 0) {
        read_form(input, request, action);
        return true;
    }
    if (strcmp(type, "application/json") == 0 || http_request_body_size(request) == 0) {
        return read_json(input, request, action, error);
    }
    return refuse(error, "api.media_type", "Send application/json, or a form for files.");
}

void input_clear(struct input *input)
{
    g_clear_pointer(&input->raw, json_decref);
    g_clear_pointer(&input->files, g_array_unref);
    g_clear_pointer(&input->texts, g_ptr_array_unref);
    for (guint i = 0; input->spooled != NULL && i < input->spooled->len; i++) {
        unlink(g_ptr_array_index(input->spooled, i));
    }
    g_clear_pointer(&input->spooled, g_ptr_array_unref);
}
