/* Which Host names are ours. A page elsewhere that renames its host to our address (DNS
 * rebinding) sends its own name: refused. Pure. */
#ifndef LIGATURE_NET_HTTP_HOST_H
#define LIGATURE_NET_HTTP_HOST_H

#include <stdbool.h>

struct http_hosts;

/* listen_host: the address listened on ("127.0.0.1", "::1", "" for all); extra: configured
 * names, NULL-terminated or NULL. Loopback names and listen_host need the port (which may be
 * left out when it is the scheme's own); configured ones only if they name one. */
struct http_hosts *http_hosts_new(const char *listen_host, int port, bool is_tls,
                                  const char *const *extra);
void http_hosts_free(struct http_hosts *hosts);

/* local: the address this connection came in on ("192.168.1.20"), NULL unknown: a Host that is
 * this very address is ours, for no name was looked up. */
bool http_hosts_has(const struct http_hosts *hosts, const char *host, const char *local);

/* "[::1]:8470" -> "::1", 8470; "Example.org." -> "example.org", -1. False when it is not
 * host[:port]. name_out: at least HTTP_HOST_MAX. */
#define HTTP_HOST_MAX 256
bool http_host_split(const char *host, char *name_out, int *port_out);

/* localhost, 127.0.0.0/8 or ::1, without a port. */
bool http_host_is_loopback(const char *name);

#endif
