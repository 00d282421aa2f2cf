/* Answers that go on: server-sent events. The handler makes a stream, gives it to the answer,
 * and hands a reference to whoever has news (a job, a hub); they send from any thread. A stream
 * knows only its own buffer: whether anybody still reads is told by http_stream_is_open, and a
 * reader that went away or is too slow closes it. */
#ifndef LIGATURE_NET_HTTP_STREAM_H
#define LIGATURE_NET_HTTP_STREAM_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct http_stream;

/* bytes waiting for a reader before it counts as too slow */
#define HTTP_STREAM_BUFFER (256 * 1024)

/* One reference, the caller's. max_buffer 0: HTTP_STREAM_BUFFER. */
struct http_stream *http_stream_new(size_t max_buffer);
struct http_stream *http_stream_ref(struct http_stream *stream);
/* NULL does nothing. The answer holds a reference of its own: a writer that is done calls
 * http_stream_end before. */
void http_stream_unref(struct http_stream *stream);
typedef struct http_stream http_stream;         /* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(http_stream, http_stream_unref)

/* Called once, from any thread, without locks held, when nobody reads any more or it was ended.
 * Set before the stream is given to an answer. */
void http_stream_on_close(struct http_stream *stream, void (*closed)(void *data), void *data,
                          GDestroyNotify free_data);

/* One event. id and event may be NULL; data may have several lines. Line breaks in id and event
 * are dropped. False when the stream is closed, or closes now because its buffer is full: the
 * reader comes back with Last-Event-ID. */
bool http_stream_send(struct http_stream *stream, const char *id, const char *event,
                      const char *data);
/* How long the browser waits before it comes back. */
bool http_stream_retry(struct http_stream *stream, int milliseconds);
/* What is buffered is still written, then the answer ends. */
void http_stream_end(struct http_stream *stream);
bool http_stream_is_open(struct http_stream *stream);

#endif
