/* ZIP members by libzip. The list at the end of the file is weighed before anything is unpacked, and a member
 * never gives more bytes than the list says, so that a small file cannot become a large one (APPNOTE.TXT 6.3;
 * "zip bombs"). */
#include "codec/archive_part.h"

#include "base/error.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define END_LEN 22              /* end of central directory record without comment (APPNOTE 4.3.16) */
#define TAIL (END_LEN + 65535 + 20)
#define SMALL_MEMBER (UINT64_C(4) << 20)        /* under this the ratio does not matter */

/* --- weighing ------------------------------------------------------------------------------------------- */

static uint64_t little_endian(const guint8 *bytes, int n)
{
    uint64_t value = 0;
    for (int i = n - 1; i >= 0; i--) {
        value = value << 8 | bytes[i];
    }
    return value;
}

/* Copies len bytes at offset of the archive; fewer at its end. */
static size_t peek(const struct bundle *bundle, int fd, uint64_t offset, void *out, size_t len)
{
    if (fd >= 0) {
        ssize_t n = pread(fd, out, len, (off_t)offset);
        return n > 0 ? (size_t)n : 0;
    }
    size_t size = 0;
    const char *start = g_bytes_get_data(bundle->bytes, &size);
    size_t n = offset < size ? MIN(len, size - (size_t)offset) : 0;
    memcpy(out, start + (n > 0 ? offset : 0), n);
    return n;
}

/* Members that the end records claim, the largest claim if there are several: libzip sets aside memory for as many. */
static uint64_t claimed_members(const struct bundle *bundle, int fd, uint64_t size)
{
    uint64_t offset = size > TAIL ? size - TAIL : 0;
    g_autofree guint8 *tail = g_malloc(TAIL);
    size_t len = peek(bundle, fd, offset, tail, TAIL);
    uint64_t most = 0;
    for (size_t i = 0; i + END_LEN <= len; i++) {
        if (memcmp(tail + i, "PK\5\6", 4) != 0) {
            continue;
        }
        uint64_t n = little_endian(tail + i + 10, 2);
        if (i >= 20 && memcmp(tail + i - 20, "PK\6\7", 4) == 0) {
            /* the locator of ZIP64 (APPNOTE 4.3.15) and its record (4.3.14) */
            guint8 record[40];
            uint64_t at = little_endian(tail + i - 20 + 8, 8);
            if (at <= INT64_MAX && peek(bundle, fd, at, record, sizeof record) == sizeof record) {
                n = MAX(n == 0xFFFF ? 0 : n, little_endian(record + 32, 8));
            }
        }
        most = MAX(most, n);
    }
    return most;
}

static bool refuse_bomb(const struct bundle *bundle, GError **error)
{
    return refuse(error, "archive.bomb", "%s would unpack to far more than an address book holds. "
                  "It was not opened. Nothing was changed.", bundle->name);
}

static bool refuse_many(const struct bundle *bundle, GError **error)
{
    return refuse(error, "archive.too_many", "%s holds more than %d files. "
                  "Unpack it and bring the files that matter. Nothing was changed.", bundle->name,
                  bundle->limits.max_members);
}

/* --- opening -------------------------------------------------------------------------------------------- */

/* libzip's handle, or NULL with *error. Takes fd. */
static zip_t *open_zip(struct bundle *bundle, int fd, GError **error)
{
    int code = 0;
    zip_t *zip = NULL;
    if (fd >= 0) {
        zip = zip_fdopen(fd, 0, &code);
        if (zip == NULL) {
            close(fd);
        }
    } else {
        zip_error_t reason;
        zip_error_init(&reason);
        size_t len = 0;
        const void *start = g_bytes_get_data(bundle->bytes, &len);
        zip_source_t *source = zip_source_buffer_create(start, len, 0, &reason);
        zip = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, &reason) : NULL;
        if (zip == NULL && source != NULL) {
            zip_source_free(source);
        }
        code = zip_error_code_zip(&reason);
        zip_error_fini(&reason);
    }
    if (zip == NULL && code == ZIP_ER_MEMORY) {
        bug(error, "archive.memory", "There was not enough memory to open %s.", bundle->name);
    } else if (zip == NULL) {
        refuse(error, "archive.cut_off",
               "%s is not whole: the list of files at its end is missing or damaged, as when a download "
               "was cut off. Download it again and bring that file. Nothing was changed.", bundle->name);
    }
    return zip;
}

/* Adds one member of the list; *total grows by its size. */
static bool list_member(struct bundle *bundle, zip_uint64_t index, uint64_t *total, GError **error)
{
    zip_stat_t about;
    const char *raw = zip_get_name(bundle->zip, index, ZIP_FL_ENC_GUESS);
    zip_stat_init(&about);
    if (raw == NULL || zip_stat_index(bundle->zip, index, 0, &about) != 0) {
        return true;
    }
    uint64_t size = about.valid & ZIP_STAT_SIZE ? about.size : 0;
    uint64_t packed = about.valid & ZIP_STAT_COMP_SIZE ? about.comp_size : 0;
    bool is_too_dense = size > SMALL_MEMBER && size / (uint64_t)bundle->limits.max_ratio > packed;
    if (size > bundle->limits.max_member || is_too_dense || size > bundle->limits.max_total - *total) {
        return refuse_bomb(bundle, error);
    }
    *total += size;
    size_t raw_len = strlen(raw);
    char *name = raw_len > 0 && (raw[raw_len - 1] == '/' || raw[raw_len - 1] == '\\') ? NULL : archive_clean_name(raw);
    if (name == NULL) {
        return true;
    }
    archive_add(bundle, name, NULL, size);
    struct entry *entry = &g_array_index(bundle->entries, struct entry, bundle->entries->len - 1);
    entry->zip_index = index;
    entry->member.is_encrypted = (about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE;
    return true;
}

bool archive_zip_open(struct bundle *bundle, int fd, GError **error)
{
    struct stat about = { 0 };
    uint64_t size = 0;
    if (fd >= 0) {
        size = fstat(fd, &about) == 0 ? (uint64_t)about.st_size : 0;
    } else {
        size = g_bytes_get_size(bundle->bytes);
    }
    if (claimed_members(bundle, fd, size) > (uint64_t)bundle->limits.max_members) {
        if (fd >= 0) {
            close(fd);
        }
        return refuse_many(bundle, error);
    }
    bundle->zip = open_zip(bundle, fd, error);
    if (bundle->zip == NULL) {
        return false;
    }
    zip_int64_t n = zip_get_num_entries(bundle->zip, 0);
    if (n > bundle->limits.max_members) {
        return refuse_many(bundle, error);
    }
    uint64_t total = 0;
    for (zip_int64_t i = 0; i < n; i++) {
        if (!list_member(bundle, (zip_uint64_t)i, &total, error)) {
            return false;
        }
    }
    return true;
}

/* --- reading one member --------------------------------------------------------------------------------- */

struct zip_state {
    zip_file_t *file;           /* owned */
    uint64_t left;              /* bytes that the list still promises */
    char *name;                 /* owned */
};

static gssize refuse_damaged(const char *name, GError **error)
{
    refuse(error, "archive.damaged", "%s inside this ZIP is damaged. Download the ZIP again and bring that file. "
           "Nothing was changed.", name);
    return -1;
}

static gssize zip_state_read(void *data, void *buffer, size_t len, GError **error)
{
    struct zip_state *state = data;
    zip_int64_t n = zip_fread(state->file, buffer, len);
    if (n < 0 || (n == 0 && state->left > 0)) {
        return refuse_damaged(state->name, error);
    }
    if ((uint64_t)n > state->left) {
        refuse(error, "archive.bomb", "%s inside this ZIP unpacks to more than the ZIP says. "
               "It was not read. Nothing was changed.", state->name);
        return -1;
    }
    state->left -= (uint64_t)n;
    return (gssize)n;
}

static void zip_state_close(void *data)
{
    struct zip_state *state = data;
    zip_fclose(state->file);
    g_free(state->name);
    g_free(state);
}

struct stream *archive_zip_stream(struct bundle *bundle, const struct entry *entry, GError **error)
{
    static const struct stream_kind kind = { zip_state_read, zip_state_close };
    if (entry->member.is_encrypted) {
        refuse(error, "archive.encrypted",
               "%s is locked with a password. Unpack it yourself and bring the files inside. "
               "Nothing was changed.", bundle->name);
        return NULL;
    }
    zip_file_t *file = zip_fopen_index(bundle->zip, entry->zip_index, 0);
    if (file == NULL) {
        refuse_damaged(entry->member.name, error);
        return NULL;
    }
    struct zip_state *state = g_new0(struct zip_state, 1);
    state->file = file;
    state->left = entry->member.size;
    state->name = g_strdup(entry->member.name);
    return stream_new(&kind, state);
}
