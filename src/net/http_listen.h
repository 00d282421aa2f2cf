/* Addresses and listening sockets. Inside net/ only. */
#ifndef LIGATURE_NET_HTTP_LISTEN_H
#define LIGATURE_NET_HTTP_LISTEN_H

#include <glib.h>
#include <stdbool.h>

/* Binds and listens. host_out: "127.0.0.1", "" for all (at least HTTP_HOST_MAX). -1 and *error. */
int http_listen(const char *address, char *host_out, int *port_out, GError **error);
bool http_listen_name(int fd, char *host_out, int *port_out);
/* Text of an address, IPv4 in IPv6 unwrapped; is_loopback_out may be NULL. Buffer of at least
 * 46. */
void http_address_text(const void *address, char *text_out, bool *is_loopback_out);

#endif
