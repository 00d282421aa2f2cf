/* The door: which requests are refused before anybody looks at them, and which Host is ours. */
#include "net/http_check.h"

#include "net/http_host.h"

#include <glib.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

/* "Name: value" lines, at most 8, NULL-terminated. */
static int check(const char *method, const char *target, const char *version,
                 const char *const *texts, struct http_found *found)
{
    static char kept[8][200];
    struct http_line lines[8];
    struct http_head head = {
        .method = method, .target = target, .version = version, .lines = lines};

    for (; texts[head.n_lines] != NULL; head.n_lines++) {
        char *text = kept[head.n_lines];
        char *colon;
        g_strlcpy(text, texts[head.n_lines], 200);
        colon = strchr(text, ':');
        *colon = '\0';
        lines[head.n_lines].name = text;
        lines[head.n_lines].value = colon + 2;
    }
    return http_check(&head, found);
}

#define CHECK(method, target, version, ...) \
    check(method, target, version, (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL}, &found)

static void a_plain_request_passes(void **state)
{
    struct http_found found;

    assert_int_equal(CHECK("GET", "/people?q=a", "HTTP/1.1", "Host: a"), 0);
    assert_string_equal(found.host, "a");
    assert_int_equal(found.path_len, 7);
    assert_string_equal(found.query, "q=a");
    assert_false(found.has_body);
    assert_int_equal(CHECK("GET", "/", "HTTP/1.0"), 0);
    assert_null(found.host);
}

static void one_length_only(void **state)
{
    struct http_found found;

    assert_int_equal(CHECK("POST", "/", "HTTP/1.1", "Host: a", "Content-Length: 5"), 0);
    assert_int_equal(found.length, 5);
    assert_int_equal(
        CHECK("POST", "/", "HTTP/1.1", "Host: a", "Content-Length: 5", "Content-Length: 5"), 400);
    assert_int_equal(CHECK("POST", "/", "HTTP/1.1", "Host: a", "Content-Length: 5, 5"), 400);
    assert_int_equal(CHECK("POST", "/", "HTTP/1.1", "Host: a", "Content-Length: +5"), 400);
    assert_int_equal(CHECK("POST", "/", "HTTP/1.1", "Host: a", "Content-Length: "), 400);
    assert_int_equal(
        CHECK("POST", "/", "HTTP/1.1", "Host: a", "Content-Length: 9999999999999999999"), 400);
    assert_int_equal(CHECK("POST", "/", "HTTP/1.1", "Host: a", "content-length: 5",
                           "Transfer-Encoding: chunked"),
                     400);
}

static void chunked_is_the_only_coding(void **state)
{
    struct http_found found;

    assert_int_equal(CHECK("POST", "/", "HTTP/1.1", "Host: a", "Transfer-Encoding: Chunked"), 0);
    assert_true(found.is_chunked);
    assert_int_equal(CHECK("POST", "/", "HTTP/1.1", "Host: a", "Transfer-Encoding: gzip, chunked"),
                     400);
    assert_int_equal(CHECK("POST", "/", "HTTP/1.1", "Host: a", "Transfer-Encoding: identity"), 400);
    assert_int_equal(CHECK("POST", "/", "HTTP/1.1", "Host: a",
                           "Transfer-Encoding: \x0b"
                           "chunked"),
                     400);
    assert_int_equal(CHECK("POST", "/", "HTTP/1.1", "Host: a", "Transfer-Encoding: chunked",
                           "Transfer-Encoding: chunked"),
                     400);
    assert_int_equal(CHECK("POST", "/", "HTTP/1.0", "Host: a", "Transfer-Encoding: chunked"), 400);
}

static void one_host_only(void **state)
{
    struct http_found found;

    assert_int_equal(CHECK("GET", "/", "HTTP/1.1"), 400);
    assert_int_equal(CHECK("GET", "/", "HTTP/1.1", "Host: "), 400);
    assert_int_equal(CHECK("GET", "/", "HTTP/1.1", "Host: a", "Host: a"), 400);
    assert_int_equal(CHECK("GET", "/", "HTTP/1.1", "Host: a", "host: b"), 400);
}

static void names_and_values_are_clean(void **state)
{
    struct http_found found;

    assert_int_equal(CHECK("GET", "/", "HTTP/1.1", "Host: a", "X Y: 1"), 400);
    assert_int_equal(CHECK("GET", "/", "HTTP/1.1", "Host: a", "X\t: 1"), 400);
    assert_int_equal(CHECK("GET", "/", "HTTP/1.1", "Host: a", ": 1"), 400);
    assert_int_equal(CHECK("GET", "/", "HTTP/1.1", "Host: a", "X: 1\r2"), 400);
    assert_int_equal(CHECK("GET", "/", "HTTP/1.1", "Host: a", "X: 1\t\xe2\x9c\x93"), 0);
    assert_int_equal(CHECK("G T", "/", "HTTP/1.1", "Host: a"), 400);
    assert_int_equal(CHECK("TRACE", "/", "HTTP/1.1", "Host: a"), 501);
    assert_int_equal(CHECK("CONNECT", "a:443", "HTTP/1.1", "Host: a"), 501);
    assert_int_equal(CHECK("GET", "/", "HTTP/1.2", "Host: a"), 505);
    assert_int_equal(CHECK("GET", "/", "HTTP/1.1", "Host: a", "Expect: 200-ok"), 417);
}

static void targets_take_their_three_forms(void **state)
{
    struct http_found found;

    assert_int_equal(CHECK("GET", "http://a:8470/people?x", "HTTP/1.1", "Host: A:8470"), 0);
    assert_int_equal(found.path_len, 7);
    assert_string_equal(found.query, "x");
    assert_int_equal(CHECK("GET", "http://a", "HTTP/1.1", "Host: a"), 0);
    assert_int_equal(found.path_len, 1);
    assert_string_equal(found.path, "/");
    assert_int_equal(CHECK("GET", "http://b/people", "HTTP/1.1", "Host: a"), 400);
    assert_int_equal(CHECK("GET", "http://a@b/", "HTTP/1.1", "Host: b"), 400);
    assert_int_equal(CHECK("OPTIONS", "*", "HTTP/1.1", "Host: a"), 0);
    assert_int_equal(CHECK("GET", "*", "HTTP/1.1", "Host: a"), 400);
    assert_int_equal(CHECK("GET", "people", "HTTP/1.1", "Host: a"), 400);
    assert_int_equal(CHECK("GET", "/a#b", "HTTP/1.1", "Host: a"), 400);
    assert_int_equal(CHECK("GET", "/a b", "HTTP/1.1", "Host: a"), 400);
}

/* Splits a raw head as libmicrohttpd does, and asks whether it lies exactly. */
static bool layout(const char *raw, size_t len, bool (*split)(char *copy, struct http_head *head))
{
    g_autofree char *copy = g_memdup2(raw, len + 1);
    struct http_line lines[4];
    struct http_head head = {.lines = lines};

    return split(copy, &head) && http_layout_is_exact(&head, head.target, len);
}

/* "GET /a HTTP/1.1", then lines by their pieces; a folded line is moved elsewhere. */
static bool split_simple(char *copy, struct http_head *head)
{
    char *at = copy;
    struct http_line *line = (struct http_line *)head->lines;

    head->method = at;
    at = strchr(at, ' ');
    *at++ = '\0';
    at += strspn(at, " ");
    head->target = at;
    at = strchr(at, ' ');
    *at++ = '\0';
    head->version = at;
    while ((at = strchr(at, '\n')) != NULL) {
        if (at[-1] == '\r') {
            at[-1] = '\0';
        }
        *at++ = '\0';
        if (*at == '\0' || *at == '\r' || *at == '\n') {
            if (*at == '\r') {
                *at++ = '\0';
            }
            *at = '\0';
            return true;
        }
        line->name = at;
        at = strchr(at, ':');
        *at++ = '\0';
        at += strspn(at, " \t");
        line->value = at;
        line++;
        head->n_lines++;
    }
    return false;
}

#define LAYOUT(text) layout(text, sizeof(text) - 1, split_simple)

static void only_an_exact_layout_passes(void **state)
{
    assert_true(LAYOUT("GET /a HTTP/1.1\r\n\r\n"));
    assert_true(LAYOUT("GET /a HTTP/1.1\r\nHost: a\r\nX:\t b \r\nEmpty:\r\n\r\n"));
    assert_false(LAYOUT("GET  /a HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_false(LAYOUT("GET /a HTTP/1.1\nHost: a\r\n\r\n"));
    assert_false(LAYOUT("GET /a HTTP/1.1\r\nHost: a\n\r\n"));
    assert_false(LAYOUT("GET /a HTTP/1.1\r\nHost: a\r\n\n"));
    assert_false(LAYOUT("GET /a HTTP/1.1\r\nHost: a\0b\r\nX: c\r\n\r\n"));
}

static void our_names_need_our_port(void **state)
{
    static const char *const extra[] = {"example.org", "clinic.example:8443", NULL};
    struct http_hosts *hosts = http_hosts_new("127.0.0.1", 8470, false, extra);
    static const char *const ours[] = {"127.0.0.1:8470",  "localhost:8470",  "LOCALHOST:8470",
                                       "localhost.:8470", "[::1]:8470",      "127.0.0.53:8470",
                                       "example.org",     "Example.org:443", "clinic.example:8443"};
    static const char *const others[] = {"127.0.0.1",
                                         "127.0.0.1:80",
                                         "localhost:8471",
                                         "evil.example:8470",
                                         "example.org.evil:8470",
                                         "clinic.example",
                                         "192.168.1.20:8470",
                                         "",
                                         ":8470",
                                         "localhost:8470x",
                                         "local host:8470",
                                         "user@localhost:8470",
                                         "[::1",
                                         "[::1]x:8470",
                                         "localhost:99999",
                                         "127.0.0.1.nip.example:8470"};

    for (size_t i = 0; i < G_N_ELEMENTS(ours); i++) {
        assert_true(http_hosts_has(hosts, ours[i], NULL));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        assert_false(http_hosts_has(hosts, others[i], NULL));
    }
    assert_true(http_hosts_has(hosts, "192.168.1.20:8470", "192.168.1.20"));
    http_hosts_free(hosts);
}

static void the_port_of_the_scheme_may_be_left_out(void **state)
{
    struct http_hosts *plain = http_hosts_new("127.0.0.1", 80, false, NULL);
    struct http_hosts *tls = http_hosts_new("127.0.0.1", 443, true, NULL);

    assert_true(http_hosts_has(plain, "localhost", NULL));
    assert_true(http_hosts_has(plain, "localhost:", NULL));
    assert_true(http_hosts_has(tls, "localhost", NULL));
    assert_false(http_hosts_has(tls, "localhost:80", NULL));
    http_hosts_free(plain);
    http_hosts_free(tls);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_request_passes),
        cmocka_unit_test(one_length_only),
        cmocka_unit_test(chunked_is_the_only_coding),
        cmocka_unit_test(one_host_only),
        cmocka_unit_test(names_and_values_are_clean),
        cmocka_unit_test(targets_take_their_three_forms),
        cmocka_unit_test(only_an_exact_layout_passes),
        cmocka_unit_test(our_names_need_our_port),
        cmocka_unit_test(the_port_of_the_scheme_may_be_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
