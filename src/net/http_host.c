/* Host names are compared in lower case, without one trailing dot, and never looked up. */
#include "net/http_host.h"

#include <arpa/inet.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

struct http_hosts {
    char *listen_host; /* owned; "" when all addresses */
    int port;
    int scheme_port; /* 80 or 443 */
    GStrv names;     /* owned, lower case, without port */
    int *ports;      /* owned; -1: any */
    int n;
};

bool http_host_is_loopback(const char *name)
{
    struct in_addr v4;

    if (strcmp(name, "localhost") == 0 || strcmp(name, "::1") == 0) {
        return true;
    }
    return inet_pton(AF_INET, name, &v4) == 1 && (ntohl(v4.s_addr) >> 24) == 127;
}

/* Digits only, at most 65535; "" gives -1 (RFC 3986 allows an empty port). */
static bool parse_port(const char *text, int *port_out)
{
    size_t len = strspn(text, "0123456789");

    *port_out = -1;
    if (text[len] != '\0' || len > 5) {
        return false;
    }
    if (len > 0) {
        *port_out = (int)strtol(text, NULL, 10);
    }
    return *port_out <= 65535;
}

bool http_host_split(const char *host, char *name_out, int *port_out)
{
    const char *from = host;
    const char *end;
    bool is_bracketed = host[0] == '[';
    size_t len;

    if (is_bracketed) {
        from++;
        end = strchr(from, ']');
        if (end == NULL || (end[1] != '\0' && end[1] != ':')) {
            return false;
        }
    } else {
        end = from + strcspn(from, ":");
    }
    len = (size_t)(end - from);
    if (len == 0 || len >= HTTP_HOST_MAX
        || !parse_port(end[is_bracketed] == ':' ? end + is_bracketed + 1 : "", port_out)) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        char c = g_ascii_tolower(from[i]);
        bool fits = is_bracketed ? (g_ascii_isxdigit(c) || c == ':' || c == '.')
                                 : (g_ascii_isalnum(c) || c == '-' || c == '.' || c == '_');
        if (!fits) {
            return false;
        }
        name_out[i] = c;
    }
    if (len > 1 && name_out[len - 1] == '.') {
        len--;
    }
    name_out[len] = '\0';
    return true;
}

struct http_hosts *http_hosts_new(const char *listen_host, int port, bool is_tls,
                                  const char *const *extra)
{
    struct http_hosts *hosts = g_new0(struct http_hosts, 1);
    int n = 0;

    while (extra != NULL && extra[n] != NULL) {
        n++;
    }
    hosts->listen_host = g_ascii_strdown(listen_host, -1);
    hosts->port = port;
    hosts->scheme_port = is_tls ? 443 : 80;
    hosts->names = g_new0(char *, n + 1);
    hosts->ports = g_new0(int, n + 1);
    for (int i = 0; i < n; i++) {
        char name[HTTP_HOST_MAX];
        if (http_host_split(extra[i], name, &hosts->ports[hosts->n])) {
            hosts->names[hosts->n++] = g_strdup(name);
        }
    }
    return hosts;
}

void http_hosts_free(struct http_hosts *hosts)
{
    if (hosts == NULL) {
        return;
    }
    g_free(hosts->listen_host);
    g_strfreev(hosts->names);
    g_free(hosts->ports);
    g_free(hosts);
}

bool http_hosts_has(const struct http_hosts *hosts, const char *host, const char *local)
{
    char name[HTTP_HOST_MAX];
    int port;
    int effective;

    if (!http_host_split(host, name, &port)) {
        return false;
    }
    effective = port == -1 ? hosts->scheme_port : port;
    if (effective == hosts->port) {
        if (http_host_is_loopback(name) || strcmp(name, hosts->listen_host) == 0
            || (local != NULL && strcmp(name, local) == 0)) {
            return true;
        }
    }
    for (int i = 0; i < hosts->n; i++) {
        if (strcmp(name, hosts->names[i]) == 0
            && (hosts->ports[i] == -1 || hosts->ports[i] == effective)) {
            return true;
        }
    }
    return false;
}
