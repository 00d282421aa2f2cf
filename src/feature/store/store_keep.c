/* Backups that stand in the data folder, DIR/backups: made, checked and dropped from the pages,
 * where no path can be named. */
#include "feature/store/store_parts.h"

#include "base/error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define SUFFIX ".ligbak"

static void clear_kept(gpointer data)
{
    struct store_kept *kept = data;
    g_free(kept->name);
    json_decref(kept->head);
}

/* The name says when it was made, so that the later is the greater. */
static gint by_name_back(gconstpointer a, gconstpointer b)
{
    return strcmp(((const struct store_kept *)b)->name, ((const struct store_kept *)a)->name);
}

GArray *store_kept_list(const char *data_dir)
{
    GArray *list = g_array_new(false, true, sizeof(struct store_kept));
    g_array_set_clear_func(list, clear_kept);
    g_autofree char *folder = g_build_filename(data_dir, "backups", NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        GStatBuf info;
        json_t *head =
            g_str_has_suffix(name, SUFFIX) && g_stat(path, &info) == 0 ? store_head(path) : NULL;
        if (head != NULL) {
            struct store_kept kept = {.name = g_strdup(name), .bytes = info.st_size, .head = head};
            g_array_append_val(list, kept);
        }
    }
    g_array_sort(list, by_name_back);
    return list;
}

char *store_kept_path(const char *data_dir, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(data_dir, "backups", name, NULL);
    bool is_plain = name[0] != '.' &&
                    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") == strlen(name) &&
                    g_str_has_suffix(name, SUFFIX);
    if (!is_plain || !g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        refuse(error, "backup.not_found", "There is no backup of this name.");
        return NULL;
    }
    return g_steal_pointer(&path);
}

/* A name of this moment that is not taken. */
static char *new_path(struct action_call *call, GError **error)
{
    g_autofree char *folder = g_build_filename(call->data_dir, "backups", NULL);
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        bug(error, "backup.folder", "%s cannot be made: %s.", folder, g_strerror(errno));
        return NULL;
    }
    char at[AT_TEXT];
    at_format(clock_now(&call->env->clock) / US_PER_SECOND * US_PER_SECOND, at);
    at[strcspn(at, "Z")] = '\0';
    g_strdelimit(at, ":", '-');
    g_strdelimit(at, "T", '-');
    for (int i = 1; i < 1000; i++) {
        g_autofree char *number = i > 1 ? g_strdup_printf("-%d", i) : g_strdup("");
        g_autofree char *name = g_strdup_printf("ligature-%s%s%s", at, number, SUFFIX);
        char *path = g_build_filename(folder, name, NULL);
        if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
            return path;
        }
        g_free(path);
    }
    bug(error, "backup.folder", "There are a thousand backups of this second.");
    return NULL;
}

static void name_result(json_t *result, const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    json_object_set_new(result, "name", json_string(name));
}

bool store_backup_keep(struct action_call *call, json_t **result_out, GError **error)
{
    g_autofree char *path = new_path(call, error);
    if (path == NULL || !store_backup_to(call, path, result_out, error)) {
        return false;
    }
    name_result(*result_out, path);
    json_object_set_new(*result_out, "message",
                        json_string("The backup is made. Keep a copy of it somewhere else too."));
    return true;
}

bool store_backup_list(struct action_call *call, json_t **result_out, GError **error)
{
    g_autoptr(GArray) kept = store_kept_list(call->data_dir);
    json_t *list = json_array();
    (void)error;
    for (guint i = 0; i < kept->len; i++) {
        const struct store_kept *one = &g_array_index(kept, struct store_kept, i);
        json_array_append_new(list, json_pack("{s:s, s:I, s:O, s:O}", "name", one->name, "bytes",
                                              (json_int_t)one->bytes, "made_at",
                                              json_object_get(one->head, "made_at"), "is_encrypted",
                                              json_object_get(one->head, "is_encrypted")));
    }
    *result_out = json_list("backups", list, (int64_t)kept->len, NULL);
    return true;
}

bool store_backup_check(struct action_call *call, json_t **result_out, GError **error)
{
    g_autofree char *path = store_kept_path(call->data_dir, call_text(call, "name"), error);
    struct store_sealed sealed;
    if (path == NULL || !store_unseal(path, store_passphrase(call), NULL, &sealed, error)) {
        return false;
    }
    *result_out = json_pack("{s:s, s:O, s:b, s:s}", "name", call_text(call, "name"), "made_at",
                            json_object_get(sealed.head, "made_at"), "sound", true, "message",
                            "Every byte of this backup is as it was written.");
    store_sealed_clear(&sealed);
    return true;
}

bool store_backup_drop(struct action_call *call, json_t **result_out, GError **error)
{
    g_autofree char *path = store_kept_path(call->data_dir, call_text(call, "name"), error);
    if (path == NULL) {
        return false;
    }
    if (g_unlink(path) != 0) {
        return bug(error, "backup.not_dropped", "The backup could not be deleted: %s.",
                   g_strerror(errno));
    }
    *result_out = json_pack("{s:s, s:s}", "name", call_text(call, "name"), "message",
                            "The backup is deleted for good.");
    return true;
}
