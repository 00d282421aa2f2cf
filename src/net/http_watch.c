/* The watch: one thread that accepts connections, cuts those that take too long, and sees
 * readers of streams go. libmicrohttpd's own timeout starts anew with every byte and does not
 * run while suspended, so time is kept here: a connection has a deadline which only its I/O
 * thread moves (http_conn_allow). A descriptor is used by this thread only under its io's lock,
 * while its conn is in the list; it is taken out before the descriptor is closed. */
#include "net/http_watch.h"

#include "net/http_inner.h"
#include "net/http_listen.h"

#include "base/error.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define TICK_MS 1000
#define ID_LISTEN 0 /* of epoll events; streams count from 2 */
#define ID_EVENT 1

struct http_watched {
    struct http_stream *stream; /* a reference */
    struct http_conn *conn;     /* borrowed: taken out of the table before it goes */
};

static void watched_free(void *data)
{
    struct http_watched *watched = data;

    if (watched != NULL) {
        http_stream_unref(watched->stream);
        g_free(watched);
    }
}

void http_conn_until(struct http_conn *conn, int64_t deadline_us)
{
    atomic_store_explicit(&conn->deadline_us, deadline_us, memory_order_relaxed);
}

void http_conn_allow(struct http_conn *conn, int64_t seconds)
{
    http_conn_until(conn,
                    seconds < 0 ? INT64_MAX : g_get_monotonic_time() + seconds * G_USEC_PER_SEC);
}

/* ---- addresses ---- */

/* One entry per IPv4 address or IPv6 /64 network, which is what one customer has. */
static char *address_key(const char *remote)
{
    const char *at = remote;

    for (int colons = 0; strchr(remote, ':') != NULL && *at != '\0'; at++) {
        colons += *at == ':';
        if (colons == 4 || (at > remote && at[0] == ':' && at[-1] == ':')) {
            return g_strndup(remote, (gsize)(at - remote));
        }
    }
    return g_strdup(remote);
}

/* Counts a connection of that address; false when it has too many. */
static bool address_add(struct http_server *server, const char *remote, bool is_loopback)
{
    g_autofree char *key = NULL;
    int n;

    if (server->options.connections_per_address <= 0 || is_loopback) {
        return true;
    }
    key = address_key(remote);
    g_mutex_lock(&server->lock);
    n = GPOINTER_TO_INT(g_hash_table_lookup(server->addresses, key));
    if (n < server->options.connections_per_address) {
        g_hash_table_insert(server->addresses, g_steal_pointer(&key), GINT_TO_POINTER(n + 1));
        n = -1;
    }
    g_mutex_unlock(&server->lock);
    return n == -1;
}

static void address_remove(struct http_server *server, const char *remote, bool is_loopback)
{
    g_autofree char *key = NULL;
    int n;

    if (server->options.connections_per_address <= 0 || is_loopback) {
        return;
    }
    key = address_key(remote);
    g_mutex_lock(&server->lock);
    n = GPOINTER_TO_INT(g_hash_table_lookup(server->addresses, key));
    if (n <= 1) {
        g_hash_table_remove(server->addresses, key);
    } else {
        g_hash_table_insert(server->addresses, g_steal_pointer(&key), GINT_TO_POINTER(n - 1));
    }
    g_mutex_unlock(&server->lock);
}

/* ---- connections ---- */

void http_conn_started(struct http_io *io, struct MHD_Connection *connection, void **context)
{
    struct http_conn *conn = g_new0(struct http_conn, 1);

    conn->io = io;
    conn->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    http_address_text(
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr,
        conn->remote, &conn->is_local);
    http_conn_allow(conn, io->server->options.header_seconds);
    g_mutex_lock(&io->lock);
    conn->next = io->conns;
    if (conn->next != NULL) {
        conn->next->prev = conn;
    }
    io->conns = conn;
    g_mutex_unlock(&io->lock);
    *context = conn;
}

/* Takes the connection's stream, if any, off the watch. */
void http_watch_forget(struct http_conn *conn)
{
    struct http_server *server = conn->io->server;
    int64_t id = atomic_exchange(&conn->stream_id, 0);
    gpointer key = NULL;
    gpointer watched = NULL;

    if (id != 0) {
        epoll_ctl(server->watch_epoll, EPOLL_CTL_DEL, conn->fd, NULL);
        g_mutex_lock(&server->lock);
        /* freed below without the lock: the last reference may run its owner's code */
        g_hash_table_steal_extended(server->streams, &id, &key, &watched);
        atomic_store(&server->counts.streams, (int)g_hash_table_size(server->streams));
        g_mutex_unlock(&server->lock);
        g_free(key);
        watched_free(watched);
    }
}

void http_conn_closed(struct http_io *io, void **context)
{
    struct http_conn *conn = *context;

    if (conn == NULL) {
        return;
    }
    http_watch_forget(conn);
    g_mutex_lock(&io->lock);
    if (conn->prev != NULL) {
        conn->prev->next = conn->next;
    } else {
        io->conns = conn->next;
    }
    if (conn->next != NULL) {
        conn->next->prev = conn->prev;
    }
    g_mutex_unlock(&io->lock);
    address_remove(io->server, conn->remote, conn->is_local);
    atomic_fetch_sub(&io->server->counts.connections, 1);
    atomic_fetch_sub(&io->n, 1);
    g_free(conn);
    *context = NULL;
}

void http_watch_stream(struct http_server *server, struct http_conn *conn,
                       struct http_stream *stream)
{
    struct http_watched *watched = g_new0(struct http_watched, 1);
    struct epoll_event event = {.events = EPOLLRDHUP | EPOLLET};
    int64_t *key = g_new(int64_t, 1);

    watched->stream = http_stream_ref(stream);
    watched->conn = conn;
    g_mutex_lock(&server->lock);
    *key = ++server->last_stream_id;
    atomic_store(&conn->stream_id, *key);
    event.data.u64 = (uint64_t)*key;
    g_hash_table_insert(server->streams, key, watched);
    atomic_store(&server->counts.streams, (int)g_hash_table_size(server->streams));
    g_mutex_unlock(&server->lock);
    epoll_ctl(server->watch_epoll, EPOLL_CTL_ADD, conn->fd, &event);
    if (atomic_load(&server->is_draining)) {
        http_stream_end(stream);
    }
}

/* ---- accepting ---- */

static void turn_away(struct http_server *server, int fd)
{
    static const char answer[] =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    atomic_fetch_add(&server->counts.connections_refused, 1);
    if (server->options.tls_key == NULL) {
        ssize_t sent = send(fd, answer, sizeof(answer) - 1, MSG_DONTWAIT | MSG_NOSIGNAL);
        (void)sent; /* it is a courtesy */
    }
    close(fd);
}

/* The I/O thread with the fewest connections. */
static struct http_io *idlest(struct http_server *server)
{
    struct http_io *best = &server->ios[0];

    for (int i = 1; i < server->options.io_threads; i++) {
        if (atomic_load(&server->ios[i].n) < atomic_load(&best->n)) {
            best = &server->ios[i];
        }
    }
    return best;
}

/* Waits for new connections (EPOLLIN), or for a while not (0). */
static void listen_for(struct http_server *server, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.u64 = ID_LISTEN};

    server->is_full = events == 0;
    epoll_ctl(server->watch_epoll, EPOLL_CTL_MOD, server->listen_fd, &event);
}

/* False when no more are waiting, or none can be taken now. */
static bool accept_one(struct http_server *server)
{
    struct sockaddr_storage address;
    socklen_t len = sizeof(address);
    char remote[46];
    bool is_loopback;
    unsigned timeout_ms = (unsigned)server->options.idle_seconds * 1000;
    int fd =
        accept4(server->listen_fd, (struct sockaddr *)&address, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
    struct http_io *io;

    if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) {
        listen_for(server, 0); /* or epoll would wake us for ever; the next tick tries again */
    }
    if (fd < 0) {
        return errno == EINTR || errno == ECONNABORTED;
    }
    http_address_text(&address, remote, &is_loopback);
    if (atomic_load(&server->counts.connections) >= server->options.connections
        || !address_add(server, remote, is_loopback)) {
        turn_away(server, fd);
        return true;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout_ms, sizeof(timeout_ms));
    io = idlest(server);
    atomic_fetch_add(&server->counts.connections, 1);
    atomic_fetch_add(&io->n, 1);
    /* it closed fd */
    if (MHD_add_connection(io->daemon, fd, (struct sockaddr *)&address, len) != MHD_YES) {
        address_remove(server, remote, is_loopback);
        atomic_fetch_sub(&server->counts.connections, 1);
        atomic_fetch_sub(&io->n, 1);
    }
    return true;
}

/* ---- time ---- */

static void cut_late(struct http_server *server, int64_t now)
{
    for (int i = 0; i < server->options.io_threads; i++) {
        struct http_io *io = &server->ios[i];
        g_mutex_lock(&io->lock);
        for (struct http_conn *conn = io->conns; conn != NULL; conn = conn->next) {
            if (atomic_load_explicit(&conn->deadline_us, memory_order_relaxed) < now) {
                shutdown(conn->fd, SHUT_RDWR);
                http_conn_allow(conn, -1);
                atomic_fetch_add(&server->counts.cut, 1);
            }
        }
        g_mutex_unlock(&io->lock);
    }
}

/* All watched streams, each with a reference: they are spoken to without the server's lock. */
static GPtrArray *streams_now(struct http_server *server, int64_t now)
{
    GPtrArray *streams = g_ptr_array_new_with_free_func((GDestroyNotify)http_stream_unref);
    GHashTableIter iter;
    gpointer value;

    g_mutex_lock(&server->lock);
    g_hash_table_iter_init(&iter, server->streams);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        struct http_watched *watched = value;
        if (http_stream_is_stuck(watched->stream, now)) {
            shutdown(watched->conn->fd, SHUT_RDWR);
        }
        g_ptr_array_add(streams, http_stream_ref(watched->stream));
    }
    g_mutex_unlock(&server->lock);
    return streams;
}

static void tick(struct http_server *server)
{
    int64_t now = g_get_monotonic_time();
    g_autoptr(GPtrArray) streams = streams_now(server, now);

    for (guint i = 0; i < streams->len; i++) {
        http_stream_tick(g_ptr_array_index(streams, i), now,
                         (int64_t)server->options.heartbeat_seconds * G_USEC_PER_SEC);
    }
    cut_late(server, now);
}

/* The peer of a stream closed its end. */
static void see_gone(struct http_server *server, int64_t id)
{
    g_autoptr(http_stream) stream = NULL;
    struct http_watched *watched;

    g_mutex_lock(&server->lock);
    watched = g_hash_table_lookup(server->streams, &id);
    if (watched != NULL) {
        stream = http_stream_ref(watched->stream);
    }
    g_mutex_unlock(&server->lock);
    if (stream != NULL) {
        http_stream_gone(stream);
    }
}

/* ---- the thread ---- */

static void stop_listening(struct http_server *server)
{
    epoll_ctl(server->watch_epoll, EPOLL_CTL_DEL, server->listen_fd, NULL);
    close(server->listen_fd);
    server->listen_fd = -1;
}

static gpointer watch(gpointer data)
{
    struct http_server *server = data;
    struct epoll_event events[64];
    int64_t next_tick = 0;

    for (;;) {
        bool has_some = server->is_full || atomic_load(&server->counts.connections) > 0;
        int n =
            epoll_wait(server->watch_epoll, events, G_N_ELEMENTS(events), has_some ? TICK_MS : -1);
        uint64_t woken = 0;

        for (int i = 0; i < n; i++) {
            uint64_t id = events[i].data.u64;
            if (id == ID_EVENT) {
                if (read(server->watch_event, &woken, sizeof(woken)) != sizeof(woken)) {
                    woken = 0;
                }
            } else if (id == ID_LISTEN) {
                for (int taken = 0; taken < 64 && server->listen_fd >= 0 && accept_one(server);
                     taken++) {
                }
            } else {
                see_gone(server, (int64_t)id);
            }
        }
        if (atomic_load(&server->is_draining) && server->listen_fd >= 0) {
            stop_listening(server);
        }
        if (atomic_load(&server->is_over)) {
            return NULL;
        }
        if (g_get_monotonic_time() >= next_tick) {
            tick(server);
            if (server->is_full && server->listen_fd >= 0) {
                listen_for(server, EPOLLIN);
            }
            next_tick = g_get_monotonic_time() + TICK_MS * 1000;
        }
    }
}

static bool add(struct http_server *server, int fd, uint64_t id)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = id};

    return epoll_ctl(server->watch_epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

bool http_watch_open(struct http_server *server, GError **error)
{
    server->watch_epoll = epoll_create1(EPOLL_CLOEXEC);
    server->watch_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    server->last_stream_id = ID_EVENT;
    server->streams = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, watched_free);
    server->addresses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (server->watch_epoll < 0 || server->watch_event < 0
        || !add(server, server->watch_event, ID_EVENT)
        || !add(server, server->listen_fd, ID_LISTEN)) {
        return bug(error, "http.start", "The server cannot watch its socket: %s.",
                   g_strerror(errno));
    }
    return true;
}

void http_watch_start(struct http_server *server)
{
    server->watch = g_thread_new("http-watch", watch, server);
}

void http_watch_end_streams(struct http_server *server)
{
    g_autoptr(GPtrArray) streams = streams_now(server, 0);

    for (guint i = 0; i < streams->len; i++) {
        http_stream_end(g_ptr_array_index(streams, i));
    }
}

void http_watch_wake(struct http_server *server)
{
    uint64_t one = 1;

    if (write(server->watch_event, &one, sizeof(one)) != sizeof(one)) {
        g_warning("http: the watch cannot be woken: %s", g_strerror(errno));
    }
}

void http_watch_join(struct http_server *server)
{
    if (server->watch != NULL) {
        atomic_store(&server->is_over, true);
        http_watch_wake(server);
        g_thread_join(server->watch);
        server->watch = NULL;
    }
    if (server->watch_epoll >= 0) {
        close(server->watch_epoll);
    }
    if (server->watch_event >= 0) {
        close(server->watch_event);
    }
}
