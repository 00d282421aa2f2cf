/* Server-sent events (WHATWG HTML 9.2). Writers fill a bounded buffer under the stream's lock;
 * the reader is libmicrohttpd's content callback, which suspends its connection when the buffer
 * is empty. `parked` is that connection, and is set only while it is suspended: a suspended
 * connection cannot end by itself, so the pointer cannot dangle; whoever resumes it clears it
 * first. */
#include "net/http_inner.h"

#include <string.h>

#define STUCK_US (10 * G_USEC_PER_SEC)

struct http_stream {
    _Atomic int references;
    GMutex lock;     /* of all below */
    GString *buffer; /* to be written; begins at `at` */
    size_t at;
    size_t max;
    bool is_ended; /* writers are done, the buffer is still written */
    bool is_gone;  /* nobody reads: the buffer is not written */
    bool is_told;  /* closed() was called */
    bool has_reader;
    int64_t written_us; /* when something was last put in */
    int64_t ended_us;
    struct MHD_Connection *parked;
    void (*closed)(void *data);
    void *data;
    GDestroyNotify free_data;
};

/* What the answer inside a connection owns. */
struct reader {
    struct http_stream *stream; /* a reference */
    struct MHD_Connection *connection;
    struct http_server *server;
};

struct http_stream *http_stream_new(size_t max_buffer)
{
    struct http_stream *stream = g_new0(struct http_stream, 1);

    atomic_init(&stream->references, 1);
    g_mutex_init(&stream->lock);
    stream->buffer = g_string_new(NULL);
    stream->max = max_buffer == 0 ? HTTP_STREAM_BUFFER : max_buffer;
    stream->written_us = g_get_monotonic_time();
    return stream;
}

struct http_stream *http_stream_ref(struct http_stream *stream)
{
    atomic_fetch_add(&stream->references, 1);
    return stream;
}

void http_stream_on_close(struct http_stream *stream, void (*closed)(void *data), void *data,
                          GDestroyNotify free_data)
{
    stream->closed = closed;
    stream->data = data;
    stream->free_data = free_data;
}

/* Lets the reader look again. With the lock held. */
static void wake(struct http_stream *stream)
{
    struct MHD_Connection *connection = stream->parked;

    if (connection != NULL) {
        stream->parked = NULL;
        MHD_resume_connection(connection);
    }
}

/* Notes the end, once. With the lock held; true: the caller tells the owner after unlocking. */
static bool note_end(struct http_stream *stream)
{
    bool is_first = !stream->is_told;

    if (is_first) {
        stream->is_told = true;
        stream->ended_us = g_get_monotonic_time();
    }
    wake(stream);
    return is_first;
}

static void tell(struct http_stream *stream, bool is_first)
{
    if (is_first && stream->closed != NULL) {
        stream->closed(stream->data);
    }
}

void http_stream_end(struct http_stream *stream)
{
    bool is_first;

    g_mutex_lock(&stream->lock);
    stream->is_ended = true;
    is_first = note_end(stream);
    g_mutex_unlock(&stream->lock);
    tell(stream, is_first);
}

void http_stream_gone(struct http_stream *stream)
{
    bool is_first;

    g_mutex_lock(&stream->lock);
    stream->is_ended = true;
    stream->is_gone = true;
    is_first = note_end(stream);
    g_mutex_unlock(&stream->lock);
    tell(stream, is_first);
}

void http_stream_unref(struct http_stream *stream)
{
    int left;

    if (stream == NULL) {
        return;
    }
    left = atomic_fetch_sub(&stream->references, 1) - 1;
    if (left > 0) {
        return;
    }
    if (stream->free_data != NULL) {
        stream->free_data(stream->data);
    }
    g_string_free(stream->buffer, TRUE);
    g_mutex_clear(&stream->lock);
    g_free(stream);
}

bool http_stream_is_open(struct http_stream *stream)
{
    bool is_open;

    g_mutex_lock(&stream->lock);
    is_open = !stream->is_ended;
    g_mutex_unlock(&stream->lock);
    return is_open;
}

/* ---- writing ---- */

/* Puts text in and wakes the reader. False when closed, or now closed for being full. */
static bool put(struct http_stream *stream, const GString *text)
{
    bool is_first = false;
    bool ok;

    g_mutex_lock(&stream->lock);
    ok = !stream->is_ended;
    if (ok && stream->buffer->len - stream->at + text->len > stream->max) {
        stream->is_ended = true;
        stream->is_gone = true;
        is_first = note_end(stream);
        ok = false;
    }
    if (ok) {
        g_string_append_len(stream->buffer, text->str, (gssize)text->len);
        stream->written_us = g_get_monotonic_time();
        wake(stream);
    }
    g_mutex_unlock(&stream->lock);
    tell(stream, is_first);
    return ok;
}

/* "name: value" with line breaks dropped. */
static void add_line(GString *out, const char *name, const char *value)
{
    g_string_append_printf(out, "%s: ", name);
    for (; *value != '\0'; value++) {
        if (*value != '\n' && *value != '\r') {
            g_string_append_c(out, *value);
        }
    }
    g_string_append_c(out, '\n');
}

bool http_stream_send(struct http_stream *stream, const char *id, const char *event,
                      const char *data)
{
    g_autoptr(GString) out = g_string_sized_new(strlen(data) + 64);

    if (id != NULL) {
        add_line(out, "id", id);
    }
    if (event != NULL) {
        add_line(out, "event", event);
    }
    for (const char *at = data;;) {
        size_t len = strcspn(at, "\r\n");
        g_string_append(out, "data: ");
        g_string_append_len(out, at, (gssize)len);
        g_string_append_c(out, '\n');
        at += len;
        if (*at == '\0') {
            break;
        }
        at += at[0] == '\r' && at[1] == '\n' ? 2 : 1;
    }
    g_string_append_c(out, '\n');
    return put(stream, out);
}

bool http_stream_retry(struct http_stream *stream, int milliseconds)
{
    g_autoptr(GString) out = g_string_new(NULL);

    g_string_printf(out, "retry: %d\n\n", milliseconds);
    return put(stream, out);
}

void http_stream_tick(struct http_stream *stream, int64_t now_us, int64_t heartbeat_us)
{
    g_mutex_lock(&stream->lock);
    if (!stream->is_ended && stream->at == stream->buffer->len
        && now_us - stream->written_us >= heartbeat_us) {
        g_string_append(stream->buffer, ":\n\n");
        stream->written_us = now_us;
        wake(stream);
    }
    g_mutex_unlock(&stream->lock);
}

bool http_stream_is_stuck(struct http_stream *stream, int64_t now_us)
{
    bool is_stuck;

    g_mutex_lock(&stream->lock);
    is_stuck = stream->is_ended && now_us - stream->ended_us > STUCK_US;
    g_mutex_unlock(&stream->lock);
    return is_stuck;
}

/* ---- reading, on the I/O thread ---- */

static ssize_t read_some(void *data, uint64_t position, char *out, size_t max)
{
    struct reader *reader = data;
    struct http_stream *stream = reader->stream;
    ssize_t result;
    size_t len;

    (void)position;
    g_mutex_lock(&stream->lock);
    len = stream->buffer->len - stream->at;
    if (stream->is_gone) {
        result = MHD_CONTENT_READER_END_WITH_ERROR;
    } else if (len > 0) {
        len = MIN(len, max);
        memcpy(out, stream->buffer->str + stream->at, len);
        stream->at += len;
        if (stream->at == stream->buffer->len) {
            g_string_truncate(stream->buffer, 0);
            stream->at = 0;
        }
        result = (ssize_t)len;
        atomic_fetch_add_explicit(&reader->server->counts.bytes_out, len, memory_order_relaxed);
    } else if (stream->is_ended) {
        result = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        MHD_suspend_connection(reader->connection);
        stream->parked = reader->connection;
        result = 0;
    }
    g_mutex_unlock(&stream->lock);
    return result;
}

/* The answer is over, whoever ended it. */
static void reader_free(void *data)
{
    struct reader *reader = data;

    http_stream_gone(reader->stream);
    http_stream_unref(reader->stream);
    g_free(reader);
}

struct MHD_Response *http_stream_answer(struct http_stream *stream, struct http_request *request)
{
    struct reader *reader;
    struct MHD_Response *built;

    g_mutex_lock(&stream->lock);
    if (stream->has_reader) { /* two answers cannot share one */
        g_mutex_unlock(&stream->lock);
        g_warning("a stream was given to two answers");
        return NULL;
    }
    stream->has_reader = true;
    g_mutex_unlock(&stream->lock);
    reader = g_new0(struct reader, 1);
    reader->stream = http_stream_ref(stream);
    reader->connection = request->connection;
    reader->server = request->server;
    built =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, read_some, reader, reader_free);
    if (built == NULL) {
        reader_free(reader);
    }
    return built;
}
