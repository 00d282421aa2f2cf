/* The thread that accepts connections and keeps their time. Inside net/ only. */
#ifndef LIGATURE_NET_HTTP_WATCH_H
#define LIGATURE_NET_HTTP_WATCH_H

#include "net/http_inner.h"

bool http_watch_open(struct http_server *server, GError **error);
void http_watch_start(struct http_server *server);
void http_watch_end_streams(struct http_server *server);
void http_watch_wake(struct http_server *server);           /* look again: draining or over */
void http_watch_join(struct http_server *server);
void http_watch_stream(struct http_server *server, struct http_conn *conn,
                       struct http_stream *stream);
void http_watch_forget(struct http_conn *conn);
void http_conn_started(struct http_io *io, struct MHD_Connection *connection, void **context);
void http_conn_closed(struct http_io *io, void **context);
/* from now; < 0: without limit */
void http_conn_allow(struct http_conn *conn, int64_t seconds);
void http_conn_until(struct http_conn *conn, int64_t deadline_us);

#endif
