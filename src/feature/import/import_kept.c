/* Files that wait between looking and saving: <data>/imports/<id>/<name>. The name is the file's own last part, so that
 * members and refusals are called what the person calls them. */
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
    bool is_usable = base[0] != '.' && base[0] != '/' && strchr(base, '\\') == NULL && strlen(base) < 200;
    return g_strdup(is_usable ? base : "file");
}

bool import_keep_file(const char *data_dir, int64_t import_id, const struct call_file *file, GError **error)
{
    g_autofree char *folder = folder_of(data_dir, import_id);
    g_autofree char *name = safe_name(file->name);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        return bug(error, "import.keep", "The folder for files that wait could not be made. Nothing was changed.");
    }
    /* an upload lies in the same data folder: a link, or else a copy */
    if (link(file->path, path) == 0) {
        return true;
    }
    g_autoptr(GMappedFile) bytes = g_mapped_file_new(file->path, false, NULL);
    if (bytes == NULL || !g_file_set_contents(path, g_mapped_file_get_contents(bytes),
                                              (gssize)g_mapped_file_get_length(bytes), NULL)) {
        return bug(error, "import.keep", "The file could not be kept until you decide. Is the disk full?");
    }
    return true;
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
