/* Files that wait between looking and saving: <data>/imports/<id>/<name>. The name is the file's
 * own last part, so that members and refusals are called what the person calls them. */
#include "feature/import/import.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *folder_of(const char *data_dir, int64_t import_id)
{
    char id[ID_TEXT];
    return g_build_filename(data_dir, "imports", id_format(import_id, id), NULL);
}

char *import_kept_file(const char *data_dir, int64_t import_id)
{
    g_autofree char *folder = folder_of(data_dir, import_id);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = dir == NULL ? NULL : g_dir_read_name(dir);
    return name == NULL ? NULL : g_build_filename(folder, name, NULL);
}

/* The last part of a name, without what a file system would take for more than a name. */
static char *safe_name(const char *name)
{
    g_autofree char *base = g_path_get_basename(name);
    bool is_usable =
        base[0] != '.' && base[0] != '/' && strchr(base, '\\') == NULL && strlen(base) < 200;
    return g_strdup(is_usable ? base : "file");
}

/* The file at `path`: a link, or else a copy. */
static bool put_file(const char *from, const char *path, GError **error)
{
    if (link(from, path) == 0) {
        return true;
    }
    g_autoptr(GMappedFile) bytes = g_mapped_file_new(from, false, NULL);
    if (bytes == NULL || !g_file_set_contents(path, g_mapped_file_get_contents(bytes),
                                              (gssize)g_mapped_file_get_length(bytes), NULL)) {
        return bug(error, "import.keep",
                   "The file could not be kept until you decide. Is the disk full?");
    }
    return true;
}

bool import_keep_file(const char *data_dir, int64_t import_id, const struct call_file *file,
                      GError **error)
{
    g_autofree char *folder = folder_of(data_dir, import_id);
    g_autofree char *name = safe_name(file->name);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        return bug(error, "import.keep",
                   "The folder for files that wait could not be made. Nothing was changed.");
    }
    return put_file(file->path, path, error);
}

bool import_name_file(const char *data_dir, const struct call_file *file, char **path_out,
                      GError **error)
{
    g_autofree char *have = g_path_get_basename(file->path);
    g_autofree char *name = safe_name(file->name);
    *path_out = NULL;
    if (strcmp(have, name) == 0 || data_dir == NULL ||
        g_file_test(file->path, G_FILE_TEST_IS_DIR)) {
        return true;
    }
    g_autofree char *folders = g_build_filename(data_dir, "imports", NULL);
    g_autofree char *folder = g_build_filename(folders, "in-XXXXXX", NULL);
    if (g_mkdir_with_parents(folders, 0700) != 0 || g_mkdtemp_full(folder, 0700) == NULL) {
        return bug(error, "import.keep",
                   "The folder for files that wait could not be made. Nothing was changed.");
    }
    *path_out = g_build_filename(folder, name, NULL);
    return put_file(file->path, *path_out, error);
}

void import_unname_file(char *path)
{
    if (path != NULL) {
        g_autofree char *folder = g_path_get_dirname(path);
        g_unlink(path);
        g_rmdir(folder);
        g_free(path);
    }
}

void import_drop_file(const char *data_dir, int64_t import_id)
{
    g_autofree char *path = import_kept_file(data_dir, import_id);
    g_autofree char *folder = folder_of(data_dir, import_id);
    if (path != NULL) {
        g_unlink(path);
    }
    g_rmdir(folder);
}
