/* Streams of bytes. Invariant: after the first end or error a stream never calls its kind again, so a kind
 * need not remember that it ended. */
#include "codec/stream.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE (64 * 1024)

struct stream {
    const struct stream_kind *kind;
    void *state;                /* owned, by kind->close */
    GError *error;              /* owned; the error it stopped at */
    bool is_ended;
};

struct stream *stream_new(const struct stream_kind *kind, void *state)
{
    struct stream *stream = g_new0(struct stream, 1);
    stream->kind = kind;
    stream->state = state;
    return stream;
}

void stream_free(struct stream *stream)
{
    if (stream == NULL) {
        return;
    }
    stream->kind->close(stream->state);
    g_clear_error(&stream->error);
    g_free(stream);
}

gssize stream_read(struct stream *stream, void *buffer, size_t len, GError **error)
{
    size_t n_read = 0;
    while (n_read < len && !stream->is_ended && stream->error == NULL) {
        gssize n = stream->kind->read(stream->state, (char *)buffer + n_read, len - n_read, &stream->error);
        if (n > 0) {
            n_read += (size_t)n;
        } else if (n == 0) {
            stream->is_ended = true;
        }
    }
    if (stream->error != NULL) {
        g_propagate_error(error, g_error_copy(stream->error));
        return -1;
    }
    return (gssize)n_read;
}

bool stream_too_large(size_t limit, GError **error)
{
    return refuse(error, "file.too_large",
                  "This file is larger than %zu MB, which is more than Ligature reads at once. "
                  "Split it and bring the parts. Nothing was changed.", limit / 1000000);
}

GBytes *stream_read_all(struct stream *stream, size_t limit, GError **error)
{
    g_autoptr(GByteArray) all = g_byte_array_new();
    g_autofree guint8 *piece = g_malloc(PIECE);
    for (;;) {
        gssize n = stream_read(stream, piece, PIECE, error);
        if (n < 0) {
            return NULL;
        }
        if (n == 0) {
            return g_byte_array_free_to_bytes(g_steal_pointer(&all));
        }
        if ((size_t)n > limit - all->len) {
            stream_too_large(limit, error);
            return NULL;
        }
        g_byte_array_append(all, piece, (guint)n);
    }
}

/* --- memory --------------------------------------------------------------------------------------------- */

struct memory_state {
    GBytes *bytes;              /* owned */
    size_t at;
};

static gssize memory_read(void *data, void *buffer, size_t len, GError **error)
{
    struct memory_state *memory = data;
    size_t size = 0;
    const char *start = g_bytes_get_data(memory->bytes, &size);
    size_t n = MIN(len, size - memory->at);
    if (n > 0) {
        memcpy(buffer, start + memory->at, n);
        memory->at += n;
    }
    return (gssize)n;
}

static void memory_close(void *data)
{
    struct memory_state *memory = data;
    g_bytes_unref(memory->bytes);
    g_free(memory);
}

struct stream *stream_of_bytes(GBytes *bytes)
{
    static const struct stream_kind kind = { memory_read, memory_close };
    struct memory_state *memory = g_new0(struct memory_state, 1);
    memory->bytes = g_bytes_ref(bytes);
    return stream_new(&kind, memory);
}

/* --- a file --------------------------------------------------------------------------------------------- */

static gssize file_read(void *data, void *buffer, size_t len, GError **error)
{
    int fd = GPOINTER_TO_INT(data);
    ssize_t n;
    do {
        n = read(fd, buffer, len);
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        refuse(error, "file.unreadable", "This file could not be read to its end: %s.", g_strerror(errno));
    }
    return n;
}

static void file_close(void *data)
{
    close(GPOINTER_TO_INT(data));
}

struct stream *stream_of_file(const char *path, GError **error)
{
    static const struct stream_kind kind = { file_read, file_close };
    /* O_NONBLOCK: opening a pipe that nobody writes must not hang */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        refuse(error, "file.unreadable", "%s cannot be opened: %s.", path, g_strerror(errno));
        return NULL;
    }
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(fd);
        refuse(error, "file.unreadable", "%s is not a file.", path);
        return NULL;
    }
    return stream_new(&kind, GINT_TO_POINTER(fd));
}
