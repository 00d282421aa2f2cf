/* A folder as a bundle. Links are not followed: a folder can be somebody else's. */
#include "codec/archive_part.h"

#include "base/error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct walk {
    struct bundle *bundle;
    GString *path;              /* owned; of the folder being listed */
    size_t root_len;            /* bytes of path that are the bundle's own */
    int depth;
};

static bool walk_folder(struct walk *walk, int parent_fd, const char *name, GError **error);

/* One entry of a folder. Vanished and unreadable ones are no reason to fail here: reading them says so. */
static bool walk_entry(struct walk *walk, int folder_fd, const char *name, GError **error)
{
    struct stat about;
    if (*name == '.' || fstatat(folder_fd, name, &about, AT_SYMLINK_NOFOLLOW) != 0) {
        return true;
    }
    size_t len = walk->path->len;
    g_string_append_printf(walk->path, "/%s", name);
    bool is_fine = true;
    if (S_ISDIR(about.st_mode) && walk->depth < walk->bundle->limits.max_depth) {
        walk->depth++;
        is_fine = walk_folder(walk, folder_fd, name, error);
        walk->depth--;
    } else if (S_ISREG(about.st_mode)) {
        g_autofree char *shown = archive_clean_name(walk->path->str + walk->root_len);
        if (shown != NULL && walk->bundle->entries->len >= (guint)walk->bundle->limits.max_members) {
            is_fine = refuse(error, "archive.too_many", "%s holds more than %d files. "
                             "Put the files to bring into a folder of their own. Nothing was changed.",
                             walk->bundle->name, walk->bundle->limits.max_members);
        } else if (shown != NULL) {
            archive_add(walk->bundle, g_steal_pointer(&shown), g_strdup(walk->path->str), (uint64_t)about.st_size);
        }
    }
    g_string_truncate(walk->path, len);
    return is_fine;
}

/* All entries of the folder that is name in parent_fd. */
static bool walk_folder(struct walk *walk, int parent_fd, const char *name, GError **error)
{
    int flags = O_RDONLY | O_CLOEXEC | O_DIRECTORY | (walk->depth > 0 ? O_NOFOLLOW : 0);
    int fd = openat(parent_fd, name, flags);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    if (folder == NULL) {
        int reason = errno;
        if (fd >= 0) {
            close(fd);
        }
        return walk->depth > 0 || refuse(error, "file.unreadable", "%s cannot be opened: %s.", name,
                                         g_strerror(reason));
    }
    bool is_fine = true;
    for (struct dirent *entry; is_fine && (entry = readdir(folder)) != NULL;) {
        is_fine = walk_entry(walk, dirfd(folder), entry->d_name, error);
    }
    closedir(folder);
    return is_fine;
}

bool archive_folder_open(struct bundle *bundle, const char *path, GError **error)
{
    g_autoptr(GString) text = g_string_new(path);
    struct walk walk = { .bundle = bundle, .path = text, .root_len = text->len };
    return walk_folder(&walk, AT_FDCWD, path, error);
}
