/* Which route answers: literal before variable before rest, 404 apart from 405, duplicates
 * refused. */
#include "net/http_router.h"

#include "base/error.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static const struct http_route routes[] = {
    {"GET", "/", 0, "home"},
    {"GET", "/people", 0, "list"},
    {"POST", "/people", 0, "add"},
    {"GET", "/people/new", 0, "form"},
    {"GET", "/people/:id", 0, "show"},
    {"POST", "/people/:id", 0, "edit"},
    {"GET", "/people/:person/ties/:tie", 0, "tie"},
    {"GET", "/people/", 0, "slash"},
    {NULL, "/dav/*rest", 0, "dav"},
    {"PROPFIND", "/dav/:user", 0, "user"},
    {"GET", "/dav/:user/own", 0, "own"},
};

static struct http_router *built(void)
{
    struct http_router *router = http_router_new();

    assert_true(http_router_add_all(router, routes, G_N_ELEMENTS(routes), NULL));
    return router;
}

/* What answers, "404", or "405 <Allow>". */
static const char *answer(const char *method, const char *path)
{
    static char text[200];
    struct http_router *router = built();
    struct http_match match;

    if (http_router_find(router, method, path, &match)) {
        g_strlcpy(text, match.route->target, sizeof(text));
    } else {
        g_snprintf(text, sizeof(text), match.allow == NULL ? "404" : "405 %s", match.allow);
    }
    http_match_clear(&match);
    http_router_free(router);
    return text;
}

static void a_literal_goes_before_a_variable(void **state)
{
    assert_string_equal(answer("GET", "/people/new"), "form");
    assert_string_equal(answer("GET", "/people/0a1b"), "show");
    assert_string_equal(answer("GET", "/people"), "list");
    assert_string_equal(answer("GET", "/"), "home");
}

static void the_search_comes_back_for_the_method(void **state)
{
    assert_string_equal(answer("POST", "/people/new"), "edit");
    assert_string_equal(answer("GET", "/dav/rao"), "dav");
    assert_string_equal(answer("PROPFIND", "/dav/rao"), "user");
    assert_string_equal(answer("GET", "/dav/rao/own"), "own");
    assert_string_equal(answer("PUT", "/dav/rao/own/card.vcf"), "dav");
}

static void get_answers_head(void **state)
{
    assert_string_equal(answer("HEAD", "/people"), "list");
}

static void a_known_path_with_another_method_is_405(void **state)
{
    assert_string_equal(answer("DELETE", "/people"), "405 GET, HEAD, OPTIONS, POST");
    assert_string_equal(answer("PUT", "/people/new"), "405 GET, HEAD, OPTIONS, POST");
    assert_string_equal(answer("DELETE", "/people/x/ties/y"), "405 GET, HEAD, OPTIONS");
}

static void an_unknown_path_is_404(void **state)
{
    assert_string_equal(answer("GET", "/persons"), "404");
    assert_string_equal(answer("GET", "/people/x/ties"), "404");
    assert_string_equal(answer("GET", "/people//ties/y"), "404");
    assert_string_equal(answer("GET", "people"), "404");
    assert_string_equal(answer("GET", ""), "404");
}

static void a_trailing_slash_is_another_path(void **state)
{
    assert_string_equal(answer("GET", "/people/"), "slash");
    assert_string_equal(answer("GET", "/people/x/"), "404");
}

static void variables_are_decoded_and_keep_an_encoded_slash(void **state)
{
    struct http_router *router = built();
    struct http_match match;

    assert_true(http_router_find(router, "GET", "/people/a%2Fb/ties/%C3%A9", &match));
    assert_int_equal(match.n_vars, 2);
    assert_string_equal(http_match_var(&match, "person"), "a/b");
    assert_string_equal(http_match_var(&match, "tie"), "\xc3\xa9");
    assert_null(http_match_var(&match, "id"));
    http_match_clear(&match);
    http_router_free(router);
}

static void the_rest_is_everything_and_may_be_empty(void **state)
{
    struct http_router *router = built();
    struct http_match match;

    assert_true(http_router_find(router, "REPORT", "/dav/a/b%20c/", &match));
    assert_string_equal(http_match_var(&match, "rest"), "a/b c/");
    http_match_clear(&match);
    assert_true(http_router_find(router, "REPORT", "/dav/", &match));
    assert_string_equal(http_match_var(&match, "rest"), "");
    http_match_clear(&match);
    http_router_free(router);
}

static void two_routes_for_the_same_requests_are_refused_by_name(void **state)
{
    static const struct http_route first = {"GET", "/people/:id/edit", 0, NULL};
    static const struct http_route second = {"GET", "/people/:person/edit", 0, NULL};
    struct http_router *router = http_router_new();
    GError *error = NULL;

    assert_true(http_router_add(router, &first, NULL));
    assert_false(http_router_add(router, &second, &error));
    assert_true(error_has_code(error, "http.duplicate_route"));
    assert_non_null(strstr(error->message, "/people/:id/edit"));
    assert_non_null(strstr(error->message, "/people/:person/edit"));
    g_clear_error(&error);
    http_router_free(router);
}

static void a_malformed_pattern_is_refused(void **state)
{
    static const char *const patterns[] = {
        "people", "", "/a//b", "/:", "/*", "/:a-b", "/*rest/more", "/:a/:b/:c/:d/:e/:f/:g/:h/:i"};

    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++) {
        struct http_route route = {"GET", patterns[i], 0, NULL};
        struct http_router *router = http_router_new();
        GError *error = NULL;
        assert_false(http_router_add(router, &route, &error));
        assert_true(error_has_code(error, "http.bad_route"));
        g_clear_error(&error);
        http_router_free(router);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_literal_goes_before_a_variable),
        cmocka_unit_test(the_search_comes_back_for_the_method),
        cmocka_unit_test(get_answers_head),
        cmocka_unit_test(a_known_path_with_another_method_is_405),
        cmocka_unit_test(an_unknown_path_is_404),
        cmocka_unit_test(a_trailing_slash_is_another_path),
        cmocka_unit_test(variables_are_decoded_and_keep_an_encoded_slash),
        cmocka_unit_test(the_rest_is_everything_and_may_be_empty),
        cmocka_unit_test(two_routes_for_the_same_requests_are_refused_by_name),
        cmocka_unit_test(a_malformed_pattern_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
