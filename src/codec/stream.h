/* Bytes that come in pieces: from memory, from a file, out of a ZIP, through a charset. Readers above never hold
 * more of a file than they need, so a file's size is not a program's size. */
#ifndef LIGATURE_CODEC_STREAM_H
#define LIGATURE_CODEC_STREAM_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct stream stream_ref;     /* for g_autoptr(stream_ref) only */
struct stream;

/* A kind of stream. read puts at most len bytes (len > 0) into buffer: how many, 0 at the end, -1 with *error set.
 * close frees state; called once. */
struct stream_kind {
    gssize (*read)(void *state, void *buffer, size_t len, GError **error);
    void (*close)(void *state);
};

/* kind must live as long as the stream (make it static const); state is owned by the stream from now on. */
struct stream *stream_new(const struct stream_kind *kind, void *state);
/* Holds its own reference to bytes. */
struct stream *stream_of_bytes(GBytes *bytes);
/* Opens a plain file (no folder, device or pipe). NULL: "file.unreadable". */
struct stream *stream_of_file(const char *path, GError **error);
/* NULL does nothing. */
void stream_free(struct stream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(stream_ref, stream_free)

/* Up to len bytes, fewer than len only at the end: how many, or -1 with *error set. After an end or an error the
 * stream stays there. */
gssize stream_read(struct stream *stream, void *buffer, size_t len, GError **error);

/* Everything that is left. NULL when a read fails, or when there is more than limit: "file.too_large". */
GBytes *stream_read_all(struct stream *stream, size_t limit, GError **error);
/* Refuses with "file.too_large" and its sentence; for who knows the length before reading. */
bool stream_too_large(size_t limit, GError **error);

#endif
