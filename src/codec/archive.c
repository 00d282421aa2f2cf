/* Bundles: what a ZIP, a folder and one file have in common. Names are only ever shown and compared; no file is
 * written, no path is made from a name inside a ZIP. */
#include "codec/archive_part.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files that systems strew into folders. */
static const char *const litter[] = { "__MACOSX", "Thumbs.db", "desktop.ini", NULL };

char *archive_clean_name(const char *name)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_strdelimit(valid, "\\", '/');
    g_auto(GStrv) parts = g_strsplit(valid, "/", -1);
    GString *out = g_string_new(NULL);
    bool is_hidden = false;
    for (char **part = parts; *part != NULL; part++) {
        bool is_drive = g_ascii_isalpha((*part)[0]) && (*part)[1] == ':' && (*part)[2] == '\0';
        if (**part == '\0' || strcmp(*part, ".") == 0 || strcmp(*part, "..") == 0 || is_drive) {
            continue;
        }
        is_hidden |= **part == '.' || g_strv_contains(litter, *part);
        for (char *c = *part; *c != '\0'; c++) {
            *c = g_ascii_iscntrl(*c) ? '_' : *c;
        }
        g_string_append_printf(out, "%s%s", out->len > 0 ? "/" : "", *part);
    }
    bool is_nothing = out->len == 0 || is_hidden;
    return g_string_free(out, is_nothing);
}

void archive_add(struct bundle *bundle, char *name, char *path, uint64_t size)
{
    const char *slash = strrchr(name, '/');
    struct entry entry = {
        .member = { .name = name, .base = slash != NULL ? slash + 1 : name, .size = size },
        .path = path,
    };
    size_t len = strlen(name);
    entry.member.is_archive = len > 4 && g_ascii_strcasecmp(name + len - 4, ".zip") == 0;
    g_array_append_val(bundle->entries, entry);
}

static void entry_clear(gpointer data)
{
    struct entry *entry = data;
    g_free((char *)entry->member.name);
    g_free(entry->path);
}

static int by_name(gconstpointer a, gconstpointer b)
{
    const struct entry *first = a;
    const struct entry *second = b;
    int order = strcmp(first->member.name, second->member.name);
    if (order != 0) {
        return order;
    }
    return (first->zip_index > second->zip_index) - (first->zip_index < second->zip_index);
}

static struct bundle *bundle_new(const char *name, const struct bundle_limits *limits)
{
    struct bundle *bundle = g_new0(struct bundle, 1);
    g_autofree char *base = g_path_get_basename(name != NULL && *name != '\0' ? name : "file");
    bundle->name = g_filename_display_name(base);
    if (limits != NULL) {
        bundle->limits = *limits;
    }
    struct bundle_limits *own = &bundle->limits;
    own->max_members = own->max_members > 0 ? own->max_members : 5000;
    own->max_member = own->max_member > 0 ? own->max_member : UINT64_C(1) << 30;
    own->max_total = own->max_total > 0 ? own->max_total : UINT64_C(2) << 30;
    own->max_ratio = own->max_ratio > 0 ? own->max_ratio : 200;
    own->max_depth = own->max_depth > 0 ? own->max_depth : 8;
    bundle->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    g_array_set_clear_func(bundle->entries, entry_clear);
    return bundle;
}

void bundle_free(struct bundle *bundle)
{
    if (bundle == NULL) {
        return;
    }
    if (bundle->zip != NULL) {
        zip_discard(bundle->zip);
    }
    if (bundle->bytes != NULL) {
        g_bytes_unref(bundle->bytes);
    }
    g_array_free(bundle->entries, TRUE);
    g_free(bundle->name);
    g_free(bundle);
}

/* Local header, empty archive, or the mark of a split one (APPNOTE 4.3). */
static bool is_zip(const void *bytes, size_t len)
{
    return len >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "PK\5\6", 4) == 0
                        || memcmp(bytes, "PK\7\10", 4) == 0);
}

/* Fills a bundle from an open file: takes fd. */
static bool open_file(struct bundle *bundle, const char *path, int fd, uint64_t size, GError **error)
{
    char magic[4];
    ssize_t n = pread(fd, magic, sizeof magic, 0);
    if (n < 0) {
        close(fd);
        return refuse(error, "file.unreadable", "%s cannot be read: %s.", bundle->name, g_strerror(errno));
    }
    if (is_zip(magic, (size_t)n)) {
        bundle->kind = BUNDLE_ZIP;
        return archive_zip_open(bundle, fd, error);
    }
    close(fd);
    bundle->kind = BUNDLE_FILE;
    archive_add(bundle, g_strdup(bundle->name), g_strdup(path), size);
    return true;
}

static bool open_path(struct bundle *bundle, const char *path, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return refuse(error, "file.unreadable", "%s cannot be opened: %s.", path, g_strerror(errno));
    }
    struct stat about;
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) {
        return open_file(bundle, path, fd, (uint64_t)about.st_size, error);
    }
    close(fd);
    if (S_ISDIR(about.st_mode)) {
        bundle->kind = BUNDLE_FOLDER;
        return archive_folder_open(bundle, path, error);
    }
    return refuse(error, "file.unreadable", "%s is neither a file nor a folder.", path);
}

struct bundle *bundle_open(const char *path, const struct bundle_limits *limits, GError **error)
{
    g_autoptr(bundle_ref) bundle = bundle_new(path, limits);
    if (!open_path(bundle, path, error)) {
        return NULL;
    }
    g_array_sort(bundle->entries, by_name);
    return g_steal_pointer(&bundle);
}

struct bundle *bundle_open_bytes(GBytes *bytes, const char *name, const struct bundle_limits *limits, GError **error)
{
    g_autoptr(bundle_ref) bundle = bundle_new(name, limits);
    bundle->bytes = g_bytes_ref(bytes);
    size_t len = 0;
    const void *start = g_bytes_get_data(bytes, &len);
    if (!is_zip(start, len)) {
        bundle->kind = BUNDLE_FILE;
        archive_add(bundle, g_strdup(bundle->name), NULL, len);
        return g_steal_pointer(&bundle);
    }
    bundle->kind = BUNDLE_ZIP;
    if (!archive_zip_open(bundle, -1, error)) {
        return NULL;
    }
    g_array_sort(bundle->entries, by_name);
    return g_steal_pointer(&bundle);
}

enum bundle_kind bundle_kind(const struct bundle *bundle)
{
    return bundle->kind;
}

const char *bundle_name(const struct bundle *bundle)
{
    return bundle->name;
}

size_t bundle_count(const struct bundle *bundle)
{
    return bundle->entries->len;
}

static const struct entry *entry_at(const struct bundle *bundle, size_t index)
{
    g_assert(index < bundle->entries->len);
    return &g_array_index(bundle->entries, struct entry, index);
}

const struct bundle_member *bundle_member(const struct bundle *bundle, size_t index)
{
    return &entry_at(bundle, index)->member;
}

/* Next character that counts in a name, folded; 0 at the end. */
static gunichar next_of(const char **name)
{
    while (**name == ' ' || **name == '_' || **name == '-') {
        (*name)++;
    }
    gunichar c = g_utf8_get_char_validated(*name, -1);
    if (c == (gunichar)-1 || c == (gunichar)-2) {
        return (guint8)*(*name)++;
    }
    if (c != 0) {
        *name = g_utf8_next_char(*name);
    }
    return g_unichar_tolower(c);
}

bool bundle_name_is(const char *name, const char *wanted)
{
    const char *slash = strrchr(name, '/');
    name = slash != NULL ? slash + 1 : name;
    slash = strrchr(wanted, '/');
    wanted = slash != NULL ? slash + 1 : wanted;
    for (;;) {
        gunichar a = next_of(&name);
        gunichar b = next_of(&wanted);
        if (a != b) {
            return false;
        }
        if (a == 0) {
            return true;
        }
    }
}

int bundle_find(const struct bundle *bundle, const char *wanted)
{
    int found = -1;
    int found_depth = 0;
    for (size_t i = 0; i < bundle->entries->len; i++) {
        const char *name = entry_at(bundle, i)->member.name;
        int depth = 0;
        for (const char *c = name; *c != '\0'; c++) {
            depth += *c == '/';
        }
        if ((found < 0 || depth < found_depth) && bundle_name_is(name, wanted)) {
            found = (int)i;
            found_depth = depth;
        }
    }
    return found;
}

struct stream *bundle_stream(struct bundle *bundle, size_t index, GError **error)
{
    const struct entry *entry = entry_at(bundle, index);
    if (bundle->kind == BUNDLE_ZIP) {
        return archive_zip_stream(bundle, entry, error);
    }
    return bundle->bytes != NULL ? stream_of_bytes(bundle->bytes) : stream_of_file(entry->path, error);
}

GBytes *bundle_read(struct bundle *bundle, size_t index, size_t limit, GError **error)
{
    if (bundle_member(bundle, index)->size > limit) {
        stream_too_large(limit, error);
        return NULL;
    }
    g_autoptr(stream_ref) stream = bundle_stream(bundle, index, error);
    return stream != NULL ? stream_read_all(stream, limit, error) : NULL;
}

GBytes *bundle_head(struct bundle *bundle, size_t index, size_t max, bool *is_whole_out, GError **error)
{
    g_autoptr(stream_ref) stream = bundle_stream(bundle, index, error);
    if (stream == NULL) {
        return NULL;
    }
    /* one byte more tells whether that was all */
    g_autofree char *head = g_malloc(max + 1);
    gssize n = stream_read(stream, head, max + 1, error);
    if (n < 0) {
        return NULL;
    }
    if (is_whole_out != NULL) {
        *is_whole_out = (size_t)n <= max;
    }
    return g_bytes_new(head, MIN((size_t)n, max));
}
