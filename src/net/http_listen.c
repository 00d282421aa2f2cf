/* Addresses and listening sockets. */
#include "net/http_listen.h"

#include "base/error.h"
#include "net/http_host.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT_TEXT 8
#define BACKLOG 4096 /* a client that finds the queue full may hang for half a minute */

void http_address_text(const void *address, char *text_out, bool *is_loopback_out)
{
    const struct sockaddr *any = address;
    bool is_loopback = false;

    text_out[0] = '\0';
    if (any->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = address;
        inet_ntop(AF_INET, &v4->sin_addr, text_out, INET6_ADDRSTRLEN);
        is_loopback = (ntohl(v4->sin_addr.s_addr) >> 24) == 127;
    } else if (any->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = address;
        if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr)) {
            inet_ntop(AF_INET, &v6->sin6_addr.s6_addr[12], text_out, INET6_ADDRSTRLEN);
            is_loopback = v6->sin6_addr.s6_addr[12] == 127;
        } else {
            inet_ntop(AF_INET6, &v6->sin6_addr, text_out, INET6_ADDRSTRLEN);
            is_loopback = IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
        }
    }
    if (is_loopback_out != NULL) {
        *is_loopback_out = is_loopback;
    }
}

bool http_listen_name(int fd, char *host_out, int *port_out)
{
    struct sockaddr_storage address = {0};
    socklen_t len = sizeof(address);

    if (getsockname(fd, (struct sockaddr *)&address, &len) != 0) {
        return false;
    }
    if (address.ss_family == AF_INET) {
        *port_out = ntohs(((struct sockaddr_in *)&address)->sin_port);
    } else if (address.ss_family == AF_INET6) {
        *port_out = ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
    } else {
        return false;
    }
    http_address_text(&address, host_out, NULL);
    if (strcmp(host_out, "0.0.0.0") == 0 || strcmp(host_out, "::") == 0) {
        host_out[0] = '\0';
    }
    return true;
}

/* Takes "host:port" apart; host may be "" for all addresses. */
static bool split(const char *address, char *host_out, char *port_out)
{
    const char *colon = strrchr(address, ':');
    size_t len;

    if (colon == NULL || strlen(colon + 1) == 0 || strlen(colon + 1) > 5
        || colon[1 + strspn(colon + 1, "0123456789")] != '\0') {
        return false;
    }
    g_strlcpy(port_out, colon + 1, PORT_TEXT);
    len = (size_t)(colon - address);
    if (len >= 2 && address[0] == '[' && address[len - 1] == ']') {
        address++;
        len -= 2;
    } else if (memchr(address, ':', len) != NULL) {
        return false; /* a bare IPv6 address */
    }
    if (len >= HTTP_HOST_MAX) {
        return false;
    }
    memcpy(host_out, address, len);
    host_out[len] = '\0';
    return true;
}

/* One address: -1 and errno when it cannot be listened on. */
static int listen_on(const struct addrinfo *address)
{
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int on = 1;
    int off = 0;
    int saved;

    if (fd < 0) {
        return -1;
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (address->ai_family == AF_INET6) {
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
    }
    if (bind(fd, address->ai_addr, address->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) {
        return fd;
    }
    saved = errno;
    close(fd);
    errno = saved;
    return -1;
}

/* Tries every address of that name, those of `family` first. */
static int listen_first(const struct addrinfo *found, int family)
{
    int fd = -1;

    for (int round = 0; round < 2 && fd < 0; round++) {
        for (const struct addrinfo *at = found; at != NULL && fd < 0; at = at->ai_next) {
            if ((at->ai_family == family) == (round == 0)) {
                fd = listen_on(at);
            }
        }
    }
    return fd;
}

int http_listen(const char *address, char *host_out, int *port_out, GError **error)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    char host[HTTP_HOST_MAX];
    char port[PORT_TEXT];
    int fd;

    if (!split(address, host, port)) {
        refuse(error, "http.address",
               "\"%s\" is not an address to listen on. Write it as 127.0.0.1:8470.", address);
        return -1;
    }
    if (getaddrinfo(host[0] == '\0' ? NULL : host, port, &hints, &found) != 0) {
        refuse(error, "http.address", "\"%s\" is not an address of this machine.", address);
        return -1;
    }
    /* "localhost" means the one everybody types; all addresses means both kinds, which one IPv6
     * socket gives */
    fd = listen_first(found, host[0] == '\0' ? AF_INET6 : AF_INET);
    freeaddrinfo(found);
    if (fd < 0) {
        if (errno == EADDRINUSE) {
            refuse(error, "http.address_in_use",
                   "Something already listens on %s. Stop it, or choose another port.", address);
        } else {
            refuse(error, "http.address", "It is not possible to listen on %s: %s.", address,
                   g_strerror(errno));
        }
        return -1;
    }
    if (!http_listen_name(fd, host_out, port_out)) {
        close(fd);
        bug(error, "http.start", "The listening socket has no name.");
        return -1;
    }
    return fd;
}
